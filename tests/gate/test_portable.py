"""Code that may differ between databases has tests that run on PostgreSQL at every commit."""

from collections import defaultdict

import pytest
from django.apps import apps
from django.db import models

from tests.gate import night
from tests.gate.portable import ALIKE, COVERED, DIFFERS, ROOT, WHOLE, is_selected, is_whole, runs
from tests.measures.unportable import Columns, places

PRODUCT = [
    path
    for folder in ("reviews", "reviewsite")
    for path in sorted((ROOT / folder).rglob("*.py"))
    # Not migrations, which have tests of their own, and not factories, whose rows tests then read.
    if not {"migrations", "seeding"} & set(path.relative_to(ROOT).parts)
]


def columns() -> Columns:
    found = defaultdict(set)
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField):
                found["text"].add(field.name)
            if isinstance(field, models.JSONField):
                found["json"].add(field.name)
    return Columns(frozenset(found["text"]), frozenset(found["json"]))


def test_whatever_is_not_portable_is_covered_on_postgresql() -> None:
    known = columns()
    found = defaultdict(set)
    for path in PRODUCT:
        file = path.relative_to(ROOT).as_posix()
        for place in places(path.read_text(), file, known):
            if file not in ALIKE:
                assert place.what in COVERED.get(file, (set(), ()))[0], (
                    f"{place} may differ between databases: name it in tests/gate/portable.py, with a test on both."
                )
            found[file].add(place.what)
    assert {file: what for file, (what, _) in COVERED.items()} == {
        file: what for file, what in found.items() if file not in ALIKE
    }, "What is no longer asked for is no longer named."
    assert found.keys() >= ALIKE.keys()


def test_what_covers_it_is_in_the_selection() -> None:
    for file, (_, tests) in COVERED.items():
        for test in tests:
            assert (ROOT / test).exists(), (file, test)
            assert is_selected(test), (file, test)
            assert is_whole(test), (file, test)


@pytest.mark.parametrize("pattern", [*DIFFERS, *WHOLE])
def test_the_selection_names_files_that_are_there(pattern: str) -> None:
    assert any(ROOT.glob(pattern))


@pytest.mark.parametrize("pattern", WHOLE)
def test_what_runs_whole_is_part_of_the_selection(pattern: str) -> None:
    files = (path.relative_to(ROOT).as_posix() for path in ROOT.glob(f"{pattern.removesuffix('.py')}.py"))
    assert any(is_selected(file) for file in files)


@pytest.mark.parametrize(
    ("file", "commits"),
    [
        ("tests/desk/verbs/test_asked.py", 3),
        ("tests/desk/test_history.py", 1),
        ("tests/text/test_shapes.py", 0),
    ],
)
def test_of_three_commits_each_test_has_all_or_one_or_none(
    file: str, commits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(night, "NIGHT", False)
    ran = 0
    for turn in range(night.TURNS):
        monkeypatch.setattr(night, "TURN", turn)
        ran += runs(file, f"{file}::test_that_is_named")
    assert ran == commits


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("from django.db import connection\nconnection.cursor()", "connection"),
        ("from django.db.models.expressions import RawSQL\nRawSQL('1', [])", "RawSQL"),
        ("Film.objects.raw('SELECT 1')", "raw"),
        ("films.extra(where=['1'])", "extra"),
        ("from django.db.models import Window\nWindow(rank)", "Window"),
        ("films.filter(title__iregex='a')", "iregex"),
        ("Q(film__title__icontains=word)", "icontains"),
        ("films.filter(**{'title__startswith': 'a'})", "startswith"),
        ("from django.db.models.functions import Collate", "Collate"),
        ("from django.db.models.functions import TruncMonth", "TruncMonth"),
        (
            "from django.db.models import IntegerField as I, F\nfrom django.db.models.functions import Cast",
            "Cast",
        ),
        ("films.filter(released__year=1999)", "year"),
        ("films.select_for_update()", "select_for_update"),
        ("Film.objects.bulk_create(rows, ignore_conflicts=True)", "ignore_conflicts"),
        ("films.annotate(both=F('title') + Value('!'))", "reckons with title"),
        ("revisions.filter(document__fields__headline='x')", "inside JSON"),
        ("films.distinct('title')", "distinct(fields)"),
        ("films.order_by(F('year').desc(nulls_last=True))", "nulls_last"),
        ("films.order_by('-sort_title', 'pk')", "in the order of sort_title"),
        ("reviews.order_by('film__title')", "in the order of title"),
        ("class Meta:\n    ordering = ['name']", "in the order of name"),
        ("from django.db import IntegrityError\ntry: pass\nexcept IntegrityError: pass", "IntegrityError"),
        ("search_fields = ('title',)", "search_fields"),
    ],
)
def test_this_is_found(line: str, what: str) -> None:
    assert what in {place.what for place in places(line, "reviews/some.py", columns())}


@pytest.mark.parametrize(
    "line",
    [
        "films.filter(title='a', release_year__gte=1999)",
        "films.order_by('-release_year', 'pk')",
        "class Window: pass\nWindow(1)",
        "films.annotate(next=F('release_year') + 1).distinct()",
        "f'{before} contains {after}'",
    ],
)
def test_this_is_portable(line: str) -> None:
    assert not [*places(line, "reviews/some.py", columns())]

"""Fragments of pages: the same bytes as without, never stale, and nothing that a page may not show."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.template import engines
from django.template.context import Context
from django.test import Client
from django.utils import translation

from reviews.audit.counting import Count, counted
from reviews.desk.verbs import publishing
from reviews.models import Aspect, Critic, Edition, EditionJudgement, Film, Outlet
from reviews.public import fragment_cache
from reviews.public.fragments import SHOWN as OF_TEMPLATES
from reviews.public.shown import Of
from reviews.seeding.factories import (
    MOMENT,
    make_critic,
    make_edition,
    make_embargo,
    make_film,
    make_judgement,
    make_review,
)
from reviews.seeding.site import make_site
from reviews.templatetags.fragments import FragmentNode
from tests.gate.night import in_turn
from tests.public.every_page.budgets import BUDGETS, NOT_FOUND
from tests.public.every_page.test_frame import HOSTILE, PLAIN, make_one_of_each

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

PAGES = (
    "/",
    "/films/",
    "/critics/",
    "/reviews/",
    "/archive/2025/06/",
    "/corrections/",
    "/feed.xml",
    "/nothing/",
)
PAGES_OF_A = ("/films/a/", "/critics/a/", "/reviews/a/", "/people/a/", "/tags/a/", "/franchises/a/")


WITH_PIECES = (
    "/",
    "/films/",
    "/critics/",
    "/reviews/",
    "/films/a/",
    "/critics/a/",
    "/reviews/a/",
    "/tags/a/",
    "/feed.xml",
)


def answers(*paths: str) -> dict[str, bytes]:
    return {path: Client().get(path).content for path in paths}


def cold(*paths: str) -> dict[str, bytes]:
    fragment_cache.FRAGMENTS.clear()
    return answers(*paths)


@pytest.fixture
def included(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Nothing is kept: every fragment is included as any template is, and given the rows themselves."""

    def render(self: FragmentNode, context: Context) -> str:
        given = {name: expression.resolve(context) for name, expression, _of in self._given}
        fragment = context.template.engine.get_template(self._fragment)  # type: ignore[union-attr]
        return str(fragment.render(context.new(given)))

    with monkeypatch.context() as patched:
        patched.setattr(FragmentNode, "render", render)
        yield patched


class TestTheSameBytes:
    def test_of_every_page_of_a_site(self, included: pytest.MonkeyPatch) -> None:
        make_site(30)
        self.compare(included, *BUDGETS, *NOT_FOUND)

    def test_of_hostile_text_and_of_every_field(self, included: pytest.MonkeyPatch) -> None:
        make_one_of_each(HOSTILE)
        make_edition(
            film=Film.objects.get(),
            rating="★★★½",
            provenance="syndicated",
            source_name=HOSTILE,
            provenance_note="?",
        )
        make_edition(film=Film.objects.get(), verdict=None, critic=make_critic(kind="unknown", name=HOSTILE))
        self.compare(included, *PLAIN, *PAGES, *PAGES_OF_A)

    def compare(self, included: pytest.MonkeyPatch, *paths: str) -> None:
        without = answers(*paths)
        included.undo()
        for path in paths:
            fragment_cache.FRAGMENTS.clear()
            assert answers(path)[path] == without[path], f"{path}, drawn"
            assert answers(path)[path] == without[path], f"{path}, kept"


OTHER: dict[str, Any] = {
    "kind": "organisation",
    "provenance": "syndicated",
    "verdict": -2,
    "stance": -1,
    "rating": "2/4",
    "source_url": "https://other.example/",
    "slug": "b",
    "language": "ar",
    "time_zone": "Asia/Tokyo",
    "star_scale": 4,
    "contact_email": "other@reel.example",
    "imdb_id": "tt0113247",
    "tmdb_id": "406",
    "wikidata_id": "Q275187",
    "eidr_id": "10.5240/7791-8534-2C23-9030-8610-5",
    "first_visible_from": MOMENT - dt.timedelta(days=9),
}
"""Another value for a field whose values are not free."""

SHOWN = {
    (Edition, "slug"): ("/reviews/", "/reviews/b/"),
    (Edition, "headline"): ("/reviews/", "Otherwise"),
    (Edition, "standfirst"): ("/tags/a/", "Otherwise"),
    (Edition, "verdict"): ("/reviews/", "pan"),
    (Edition, "rating"): ("/reviews/", "2/4"),
    (Edition, "provenance"): ("/reviews/", "republished with permission"),
    (Edition, "source_name"): ("/reviews/", "Otherwise"),
    (Edition, "source_url"): ("/reviews/", "https://other.example/"),
    (Edition, "first_visible_from"): ("/reviews/", "28 May 2025"),
    (Film, "title"): ("/reviews/", "Otherwise"),
    (Film, "slug"): ("/reviews/", "/films/b/"),
    (Film, "release_year"): ("/reviews/", "(2026)"),
    (Critic, "name"): ("/reviews/", "Otherwise"),
    (Critic, "slug"): ("/reviews/", "/critics/b/"),
    (Critic, "kind"): ("/critics/", "M2 4h36v36H2z"),
    (EditionJudgement, "stance"): ("/films/a/", "criticism</span>"),
    (EditionJudgement, "evidence"): ("/films/a/", "Otherwise"),
    (EditionJudgement, "in_spoiler"): ("/films/a/", "This passage gives something away"),
    (Aspect, "name"): ("/films/a/", "Otherwise"),
    (Outlet, "time_zone"): ("/reviews/", "+09:00"),
}
"""What readers see at once, and where, when a field gets its other value."""


WINDOW = {"number", "planned_for", "visible_from", "visible_until", "pull_quote", "rights_until"}
"""Fields that say which edition is read, which no page shows, or which a digest has not."""


def fields() -> Iterator[Any]:
    for model in (Edition, EditionJudgement, Film, Critic, Aspect, Outlet):
        for field in model._meta.concrete_fields:
            if not field.primary_key and not field.is_relation and field.name not in WINDOW:
                yield pytest.param(model, field, id=f"{model.__name__.lower()}-{field.name}")


def other_than(field: Any, value: Any) -> Any:
    if field.name in OTHER:
        return OTHER[field.name]
    if isinstance(field, models.UUIDField):
        return uuid.UUID(int=value.int ^ 0xABCDEF)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField | models.DecimalField):
        return (value or 0) + 1
    return "Otherwise"


@pytest.fixture(scope="class")
def one_of_each(kept_by_class: object) -> None:
    make_one_of_each()
    Edition.objects.update(rating="★★★", verdict=1)
    review = make_review(film=Film.objects.get(), verdict=-1, critic=make_critic(name="Other", slug="other"))
    make_judgement(review, aspect=Aspect.objects.get(), stance=-1)
    publishing.publish(review, at=MOMENT - dt.timedelta(days=2), backdated=True)


SUBJECTS: dict[type[models.Model], Callable[[], Any]] = {
    Edition: lambda: Edition.objects.public().get(slug="a"),
    EditionJudgement: lambda: EditionJudgement.objects.get(edition=Edition.objects.public().get(slug="a")),
    Film: Film.objects.get,
    Critic: lambda: Critic.objects.get(slug="a"),
    Aspect: Aspect.objects.get,
    Outlet: Outlet.objects.get,
}
"""The row that changes."""


@pytest.mark.usefixtures("one_of_each")
class TestAChange:
    @pytest.mark.parametrize("moved", ["film", "critic"])
    def test_of_what_a_review_is_of_or_by_is_seen_at_once(self, moved: str) -> None:
        answers(*PAGES)
        film = make_edition(headline="Elsewhere").film
        Edition.objects.filter(slug="a").update(
            **{moved: film if moved == "film" else Edition.objects.get(film=film).critic}
        )
        assert answers(*PAGES) == cold(*PAGES)

    @pytest.mark.parametrize(("model", "field"), in_turn(list(fields())))
    def test_of_any_field_is_seen_at_once(self, model: type[models.Model], field: Any) -> None:
        paths = WITH_PIECES
        answers(*paths)
        row = SUBJECTS[model]()
        value = other_than(field, getattr(row, field.name))
        model._default_manager.filter(pk=row.pk).update(**{field.name: value})
        warm = answers(*paths)
        assert warm == cold(*paths)
        if seen := SHOWN.get((model, field.name)):
            path, text = seen
            assert text in warm[path].decode()

    def test_of_a_template_is_seen_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert "Otherwise" not in answers("/reviews/")["/reviews/"].decode()
        (cached,) = engines["django"].engine.template_loaders  # type: ignore[attr-defined]
        loader = cached.loaders[0]
        read = type(loader).get_contents
        monkeypatch.setattr(
            type(loader),
            "get_contents",
            lambda self, origin: read(self, origin).replace("<bdi>", "<bdi>Otherwise"),
        )
        cached.reset()
        try:
            assert "<bdi>Otherwise" in answers("/reviews/")["/reviews/"].decode()
        finally:
            monkeypatch.undo()
            cached.reset()
        assert "<bdi>Otherwise" not in answers("/reviews/")["/reviews/"].decode()

    def test_of_the_language_is_seen_at_once(self) -> None:
        assert "June 2025" in answers("/reviews/")["/reviews/"].decode()
        with translation.override("de"):
            assert "Juni 2025" in answers("/reviews/")["/reviews/"].decode()


class TestWhatIsHidden:
    """Pieces are asked for with rows that ``public()`` returned, and asking for them makes no query."""

    def ask(self) -> tuple[list[bytes], Count]:
        with counted() as count:
            return list(answers(*PAGES, "/films/open/").values()), count

    def test_is_on_no_page_although_it_was_shown_and_kept(self) -> None:
        make_edition(headline="Open", film=make_film(slug="open"))
        plain, plainly = self.ask()
        edition = make_edition(headline="Secret", film=make_film(title="Secret"))
        assert any(b"Secret" in body for body in self.ask()[0])
        make_embargo(edition.film, MOMENT + dt.timedelta(days=1))
        hidden, count = self.ask()
        assert hidden == plain
        assert (count.queries, count.rows) == (plainly.queries, plainly.rows)

    def test_asks_as_much_of_the_database_whether_or_not_fragments_are_cached(self) -> None:
        make_site(10)
        found = []
        for _turn in ("cold", "warm"):
            with counted() as count:
                answers(*BUDGETS)
            found.append((count.statements, count.rows))
        assert found[0] == found[1]


class TestACopy:
    """A fragment is drawn from a copy of what it says that it shows."""

    def test_has_these_fields_and_no_others(self) -> None:
        of = Of(Edition, "headline", film=Of(Film, "title"))
        edition = make_edition(headline="Known", film=make_film(title="Known, too"))
        copy = of.copy(of.values(edition))
        assert isinstance(copy, Edition)
        assert (copy.headline, copy.film.title) == ("Known", "Known, too")
        for row, field in ((copy, "standfirst"), (copy.film, "slug")):
            with pytest.raises(ObjectDoesNotExist):
                getattr(row, field)

    def test_is_of_fields_that_exist(self) -> None:
        with pytest.raises(ValueError, match="mood"):
            Of(Film, "mood")

    def test_is_of_a_template_that_exists(self) -> None:
        for name in OF_TEMPLATES:
            engines["django"].get_template(name)

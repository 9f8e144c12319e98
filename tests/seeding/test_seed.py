"""``manage.py seed``: an archive that is the same every time, and as if the desk had published it."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from reviews import clock
from reviews.desk.outlook import outlook_of
from reviews.desk.verbs.checklist import obstacles
from reviews.models import (
    Aspect,
    Correction,
    CountsState,
    Critic,
    Edition,
    EditionJudgement,
    Embargo,
    Film,
    Judgement,
    Person,
    PublicState,
    Review,
    Tag,
)
from reviews.rules.slugs import slugify
from reviews.seeding.factories import make_aspect, make_outlet, make_tag
from reviews.seeding.invented import films, names, plan, writing
from tests.desk.verbs.invariants import assert_consistent
from tests.seeding.truth import assert_as_composed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

REVIEWS = 80
EVEN = REVIEWS // 2
COMPUTED = ("review_uid", "rating_score", "star_scale", "body_html", "body_text", "excerpt")


def seed(reviews: int = REVIEWS, **options: str) -> str:
    """Run the command and return its output."""
    output = io.StringIO()
    call_command("seed", reviews=reviews, stdout=output, **options)
    return output.getvalue()


def rows() -> dict[str, list[list[Any]]]:
    """Every row without its random key; a foreign key is the index of its target."""
    tables = {
        model: list(model._default_manager.order_by(*["uid"] * hasattr(model, "uid"), "pk"))
        for model in apps.get_app_config("reviews").get_models()
        # Random whenever anything is written; and the moment of counting.
        if model not in (PublicState, CountsState)
    }
    places = {model: {row.pk: place for place, row in enumerate(table)} for model, table in tables.items()}

    def told(row: Any) -> list[Any]:
        return [
            places[field.related_model].get(getattr(row, field.attname))
            if field.related_model in places
            else getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if not field.primary_key and field.name != "sequence"  # The moment of writing, in nanoseconds.
        ]

    return {model.__name__: [told(row) for row in table] for model, table in tables.items()}


def undone(act: Callable[[], Any]) -> dict[str, list[list[Any]]]:
    """The rows left by a function whose transaction is then rolled back."""
    with transaction.atomic():
        act()
        left = rows()
        transaction.set_rollback(True)
    return left


class TestSameEveryTime:
    def test_the_same_number_and_day_give_the_same_rows(self) -> None:
        first = undone(lambda: seed(EVEN, as_of="2025-01-31"))
        assert len(first["Review"]) == EVEN
        assert first == undone(lambda: seed(EVEN, as_of="2025-01-31"))

    def test_by_default_the_day_is_today_whatever_the_hour(self, now: dt.datetime) -> None:
        by_default = undone(lambda: seed(EVEN))
        with clock.frozen_at(now + dt.timedelta(hours=11)):
            assert by_default == undone(lambda: seed(EVEN))
        assert by_default == undone(lambda: seed(EVEN, as_of=f"{now:%Y-%m-%d}"))

    def test_another_day_moves_the_archive(self) -> None:
        first = undone(lambda: seed(EVEN, as_of="2025-01-31"))
        other = undone(lambda: seed(EVEN, as_of="2025-02-01"))
        assert first["Person"] == other["Person"]
        assert first["Edition"] != other["Edition"]


class TestAsTrueAsPublished:
    """The command writes what the desk's own functions would have written."""

    def test_every_edition_says_what_composing_it_would(self) -> None:
        make_outlet(star_scale=4)
        seed()
        compared = 0
        for review in Review.objects.all():
            edition = Edition.objects.filter(review=review).order_by("number").last()
            if edition is None or outlook_of(review).differences(edition):
                continue
            assert_as_composed(review, edition)
            compared += 1
        assert compared > REVIEWS / 2
        assert EditionJudgement.objects.filter(in_spoiler=True).exists()
        assert Edition.objects.filter(body__contains="[^1]").exists()
        assert Edition.objects.filter(body__contains="](https://").exists()

    def test_an_earlier_edition_is_rendered_as_well(self) -> None:
        seed(EVEN)
        earlier = Edition.objects.filter(
            number=1, visible_until__isnull=False, review__status="approved"
        ).first()
        assert earlier
        review = earlier.review
        review.body, review.rights_until = earlier.body, earlier.rights_until
        composed = outlook_of(review).compose().edition
        assert (earlier.body_html, earlier.body_text) == (composed.body_html, composed.body_text)

    def test_windows_numbers_and_status_agree(self) -> None:
        seed()
        for review in Review.objects.all():
            assert_consistent(review)

    def test_every_review_could_be_published(self) -> None:
        seed(EVEN)
        found = [obstacles(outlook_of(review), at=review.publish_at) for review in Review.objects.all()]
        assert found == [[]] * EVEN

    def test_every_row_passes_its_own_validation(self) -> None:
        seed(EVEN)
        for model in (Film, Critic, Person, Review, Judgement, Embargo, Correction, Tag, Aspect):
            for row in model._default_manager.all()[:20]:
                row.full_clean()


class TestEveryState:
    def test_each_is_there(self, now: dt.datetime) -> None:
        seed()
        found = set()
        held = set(Embargo.objects.on_reviews().active().values_list("film", flat=True))
        public = set(Edition.objects.public().values_list("review", flat=True))
        for review in Review.objects.all():
            outlook = outlook_of(review)
            live, pending = outlook.live, outlook.pending
            last = Edition.objects.filter(review=review).order_by("number").last()
            found |= {
                review.status,
                "public" if review.pk in public else "hidden",
                "held"
                if pending and review.film_id in held and pending.visible_from > pending.planned_for
                else "",
                "due" if pending and review.film_id not in held and not live else "",
                "correction due" if pending and live else "",
                "changed" if last and outlook.differences(last) else "",
                "rights ended" if review.status == "approved" and not live and not pending else "",
            }
        assert found == {
            "", "public", "hidden", "draft", "in_review", "approved", "withdrawn",
            "held", "due", "correction due", "changed", "rights ended",
        }  # fmt: skip
        assert Correction.objects.public().exists()
        assert Correction.objects.filter(edition__visible_from__gt=now).exists()
        assert Embargo.objects.filter(covers="social").exists()

    def test_most_reviews_are_public(self) -> None:
        seed()
        assert REVIEWS * 0.5 < Edition.objects.public().count() < REVIEWS * 0.9

    def test_a_film_with_nothing_but_drafts_is_hidden(self) -> None:
        seed(REVIEWS)
        hidden = Film.objects.exclude(pk__in=Film.objects.public())
        assert hidden.filter(pk__in=Review.objects.filter(status="draft").values("film")).exists()

    def test_a_second_look_at_a_film_by_one_critic_is_there(self) -> None:
        seed(REVIEWS)
        pairs = list(Review.objects.values_list("film", "critic"))
        assert len(pairs) > len(set(pairs))

    def test_unrated_reviews_and_noughts_are_there(self) -> None:
        seed(REVIEWS)
        assert Edition.objects.filter(rating="", rating_score=None).exists()
        assert Edition.objects.filter(rating="0/5", rating_score=0).exists()
        assert not Edition.objects.filter(rating="", rating_score__isnull=False).exists()


class TestNumbers:
    def test_that_many_reviews_are_written(self) -> None:
        seed(EVEN)
        assert Review.objects.count() == EVEN
        sizes = [Review.objects.filter(film=film).count() for film in Film.objects.order_by("pk")]
        assert sizes == plan.reviews_per_film(EVEN)

    def test_every_review_has_judgements_with_evidence(self) -> None:
        seed(EVEN)
        for review in Review.objects.all():
            assert 2 <= Judgement.objects.filter(review=review).exclude(evidence="").count() <= 4

    def test_bodies_have_80_to_240_words(self) -> None:
        seed(REVIEWS)
        words = [len(body.split()) for body in Review.objects.values_list("body", flat=True)]
        assert min(words) >= 80
        assert max(words) <= 240

    def test_a_few_words_are_common_and_most_are_rare(self) -> None:
        seed(REVIEWS)
        counts: dict[str, int] = {}
        for body in Review.objects.values_list("body", flat=True):
            for word in set(body.lower().split()):
                counts[word] = counts.get(word, 0) + 1
        assert sum(count == REVIEWS for count in counts.values()) < 20
        assert sum(count == 1 for count in counts.values()) > len(counts) / 5


class TestExistingRows:
    def test_a_second_archive_is_refused_and_nothing_written(self) -> None:
        seed(EVEN)
        before = rows()
        with pytest.raises(CommandError, match="is here already"):
            seed(REVIEWS)
        assert rows() == before

    def test_aspects_and_tags_are_shared(self) -> None:
        aspect = make_aspect(name="Everything that explodes", slug="action", position=3)
        tag = make_tag("КИНО")
        seed(EVEN)
        assert Aspect.objects.get(slug="action", film=None) == aspect
        assert Tag.objects.get(slug="кино") == tag
        assert Judgement.objects.filter(aspect=aspect).exists()

    def test_aspects_in_another_order_are_cited_in_that_order(self) -> None:
        for place, name in enumerate(reversed(names.ASPECTS), 1):
            make_aspect(name=name, slug=slugify(name), position=place)
        seed(EVEN)
        for edition in Edition.objects.filter(number=1)[:10]:
            if not outlook_of(edition.review).differences(edition):
                assert outlook_of(edition.review).compose().edition.body_html == edition.body_html

    @pytest.mark.parametrize("reviews", [-3, 0, 1])
    def test_fewer_reviews_than_a_film_has_are_refused(self, reviews: int) -> None:
        with pytest.raises(CommandError, match="ask for 2 or more"):
            seed(reviews)
        assert not Critic.objects.exists()

    def test_more_films_than_there_are_names_for_are_refused(self) -> None:
        with pytest.raises(CommandError, match="ask for fewer"):
            seed(names.ENGLISH_TITLES * 12 + 1)
        assert not Critic.objects.exists()

    @pytest.mark.parametrize("day", ["yesterday", "2025-02-30", "06/06/2025"])
    def test_what_is_not_a_day_is_refused(self, day: str) -> None:
        with pytest.raises(CommandError, match="is not a day"):
            seed(EVEN, as_of=day)


class TestProgress:
    def test_elsewhere_than_on_a_terminal_it_is_whole_lines(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(writing, "ROWS_AT_ONCE", 10)
        lines = seed(EVEN).splitlines()
        assert lines[-2] == f"{EVEN} of {EVEN} reviews"
        assert lines[-1] == f"{EVEN} reviews are here, as of 2025-06-06."
        assert 3 <= len(lines) <= 12
        assert "\r" not in "".join(lines)

    def test_on_a_terminal_it_is_one_line_that_fills(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(writing, "ROWS_AT_ONCE", 10)
        terminal = io.StringIO()
        monkeypatch.setattr(terminal, "isatty", lambda: True)
        call_command("seed", reviews=EVEN, stdout=terminal)
        shown, told = terminal.getvalue().splitlines()[-2:]
        assert shown.startswith("█" * 40)
        assert "·" not in shown
        assert told.startswith(f"{EVEN} reviews are here")
        assert terminal.getvalue().count("\r") >= 3

    def test_interrupted_it_leaves_whole_films(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(writing, "ROWS_AT_ONCE", 10)
        written = 0

        def add_film(*arguments: Any, **named: Any) -> None:
            nonlocal written
            written += 1
            if written == 5:
                raise KeyboardInterrupt
            films.add_film(*arguments, **named)

        monkeypatch.setattr(writing, "add_film", add_film)
        with pytest.raises(CommandError, match="are whole"):
            seed(REVIEWS)
        sizes = [Review.objects.filter(film=film).count() for film in Film.objects.order_by("pk")]
        assert sizes
        assert sizes == plan.reviews_per_film(REVIEWS)[: len(sizes)]
        assert Review.objects.count() == sum(sizes)

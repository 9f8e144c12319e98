"""What is shown of a change is what changed: every difference, and no other."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviews.desk.document.comparison import FieldChange, compared
from reviews.desk.document.documents import document_in, document_of
from reviews.desk.document.fields import published_names
from reviews.desk.outlook import outlook_of
from reviews.desk.verbs import publishing
from reviews.models import Edition, Judgement, Review
from reviews.rules.argument import Stance, Verdict
from reviews.seeding.factories import (
    BODY,
    MOMENT,
    make_aspect,
    make_critic,
    make_film,
    make_judgement,
    make_picture,
    make_review,
)
from reviews.text import ChangeKind, limits
from tests.desk.reading import DAY, change, reread

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

VALUES: dict[str, list[Any]] = {
    "headline": ["So far so good", "So far so bad", "So  far so good"],
    "headline_is_ours": [False, True],
    "standfirst": ["", "In short.", "In long."],
    "body": [BODY, BODY.replace("*fights*", "_fights_"), BODY.replace("less", "more"), f"{BODY}\n\nIt ends."],
    "verdict": [None, *Verdict],
    "rating": ["", "3.5/5", "★★★½", "0/5", "B+"],
    "pull_quote": ["", "The camera waits."],
    "how_seen": ["", "At a festival."],
    "disclosure": ["", "The critic knows the editor."],
    "provenance": ["original", "syndicated"],
    "source_name": ["", "Reel"],
    "source_url": ["", "https://reel.example/review"],
    "provenance_note": ["", "What is known."],
    "rights_until": [None, MOMENT + 400 * DAY],
    "slug": ["one", "another"],
}
TAGS = ["Paris", "road movie", "noir"]
EVIDENCE = ["The camera waits.", "the fights are clear", "The script does less."]

said = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()})
tagged = st.lists(st.sampled_from(TAGS), unique=True)
judged = st.dictionaries(
    st.integers(0, 2), st.tuples(st.sampled_from(list(Stance)), st.sampled_from(EVIDENCE))
)
states = st.tuples(said, st.integers(0, 1), st.integers(0, 1), st.none() | st.integers(0, 1), tagged, judged)


def published(**fields: Any) -> tuple[Review, Edition]:
    review = make_review(**fields)
    return review, publishing.publish(review)


def changes(review: Review, edition: Edition) -> dict[str, FieldChange]:
    found = compared(document_in(edition), document_of(reread(review)))
    return {each.name: each for each in found}


def shown(field: FieldChange) -> list[tuple[str, str, str]]:
    """What stands in each block before and after."""
    return [(block.name, block.before.strip(), block.after.strip()) for block in field.blocks]


class TestEveryDifferenceAndNoOther:
    def test_each_field_that_an_edition_copies_is_tried(self) -> None:
        assert {*VALUES, "film", "critic", "hero"} == set(published_names())

    @settings(
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(states, states)
    def test_generated_changes(self, before: Any, after: Any) -> None:
        with transaction.atomic():
            films, critics = [make_film(), make_film()], [make_critic(), make_critic()]
            pictures = [make_picture(), make_picture()]
            aspects = [make_aspect() for _ in range(3)]
            review = make_review()

            def write(state: Any) -> None:
                fields, film, critic, hero, tags, judgements = state
                nouns = {"film": films[film], "critic": critics[critic]}
                change(review, **fields, **nouns, hero=None if hero is None else pictures[hero])
                review.tags.set(tags)
                Judgement.objects.filter(review=review).delete()
                for number, (stance, evidence) in judgements.items():
                    make_judgement(review, aspect=aspects[number], stance=stance, evidence=evidence)

            write(before)
            # Past the checklist: what is compared need not be fit to be published.
            outlook = outlook_of(reread(review))
            edition = publishing.put_up(outlook, outlook.compose(), outlook.plan())
            write(after)
            found = compared(document_in(edition), document_of(reread(review)))
            assert [each.label for each in found] == outlook_of(reread(review)).differences(edition)
            for each in found:
                is_shown = any(block.kind is not ChangeKind.SAME for block in each.blocks)
                assert is_shown or each.remark
                assert is_shown == each.is_read or each.name in ("slug", "rights_until")
            transaction.set_rollback(True)


class TestWords:
    @pytest.mark.parametrize(
        ("name", "before", "after", "words"),
        [
            ("verdict", Verdict.MIXED, Verdict.PAN, ("mixed", "pan")),
            ("verdict", None, Verdict.MIXED, ("none stated", "mixed")),
            ("rating", "", "0/5", ("none given", "0/5")),
            ("headline_is_ours", False, True, ("the original’s", "ours")),
            ("slug", "one", "another", ("/reviews/one/", "/reviews/another/")),
            ("source_url", "", "https://reel.example/", ("none", "https://reel.example/")),
            ("rights_until", None, MOMENT + DAY, ("without end", "7 June 2025, 13:00 (Europe/London)")),
            (
                "rights_until",
                MOMENT + DAY,
                MOMENT + 180 * DAY,
                ("7 June 2025, 13:00 (Europe/London)", "3 December 2025, 12:00 (Europe/London)"),
            ),
            (
                "provenance",
                "original",
                "syndicated",
                ("written for us", "syndicated: their words, republished with permission"),
            ),
        ],
    )
    def test_a_value_is_said_as_readers_read_it(
        self, name: str, before: Any, after: Any, words: tuple[str, str]
    ) -> None:
        review, edition = published(**{name: before})
        change(review, **{name: after})
        with timezone.override("Europe/London"):
            assert shown(changes(review, edition)[name]) == [("", *words)]

    def test_films_and_critics_go_by_their_names(self) -> None:
        review, edition = published(
            film=make_film(title="Heat", release_year=1995), critic=make_critic(name="Ada")
        )
        change(review, film=make_film(title="Ronin", release_year=1998), critic=make_critic(name="Bo"))
        found = changes(review, edition)
        assert shown(found["film"]) == [("", "Heat (1995)", "Ronin (1998)")]
        assert shown(found["critic"]) == [("", "Ada", "Bo")]

    def test_a_body_is_compared_as_readers_read_it(self) -> None:
        review, edition = published()
        change(review, body=BODY.replace("*fights*", "brawls"))
        (field,) = changes(review, edition).values()
        changed = [block for block in field.blocks if block.kind is not ChangeKind.SAME]
        assert [[run.text for run in block.runs if run.kind is not ChangeKind.SAME] for block in changed] == [
            ["fights", "brawls"]
        ]

    @pytest.mark.parametrize(
        ("name", "after"), [("body", BODY.replace("*fights*", "_fights_")), ("standfirst", "In  short.")]
    )
    def test_what_only_the_desk_can_see_is_said_to_be_so(self, name: str, after: str) -> None:
        review, edition = published(standfirst="In short.")
        change(review, **{name: after})
        field = changes(review, edition)[name]
        assert not field.is_read
        assert field.remark == "Only how it is typed differs: readers read the same."

    def test_tags_come_and_go(self) -> None:
        review, edition = published(tags=("Paris", "noir"))
        review.tags.set(["noir", "road movie"])
        assert shown(changes(review, edition)["tags"]) == [("", "Paris", ""), ("", "", "road movie")]

    def test_judgements_are_compared_aspect_by_aspect(self) -> None:
        review = make_review()
        gone, kept, turned, moved = (make_aspect(name=name) for name in ("Plot", "Pace", "Lead", "Fights"))
        for aspect in (gone, kept, turned, moved):
            make_judgement(review, aspect=aspect)
        edition = publishing.publish(review)
        Judgement.objects.get(review=review, aspect=gone).delete()
        Judgement.objects.filter(review=review, aspect=turned).update(stance=Stance.MIXED)
        Judgement.objects.filter(review=review, aspect=moved).update(evidence="The script does less.")
        make_judgement(review, aspect=make_aspect(name="Score"), stance=Stance.CRITICISM)
        assert shown(changes(review, edition)["judgements"]) == [
            ("Plot: the stance", "praise", ""),
            ("Plot: the passage behind it", "the fights are clear", ""),
            ("Lead: the stance", "praise", "mixed"),
            ("Fights: the passage behind it", "the fights are clear", "The script does less."),
            ("Score: the stance", "", "criticism"),
            ("Score: the passage behind it", "", "the fights are clear"),
        ]


def test_a_body_over_the_limit_is_shown_whole_and_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LONGEST_COPY", 40)
    before, after = make_review(body="one " * 11), make_review(body="two " * 11)
    found = compared(document_of(before), document_of(after))
    (body,) = [each for each in found if each.name == "body"]
    assert body.remark == "It is too long to be compared: both are shown whole."
    assert [(block.kind, block.runs[0].text) for block in body.blocks] == [
        (ChangeKind.GONE, before.body),
        (ChangeKind.NEW, after.body),
    ]

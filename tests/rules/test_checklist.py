"""The checklist: what blocks, what is only suggested, and the limits of each rule."""

import datetime as dt
from dataclasses import fields as dataclass_fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.models.content import Provenance
from reviews.rules import checklist as rules
from reviews.rules.argument import Verdict
from reviews.rules.checklist import ChecklistItem, Circumstances, checklist, obstacles
from reviews.rules.document import Document, DocumentJudgement, Reference
from reviews.rules.pictures import NamedPicture
from reviews.seeding.factories import BODY, MOMENT

INSTANT = dt.timedelta(microseconds=1)
BLANK = ["", " ", "\n\t ", "\x00", "\u200b", "\u00ad\u2060", "\u202f"]
PERFECT: dict[str, Any] = {
    "body": BODY,
    "headline": "A film that waits",
    "standfirst": "The camera is in no hurry.",
    "verdict": Verdict.MIXED,
    "rating": "0/5",
    "pull_quote": "The camera waits.",
    "provenance": Provenance.ORIGINAL,
    "provenance_note": "",
    "how_seen": "At the festival, invited by it",
    "tag_count": 1,
    "judgements": (("Action", "the fights are clear"),),
    "rights_until": None,
    "visible_from": MOMENT,
    "address": "a-film-that-waits",
    "address_is_taken": False,
    "star_scale": 5,
    "wants_verdict": True,
}
BLOCKING = (
    "body",
    "verdict",
    "rating",
    "evidence",
    "pull_quote_of_digest",
    "pull_quote",
    "provenance_note",
    "publish_at",
    "rights",
    "address",
    "picture_undescribed",
    "picture_rights",
)
"""Every rule that blocks, in order."""
EMPTY: dict[str, Any] = {
    "body": "",
    "headline": "H" * 111,
    "standfirst": "",
    "verdict": None,
    "rating": "6/5",
    "pull_quote": "Nobody wrote this",
    "provenance": Provenance.ORIGINAL,
    "provenance_note": "",
    "how_seen": "",
    "tag_count": 0,
    "judgements": (),
    "rights_until": None,
    "visible_from": None,
    "address": "taken",
    "address_is_taken": True,
    "star_scale": 5,
    "wants_verdict": True,
    "pictures": (NamedPicture("van", "body", is_described=False),),
}


LACKING = (
    NamedPicture("van", "hero", is_described=False, rights_until=MOMENT),
    NamedPicture("roof", "body", rights_until=MOMENT),
)
CIRCUMSTANCES = {field.name for field in dataclass_fields(Circumstances)}


def looked_at(copy: dict[str, Any]) -> list[ChecklistItem]:
    """The checklist of the complete copy above with these changes: fields and circumstances by name, tags by their
    number, judgements as pairs of aspect name and evidence."""
    fields = {name: value for name, value in copy.items() if name not in CIRCUMSTANCES}
    tags = (Reference(str(number)) for number in range(fields.pop("tag_count")))
    judgements = (
        DocumentJudgement(Reference(str(number), aspect), {"evidence": evidence})
        for number, (aspect, evidence) in enumerate(fields.pop("judgements"))
    )
    circumstances = Circumstances(**{name: copy[name] for name in CIRCUMSTANCES if name in copy})
    return checklist(Document(fields, tuple(tags), tuple(judgements)), circumstances)


def found(**overrides: Any) -> list[str]:
    """The names of the items for complete copy with only these changes."""
    return [item.name for item in looked_at(dict(PERFECT, **overrides))]


def the_item(**overrides: Any) -> ChecklistItem:
    (item,) = looked_at(dict(PERFECT, **overrides))
    return item


class TestNothingMissing:
    def test_nothing_is_found(self) -> None:
        assert looked_at(PERFECT) == []

    def test_a_digest_with_its_note_needs_no_word_on_how_the_film_was_seen(self) -> None:
        assert not found(
            provenance=Provenance.DIGEST, provenance_note="Of the Post.", pull_quote="", how_seen=""
        )

    def test_the_provenances_are_those_of_the_record(self) -> None:
        assert (rules.ORIGINAL, rules.DIGEST) == (Provenance.ORIGINAL, Provenance.DIGEST)


class TestWhatBlocks:
    @pytest.mark.parametrize("body", [*BLANK, "[^1]: only a footnote that nothing names", "***"])
    def test_no_body(self, body: str) -> None:
        assert found(body=body, pull_quote="", judgements=()) == ["body", "judgements"]

    @pytest.mark.parametrize("body", [".", "🎬", "# Кино", "::: spoiler\nHe dies.\n:::"])
    def test_the_shortest_body_is_one(self, body: str) -> None:
        assert found(body=body, pull_quote="", judgements=()) == ["judgements"]

    def test_no_verdict_where_the_outlet_wants_one(self) -> None:
        assert found(verdict=None) == ["verdict"]

    def test_no_verdict_where_it_does_not(self) -> None:
        assert not found(verdict=None, wants_verdict=False)

    @pytest.mark.parametrize("verdict", Verdict)
    def test_every_verdict_is_one_a_mixed_one_too(self, verdict: int) -> None:
        assert not found(verdict=verdict)

    @pytest.mark.parametrize("rating", ["", "0/5", "0", "F", "★★★★★"])
    def test_a_rating_that_reads_or_none_at_all(self, rating: str) -> None:
        assert found(rating=rating) == (["rating"] if rating == "0" else [])

    def test_a_rating_off_its_scale(self) -> None:
        assert "above the top" in the_item(rating="6/5").sentence

    def test_stars_beyond_the_outlets_scale(self) -> None:
        assert found(rating="★★★★★", star_scale=4) == ["rating"]

    def test_evidence_that_is_no_longer_in_the_body(self) -> None:
        item = the_item(judgements=(("Humour", "the fights are clear"), ("Script", "Nobody wrote this")))
        assert item.sentence == (
            "The evidence for “Script” does not stand in the body: choose a passage that does."
        )
        assert item.field == "judgements-1-evidence"

    def test_each_evidence_is_named_for_itself(self) -> None:
        lost = looked_at(dict(PERFECT, judgements=(("Humour", "Nobody"), ("Script", ""))))
        assert [item.field for item in lost] == ["judgements-0-evidence", "judgements-1-evidence"]
        assert [name for item in lost for name in ("Humour", "Script") if name in item.sentence] == [
            "Humour",
            "Script",
        ]

    def test_evidence_across_emphasis_stands_in_the_body(self) -> None:
        assert not found(judgements=(("Action", "every scene, and the fights are clear"),))

    @pytest.mark.parametrize("quote", ["A triumph", "the came", " "])
    def test_a_pull_quote_that_is_no_longer_in_the_body(self, quote: str) -> None:
        item = the_item(pull_quote=quote)
        assert (item.name, item.sentence) == (
            "pull_quote",
            "The pull quote does not stand in the body: quote it word for word.",
        )

    @pytest.mark.parametrize("quote", ["The camera waits.", "A triumph"])
    def test_a_pull_quote_on_a_digest_whether_or_not_it_stands_there(self, quote: str) -> None:
        item = the_item(pull_quote=quote, provenance=Provenance.DIGEST, provenance_note="Of the Post.")
        assert (item.name, item.field) == ("pull_quote_of_digest", "pull_quote")

    @pytest.mark.parametrize("provenance", [Provenance.SYNDICATED, Provenance.DIGEST])
    @pytest.mark.parametrize("note", BLANK)
    def test_no_provenance_note(self, provenance: str, note: str) -> None:
        assert found(provenance=provenance, provenance_note=note, pull_quote="") == ["provenance_note"]

    def test_no_publication_time(self) -> None:
        assert found(visible_from=None) == ["publish_at"]
        assert found(visible_from=None, rights_until=MOMENT) == ["publish_at"]

    @pytest.mark.parametrize(
        ("margin", "expected"), [(-INSTANT, ["rights"]), (0 * INSTANT, ["rights"]), (INSTANT, [])]
    )
    def test_rights_that_end_before_it_would_go_up(self, margin: dt.timedelta, expected: list[str]) -> None:
        assert found(rights_until=MOMENT + margin) == expected

    def test_an_address_of_another_review(self) -> None:
        assert "“a-film-that-waits” belongs to another review" in the_item(address_is_taken=True).sentence


class TestSuggestions:
    @pytest.mark.parametrize("standfirst", BLANK)
    def test_no_standfirst(self, standfirst: str) -> None:
        assert found(standfirst=standfirst) == ["standfirst"]

    def test_a_headline_of_110_characters(self) -> None:
        assert not found(headline="H" * 110)

    def test_a_headline_of_111_characters(self) -> None:
        assert "has 111 characters" in the_item(headline="H" * 111).sentence

    def test_no_tags(self) -> None:
        assert found(tag_count=0) == ["tags"]

    def test_no_judgements(self) -> None:
        assert found(judgements=()) == ["judgements"]

    @pytest.mark.parametrize("how_seen", BLANK)
    def test_no_word_on_how_the_film_was_seen(self, how_seen: str) -> None:
        assert found(how_seen=how_seen) == ["how_seen"]

    def test_a_syndicated_copy_has_its_note_instead(self) -> None:
        assert not found(provenance=Provenance.SYNDICATED, provenance_note="From the Post.", how_seen="")

    def test_none_of_it_blocks(self) -> None:
        bare = dict(PERFECT, standfirst="", headline="H" * 111, tag_count=0, judgements=(), how_seen="")
        assert len(looked_at(bare)) == 5
        assert obstacles(looked_at(bare)) == []


class TestTheList:
    def test_everything_is_said_at_once_and_in_one_order(self) -> None:
        assert [(item.name, item.is_blocking) for item in looked_at(EMPTY)] == [
            ("body", True),
            ("verdict", True),
            ("rating", True),
            ("pull_quote", True),
            ("publish_at", True),
            ("address", True),
            ("picture_undescribed", True),
            ("standfirst", False),
            ("headline", False),
            ("tags", False),
            ("judgements", False),
            ("how_seen", False),
        ]

    def test_the_rules_that_never_hold_together_have_their_places_too(self) -> None:
        syndicated = dict(
            EMPTY,
            provenance=Provenance.SYNDICATED,
            judgements=(("Action", "Nobody wrote this"),),
            visible_from=MOMENT,
            rights_until=MOMENT,
        )
        assert [item.name for item in looked_at(syndicated)][3:8] == [
            "evidence",
            "pull_quote",
            "provenance_note",
            "rights",
            "address",
        ]

    @given(st.lists(st.sampled_from(BLOCKING), max_size=4))
    def test_whatever_blocks_keeps_its_place(self, broken: list[str]) -> None:
        breaking: dict[str, dict[str, Any]] = {
            "body": {"body": ""},
            "verdict": {"verdict": None},
            "rating": {"rating": "6/5"},
            "evidence": {"judgements": (("Humour", "Nobody wrote this"),)},
            "pull_quote_of_digest": {"provenance": Provenance.DIGEST},
            "pull_quote": {"pull_quote": "A triumph"},
            "provenance_note": {"provenance": Provenance.SYNDICATED},
            "publish_at": {"visible_from": None},
            "rights": {"rights_until": MOMENT},
            "address": {"address_is_taken": True},
            "picture_undescribed": {"pictures": (*LACKING[:1], *LACKING)},
            "picture_rights": {"pictures": LACKING[1:]},
        }
        copy = PERFECT
        for name in broken:
            copy = dict(copy, **breaking[name])
        names = [item.name for item in looked_at(copy) if item.is_blocking]
        assert names == sorted(names, key=BLOCKING.index)

    def test_the_obstacles_are_the_sentences_of_what_blocks(self) -> None:
        items = looked_at(EMPTY)
        assert obstacles(items) == [item.sentence for item in items if item.is_blocking]
        assert len(obstacles(items)) == 7

    @pytest.mark.parametrize("item", looked_at(EMPTY), ids=lambda item: item.name)
    def test_a_sentence_says_what_is_missing_and_what_to_do(self, item: ChecklistItem) -> None:
        assert item.sentence.endswith(".")
        assert ": " in item.sentence

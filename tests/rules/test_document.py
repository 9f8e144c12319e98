"""Documents: their differences, and fields taken from another document."""

from dataclasses import replace
from typing import Any

import pytest

from reviews.rules.document import Document, DocumentJudgement, Reference


def judgement(aspect: str = "pace", uid: str = "1", **values: Any) -> DocumentJudgement:
    return DocumentJudgement(Reference(aspect), {"stance": 1, "evidence": "It runs."} | values, uid)


def document(*judgements: DocumentJudgement, tags: tuple[str, ...] = (), **fields: Any) -> Document:
    return Document(fields, tuple(Reference(tag) for tag in tags), judgements)


class TestDifferences:
    @pytest.mark.parametrize(
        ("one", "other", "names"),
        [
            (document(headline="A", body="B"), document(headline="A", body="B"), []),
            (document(headline="A", body="B"), document(headline="Z", body="Y"), ["headline", "body"]),
            (document(headline="A", sound="mono"), document(headline="A"), []),
            (document(verdict=None), document(verdict=0), ["verdict"]),
            (document(tags=("1", "2")), document(tags=("2", "1")), []),
            (document(tags=("1",)), document(tags=("1", "2")), ["tags"]),
            (document(judgement("a"), judgement("b")), document(judgement("b"), judgement("a")), []),
            (document(judgement("a")), document(judgement("b")), ["judgements"]),
            (document(judgement("a")), document(), ["judgements"]),
            (document(judgement(stance=1)), document(judgement(stance=0)), ["judgements"]),
            (document(judgement(sound="mono")), document(judgement()), []),
            (document(judgement(uid="1")), document(judgement(uid="2")), []),
        ],
    )
    def test_are_in_fields_that_both_have(self, one: Document, other: Document, names: list[str]) -> None:
        assert one.differing_from(other) == other.differing_from(one) == names
        assert one.same_as(other) == other.same_as(one) == (not names)

    def test_names_and_rows_are_none(self) -> None:
        one = document(film=Reference("1", "Heat", row=object()))
        assert one.same_as(document(film=Reference("1", "Heat, renamed")))
        assert one.differing_from(document(film=Reference("2", "Heat"))) == ["film"]


class TestStars:
    @pytest.mark.parametrize(
        ("rating", "scales", "names"),
        [
            ("★★★", (5, 4), ["rating"]),
            ("3 stars", (4, 5), ["rating"]),
            ("★★★", (5, 5), []),
            ("★★★", (5, None), []),  # A revision says no scale.
            ("★★★☆☆", (5, 4), []),
            ("3/5", (5, 4), []),
            ("B+", (5, 4), []),
            ("", (5, 4), []),
            ("no rating at all", (5, 4), []),
        ],
    )
    def test_out_of_another_number_are_another_rating(
        self, rating: str, scales: tuple[int, int | None], names: list[str]
    ) -> None:
        one, other = (replace(document(rating=rating, how_seen=""), star_scale=scale) for scale in scales)
        assert one.differing_from(other) == other.differing_from(one) == names


class TestWhatIsTaken:
    def test_some_fields(self) -> None:
        mine = document(headline="A", body="B", tags=("1",))
        taken = mine.keeping(["body"], of=document(headline="Z", body="Y"))
        assert taken == document(headline="A", body="Y", tags=("1",))

    def test_those_that_it_lacks(self) -> None:
        older = document(judgement(stance=0), judgement("b"), headline="A")
        newer = document(judgement(stance=1, sound="mono"), headline="Z", sound="stereo")
        assert older.completed(by=newer) == document(
            judgement(stance=0, sound="mono"), judgement("b"), headline="A", sound="stereo"
        )

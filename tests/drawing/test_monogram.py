"""Monograms: initials, and the shape for each kind of byline."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.drawing import monogram
from reviews.drawing.monogram import Seat

UID = UUID("00000000-0000-0000-0000-00000000000f")


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Jeff Ewing", "JE"),
        ("Ada", "A"),
        ("ada lovelace", "AL"),
        ("José-María de la Cruz", "JC"),
        ("LatestBuz", "LB"),
        ("BBC", "B"),
        ("山田 花子", "山花"),
        ("Ødegård", "Ø"),
        ("“The Row”", "TR"),
        ("E. Jones", "EJ"),
        ("2 Guys", "2G"),
        ("🎬", "🎬"),
    ],
)
def test_initials(name: str, initials: str) -> None:
    assert monogram(UID, name, Seat.PERSON).initials == initials


def test_an_unknown_author_has_an_empty_seat() -> None:
    assert monogram(UID, "Unattributed", Seat.UNKNOWN).initials == ""


@given(st.text(min_size=1), st.uuids())
def test_any_name_has_a_mark_that_fits_and_never_changes(name: str, uid: UUID) -> None:
    mark = monogram(uid, name, Seat.ORGANISATION)
    assert len(mark.initials) <= 4
    assert mark == monogram(uid, name, Seat.ORGANISATION)


def test_a_mark_keeps_its_colours_when_the_name_changes() -> None:
    assert monogram(UID, "A", Seat.PERSON).palette is monogram(UID, "B", Seat.PERSON).palette

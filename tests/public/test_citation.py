"""How to cite a review: whose words, which day, where."""

import datetime as dt
from typing import Any

from reviews.models import Critic, Edition, Film, Outlet
from reviews.public.citation import Citation, citation
from reviews.public.provenance import provenance_line

FIRST = dt.datetime(2025, 6, 4, 23, 30, tzinfo=dt.UTC)
"""The fifth of June in London."""
LATER = FIRST + dt.timedelta(days=3)
ADDRESS = "https://reviews.example/reviews/so-far/"
OUTLET = Outlet(name="The Test Reel", time_zone="Europe/London")


def cited(name: str = "Ada Lens", kind: str = "person", **fields: Any) -> Citation:
    usual = {
        "headline": "So far so good",
        "first_visible_from": FIRST,
        "visible_from": FIRST,
    }
    edition = Edition(film=Film(title="La Haine"), critic=Critic(name=name, kind=kind), **usual | fields)
    original = provenance_line(edition, OUTLET.name).original
    return citation(edition, OUTLET, original=original, address=ADDRESS)


def digest(name: str = "Ada Lens", kind: str = "person", **fields: Any) -> Citation:
    return cited(name, kind, **{"provenance": "digest", "source_name": "Reel"} | fields)


class TestASentence:
    def test_says_who_what_where_when_and_at_which_address(self) -> None:
        assert str(cited()) == f"Ada Lens, So far so good, in The Test Reel, 5 June 2025, {ADDRESS}"

    def test_names_the_day_of_the_latest_change_as_well(self) -> None:
        assert "5 June 2025, updated 8 June 2025, " in str(cited(visible_from=LATER))

    def test_of_a_digest_names_the_outlet_as_its_author_once_and_whose_review_it_digests(self) -> None:
        assert str(digest()) == (
            f"The Test Reel, So far so good, digest of Ada Lens’s review in Reel, 5 June 2025, {ADDRESS}"
        )
        assert not set("“”«»\"'") & set(str(digest()))

    def test_of_what_is_syndicated_says_where_it_appeared_first(self) -> None:
        sentence = str(cited(provenance="syndicated", source_name="Reel"))
        assert sentence.startswith("Ada Lens, So far so good, in The Test Reel, first published in Reel, ")

    def test_writes_a_headline_in_one_line(self) -> None:
        assert cited(headline="So  far\nso good").headline == "So far so good"

    def test_invents_no_author(self) -> None:
        assert str(cited("Unattributed", "unknown")).startswith("So far so good, in The Test Reel, ")
        assert "digest of a review whose author and outlet we could not establish" in str(
            digest("Unattributed", "unknown", source_name="")
        )

"""The sentence that says whose words a review is."""

import pytest

from reviews.models import Critic, Edition
from reviews.public.provenance import provenance_line

ADDRESS = "https://reel.example/review"


def line(name: str = "Ada Lens", kind: str = "person", **fields: str) -> str:
    edition = Edition(critic=Critic(name=name, kind=kind), **{"provenance": "digest"} | fields)
    return str(provenance_line(edition, "The Test Reel"))


class TestDigests:
    def test_of_a_person_names_critic_and_outlet(self) -> None:
        assert line(source_name="Reel", source_url=ADDRESS) == "Our digest of Ada Lens’s review in Reel."

    def test_links_what_was_published_elsewhere_and_nothing_else(self) -> None:
        edition = Edition(
            critic=Critic(name="Ada Lens"), provenance="digest", source_name="Reel", source_url=ADDRESS
        )
        parts = provenance_line(edition, "The Test Reel")
        assert (parts.before, parts.original, parts.after) == (
            "Our digest of ",
            "Ada Lens’s review in Reel",
            ".",
        )
        assert parts.url == ADDRESS

    @pytest.mark.parametrize("source", ["Reel Daily", "reel daily", ""])
    def test_of_an_organisation_names_it_once(self, source: str) -> None:
        assert line("Reel Daily", "organisation", source_name=source) == "Our digest of Reel Daily’s review."

    def test_of_an_organisation_that_appeared_elsewhere_names_both(self) -> None:
        written = line("Reel Daily", "organisation", source_name="Frame")
        assert written == "Our digest of Reel Daily’s review in Frame."

    def test_without_an_outlet_names_the_critic(self) -> None:
        assert line() == "Our digest of Ada Lens’s review."

    def test_of_an_unknown_author_says_that_neither_is_known(self) -> None:
        written = line("Unattributed", "unknown")
        assert written == "Our digest of a review whose author and outlet we could not establish."

    def test_of_an_unknown_author_in_a_known_outlet_says_so(self) -> None:
        written = line("Unattributed", "unknown", source_name="Reel")
        assert written == "Our digest of a review in Reel whose author we could not establish."

    def test_a_name_with_a_percent_sign_is_only_a_name(self) -> None:
        assert line("100% %(outlet)s", source_name="%s") == "Our digest of 100% %(outlet)s’s review in %s."


class TestOthers:
    def test_an_original_was_written_for_us(self) -> None:
        assert line(provenance="original") == "Written for The Test Reel."

    def test_a_syndicated_review_says_where_it_was_first(self) -> None:
        written = line(provenance="syndicated", source_name="Reel")
        assert written == "First published in Reel; republished with permission."

    def test_a_syndicated_review_of_an_outlet_not_named(self) -> None:
        written = line(provenance="syndicated")
        assert written == "First published in another outlet; republished with permission."

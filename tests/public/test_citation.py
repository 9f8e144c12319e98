"""How to cite a review: whose words, which day, where; and BibTeX that holds whatever the headline is."""

import dataclasses
import datetime as dt
import re
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        "slug": "so-far",
        "review_uid": UUID(int=7),
        "first_visible_from": FIRST,
        "visible_from": FIRST,
    }
    edition = Edition(film=Film(title="La Haine"), critic=Critic(name=name, kind=kind), **usual | fields)
    original = provenance_line(edition, OUTLET.name).original
    return citation(edition, OUTLET, original=original, address=ADDRESS)


def digest(name: str = "Ada Lens", kind: str = "person", **fields: Any) -> Citation:
    return cited(name, kind, **{"provenance": "digest", "source_name": "Reel"} | fields)


# -- A reader of BibTeX: one entry, whose values are in braces or the name of a month ------------------------------


def entry(bibtex: str) -> dict[str, str]:
    """The fields of an entry, their values as they stand between the outermost braces."""
    opening = re.match(r"@misc\{([a-z0-9-]+),\n", bibtex)
    assert opening, bibtex
    fields, rest = {"key": opening[1]}, bibtex[opening.end() :]
    while not rest.startswith("}"):
        name, _, rest = rest.lstrip().partition(" = ")
        end = closing(rest) + 1 if rest.startswith("{") else rest.index(",")
        value, rest = rest[:end], rest[end:].removeprefix(",\n")
        fields[name] = value[1:-1] if value.startswith("{") else value
    assert rest == "}"
    return fields


def closing(text: str) -> int:
    """Where the brace closes that text begins with. As in BibTeX every brace counts, a backslash or none before it."""
    depth = 0
    for at, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return at
    raise AssertionError(f"A brace is never closed: {text}")


COMMANDS = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}"} | {
    "textasciitilde": "~",
    "textasciicircum": "^",
}


def typeset(value: str) -> str:
    """What TeX would print of a value. Fails on a character that TeX takes for a command of its own."""
    printed, at = [], 0
    pattern = re.compile(r"\{\\(text[a-z]+)\}|\\([%&#_$])|([{}])|([^\\%&#_$~^{}])", re.S)
    while at < len(value):
        found = pattern.match(value, at)
        assert found, f"TeX would stumble over {value[at:]!r}"
        command, escaped, _brace, plain = found.groups()
        printed.append(COMMANDS[command] if command else escaped or plain or "")
        at = found.end()
    return "".join(printed)


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

    def test_invents_no_author(self) -> None:
        assert str(cited("Unattributed", "unknown")).startswith("So far so good, in The Test Reel, ")
        assert "digest of a review whose author and outlet we could not establish" in str(
            digest("Unattributed", "unknown", source_name="")
        )


class TestBibTeX:
    def test_is_an_entry_with_the_same_in_it(self) -> None:
        assert entry(cited(visible_from=LATER).bibtex) == {
            "key": "so-far",
            "author": "Ada Lens",
            "title": "{So far so good}",
            "howpublished": "The Test Reel, 5 June 2025",
            "year": "2025",
            "month": "jun",
            "note": "Updated 8 June 2025",
            "url": ADDRESS,
        }

    def test_of_a_digest_names_no_critic_as_its_author(self) -> None:
        fields = entry(digest().bibtex)
        assert fields["author"] == "{The Test Reel}"
        assert fields["note"] == "Digest of Ada Lens’s review in Reel"

    def test_has_no_author_where_none_is_known_and_no_note_where_there_is_nothing_to_note(self) -> None:
        fields = entry(cited("Unattributed", "unknown").bibtex)
        assert "author" not in fields
        assert "note" not in fields

    @pytest.mark.parametrize(
        ("name", "kind", "author"),
        [
            ("Reel Daily", "organisation", "{Reel Daily}"),
            ("Ada and Bo", "person", "{Ada and Bo}"),
            ("Lens, Ada", "person", "{Lens, Ada}"),
            ("Ana de Armas", "person", "Ana de Armas"),
        ],
    )
    def test_a_name_that_is_not_in_parts_stays_whole(self, name: str, kind: str, author: str) -> None:
        assert entry(cited(name, kind).bibtex)["author"] == author

    @pytest.mark.parametrize(("slug", "key"), [("кино", "review-00000000"), ("amélie-2001", "amlie-2001")])
    def test_its_key_is_of_plain_letters(self, slug: str, key: str) -> None:
        assert entry(cited(slug=slug).bibtex)["key"] == key

    @pytest.mark.parametrize(
        ("headline", "title"),
        [
            ("100% & $5_#1", r"100\% \& \$5\_\#1"),
            (
                "{~^}\\",
                r"{\textbraceleft}{\textasciitilde}{\textasciicircum}{\textbraceright}{\textbackslash}",
            ),
            ("Amélie, Кино, 🎬", "Amélie, Кино, 🎬"),
        ],
    )
    def test_writes_out_what_tex_takes_for_itself_and_nothing_else(self, headline: str, title: str) -> None:
        assert entry(cited(headline=headline).bibtex)["title"] == f"{{{title}}}"

    @given(st.text(), st.text(), st.sampled_from(["original", "syndicated", "digest"]))
    def test_can_be_read_back_whatever_the_text(self, text: str, name: str, provenance: str) -> None:
        bibtex = cited(name, headline=text, provenance=provenance, source_name=name).bibtex
        assert bibtex.count("{") == bibtex.count("}")
        fields = entry(bibtex)
        assert typeset(fields["title"]) == " ".join(text.split())
        typeset(fields.get("note", ""))
        if name.strip() and provenance != "digest":
            assert typeset(fields["author"]) == " ".join(name.split())

    def test_an_address_is_read_as_it_stands(self) -> None:
        found = dataclasses.replace(cited(), address="https://reviews.example/%D0%BA_/{x}")
        assert entry(found.bibtex)["url"] == "https://reviews.example/%D0%BA_/%7Bx%7D"

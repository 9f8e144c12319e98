"""Identifiers of films and people at IMDb, TMDB and Wikidata, and what all identifiers share."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules import identifiers
from reviews.rules.identifiers import (
    IdentifierError,
    eidr,
    imdb_name,
    imdb_title,
    tmdb_film,
    wikidata,
)

Reader = Callable[[str], str]

READERS: list[tuple[Reader, str, str]] = [
    (imdb_title, identifiers.IMDB_TITLE_PATTERN, "tt0133093"),
    (imdb_name, identifiers.IMDB_NAME_PATTERN, "nm0000206"),
    (tmdb_film, identifiers.TMDB_PATTERN, "603"),
    (wikidata, identifiers.WIKIDATA_PATTERN, "Q83495"),
    (eidr, identifiers.EIDR_PATTERN, "10.5240/7791-8534-2C23-9030-8610-5"),
]

# Published ids, whose check characters were computed by the registry.
REGISTERED = [
    "10.5240/7791-8534-2C23-9030-8610-5",
    "10.5240/7EC7-228A-510A-053E-CBB8-J",
    "10.5240/B752-5B47-DBBE-E5D4-5A3F-N",
    "10.5240/EA73-79D7-1B2B-B378-3A73-M",
]

PREFIXES = [
    "",
    "//",
    "https://",
    "http://[",
    "https://www.imdb.com/title/",
    "imdb.com/name/",
    "https://www.themoviedb.org/movie/",
    "https://www.wikidata.org/wiki/",
    "https://doi.org/10.5240/",
    "https://ui.eidr.org/?id=",
    "urn:eidr:",
]
PASTED = st.text() | st.builds(
    "{}{}".format, st.sampled_from(PREFIXES), st.text("tnmTQqd0123456789ABCDEF٣%/:?#[]@-. \u200b\n\x00")
)


def refusal(read: Reader, text: str) -> str:
    with pytest.raises(IdentifierError) as caught:
        read(text)
    return str(caught.value)


class TestEveryIdentifier:
    @pytest.mark.parametrize(("read", "pattern", "stored"), READERS)
    def test_the_stored_form_reads_as_itself(self, read: Reader, pattern: str, stored: str) -> None:
        assert read(stored) == stored
        assert re.search(pattern, stored)

    @pytest.mark.parametrize(("read", "pattern", "stored"), READERS)
    def test_space_and_invisible_marks_around_it_are_dropped(
        self, read: Reader, pattern: str, stored: str
    ) -> None:
        assert read(f" \u00a0\ufeff{stored}\u200b\r\n") == stored

    @pytest.mark.parametrize(("read", "pattern", "stored"), READERS)
    def test_the_pattern_refuses_a_final_line_feed(self, read: Reader, pattern: str, stored: str) -> None:
        assert not re.search(pattern, f"{stored}\n")

    @pytest.mark.parametrize(("read", "pattern", "stored"), READERS)
    @pytest.mark.parametrize(
        "text", ["", " ", "film", "http://[", "https://", "//", "\x00", "\ud800", "９９９", "٣٣٣"]
    )
    def test_anything_else_is_refused_with_an_example(
        self, read: Reader, pattern: str, stored: str, text: str
    ) -> None:
        message = refusal(read, text)
        assert stored in message
        assert message.isprintable()
        assert message.encode()

    @pytest.mark.parametrize(("read", "pattern", "stored"), READERS)
    def test_an_address_somewhere_else_is_refused(self, read: Reader, pattern: str, stored: str) -> None:
        for host in ("imdb.com.example", "example/imdb.com", "www.imdb.com@example", "notimdb.com"):
            refusal(read, f"https://{host}/title/{stored}")

    @pytest.mark.parametrize(("read", "pattern", "stored"), READERS)
    def test_a_page_without_an_identifier_is_refused(self, read: Reader, pattern: str, stored: str) -> None:
        for host in ("imdb.com", "themoviedb.org", "wikidata.org", "doi.org"):
            refusal(read, f"https://www.{host}/")

    @pytest.mark.parametrize(("read", "pattern", "stored"), READERS)
    @pytest.mark.parametrize("piece", ["9", "/", "tt", "%2F", "-", "10.5240/"])
    def test_long_input_is_refused_for_its_length(
        self, read: Reader, pattern: str, stored: str, piece: str
    ) -> None:
        assert "too long" in refusal(read, piece * 10_000)

    @pytest.mark.parametrize(("read", "pattern", "stored"), READERS)
    def test_a_long_address_is_shortened_in_the_message(
        self, read: Reader, pattern: str, stored: str
    ) -> None:
        assert len(refusal(read, "https://example.com/" + "x" * 400)) < 200

    @pytest.mark.parametrize(("read", "pattern", "stored"), READERS)
    @given(text=PASTED)
    def test_any_text_is_an_identifier_or_an_identifier_error(
        self, read: Reader, pattern: str, stored: str, text: str
    ) -> None:
        try:
            identifier = read(text)
        except IdentifierError:
            return
        assert re.search(pattern, identifier)
        assert read(identifier) == identifier


class TestImdb:
    @pytest.mark.parametrize(
        "text",
        [
            "tt0133093",
            "TT0133093",
            "https://www.imdb.com/title/tt0133093/",
            "https://www.imdb.com/title/tt0133093/?ref_=nv_sr_1#top",
            "http://imdb.com/title/tt0133093",
            "imdb.com/title/tt0133093",
            "www.imdb.com/title/tt0133093/fullcredits",
            "//m.imdb.com/title/tt0133093",
            "https://www.imdb.com/de/title/tt0133093/characters/nm0000206",
            "https://pro.imdb.com/title/tt0133093/details",
            "HTTPS://WWW.IMDB.COM/title/tt0133093",
        ],
    )
    def test_a_film_is_read_from_its_id_or_its_page(self, text: str) -> None:
        assert imdb_title(text) == "tt0133093"

    @pytest.mark.parametrize("text", ["nm0000206", "NM0000206", "https://m.imdb.com/name/nm0000206/?ref_=x"])
    def test_a_person_is_read_from_their_id_or_their_page(self, text: str) -> None:
        assert imdb_name(text) == "nm0000206"

    @pytest.mark.parametrize("digits", ["1234567", "12345678", "1234567890"])
    def test_seven_to_ten_digits_are_taken(self, digits: str) -> None:
        assert imdb_title(f"tt{digits}") == f"tt{digits}"
        assert imdb_name(f"nm{digits}") == f"nm{digits}"

    @pytest.mark.parametrize(
        "text", ["tt12", "tt123456", "tt12345678901", "0133093", "tt 0133093", "tt０１３３０９３"]
    )
    def test_another_shape_is_told_what_it_should_look_like(self, text: str) -> None:
        assert refusal(imdb_title, text) == (
            f"“{text}” is not an IMDb id: a film’s looks like tt0133093, tt and 7 to 10 digits."
        )

    @pytest.mark.parametrize(
        "text", ["nm0000206", "NM0000206", "https://www.imdb.com/name/nm0000206/", "nm12"]
    )
    def test_a_persons_id_in_a_films_field_is_called_that(self, text: str) -> None:
        message = refusal(imdb_title, text)
        assert "is the IMDb id of a person" in message
        assert "a film’s looks like tt0133093" in message

    @pytest.mark.parametrize("text", ["tt0133093", "https://www.imdb.com/title/tt0133093/"])
    def test_a_films_id_in_a_persons_field_is_called_that(self, text: str) -> None:
        message = refusal(imdb_name, text)
        assert "is the IMDb id of a film" in message
        assert "a person’s looks like nm0000206" in message


class TestTmdb:
    @pytest.mark.parametrize(
        "text",
        [
            "603",
            "https://www.themoviedb.org/movie/603",
            "https://www.themoviedb.org/movie/603-the-matrix?language=de-DE",
            "themoviedb.org/movie/603-the-matrix/cast",
        ],
    )
    def test_a_film_is_read_from_its_number_or_its_page(self, text: str) -> None:
        assert tmdb_film(text) == "603"

    @pytest.mark.parametrize(
        "text", ["0", "0603", "-603", "+603", "603.0", "6e2", "6_03", "603-the-matrix", "6" * 11]
    )
    def test_only_a_whole_number_from_1_is_taken(self, text: str) -> None:
        assert "it is a whole number such as 603" in refusal(tmdb_film, text)

    @pytest.mark.parametrize(
        ("section", "kind"),
        [("person", "a person"), ("tv", "a television series"), ("collection", "a collection")],
    )
    def test_the_page_of_something_else_is_called_that(self, section: str, kind: str) -> None:
        message = refusal(tmdb_film, f"https://www.themoviedb.org/{section}/603")
        assert f"is the TMDB page of {kind}: paste the page of a film." in message


class TestWikidata:
    @pytest.mark.parametrize(
        "text",
        [
            "Q83495",
            "q83495",
            "https://www.wikidata.org/wiki/Q83495#sitelinks",
            "http://www.wikidata.org/entity/Q83495",
            "https://m.wikidata.org/wiki/Special:EntityPage/Q83495?uselang=de",
        ],
    )
    def test_an_item_is_read_from_its_id_or_its_page(self, text: str) -> None:
        assert wikidata(text) == "Q83495"

    @pytest.mark.parametrize(
        "text",
        ["Q0", "Q01", "Q", "83495", "P31", "L12", "Q٣", "Q1.5", "https://www.wikidata.org/wiki/Property:P31"],
    )
    def test_anything_else_is_told_what_an_item_looks_like(self, text: str) -> None:
        assert "it looks like Q83495" in refusal(wikidata, text)

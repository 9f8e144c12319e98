"""EIDR identifiers with their check character, and the addresses of all identifiers."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reviews.rules.identifiers import (
    check_character,
    eidr,
    eidr_url,
    imdb_name,
    imdb_name_url,
    imdb_title,
    imdb_title_url,
    tmdb_film,
    tmdb_film_url,
    wikidata,
    wikidata_url,
)
from tests.rules.test_identifiers import REGISTERED, Reader, refusal


class TestEidr:
    @pytest.mark.parametrize("registered", REGISTERED)
    def test_ids_from_the_registry_are_taken(self, registered: str) -> None:
        assert eidr(registered) == registered

    @pytest.mark.parametrize(
        "text",
        [
            "10.5240/ea73-79d7-1b2b-b378-3a73-m",
            "EA73-79D7-1B2B-B378-3A73-M",
            "EA7379D71B2BB3783A73M",
            "10.5240/EA73–79D7–1B2B–B378–3A73–M",
            "doi:10.5240/EA73-79D7-1B2B-B378-3A73-M",
            "DOI: 10.5240/EA73-79D7-1B2B-B378-3A73-M",
            "info:doi/10.5240/EA73-79D7-1B2B-B378-3A73-M",
            "urn:eidr:10.5240:EA73-79D7-1B2B-B378-3A73-M",
            "https://doi.org/10.5240/EA73-79D7-1B2B-B378-3A73-M",
            "https://dx.doi.org/10.5240%2FEA73-79D7-1B2B-B378-3A73-M",
            "doi.org/10.5240/EA73-79D7-1B2B-B378-3A73-M",
            "https://ui.eidr.org/view/content?id=10.5240%2FEA73-79D7-1B2B-B378-3A73-M",
        ],
    )
    def test_an_id_is_put_in_its_canonical_form(self, text: str) -> None:
        assert eidr(text) == "10.5240/EA73-79D7-1B2B-B378-3A73-M"

    @pytest.mark.parametrize(
        "text",
        [
            "10.5240/EA73-79D7-1B2B-B378-3A73",
            "10.5240/EA73-79D7-1B2B-B378-3A73-MM",
            "10.5240/GA73-79D7-1B2B-B378-3A73-M",
            "10.5237/EA73-79D7-1B2B-B378-3A73-M",
            "https://doi.org/10.1000/182",
        ],
    )
    def test_another_shape_is_told_what_it_should_look_like(self, text: str) -> None:
        assert "it looks like 10.5240/7791-8534-2C23-9030-8610-5" in refusal(eidr, text)

    def test_a_check_character_that_does_not_fit_is_a_typing_mistake(self) -> None:
        assert refusal(eidr, "10.5240/EA73-79D7-1B2B-B378-3A73-N") == (
            "“10.5240/EA73-79D7-1B2B-B378-3A73-N” is mistyped, "
            "for its last character does not fit the rest: copy it again."
        )

    @given(st.sampled_from(REGISTERED), st.integers(0, 19), st.sampled_from("0123456789ABCDEF"))
    def test_one_wrong_digit_is_always_found(self, registered: str, place: int, digit: str) -> None:
        characters = registered.removeprefix("10.5240/").replace("-", "")
        assume(characters[place] != digit)
        assert "is mistyped" in refusal(eidr, characters[:place] + digit + characters[place + 1 :])

    @given(st.text("0123456789ABCDEF", min_size=20, max_size=20))
    def test_any_twenty_digits_with_their_check_character_are_taken(self, digits: str) -> None:
        assert (
            eidr(digits + check_character(digits)).replace("-", "")
            == f"10.5240/{digits}{check_character(digits)}"
        )


class TestCheckCharacter:
    def test_exactly_one_character_fits(self) -> None:
        # The standard's other statement of the same rule: the sum over the whole string is 1 modulo 36.
        def fits(text: str) -> bool:
            alphabet = string.digits + string.ascii_uppercase
            product = 36
            for character in text[:-1]:
                product = ((product + alphabet.index(character)) % 36 or 36) * 2 % 37
            return (product + alphabet.index(text[-1])) % 36 == 1

        digits = "77918534" + "2C2390308610"
        fitting = [
            character for character in string.digits + string.ascii_uppercase if fits(digits + character)
        ]
        assert fitting == [check_character(digits)] == ["5"]

    @pytest.mark.parametrize("text", ["a", "-", " ", "Ä", "٣"])
    def test_other_characters_are_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match="substring not found"):
            check_character(text)


class TestAddresses:
    @pytest.mark.parametrize(
        ("address", "url"),
        [
            (imdb_title_url("tt0133093"), "https://www.imdb.com/title/tt0133093/"),
            (imdb_name_url("nm0000206"), "https://www.imdb.com/name/nm0000206/"),
            (tmdb_film_url("603"), "https://www.themoviedb.org/movie/603"),
            (wikidata_url("Q83495"), "https://www.wikidata.org/wiki/Q83495"),
            (
                eidr_url("10.5240/7791-8534-2C23-9030-8610-5"),
                "https://doi.org/10.5240/7791-8534-2C23-9030-8610-5",
            ),
        ],
    )
    def test_each_identifier_has_its_page(self, address: str, url: str) -> None:
        assert address == url

    @pytest.mark.parametrize(
        ("read", "url", "stored"),
        [
            (imdb_title, imdb_title_url, "tt0133093"),
            (imdb_name, imdb_name_url, "nm0000206"),
            (tmdb_film, tmdb_film_url, "603"),
            (wikidata, wikidata_url, "Q83495"),
            (eidr, eidr_url, "10.5240/7791-8534-2C23-9030-8610-5"),
        ],
    )
    def test_the_page_reads_back_as_the_identifier(self, read: Reader, url: Reader, stored: str) -> None:
        assert read(url(stored)) == stored

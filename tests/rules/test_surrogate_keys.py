"""The keys of pages, by which a CDN drops them."""

import pytest

from reviews.rules.surrogate_keys import LISTS, MANY, MOST_KEYS, SITE, key_of, keys_of_page, keys_to_purge

ANORA, KINO = "/reviews/anora/", "/tags/%D0%BA%D0%B8%D0%BD%D0%BE/"


def test_a_page_has_those_of_what_it_names_in_any_spelling() -> None:
    content = (
        f'<a href="{ANORA}#j-1">x</a> <loc>https://reviews.example/films/tar/</loc> '
        f'{{"url": "https://reviews.example/people/mikey-madison/"}} <a href="{KINO}feed.xml">'
    )
    assert keys_of_page("/", content.encode()) == sorted(
        [SITE, LISTS, *map(key_of, (ANORA, "/films/tar/", "/people/mikey-madison/", KINO))]
    )


@pytest.mark.parametrize(
    ("path", "key"),
    [(ANORA, ANORA), ("/films/tar/feed.xml", "/films/tar/"), ("/tags/кино/", KINO), ("/reviews/anora", "")],
)
def test_and_that_of_its_own_address(path: str, key: str) -> None:
    assert keys_of_page(path, b"") == sorted([SITE, key_of(key) if key else LISTS])


def test_but_not_where_nothing_is_because_that_page_is_one_for_all_addresses() -> None:
    assert keys_of_page(ANORA, b"Nothing here.", is_there=False) == sorted([SITE, LISTS])


def test_a_redirect_has_the_key_of_where_it_leads() -> None:
    assert keys_of_page("/films/old/", b"", location="/films/new/") == sorted(
        [SITE, key_of("/films/old/"), key_of("/films/new/")]
    )


def test_no_page_has_more_than_a_proxy_takes() -> None:
    def of(number: int) -> list[str]:
        return keys_of_page("/", "".join(f'"/films/film-{each}/"' for each in range(number)).encode())

    assert len(" ".join(of(MOST_KEYS))) < 2_000
    assert MANY not in of(MOST_KEYS)
    assert of(MOST_KEYS + 1) == sorted([SITE, LISTS, MANY])


def test_a_key_is_for_its_address_alone_and_needs_no_quotes() -> None:
    keys = {key_of(f"/films/film-{number}/") for number in range(1_000)}
    assert len(keys) == 1_000
    assert all(key.isalnum() and key.isascii() for key in keys)


def test_what_changes_takes_the_lists_with_it() -> None:
    assert keys_to_purge([ANORA]) == {key_of(ANORA), LISTS, MANY}
    assert keys_to_purge([]) == set()

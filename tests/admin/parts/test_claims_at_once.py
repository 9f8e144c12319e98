"""No lost updates of any noun: deliberate conflicts, and simultaneous saves."""

import threading
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from reviews.models import Film
from reviews.seeding.factories import make_film, make_outlet
from tests.admin.pages import fields_of, save, signed_in, text_of, url
from tests.admin.parts.claimed import NOUNS, answered, opened, post, saved

EDITORS = 6


def line_for(field: str, mark: str) -> str:
    """A valid value of a field, different each time."""
    return f"/films/{mark}/" if field == "path" else mark


def conflicts(name: str, number: int) -> tuple[int, set[str]]:
    """Two editors save one noun so many times from one state. Returns how often one was told, and what was lost."""
    mine, theirs = signed_in(""), signed_in("", first_name="Ruth")
    noun, field = NOUNS[name].make(), NOUNS[name].field
    told, lost = 0, set()
    for each in range(number):
        ours, hers = line_for(field, f"mine-{each}"), line_for(field, f"hers-{each}")
        fields = opened(mine, noun)
        assert save(theirs, noun, **{field: hers}).status_code == 302
        page = post(mine, noun, fields | {field: ours})
        words = text_of(page)
        told += page.status_code == 200 and "nothing is lost" in words and getattr(saved(noun), field) == hers
        lost |= {line for line in (ours, hers) if line not in words}
        assert answered(mine, noun, page, "mine" if each % 2 else "theirs").status_code == 302
        assert getattr(saved(noun), field) == (ours if each % 2 else hers)
    return told, lost


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
@pytest.mark.parametrize("name", NOUNS)
def test_two_conflicts_over_each_noun_are_told_and_nothing_is_lost(name: str) -> None:
    assert conflicts(name, 2) == (2, set())


# A hundred conflicts for each noun take minutes; the two tests above find the same faults.
@pytest.mark.nightly
@pytest.mark.django_db
@pytest.mark.usefixtures("now")
@pytest.mark.parametrize("name", NOUNS)
def test_a_hundred_conflicts_over_each_noun_are_told_and_nothing_is_lost(name: str) -> None:
    assert conflicts(name, 100) == (100, set())


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    def at_once(self, *posts: tuple[Client, str, dict[str, Any]]) -> list[Any]:
        """Send them all at once, each on its own connection. Returns the responses."""
        signal = threading.Barrier(len(posts))
        answers: list[Any] = [None] * len(posts)

        def send(number: int, client: Client, address: str, fields: dict[str, Any]) -> None:
            try:
                signal.wait(timeout=30)
                answers[number] = client.post(address, fields)
            finally:
                connection.close()

        threads = [threading.Thread(target=send, args=(number, *each)) for number, each in enumerate(posts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)
        return answers

    def test_one_saves_and_all_others_are_told(self) -> None:
        make_outlet()
        film = make_film(title="Read by all")
        clients = [signed_in("Editor") for _ in range(EDITORS)]
        posts = [
            (client, url("change", film), opened(client, film) | {"title": f"By-{number}"})
            for number, client in enumerate(clients)
        ]
        answers = self.at_once(*posts)
        assert Counter(answer.status_code for answer in answers) == {302: 1, 200: EDITORS - 1}
        (winner,) = [number for number, answer in enumerate(answers) if answer.status_code == 302]
        assert saved(film).title == f"By-{winner}"
        for number, answer in enumerate(answers):
            if number != winner:
                assert {f"By-{number}", f"By-{winner}"} <= set(text_of(answer).split())

    def test_of_a_save_and_a_deletion_one_is_told(self) -> None:
        make_outlet()
        for _ in range(3):
            film = make_film()
            saver, deleter = signed_in("Editor"), signed_in("Editor")
            fields = opened(saver, film) | {"title": "Mine"}
            confirmed = fields_of(deleter.get(url("delete", film)))
            answers = self.at_once(
                (saver, url("change", film), fields), (deleter, url("delete", film), confirmed)
            )
            codes = (answers[0].status_code, answers[1].status_code)
            assert codes in ((302, 200), (409, 302))
            assert Film.objects.filter(pk=film.pk).exists() == (codes == (302, 200))

    def test_of_two_who_add_the_same_one_is_told_at_the_field(self) -> None:
        address = "/admin/reviews/franchise/add/"
        clients = [signed_in("Editor") for _ in range(3)]
        answers = self.at_once(
            *((client, address, fields_of(client.get(address)) | {"name": "One"}) for client in clients)
        )
        assert Counter(answer.status_code for answer in answers) == {302: 1, 200: 2}
        told = [text_of(answer) for answer in answers if answer.status_code == 200]
        assert all("Another franchise has this address" in words for words in told)

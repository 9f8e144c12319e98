"""No lost updates of a review: deliberate conflicts (a hundred at night) and simultaneous saves."""

import random
import re
import threading
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from reviews.models import Review, Revision
from reviews.seeding.factories import make_review
from tests.admin.pages import fields_of, signed_in, text_of, url
from tests.desk.reading import reread
from tests.gate.night import NIGHT

CONFLICTS, EDITORS = 100 if NIGHT else 6, 8
WORDS = [
    "the",
    "camera",
    "waits",
    "lead",
    "carries",
    "every",
    "scene",
    "script",
    "does",
    "less",
    "light",
    "falls",
    "a",
    "door",
    "opens",
]


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def edited(body: str, chance: random.Random, mark: str) -> str:
    """A body with some words replaced, removed and added; new words carry a mark."""
    paragraphs = [paragraph.split() for paragraph in body.split("\n\n")]
    for number in range(chance.randint(1, 4)):
        words = chance.choice(paragraphs)
        place = chance.randrange(len(words) + 1)
        new = [f"{mark}{number}x{each}" for each in range(chance.randint(1, 3))]
        words[place : place + chance.randint(0, 2)] = new
    if chance.random() < 0.3:
        paragraphs.insert(chance.randrange(len(paragraphs) + 1), [f"{mark}new", "paragraph"])
    return "\n\n".join(" ".join(words) for words in paragraphs)


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
def test_conflicts_are_all_detected_and_not_a_word_is_lost() -> None:
    """Both edit one body from one state: each second save is detected, and both texts are saved."""
    chance = random.Random(20250606)
    mine, theirs = signed_in("Editor"), signed_in("Editor", first_name="Ruth")
    review = make_review()
    body = "\n\n".join(" ".join(chance.choices(WORDS, k=14)) for _ in range(4))
    detected = 0
    for number in range(CONFLICTS):
        Review.objects.filter(pk=review.pk).update(body=body, revision=0)
        Revision.objects.all().delete()
        address = url("change", review)
        form = fields_of(mine.get(address))
        other = fields_of(theirs.get(address))
        ours, hers = edited(body, chance, f"m{number}"), edited(body, chance, f"t{number}")
        assert theirs.post(address, other | {"body": hers}).status_code == 302
        page: Any = mine.post(address, form | {"body": ours})
        detected += page.status_code == 200 and "nothing is lost" in text_of(page)
        assert reread(review).body == hers
        asked = {question.name: "both" for question in page.context["merge"].questions}
        assert mine.post(address, fields_of(page) | asked).status_code == 302
        saved, new = words_of(reread(review).body), words_of(ours) + words_of(hers)
        lost = {word for word in new if re.match(r"[mt]\d", word) and not saved[word]}
        assert lost == set()
    assert detected == CONFLICTS


@pytest.mark.django_db(transaction=True)
def test_of_many_who_save_at_once_one_does_and_all_others_are_told() -> None:
    review = make_review(headline="Read by all")
    clients = [signed_in("Editor") for _ in range(EDITORS)]
    forms = [fields_of(client.get(url("change", review))) for client in clients]
    signal = threading.Barrier(EDITORS)
    answers: dict[int, Any] = {}

    def save(number: int, client: Client, form: dict[str, Any]) -> None:
        try:
            signal.wait(timeout=30)
            answers[number] = client.post(url("change", review), form | {"headline": f"By {number}"})
        finally:
            connection.close()

    threads = [
        threading.Thread(target=save, args=(number, client, form))
        for number, (client, form) in enumerate(zip(clients, forms, strict=True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert Counter(answer.status_code for answer in answers.values()) == {302: 1, 200: EDITORS - 1}
    (winner,) = [number for number, answer in answers.items() if answer.status_code == 302]
    assert reread(review).headline == f"By {winner}"
    assert list(Revision.objects.order_by("number").values_list("number", "what")) == [
        (1, "First recorded version."),
        (2, "Headline."),
    ]
    for number, answer in answers.items():
        if number != winner:
            assert {f"By {number}", f"By {winner}"} <= set(re.findall(r"By \d+", text_of(answer))), (
                "Both texts are shown."
            )

"""Names, numbers and digests of what is hidden, looked for in the bytes and headers of answers."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote
from uuid import UUID

from reviews.audit.asking import MACHINE, SiteAnswer
from reviews.audit.planting import Planted
from reviews.audit.world import SECRET, World, uid
from reviews.desk import preview_links
from reviews.models import Autosave, Edition, HistoryEntry, Judgement, PreviewLink, Review, Revision

TOKEN = re.compile(rb"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}|[0-9A-Za-z_-]{32,}|[0-9]{9,}")
"""What a uid, a digest or a random key looks like."""


class Needles:
    """Everything that only what is hidden has. A word in the address that was asked for is no find."""

    def __init__(self, words: Iterable[str], tokens: Iterable[str]) -> None:
        self.words = [word.encode() for word in words]
        self.tokens = {token.encode() for token in tokens}

    def are_in(self, address: str, answer: SiteAnswer) -> bool:
        asked = address.partition("?")
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        text = headers.encode() + b"\n" + answer.body
        # The time machine's banner leads on to the same page as of other moments.
        page = asked[0].removeprefix(MACHINE).partition("/")[2] if asked[0].startswith(MACHINE) else ""
        for part in (asked[2], asked[0], page):
            for spelled in (part, quote(part)) if len(part) > 1 else ():
                text = text.replace(spelled.encode(), b"")
        if any(word in text for word in self.words):
            return True
        return any(found in self.tokens for found in TOKEN.findall(text))


def needles_of(world: World, states: Iterable[Planted]) -> Needles:
    """Of everything that was planted: all their names contain that of the world's hidden."""
    secrets = {state.place.secret for state in states} - {world.public}
    return Needles([world.hidden, SECRET], _tokens(world, sorted(secrets)))


def _tokens(world: World, secrets: list[str]) -> Iterator[str]:
    reviews = [uid(f"review {secret}") for secret in secrets]
    for found in reviews:
        yield from _spelled(found)
    for model, of in (
        (Review, {"uid__in": reviews}),
        (Edition, {"review__uid__in": reviews}),
        (Edition, {"review__uid": uid(f"review {world.public}"), "visible_from__gt": world.now}),
        (Judgement, {"review__uid__in": reviews}),
        (Revision, {"review__uid__in": reviews}),
        (Autosave, {"review__uid__in": reviews}),
        (HistoryEntry, {"review_uid__in": reviews}),
        (PreviewLink, {"review__uid__in": reviews}),
    ):
        rows: Any = model
        for row in rows.objects.filter(**of):
            yield str(row.pk)
            if own := getattr(row, "uid", None):
                yield from _spelled(own)
    for secret in world.slugs_of("preview"):
        yield secret
        yield preview_links.digest_of(secret)
    for name in secrets:
        for kind in ("film ", "critic ", "tag ", "p ", ""):
            yield from _spelled(uid(f"{kind}{name}"))


def _spelled(found: UUID) -> tuple[str, ...]:
    return str(found), found.hex

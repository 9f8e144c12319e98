"""``make bench-hostile``: a critic sends eight texts at the limit at once, again and again; readers read meanwhile.

Over HTTP, with the workers and threads of the README, on SQLite. It fails where a public page takes a second, or where
an answer is an error of the server's.
"""

import http.client
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode

from tests.bench.editor import PATIENCE, Editor
from tests.bench.served import served
from tests.text.shapes import at_the_limit

WORKERS = 2
SECONDS = 25
LONGEST = 1.0
REFUSED, PAUSE = 503, 0.25
"""An attacker who is asked to try again in two seconds does so in this."""
PAGES = ("/", "/reviews/", "/films/", "/films/ballerina/", "/critics/", "/about/")
SHAPES = (
    "autolinks",
    "colons",
    "ideographs",
    "links",
    "wide rows",
    "flags",
    "marks that never close",
    "headings",
)
"""The dearest at some endpoint, one for each that attacks."""


@dataclass
class Seen:
    """How long readers took, by page; and what the attackers were answered."""

    pages: list[tuple[float, str]] = field(default_factory=list)
    answers: Counter[int | str] = field(default_factory=Counter)

    def p95(self) -> float:
        return quantiles([took for took, _ in self.pages], n=20)[-1]


def main() -> None:
    with served("tests.bench.prepare_hostile", workers=WORKERS) as server:
        critics = [
            Editor(server.address, server.prepared["cookie"], **each) for each in server.prepared["critics"]
        ]
        for critic in critics:
            critic.open()
        alone, attacked = Seen(), Seen()
        read(server.address, alone, time.monotonic() + SECONDS / 5)
        until = time.monotonic() + SECONDS
        with ThreadPoolExecutor(len(critics)) as pool:
            for critic, shape in zip(critics, SHAPES, strict=True):
                pool.submit(attack, critic, at_the_limit(shape), attacked, until)
            read(server.address, attacked, until)
    for name, seen in (("alone", alone), ("beside eight hostile requests", attacked)):
        worst, page = max(seen.pages)
        print(
            f"{len(seen.pages)} public pages {name}: p95 {seen.p95() * 1000:,.0f} ms, "
            f"worst {worst * 1000:,.0f} ms ({page})"
        )
    print(f"  the desk answered  {dict(attacked.answers)}")
    is_fine = max(attacked.pages)[0] < LONGEST and not {500, 502} & set(attacked.answers)
    sys.exit(0 if is_fine else "A public page took too long, or the desk failed.")


def read(address: str, seen: Seen, until: float) -> None:
    """Two readers go from page to page."""

    def go(pages: Sequence[str]) -> None:
        while time.monotonic() < until:
            for page in pages:
                begun = time.perf_counter()
                with urllib.request.urlopen(address + page, timeout=PATIENCE) as response:
                    response.read()
                seen.pages.append((time.perf_counter() - begun, page))
                time.sleep(0.05)

    readers = [threading.Thread(target=go, args=(pages,)) for pages in (PAGES, PAGES[::-1])]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()


def attack(critic: Editor, copy: str, seen: Seen, until: float) -> None:
    """One endpoint of the desk after the other, without a pause where it is answered."""
    review = f"/admin/reviews/review/{critic.review}"
    cut = len(copy) // 3
    form = critic.fields | {"body": copy, "_turn": "1"}
    token = {"csrfmiddlewaretoken": critic.fields["csrfmiddlewaretoken"]}
    parts = token | {"before": copy[:cut], "selected": copy[cut : 2 * cut], "after": copy[2 * cut :]}
    requests: list[tuple[str, dict[str, Any]]] = [
        (f"{review}/preview/typed/", form),
        ("/admin/reviews/review/passage/", parts),
        (f"{review}/autosave/", form),
        (f"{review}/change/", form | {"headline": ""}),
        ("/admin/reviews/review/paste/", token | {"html": "<p style='mso-list:l0 level1 lfo1'>x" * 14_000}),
    ]
    written = [(path, urlencode(posted)) for path, posted in requests]
    while time.monotonic() < until:
        for path, body in written:
            try:
                status, _ = critic.ask(path, "POST", body)
            except (OSError, http.client.HTTPException) as error:
                seen.answers[type(error).__name__] += 1
            else:
                seen.answers[status] += 1
                if status == REFUSED:
                    time.sleep(PAUSE)


if __name__ == "__main__":
    main()

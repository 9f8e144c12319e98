"""A picture that may be shown no longer, in every process of a site: within a second it is as if it had never been."""

import http.client
import re
import time
from collections import Counter

import pytest

from tests.bench.served import Server, served

pytestmark = pytest.mark.nightly

PAGES = ("/", "/films/", "/films/ballerina/", "/critics/", "/people/")
RENDITION = re.compile(r"/pictures/[\w-]{22}/[0-9a-f]{16}\.jpg")
TIMES = 40
"""Each time by a connection of its own, so that both processes are asked."""
UNLIKE = {"date", "x-request-id", "connection"}

Told = tuple[int, bytes, tuple[tuple[str, str], ...]]


def ask(server: Server, path: str) -> Told:
    connection = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=60)
    connection.request("GET", path, headers={"Connection": "close"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    headers = sorted((name, value) for name, value in response.getheaders() if name.lower() not in UNLIKE)
    return response.status, body, tuple(headers)


def test_every_process_knows_within_a_second() -> None:
    with served("tests.bench.prepare", workers=2, is_silent=True) as server:
        shown = {path: RENDITION.findall(ask(server, path)[1].decode()) for path in PAGES}
        path = next(found[0] for found in shown.values() if found)
        assert Counter(ask(server, path)[0] for _ in range(TIMES)) == {200: TIMES}
        assert server.run("tests.pictures.end_rights") > 0
        time.sleep(1)
        answers = Counter(ask(server, path) for _ in range(TIMES))
        never = ask(server, re.sub(r"[\w-]{22}", "A" * 22, path))
        assert answers == {never: TIMES}
        assert never[0] == 404
        assert [page for page in PAGES if RENDITION.search(ask(server, page)[1].decode())] == []

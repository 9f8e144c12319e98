"""Links on the site's pages, feeds and data and at the desk: only web and e-mail addresses."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client

from reviews import clock
from reviews.audit import ended_links as links
from reviews.models import Critic, CriticLink, Edition, Outlet, Review
from tests.admin.pages import signed_in, url
from tests.leaks.leaks import NOW
from tests.leaks.planting import build, populate
from tests.leaks.walk import known_addresses
from tests.past_checks import unchecked
from tests.public.hostile_addresses import HOSTILE, scheme_of
from tests.reading import Document

pytestmark = pytest.mark.django_db

ATTRIBUTES = {"href", "src", "action", "formaction", "cite", "data", "poster"}
IN_CONTENT = ("og:url", "og:image", "article:author")
NEVER = {address for address in HOSTILE if address and address != "/films/"}
DIRTY_POST = "desk@reel.example?bcc=all@reel.example&body=Hello"


class Links(HTMLParser):
    """All link targets of a page, those in structured data and of pictures included."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_data = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [value or "" for name, value in attrs if name.rpartition(":")[2] in ATTRIBUTES]
        if given.get("property") in IN_CONTENT:
            self.found.append(given.get("content") or "")
        self._in_data = given.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._in_data and data.strip():
            self.found += addresses_in(json.loads(data))


def addresses_in(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for name, value in data.items():
            if name in ("url", "sameAs", "@id", "logo", "image"):
                yield from [value] if isinstance(value, str) else value
            else:
                yield from addresses_in(value)
    elif isinstance(data, list):
        for each in data:
            yield from addresses_in(each)


def assert_safe(link: str, where: str) -> None:
    assert link not in NEVER, (where, link)
    assert scheme_of(link) in ("", "http", "https", "mailto"), (where, link)
    assert not re.match(r"[/\\]{2}", link), (where, link)
    if scheme_of(link).startswith("http"):
        assert urlsplit(link).hostname, (where, link)
        assert "@" not in urlsplit(link).netloc, (where, link)
    if scheme_of(link) == "mailto":
        assert "?" not in link, (where, link)


def make_hostile() -> None:
    """The public site with hostile addresses: all for one critic, one for each source and in each text."""
    build(populate)
    with unchecked():
        CriticLink.objects.bulk_create(
            CriticLink(critic=critic, label=f"Label {number}", url=address)
            for critic in Critic.objects.all()
            for number, address in enumerate(HOSTILE)
        )
        said = {"source_name": "The Post", "source_url": "javascript:alert(1)"}
        for model in (Review, Edition):
            model.objects.filter(critic__slug="public-critic").update(**said, provenance="digest")
            model.objects.filter(critic__slug="other-critic").update(**said, provenance="syndicated")
        texts = dict.fromkeys(("about", "ratings_guide", "corrections_policy"), "[Us](javascript:alert(1))")
        Outlet.objects.update(contact_email=DIRTY_POST, **texts)


class TestEveryPage:
    def test_leads_nowhere_else(self) -> None:
        make_hostile()
        seen = set()
        with clock.frozen_at(NOW):
            for path in known_addresses(queries=False):
                response = Client().get(path)
                content = response.content.decode()
                seen.add((response.headers["Content-Type"].partition(";")[0], response.status_code))
                if "xml" in response.headers["Content-Type"]:
                    for element in ElementTree.fromstring(content).iter():
                        for text in (element.text or "", *element.attrib.values()):
                            if "<a " in text:
                                text = "".join(re.findall(r'href="([^"]*)"', text))
                            assert not re.match(r"\s*\w*script:", text), (path, text)
                elif "html" in response.headers["Content-Type"]:
                    for link in [response.headers.get("Location", ""), *Links(content).found]:
                        assert_safe(link, path)
        assert {("text/html", 200), ("text/html", 404), ("application/rss+xml", 200)} <= seen

    def test_still_says_in_words_what_no_link_is_written_to(self) -> None:
        make_hostile()
        with clock.frozen_at(NOW):
            critic = Document(Client().get("/critics/public-critic/").content.decode())
            digest = Document(Client().get("/reviews/public-review/").content.decode())
            about = Document(Client().get("/about/").content.decode())
        assert "Label 1" in critic.text
        assert "Our digest of public critic’s review in The Post." in digest.text
        assert DIRTY_POST in about.text


class TestTheDesk:
    def test_leads_nowhere_else_either(self) -> None:
        make_hostile()
        editor = signed_in("")
        with clock.frozen_at(NOW):
            for slug in ("public", "other"):
                edition = Edition.objects.public().get(critic__slug=f"{slug}-critic")
                review, critic = edition.review, edition.critic
                links.send(review, NOW, "A friend", slug)
                for path in (
                    *(url(verb, review) for verb in ("change", "preview", "publish", "compare", "revisions")),
                    url("change", edition),
                    url("change", critic),
                    f"/preview/{links.secret('working', slug)}/",
                ):
                    response = editor.get(path)
                    assert response.status_code == 200, path
                    for link in Links(response.content.decode()).found:
                        assert_safe(link, path)


class TestAGoodAddress:
    def test_is_led_to(self) -> None:
        build(populate)
        CriticLink.objects.create(
            critic=Critic.objects.get(slug="public-critic"), label="Home", url="https://a.example/b"
        )
        Edition.objects.update(provenance="digest", source_url="https://post.example/1")
        Outlet.objects.update(contact_email="desk@reel.example")
        with clock.frozen_at(NOW):
            for path, link in (
                ("/critics/public-critic/", "https://a.example/b"),
                ("/reviews/public-review/", "https://post.example/1"),
                ("/about/", "mailto:desk@reel.example"),
            ):
                page = Document(Client().get(path).content.decode())
                assert link in page.hrefs(), path
                if "post.example" in link:
                    assert link in list(addresses_in(page.structured))
            assert "https://post.example/1" in Client().get("/feed.xml").content.decode()

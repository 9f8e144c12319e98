"""The quick HTML reader reads the same of the desk's pages as html5lib."""

from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest

from reviews.seeding.factories import make_judgement, make_review
from tests.admin.pages import signed_in, url
from tests.admin.parts.quick_html import Page, page_of

ALL = """<title>T</title><!-- no --><form id=small><input name=q></form>
<form method=post><input type=hidden name=a value="1 &amp; 2"><input name=b><input type=checkbox name=c checked>
<input type=checkbox name=d><input type=checkbox name=v value=7 checked><input type=radio name=r value=1>
<input type=radio name=r value=2 checked><input type=submit name=s value=S><button name=t value=T>Go</button>
<textarea name=e>

first &lt;b&gt;
second</textarea><textarea name=f></textarea>
<select name=g><option value=1>One<option value=2 selected>Two</select><select name=h></select>
<select name=i multiple><option value=1 selected>One<option value=2 selected>Two</select></form>"""


def by_html5lib(html: str) -> tuple[dict[str, Any], str]:
    """The main form and the text of a page, as html5lib reads them."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    form = max(tree.iter("form"), key=lambda candidate: len(list(candidate.iter())))
    elements = [each for each in form.iter() if each.get("name") and each.get("type") != "submit"]
    values = {each.get("name", ""): value for each in elements if (value := sent(each)) is not None}
    for comment in [each for each in tree.iter() if not isinstance(each.tag, str)]:
        comment.text = ""
    return values, " ".join("".join(tree.itertext()).split())


def sent(element: Element) -> str | list[str] | None:
    if element.tag == "textarea":
        # html5lib keeps the line feed after the tag inside a table.
        return (element.text or "").removeprefix("\n").replace("\n", "\r\n")
    if element.tag == "select":
        options = [each for each in element.iter("option") if each.get("selected") is not None]
        chosen = [each.get("value", "") for each in options]
        return chosen if element.get("multiple") is not None else (chosen or [""])[0]
    if element.tag != "input":
        return None
    is_box = element.get("type") in ("checkbox", "radio")
    return None if is_box and element.get("checked") is None else element.get("value", "on" if is_box else "")


def test_a_form_of_everything() -> None:
    assert Page(ALL).main_form.sent() == {
        "a": "1 & 2",
        "b": "",
        "c": "on",
        "v": "7",
        "r": "2",
        "e": "\r\nfirst <b>\r\nsecond",
        "f": "",
        "g": "2",
        "h": "",
        "i": ["1", "2"],
    }
    assert Page(ALL).text == by_html5lib(ALL)[1]


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
def test_pages_of_the_desk() -> None:
    review, client = make_review(tags=("noir",), body="First.\n\nSecond & <third>."), signed_in("")
    make_judgement(review)
    for path in (
        url("change", review),
        url("publish", review),
        url("links", review),
        url("change", review.film),
        url("change", review.critic),
        "/admin/reviews/review/",
        "/admin/reviews/review/add/",
        "/admin/auth/group/add/",
    ):
        response: Any = client.get(path)
        page = page_of(response)
        posted, words = by_html5lib(response.content.decode())
        assert page.main_form.sent() == posted, path
        assert page.text == words, path

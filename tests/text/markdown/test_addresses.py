"""Which addresses links may have."""

import re
from html import unescape

import pytest

from reviews.text import post_address, render, web_address
from tests.public.hostile_addresses import HOSTILE, scheme_of


class TestAWebAddress:
    @pytest.mark.parametrize(
        "address",
        [
            "https://post.example",
            "http://post.example/",
            "HTTPS://Post.Example/A?b=c&d=e#f",
            "https://post.example:8443/a/b;c,d(e)?f=%20'g\"",
            "https://кино.example/фильм/",
            "https://[2001:db8::1]/",
            "https://192.0.2.1?x",
            "https://post.example/@ann/1",
            "https://post.example/?next=javascript:alert(1)",
        ],
    )
    def test_is_written(self, address: str) -> None:
        assert web_address(address) == address

    @pytest.mark.parametrize("address", HOSTILE)
    def test_is_nothing_else(self, address: str) -> None:
        assert web_address(address) == ""


class TestAnEmailAddress:
    @pytest.mark.parametrize("address", ["desk@reel.example", "a.b+c@кино.example", "o'neill@reel.example"])
    def test_is_written(self, address: str) -> None:
        assert post_address(address) == address

    @pytest.mark.parametrize(
        "address",
        [
            *HOSTILE,
            "desk",
            "@reel.example",
            "desk@reel.example?cc=all@reel.example",
            "desk@reel.example%0d%0abcc:x@y.example",
            "desk@reel.example,x@y.example",
            "desk@reel.example\nBcc: x@y.example",
            "a@b@c.example",
        ],
    )
    def test_is_nothing_else(self, address: str) -> None:
        assert post_address(address) == ""


class TestALinkInABody:
    @pytest.mark.parametrize(
        "written",
        [
            "[x]({})",
            "[x](<{}>)",
            "<{}>",
            "[x]\n\n[x]: {}",
            "[x]\n\n[x]: <{}>",
            "![x]({})",
            '<a href="{}">x</a>',
            "{}",
        ],
    )
    def test_leads_to_the_web_to_post_or_into_the_site(self, written: str) -> None:
        for address in HOSTILE:
            html = render(written.format(address))
            for href in re.findall(r'<(?:a|img)\b[^>]*?(?:href|src)="([^"]*)"', html):
                assert scheme_of(unescape(href)) in ("", "http", "https", "mailto"), (address, html)

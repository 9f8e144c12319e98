"""Addresses that must never be written as links, and how a browser would parse them."""

import re
from urllib.parse import urlsplit

HOSTILE = [
    "",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "javascript://post.example/%0aalert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java\r\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "\x1f javascript:alert(1)",
    " javascript:alert(1)",
    "\u00a0javascript:alert(1)",
    "java&#x73;cript:alert(1)",
    "&#106;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "DATA:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)",
    "blob:https://post.example/1",
    "filesystem:https://post.example/1",
    "view-source:https://post.example/",
    "file:///etc/passwd",
    "ftp://post.example/",
    "mailto:a@post.example,b@post.example",
    "tel:+441",
    "//post.example/",
    "/\\post.example/",
    "\\\\post.example/",
    "/films/",
    "post.example",
    "?a=b",
    "#a",
    "https:",
    "https:post.example",
    "https:/post.example",
    "https://",
    "https:///post.example",
    "https:\\\\post.example",
    "https://ann:secret@post.example/",
    "https://bank.example@post.example/",
    "https://post.example\\@bank.example/",
    "https://post.example/a b",
    "https://post.example/\njavascript:alert(1)",
    "https://post.example/\n",
    "https://post\x00.example/",
    "https://post.example/\x7f",
    "https://[post.example/",
    "ｊavascript:alert(1)",
    "https：//post.example/",
]


def scheme_of(address: str) -> str:
    """The scheme that a browser sees (WHATWG URL): it ignores white space before it and line feeds in it."""
    return urlsplit(re.sub(r"[\t\n\r]", "", address.lstrip("".join(map(chr, range(33)))))).scheme.lower()

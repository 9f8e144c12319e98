"""Style sheets and markup agree: what a style sheet names is in the markup, and a class of the markup has a purpose."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import django

from tests.gate.test_project import ROOT, files_of_ours

DJANGO = Path(django.__file__).parent
WORD = re.compile(r"-?[A-Za-z_][\w-]*")
CLASSES = re.compile(r'(?<![\w-])class="([^"]*)"|\{% block (?:bodyclass|coltype) %\}(.*?)\{% endblock')
SET = re.compile(r"(?<![\w-])(--[\w-]+)\s*:")
COMPOSED = re.compile(r"([A-Za-z_][\w-]*[-_])(?=[{\"'`$])")
"""The first part of a class whose rest is put in: ``is-{{ stance }}``, ``is-{}``, ``"align-" + side``."""


@cache
def sheets() -> dict[str, str]:
    """The site's style sheets without comments, strings and addresses, by name."""
    return {
        path.name: re.sub(r'/\*.*?\*/|"[^"]*"|url\([^)]*\)', "", path.read_text(), flags=re.DOTALL)
        for path in files_of_ours(".css")
    }


def selectors(sheet: str) -> Iterator[str]:
    """The selectors of a style sheet, nested ones included."""
    for found in re.findall(r"([^{};]*)\{", sheet):
        if not found.strip().startswith("@"):
            yield found


@cache
def styled() -> dict[str, str]:
    """Each class that a style sheet of the site names, and one sheet that does."""
    return {
        name: sheet
        for sheet, text in sheets().items()
        for selector in selectors(text)
        for name in re.findall(r"\.(-?[A-Za-z_][\w-]*)", selector)
    }


def ours(*endings: str) -> list[str]:
    """The texts of the product's own files."""
    tops = ("reviews", "reviewsite", "static", "templates")
    return [
        path.read_text()
        for path in files_of_ours(*endings)
        if path.relative_to(ROOT).parts[0] in tops and "migrations" not in path.parts
    ]


def djangos(*endings: str) -> list[str]:
    """The texts of Django's admin and forms."""
    folders = (DJANGO / "contrib/admin", DJANGO / "forms")
    return [path.read_text() for top in folders for end in endings for path in top.rglob(f"*{end}")]


def in_class_attributes(markup: str) -> Iterator[str]:
    """The classes in ``class`` attributes, and in the blocks that the admin's templates put into them.

    One whose rest is put in ends in a hyphen.
    """
    for found in CLASSES.finditer(markup):
        spaced = re.sub(r"\{%.*?%\}", " ", found[1] or found[2] or "")
        yield from re.sub(r"\{\{.*?\}\}|\{\w*\}", " ", spaced).split()


def strings_in(code: str) -> Iterator[str]:
    """The words in the string literals of Python code."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from WORD.findall(node.value)


@cache
def written() -> frozenset[str]:
    """Every class that the markup can have by name: from templates, scripts and strings, ours and Django's."""
    markup = [*ours(".html"), *djangos(".html")]
    return frozenset(
        [
            *(name for text in markup for name in in_class_attributes(text)),
            *(word for text in [*ours(".js"), *djangos(".js")] for word in WORD.findall(text)),
            *(word for text in [*ours(".py"), *djangos(".py")] for word in strings_in(text)),
        ]
    )


@cache
def beginnings() -> frozenset[str]:
    """What composed classes begin with."""
    return frozenset(
        beginning
        for text in [*ours(".html", ".js", ".py"), *djangos(".html", ".js", ".py")]
        for beginning in COMPOSED.findall(text)
    )


@cache
def words() -> frozenset[str]:
    """Every word of the code: what can be put into a composed class."""
    texts = [*ours(".py", ".html", ".js"), *djangos(".py", ".js")]
    return frozenset(word for text in texts for word in WORD.findall(text))


def is_composed(name: str) -> bool:
    """Whether a class can be put together from a beginning and a word."""
    return any(
        name.startswith(beginning) and name.removeprefix(beginning) in words() for beginning in beginnings()
    )


@cache
def scripted() -> frozenset[str]:
    """The words of scripts, ours and Django's, and the classes that Django styles."""
    return frozenset(
        [
            *(word for text in [*ours(".js"), *djangos(".js")] for word in WORD.findall(text)),
            *(name for text in djangos(".css") for name in re.findall(r"\.(-?[A-Za-z_][\w-]*)", text)),
        ]
    )


def is_scripted(name: str) -> bool:
    """Whether a script of ours names a class, whole or put together."""
    composed = {beginning for text in ours(".js") for beginning in COMPOSED.findall(text)}
    return name in scripted() or any(
        name.startswith(beginning) and name.removeprefix(beginning) in scripted() for beginning in composed
    )


def has_purpose(name: str) -> bool:
    """Whether a style sheet or script names a class, or the parts of the block whose class it is.

    Of a composed class the beginning is enough.
    """
    parts = name if name.endswith("-") else (f"{name}__", f"{name}--")
    return name in styled() or is_scripted(name) or any(known.startswith(parts) for known in styled())


class TestStyles:
    def test_a_class_in_a_style_sheet_is_in_the_markup(self) -> None:
        unused = {
            name: sheet for name, sheet in styled().items() if name not in written() and not is_composed(name)
        }
        assert unused == {}
        assert len(styled()) > 300  # The search must find the classes.

    def test_an_id_in_a_style_sheet_is_in_the_markup(self) -> None:
        texts = [*ours(".html", ".js", ".py"), *djangos(".html", ".js", ".py")]
        known = {word for text in texts for word in WORD.findall(text)}
        named = {
            name: sheet
            for sheet, text in sheets().items()
            for selector in selectors(text)
            for name in re.findall(r"#([A-Za-z_][\w-]*)", selector)
        }
        unused = {name: sheet for name, sheet in named.items() if name.removeprefix("id_") not in known}
        assert unused == {}
        assert len(named) > 5

    def test_a_custom_property_is_set_and_used(self) -> None:
        texts = "".join(sheets().values())
        scripts = "".join(ours(".html", ".js", ".py"))
        admins = "".join(djangos(".css"))
        set_here = set(SET.findall(texts + scripts))
        used_here = set(re.findall(r"var\(\s*(--[\w-]+)", texts + scripts))
        assert set_here - used_here - set(re.findall(r"var\(\s*(--[\w-]+)", admins)) == set()
        assert used_here - set_here - set(SET.findall(admins)) == set()
        assert len(set_here) > 20


class TestMarkup:
    def test_a_class_has_a_style_or_a_script(self) -> None:
        found = {name for text in ours(".html", ".py") for name in in_class_attributes(text)}
        assert {name for name in found if not has_purpose(name)} == set()
        assert len(found) > 300  # The search must find the classes.

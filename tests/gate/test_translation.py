"""Text for people is marked so that a translator's tools find it, and has the apostrophes of print: ’ and not '."""

import ast
import re

from tests.gate.test_project import ROOT, files_of_ours

MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "npgettext"}
MARKED = re.compile(r"{% blocktranslate.*?endblocktranslate %}", re.DOTALL)
NOT_READ = re.compile(
    r"{% comment.*?endcomment %}|{#.*?#}|{% block (?:bodyclass|coltype) %}.*?{% endblock.*?%}", re.DOTALL
)
CODE = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
SPOKEN = re.compile(r'\b(?:aria-label|alt|placeholder|title)="([^"]*)"')
ELEMENT = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2}")
TYPED = re.compile(r"[^\W\d_]'[^\W\d_]|\ws' |^'s ")
BETWEEN_LETTERS = re.compile(r"[^\W\d_]'[^\W\d_]")
IN_A_LINE = re.compile(r"[^\W\d_}]'[^\W\d_]|\ws' ")
COMMENTED = re.compile(
    r"{#.*?#}|{% comment.*?endcomment %}|<(?:style|script)\b.*?</(?:style|script)>", re.DOTALL
)
SCRIPT = re.compile(r"""//[^\n]*|"([^"\n]*)"|`([^`]*)`""")


def unmarked(template: str) -> list[str]:
    """The words of a template outside ``translate`` and ``blocktranslate``: its text and its spoken attributes."""
    html = CODE.sub("\0", NOT_READ.sub("\0", MARKED.sub("\0", template)))
    said = [*SPOKEN.findall(html), ELEMENT.sub("\0", html)]
    return [text.strip() for part in said for text in part.split("\0") if WORD.search(text)]


def computed(source: str) -> list[str]:
    """The calls that look up a translation by something else than a literal, which no tool can extract."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [
        ast.unparse(call)
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id in MARKS
        and not (isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str))
    ]


def typed_in_python(source: str) -> list[str]:
    """The sentences in a module's strings that have a typewriter's apostrophe; docstrings are for maintainers."""
    if not IN_A_LINE.search(source):
        return []
    nodes = list(ast.walk(ast.parse(source)))
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    strings = (node for node in nodes if isinstance(node, ast.Constant) and id(node) not in docstrings)
    return [
        node.value
        for node in strings
        if isinstance(node.value, str) and " " in node.value and TYPED.search(node.value)
    ]


def typed_in_template(source: str) -> list[str]:
    return BETWEEN_LETTERS.findall(COMMENTED.sub("", source))


def typed_in_script(source: str) -> list[str]:
    return [text for found in SCRIPT.findall(source) for text in found if TYPED.search(text)]


class TestTemplates:
    def test_every_word_is_marked(self) -> None:
        found = {str(path.relative_to(ROOT)): unmarked(path.read_text()) for path in files_of_ours(".html")}
        pages = {name: words for name, words in found.items() if name.startswith("templates/")}
        assert {name: words for name, words in pages.items() if words} == {}
        assert len(pages) > 100

    def test_the_search_finds_words_in_text_and_attributes(self) -> None:
        assert unmarked('<p title="Why">{% translate "Yes" %} No {{ name }}</p>') == ["Why", "No"]
        assert unmarked("{% blocktranslate %}All {{ of }} it{% endblocktranslate %}<br class='big'>") == []


class TestPython:
    def test_what_is_marked_is_a_literal(self) -> None:
        sources = {str(path.relative_to(ROOT)): path.read_text() for path in files_of_ours(".py")}
        ours = {name: source for name, source in sources.items() if name.startswith("reviews/")}
        found = {name: computed(source) for name, source in ours.items()}
        assert {name: calls for name, calls in found.items() if calls} == {}
        assert sum("gettext" in source for source in ours.values()) > 20

    def test_the_search_finds_what_is_computed(self) -> None:
        assert computed('_("Film"); _(NAMES[1]); ngettext("%s film", "%s films", n); _(f"Film {n}")') == [
            "_(NAMES[1])",
            "_(f'Film {n}')",
        ]


class TestApostrophes:
    def test_every_one_is_typographic(self) -> None:
        found = {}
        for path in files_of_ours(".py", ".html", ".js"):
            name = str(path.relative_to(ROOT))
            if name.startswith("tests/") or "/migrations/" in name:
                continue
            search = {".py": typed_in_python, ".html": typed_in_template, ".js": typed_in_script}[path.suffix]
            found[name] = search(path.read_text())
        assert {name: typed for name, typed in found.items() if typed} == {}
        assert len(found) > 300

    def test_the_search_finds_them(self) -> None:
        said = '"""The film\'s."""\nsaid = f"The film\'s {name}"; key = "the-film\'s"'
        assert typed_in_python(said) == ["The film's "]
        assert typed_in_python('said = "It is critics\' work"; one = f"{it}\'s here"') == [
            "It is critics' work",
            "'s here",
        ]
        assert typed_in_template("{# Django's #}<p class='a'>{% translate 'Yes' %} It's</p>") == ["t's"]
        assert typed_in_script("// it's\nsay(\"Django's own\", 'a', `it's`)") == ["Django's own", "it's"]

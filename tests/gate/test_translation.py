"""Where text is marked for translation, it is marked so that a translator's tools find it."""

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

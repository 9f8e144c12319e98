"""The shape of the tree: unique class names, small folders, one wall, and nothing left over."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django import forms
from django.contrib import admin

from tests.gate.test_project import ROOT, files_of_ours

MOST_MODULES = 20
"""The most modules of a folder besides its ``__init__.py``."""
NAMED_BY_DJANGO = {"Command", "Media", "Meta"}
"""Class names that Django requires."""
PRODUCT = ("reviews", "reviewsite", "templates", "static")
OF_DJANGO = [Path(str(each.__file__)).parent / "templates" for each in (admin, forms)]
"""Where the templates are that ours may stand in for."""
FOUND_BY_NAME = re.compile(
    r"[45]\d\d\.html|admin/reviews/\w+/(change_form|change_list|delete_confirmation|submit_line)\.html"
)
"""Templates that Django looks for: error pages, and parts of a model's form."""
LOADED = re.compile(
    r"apps|urls|settings|wsgi|exact_json|formats\.|(imaging|drawing\.cards)\.__main__|management\.commands\.|seeding\."
)
"""Modules that Django, gunicorn and Python load by convention, and makers of data, which tests use."""


def modules(top: str) -> Iterator[Path]:
    """The modules below a folder of the project, without migrations."""
    return (
        path
        for path in files_of_ours(".py")
        if path.relative_to(ROOT).parts[0] == top and "migrations" not in path.parts
    )


def classes(path: Path) -> Iterator[ast.ClassDef]:
    """The public classes at the top level of a module."""
    return (
        node
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )


class TestNames:
    def test_a_class_of_the_product_has_its_name_to_itself(self) -> None:
        found = defaultdict(list)
        for path in modules("reviews"):
            for each in classes(path):
                if each.name not in NAMED_BY_DJANGO:
                    found[each.name].append(str(path.relative_to(ROOT)))
        assert {name: paths for name, paths in found.items() if len(paths) > 1} == {}
        assert len(found) > 300  # The search must find the classes.


class TestFolders:
    def test_none_holds_more_than_one_can_look_over(self) -> None:
        found: dict[str, int] = defaultdict(int)
        for top in ("reviews", "reviewsite", "tests"):
            for path in modules(top):
                found[str(path.parent.relative_to(ROOT))] += path.name != "__init__.py"
        assert {folder: count for folder, count in found.items() if count > MOST_MODULES} == {}
        assert found["reviews/desk"] > 5


class TestTheWall:
    """The import contracts see imports alone: what is looked up by its name would pass them."""

    BY_NAME = {"__import__", "get_app_config", "get_model", "get_models", "import_module", "import_string"}

    def test_what_readers_reach_looks_up_neither_a_module_nor_a_model_by_name(self) -> None:
        behind = [path for path in modules("reviews") if {"public", "templatetags"} & {*path.parts}]
        assert len(behind) > 20
        found = {
            f"{path.relative_to(ROOT)}: {word}"
            for path in behind
            if not path.is_relative_to(ROOT / "reviews/models")
            for word in set(re.findall(r"\w+", path.read_text())) & self.BY_NAME
        }
        assert found == set()


@cache
def texts() -> dict[Path, str]:
    """The text of every file of the product, by path."""
    endings = (".py", ".html", ".css", ".js", ".xml", ".txt")
    return {
        path: path.read_text()
        for path in files_of_ours(*endings)
        if path.relative_to(ROOT).parts[0] in PRODUCT and "migrations" not in path.parts
    }


def elsewhere(path: Path) -> str:
    """All other text of the product."""
    return "\n".join(text for each, text in texts().items() if each != path)


def imported() -> set[str]:
    """The modules that the product imports, and the names that it imports from them, dotted."""
    found = set()
    for path, text in texts().items():
        for node in ast.walk(ast.parse(text)) if path.suffix == ".py" else ():
            if isinstance(node, ast.Import):
                found |= {each.name for each in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return found


def names(path: Path) -> Iterator[str]:
    """The top-level names that a module gives to what is not registered by a decorator, and names of properties."""
    tree = ast.parse(texts()[path])
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and "property" in map(ast.unparse, node.decorator_list):
            yield node.name
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (each.id for each in node.targets if isinstance(each, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


class TestTheSearch:
    def test_finds_the_product(self) -> None:
        assert len(texts()) > 500
        assert "reviews.desk.outlook" in imported()
        assert "outlook_of" in names(ROOT / "reviews/desk/outlook.py")


class TestNothingIsLeftOver:
    def test_of_templates(self) -> None:
        unused = []
        for path in texts():
            name = path.relative_to(ROOT).as_posix().removeprefix("templates/")
            if path.suffix != ".html" or FOUND_BY_NAME.fullmatch(name):
                continue
            if not any((root / name).is_file() for root in OF_DJANGO) and name not in elsewhere(path):
                unused.append(name)
        assert unused == []

    def test_of_static_files(self) -> None:
        files = [path for path in texts() if path.suffix in (".css", ".js")]
        assert [path.name for path in files if path.name not in elsewhere(path)] == []

    def test_of_modules(self) -> None:
        known = imported()
        loaded_in_templates = set(
            re.findall(r"\w+", " ".join(re.findall(r"{% load (.+?) %}", elsewhere(ROOT))))
        )
        unused = []
        for path in [*modules("reviews"), *modules("reviewsite")]:
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            if path.name == "__init__.py" or LOADED.match(name.partition(".")[2]):
                continue
            is_tags = name.startswith("reviews.templatetags.") and path.stem in loaded_in_templates
            if not (is_tags or name in known or f"{name}." in elsewhere(path)):
                unused.append(name)
        assert unused == []

    def test_of_names(self) -> None:
        count = Counter(word for text in texts().values() for word in re.findall(r"\w+", text))
        unused = [
            f"{path.relative_to(ROOT)}: {name}"
            for path in modules("reviews")
            if not path.is_relative_to(ROOT / "reviews/seeding")
            for name in names(path)
            if count[name] < 2
        ]
        assert unused == []

"""The shape of the tree: unique class names and small folders."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.gate.test_project import ROOT, files_of_ours

MOST_MODULES = 20
"""The most modules of a folder besides its ``__init__.py``."""
NAMED_BY_DJANGO = {"Command", "Media", "Meta"}
"""Class names that Django requires."""


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

"""Documentation: what README, ``docs/`` and the other papers say about the tree is true and complete."""

import ast
import configparser
import re
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import get_commands

from reviewsite import environment
from tests.gate.test_project import PRODUCTION, ROOT, files_of_ours, manage

PAPERS = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")} - {ROOT / "CHANGELOG.md"})
"""Every page but the changelog, which may name deleted things."""

README = (ROOT / "README.md").read_text()
RECIPES = (ROOT / "docs/architecture.md").read_text().partition("\n## Recipes\n")[2].split("\n### ")[1:]
LONGEST_README = 199
LONGEST_DECISION = 3 * 120
"""In characters, without line breaks."""
MADE_LATER = ("var", ".venv", ".env", ".hypothesis")
"""Files that exist only after a run of the site or the tests."""
OF_A_RUN = {"DEMO_KEY", "DEMO_ADDRESS", "TEST_DATABASE"}
"""Variables that nobody sets by hand: the demo and the tests set them."""

NOT_CODE = (".md", ".png", ".woff2", ".gz", ".zip")

_FILE = re.compile(r"\.(py|md|html|css|js|toml|yaml|yml|txt|svg|png|sh|cfg)$")


def names(pattern: str, text: str) -> set[str]:
    return set(re.findall(pattern, text, re.MULTILINE))


def section(text: str, heading: str) -> str:
    """A section of a page, to the next heading of any level."""
    return re.split(r"^#", text.partition(f"\n## {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def is_there(path: str) -> bool:
    """Whether a path is in the tree, from the root or from ``reviews/``; a bare file name may be anywhere."""
    if "/" not in path:
        return any(each.name == path for each in files_of_ours(Path(path).suffix))
    return any((ROOT / base / path).exists() for base in ("", "reviews"))


class TestPaths:
    @pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
    def test_every_path_that_a_page_names_is_there(self, paper: Path) -> None:
        written = names(r"`([^`\s]+)`", paper.read_text())
        paths = {word for word in written if re.fullmatch(r"[A-Za-z.][\w./-]+", word)}
        paths = {word for word in paths if _FILE.search(word) or re.fullmatch(r"[\w.-]+(/[\w.-]*)+", word)}
        made = {word for word in paths if word.split("/")[0] in MADE_LATER or word.startswith("/")}
        assert sorted(word for word in paths - made if not is_there(word)) == []

    @pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
    def test_every_link_leads_to_a_file(self, paper: Path) -> None:
        links = names(r"\]\(([^)#]+)[^)]*\)", paper.read_text())
        assert (
            sorted(link for link in links if "://" not in link and not (paper.parent / link).exists()) == []
        )


class TestNames:
    """A page goes out of date by a name: of a class, a command, a heading."""

    @pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
    def test_every_name_in_code_that_a_page_gives_is_in_the_code(self, paper: Path) -> None:
        written = names(r"`([A-Za-z_][\w.]*)(?:\(\))?`", paper.read_text())
        known = words_of_code()
        missing = {
            word for word in written if not _FILE.search(word) and not set(re.findall(r"\w+", word)) <= known
        }
        assert sorted(missing) == []

    @pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
    def test_every_command_that_a_page_gives_is_one(self, paper: Path) -> None:
        code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", paper.read_text(), re.DOTALL))
        targets = names(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text())
        assert sorted(names(r"\bmake ([a-z][\w-]*)", code) - targets) == []
        assert sorted(names(r"manage\.py ([a-z_]+)", code) - get_commands().keys()) == []

    @pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
    def test_every_heading_that_a_link_leads_to_is_there(self, paper: Path) -> None:
        for page, heading in re.findall(r"\]\(([^)#\s:]*)#([^)]+)\)", paper.read_text()):
            headings = names(r"^#+ (.+)$", (paper.parent / page if page else paper).read_text())
            assert heading in {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


@cache
def words_of_code() -> set[str]:
    """Every word of the tree outside its pages."""
    texts = (path.read_text(errors="ignore") for path in files_of_ours("") if path.suffix not in NOT_CODE)
    return {word for text in texts for word in re.findall(r"\w+", text)}


class TestReadme:
    def test_it_has_under_two_hundred_lines(self) -> None:
        assert len(README.splitlines()) <= LONGEST_README

    def test_the_map_has_every_package_of_reviews_and_no_other(self) -> None:
        packages = {
            path.parent.relative_to(ROOT).as_posix() for path in ROOT.glob("reviews/*/**/__init__.py")
        }
        mapped = names(r"`(reviews/[\w/]+)/`", section(README, "Map of the code"))
        assert sorted(packages ^ mapped) == []

    def test_the_map_has_every_module_of_reviews_that_is_in_no_package(self) -> None:
        modules = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("reviews/*.py")}
        mapped = names(r"`(reviews/\w+\.py)`", section(README, "Map of the code"))
        assert sorted((modules ^ mapped) - {"reviews/__init__.py"}) == []

    def test_every_page_of_docs_is_named(self) -> None:
        pages = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/*.md")}
        assert sorted(pages - names(r"\]\((docs/[\w-]+\.md)\)", README)) == []


class TestPackages:
    def test_each_says_what_is_in_it(self) -> None:
        silent = [
            path.relative_to(ROOT).as_posix()
            for path in files_of_ours("__init__.py")
            if not ast.get_docstring(ast.parse(path.read_text()))
        ]
        assert silent == []


class TestArchitecture:
    def test_the_drawing_has_every_layer_in_its_place(self) -> None:
        drawing = (ROOT / "docs/architecture.md").read_text().split("```")[1].splitlines()[2:]
        contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
        layers = [re.findall(r"reviews\.([\w.]+)", layer) for layer in contracts[0]["layers"]]
        lines = [
            [
                number
                for name in layer
                for number, line in enumerate(drawing)
                if re.search(rf"(?<![\w.]){name}\b", line)
            ]
            for layer in layers
        ]
        assert all(lines), layers[[bool(each) for each in lines].index(False)]
        assert all(max(upper) < min(lower) for upper, lower in pairwise(lines))

    @pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.splitlines()[0])
    def test_a_recipe_names_what_is_in_the_modules_that_it_names(self, recipe: str) -> None:
        modules = "".join((ROOT / path).read_text() for path in names(r"`([\w./]+\.py)`", recipe))
        named = names(r"`([A-Za-z_]\w+)`", recipe)
        assert len(named) >= 5
        assert sorted(name for name in named if not re.search(rf"\b{name}\b", modules)) == []


class TestDecisions:
    def entries(self) -> list[str]:
        text = (ROOT / "docs/decisions.md").read_text()
        return re.split(r"\n(?=- |#|\n)", text)

    def test_each_is_dated_and_has_three_lines_at_most(self) -> None:
        entries = [entry for entry in self.entries() if entry.startswith("- ")]
        assert len(entries) > 80
        for entry in entries:
            assert re.match(r"- 20\d\d-\d\d-\d\d \S", entry), entry
            assert len(" ".join(entry.split())) <= LONGEST_DECISION, entry


class TestConfiguration:
    def variables(self) -> set[str]:
        """The environment variables that the settings read: the second argument of each reader."""
        found = {"DEBUG", "DEMO"}
        for name in ("environment.py", "pictures.py", "settings.py"):
            for node in ast.walk(ast.parse((ROOT / "reviewsite" / name).read_text())):
                if (
                    isinstance(node, ast.Call)
                    and len(node.args) > 1
                    and isinstance(node.args[1], ast.Constant)
                ):
                    values = ast.unparse(node.args[0])
                    if values in ("values", "os.environ"):
                        found.add(str(node.args[1].value))
        return found - OF_A_RUN

    def test_the_readme_has_every_variable(self) -> None:
        rows = names(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|", section(README, "Configuration"))
        assert {name for row in rows for name in re.findall(r"[A-Z_]+", row)} == self.variables()

    def test_the_example_has_every_variable_that_a_file_may_set(self) -> None:
        example = (ROOT / ".env.example").read_text()
        assert names(r"^#?([A-Z_]+)=", example) == self.variables() - {"DEMO"}

    def test_the_example_sets_what_a_site_must_choose_and_leaves_it_empty(self) -> None:
        values: dict[str, str] = {}
        environment.load(values, ROOT / ".env.example")
        assert values == {"SECRET_KEY": "", "ALLOWED_HOSTS": "", "SITE_URL": ""}

    def test_a_site_starts_with_every_value_that_the_example_shows(self) -> None:
        shown = dict(re.findall(r"^#([A-Z_]+)=(.+)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
        assert len(shown) == len(self.variables()) - 4
        result = manage("check", **(PRODUCTION | shown))
        assert result.returncode == 0, result.stderr


class TestVersions:
    def test_the_changelog_ends_its_unreleased_part_with_the_version_of_the_project(self) -> None:
        versions = re.findall(r"^## (\d+\.\d+\.\d+) ", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
        assert versions[0] == tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
        assert versions == sorted(versions, key=lambda version: [*map(int, version.split("."))], reverse=True)


class TestBeforeACommit:
    def test_the_hooks_run_commands_of_make_check(self) -> None:
        makefile = (
            (ROOT / "Makefile")
            .read_text()
            .replace("$(BIN)", ".venv/bin")
            .replace("$(DEVELOPMENT)", "DEBUG=1")
        )
        check = re.search(r"^check:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
        assert check
        hooks = re.findall(r"entry: (?:env )?(.+)", (ROOT / ".pre-commit-config.yaml").read_text())
        assert len(hooks) == 6
        assert [hook for hook in hooks if f"\t{hook}" not in check[1]] == []

    def test_the_hooks_come_from_this_tree_alone(self) -> None:
        repositories = names(r"repo: (.+)", (ROOT / ".pre-commit-config.yaml").read_text())
        assert repositories == {"local"}

    def test_python_is_as_wide_in_an_editor_as_in_the_formatter(self) -> None:
        editor = configparser.ConfigParser()
        editor.read_string("[top]\n" + (ROOT / ".editorconfig").read_text())
        ruff = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]
        assert editor["*.py"].getint("max_line_length") == ruff["line-length"]

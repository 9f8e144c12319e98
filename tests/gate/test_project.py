"""Rules for the project as a whole."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import get_resolver

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 320
MOST_BASES = 5

PRODUCTION = {
    "SECRET_KEY": "k7!" + "abcdefghij0123456789" * 3,
    "ALLOWED_HOSTS": "reviews.example",
    "SITE_URL": "https://reviews.example",
    "DATABASE_URL": "sqlite:///:memory:",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py in an environment without the test run's own settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *arguments],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def files_of_ours(*endings: str) -> list[Path]:
    """The files that git tracks or would track, by suffix."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in listed if name.endswith(endings) and (ROOT / name).is_file()]


class TestProductionRefusesToGuess:
    @pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL"])
    def test_it_does_not_start_without(self, missing: str) -> None:
        environment = {name: value for name, value in PRODUCTION.items() if name != missing}
        result = manage("check", **environment)
        assert result.returncode != 0
        assert f"Set {missing}:" in result.stderr

    def test_a_site_address_must_be_whole(self) -> None:
        result = manage("check", **(PRODUCTION | {"SITE_URL": "reviews.example"}))
        assert "SITE_URL must be a full address" in result.stderr

    def test_demo_and_debug_exclude_each_other(self) -> None:
        result = manage("check", DEMO="1", DEBUG="1")
        assert "DEBUG or DEMO, not both" in result.stderr

    def test_deploy_check_has_nothing_to_say(self) -> None:
        result = manage("check", "--deploy", "--fail-level", "INFO", **PRODUCTION)
        assert result.returncode == 0, result.stderr
        assert "2 silenced" in result.stdout + result.stderr

    def test_the_demo_command_exists_in_demo_mode_only(self) -> None:
        result = manage("demo", "--no-serve", **PRODUCTION)
        assert result.returncode != 0
        assert "in demo mode only" in result.stderr


class TestMigrations:
    def test_none_is_missing(self) -> None:
        result = manage("makemigrations", "--check", "--dry-run", **PRODUCTION)
        assert result.returncode == 0, result.stdout


class TestLocks:
    @pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
    def test_every_package_is_pinned_with_hashes(self, lock: str) -> None:
        entries = (ROOT / lock).read_text().replace("\\\n", " ").splitlines()
        assert len(entries) > 10
        for entry in entries:
            assert re.match(r"[a-z0-9-]+(\[[a-z,]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}", entry), entry

    @pytest.mark.parametrize(
        "name", ["requirements.txt", "requirements-dev.txt", "pyproject.toml", "Makefile"]
    )
    def test_no_package_index_is_named(self, name: str) -> None:
        text = (ROOT / name).read_text()
        assert not re.search(
            r"--(extra-)?index|--find-links|https://", text.replace("https://reviews.example", "")
        )

    def test_development_pins_what_production_runs(self) -> None:
        def pins(name: str) -> set[str]:
            return set(re.findall(r"^[a-z0-9-]+(?:\[[a-z,]+\])?==[^\s;]+", (ROOT / name).read_text(), re.M))

        assert pins("requirements.txt") <= pins("requirements-dev.txt")


class TestHouse:
    def test_no_file_has_outgrown_one_concern(self) -> None:
        long = {
            str(path.relative_to(ROOT)): lines
            for path in files_of_ours(".py", ".html", ".css")
            if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > LONGEST_FILE
        }
        assert long == {}

    def test_no_class_is_put_together_from_more_than_five(self) -> None:
        wide = {
            f"{path.relative_to(ROOT)}: {node.name}": len(node.bases)
            for path in files_of_ours(".py")
            if path.is_relative_to(ROOT / "reviews")
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.ClassDef) and len(node.bases) > MOST_BASES
        }
        assert wide == {}

    def test_no_test_skips_itself(self) -> None:
        word = re.compile(r"pytest\.(mark\.)?(skip|skipif|xfail|importorskip)\b|unittest\.skip")
        skipping = [path.name for path in files_of_ours(".py") if word.search(path.read_text())]
        assert skipping == []

    def test_templates_hold_no_script_or_style_of_their_own(self) -> None:
        for path in files_of_ours(".html"):
            text = path.read_text()
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", text), path
            for tag in re.findall(r"<script[^>]*>", text):
                assert "src=" in tag or 'type="application/ld+json"' in tag, path

    def test_a_route_its_view_and_its_template_share_a_name(self) -> None:
        from reviews import urls
        from reviews.public import pages

        without_template = {
            "robots",
            "rendition",
            "no_picture",
            "preview_link",
            *(f"{noun}_card" for noun in ("review", "film", "critic", "franchise")),
            "preview_link_picture",
        }  # Text, a file, a page, its files.
        for pattern in urls.urlpatterns:
            assert pattern.name, pattern
            if hasattr(pages, pattern.name) and pattern.name not in without_template:
                assert (ROOT / "templates" / "reviews" / f"{pattern.name}.html").is_file(), pattern.name
            elif not re.search(r"_feed$|^sitemap_", pattern.name):
                assert pattern.name in without_template, pattern.name
        assert get_resolver().resolve("/films/").url_name == "film_list"

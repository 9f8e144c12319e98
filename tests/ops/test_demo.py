"""The demo and the seed refuse to touch a real site: its settings, its database, its accounts."""

import itertools
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, User
from django.core.checks import CheckMessage, Tags, run_checks
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from reviews import demo
from reviews.models import Film, Review
from reviews.seeding.factories import make_account, make_review
from reviewsite import environment
from tests.gate.test_project import manage
from tests.ops.test_environment import AS_A_SITE_SETS_THEM

BACKENDS = ["django.contrib.auth.backends.ModelBackend", "reviews.demo.DemoBackend"]
OWN = {"ENGINE": environment.SQLITE, "NAME": str(settings.VAR_DIR / "demo.sqlite3")}
IN_DEMO_MODE = {
    "DATABASES": {"default": OWN},
    "DEMO": True,
    "PRODUCTION": False,
    "BEHIND_PROXY": False,
    "SITE_URL": "http://127.0.0.1:8000",
    "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
    "AUTHENTICATION_BACKENDS": BACKENDS,
}


def found(**overrides: Any) -> list[CheckMessage]:
    with override_settings(**(IN_DEMO_MODE | overrides)):
        return [message for message in run_checks(tags=[Tags.security]) if message.id == "reviewsite.E001"]


class TestItStartsOnNoRealSite:
    def test_a_site_in_the_environment_stops_it_before_anything_is_opened(self, tmp_path: Path) -> None:
        file = tmp_path / "site.sqlite3"
        result = manage(
            "demo", "--no-serve", DEMO="1", DATABASE_URL=f"sqlite:///{file}", VAR_DIR=str(tmp_path)
        )
        assert result.returncode != 0
        assert result.stderr == (
            "The demo does not start where a site is configured, and here DATABASE_URL is set. "
            "Start it in a shell without: env -u DATABASE_URL make demo\n"
        )
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
    @pytest.mark.parametrize(
        "overrides",
        [
            {"DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "reviews"}}},
            {"DATABASES": {"default": {"ENGINE": environment.SQLITE, "NAME": "/srv/site.sqlite3"}}},
            {"DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": OWN["NAME"]}}},
            {
                "DATABASES": {
                    "default": OWN,
                    "archive": {"ENGINE": environment.SQLITE, "NAME": "/srv/a.sqlite3"},
                }
            },
            {"SITE_URL": "https://reviews.example"},
            {"ALLOWED_HOSTS": ["127.0.0.1", "reviews.example"]},
            {"ALLOWED_HOSTS": ["*"]},
            {"BEHIND_PROXY": True},
        ],
    )
    def test_settings_made_from_ours_are_an_error(self, overrides: dict[str, Any]) -> None:
        assert len(found(**overrides)) == 1

    @pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
    def test_its_own_are_none(self) -> None:
        assert found() == []


@pytest.mark.django_db
class TestItsAccounts:
    @pytest.fixture(autouse=True)
    def demo_mode(self, monkeypatch: pytest.MonkeyPatch) -> Any:
        # What the demo generates is removed with the test.
        monkeypatch.setattr(os, "environ", dict(os.environ))
        with override_settings(DEMO=True, AUTHENTICATION_BACKENDS=BACKENDS):
            yield

    def test_each_is_opened_by_the_password_of_this_start(self) -> None:
        first, second = demo.open_accounts(), demo.open_accounts()
        assert User.objects.count() == 3
        for name, role in demo.ACCOUNTS.items():
            assert authenticate(username=name, password=first[name]) is None
            account = authenticate(username=name, password=second[name])
            assert isinstance(account, User)
            assert list(account.groups.all()) == [Group.objects.get(name=role)]
            assert not account.has_usable_password()

    def test_nobody_elses_is_opened(self) -> None:
        passwords = demo.open_accounts()
        User.objects.all().delete()
        for name in passwords:
            make_account("Publisher", username=name)
        assert [authenticate(username=name, password=passwords[name]) for name in passwords] == [None] * 3
        with pytest.raises(demo.NotTheDemos):
            demo.open_accounts()

    @pytest.mark.parametrize("change", ["password", "superuser", "closed"])
    def test_one_that_has_become_anothers_is_not_opened(self, change: str) -> None:
        passwords = demo.open_accounts()
        account = User.objects.get(username="publisher")
        if change == "password":
            account.set_password("of my own")
        account.is_superuser, account.is_active = change == "superuser", change != "closed"
        account.save()
        assert authenticate(username="publisher", password=passwords["publisher"]) is None

    def test_without_demo_mode_none_is_opened(self) -> None:
        passwords = demo.open_accounts()
        with override_settings(DEMO=False):
            assert authenticate(username="editor", password=passwords["editor"]) is None


@pytest.mark.django_db
class TestTheSeedKeepsOut:
    def refused(self, match: str) -> None:
        reviews, films = Review.objects.count(), Film.objects.count()
        with pytest.raises(CommandError, match=match):
            call_command("seed", reviews=2)
        assert (Review.objects.count(), Film.objects.count()) == (reviews, films)

    def test_of_production(self) -> None:
        with override_settings(PRODUCTION=True):
            self.refused("set DEBUG=1")

    def test_of_development_where_anything_of_a_site_is_set(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # With PostgreSQL the test run itself sets DATABASE_URL.
        monkeypatch.delenv("DATABASE_URL", raising=False)
        alone = ("DATABASE_URL", "CONN_MAX_AGE")
        names = [name for name in AS_A_SITE_SETS_THEM if name not in alone]
        for count in range(1, len(names) + 1):
            for chosen in itertools.combinations(names, count):
                with monkeypatch.context() as patch:
                    for name in (*chosen, *alone):
                        patch.setenv(name, AS_A_SITE_SETS_THEM[name])
                    self.refused(chosen[0])

    def test_of_a_database_with_a_review_that_it_did_not_make(self) -> None:
        make_review(headline="An editor's own")
        self.refused("“An editor's own” is here already")

    def test_of_a_site_without_published_reviews(self) -> None:
        make_account("Publisher", username="shawn")
        self.refused("“shawn” is here already")

    def test_it_says_what_to_type_if_a_file_sets_the_variable(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("SITE_URL", "https://reviews.example")
        self.refused(r"Empty them for this command, even if \.env sets them: SITE_URL= manage.py seed")
        (tmp_path / ".env").write_text("SITE_URL=https://reviews.example\n")
        values = {"SITE_URL": ""}
        environment.load(values, tmp_path / ".env")
        assert environment.set_for_production(values) == []

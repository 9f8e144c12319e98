"""The variables that an outlet sets: as people type them, with errors that say what to type instead."""

import itertools
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from reviewsite import environment
from reviewsite.environment import Mode
from tests.gate.test_project import PRODUCTION, manage

LIVE, DEVELOPMENT, DEMO = Mode(False, False), Mode(True, False), Mode(False, True)
SECRET = "hunter2-in-the-password"
BASE = Path("/srv/site")

AS_A_SITE_SETS_THEM = {
    "SECRET_KEY": PRODUCTION["SECRET_KEY"],
    "ALLOWED_HOSTS": "reviews.example",
    "SITE_URL": "https://reviews.example",
    "DATABASE_URL": "postgres://reviews@db.example/reviews",
    "CACHE_URL": "rediscache://cache.example:6379/0",
    "CDN_PURGE_URL": "https://api.cdn.example/service/purge",
    "CDN_PURGE_HEADER": "Fastly-Key: hunter2",
    "PICTURES_ACCEL": "1",
    "PICTURES_URL": "s3://key:hunter2@s3.example/pictures",
    "STATIC_ROOT": "/srv/static",
    "BEHIND_PROXY": "1",
    "SECURE_SSL_REDIRECT": "0",
    "SECURE_HSTS_SECONDS": "60",
    "CONN_MAX_AGE": "60",
}


class TestHosts:
    @pytest.mark.parametrize(
        "typed",
        [
            "a.example,www.a.example",
            "a.example, www.a.example",
            " a.example ,\twww.a.example,",
            ",a.example,,www.a.example",
            '"a.example, www.a.example"',
            "'a.example','www.a.example'",
            "A.example,WWW.a.example\n",
        ],
    )
    def test_however_they_are_typed(self, typed: str) -> None:
        assert environment.hosts({"ALLOWED_HOSTS": typed}, how=LIVE) == ["a.example", "www.a.example"]

    @pytest.mark.parametrize("host", [".a.example", "127.0.0.1", "[::1]", "localhost", "кино.example"])
    def test_every_kind_of_name(self, host: str) -> None:
        assert environment.hosts({"ALLOWED_HOSTS": host}, how=LIVE) == [host]

    @pytest.mark.parametrize(
        "typed",
        ["https://a.example", "a.example:8000", "a.example/", "a.example www.a.example", "*", "*.a.example"],
    )
    def test_what_would_never_match_or_always_is_refused(self, typed: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="without https://, port or path"):
            environment.hosts({"ALLOWED_HOSTS": typed}, how=LIVE)

    @pytest.mark.parametrize("typed", ["", " ", ",", " , ", '""'])
    def test_none_is_not_set(self, typed: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="Set ALLOWED_HOSTS"):
            environment.hosts({"ALLOWED_HOSTS": typed}, how=LIVE)

    def test_development_may_answer_to_any(self) -> None:
        assert environment.hosts({"ALLOWED_HOSTS": "*"}, how=DEVELOPMENT) == ["*"]
        assert "localhost" in environment.hosts({}, how=DEVELOPMENT)


class TestSiteAddress:
    @pytest.mark.parametrize(
        "typed",
        [
            "https://reviews.example",
            "https://reviews.example/",
            " https://reviews.example// ",
            '"https://reviews.example"',
            "HTTPS://Reviews.Example:443/",
        ],
    )
    def test_however_it_is_typed(self, typed: str) -> None:
        assert environment.site_address({"SITE_URL": typed}, how=LIVE) == "https://reviews.example"

    @pytest.mark.parametrize(
        "address", ["http://127.0.0.1:8000", "http://[::1]:8000", "https://a.example:8443"]
    )
    def test_a_port_is_kept(self, address: str) -> None:
        assert environment.site_address({"SITE_URL": address}, how=LIVE) == address

    @pytest.mark.parametrize(
        "typed",
        [
            "reviews.example", "ftp://reviews.example", "https://", "https:///", "//reviews.example",
            "https://reviews.example/path", "https://reviews.example?a=1", "https://u:p@reviews.example",
            "https://reviews.example:port", "https://reviews.example:99999", "https://[reviews.example",
            "https://a.example,https://b.example", "https://reviews. example",
        ],
    )  # fmt: skip
    def test_what_is_no_address_of_a_site_is_refused(self, typed: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="SITE_URL must be a full address"):
            environment.site_address({"SITE_URL": typed}, how=LIVE)


class TestOtherKinds:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("1", True), ("true", True), ("YES", True), (" on ", True), ('"1"', True),
            ("0", False), ("False", False), ("no", False), ("off", False), ("", None), (" ", None),
        ],
    )  # fmt: skip
    def test_a_switch(self, typed: str, meant: bool | None) -> None:
        for default in (False, True):
            expected = default if meant is None else meant
            assert environment.flag({"DEBUG": typed}, "DEBUG", default=default) is expected

    @pytest.mark.parametrize("typed", ["ture", "2", "enabled", "1,"])
    def test_a_switch_that_is_mistyped_is_not_off(self, typed: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="Set BEHIND_PROXY to 1 or 0"):
            environment.flag({"BEHIND_PROXY": typed}, "BEHIND_PROXY")

    @pytest.mark.parametrize(("typed", "meant"), [("", 60), (" 5 ", 5), ("'0'", 0)])
    def test_a_number(self, typed: str, meant: int) -> None:
        assert environment.number({"CONN_MAX_AGE": typed}, "CONN_MAX_AGE", 60) == meant

    @pytest.mark.parametrize("typed", ["-1", "1.5", "1h", "٣", "9" * 5000])
    def test_what_is_no_number_is_refused(self, typed: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="whole number of seconds, such as 60"):
            environment.number({"CONN_MAX_AGE": typed}, "CONN_MAX_AGE", 60)

    def test_a_level_of_the_log(self) -> None:
        assert environment.level({"LOG_LEVEL": " warning"}, "LOG_LEVEL") == "WARNING"
        with pytest.raises(ImproperlyConfigured, match="one of DEBUG, INFO"):
            environment.level({"LOG_LEVEL": "loud"}, "LOG_LEVEL")

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [("", "/srv/site/var"), ("data", "/srv/site/data"), (" /data/ ", "/data"), ('"/data"', "/data")],
    )
    def test_a_folder_is_the_same_wherever_the_site_is_started(self, typed: str, meant: str) -> None:
        assert str(environment.folder({"VAR_DIR": typed}, "VAR_DIR", BASE / "var", base=BASE)) == meant


class TestDatabase:
    def read(self, url: str) -> dict[str, Any]:
        return environment.database({"DATABASE_URL": url}, BASE / "var/site.sqlite3", base=BASE)

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("", "/srv/site/var/site.sqlite3"),
            ("  ", "/srv/site/var/site.sqlite3"),
            ("sqlite:////data/site.sqlite3", "/data/site.sqlite3"),
            (' "sqlite:////data/site.sqlite3" ', "/data/site.sqlite3"),
            ("sqlite:///data/site.sqlite3", "/srv/site/data/site.sqlite3"),
            ("sqlite:///:memory:", ":memory:"),
        ],
    )
    def test_sqlite(self, typed: str, meant: str) -> None:
        assert self.read(typed)["NAME"] == meant

    @pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
    def test_postgresql(self, scheme: str) -> None:
        read = self.read(f" {scheme}://editor:p%40ss@db.example:5433/reviews ")
        assert (read["HOST"], read["PORT"], read["NAME"]) == ("db.example", 5433, "reviews")
        assert (read["USER"], read["PASSWORD"]) == ("editor", "p@ss")

    @pytest.mark.parametrize(
        "typed",
        [
            "reviews", "/data/site.sqlite3", f"mysql://u:{SECRET}@db/reviews", f"postgres://u:{SECRET}@db:port/x",
            f"postgres://u:{SECRET}@db/", f"postgres://u:{SECRET}/x@db/reviews", f"postgres:/u:{SECRET}@db",
            "sqlite://site.sqlite3", "sqlite:///",
        ],
    )  # fmt: skip
    def test_what_cannot_be_read_is_refused_and_not_repeated(self, typed: str) -> None:
        with pytest.raises(
            ImproperlyConfigured, match=r"DATABASE_URL cannot be read\. Write postgres://"
        ) as error:
            self.read(typed)
        assert SECRET not in str(error.value)

    def test_a_cache(self) -> None:
        assert environment.cache({"CACHE_URL": " "})["BACKEND"].endswith("LocMemCache")
        assert (
            environment.cache({"CACHE_URL": ' "rediscache://cache:6379/0" '})["LOCATION"]
            == "redis://cache:6379/0"
        )
        with pytest.raises(ImproperlyConfigured, match="CACHE_URL cannot be read"):
            environment.cache({"CACHE_URL": "cache:6379"})


class TestKeys:
    @pytest.mark.parametrize(
        "weak",
        [
            "x",
            "x" * 60,
            "abc" * 20,
            "short-but-Random-9_7",
            "django-insecure-" + "k7!abcdefghij0123456789" * 3,
            "development-only-" + "k7!abcdefghij0123456789" * 3,
        ],
    )
    def test_one_that_can_be_guessed_is_refused_and_not_repeated(self, weak: str) -> None:
        with pytest.raises(
            ImproperlyConfigured, match=r"SECRET_KEY can be guessed.*Make one: python3 -c"
        ) as error:
            environment.secret_key({"SECRET_KEY": weak}, "fallback", how=LIVE)
        assert weak == "x" or weak not in str(error.value)

    def test_one_drawn_at_random_is_taken(self) -> None:
        for key in ("0f6f2b1de9a34c7d" * 2, PRODUCTION["SECRET_KEY"]):
            assert environment.secret_key({"SECRET_KEY": key}, "fallback", how=LIVE) == key

    def test_development_takes_any(self) -> None:
        assert environment.secret_key({}, "fallback", how=DEVELOPMENT) == "fallback"
        assert environment.secret_key({"SECRET_KEY": "x"}, "fallback", how=DEVELOPMENT) == "x"


class TestTheDemo:
    def test_every_combination_of_what_a_site_sets_is_refused(self) -> None:
        assert set(AS_A_SITE_SETS_THEM) == set(environment.OF_PRODUCTION)
        names = sorted(AS_A_SITE_SETS_THEM)
        refused = 0
        for count in range(1, len(names) + 1):
            for chosen in itertools.combinations(names, count):
                values = {name: AS_A_SITE_SETS_THEM[name] for name in chosen} | {"DEMO": "1"}
                with pytest.raises(ImproperlyConfigured, match="The demo does not start") as error:
                    environment.mode(values)
                assert all(f"-u {name}" in str(error.value) for name in chosen)
                assert SECRET not in str(error.value)
                refused += 1
        assert refused == 2 ** len(names) - 1

    def test_whatever_way_it_is_asked_for(self) -> None:
        for asked in ("1", " true", "YES", "'on'"):
            with pytest.raises(ImproperlyConfigured, match="The demo does not start"):
                environment.mode({"DEMO": asked, "DATABASE_URL": "postgres://db.example/reviews"})

    def test_nothing_set_starts_it(self) -> None:
        assert environment.mode({"DEMO": "1"}) == DEMO
        assert environment.mode({"DEMO": "1", "DATABASE_URL": "", "LOG_LEVEL": "DEBUG"}) == DEMO

    def test_its_address_is_one_of_this_machine(self) -> None:
        values = {"DEMO_ADDRESS": "http://127.0.0.1:9000"}
        assert environment.site_address(values, how=DEMO) == "http://127.0.0.1:9000"
        with pytest.raises(ImproperlyConfigured, match="an address of this machine"):
            environment.site_address({"DEMO_ADDRESS": "https://reviews.example"}, how=DEMO)


class TestFile:
    def file(self, folder: Path, text: str) -> Path:
        file = folder / ".env"
        file.write_text(text)
        return file

    def test_it_adds_what_is_not_set(self, tmp_path: Path) -> None:
        values = {"SITE_URL": "https://a.example"}
        environment.load(
            values, self.file(tmp_path, "SITE_URL=https://b.example\nALLOWED_HOSTS=a.example, b.example\n")
        )
        assert values == {"SITE_URL": "https://a.example", "ALLOWED_HOSTS": "a.example, b.example"}

    def test_the_demo_reads_none(self, tmp_path: Path) -> None:
        values = {"DEMO": "1"}
        environment.load(values, self.file(tmp_path, "DATABASE_URL=postgres://db.example/reviews\n"))
        assert values == {"DEMO": "1"}

    def test_none_starts_a_demo(self, tmp_path: Path) -> None:
        with pytest.raises(ImproperlyConfigured, match=r"Take DEMO out of .*\.env"):
            environment.load({}, self.file(tmp_path, "DEMO=1\n"))

    def test_one_that_cannot_be_read_is_not_passed_over(self, tmp_path: Path) -> None:
        (tmp_path / ".env").mkdir()
        with pytest.raises(ImproperlyConfigured, match="cannot be read"):
            environment.load({}, tmp_path / ".env")


class TestFiles:
    def test_nothing_is_written_before_it_is_asked_for(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        environment = {name: value for name, value in PRODUCTION.items() if name != "DATABASE_URL"}
        # Nobody, not even root, can create a folder below a file.
        result = manage("check", **environment, VAR_DIR=str(tmp_path / "file" / "var"))
        assert result.returncode == 0, result.stderr

    def test_the_database_is_for_its_owner_alone(self, tmp_path: Path) -> None:
        folder = tmp_path / "var"
        write = (
            "from pathlib import Path; from django.db import connection, transaction\n"
            "with transaction.atomic(): connection.cursor().execute('CREATE TABLE t (a)')\n"
            f"for file in Path({str(folder)!r}).iterdir(): print(file.name, oct(file.stat().st_mode & 0o777))"
        )
        result = manage("shell", "--no-imports", "-c", write, DEMO="1", VAR_DIR=str(folder))
        assert result.returncode == 0, result.stderr
        assert sorted(result.stdout.splitlines()) == [
            "demo.sqlite3 0o600",
            "demo.sqlite3-queue 0o600",
            "demo.sqlite3-shm 0o600",
            "demo.sqlite3-wal 0o600",
        ]

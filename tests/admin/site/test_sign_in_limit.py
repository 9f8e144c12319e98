"""Sign-in attempts are limited by account and address, and by address, before the password check, without lock-out."""

import datetime as dt
import logging
import threading
import time
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from reviews import clock
from reviews.admin.site.sign_in_form import address_of
from reviews.desk.accounts import attempts
from reviews.models import SignInAttempts
from reviews.seeding.factories import make_account
from tests.admin.pages import text_of
from tests.desk.verbs.test_concurrency import at_once
from tests.desk.verbs.test_lock_order import HAS_ROWS_TO_LOCK, PATIENCE, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

PASSWORD = "a long passphrase"
HERE, THERE = "203.0.113.7", "198.51.100.9"
SECOND, MINUTE, HOUR = dt.timedelta(seconds=1), dt.timedelta(minutes=1), dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def editors() -> None:
    for name in ("kael", "sarris"):
        account = make_account("Editor", username=name)
        account.set_password(PASSWORD)
        account.save()


def sign_in(name: str = "kael", password: str = "wrong", address: str = HERE, **headers: str) -> Any:
    fields = {"username": name, "password": password}
    return Client(REMOTE_ADDR=address).post("/admin/login/", fields, headers=headers)


def outcome(answer: Any) -> str:
    if answer.status_code == 302:
        return "in"
    text = text_of(answer)
    return "refused" if "Too many attempts" in text else "failed" if "enter the correct" in text else text


def fail(times: int, **options: Any) -> None:
    for _ in range(times):
        assert outcome(sign_in(**options)) == "failed"


class TestLimitOfAnAccount:
    def test_after_five_failures_the_right_password_is_refused_too(self) -> None:
        fail(5)
        answer = sign_in(password=PASSWORD)
        assert outcome(answer) == "refused"
        assert "Try again in 30 seconds." in text_of(answer)

    def test_its_owner_can_sign_in_from_another_address(self) -> None:
        fail(5)
        assert outcome(sign_in(password=PASSWORD, address=THERE)) == "in"

    def test_other_accounts_can_sign_in_from_that_address(self) -> None:
        fail(5)
        assert outcome(sign_in("sarris", PASSWORD)) == "in"

    def test_each_failure_doubles_the_wait_up_to_ten_minutes(self, now: dt.datetime) -> None:
        for _ in range(4):
            assert attempts.begin(HERE, "kael") is None
        waits, moment = [], now
        for _ in range(8):
            with clock.frozen_at(moment):
                assert attempts.begin(HERE, "kael") is None
                until = attempts.begin(HERE, "kael")
            assert until
            waits.append((until - moment).total_seconds())
            moment = until
        assert waits == [30, 60, 120, 240, 480, 600, 600, 600]

    def test_refused_attempts_do_not_lengthen_it(self, now: dt.datetime) -> None:
        fail(5)
        for second in range(0, 30, 3):
            with clock.frozen_at(now + second * SECOND):
                assert outcome(sign_in()) == "refused"
        with clock.frozen_at(now + 30 * SECOND):
            assert outcome(sign_in(password=PASSWORD)) == "in"

    def test_success_resets_the_count(self) -> None:
        for _ in range(3):
            fail(4)
            assert outcome(sign_in(password=PASSWORD)) == "in"

    def test_an_hour_resets_the_count(self, now: dt.datetime) -> None:
        fail(4)
        with clock.frozen_at(now + HOUR + SECOND):
            fail(4)
            assert outcome(sign_in(password=PASSWORD)) == "in"

    def test_an_unknown_name_gets_the_same_answer(self) -> None:
        for name in ("kael", "nobody"):
            fail(5, name=name)
        assert text_of(sign_in("kael")).replace("kael", "") == text_of(sign_in("nobody")).replace(
            "nobody", ""
        )

    def test_the_form_that_saves_has_the_same_limit(self) -> None:
        fail(5)
        fields = {"headline": "Typed", "_sign_in": "1", "username": "kael", "password": PASSWORD}
        answer = Client(REMOTE_ADDR=HERE).post("/admin/reviews/review/add/", fields)
        assert "Too many attempts" in text_of(answer)
        assert 'value="Typed"' in answer.content.decode()


class TestLimitOfAnAddress:
    def test_many_names_are_limited_together(self) -> None:
        for number in range(30):
            fail(1, name=f"name-{number}")
        assert outcome(sign_in("kael", PASSWORD)) == "refused"
        assert outcome(sign_in("kael", PASSWORD, THERE)) == "in"

    def test_for_two_minutes_at_most(self, now: dt.datetime) -> None:
        for number in range(60):
            attempts.begin(HERE, f"name-{number}")
            SignInAttempts.objects.update(refused_until=None)
        attempts.begin(HERE, "one more")
        with clock.frozen_at(now + 2 * MINUTE):
            assert outcome(sign_in("kael", PASSWORD)) == "in"

    def test_successful_attempts_do_not_count(self) -> None:
        for number in range(40):
            assert outcome(sign_in("kael" if number % 2 else "sarris", PASSWORD)) == "in"


class TestBefore:
    def test_a_refused_attempt_hashes_nothing_and_writes_nothing(
        self, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
    ) -> None:
        fail(5)
        fail(5, name="nobody")
        before = list(SignInAttempts.objects.order_by("pk").values())
        hashed: list[Any] = []
        monkeypatch.setattr(PBKDF2PasswordHasher, "encode", lambda *given, **named: hashed.append(given))
        for name in ("kael", "nobody"):
            with django_assert_max_num_queries(4):
                sign_in(name, PASSWORD)
        assert hashed == []
        assert list(SignInAttempts.objects.order_by("pk").values()) == before

    def test_known_and_unknown_names_cost_the_same_queries_and_hashes(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        encode = PBKDF2PasswordHasher.encode
        hashed: list[Any] = []

        def counted(self: Any, *given: Any, **named: Any) -> Any:
            hashed.append(given)
            return encode(self, *given, **named)

        monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counted)
        counts = []
        for name in ("kael", "nobody", "kael", "nobody"):
            with CaptureQueriesContext(connection) as queries:
                sign_in(name)
            counts.append((len(queries), len(hashed)))
            hashed.clear()
        assert counts[0] == counts[1]
        assert counts[2] == counts[3]


class TestTheTable:
    def test_holds_no_name_and_no_address(self) -> None:
        fail(1, name="my-password-typed-here")
        held = repr(list(SignInAttempts.objects.values()))
        assert "my-password" not in held
        assert HERE not in held

    def test_is_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(attempts, "MOST_ROWS", 20)
        for number in range(60):
            attempts.begin(f"192.0.2.{number}", f"name-{number}")
        assert SignInAttempts.objects.count() <= 22

    def test_forgets_failures_after_an_hour(self, now: dt.datetime) -> None:
        for number in range(9):
            attempts.begin(f"192.0.2.{number}", "kael")
        with clock.frozen_at(now + HOUR + SECOND):
            attempts.begin(HERE, "kael")
        assert SignInAttempts.objects.count() == 2


class TestTheLog:
    def test_names_accounts_only_and_no_other_typed_text(self, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.INFO, "reviews.sign_in"):
            sign_in("hunter2")
            fail(5)
            sign_in()
            sign_in("sarris", PASSWORD)
        lines = [record.getMessage() for record in caplog.records if record.name == "reviews.sign_in"]
        assert lines == [
            f"An attempt to sign in under an unknown name from {HERE} failed.",
            *[f"An attempt to sign in as “kael” from {HERE} failed."] * 5,
            f"Refused an attempt to sign in as “kael” from {HERE}.",
        ]
        assert PASSWORD not in caplog.text
        assert "wrong" not in caplog.text


class TestAddresses:
    @pytest.mark.parametrize(
        ("direct", "forwarded", "behind", "address"),
        [
            (HERE, None, False, HERE),
            (HERE, THERE, False, HERE),
            ("127.0.0.1", THERE, True, THERE),
            ("127.0.0.1", f"1.1.1.1, 2.2.2.2 , {THERE} ", True, THERE),
            ("127.0.0.1", "1.1.1.1,evil", True, "127.0.0.1"),
            ("127.0.0.1", "", True, "127.0.0.1"),
            ("127.0.0.1", None, True, "127.0.0.1"),
            ("127.0.0.1", f"{THERE}:5678", True, THERE),
            ("127.0.0.1", "[2001:db8:1:2::3]:5678", True, "2001:db8:1:2::/64"),
            ("2001:db8:1:2:3:4:5:6", None, False, "2001:db8:1:2::/64"),
            (f"::ffff:{HERE}", None, False, HERE),
            ("", None, False, "an unknown address"),
            ("", "\n", True, "an unknown address"),
        ],
    )
    def test_only_the_proxys_entry_is_used(
        self, direct: str, forwarded: str | None, behind: bool, address: str
    ) -> None:
        request = HttpRequest()
        request.META["REMOTE_ADDR"] = direct
        if forwarded is not None:
            request.META["HTTP_X_FORWARDED_FOR"] = forwarded
        with override_settings(BEHIND_PROXY=behind):
            assert address_of(request) == address

    def test_a_forged_header_does_not_evade_the_limit(self) -> None:
        with override_settings(BEHIND_PROXY=True):
            for number in range(5):
                sign_in(address="127.0.0.1", **{"X-Forwarded-For": f"192.0.2.{number}, {HERE}"})
            answer = sign_in(
                password=PASSWORD, address="127.0.0.1", **{"X-Forwarded-For": f"192.0.2.99, {HERE}"}
            )
            assert outcome(answer) == "refused"


@pytest.mark.django_db(transaction=True)
def test_simultaneous_attempts_do_not_evade_the_limit() -> None:
    looked_at: list[bool] = []

    def attempt() -> None:
        looked_at.append(attempts.begin(HERE, "kael") is None)

    assert at_once(*[attempt] * 20) == [None] * 20
    assert sum(looked_at) == 5


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_a_row_has_not_deleted_one_that_another_needs() -> None:
    """Two users at one address: one is new, the other's row has expired and is about to be deleted."""
    attempts.begin(HERE, "sarris")
    yesterday = clock.now() - 2 * HOUR
    SignInAttempts.objects.update(last_at=yesterday)
    shared = SignInAttempts.objects.get(key__in=attempts._keys(HERE, "kael"))
    old = SignInAttempts.objects.exclude(pk=shared.pk).get()
    raised: list[list[Exception | None]] = []
    thread = threading.Thread(target=lambda: raised.append(at_once(lambda: attempts.begin(HERE, "kael"))))
    with transaction.atomic():
        SignInAttempts.objects.select_for_update().get(pk=shared.pk)
        thread.start()
        deadline = time.monotonic() + PATIENCE
        while HAS_ROWS_TO_LOCK and not waiting():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        SignInAttempts.objects.select_for_update(nowait=HAS_ROWS_TO_LOCK).get(pk=old.pk)
    thread.join(timeout=PATIENCE)
    assert raised == [[None]]

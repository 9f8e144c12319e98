"""What an audit says of a site with telling titles, and of its leaks, tells none of them."""

import datetime as dt
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from reviews import clock
from reviews.desk import addresses
from reviews.desk.verbs import publishing
from reviews.management.commands import leak_audit
from reviews.models import Edition
from reviews.seeding.factories import (
    make_account,
    make_critic,
    make_edition,
    make_embargo,
    make_film,
    make_outlet,
    make_review,
    make_tag,
)
from tests.audit.test_running import SHORT
from tests.leaks.breakages import amend, body, writes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.nightly]

TELLING = "Zanzibar"


@pytest.fixture(autouse=True)
def site(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path
    make_outlet()
    make_edition(tags=("noir",))
    film = make_film(title=f"{TELLING} Heist", slug="zanzibar-heist")
    critic = make_critic(name=f"{TELLING} Ghost", slug="zanzibar-ghost")
    make_tag(f"{TELLING} noir", slug="zanzibar-noir")
    review = make_review(film=film, critic=critic, headline=f"{TELLING} is dull", slug="zanzibar-review")
    addresses.keep(film, "zanzibar-working-title")
    publishing.publish(review)
    make_embargo(film, clock.now() + dt.timedelta(days=9))


def test_nothing_that_is_hidden_is_named_by_a_failing_audit(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    body(monkeypatch)  # The film's pages say every headline.
    amend(monkeypatch, "errors", writes(lambda: list(Edition.objects.values_list("headline", flat=True))))
    monkeypatch.setattr(leak_audit, "Extent", lambda **wanted: SHORT)
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("leak_audit", stdout=out, stderr=err)
    client = Client()
    client.force_login(make_account("Publisher"))
    page = client.get("/admin/leak-audit/").content.decode()
    report = (tmp_path / "leak-audit" / "report.json").read_text()
    assert re.search(r"Leak at film_detail \(GET\): .*body.*; caused by: scheduled reviews", out.getvalue())
    assert "scheduled reviews" in page
    for said in (out.getvalue(), err.getvalue(), caplog.text, str(refusal.value), report, page):
        assert TELLING.lower() not in said.lower()

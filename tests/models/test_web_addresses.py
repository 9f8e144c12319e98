"""Addresses of sources and critics' links are web addresses, however they are saved."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, models, transaction
from django.db.models import Value

from reviews.desk import revisions
from reviews.models import Critic, CriticLink, Edition, Review
from reviews.models.fields import NOT_OF_THE_WEB, WebAddressField
from reviews.seeding.factories import make_critic, make_edition, make_review
from tests.admin.pages import errors_of, save, signed_in
from tests.public.hostile_addresses import HOSTILE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SCRIPT = "javascript:alert(1)"
DROPPED = set("\x00\x01\x1f\x7f")
"""The field removes these characters, however the value is set."""
KEPT = [address for address in HOSTILE if address and not DROPPED & set(address)]


def test_every_field_with_an_address_is_one_of_the_web_and_has_its_constraint() -> None:
    for model in apps.get_app_config("reviews").get_models():
        checks = {each.name for each in model._meta.constraints if isinstance(each, models.CheckConstraint)}
        for field in model._meta.get_fields():
            if isinstance(field, models.URLField) or "url" in field.name:
                assert isinstance(field, WebAddressField), field
                assert f"{model._meta.model_name}_{field.name}_of_the_web" in checks


class TestTheModel:
    @pytest.mark.parametrize("address", KEPT)
    def test_refuses_it_in_its_own_words(self, address: str) -> None:
        link = CriticLink(critic=make_critic(), label="Home", url=address)
        with pytest.raises(ValidationError) as refused:
            link.full_clean()
        assert set(refused.value.message_dict) <= {"url", "__all__"}
        assert NOT_OF_THE_WEB in str(refused.value)

    def test_takes_what_leads_to_the_web(self) -> None:
        for address in ("https://post.example/1?a=b#c", "HTTP://post.example", "https://кино.example/фильм"):
            CriticLink(critic=make_critic(), label="Home", url=address).full_clean()


class TestTheDatabase:
    def test_refuses_it_whatever_wrote_it(self) -> None:
        edition = make_edition()
        CriticLink.objects.create(critic=edition.critic, label="Home", url="https://post.example")
        # The pattern cannot tell that "[" is not a host: no link is written to it.
        for address in (each for each in KEPT if "[" not in each):
            for rows, name in (
                (Review.objects, "source_url"),
                (Edition.objects, "source_url"),
                (CriticLink.objects, "url"),
            ):
                values: dict[str, Any] = {name: Value(address)}
                with pytest.raises(IntegrityError, match="of_the_web"), transaction.atomic():
                    rows.update(**values)

    def test_drops_what_is_no_character(self) -> None:
        link = CriticLink.objects.create(
            critic=make_critic(), label="Home", url="https://post\x00.example/\x7f"
        )
        link.refresh_from_db()
        assert link.url == "https://post.example/"


class TestAFixture:
    @pytest.mark.parametrize("model", ["review", "criticlink"])
    def test_with_a_bad_address_is_not_loaded(self, model: str, tmp_path: Path) -> None:
        critic, review = make_critic(slug="ann"), make_review()
        fields: dict[str, Any] = {
            "review": {"film": [review.film.slug], "critic": ["ann"], "headline": "A", "slug": "a"},
            "criticlink": {"critic": ["ann"], "label": "Home"},
        }[model]
        name = "url" if model == "criticlink" else "source_url"
        path = tmp_path / "hostile.json"
        path.write_text(json.dumps([{"model": f"reviews.{model}", "fields": fields | {name: SCRIPT}}]))
        with pytest.raises(IntegrityError, match="of_the_web"), transaction.atomic():
            call_command("loaddata", str(path), verbosity=0)
        path.write_text(
            json.dumps([{"model": f"reviews.{model}", "fields": fields | {name: "https://a.example"}}])
        )
        call_command("loaddata", str(path), verbosity=0)
        assert Critic.objects.get(pk=critic.pk)


class TestTheDesk:
    def test_says_at_the_field_what_to_write(self) -> None:
        review = make_review()
        for address in (SCRIPT, "ftp://post.example", "https://ann:secret@post.example"):
            response = save(signed_in("Editor"), review, source_url=address)
            assert errors_of(response) == {"source_url": [NOT_OF_THE_WEB]}

    def test_restores_no_revision_that_holds_one(self) -> None:
        review = make_review()
        revision = revisions.settle(review)
        revision.document["fields"]["source_url"] = SCRIPT
        revision.save()
        assert NOT_OF_THE_WEB in revisions.hindrances(review, revision)

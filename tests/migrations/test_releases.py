"""Releases without a date that an earlier release let in twice."""

import pytest
from django.core.management.base import CommandError

from reviews.models import Release
from tests.migrations.moving import before, migrate

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "0006_a_release_is_once"


def test_those_that_agree_become_one_and_others_are_named_and_stay() -> None:
    with before(NAME) as apps:
        film, other = (
            apps.get_model("reviews.Film").objects.create(title=title, slug=title.lower())
            for title in ("Alien", "Heat")
        )
        releases = apps.get_model("reviews.Release").objects
        for fields in ({}, {"certificate": "15"}, {"distributor": "Vertigo"}, {"medium": "disc"}):
            releases.create(film=film, territory="GB", **fields)
        releases.create(film=film, territory="US")
        for certificate in ("15", "18"):
            releases.create(film=other, territory="GB", certificate=certificate)

        with pytest.raises(CommandError, match=r"“Heat” \(heat\): GB, cinema\. With the version") as refused:
            migrate(NAME)
        assert "Alien" not in str(refused.value)
        assert releases.count() == 7, "nothing is done by halves"

        releases.get(certificate="18").delete()
        migrate(NAME)
        assert list(
            releases.order_by("film", "territory", "medium").values_list(
                "film__slug", "territory", "medium", "certificate", "distributor"
            )
        ) == [
            ("alien", "GB", "cinema", "15", "Vertigo"),
            ("alien", "GB", "disc", "", ""),
            ("alien", "US", "cinema", "", ""),
            ("heat", "GB", "cinema", "15", ""),
        ]
    assert "release_once_undated" in {constraint.name for constraint in Release._meta.constraints}

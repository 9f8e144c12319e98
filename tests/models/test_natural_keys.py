"""Fixtures: ``loaddata`` restores the same rows from what ``dumpdata`` wrote with natural keys."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import models

from reviews.models import (
    Aspect,
    CountsState,
    Credit,
    Critic,
    CriticLink,
    Edition,
    EditionPicture,
    EditionTag,
    Embargo,
    Film,
    Franchise,
    Judgement,
    MonthCount,
    OldAddress,
    Outlet,
    Person,
    Picture,
    PictureFile,
    PictureFilm,
    PicturePerson,
    PictureTag,
    Release,
    Review,
    ReviewTag,
    Tag,
    TagPairCount,
)
from reviews.seeding.factories import (
    make_aspect,
    make_credit,
    make_critic,
    make_embargo,
    make_film,
    make_franchise,
    make_judgement,
    make_outlet,
    make_person,
    make_picture,
    make_review,
)

WRITTEN: tuple[type[models.Model], ...] = (
    Outlet, PictureFile, Picture, Franchise, Film, PictureFilm, Release, Person, PicturePerson, Credit,
    Critic, CriticLink, Aspect, Tag, PictureTag, Embargo, Review, ReviewTag, Judgement,
)  # fmt: skip


def contents() -> dict[str, list[tuple[Any, ...]]]:
    """Every row that editors write, with its targets' names for foreign keys and without primary keys."""

    def told(row: models.Model) -> tuple[Any, ...]:
        return tuple(
            str(getattr(row, field.name)) if field.is_relation else getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if not field.primary_key
        )

    return {model.__name__: sorted(map(told, model._default_manager.all()), key=repr) for model in WRITTEN}


def write_one_of_each(now: dt.datetime) -> None:
    make_outlet()
    franchise = make_franchise(name="Bees", slug="bees")
    film = make_film(title="Кино", slug="кино", franchise=franchise)
    Release.objects.create(film=film, territory="GB")
    picture = make_picture()
    picture.tags.set(["Still"])
    PictureFilm.objects.create(picture=picture, film=film)
    PicturePerson.objects.create(picture=picture, person=make_person())
    film.poster = film.still = picture
    film.save()
    make_credit(film=film, person=make_person())
    critic = make_critic()
    CriticLink.objects.create(critic=critic, label="Elsewhere", url="https://elsewhere.example/")
    make_embargo(film, now + dt.timedelta(days=1))
    make_embargo(film, now, ended_at=now, ended_because="Over.")
    review = make_review(
        film=film, critic=critic, hero=picture, tags=("C", "C++", "🎬"), rating="0/5", verdict=0
    )
    make_judgement(review)
    make_judgement(review, aspect=make_aspect(film=film, slug="cameo"), stance=0)
    make_review(verdict=None, tags=("C",))


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
class TestRoundTrip:
    def dump(self, path: Path) -> list[dict[str, Any]]:
        call_command(
            "dumpdata", "reviews", natural_primary=True, natural_foreign=True, output=str(path), verbosity=0
        )
        dumped: list[dict[str, Any]] = json.loads(path.read_text())
        return dumped

    def forget(self) -> None:
        for model in reversed(WRITTEN):
            model._default_manager.all().delete()

    def test_the_same_rows_come_back(self, now: dt.datetime, tmp_path: Path) -> None:
        write_one_of_each(now)
        before = contents()
        self.dump(tmp_path / "all.json")
        self.forget()
        assert not any(contents().values())
        call_command("loaddata", str(tmp_path / "all.json"), verbosity=0)
        assert contents() == before
        assert all(before.values())

    def test_loading_twice_changes_nothing(self, now: dt.datetime, tmp_path: Path) -> None:
        write_one_of_each(now)
        self.dump(tmp_path / "all.json")
        before = contents()
        for _ in range(2):
            call_command("loaddata", str(tmp_path / "all.json"), verbosity=0)
        assert contents() == before

    def test_a_fixture_holds_no_primary_keys(self, now: dt.datetime, tmp_path: Path) -> None:
        write_one_of_each(now)
        only_rows = ("reviews.outlet", "reviews.publicstate", "reviews.countsstate")
        assert [
            row for row in self.dump(tmp_path / "all.json") if "pk" in row and row["model"] not in only_rows
        ] == []

    def test_every_model_that_a_fixture_holds_has_a_natural_key(self) -> None:
        computed = {Edition, EditionPicture, EditionTag, apps.get_model("reviews.EditionJudgement")}
        computed |= {apps.get_model("reviews.Correction"), OldAddress}
        computed |= {CountsState, MonthCount, TagPairCount}
        for model in set(apps.get_app_config("reviews").get_models()) - computed:
            assert hasattr(model, "natural_key"), model
            assert hasattr(model._default_manager, "get_by_natural_key"), model


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("now")
class TestLoadingApprovedReviews:
    def load(self, path: Path, change: Callable[[dict[str, Any]], None]) -> None:
        """Dump one review, change its fields in the JSON, and load it into a site without it."""
        review = make_review(slug="loaded", headline="Loaded", tags=("Drama",))
        make_judgement(review)
        call_command(
            "dumpdata", "reviews", natural_primary=True, natural_foreign=True, output=str(path), verbosity=0
        )
        rows = json.loads(path.read_text())
        for row in rows:
            if row["model"] == "reviews.review":
                change(row["fields"])
        path.write_text(json.dumps(rows))
        Review.objects.all().delete()
        call_command("loaddata", str(path), verbosity=0)

    def test_it_is_published_at_its_moment_with_tags_and_judgements(
        self, now: dt.datetime, tmp_path: Path
    ) -> None:
        moment = now - dt.timedelta(days=2)
        self.load(
            tmp_path / "one.json",
            lambda fields: fields.update(status="approved", publish_at=moment.isoformat()),
        )
        edition = Edition.objects.public().get()
        assert (edition.headline, edition.visible_from) == ("Loaded", moment)
        assert edition.tags.get().name == "Drama"
        assert "passage-" in edition.body_html

    def test_loading_it_again_publishes_nothing_new(self, now: dt.datetime, tmp_path: Path) -> None:
        path = tmp_path / "one.json"
        self.load(path, lambda fields: fields.update(status="approved", publish_at=now.isoformat()))
        before = list(Edition.objects.values())
        call_command("loaddata", str(path), verbosity=0)
        assert list(Edition.objects.values()) == before

    @pytest.mark.parametrize(
        ("change", "lacks"),
        [
            ({"rating": "6/5"}, "above the top"),
            ({"publish_at": None}, "publish_at"),
            ({"provenance": "syndicated"}, "provenance note"),
        ],
    )
    def test_an_incomplete_one_is_named_and_nothing_is_loaded(
        self, change: dict[str, Any], lacks: str, now: dt.datetime, tmp_path: Path
    ) -> None:
        other = make_film(slug="another")
        make_review(film=other, slug="fine", status="approved", publish_at=now)
        film, critic = Film.objects.count(), Critic.objects.count()

        def lacking(fields: dict[str, Any]) -> None:
            fields.update(status="approved", publish_at=now.isoformat())
            if fields["slug"] == "loaded":
                fields.update(change)

        with pytest.raises(CommandError) as error:
            self.load(tmp_path / "one.json", lacking)
        assert "Nothing was loaded." in str(error.value)
        assert "“loaded”" in str(error.value)
        assert "“fine”" not in str(error.value)
        assert lacks in str(error.value).lower()
        assert not Review.objects.exists()
        assert not Edition.objects.exists()
        assert (Film.objects.count(), Critic.objects.count()) == (film + 1, critic + 1)

    def test_a_draft_stays_a_draft(self, tmp_path: Path) -> None:
        self.load(tmp_path / "one.json", lambda fields: None)
        assert not Edition.objects.exists()

    def test_an_embargo_in_the_same_fixture_delays_it(self, now: dt.datetime, tmp_path: Path) -> None:
        path = tmp_path / "one.json"
        review = make_review(slug="held")
        make_embargo(review.film, now + dt.timedelta(days=1))
        Review.objects.filter(pk=review.pk).update(status="approved", publish_at=now)
        call_command(
            "dumpdata", "reviews", natural_primary=True, natural_foreign=True, output=str(path), verbosity=0
        )
        Review.objects.all().delete()
        Embargo.objects.all().delete()
        call_command("loaddata", str(path), verbosity=0)
        assert Edition.objects.get().visible_from == now + dt.timedelta(days=1)

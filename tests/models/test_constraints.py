"""Every named constraint is violated at the database, without forms or model validation."""

import datetime as dt
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Value

from reviews.desk import autosaves, preview_links, revisions
from reviews.desk.verbs import publishing
from reviews.models import (
    Autosave,
    Correction,
    CountsState,
    CriticLink,
    EditionJudgement,
    EditionPicture,
    EditionTag,
    Franchise,
    HistoryEntry,
    HistoryHead,
    OldAddress,
    PicturePerson,
    PictureTag,
    PublicState,
    Release,
    ReviewTag,
    Tag,
    TagPairCount,
)
from reviews.seeding.factories import (
    MOMENT,
    make_account,
    make_aspect,
    make_credit,
    make_critic,
    make_edition,
    make_embargo,
    make_film,
    make_judgement,
    make_outlet,
    make_person,
    make_picture,
    make_review,
    make_tag,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SCRIPT = "javascript:alert(1)"
HOUR = dt.timedelta(hours=1)


def change(row: models.Model, **values: Any) -> None:
    """Update columns of a row without the fields' own preparation: an expression skips it."""
    wrapped = {name: Value(value) if isinstance(value, str) else value for name, value in values.items()}
    assert type(row)._default_manager.filter(pk=row.pk).update(**wrapped) == 1


def twice(make: Callable[..., models.Model], **fields: Any) -> None:
    make(**fields)
    make(**fields)


def copied(row: models.Model, **values: Any) -> None:
    """Insert a copy of the row with some values changed."""
    row.pk = None
    if hasattr(row, "uid"):
        row.uid = uuid.uuid4()
    for name, value in values.items():
        setattr(row, name, value)
    row._state.adding = True
    row.save(force_insert=True)


def typed() -> Autosave:
    page = autosaves.FormPage(uuid.uuid4(), uuid.uuid4(), turn=1, opened_at=0, revision=0)
    return autosaves.keep(make_account("Editor"), None, page, {"body": ["Half"]})


def judged(edition: bool) -> Any:
    review = make_review()
    judgement = make_judgement(review)
    if not edition:
        return judgement
    return EditionJudgement.objects.get(edition=publishing.publish(review))


def corrected(**fields: Any) -> Correction:
    return Correction.objects.create(
        **{"edition": make_edition(), "note": "It is a bee.", "at": MOMENT} | fields
    )


def tagged() -> tuple[ReviewTag, EditionTag]:
    edition = make_edition(tags=("Drama",))
    return ReviewTag.objects.get(), EditionTag.objects.get(edition=edition)


def paired() -> TagPairCount:
    return TagPairCount.objects.create(tag=make_tag("One"), other=make_tag("Two"), reviews=1)


def released(**fields: Any) -> Release:
    return Release.objects.create(**{"film": make_film(), "territory": "GB", "date": MOMENT.date()} | fields)


def remembered(**fields: Any) -> HistoryEntry:
    return HistoryEntry.objects.create(**{"at": MOMENT, "film_uid": uuid.uuid4(), "what": "Saved."} | fields)


def shown() -> EditionPicture:
    picture = make_picture()
    return EditionPicture.objects.create(edition=make_edition(), picture=picture, file=picture.file)


BREAKS: dict[str, Callable[[], Any]] = {
    "aspect_general_slug_unique": lambda: twice(make_aspect, slug="action"),
    "aspect_film_slug_unique": lambda: twice(make_aspect, slug="action", film=make_film()),
    "correction_kind_known": lambda: corrected(kind="whim"),
    "correction_note_given": lambda: corrected(note=""),
    "countsstate_only_one": lambda: CountsState.objects.create(id=2, settled_at=MOMENT),
    "tagpaircount_once": lambda: copied(paired()),
    "credit_once": lambda: twice(make_credit, film=make_film(), person=make_person()),
    "credit_job_known": lambda: make_credit(job="passer-by"),
    "critic_name_given": lambda: make_critic(name=""),
    "critic_kind_known": lambda: make_critic(kind="robot"),
    "edition_verdict_known": lambda: change(make_edition(), verdict=3),
    "edition_provenance_known": lambda: change(make_edition(), provenance="found"),
    "edition_digest_unquoted": lambda: change(make_edition(), provenance="digest", pull_quote="Bees!"),
    "edition_headline_given": lambda: change(make_edition(), headline=""),
    "edition_number_unique": lambda: copied(make_edition(), visible_until=MOMENT + HOUR),
    "edition_one_open_end": lambda: copied(make_edition(), number=2),
    "edition_window_ordered": lambda: change(make_edition(), visible_until=MOMENT - HOUR),
    "edition_first_comes_first": lambda: change(make_edition(), first_visible_from=MOMENT + HOUR),
    "edition_rating_score_in_range": lambda: change(make_edition(), rating_score=Decimal("100.01")),
    "editiontag_unique": lambda: copied(tagged()[1]),
    "editionjudgement_stance_known": lambda: change(judged(edition=True), stance=2),
    "editionjudgement_aspect_once": lambda: copied(judged(edition=True)),
    "embargo_covers_known": lambda: make_embargo(make_film(), MOMENT, covers="everything"),
    "embargo_ends_with_reason": lambda: make_embargo(make_film(), MOMENT, ended_at=MOMENT),
    "editionpicture_once": lambda: copied(shown()),
    "picture_licence_known": lambda: make_picture(licence="found"),
    "picture_decorative_or_described": lambda: make_picture(is_decorative=True, alt="A bee"),
    "picture_embargo_before_end": lambda: make_picture(embargo_until=MOMENT, rights_until=MOMENT),
    "picturefile_number_unique": lambda: copied(make_picture().file, token="0" * 22),
    "picturefile_format_known": lambda: make_picture(version={"format": "SVG"}),
    "picturefile_focal_point_inside": lambda: make_picture(version={"focal_y": 1.01}),
    "picturefile_size_positive": lambda: make_picture(version={"height": 0}),
    "picturefile_colour_pattern": lambda: make_picture(version={"colour": "red"}),
    "pictureperson_once": lambda: copied(
        PicturePerson.objects.create(picture=make_picture(), person=make_person())
    ),
    "picturetag_unique": lambda: copied(
        PictureTag.objects.create(content_object=make_picture(), tag=make_tag("Still"))
    ),
    "film_title_given": lambda: make_film(title=""),
    "film_release_year_plausible": lambda: make_film(release_year=1873),
    "film_runtime_plausible": lambda: make_film(runtime_minutes=0),
    "film_imdb_id_pattern": lambda: change(make_film(), imdb_id="nm0000001"),
    "film_tmdb_id_pattern": lambda: change(make_film(), tmdb_id="042"),
    "film_wikidata_id_pattern": lambda: change(make_film(), wikidata_id="P31"),
    "film_eidr_id_pattern": lambda: change(make_film(), eidr_id="10.5240/7791-8534"),
    "judgement_stance_known": lambda: make_judgement(make_review(), stance=-2),
    "judgement_aspect_once": lambda: copied(judged(edition=False)),
    "oldaddress_kind_known": lambda: OldAddress.objects.create(
        path="/somewhere/", kind="place", target_uid=make_film().uid
    ),
    "oldaddress_path_whole": lambda: OldAddress.objects.create(
        path="reviews/half", kind="film", target_uid=make_film().uid
    ),
    "outlet_only_one": lambda: (make_outlet(), make_outlet(id=2)),
    "outlet_star_scale_known": lambda: make_outlet(star_scale=6),
    "person_name_given": lambda: make_person(name=""),
    "person_imdb_id_pattern": lambda: change(make_person(), imdb_id="tt0113247"),
    "person_wikidata_id_pattern": lambda: change(make_person(), wikidata_id="Q0"),
    "historyhead_only_one": lambda: HistoryHead.objects.create(id=2),
    "publicstate_only_one": lambda: PublicState.objects.create(id=2),
    "release_territory_code": lambda: change(released(), territory="gb"),
    "release_once_undated": lambda: copied(released(date=None)),
    "release_once": lambda: copied(released()),
    "review_verdict_known": lambda: make_review(verdict=-3),
    "review_provenance_known": lambda: make_review(provenance="found"),
    "review_source_url_of_the_web": lambda: change(make_review(), source_url=SCRIPT),
    "edition_source_url_of_the_web": lambda: change(make_edition(), source_url=SCRIPT),
    "criticlink_url_of_the_web": lambda: CriticLink.objects.create(critic=make_critic(), url=SCRIPT),
    "review_digest_unquoted": lambda: make_review(provenance="digest", pull_quote="Bees!"),
    "review_headline_given": lambda: make_review(headline=""),
    "historyentry_says_what": lambda: remembered(what=""),
    "historyentry_window_decided": lambda: remembered(visible_from=MOMENT),
    "review_status_known": lambda: make_review(status="lost"),
    "reviewtag_unique": lambda: copied(tagged()[0]),
    "revision_number_unique": lambda: copied(revisions.settle(make_review())),
    "revision_number_positive": lambda: change(revisions.settle(make_review()), number=0),
    "autosave_form_unique": lambda: copied(typed()),
    "previewlink_expires_later": lambda: change(
        preview_links.make(make_review(), by=None)[0], expires_at=MOMENT
    ),
}


def constraints() -> list[models.BaseConstraint]:
    return [each for model in apps.get_app_config("reviews").get_models() for each in model._meta.constraints]


class TestEveryConstraint:
    def test_has_a_case_here(self) -> None:
        assert {constraint.name for constraint in constraints()} == set(BREAKS)

    @pytest.mark.parametrize("name", BREAKS)
    def test_holds_at_the_database(self, name: str) -> None:
        # SQLite names a check constraint, but for a unique constraint only its columns.
        with pytest.raises(IntegrityError, match=rf"{name}|UNIQUE"), transaction.atomic():
            BREAKS[name]()

    def test_a_unique_one_covers_missing_values(self) -> None:
        # To a database no two NULLs are equal: a second constraint has to cover missing values.
        for model in apps.get_app_config("reviews").get_models():
            uniques = [each for each in model._meta.constraints if isinstance(each, models.UniqueConstraint)]
            known = {(frozenset(each.fields), each.condition) for each in uniques}
            for constraint in uniques:
                for name in constraint.fields:
                    if model._meta.get_field(name).null:
                        rest = frozenset(constraint.fields) - {name}
                        assert (rest, models.Q(**{name: None})) in known, (constraint.name, name)

    def test_has_its_own_message(self) -> None:
        internal = {
            "edition_number_unique",
            "editionpicture_once",
            "editiontag_unique",
            "picturefile_number_unique",
            "pictureperson_once",
            "picturetag_unique",
            "editionjudgement_aspect_once",
            "reviewtag_unique",
            "tagpaircount_once",
        }
        wordless = {
            constraint.name
            for constraint in constraints()
            if constraint.violation_error_message == constraint.default_violation_error_message
        }
        assert wordless == internal


class TestUniqueFields:
    @pytest.mark.parametrize(
        "make",
        [
            lambda: make_film(slug="same"),
            lambda: make_critic(slug="same"),
            lambda: make_person(slug="same"),
            lambda: make_review(slug="same"),
            lambda: make_tag(name=f"Tag {Tag.objects.count()}", slug="same"),
            lambda: make_tag(name="Same", slug=f"tag-{Tag.objects.count()}"),
            lambda: Franchise.objects.create(name="Same", slug="same"),
            lambda: OldAddress.objects.create(path="/same/", kind="film", target_uid=make_film().uid),
        ],
    )
    def test_two_cannot_share(self, make: Callable[[], models.Model]) -> None:
        make()
        with pytest.raises(IntegrityError), transaction.atomic():
            make()

    def test_nothing_makes_a_slug_unique_by_a_number(self) -> None:
        make_tag("Drama")
        with pytest.raises(IntegrityError), transaction.atomic():
            make_tag("drama")
        assert [tag.slug for tag in Tag.objects.all()] == ["drama"]


class TestWhatIsAllowed:
    """The values next to those that a constraint forbids: zero and mixed are falsy but meaningful."""

    def test_a_mixed_verdict_and_none(self) -> None:
        assert [make_edition(verdict=verdict).verdict for verdict in (0, None)] == [0, None]

    def test_a_score_of_nought_and_of_a_hundred(self) -> None:
        for score in (0, 100):
            change(make_edition(), rating_score=score)

    def test_one_aspect_of_two_films_and_a_general_one(self) -> None:
        for film in (make_film(), make_film(), None):
            make_aspect(slug="action", film=film)

    def test_two_releases_without_a_date_that_differ(self) -> None:
        film = make_film()
        for territory, medium in (("GB", "cinema"), ("US", "cinema"), ("GB", "disc")):
            Release.objects.create(film=film, territory=territory, medium=medium)

    def test_a_person_who_plays_two_parts(self) -> None:
        film, person = make_film(), make_person()
        make_credit(film=film, person=person, character="One twin")
        make_credit(film=film, person=person, character="The other twin")

    def test_identifiers_that_are_not_known(self) -> None:
        film = make_film()
        film.full_clean()
        assert (film.imdb_id, film.tmdb_id, film.wikidata_id, film.eidr_id) == ("", "", "", "")

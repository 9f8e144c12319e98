"""Our own fields, however a value is set: create, save, update, bulk, look-up, fixture."""

from typing import Any

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError

from reviews.models import Aspect, Critic, Film, OldAddress, Outlet, Person, Release, Review
from reviews.seeding.factories import (
    MOMENT,
    make_critic,
    make_embargo,
    make_film,
    make_outlet,
    make_person,
    make_review,
)

pytestmark = pytest.mark.django_db

DIRTY = "Bal\x00ler\x0bina\x1f \x85\ufffe"
CLEAN = "Ballerina \n"


class TestControlCharacters:
    def test_create_drops_them(self) -> None:
        assert Film.objects.get(pk=make_film(title=DIRTY).pk).title == CLEAN

    def test_update_drops_them(self) -> None:
        film = make_film()
        Film.objects.filter(pk=film.pk).update(title=DIRTY, synopsis=DIRTY)
        film.refresh_from_db()
        assert (film.title, film.synopsis) == (CLEAN, CLEAN)

    def test_bulk_writes_drop_them(self) -> None:
        film = make_film()
        Film.objects.bulk_create([Film(title=DIRTY, slug="bulk")])
        film.title = DIRTY
        Film.objects.bulk_update([film], ["title"])
        assert list(Film.objects.values_list("title", flat=True)) == [CLEAN, CLEAN]

    def test_look_ups_drop_them(self) -> None:
        film = make_film(title="Ballerina")
        assert Film.objects.get(title="Baller\x00ina") == film
        assert Film.objects.get(title__in=["\x00Ballerina"]) == film
        assert Film.objects.filter(slug="nothing\x00").first() is None

    def test_prose_and_lines_of_a_review_are_clean(self) -> None:
        fields = ("headline", "standfirst", "body", "rating", "how_seen", "disclosure", "source_name")
        dirty: dict[str, Any] = dict.fromkeys(fields, DIRTY)
        review = make_review(**dirty)
        review.refresh_from_db()
        assert {getattr(review, name) for name in fields} == {CLEAN}

    def test_a_title_of_control_characters_only_is_blank(self) -> None:
        film = make_film()
        film.title = "\x00\x01"
        with pytest.raises(ValidationError, match="cannot be blank"):
            film.full_clean()

    def test_right_to_left_text_and_joiners_stay(self) -> None:
        title = "\u202bسينما\u202c a\u200db"
        assert Film.objects.get(pk=make_film(title=title).pk).title == title


class TestSlugField:
    @pytest.mark.parametrize("slug", ["la-haine", "кино", "सिनेमा", "映画", "8-1-2"])
    def test_any_script_is_accepted(self, slug: str) -> None:
        make_film(slug=slug).full_clean()

    @pytest.mark.parametrize(
        "slug", ["La Haine", "a/b", "a:b", "a?b", "a\nb", "feed.xml", "x" * 101, "a%20b"]
    )
    def test_what_an_address_cannot_hold_is_refused(self, slug: str) -> None:
        film = make_film()
        film.slug = slug
        with pytest.raises(ValidationError) as refused:
            film.full_clean()
        assert set(refused.value.message_dict) == {"slug"}


class TestSortKey:
    def test_saving_computes_it(self) -> None:
        assert make_film(title="The Étoile").sort_title == "etoile"
        assert make_critic(name="Ødegård").sort_name == "odegard"

    def test_changing_the_source_changes_it(self) -> None:
        person = make_person(name="A Person")
        person.name = "Zoë"
        person.save()
        person.refresh_from_db()
        assert person.sort_name == "zoe"

    def test_a_raw_save_computes_it(self) -> None:
        fixture = '[{"model": "reviews.film", "fields": {"title": "The Étoile", "slug": "etoile"}}]'
        for row in serializers.deserialize("json", fixture):
            row.save()
        assert Film.objects.get().sort_title == "etoile"

    def test_bulk_creation_computes_it(self) -> None:
        Film.objects.bulk_create([Film(title="The Étoile", slug="etoile")])
        assert Film.objects.get().sort_title == "etoile"

    def test_a_long_title_does_not_overflow_it(self) -> None:
        film = make_film(title="ﷺ" * 300)
        assert 0 < len(film.sort_title) <= 200

    def test_films_are_listed_by_it(self) -> None:
        for title in ("Zebra", "The Apple", "Éclair", "a banana"):
            make_film(title=title)
        assert [film.title for film in Film.objects.alphabetical()] == [
            "The Apple",
            "a banana",
            "Éclair",
            "Zebra",
        ]


class TestIdentifierField:
    @pytest.mark.parametrize(
        ("field", "typed", "kept"),
        [
            ("imdb_id", " TT0113247 ", "tt0113247"),
            ("imdb_id", "https://www.imdb.com/title/tt0113247/?ref_=x", "tt0113247"),
            ("tmdb_id", "https://www.themoviedb.org/movie/406-la-haine", "406"),
            ("wikidata_id", "q275187", "Q275187"),
            ("eidr_id", "10.5240/7791-8534-2c23-9030-8610-5", "10.5240/7791-8534-2C23-9030-8610-5"),
        ],
    )
    def test_typed_values_are_normalised(self, field: str, typed: str, kept: str) -> None:
        film = make_film()
        setattr(film, field, typed)
        film.full_clean()
        film.save()
        film.refresh_from_db()
        assert getattr(film, field) == kept

    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            ("imdb_id", "tt12"),
            ("imdb_id", "nm0000001"),
            ("tmdb_id", "0"),
            ("wikidata_id", "Ballerina"),
            ("eidr_id", "10.5240/7791-8534-2C23-9030-8610-6"),
        ],
    )
    def test_an_invalid_one_gets_a_message_at_its_field(self, field: str, typed: str) -> None:
        film = make_film()
        setattr(film, field, typed)
        with pytest.raises(ValidationError) as refused:
            film.full_clean()
        assert set(refused.value.message_dict) == {field}

    def test_a_persons_is_not_a_films(self) -> None:
        person = make_person()
        person.imdb_id = "tt0113247"
        with pytest.raises(ValidationError, match="IMDb id of a film"):
            person.full_clean()

    def test_saving_without_a_form_normalises_or_refuses(self) -> None:
        film = make_film(imdb_id="TT0113247")
        assert Film.objects.get(imdb_id="tt0113247") == film
        with pytest.raises(ValidationError, match="is not an IMDb id"):
            make_film(imdb_id="anything")

    def test_part_of_one_can_be_searched_for(self) -> None:
        make_film(imdb_id="tt0113247")
        assert Film.objects.filter(imdb_id__icontains="113247").exists()
        assert not Film.objects.filter(imdb_id__icontains="anything").exists()


class TestTimeZones:
    @pytest.mark.parametrize("zone", ["Mars/Olympus", "GMT+25", "", "../etc/passwd"])
    def test_an_unknown_zone_is_refused(self, zone: str) -> None:
        outlet = make_outlet()
        outlet.time_zone = zone
        with pytest.raises(ValidationError) as refused:
            outlet.full_clean()
        assert set(refused.value.message_dict) == {"time_zone"}

    def test_an_embargo_keeps_the_studios_zone(self) -> None:
        embargo = make_embargo(make_film(), MOMENT, zone="Asia/Kolkata")
        embargo.full_clean()
        assert embargo.zone == "Asia/Kolkata"


class TestOutlet:
    def test_without_a_row_there_are_defaults(self) -> None:
        outlet = Outlet.objects.current()
        assert outlet._state.adding
        assert (outlet.name, outlet.time_zone, outlet.star_scale) == ("Film reviews", "UTC", 5)

    def test_the_row_is_the_outlet(self) -> None:
        make_outlet(name="Other")
        assert not Outlet.objects.current()._state.adding
        assert Outlet.objects.current().name == "Other"

    def test_saving_another_says_that_there_is_one(self) -> None:
        make_outlet()
        with pytest.raises(ValidationError, match="change that one"):
            Outlet(id=2, name="Second").full_clean()


class TestUids:
    def test_no_two_rows_share_one(self) -> None:
        rows = [make_film(), make_film(), make_critic(), make_person(), make_review()]
        assert len({row.uid for row in rows}) == 5

    def test_pages_and_lists_do_not_depend_on_primary_keys(self) -> None:
        for model in (Film, Critic, Person):
            assert "uid" in model.objects.alphabetical().query.order_by


class TestBadInput:
    """Every bad value gets a message at its own field, and none reaches the database."""

    @pytest.mark.parametrize(
        ("field", "value"),
        [("runtime_minutes", -5), ("runtime_minutes", 0), ("release_year", 1800), ("title", "x" * 10_000)],
    )
    def test_of_a_film(self, field: str, value: object) -> None:
        film = make_film()
        setattr(film, field, value)
        with pytest.raises(ValidationError) as refused:
            film.full_clean()
        assert field in refused.value.message_dict

    @pytest.mark.parametrize(
        ("field", "value"), [("headline", "x" * 10_000), ("headline", ""), ("verdict", 7)]
    )
    def test_of_a_review(self, field: str, value: object) -> None:
        review = make_review()
        setattr(review, field, value)
        with pytest.raises(ValidationError) as refused:
            review.full_clean()
        assert field in refused.value.message_dict

    def test_of_a_slug_that_is_taken(self) -> None:
        make_film(slug="taken")
        with pytest.raises(ValidationError, match="add the year"):
            Film(title="Another", slug="taken").full_clean()

    def test_of_an_aspect_a_release_and_an_address(self) -> None:
        for row in (
            Aspect(name="Empty", slug="", film=None),
            Release(film=make_film(), territory="England"),
            OldAddress(path="no-slash", kind="film", target_uid=make_film().uid),
            Review(headline="No film", slug="no-film"),
        ):
            with pytest.raises(ValidationError):
                row.full_clean()

"""The shared nouns at the desk: what their forms accept, and what they leave unchanged."""

import datetime as dt

import pytest

from reviews.desk.verbs import withdrawing
from reviews.models import Aspect, Credit, CriticLink, Film, OldAddress, Release, Tag
from reviews.seeding.factories import (
    MOMENT,
    make_aspect,
    make_credit,
    make_critic,
    make_edition,
    make_embargo,
    make_film,
    make_franchise,
    make_judgement,
    make_person,
    make_review,
    make_tag,
)
from tests.admin.pages import add, errors_of, fields_of, save, signed_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class TestAFilm:
    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"runtime_minutes": "-5"}, "runtime_minutes"),
            ({"runtime_minutes": "0"}, "runtime_minutes"),
            ({"runtime_minutes": "9" * 30}, "runtime_minutes"),
            ({"release_year": "1066"}, "release_year"),
            ({"imdb_id": "tt12"}, "imdb_id"),
            ({"imdb_id": "nm0000001"}, "imdb_id"),
            ({"eidr_id": "10.5240/7791-8534-2C23-9030-8610-A"}, "eidr_id"),
            ({"wikidata_id": "Q0"}, "wikidata_id"),
            ({"tmdb_id": "-1"}, "tmdb_id"),
            ({"title": "x" * 10_000, "slug": "x"}, "title"),
            ({"title": "\x01", "slug": "x"}, "title"),
            ({"slug": "taken"}, "slug"),
            ({"slug": "a/b"}, "slug"),
            ({"franchise": "9" * 30}, "franchise"),
        ],
    )
    def test_says_at_the_field_what_is_wrong(self, typed: dict[str, str], field: str) -> None:
        make_film(slug="taken")
        assert list(errors_of(add("film", **{"title": "A film"} | typed))) == [field]
        assert Film.objects.count() == 1

    @pytest.mark.parametrize(
        ("typed", "slug"),
        [
            ({"title": "La Haine", "imdb_id": "https://www.imdb.com/title/tt0113247/"}, "la-haine"),
            ({"title": "Кино"}, "кино"),
            ({"title": "\u202eفيلم"}, "فيلم"),
            ({"title": "🎬"}, "clapper-board"),
            ({"title": "A\x08B"}, "ab"),
        ],
    )
    def test_takes_its_address_from_its_title(self, typed: dict[str, str], slug: str) -> None:
        response = add("film", **typed)
        assert response.status_code == 302, errors_of(response)
        assert Film.objects.get().slug == slug

    def test_has_credits_and_releases(self) -> None:
        response = add(
            "film",
            title="A film",
            **{
                "credits-TOTAL_FORMS": "1",
                "credits-0-person": str(make_person().pk),
                "credits-0-job": "actor",
                "credits-0-position": "1",
                "releases-TOTAL_FORMS": "1",
                "releases-0-territory": "GB",
                "releases-0-medium": "cinema",
            },
        )
        assert response.status_code == 302, errors_of(response)
        assert (Credit.objects.count(), Release.objects.count()) == (1, 1)

    @pytest.mark.parametrize(("territory", "position"), [("gb", "1"), ("GB", "-1"), ("UKX", "1")])
    def test_says_what_is_wrong_in_its_rows(self, territory: str, position: str) -> None:
        response = add(
            "film",
            title="A film",
            **{
                "credits-TOTAL_FORMS": "1",
                "credits-0-person": str(make_person().pk),
                "credits-0-job": "actor",
                "credits-0-position": position,
                "releases-TOTAL_FORMS": "1",
                "releases-0-territory": territory,
                "releases-0-medium": "cinema",
            },
        )
        assert response.status_code == 200
        assert errors_of(response)

    @pytest.mark.parametrize("date", ["", "2025-06-06"])
    def test_the_same_release_twice_is_refused(self, date: str) -> None:
        row = {"territory": "GB", "medium": "cinema", "date": date}
        twice = {f"releases-{n}-{name}": value for n in (0, 1) for name, value in row.items()}
        response = add("film", title="A film", **{"releases-TOTAL_FORMS": "2"} | twice)
        assert list(errors_of(response)) == ["releases-1-__all__", "releases"]
        assert not Release.objects.exists()

    def test_a_release_without_a_date_is_not_added_again(self) -> None:
        film = make_film()
        Release.objects.create(film=film, territory="GB")
        typed = {"releases-TOTAL_FORMS": "2", "releases-1-territory": "GB", "releases-1-medium": "cinema"}
        response = save(signed_in("Editor"), film, **typed)
        assert errors_of(response)["releases-1-__all__"] == ["This film has that release already."]
        typed["releases-0-DELETE"] = "on"
        assert save(signed_in("Editor"), film, **typed).status_code == 302

    def test_the_same_credit_twice_is_refused(self) -> None:
        credit = make_credit()
        row = {"person": str(credit.person.pk), "job": "actor", "character": "Eve", "position": "2", "id": ""}
        response = save(
            signed_in(),
            credit.film,
            **{"credits-TOTAL_FORMS": "2"},
            **{f"credits-1-{name}": value for name, value in row.items()},
        )
        assert response.status_code == 200
        assert Credit.objects.count() == 1

    def test_links_to_its_page_only_while_readers_can_open_it(self) -> None:
        film = make_film(slug="alone")
        client = signed_in()
        assert 'href="/films/alone/"' not in client.get(url("change", film)).content.decode()
        make_edition(film=film)
        assert 'href="/films/alone/"' in client.get(url("change", film)).content.decode()


class TestAnAddressThatChanges:
    def test_leads_on_from_the_old_one_where_readers_have_seen_it(self) -> None:
        franchise = make_franchise(name="A", slug="a")
        film, critic, person, tag = (
            make_film(franchise=franchise),
            make_critic(),
            make_person(),
            make_tag("A"),
        )
        nouns = (
            (film, "films"),
            (critic, "critics"),
            (person, "people"),
            (tag, "tags"),
            (franchise, "franchises"),
        )
        for noun, _ in nouns:
            assert save(signed_in("Publisher"), noun, slug=f"new-{noun.slug}").status_code == 302
        assert not OldAddress.objects.exists()
        make_credit(film=film, person=person)
        withdrawing.withdraw(
            make_edition(film=film, critic=critic, tags=("A",), at=MOMENT - dt.timedelta(days=1)).review
        )
        for noun, path in nouns:
            noun.refresh_from_db()
            old = noun.slug
            assert save(signed_in("Publisher"), noun, slug=f"newest-{old}").status_code == 302
            kept = OldAddress.objects.get(path=f"/{path}/{old}/")
            assert kept.target_uid == noun.uid

    def test_stays_where_nothing_changes(self) -> None:
        assert save(signed_in(), make_film(), title="Another title").status_code == 302
        assert not OldAddress.objects.exists()

    def test_given_up_twice_leads_to_who_had_it_last(self) -> None:
        first, second = make_tag("First", slug="a"), make_tag("Second", slug="b")
        make_edition(tags=("First", "Second"))
        for tag, slugs in ((first, ["c"]), (second, ["a", "d"])):
            for slug in slugs:
                assert save(signed_in(), tag, slug=slug).status_code == 302
                tag.refresh_from_db()
        assert OldAddress.objects.get(path="/tags/a/").target_uid == second.uid


class TestPeople:
    @pytest.mark.parametrize("imdb_id", ["tt0113247", "nm12", "nm\0"])
    def test_a_films_id_is_not_a_persons(self, imdb_id: str) -> None:
        assert list(errors_of(add("person", name="A. Person", imdb_id=imdb_id))) == ["imdb_id"]

    def test_a_critic_has_links(self) -> None:
        rows = {
            "links-TOTAL_FORMS": "1",
            "links-0-label": "Site",
            "links-0-url": "example.org",
            "links-0-position": "0",
        }
        assert add("critic", name="A. Critic", **rows).status_code == 302
        assert CriticLink.objects.get().url == "https://example.org"

    def test_only_who_sees_accounts_connects_them_with_a_byline(self) -> None:
        critic = make_critic()
        assert "user" not in fields_of(signed_in("Editor").get(url("change", critic)))
        assert "user" in fields_of(signed_in("Publisher").get(url("change", critic)))


class TestTags:
    @pytest.mark.parametrize(
        ("name", "slug"), [("Кино", "кино"), ("🎬", "clapper-board"), ("C++", "c-plus-plus")]
    )
    def test_survive_any_script(self, name: str, slug: str) -> None:
        make_tag("C")
        assert add("tag", name=name).status_code == 302
        assert Tag.objects.get(name=name).slug == slug

    @pytest.mark.parametrize(("name", "field"), [("sci fi", "slug"), ("sci-fi", "name"), ("Sci-Fi", "name")])
    def test_one_that_exists_is_not_made_twice(self, name: str, field: str) -> None:
        make_tag("Sci-Fi")
        assert field in errors_of(add("tag", name=name))


class TestAspects:
    def test_a_general_one_exists_once(self) -> None:
        make_aspect(name="Action", slug="action")
        assert errors_of(add("aspect", name="Action", position="1"))
        film = make_film()
        assert add("aspect", name="Action", position="1", film=str(film.pk)).status_code == 302
        assert Aspect.objects.count() == 2

    def test_are_offered_with_the_film_they_belong_to(self) -> None:
        make_aspect(name="The cameo", film=make_film(title="Ballerina"))
        address = "/admin/autocomplete/?app_label=reviews&model_name=judgement&field_name=aspect&term=cameo"
        results = signed_in().get(address).json()["results"]
        assert [result["text"] for result in results] == ["The cameo (Ballerina (2025))"]

    @pytest.mark.parametrize("term", ["%00", "'\";--", "\u202e", "x" * 5000])
    def test_are_looked_for_with_whatever_is_typed(self, term: str) -> None:
        parameters = {"app_label": "reviews", "model_name": "judgement", "field_name": "aspect", "term": term}
        assert signed_in().get("/admin/autocomplete/", parameters).status_code == 200


class TestWhatIsReferredTo:
    def test_is_not_deleted(self) -> None:
        review = make_review(tags=("Drama",))
        judgement = make_judgement(review)
        make_embargo(make_film(), MOMENT)
        credit = make_credit()
        nouns = [review.film, review.critic, review.tags.get(), judgement.aspect, credit.person]
        for noun in nouns:
            response = signed_in("").post(url("delete", noun), {"post": "yes"})
            assert response.status_code == 200
            assert "would require deleting the following protected related objects" in text_of(response)
            assert type(noun)._default_manager.filter(pk=noun.pk).exists()

    def test_is_not_deleted_from_a_list(self) -> None:
        film = make_review().film
        chosen = {"action": "delete_selected", "_selected_action": [str(film.pk)], "post": "yes"}
        signed_in("").post("/admin/reviews/film/", chosen)
        assert Film.objects.exists()

    def test_takes_its_own_rows_along_where_nothing_refers_to_it(self) -> None:
        credit = make_credit()
        assert signed_in().post(url("delete", credit.film), {"post": "yes"}).status_code == 302
        assert not Credit.objects.exists()

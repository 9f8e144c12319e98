"""Two saves of one film's credits and releases: conflicts are asked about, and no row is lost."""

from typing import Any

import pytest
from django.test import Client

from reviews.models import Credit, Film, Release
from reviews.seeding.factories import make_credit, make_film, make_person
from tests.admin.pages import save, text_of
from tests.admin.parts.claimed import answered, opened, post, saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class TestRows:
    @pytest.fixture
    def film(self) -> Film:
        film = make_film()
        for number, name in enumerate(("Ana", "Ben", "Cy"), 1):
            make_credit(film=film, person=make_person(name=name), character=name, position=number)
        return film

    def test_that_one_changed_and_the_other_deleted_are_asked_about(
        self, film: Film, mine: Client, theirs: Client
    ) -> None:
        for choice, characters in (("mine", ["Eve", "Ben", "Cy"]), ("theirs", ["Ben", "Cy"])):
            Credit.objects.filter(film=film, character="Eve").update(character="Ana")
            fields = opened(mine, film)
            row = _row(fields, "Ana")
            save(theirs, film, **{f"credits-{_row(fields, 'Ana')}-DELETE": "on"})
            page = post(mine, film, fields | {f"credits-{row}-character": "Eve"})
            assert "(none)" in text_of(page) or "taken out" in text_of(page)
            assert not Credit.objects.filter(film=film, character__in=("Ana", "Eve")).exists()
            assert answered(mine, film, page, choice).status_code == 302
            assert sorted(_characters(film)) == sorted(characters)

    def test_that_one_deleted_and_the_other_changed_are_asked_about(
        self, film: Film, mine: Client, theirs: Client
    ) -> None:
        fields = opened(mine, film)
        row = _row(fields, "Ben")
        save(theirs, film, **{f"credits-{row}-character": "Eve"})
        page = post(mine, film, fields | {f"credits-{row}-DELETE": "on"})
        assert "Eve" in _characters(film)
        assert answered(mine, film, page, "mine").status_code == 302
        assert sorted(_characters(film)) == ["Ana", "Cy"]

    def test_that_both_changed_are_said_in_the_order_of_the_form(
        self, film: Film, mine: Client, theirs: Client
    ) -> None:
        Credit.objects.filter(film=film, character="Ben").update(character="Dot")
        fields = opened(mine, film)
        row = _row(fields, "Dot")
        save(theirs, film, **{f"credits-{row}-character": "Eve"})
        page = text_of(post(mine, film, fields | {f"credits-{row}-character": "Flo"}))
        job = Credit.objects.get(film=film, position=2).get_job_display()
        for character in ("Dot", "Eve", "Flo"):
            assert f"Ben, {job}, {character}, 2" in page

    def test_that_both_added_go_together_and_the_same_row_is_one(
        self, film: Film, mine: Client, theirs: Client
    ) -> None:
        person = str(make_person(name="Dee").pk)
        fields = opened(mine, film)
        save(theirs, film, **_added(fields, (person, "Dee"), (person, "Hers")))
        page = post(mine, film, fields | _added(fields, (person, "Dee"), (person, "Mine")))
        assert "You changed different things" in text_of(page)
        assert answered(mine, film, page).status_code == 302
        assert sorted(_characters(film)) == ["Ana", "Ben", "Cy", "Dee", "Hers", "Mine"]

    def test_of_two_kinds_changed_by_two_people_go_together(
        self, film: Film, mine: Client, theirs: Client
    ) -> None:
        fields = opened(mine, film)
        release = {
            "releases-TOTAL_FORMS": "1",
            "releases-0-territory": "GB",
            "releases-0-medium": "cinema",
            "releases-0-date": "2025-06-06",
        }
        save(theirs, film, **release)
        page = post(mine, film, fields | {f"credits-{_row(fields, 'Cy')}-character": "Eve"})
        assert "GB" in text_of(page)
        assert answered(mine, film, page).status_code == 302
        assert sorted(_characters(film)) == ["Ana", "Ben", "Eve"]
        assert Release.objects.get(film=film).territory == "GB"

    def test_that_were_written_past_the_desk_are_met(self, film: Film, mine: Client, theirs: Client) -> None:
        fields = opened(mine, film)
        Credit.objects.filter(film=film, character="Cy").delete()
        page = post(mine, film, fields | {"title": "Mine"})
        assert "Somebody has changed it" in text_of(page)
        assert answered(mine, film, page).status_code == 302
        assert (saved(film).title, sorted(_characters(film))) == ("Mine", ["Ana", "Ben"])

    @pytest.mark.parametrize(
        "rows", ['{"1": {}}', '{"1": {"person": []}}', "[]", '{"1": 2}', '{"\\ud800": {"job": ["\\ud800"]}}']
    )
    def test_that_were_never_read_are_not_believed(self, film: Film, mine: Client, rows: str) -> None:
        fields = opened(mine, film)
        read = f' [{{"title": ["\\ud800"]}}, {{"credits": {rows}}}]'
        page = post(mine, film, fields | {"_read": read, "title": "Mine"})
        assert page.status_code == 200
        assert len(_characters(film)) == 3
        assert saved(film).title != "Mine"

    @pytest.mark.parametrize("forged", ["9" * 5000, "²", "x", "-1"])
    def test_that_cannot_be_are_shown_all_the_same(
        self, film: Film, mine: Client, theirs: Client, forged: str
    ) -> None:
        fields = opened(mine, film)
        save(theirs, film, title="Theirs")
        rows = {"credits-0-person": forged, "credits-0-position": forged, "credits-0-id": forged}
        page = post(mine, film, fields | rows)
        assert "nothing is lost" in text_of(page)
        assert answered(mine, film, page).status_code == 200
        page = post(mine, film, fields | {"credits-TOTAL_FORMS": forged, "title": "Mine"})
        assert page.status_code in (200, 302)


def _row(fields: dict[str, Any], character: str) -> int:
    total = int(fields["credits-TOTAL_FORMS"])
    return next(row for row in range(total) if fields[f"credits-{row}-character"] == character)


def _added(fields: dict[str, Any], *credits: tuple[str, str]) -> dict[str, str]:
    total = int(fields["credits-TOTAL_FORMS"])
    added = {"credits-TOTAL_FORMS": str(total + len(credits))}
    for row, (person, character) in enumerate(credits, total):
        cells = {"id": "", "person": person, "job": "actor", "character": character, "position": "0"}
        added |= {f"credits-{row}-{name}": value for name, value in cells.items()}
        added[f"credits-{row}-film"] = fields["credits-0-film"]
    return added


def _characters(film: Film) -> list[str]:
    return list(Credit.objects.filter(film=film).values_list("character", flat=True))

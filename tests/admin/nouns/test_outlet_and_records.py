"""The forms of the outlet and of read-only records."""

import pytest

from reviews.models import Critic, Outlet, Person
from reviews.seeding.factories import make_critic, make_edition, make_outlet
from tests.admin.pages import add, errors_of, fields_of, save, signed_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class TestTheOutlet:
    LIST = "/admin/reviews/outlet/"

    def test_its_list_leads_to_the_one_record(self) -> None:
        client = signed_in("Publisher")
        assert client.get(self.LIST).headers["Location"].endswith("/outlet/add/")
        outlet = make_outlet()
        assert client.get(self.LIST).headers["Location"] == url("change", outlet)
        assert client.get(f"{self.LIST}add/").status_code == 403

    def test_is_made_once_and_never_deleted(self) -> None:
        assert add("outlet", name="The Reel", time_zone="Europe/Paris").status_code == 302
        client, outlet = signed_in(""), Outlet.objects.get()
        assert client.post(f"{self.LIST}add/", {"name": "Another"}).status_code == 403
        assert client.post(url("delete", outlet), {"post": "yes"}).status_code == 403
        assert Outlet.objects.get().name == "The Reel"

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"time_zone": "Mars/Olympus"}, "time_zone"),
            ({"time_zone": "../etc/passwd"}, "time_zone"),
            ({"star_scale": "6"}, "star_scale"),
            ({"contact_email": "nobody"}, "contact_email"),
        ],
    )
    def test_says_at_the_field_what_is_wrong(self, typed: dict[str, str], field: str) -> None:
        assert list(errors_of(save(signed_in("Publisher"), make_outlet(), **typed))) == [field]

    def test_an_editor_reads_it(self) -> None:
        page = signed_in("Editor").get(url("change", make_outlet()))
        assert "The Test Reel" in text_of(page)
        assert "name" not in fields_of(page)


class TestRecords:
    def test_an_edition_is_read_and_never_changed(self) -> None:
        edition = make_edition(tags=("Drama", "Noir"))
        client = signed_in("")
        page = text_of(client.get(url("change", edition)))
        assert "Drama, Noir" in page
        assert "6 June 2025, 12:00 (UTC)" in page
        for verb in ("change", "delete"):
            assert client.post(url(verb, edition), {"headline": "x", "post": "yes"}).status_code == 403
        assert client.get("/admin/reviews/edition/add/").status_code == 403

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"path": "films/x"}, "__all__"),
            ({"target_uid": "x"}, "target_uid"),
            ({"kind": "film"}, "target_uid"),
        ],
    )
    def test_an_old_address_leads_somewhere(self, typed: dict[str, str], field: str) -> None:
        critic = make_critic()
        given = {"path": "/critics/x/", "kind": "critic", "target_uid": str(critic.uid)}
        assert list(errors_of(add("oldaddress", **given | typed))) == [field]
        assert add("oldaddress", **given).status_code == 302
        assert Critic.objects.get() == critic
        assert not Person.objects.exists()

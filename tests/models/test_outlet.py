"""The outlet's row."""

import pytest

from reviews.models import Outlet
from reviews.seeding.factories import make_outlet


@pytest.mark.django_db
class TestCurrent:
    def test_without_a_row_there_are_defaults(self) -> None:
        assert Outlet.objects.current().name == "Film reviews"

    def test_the_row_is_the_current_one(self) -> None:
        make_outlet(name="The Test Reel")
        assert Outlet.objects.current().name == "The Test Reel"


class TestZone:
    def test_it_is_the_named_one(self) -> None:
        assert Outlet(time_zone="Europe/London").zone.key == "Europe/London"

    @pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/passwd"])
    def test_an_unknown_name_does_not_break_every_page(self, name: str) -> None:
        assert Outlet(time_zone=name).zone.key == "UTC"

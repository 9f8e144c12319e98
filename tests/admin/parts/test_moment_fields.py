"""Form fields for moments: a time that occurs twice or not at all is asked about."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import html5lib
import pytest
from django import forms
from django.utils import timezone

from reviews.admin.parts.moments.fields import OutletMoment, StudioMoment, Zoned, ZonedMoment

TWICE, NEVER, PLAIN = ("2025-10-26", "01:30"), ("2025-03-30", "01:30"), ("2025-06-04", "17:00")


class InTheOutlets(forms.Form):
    at = OutletMoment(label="When", required=False)


class InTheStudios(forms.Form):
    at = StudioMoment(label="When")

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["at"]
        field.read_in(zone)


class InAZone(forms.Form):
    at = ZonedMoment(label="When", required=False)


@pytest.fixture(autouse=True)
def london() -> Iterator[None]:
    with timezone.override(ZoneInfo("Europe/London")):
        yield


def posted(day: str, time: str, **more: str) -> dict[str, str]:
    return {"at_0": day, "at_1": time, **{f"at_{name}": value for name, value in more.items()}}


def inputs_of(form: forms.Form) -> dict[str, list[dict[str, str]]]:
    """The rendered inputs of a form, by name."""
    tree = html5lib.parse(str(form["at"]), namespaceHTMLElements=False)
    inputs: dict[str, list[dict[str, str]]] = {}
    for element in tree.iter("input"):
        inputs.setdefault(element.get("name", ""), []).append(dict(element.items()))
    return inputs


def words_of(form: forms.Form) -> str:
    tree = html5lib.parse(str(form["at"]), namespaceHTMLElements=False)
    return " ".join("".join(tree.itertext()).split())


def answers_of(form: forms.Form) -> list[str]:
    return [each["value"] for each in inputs_of(form).get("at_meant", [])]


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


class TestAPlainTime:
    def test_is_the_moment_and_nothing_is_asked(self) -> None:
        form = InTheOutlets(posted(*PLAIN))
        assert form.is_valid()
        assert form.cleaned_data["at"] == utc("2025-06-04T16:00")
        assert answers_of(form) == []

    def test_may_be_left_out_where_none_is_needed(self) -> None:
        form = InTheOutlets(posted("", ""))
        assert form.is_valid()
        assert form.cleaned_data["at"] is None

    @pytest.mark.parametrize(
        ("day", "time", "message"),
        [
            ("2025-13-01", "01:30", "Enter a valid date"),
            ("2025-06-07", "", "Enter a valid time"),
            ("", "01:30", "Enter a valid date"),
            ("9999-12-31", "23:59", "a year between"),
            ("0001-01-01", "00:00", "a year between"),
            ("2025-06-07", "\0", "Enter a valid time"),
        ],
    )
    def test_one_that_is_none_gets_a_message_and_comes_back(self, day: str, time: str, message: str) -> None:
        form = InTheOutlets(posted(day, time))
        assert message in form.errors["at"][0]
        assert (inputs_of(form)["at_0"][0].get("value", ""), answers_of(form)) == (day, [])


class TestATimeThatComesTwice:
    def test_is_asked_about(self) -> None:
        form = InTheOutlets(posted(*TWICE))
        assert form.errors["at"] == ["01:30 comes twice then: choose which one you mean."]
        words = words_of(form)
        assert (
            "The clocks in Europe/London go back from 02:00 to 01:00 on 26 October 2025: 01:30 comes twice. "
            "Which do you mean?"
        ) in words
        assert "01:30, first time round: BST (UTC+1), which is 00:30 UTC" in words
        assert "01:30, second time round: GMT (UTC+0), which is 01:30 UTC" in words

    def test_keeps_what_was_typed_and_chooses_nothing(self) -> None:
        inputs = inputs_of(InTheOutlets(posted(*TWICE)))
        assert (inputs["at_0"][0]["value"], inputs["at_1"][0]["value"]) == TWICE
        assert [each.get("checked") for each in inputs["at_meant"]] == [None, None]

    @pytest.mark.parametrize(("number", "moment"), [(0, "2025-10-26T00:30"), (1, "2025-10-26T01:30")])
    def test_an_answer_settles_it_and_stays_chosen(self, number: int, moment: str) -> None:
        answer = answers_of(InTheOutlets(posted(*TWICE)))[number]
        form = InTheOutlets(posted(*TWICE, meant=answer))
        assert form.is_valid()
        assert form.cleaned_data["at"] == utc(moment)
        assert [each.get("checked") is not None for each in inputs_of(form)["at_meant"]] == [
            number == 0,
            number == 1,
        ]

    @pytest.mark.parametrize(
        "other", [("2025-10-26", "01:31"), ("2026-10-25", "01:30"), ("2025-03-30", "01:30")]
    )
    def test_an_answer_for_another_time_is_none(self, other: tuple[str, str]) -> None:
        for answer in answers_of(InTheOutlets(posted(*TWICE))):
            form = InTheOutlets(posted(*other, meant=answer))
            assert not form.is_valid()
            assert [each.get("checked") for each in inputs_of(form)["at_meant"]] == [None, None]

    def test_an_answer_is_forgotten_with_a_time_that_is_plain(self) -> None:
        for answer in answers_of(InTheOutlets(posted(*TWICE))):
            form = InTheOutlets(posted(*PLAIN, meant=answer))
            assert form.is_valid()
            assert form.cleaned_data["at"] == utc("2025-06-04T16:00")

    @pytest.mark.parametrize("answer", ["", "2025-10-26T00:30:00+00:00", "0", "\0", "x" * 10_000])
    def test_an_answer_that_was_not_offered_is_none(self, answer: str) -> None:
        assert not InTheOutlets(posted(*TWICE, meant=answer)).is_valid()

    def test_one_form_does_not_ask_for_another(self) -> None:
        assert not InTheOutlets(posted(*TWICE)).is_valid()
        assert answers_of(InTheOutlets()) == []


class TestATimeThatIsSkipped:
    def test_is_asked_about(self) -> None:
        form = InTheOutlets(posted(*NEVER))
        assert form.errors["at"] == ["01:30 does not exist then: choose what you mean."]
        words = words_of(form)
        assert (
            "The clocks in Europe/London go from 01:00 to 02:00 on 30 March 2025: 01:30 does not exist that day."
        ) in words
        assert "00:30, before the change: GMT (UTC+0), which is 00:30 UTC" in words
        assert "02:30, after the change: BST (UTC+1), which is 01:30 UTC" in words

    def test_an_answer_settles_it(self) -> None:
        first, second = answers_of(InTheOutlets(posted(*NEVER)))
        for answer, moment in ((first, "2025-03-30T00:30"), (second, "2025-03-30T01:30")):
            form = InTheOutlets(posted(*NEVER, meant=answer))
            assert form.is_valid()
            assert form.cleaned_data["at"] == utc(moment)


class TestWords:
    @pytest.mark.parametrize(
        ("zone", "day", "time", "words"),
        [
            (
                "America/New_York",
                "2025-11-02",
                "01:30",
                "The clocks in America/New_York go back from 02:00 to 01:00 on 2 November 2025: 01:30 comes twice. "
                "Which do you mean? 01:30, first time round: EDT (UTC−4), which is 05:30 UTC "
                "01:30, second time round: EST (UTC−5), which is 06:30 UTC",
            ),
            (
                "Australia/Sydney",
                "2025-04-06",
                "02:30",
                "02:30, first time round: AEDT (UTC+11), which is 15:30 UTC on 5 April 2025",
            ),
            (
                "Australia/Lord_Howe",
                "2025-10-05",
                "02:15",
                "go from 02:00 to 02:30 on 5 October 2025: 02:15 does not exist that day. Which do you mean? "
                "01:45, before the change: UTC+10:30, which is 15:15 UTC on 4 October 2025 "
                "02:45, after the change: UTC+11, which is 15:45 UTC on 4 October 2025",
            ),
            (
                "America/Sao_Paulo",
                "2018-02-17",
                "23:30:10",
                "go back from 00:00 on 18 February 2018 to 23:00 on 17 February 2018: "
                "23:30:10 on 17 February 2018 comes twice.",
            ),
            (
                "Pacific/Apia",
                "2011-12-30",
                "12:00",
                "go from 00:00 on 30 December 2011 to 00:00 on 31 December 2011: "
                "12:00 on 30 December 2011 does not exist. Which do you mean? "
                "29 December 2011, 12:00, before the change: UTC−10, which is 22:00 UTC "
                "31 December 2011, 12:00, after the change: UTC+14, which is 22:00 UTC on 30 December 2011",
            ),
        ],
    )
    def test_say_what_the_clocks_of_any_zone_do(self, zone: str, day: str, time: str, words: str) -> None:
        form = InTheStudios(posted(day, time), zone=zone)
        assert not form.is_valid()
        assert words in words_of(form)


class TestAStoredMoment:
    @pytest.mark.parametrize("moment", ["2025-10-26T00:30", "2025-10-26T01:30"])
    def test_that_reads_twice_is_shown_with_its_answer(self, moment: str) -> None:
        shown = inputs_of(InTheOutlets(initial={"at": utc(moment)}))
        (chosen,) = [each["value"] for each in shown["at_meant"] if "checked" in each]
        form = InTheOutlets(posted(*TWICE, meant=chosen), initial={"at": utc(moment)})
        assert form.is_valid()
        assert form.cleaned_data["at"] == utc(moment)
        assert not form.has_changed()

    def test_has_changed_where_the_other_is_meant(self) -> None:
        first, second = answers_of(InTheOutlets(posted(*TWICE)))
        stored = utc("2025-10-26T00:30")
        assert not InTheOutlets(posted(*TWICE, meant=first), initial={"at": stored}).has_changed()
        assert InTheOutlets(posted(*TWICE, meant=second), initial={"at": stored}).has_changed()

    def test_that_is_plain_has_not_changed_whatever_is_answered(self) -> None:
        form = InTheOutlets(posted(*PLAIN, meant="x"), initial={"at": utc("2025-06-04T16:00")})
        assert not form.has_changed()
        assert not InTheOutlets(posted("", "", meant="x")).has_changed()
        assert InTheOutlets(posted(*PLAIN)).has_changed()


class TestTheStudiosZone:
    def test_is_the_one_that_the_time_is_read_in(self) -> None:
        form = InTheStudios(posted("2025-06-04", "09:00"), zone="America/Los_Angeles")
        assert form.is_valid()
        assert form.cleaned_data["at"] == utc("2025-06-04T16:00")

    def test_is_the_one_that_asks(self) -> None:
        assert InTheStudios(posted(*TWICE), zone="America/Los_Angeles").is_valid()
        assert not InTheStudios(posted("2025-11-02", "01:30"), zone="America/Los_Angeles").is_valid()

    def test_is_not_that_of_the_admins_own_shortcuts(self) -> None:
        page = str(InTheStudios(zone="America/Los_Angeles")["at"])
        assert "vDateField" not in page
        assert "vTimeField" not in page
        assert not InTheStudios(zone="UTC").media._js  # type: ignore[attr-defined]


class TestAZoneThatIsTypedToo:
    def test_gives_the_moment_and_the_zones_name(self) -> None:
        form = InAZone(posted("2025-06-04", "09:00", zone="America/Los_Angeles"))
        assert form.is_valid()
        assert form.cleaned_data["at"] == Zoned(utc("2025-06-04T16:00"), "America/Los_Angeles")

    def test_all_may_be_left_out_where_none_is_needed(self) -> None:
        form = InAZone(posted("", "", zone=""))
        assert form.is_valid()
        assert form.cleaned_data["at"] is None

    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            (("2025-06-04", "09:00", ""), "Name the zone, such as America/Los_Angeles."),
            (("2025-06-04", "09:00", " "), "Name the zone, such as America/Los_Angeles."),
            (("2025-06-04", "09:00", "\x01"), "Name the zone, such as America/Los_Angeles."),
            (("2025-06-04", "09:00", "Mars/Olympus"), "“Mars/Olympus” is not a time zone."),
            (("2025-06-04", "09:00", "../../etc/passwd"), "is not a time zone."),
            (("2025-06-04", "09:00", "x" * 61), "is not a time zone."),
            (("", "09:00", "UTC"), "Type the date."),
            (("2025-06-04", "", "UTC"), "Type the time."),
        ],
    )
    def test_what_is_missing_or_wrong_is_said_and_nothing_is_lost(
        self, typed: tuple[str, str, str], message: str
    ) -> None:
        day, time, zone = typed
        form = InAZone(posted(day, time, zone=zone))
        assert message in form.errors["at"][0]
        shown = inputs_of(form)
        assert [shown[f"at_{part}"][0].get("value", "") for part in (0, 1)] == [day, time]
        assert shown["at_zone"][0].get("value", "").strip("\x01") == zone.strip("\x01")

    def test_an_answer_for_another_zone_is_none(self) -> None:
        first, _ = answers_of(InAZone(posted("2025-10-26", "01:30", zone="Europe/London")))
        assert InAZone(posted("2025-10-26", "01:30", zone="Europe/London", meant=first)).is_valid()
        # Lisbon's clocks do the same at the same moment.
        assert not InAZone(posted("2025-10-26", "01:30", zone="Europe/Lisbon", meant=first)).is_valid()

    def test_a_stored_one_is_shown_in_its_zone(self) -> None:
        form = InAZone(initial={"at": Zoned(utc("2025-11-02T09:30"), "America/Los_Angeles")})
        shown = inputs_of(form)
        assert shown["at_0"][0]["value"] == "2025-11-02"
        assert shown["at_1"][0]["value"] == "01:30"
        assert shown["at_zone"][0]["value"] == "America/Los_Angeles"
        assert [("checked" in each) for each in shown["at_meant"]] == [False, True]

    def test_a_stored_one_has_its_seconds_if_they_are_not_zero(self) -> None:
        form = InAZone(initial={"at": Zoned(utc("2025-06-02T09:30:05"), "UTC")})
        assert inputs_of(form)["at_1"][0]["value"] == "09:30:05"

    def test_the_zones_of_places_are_offered(self) -> None:
        page = str(InAZone()["at"])
        assert '<option value="America/Los_Angeles">' in page
        assert '<option value="UTC">' in page
        assert "Etc/" not in page
        assert 'list="id_at_zone_names"' in page

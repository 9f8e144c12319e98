"""Drawings of a critic's films by verdict: a mark for each."""

from django.template.loader import render_to_string

from reviews.models import Aspect
from reviews.rules.argument import Calibration, Parted, tally
from reviews.templatetags.standing import FEWEST_PLACES, MARK, MOST_MARKS, partings, spread


class TestTheSpread:
    def test_every_verdict_has_its_place_rave_first_even_where_no_film_has_it(self) -> None:
        assert [(place.name, place.count) for place in spread(tally([2, 1, 1, 0, -2]))] == [
            ("rave", 1),
            ("positive", 2),
            ("mixed", 1),
            ("negative", 0),
            ("pan", 1),
        ]

    def test_films_without_a_verdict_have_a_place_only_where_there_are_any(self) -> None:
        assert [place.name for place in spread(tally([1, None]))][-1] == "unstated"
        assert len(spread(tally([1]))) == 5

    def test_a_mark_for_every_film_to_one_scale(self) -> None:
        strips = [place.strip for place in spread(tally([2] * 30 + [0]))]
        assert [strip.marked // MARK for strip in strips] == [30, 0, 1, 0, 0]
        assert {strip.width // MARK for strip in strips} == {30}

    def test_few_marks_are_no_larger_for_it(self) -> None:
        assert {place.strip.width // MARK for place in spread(tally([2]))} == {FEWEST_PLACES}

    def test_marks_that_could_not_be_told_apart_are_one_bar(self) -> None:
        assert not any(place.strip.is_solid for place in spread(tally([2] * MOST_MARKS)))
        assert all(place.strip.is_solid for place in spread(tally([2] * (MOST_MARKS + 1))))

    def test_no_film_at_all_can_be_drawn(self) -> None:
        assert [place.count for place in spread(tally([]))] == [0] * 5


class TestPartings:
    def test_the_verdict_comes_first_and_the_dark_marks_are_the_partings(self) -> None:
        action = Aspect(name="Action")
        drawn = partings(Calibration(30, Parted(3, 25), ((action, Parted(5, 5)),)))
        assert [figure.aspect for figure in drawn] == [None, action]
        assert [(figure.strip.marked // MARK, figure.strip.end // MARK) for figure in drawn] == [
            (3, 25),
            (5, 5),
        ]
        assert {figure.strip.width // MARK for figure in drawn} == {25}

    def test_without_a_figure_on_the_verdict_there_are_the_aspects(self) -> None:
        action = Aspect(name="Action")
        assert [figure.aspect for figure in partings(Calibration(5, None, ((action, Parted(0, 5)),)))] == [
            action
        ]
        assert partings(Calibration(5, None, ())) == []


class TestTheDrawing:
    def drawn(self, times: int, films: int) -> str:
        (figure,) = partings(Calibration(films, Parted(times, films), ()))
        return render_to_string("reviews/includes/critic/strip.html", {"strip": figure.strip})

    def test_dark_marks_then_pale_ones(self) -> None:
        drawn = self.drawn(2, 5)
        assert '<path d="M0 8H24"/><path d="M24 8H60" stroke-opacity=".2"/>' in drawn
        assert "stroke-dasharray" in drawn

    def test_all_of_one_kind(self) -> None:
        assert self.drawn(5, 5).count("<path") == 1
        assert 'd="M0 8H60" stroke-opacity' in self.drawn(0, 5)

    def test_a_crowd_is_solid(self) -> None:
        assert "stroke-dasharray" not in self.drawn(2, MOST_MARKS + 1)

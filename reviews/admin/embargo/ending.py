"""Ending an embargo early: moving it, which makes a new one, and lifting it."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from reviews.admin.embargo.effects import called, lateness, observed, rehearsed
from reviews.admin.embargo.forms import LiftForm, MoveForm
from reviews.admin.parts.account import account_of
from reviews.admin.parts.confirm import ActionPages, ConfirmPage
from reviews.desk.dates import spoken_twice
from reviews.desk.verbs import embargoes
from reviews.desk.verbs.embargoes import EmbargoError
from reviews.models import Embargo

CHANGE = "reviews.change_embargo"


class EndingPages(ActionPages):
    """Move, and lift now."""

    def urls(self) -> list[URLPattern]:
        return [
            self.at("<path:object_id>/move/", "move", self.move),
            self.at("<path:object_id>/lift/", "lift", self.lift),
        ]

    def held(self, obj: Embargo) -> AbstractContextManager[Embargo]:
        return embargoes.locked_embargo(obj)

    def move(self, request: HttpRequest, object_id: str) -> HttpResponse:
        embargo = self.found(request, object_id, CHANGE)
        if embargo is None:
            return self.missing(request, object_id)
        return self.confirm(request, embargo, lambda saved: self._move(request, saved))

    def lift(self, request: HttpRequest, object_id: str) -> HttpResponse:
        embargo = self.found(request, object_id, CHANGE)
        if embargo is None:
            return self.missing(request, object_id)
        return self.confirm(request, embargo, lambda saved: self._lift(request, saved))

    def _move(self, request: HttpRequest, embargo: Embargo) -> ConfirmPage:
        form = MoveForm(request.POST if request.method == "POST" else None, zone=embargo.zone)
        lifts_at = form.cleaned_data["lifts_at"] if form.is_bound and form.is_valid() else None
        successors: list[Embargo] = []
        by = account_of(request)

        lifts = (
            f"{called(embargo)} lifts on {spoken_twice(lifts_at, embargo.zone)}.{lateness(embargo, lifts_at)}"
            if lifts_at
            else ""
        )

        def move(current: Embargo, because: str) -> None:
            assert lifts_at is not None  # ``is_open`` until a moment is typed.
            successors[:] = [embargoes.move(current, lifts_at, because=because, by=by)[0]]

        return _ending(
            embargo,
            form,
            move if lifts_at else None,
            title="Move",
            done=lifts,
            lands_on=lambda: successors[0],
        )

    def _lift(self, request: HttpRequest, embargo: Embargo) -> ConfirmPage:
        def lift(current: Embargo, because: str) -> None:
            embargoes.lift(current, because=because, by=account_of(request))

        return _ending(
            embargo,
            LiftForm(request.POST if request.method == "POST" else None),
            lift,
            title="Lift now",
            done=f"{called(embargo)} ends now.",
            lands_on=lambda: embargo,
        )


def _ending(
    embargo: Embargo,
    form: LiftForm,
    end: Callable[[Embargo, str], None] | None,
    *,
    title: str,
    done: str,
    lands_on: Callable[[], Embargo],
) -> ConfirmPage:
    """The confirm page of a verb that ends an embargo; ``end`` is None while the form is incomplete."""
    obstacles = ["That embargo has ended already: see which one holds now."] if embargo.ended_at else []
    statements = []
    if end and not obstacles:
        rehearsal = Embargo.objects.select_related("film").get(pk=embargo.pk)
        try:
            statements = [done, *rehearsed(embargo.film, lambda: end(rehearsal, "rehearsal"))]
        except EmbargoError as error:
            obstacles = [str(error)]

    def act() -> str:
        assert end is not None  # ``is_open`` until then.
        with observed(embargo.film) as effect:
            end(embargo, form.cleaned_data["because"])
        return " ".join([done, *effect.sentences])

    return ConfirmPage(
        title=title,
        button=title,
        statements=statements,
        obstacles=obstacles,
        form=form,
        is_open=end is None,
        is_destructive=True,
        act=act,
        lands_on=lands_on,
    )

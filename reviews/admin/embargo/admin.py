"""Embargoes: agreed once, then moved or lifted with a reason, never deleted."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from reviews import clock
from reviews.admin.embargo.clocks import shown, state_of
from reviews.admin.embargo.effects import called, holding, observed, rehearsed
from reviews.admin.embargo.forms import AgreementForm, LiftForm, MoveForm, TermsForm
from reviews.admin.parts.account import account_of
from reviews.admin.parts.base import DeskModelAdmin
from reviews.admin.parts.confirm import ConfirmMixin, ConfirmPage
from reviews.admin.parts.history import FilmHistoryMixin, changed_parts
from reviews.admin.parts.values import is_key
from reviews.desk.dates import short, spoken_in, spoken_twice
from reviews.desk.verbs import embargoes
from reviews.desk.verbs.embargoes import EmbargoError
from reviews.desk.verbs.locks import locked
from reviews.models import Embargo, Film

CHANGE = "reviews.change_embargo"


class HoldsFilter(admin.SimpleListFilter):
    title = "whether it holds"
    parameter_name = "holds"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "holds now"), ("no", "lifted or ended")]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        match self.value():
            case "yes":
                return queryset.active()  # type: ignore[attr-defined, no-any-return]
            case "no":
                return queryset.exclude(pk__in=Embargo.objects.active().values("pk"))
        return queryset


@admin.register(Embargo)
class EmbargoAdmin(FilmHistoryMixin, ConfirmMixin, DeskModelAdmin):
    list_display = [
        "film",
        "holds",
        "covers",
        "lifts_here",
        "lifts_there",
        "agreed_with",
        "ended_because",
    ]
    empty_list = "What was agreed with studios: an embargo holds every review of its film until its moment."
    list_select_related = ["film"]
    list_filter = [HoldsFilter, "covers"]
    search_fields = ["film__title", "agreed_with", "terms"]
    autocomplete_fields = ["film"]
    description = (
        "An embargo on reviews hides what is public of the film at once, and holds what waits. "
        "It is never deleted: move it or lift it, with a reason."
    )
    ended_fieldset = ("How it ended", {"fields": ["ended_at", "ended_because"]})

    @admin.display(description="lifts at", ordering="lifts_at")
    def lifts_here(self, embargo: Embargo) -> str | None:
        return short(embargo.lifts_at)

    @admin.display(description="in the studio's zone", ordering="lifts_at")
    def lifts_there(self, embargo: Embargo) -> str:
        return spoken_in(embargo.zone, embargo.lifts_at)

    @admin.display(description="now", ordering="ended_at")
    def holds(self, embargo: Embargo) -> str:
        return state_of(embargo)

    def called(self, obj: Any) -> str:
        return f"Embargo on {obj.get_covers_display()} of {obj.film}"

    def what_follows(self, request: HttpRequest, obj: Any, *, is_new: bool) -> str:
        return holding(obj)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs | {"form": TermsForm})
        form: Any = super().get_form(request, obj, change, **kwargs | {"form": AgreementForm})
        form.by = account_of(request)
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # What an embargo holds and until when is changed by "Move…" and "Lift now…", which re-time the reviews.
        return ["film", "covers", "ended_at", "ended_because"] if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        # The moment of one that is agreed stands above the form, on the clocks of all who ask.
        fields = ["film", "covers", "zone" if obj else "lifts_at", "agreed_with", "terms"]
        fieldsets: list[Any] = [(None, {"description": self.description, "fields": fields})]
        return [*fieldsets, self.ended_fieldset] if obj and obj.ended_at else fieldsets

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.ended_at)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        film = request.POST.get("film", "")
        if object_id is not None or not is_key(film):
            return super().changeform_view(request, object_id, form_url, extra_context)
        # The lock covers both the check for changes and the new agreement.
        with locked(int(film)):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def why_closed(self, obj: Embargo) -> str:
        return (
            f"This embargo ended on {spoken_twice(obj.ended_at)}: {obj.ended_because}" if obj.ended_at else ""
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            # Not what ends it: somebody may be lifting it in this very moment.
            obj.save(update_fields=["zone", "agreed_with", "terms"])
            if changed := changed_parts(form, []):
                embargoes.note_terms(obj, changed, by=account_of(request))
            return
        with observed(obj.film) as effect:
            embargoes.impose(obj, by=account_of(request))
        for sentence in effect.sentences:
            self.message_user(request, sentence, messages.WARNING)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        form = context["adminform"].form
        # Read anew: where the form has errors, ``obj`` holds what was typed and not what is saved.
        saved = Embargo.objects.select_related("film").filter(pk=obj.pk).first() if obj else None
        context |= {
            "may_move": bool(saved and self.has_change_permission(request, saved)),
            "is_waiting": bool(saved and saved.lifts_at > clock.now()),
            "agreement": form if add and form.statements else None,
            "shown": shown(saved, with_terms=False) if saved else None,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def film_of(self, obj: Embargo) -> Film:
        return obj.film

    # -- Move and lift ------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                f"<path:object_id>/{name}/", self.admin_site.admin_view(view), name=f"reviews_embargo_{name}"
            )
            for name, view in (("move", self.move_view), ("lift", self.lift_view))
        ] + super().get_urls()

    def held(self, obj: Embargo) -> AbstractContextManager[Embargo]:
        return embargoes.locked_embargo(obj)

    def move_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        embargo = self.found(request, object_id, CHANGE)
        if embargo is None:
            return self.missing(request, object_id)
        return self.confirm(request, embargo, lambda saved: self._move(request, saved))

    def lift_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        embargo = self.found(request, object_id, CHANGE)
        if embargo is None:
            return self.missing(request, object_id)
        return self.confirm(request, embargo, lambda saved: self._lift(request, saved))

    def _move(self, request: HttpRequest, embargo: Embargo) -> ConfirmPage:
        form = MoveForm(request.POST if request.method == "POST" else None, zone=embargo.zone)
        lifts_at = form.cleaned_data["lifts_at"] if form.is_bound and form.is_valid() else None
        successors: list[Embargo] = []
        by = account_of(request)

        def move(current: Embargo, because: str) -> None:
            assert lifts_at is not None  # The page is open until a moment was typed.
            successors[:] = [embargoes.move(current, lifts_at, because=because, by=by)[0]]

        return _ending(
            embargo,
            form,
            move if lifts_at else None,
            title="Move",
            done=f"{called(embargo)} lifts on {spoken_twice(lifts_at, embargo.zone)}." if lifts_at else "",
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
    """The confirm page of a verb that ends an agreement; without ``end`` the form has not said enough yet."""
    obstacles = ["That embargo has ended already: see which one holds now."] if embargo.ended_at else []
    statements = []
    if end and not obstacles:
        rehearsal = Embargo.objects.select_related("film").get(pk=embargo.pk)
        try:
            statements = [done, *rehearsed(embargo.film, lambda: end(rehearsal, "rehearsal"))]
        except EmbargoError as error:
            obstacles = [str(error)]

    def act() -> str:
        assert end is not None  # The page is open until then.
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

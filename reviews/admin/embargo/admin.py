"""Embargoes: agreed once, then moved or lifted with a reason, never deleted."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse

from reviews import clock
from reviews.admin.embargo.clocks import shown, state_of
from reviews.admin.embargo.effects import holding, name_of, observed
from reviews.admin.embargo.ending import EndingPages
from reviews.admin.embargo.forms import AgreementForm, TermsForm
from reviews.admin.parts.account import account_of
from reviews.admin.parts.badges import led
from reviews.admin.parts.base import DeskModelAdmin
from reviews.admin.parts.history import FilmHistoryPage, changed_parts, log_url
from reviews.admin.parts.values import is_key
from reviews.admin.time.addresses import as_of
from reviews.desk.dates import moment_in_words, short, spoken_in, spoken_twice
from reviews.desk.verbs import embargoes
from reviews.desk.verbs.locks import locked
from reviews.models import Embargo


class HoldsFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "holds"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "active"), ("no", "lifted or ended")]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        match self.value():
            case "yes":
                return queryset.active()  # type: ignore[attr-defined, no-any-return]
            case "no":
                return queryset.exclude(pk__in=Embargo.objects.active().values("pk"))
        return queryset


@admin.register(Embargo)
class EmbargoAdmin(DeskModelAdmin):
    pages = (EndingPages, FilmHistoryPage)
    list_display = [
        "film",
        "holds",
        "covers",
        "lifts_here",
        "lifts_there",
        "agreed",
        "ended",
    ]
    empty_list = "What was agreed with studios: an embargo holds every review of its film until its moment."
    list_select_related = ["film"]
    list_filter = [HoldsFilter, "covers"]
    search_fields = ["film__title", "agreed_with", "terms"]
    autocomplete_fields = ["film"]
    description = (
        "An embargo on reviews hides the film’s published reviews at once, and holds those that are scheduled. "
        "It is never deleted: move it or lift it, with a reason."
    )
    ended_fieldset = ("How it ended", {"fields": ["ended_at", "ended_because"]})

    @admin.display(description="lifts at", ordering="lifts_at")
    def lifts_here(self, embargo: Embargo) -> str:
        return led("Site time", short(embargo.lifts_at))

    @admin.display(description="in the studio’s zone", ordering="lifts_at")
    def lifts_there(self, embargo: Embargo) -> str:
        return led("Studio", spoken_in(embargo.zone, embargo.lifts_at))

    @admin.display(description="now", ordering="ended_at")
    def holds(self, embargo: Embargo) -> str:
        return state_of(embargo)

    @admin.display(description="agreed with", ordering="agreed_with")
    def agreed(self, embargo: Embargo) -> str | None:
        return led("Agreed with", embargo.agreed_with) if embargo.agreed_with else None

    @admin.display(description="ended because", ordering="ended_because")
    def ended(self, embargo: Embargo) -> str | None:
        return led("Ended because", embargo.ended_because) if embargo.ended_because else None

    def called(self, obj: Any) -> str:
        return name_of(obj)

    def what_follows(self, request: HttpRequest, obj: Any, *, is_new: bool) -> str:
        return holding(obj)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs | {"form": TermsForm})
        form: Any = super().get_form(request, obj, change, **kwargs | {"form": AgreementForm})
        form.by = account_of(request)
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # Its scope and end are changed by "Move…" and "Lift now…", which reschedule the reviews.
        return ["film", "covers", "ended_at", "ended_because"] if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        # The end of a saved embargo is shown above the form, in several zones.
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
            # Not the columns that end it: somebody may be lifting it at the same time.
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
        # Read again: if the form has errors, ``obj`` has what was typed.
        saved = Embargo.objects.select_related("film").filter(pk=obj.pk).first() if obj else None
        # Its own name is that of logs and records, in UTC.
        called = f"{self.called(saved)} until {moment_in_words(saved.lifts_at)}" if saved else ""
        context |= {
            "called": called,
            "crumb": self.called(saved) if saved else "",
            "subtitle": called,
            "may_move": bool(saved and self.has_change_permission(request, saved)),
            "is_waiting": bool(saved and saved.lifts_at > clock.now()),
            "agreement": form if add and form.statements else None,
            "shown": shown(saved, with_terms=False) if saved else None,
            "log_url": log_url(account_of(request), saved) if saved else "",
            "then": _then(saved) if saved else "",
        }
        return super().render_change_form(request, context, add, change, form_url, obj)


def _then(embargo: Embargo) -> str:
    """The film's page when the embargo lifts or lifted, in the time machine."""
    ends = min(embargo.ended_at or embargo.lifts_at, embargo.lifts_at)
    return as_of(ends, embargo.film.get_absolute_url())

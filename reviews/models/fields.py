"""Field types that more than one model uses."""

import uuid
import zoneinfo
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models.signals import pre_save

from reviews.rules.identifiers import IdentifierError
from reviews.rules.slugs import SLUG_PATTERN, sort_key
from reviews.text import WEB_ADDRESS_PATTERN, clean_characters, excess, has_line_break, web_address

if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
    _TextField = models.TextField[str, str]
    _URLField = models.URLField[str, str]
else:
    _CharField, _TextField, _URLField = models.CharField, models.TextField, models.URLField


class _WithoutControlCharacters:
    """Remove what XML 1.0 forbids from values, however they are set, and from look-ups."""

    def to_python(self, value: Any) -> Any:
        # Here too, so that a text of control characters only is rejected as blank before it is saved.
        value = super().to_python(value)  # type: ignore[misc]
        return clean_characters(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)  # type: ignore[misc]
        return clean_characters(value) if isinstance(value, str) else value


BROKEN_LINE = "This must be one line: put a space where it breaks."


class LineField(_WithoutControlCharacters, _CharField):
    """One line of text. Validation refuses a line break, unless the saved row has the same text."""

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        if isinstance(value, str) and has_line_break(value) and not self._is_saved(value, model_instance):
            raise ValidationError(BROKEN_LINE, code="line_break")
        return super().clean(value, model_instance)

    def _is_saved(self, value: str, row: models.Model | None) -> bool:
        """Whether the row has been saved with this text, by an earlier release or past validation."""
        if row is None or row.pk is None:
            return False
        saved = type(row)._base_manager.using(row._state.db)
        return saved.filter(pk=row.pk, **{self.attname: value}).exists()


class ProseField(_WithoutControlCharacters, _TextField):
    """Text of any length."""


class WithinLimits(models.Model):
    """A model whose texts of any length must be within the limits of copy, because readers' pages render them."""

    when_too_long = "shorten it"

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        fields = [field for field in self._meta.concrete_fields if isinstance(field, ProseField)]
        over = [field.name for field in fields if not field.max_length and excess(getattr(self, field.name))]
        if not over:
            return
        # A text that is already longer may be shortened step by step.
        saved = type(self)._base_manager.filter(pk=self.pk).values(*over).first() or {}
        says = {
            name: excess(getattr(self, name), saved.get(name, ""), instead=self.when_too_long)
            for name in over
        }
        if errors := {name: ValidationError(text, code="too_long") for name, text in says.items() if text}:
            raise ValidationError(errors)


NOT_OF_THE_WEB = (
    "Write a web address that begins with https:// or http://, without a name or password before the host."
)


def validate_web_address(address: str) -> None:
    """Accept addresses that are safe as a link: ``http`` and ``https``, but not ``javascript:``."""
    if not web_address(address):
        raise ValidationError(NOT_OF_THE_WEB)
    URLValidator(schemes=["http", "https"], message=NOT_OF_THE_WEB)(address)


class WebAddressField(_WithoutControlCharacters, _URLField):
    """A web address. Its model has ``web_address_check``, which also covers rows that no form has validated."""

    default_validators = [validate_web_address]

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"error_messages": {"invalid": NOT_OF_THE_WEB}, **kwargs})


def web_address_check(field: str, *, name: str) -> models.CheckConstraint:
    """The constraint that a ``WebAddressField`` is empty or contains an address that is safe as a link."""
    return models.CheckConstraint(
        condition=models.Q(**{field: ""}) | models.Q(**{f"{field}__iregex": WEB_ADDRESS_PATTERN}),
        name=name,
        violation_error_message=NOT_OF_THE_WEB,
    )


class SlugField(LineField):
    """The part of an address that identifies one thing, in any script. Unique; we never add a suffix to make it so."""

    default_validators = [
        RegexValidator(
            rf"\A{SLUG_PATTERN}\Z",
            "An address may hold letters and numbers of any script and single hyphens, such as “la-haine”.",
        )
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 100)
        super().__init__(*args, **kwargs)


class SortKeyField(LineField):
    """The sort key of an alphabetical list, computed from another field on every save, fixtures included."""

    def __init__(self, source: str, **kwargs: Any) -> None:
        self.source = source
        super().__init__(**{"max_length": 200, "editable": False, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.source, *args], kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        # A fixture's rows are saved raw: Django then calls no ``pre_save`` of a field, but it does send the
        # signal.
        pre_save.connect(self._before_saving, sender=cls)

    def _before_saving(self, instance: models.Model, raw: bool, **kwargs: Any) -> None:
        if raw:
            self.pre_save(instance, add=True)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = sort_key(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, value)
        return value


class IdentifierField(LineField):
    """An id in another catalogue (IMDb, TMDB, Wikidata, EIDR), normalised by ``parse``; may be empty."""

    def __init__(self, parse: Callable[[str], str], **kwargs: Any) -> None:
        self.parse = parse
        super().__init__(**{"max_length": 40, "blank": True, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.parse, *args], kwargs

    def formfield(self, **kwargs: Any) -> Any:
        # A pasted web address is longer than the id in it.
        return super().formfield(**{"max_length": 300, **kwargs})

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if not value:
            return value
        try:
            return self.parse(value)
        except IdentifierError as error:
            raise ValidationError(str(error), code="invalid") from error


class Identified(models.Model):
    """A model with a ``uid``, which identifies it in feeds, cursors, anchors, exports and logs."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


def validate_time_zone(name: str) -> None:
    """Accept the names of the IANA time zone database, such as ``Europe/London``."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            f"“{name}” is not a time zone. Write one such as Europe/London or America/New_York."
        )

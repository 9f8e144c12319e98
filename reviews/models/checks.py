"""Check constraints of a model, validated in one query."""

from collections.abc import Collection
from functools import reduce
from operator import and_
from typing import Any

from django.db import models
from django.db.models import CheckConstraint, Q


class CheckedTogether(models.Model):
    """A model whose check constraints are validated in one query, and one by one only if one is violated.

    Django runs three statements for each.
    """

    _holding: frozenset[str] = frozenset()
    """The names of constraints known to be satisfied, during validation."""

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        self._holding = self._checks_that_hold(set(exclude or ()))
        try:
            super().validate_constraints(exclude=exclude)
        finally:
            self._holding = frozenset()

    def get_constraints(self) -> Any:
        return [
            (model, [constraint for constraint in constraints if constraint.name not in self._holding])
            for model, constraints in super().get_constraints()
        ]

    def _checks_that_hold(self, exclude: set[str]) -> frozenset[str]:
        checks = {
            constraint.name: Q(constraint.condition)
            for _, constraints in super().get_constraints()
            for constraint in constraints
            if isinstance(constraint, CheckConstraint)
            and not Q(constraint.condition).referenced_base_fields & exclude
        }
        if not checks:
            return frozenset()
        against = self._get_field_expression_map(meta=self._meta, exclude=exclude)  # type: ignore[attr-defined]
        return frozenset(checks) if reduce(and_, checks.values()).check(against) else frozenset()

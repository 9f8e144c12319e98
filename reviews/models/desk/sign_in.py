"""Counts of failed sign-ins. User names are stored as digests only: people type passwords into the name field."""

from django.db import models


class SignInAttemptsQuerySet(models.QuerySet["SignInAttempts"]):
    def get_by_natural_key(self, key: str) -> "SignInAttempts":
        return self.get(key=key)


class SignInAttempts(models.Model):
    """Recent failed sign-ins for one ``key``: an address, or an account and an address.

    ``key`` is a keyed digest. ``refused_until`` is None if the next attempt is allowed now.
    """

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    refused_until = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(db_index=True)

    objects = SignInAttemptsQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name_plural = "sign-in attempts"

    def __str__(self) -> str:
        return f"{self.failures} failed attempts"

    def natural_key(self) -> tuple[str]:
        return (self.key,)

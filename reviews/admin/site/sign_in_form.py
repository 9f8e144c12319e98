"""The sign-in form: it limits attempts, and logs each one that fails."""

import datetime as dt
import ipaddress
import logging
import math
from typing import Any

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from reviews import clock
from reviews.desk import tidying
from reviews.desk.accounts import attempts

LONGEST_NAME = 150
"""Characters, as the accounts' table has it."""

logger = logging.getLogger("reviews.sign_in")


class SignInForm(AdminAuthenticationForm):
    """Django's form, which checks a password only if another attempt is allowed."""

    def __init__(self, request: HttpRequest | None = None, data: Any = None, **kwargs: Any) -> None:
        if data is not None and len(data.get("username", "")) > LONGEST_NAME:
            data = data.copy()
            data["username"] = data["username"][: LONGEST_NAME + 1]  # The page does not repeat more of it.
        super().__init__(request, data, **kwargs)

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if len(name) > LONGEST_NAME:
            raise ValidationError(f"A user name has at most {LONGEST_NAME} characters.", code="max_length")
        return name

    def clean(self) -> dict[str, Any]:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not (name and password and self.request):
            return super().clean()
        address = address_of(self.request)
        if until := attempts.begin(address, name):
            logger.warning("Refused an attempt to sign in %s from %s.", _as_whom(name), address)
            raise ValidationError(_too_many(until), code="too_many")
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            logger.warning("An attempt to sign in %s from %s failed.", _as_whom(name), address)
            raise
        attempts.succeeded(address, name)
        tidying.remove_some(tidying.expired_sessions())  # One more is about to be added.
        return cleaned


def address_of(request: HttpRequest) -> str:
    """The visitor's IP address; for IPv6 the /64 network, which one household or office usually has.

    Behind a proxy it is the last entry of ``X-Forwarded-For``, which our proxy adds. A visitor can forge the others.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    # If the header is sent twice, the server joins the values with a comma.
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    for text in (forwarded, direct) if settings.BEHIND_PROXY else (direct,):
        if address := _network(text):
            return address
    return "an unknown address"


def _network(text: str) -> str:
    if text.count(":") == 1 or text.startswith("["):  # Some proxies add the port.
        text = text.strip("[").rpartition(":")[0].rstrip("]") if not text.endswith("]") else text.strip("[]")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), 64), strict=False))


def _as_whom(name: str) -> str:
    """The account, where it is one. An unknown name is not logged: it may be a password."""
    return f"as “{name}”" if User.objects.filter(username=name).exists() else "under an unknown name"


def _too_many(until: dt.datetime) -> str:
    seconds = max(1, math.ceil((until - clock.now()).total_seconds()))
    if seconds < 60:
        wait = f"{seconds} second{'s' if seconds > 1 else ''}"
    else:
        minutes = math.ceil(seconds / 60)
        wait = f"{minutes} minute{'s' if minutes > 1 else ''}"
    return f"Too many attempts to sign in have failed. Try again in {wait}."

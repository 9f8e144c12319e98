"""The call by which a CDN is asked to drop pages: a POST that names their keys in ``Surrogate-Key``."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Collection
from typing import Any

from django.conf import settings

PATIENCE = 3.0
"""Seconds that the CDN has to answer."""


class NotPurged(Exception):
    """The CDN has not confirmed. Contains why, in words for the desk, without what was asked or by which secret."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect is no confirmation, and the secret is for one address only."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def call(keys: Collection[str]) -> None:
    """Ask once. Raises NotPurged."""
    name, _, value = settings.CDN_PURGE_HEADER.partition(":")
    headers = {"Surrogate-Key": " ".join(sorted(keys)), **({name.strip(): value.strip()} if name else {})}
    request = urllib.request.Request(settings.CDN_PURGE_URL, data=b"", headers=headers, method="POST")
    try:
        with urllib.request.build_opener(_NoRedirects).open(request, timeout=PATIENCE):
            pass
    except urllib.error.HTTPError as error:
        error.close()
        raise NotPurged(f"it answered with status {error.code}") from None
    except TimeoutError:
        raise NotPurged(f"it did not answer within {PATIENCE:g} seconds") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise NotPurged(f"it could not be reached ({type(reason).__name__})") from None

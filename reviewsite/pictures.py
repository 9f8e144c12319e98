"""Where files of pictures are kept, by one variable: a folder of this machine, or a bucket of S3 or of its like."""

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from reviewsite.environment import Values, flag, text

SIGNED_FOR = 60
"""Seconds for which an address is right that is signed for the proxy in front. No reader is told one."""
_SCHEMES = {"s3": "https", "s3+http": "http"}
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PROBLEM = (
    "PICTURES_URL cannot be read. Write s3://key:secret@host/bucket, with any of @ : / ? # % + in the key or the "
    "secret as %40 and so on, and ?region=… behind it if the bucket has one; s3+http://… if the host speaks no https."
)
_LACKING = (
    "PICTURES_URL names a bucket, and the packages for that are not installed: "
    ".venv/bin/pip install --require-hashes --no-deps -r requirements-s3.txt"
)


def pictures_storage(values: Values, folder: Path) -> dict[str, Any]:
    """Django's settings for the storage of pictures: ``folder``, unless PICTURES_URL names a bucket."""
    address = text(values, "PICTURES_URL")
    if not address:
        kept = {"location": folder, "is_for_group": flag(values, "PICTURES_ACCEL")}
        return {"BACKEND": "reviews.pictures.storage.LocalPictures", "OPTIONS": kept}
    options = _bucket(address)
    if not (find_spec("storages") and find_spec("boto3")):
        raise ImproperlyConfigured(_LACKING)
    return {"BACKEND": "reviews.pictures.bucket.BucketPictures", "OPTIONS": options}


def _bucket(address: str) -> dict[str, Any]:
    try:
        parts = urlsplit(address)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        port = f":{parts.port}" if parts.port else ""
        query = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    except ValueError as error:
        raise ImproperlyConfigured(_PROBLEM) from error
    bucket = parts.path.strip("/")
    is_right = (
        parts.scheme in _SCHEMES
        and host
        and parts.username
        and parts.password
        and not parts.fragment
        and _BUCKET.fullmatch(bucket)
        and query.keys() <= {"region"}
    )
    if not is_right:
        raise ImproperlyConfigured(_PROBLEM)
    return {
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "bucket_name": bucket,
        "endpoint_url": f"{_SCHEMES[parts.scheme]}://{host}{port}",
        "region_name": query.get("region", "us-east-1"),
        "querystring_expire": SIGNED_FOR,
    }

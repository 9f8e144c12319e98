"""Files of pictures in a bucket of S3 or of its like, through django-storages. Imported only where one is configured.

Readers never learn its address: the site hands on what is in it, or the proxy in front fetches it.
"""

from mimetypes import guess_type
from typing import Any
from urllib.parse import urlsplit

from botocore.config import Config
from botocore.exceptions import ClientError
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

_PATIENCE = Config(
    connect_timeout=3,
    read_timeout=10,
    retries={"max_attempts": 2, "mode": "standard"},
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    # Buckets of others than Amazon do not know its newer checksums.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
_ABSENT = ("404", "NoSuchKey", "NotFound")


class BucketPictures(S3Storage):
    """A bucket that only the site's own key reads. A file is there whole, or not at all."""

    def __init__(self, **options: Any) -> None:
        own = {
            "client_config": _PATIENCE,
            "default_acl": None,
            "file_overwrite": True,
            "querystring_auth": True,
        }
        super().__init__(**own | options)

    def _open(self, name: str, mode: str = "rb") -> "ContentFile[bytes]":
        """One request. Raises FileNotFoundError."""
        try:
            found = self._client.get_object(Bucket=self.bucket_name, Key=self._normalize_name(name))
        except ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                raise FileNotFoundError(name) from None
            raise
        return ContentFile(found["Body"].read(), name)

    def _save(self, name: str, content: Any) -> str:
        data = b"".join(content.chunks())
        kept = {"Bucket": self.bucket_name, "Key": self._normalize_name(name)}
        self._client.put_object(
            **kept, Body=data, ContentType=guess_type(name)[0] or "application/octet-stream"
        )
        return name

    def handed_over(self, name: str) -> str:
        """The address below which the proxy in front, and nobody else, fetches it: signed for a minute."""
        signed = urlsplit(str(self.url(name)))
        return f"/signed-pictures{signed.path}?{signed.query}"

    @property
    def _client(self) -> Any:
        return self.connection.meta.client

"""Django's JSON for ``dumpdata``, with moments to the microsecond.

Django's own ends them at the millisecond: the digests of a restored history would no longer fit, and its editions would
be visible a moment earlier than they were.
"""

import datetime as dt
from typing import Any

from django.core.serializers import json
from django.core.serializers.json import Deserializer, DjangoJSONEncoder

__all__ = ["Deserializer", "Serializer"]


class _ExactEncoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, dt.datetime | dt.time) else super().default(o)


class Serializer(json.Serializer):
    def _init_options(self) -> None:
        super()._init_options()  # type: ignore[misc]
        self.json_kwargs["cls"] = _ExactEncoder

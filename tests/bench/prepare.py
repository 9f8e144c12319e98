"""Prepare a demo for :mod:`tests.bench.served`, in its environment, and print what leads into its desk as JSON."""

import io
import json
import sys

import django


def main() -> None:
    django.setup()
    # Models can be imported only now.
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.urls import reverse

    from reviews.models import Review
    from tests.bench.sessions import session_of
    from tests.bench.staging import stage_every_state

    call_command("demo", "--no-serve", stdout=io.StringIO())
    stage_every_state()
    session = session_of(User.objects.get(username="publisher"))
    scheduled, draft = (Review.objects.get(slug=f"ballerina-{state}") for state in ("scheduled", "draft"))
    json.dump(
        {
            "cookie": {"name": settings.SESSION_COOKIE_NAME, "value": session},
            "paths": {
                "review form": reverse("admin:reviews_review_change", args=[scheduled.pk]),
                "publish": reverse("admin:reviews_review_publish", args=[scheduled.pk]),
                "publish, obstructed": reverse("admin:reviews_review_publish", args=[draft.pk]),
            },
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()

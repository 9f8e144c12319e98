"""Prepare a desk for :mod:`tests.bench.desk`: fifty editors, a review for each, their sessions; printed as JSON."""

import io
import json
import sys

import django

EDITORS = 50


def main() -> None:
    django.setup()
    # Models can be imported only now.
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from reviews.seeding.factories import make_account, make_film, make_review

    call_command("demo", "--no-serve", stdout=io.StringIO())
    film = make_film()
    editors = []
    for number in range(EDITORS):
        client = Client()
        account = make_account("Editor", username=f"editor-of-bench-{number}")
        client.force_login(account, "django.contrib.auth.backends.ModelBackend")
        review = make_review(film=film, headline=f"Of editor {number}")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        editors.append({"session": session, "review": review.pk, "slug": review.slug})
    json.dump({"cookie": settings.SESSION_COOKIE_NAME, "editors": editors}, sys.stdout)


if __name__ == "__main__":
    main()

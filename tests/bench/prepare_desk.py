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

    from reviews.seeding.factories import make_account, make_film
    from tests.bench.sessions import writer

    call_command("demo", "--no-serve", stdout=io.StringIO())
    film = make_film()
    editors = [
        writer(
            make_account("Editor", username=f"editor-of-bench-{number}"),
            film=film,
            headline=f"Of editor {number}",
        )
        for number in range(EDITORS)
    ]
    json.dump({"cookie": settings.SESSION_COOKIE_NAME, "editors": editors}, sys.stdout)


if __name__ == "__main__":
    main()

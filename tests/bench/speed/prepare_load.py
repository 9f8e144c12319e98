"""Prepare an archive of a thousand reviews with some editors for :mod:`tests.bench.served`, printed as JSON."""

import json
import sys

import django

EDITORS = 4


def main() -> None:
    django.setup()
    # Models can be imported only now.
    from django.conf import settings
    from django.core.management import call_command

    from reviews import clock
    from reviews.seeding.factories import make_account, make_film
    from reviews.seeding.invented.plan import midnight
    from reviews.seeding.invented.writing import seed
    from tests.bench.sessions import writer
    from tests.bench.speed.archives import SIZES
    from tests.bench.speed.pages import pages

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    seed(SIZES["1k"].reviews, as_of=midnight(clock.now()), progress=lambda written: None)
    film = make_film()
    editors = [
        writer(make_account("Editor", username=f"editor-of-bench-{number}"), film=film)
        for number in range(EDITORS)
    ]
    found = {"cookie": settings.SESSION_COOKIE_NAME, "editors": editors, "pages": pages()}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()

"""Prepare an archive of some hundred reviews, and one that waits for its moment, for :mod:`tests.bench.served`."""

import json
import sys

import django

REVIEWS = 300


def main() -> None:
    django.setup()
    # Models can be imported only now.
    from django.core.management import call_command

    from reviews import clock
    from reviews.seeding.factories import make_critic, make_film, make_review
    from reviews.seeding.invented.plan import midnight
    from reviews.seeding.invented.writing import seed
    from tests.bench.lift.schedule import FILM, HEADLINE, SLUG

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    seed(REVIEWS, as_of=midnight(clock.now()), progress=lambda written: None)
    make_review(
        slug=SLUG,
        headline=HEADLINE,
        film=make_film(slug=FILM, title="The one that waits"),
        critic=make_critic(),
    )
    json.dump({}, sys.stdout)


if __name__ == "__main__":
    main()

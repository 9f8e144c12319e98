"""Prepare a desk for :mod:`tests.bench.hostile`: a critic, with a review for each request; printed as JSON."""

import io
import json
import sys

import django

AT_ONCE = 8


def main() -> None:
    django.setup()
    # Models can be imported only now.
    from django.conf import settings
    from django.core.management import call_command

    from reviews.seeding.factories import make_account, make_critic, make_film
    from tests.bench.sessions import writer

    call_command("demo", "--no-serve", stdout=io.StringIO())
    account = make_account("Critic", username="critic-of-bench")
    fields = {"film": make_film(), "critic": make_critic(user=account)}
    critics = [writer(account, headline=f"Copy {number}", **fields) for number in range(AT_ONCE)]
    json.dump({"cookie": settings.SESSION_COOKIE_NAME, "critics": critics}, sys.stdout)


if __name__ == "__main__":
    main()

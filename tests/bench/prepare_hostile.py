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
    from django.test import Client

    from reviews.seeding.factories import make_account, make_critic, make_film, make_review

    call_command("demo", "--no-serve", stdout=io.StringIO())
    account = make_account("Critic", username="critic-of-bench")
    critic = make_critic(user=account)
    film = make_film()
    critics = []
    for number in range(AT_ONCE):
        client = Client()
        client.force_login(account, "django.contrib.auth.backends.ModelBackend")
        review = make_review(film=film, critic=critic, headline=f"Copy {number}")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        critics.append({"session": session, "review": review.pk, "slug": review.slug})
    json.dump({"cookie": settings.SESSION_COOKIE_NAME, "critics": critics}, sys.stdout)


if __name__ == "__main__":
    main()

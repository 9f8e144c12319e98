"""Schedule the review that waits, under an embargo, by the verbs, in a process of its own: ``LIFT_AT`` in ISO 8601."""

import datetime as dt
import json
import os
import sys

import django

SLUG, FILM = "the-lift", "the-film-that-waits"
HEADLINE = "It was worth the wait"


def main() -> None:
    django.setup()
    from reviews.desk.verbs import embargoes, publishing
    from reviews.models import Embargo, Film, Review

    at = dt.datetime.fromisoformat(os.environ["LIFT_AT"])
    embargoes.impose(Embargo(film=Film.objects.get(slug=FILM), lifts_at=at, zone="UTC"))
    edition = publishing.publish(Review.objects.get(slug=SLUG))
    json.dump({"visible_from": edition.visible_from.isoformat()}, sys.stdout)


if __name__ == "__main__":
    main()

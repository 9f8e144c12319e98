"""Ends the rights of the pictures of a running demo, and prints how many there are."""

import django

django.setup()

from reviews import clock  # noqa: E402
from reviews.models import Picture  # noqa: E402

if __name__ == "__main__":
    pictures = [*Picture.objects.filter(embargo_until=None)]
    for picture in pictures:
        picture.rights_until = clock.now()
        picture.save()
    print(len(pictures))  # noqa: T201

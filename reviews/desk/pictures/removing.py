"""Removing a picture for good, with all its versions and their files."""

from functools import partial

from django.db import transaction

from reviews.models import Picture, PictureFile
from reviews.pictures import storage


def remove(picture: Picture) -> None:
    """Delete a picture that nothing shows; its files go once the transaction is committed.

    Raises ProtectedError if something shows it after all.
    """
    versions = PictureFile.objects.filter(picture_uid=picture.uid)
    files = list(versions)
    picture.delete()
    versions.delete()
    for file in files:
        transaction.on_commit(partial(storage.remove, file), robust=True)

"""Pictures that readers do not see, although what they stand on is public."""

import datetime as dt

from reviews.audit.world import World, token_called, uid
from reviews.models import Critic, Film, PictureFile
from reviews.models.shared.picture import PictureFilm

# Readers see nothing of these, so nothing announces them: as bulk writers do who know it.


def picture_under_its_own_embargo(world: World) -> None:
    still = world.picture(f"{world.hidden}-still", embargo_until=world.lift)
    Film.objects.filter(uid=uid(f"film {world.public}")).update(still=still)


def picture_without_rights(world: World) -> None:
    portrait = world.picture(f"{world.hidden}-portrait", rights_until=world.now)
    Critic.objects.filter(uid=uid(f"critic {world.other}")).update(portrait=portrait)


def picture_that_stands_nowhere(world: World) -> None:
    film = world.film(world.public)
    PictureFilm.objects.create(picture=world.picture(f"{world.hidden}-loose"), film=film)


def picture_that_was_replaced(world: World) -> None:
    """An earlier version of a poster that readers see."""
    poster = world.film(world.public).poster
    if poster is None:
        raise ValueError("The public film has no poster.")
    earlier = PictureFile.objects.get(pk=poster.file_id)
    earlier.pk, earlier.uid, earlier.number = None, uid(f"file {world.hidden}-earlier"), 2
    earlier.token = token_called(f"{world.hidden}-earlier")
    earlier.added_at = world.now - dt.timedelta(days=9)
    earlier.save(force_insert=True)
    world.file(earlier)


def hidden_pictures(world: World) -> None:
    """All of these, which cannot cancel each other: each is another file."""
    picture_under_its_own_embargo(world)
    picture_without_rights(world)
    picture_that_stands_nowhere(world)
    picture_that_was_replaced(world)

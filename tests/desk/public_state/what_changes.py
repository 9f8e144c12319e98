"""Changes of every kind of row: each of what is public, and the same of what is hidden."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from reviews.desk.verbs import embargoes, publishing, withdrawing, workflow
from reviews.models import (
    Aspect,
    Correction,
    Credit,
    Critic,
    CriticLink,
    Edition,
    EditionJudgement,
    EditionPicture,
    EditionTag,
    Embargo,
    Film,
    OldAddress,
    Outlet,
    Person,
    Picture,
    PictureFile,
    Release,
    Review,
    Tag,
)
from reviews.models.shared.film import Franchise
from reviews.seeding.factories import make_credit, make_person, make_release
from tests.admin.pages import save, signed_in
from tests.leaks.leaks import LIFT, NOW
from tests.pictures.shelf import kept_picture

HOUR = dt.timedelta(hours=1)
PUBLIC, HIDDEN = "public", "hidden"
Change = Callable[[str], None]


def saved(model: Any, slug: str, /, **fields: Any) -> Change:
    """Code that changes fields of a row of readers' or of a hidden one, whose ``slug`` names it."""

    def change(name: str) -> None:
        row = model.objects.get(slug=slug.format(name))
        for field, value in fields.items():
            setattr(row, field, value.format(name) if isinstance(value, str) else value)
        row.save()

    return change


def posted(model: Any, slug: str, /, **fields: str) -> Change:
    """The same by the form at the desk."""

    def change(name: str) -> None:
        row = model.objects.get(slug=slug.format(name))
        answer = save(
            signed_in("Publisher"), row, **{field: value.format(name) for field, value in fields.items()}
        )
        assert answer.status_code == 302

    return change


def film(name: str) -> Film:
    return Film.objects.get(slug=f"{name}-film")


def edition(name: str) -> Edition:
    return Edition.objects.get(slug=f"{name}-review")


def first(rows: Any) -> Any:
    return rows.order_by("pk")[0]


def edited(rows: Callable[[str], Any], **fields: Any) -> Change:
    def change(name: str) -> None:
        row = first(rows(name))
        for field, value in fields.items():
            setattr(row, field, value)
        row.save()

    return change


def deleted(rows: Callable[[str], Any]) -> Change:
    return lambda name: first(rows(name)).delete()


def credits_of(name: str) -> Any:
    return Credit.objects.filter(film=film(name))


def move_a_credit(name: str) -> None:
    """To a film that nobody sees: it goes from where it was."""
    row = first(credits_of(name))
    row.film = film(HIDDEN)
    row.save()


def take_away_a_tag(name: str) -> None:
    EditionTag.objects.filter(edition=edition(name)).first().delete()  # type: ignore[union-attr]


def judge_otherwise(name: str) -> None:
    row = first(EditionJudgement.objects.filter(edition=edition(name)))
    row.stance = -row.stance or 1
    row.save()


def rewrite(name: str) -> None:
    row = edition(name)
    row.headline = "Written otherwise"
    row.save(update_fields=["headline"])


def hide_by_hand(name: str) -> None:
    row = edition(name)
    row.visible_until = max(NOW, row.visible_from)
    row.save()


def embargo_by_hand(name: str) -> None:
    Embargo.objects.create(film=film(name), lifts_at=LIFT + HOUR, zone="UTC")


def impose(name: str) -> None:
    embargoes.impose(Embargo(film=film(name), lifts_at=LIFT + HOUR, zone="UTC"))


def withdraw(name: str) -> None:
    withdrawing.withdraw(Review.objects.get(slug=f"{name}-review"))


def correct(name: str) -> None:
    review = Review.objects.get(slug=f"{name}-review")
    Review.objects.filter(pk=review.pk).update(standfirst="Corrected.")
    publishing.publish(Review.objects.get(pk=review.pk), at=None if name == PUBLIC else LIFT + HOUR)


def lead_from_an_old_address(name: str) -> None:
    OldAddress.objects.create(path="/films/formerly/", kind="film", target_uid=film(name).uid)


def lead_elsewhere(name: str) -> None:
    """The address of what is public leads to itself, whatever is said of old addresses."""
    OldAddress.objects.create(path="/films/public-film/", kind="film", target_uid=film(PUBLIC).uid)


def release(name: str) -> None:
    make_release(film(name), territory="US")


def credit(name: str) -> None:
    make_credit(film=film(name), person=make_person(name="Somebody new"))


def link(name: str) -> None:
    critic = edition(name).critic
    CriticLink.objects.create(critic=critic, label="Another", url="https://another.example/")


def of_film(model: Any) -> Callable[[str], Any]:
    return lambda name: model.objects.filter(film=film(name))


def links_of(name: str) -> Any:
    return CriticLink.objects.filter(critic__slug=f"{name}-critic")


def aspects_of(name: str) -> Any:
    return Aspect.objects.filter(slug="lead" if name == PUBLIC else "waits")


def old_addresses_of(name: str) -> Any:
    return OldAddress.objects.filter(path=f"/films/{name}-once/")


def retime(name: str) -> None:
    publishing.retime(Review.objects.get(slug=f"{name}-review"), LIFT + HOUR)


def cancel(name: str) -> None:
    publishing.unschedule(Review.objects.get(slug=f"{name}-review"))


def note(name: str) -> None:
    Correction.objects.create(edition=edition(name), note="It was 1995.", at=edition(name).visible_from)


def of_told(model: Any, **fields: Any) -> Change:
    """What the list of corrections alone shows."""

    def change(name: str) -> None:
        row = model.objects.get(slug__startswith="told-")
        for field, value in fields.items():
            setattr(row, field, value)
        row.save()

    return change


def explain(name: str) -> None:
    review = Review.objects.get(slug=f"{name}-review")
    withdrawing.withdraw(review)
    withdrawing.explain(Review.objects.get(pk=review.pk), "It was wrong.")


def reinstate(name: str) -> None:
    withdrawing.reinstate(Review.objects.get(slug="told-review"))


def write_and_submit(name: str) -> None:
    review = Review.objects.get(slug="draft-review")
    review.headline = "Written"
    review.save()
    workflow.submit(review)


def pictures_of(place: str) -> Callable[[str], Any]:
    """The picture that stands there: ``poster``, ``pinned``, or ``waiting`` for the end of its embargo."""
    return lambda name: Picture.objects.filter(name=f"{name}-{place}")


def pinned_in(name: str) -> Any:
    return EditionPicture.objects.filter(edition=edition(name))


def replace_the_poster(name: str) -> None:
    """By a new version."""
    row = first(pictures_of("poster")(name))
    row.file = kept_picture().file
    row.save(update_fields=["file"])


def stand_elsewhere(name: str) -> None:
    critic = edition(name).critic
    critic.portrait = first(pictures_of("loose")(name))
    critic.save()


BOTH: dict[str, Change] = {
    "a picture's words": edited(pictures_of("poster"), alt="Otherwise"),
    "the end of a picture's rights": edited(pictures_of("poster"), rights_until=NOW),
    "a picture put under embargo": edited(pictures_of("pinned"), embargo_until=LIFT),
    "a picture replaced by a new version": replace_the_poster,
    "a picture's focal point": edited(
        lambda name: PictureFile.objects.filter(pk__in=pictures_of("poster")(name).values("file")),
        focal_x=0.9,
    ),
    "a film's poster": edited(lambda name: Film.objects.filter(slug=f"{name}-film"), poster=None),
    "an edition's picture taken away": deleted(pinned_in),
    "a portrait": stand_elsewhere,
    "a film's title": saved(Film, "{}-film", title="Otherwise {}"),
    "a film's title, by form": posted(Film, "{}-film", title="Otherwise {}"),
    "a film's address, by form": posted(Film, "{}-film", slug="{}-elsewhere"),
    "a film's series": edited(lambda name: Film.objects.filter(slug=f"{name}-film"), franchise=None),
    "a critic's bio": saved(Critic, "{}-critic", bio="{} says."),
    "a critic's name, by form": posted(Critic, "{}-critic", name="Otherwise {}"),
    "a critic's link": edited(links_of, label="Somewhere else"),
    "a critic's link taken away": deleted(links_of),
    "another link": link,
    "a person's name": saved(Person, "{}-person", name="Otherwise {}"),
    "a person's name, by form": posted(Person, "{}-person", name="Otherwise {}"),
    "a series's name": saved(Franchise, "{}-series", name="Otherwise {}"),
    "a series's name, by form": posted(Franchise, "{}-series", description="Otherwise {}"),
    "a tag's name": saved(Tag, "{}-tag", name="Otherwise {}"),
    "a tag's name, by form": posted(Tag, "{}-tag", name="Otherwise {}"),
    "an aspect's name": edited(aspects_of, name="Otherwise"),
    "a credit": edited(credits_of, job="writer"),
    "a credit taken away": deleted(credits_of),
    "another credit": credit,
    "a release": edited(of_film(Release), certificate="18"),
    "a release taken away": deleted(of_film(Release)),
    "another release": release,
    "another old address": lead_from_an_old_address,
    "an edition rewritten": rewrite,
    "an edition ended by hand": hide_by_hand,
    "an edition's tag": take_away_a_tag,
    "an edition's judgement": judge_otherwise,
    "an embargo by hand": embargo_by_hand,
    "an embargo": impose,
    "a correction": correct,
    "a note": note,
}
"""Seen of what is public, and not of what is hidden."""

SEEN: dict[str, Change] = {
    "a picture's embargo ended by hand": edited(pictures_of("waiting"), embargo_until=None),
    "a credit moved to a film that nobody sees": move_a_credit,
    "the outlet's name": edited(lambda name: Outlet.objects.all(), tagline="Otherwise"),
    "a review withdrawn": withdraw,
    "a withdrawal explained": explain,
    "a review reinstated": reinstate,
    "a film that only the list of corrections names": of_told(Film, title="Otherwise"),
    "a critic that only the list of corrections names": of_told(Critic, name="Otherwise"),
    "an old address taken away": deleted(old_addresses_of),
    "an old address that leads elsewhere": edited(old_addresses_of, target_uid=UUID(int=1)),
    "an old address of another path": edited(old_addresses_of, path="/films/public-then/"),
    "a note taken away": deleted(lambda name: Correction.objects.filter(kind="withdrawal")),
    "a note dated later": edited(lambda name: Correction.objects.filter(kind="withdrawal"), at=LIFT + HOUR),
    "a note in the list of corrections": edited(
        lambda name: Correction.objects.filter(kind="withdrawal"), note="Otherwise."
    ),
}

UNSEEN: dict[str, Change] = {
    "the words of a picture under embargo": lambda name: edited(pictures_of("waiting"), alt="New")(PUBLIC),
    "the words of a picture that stands nowhere": edited(pictures_of("loose"), alt="Otherwise"),
    "a new version of a picture under embargo": lambda name: edited(
        pictures_of("waiting"), file=kept_picture().file
    )(PUBLIC),
    "a pending edition moved": retime,
    "a pending edition cancelled": cancel,
    "an old address of what is there": lead_elsewhere,
    "a draft written and submitted": write_and_submit,
}

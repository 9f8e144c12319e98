"""Structured data for search engines (JSON-LD, schema.org).

Only an original review by a named person has its rating here. A digest is an article of the outlet's, based on a review
by somebody else. An unknown author is not named, and a verdict is not a rating.
"""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from reviews.models.content import Provenance
from reviews.models.public.edition import Edition
from reviews.models.shared.critic import Critic
from reviews.models.shared.film import Film, Release
from reviews.models.shared.outlet import Outlet
from reviews.models.shared.person import Credit, Job
from reviews.public.addresses import absolute, elsewhere
from reviews.rules import ratings
from reviews.text import web_address

Data = dict[str, Any]

_ESCAPES = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})
_CREDITED_AS = {
    Job.DIRECTOR: "director",
    Job.WRITER: "author",
    Job.PRODUCER: "producer",
    Job.COMPOSER: "musicBy",
    Job.EDITOR: "editor",
    Job.ACTOR: "actor",
}


def as_script(data: Data) -> SafeString:
    """The data as the content of a ``<script type="application/ld+json">``, escaped so that no text can close it."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))


def film_data(film: Film, credits: Iterable[Credit], releases: Iterable[Release]) -> Data:
    """For a film's page. There is no aggregateRating: the site never averages its critics."""
    data = _film(film)
    for credit in credits:
        if name := _CREDITED_AS.get(Job(credit.job)):
            person = {
                "@type": "Person",
                "name": credit.person.name,
                "url": absolute(credit.person.get_absolute_url()),
            }
            if person not in data.setdefault(name, []):
                data[name].append(person)
    if dates := [release.date for release in releases if release.date]:
        data["datePublished"] = min(dates).isoformat()
    if film.runtime_minutes:
        data["duration"] = f"PT{film.runtime_minutes}M"
    if film.synopsis:
        data["description"] = film.synopsis
    if countries := [name.strip() for name in film.countries.split(",") if name.strip()]:
        data["countryOfOrigin"] = [{"@type": "Country", "name": name} for name in countries]
    return {"@context": "https://schema.org", **data}


def review_data(edition: Edition, outlet: Outlet) -> Data:
    """For a review's page, by its provenance."""
    data: Data = {
        "@context": "https://schema.org",
        "@type": "Article" if edition.is_digest else "Review",
        "url": absolute(edition.get_absolute_url()),
        "headline": edition.headline,
        "datePublished": _moment(edition.first_visible_from),
        "dateModified": _moment(edition.visible_from),
        "inLanguage": outlet.language,
        "publisher": _outlet(outlet),
    }
    if description := edition.standfirst or edition.excerpt:
        data["description"] = description
    if edition.is_digest:
        return data | {
            "author": _outlet(outlet),
            "about": _film(edition.film),
            "isBasedOn": _digested(edition),
        }
    data |= {"itemReviewed": _film(edition.film)} | _author(edition.critic)
    if edition.provenance == Provenance.SYNDICATED:
        return data | ({"isBasedOn": source} if (source := _source(edition)) else {})
    return data | _rating(edition)


def _digested(edition: Edition) -> Data:
    headline = {} if edition.headline_is_ours else {"headline": edition.headline}
    return {"@type": "Review"} | headline | _source(edition) | _author(edition.critic, with_page=False)


def _source(edition: Edition) -> Data:
    """The original published elsewhere, as far as it is known; otherwise empty."""
    data: Data = {}
    if address := web_address(edition.source_url):
        data["url"] = address
    if edition.source_name:
        data["publisher"] = {"@type": "Organization", "name": edition.source_name}
    return {"@type": "Review"} | data if data else {}


def _rating(edition: Edition) -> Data:
    """The rating of an original review by a named person, on its own scale."""
    if not edition.critic.is_person:
        return {}
    try:
        rating = ratings.parse(edition.rating, star_scale=edition.star_scale)
    except ratings.RatingError:
        return {}
    if rating is None:
        return {}
    return {
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": str(rating.value),
            "bestRating": rating.scale.best,
            "worstRating": rating.scale.worst,
        }
    }


def _author(critic: Critic, *, with_page: bool = True) -> Data:
    if critic.is_unknown:
        return {}
    page = {"url": absolute(critic.get_absolute_url())} if with_page else {}
    return {"author": {"@type": "Person" if critic.is_person else "Organization", "name": critic.name} | page}


def _outlet(outlet: Outlet) -> Data:
    return {"@type": "Organization", "name": outlet.name, "url": absolute("/")}


def _film(film: Film) -> Data:
    """A film as other data refers to it."""
    data: Data = {"@type": "Movie", "name": film.title, "url": absolute(film.get_absolute_url())}
    if names := [name for name in (film.full_title, film.original_title) if name and name != film.title]:
        data["alternateName"] = names
    if film.release_year:
        data["datePublished"] = str(film.release_year)
    if addresses := [address for _, address in elsewhere(film)]:
        data["sameAs"] = addresses
    return data


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")

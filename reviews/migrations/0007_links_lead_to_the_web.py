import logging
from typing import Any

from django.core.management.base import CommandError
from django.db import migrations, models
from django.db.models import Q

import reviews.models.fields

PATTERN = r"^https?://[^\s/?#@\\]+([/?#]\S*)?\Z"
MESSAGE = "Write a web address that begins with https:// or http://, without a name or password before the host."
HELP = "The original's address, where there is one."

logger = logging.getLogger(__name__)


def check_addresses(apps: Any, schema_editor: Any) -> None:
    """Remove addresses that are not web addresses from editions, which nobody can correct at the desk.

    Raises CommandError, and names them, if a review or a critic's link has one: an editor can correct those.
    """

    def wrong(model: str, field: str) -> Any:
        rows = apps.get_model("reviews", model).objects.using(schema_editor.connection.alias)
        return rows.exclude(Q(**{field: ""}) | Q(**{f"{field}__iregex": PATTERN})).order_by("pk")

    found = [
        f"the source of the review “{review.headline}” ({review.slug}): {review.source_url!r}"
        for review in wrong("Review", "source_url").only("headline", "slug", "source_url")
    ] + [
        f"the link “{link.label}” of the critic {link.critic.name} ({link.critic.slug}): {link.url!r}"
        for link in wrong("CriticLink", "url").select_related("critic")
    ]
    if found:
        raise CommandError(
            "Links must be web addresses that begin with https:// or http://, without a name or password before the "
            f"host. These are not: {'; '.join(found)}. With the version that you ran until now, "
            "correct them at the desk, or clear them. Then run migrate again."
        )
    editions = wrong("Edition", "source_url")
    for slug, number, address in editions.values_list("slug", "number", "source_url"):
        logger.warning("Edition %s of the review “%s” no longer leads to %r.", number, slug, address)
    editions.update(source_url="")


def constraint(field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(**{field: ""}) | models.Q(**{f"{field}__iregex": PATTERN}),
        name=name,
        violation_error_message=MESSAGE,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0006_a_release_is_once"),
    ]

    operations = [
        migrations.RunPython(check_addresses, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="criticlink",
            name="url",
            field=reviews.models.fields.WebAddressField(max_length=500, verbose_name="address"),
        ),
        *(
            migrations.AlterField(
                model_name=model,
                name="source_url",
                field=reviews.models.fields.WebAddressField(
                    blank=True, help_text=HELP, max_length=500, verbose_name="source address"
                ),
            )
            for model in ("edition", "review")
        ),
        migrations.AddConstraint("criticlink", constraint("url", "criticlink_url_of_the_web")),
        migrations.AddConstraint("edition", constraint("source_url", "edition_source_url_of_the_web")),
        migrations.AddConstraint("review", constraint("source_url", "review_source_url_of_the_web")),
    ]

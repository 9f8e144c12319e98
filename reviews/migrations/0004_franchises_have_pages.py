from django.db import migrations, models

import reviews.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0003_nothing_typed_is_lost"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="oldaddress",
            name="oldaddress_kind_known",
        ),
        migrations.AlterField(
            model_name="franchise",
            name="slug",
            field=reviews.models.fields.SlugField(
                error_messages={"unique": "Another franchise has this address: choose another."},
                help_text="Its address on the site: /franchises/…/",
                max_length=100,
                unique=True,
            ),
        ),
        migrations.AlterField(
            model_name="oldaddress",
            name="kind",
            field=models.CharField(
                choices=[
                    ("review", "review"),
                    ("film", "film"),
                    ("critic", "critic"),
                    ("person", "person"),
                    ("tag", "tag"),
                    ("franchise", "franchise"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="franchise",
            index=models.Index(fields=["name", "uid"], name="franchise_alphabetical"),
        ),
        migrations.AddConstraint(
            model_name="oldaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["review", "film", "critic", "person", "tag", "franchise"])),
                name="oldaddress_kind_known",
                violation_error_message="An address leads to a review, film, critic, person, tag or franchise.",
            ),
        ),
    ]

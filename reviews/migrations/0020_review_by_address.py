from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0019_searched_newest"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="edition",
            name="edition_slug",
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                models.F("slug"),
                models.OrderBy(models.F("first_visible_from"), descending=True),
                models.F("review_uid"),
                name="edition_slug_newest",
            ),
        ),
    ]

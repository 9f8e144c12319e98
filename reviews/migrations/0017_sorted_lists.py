from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0016_since_when_an_embargo"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="review",
            name="review_status_newest",
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["visible_from", "review"], name="edition_waiting"),
        ),
        migrations.AddIndex(
            model_name="film",
            index=models.Index(fields=["release_year", "id"], name="film_by_release_year"),
        ),
        migrations.AddIndex(
            model_name="film",
            index=models.Index(fields=["runtime_minutes", "id"], name="film_by_runtime"),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["headline", "sequence", "id"], name="review_by_headline"),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["publish_at", "sequence", "id"], name="review_by_publish_at"),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["verdict", "sequence", "id"], name="review_by_verdict"),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["status", "sequence", "id"], name="review_by_status"),
        ),
    ]

from django.conf import settings
from django.core.management.color import no_style
from django.db import migrations, models
from django.db.models import F

import reviews.models.keys

SEQUENCED = ("autosave", "historyentry", "previewlink", "review")


def number(apps, schema_editor):
    """Number existing rows by their keys, which until now gave the order in which they were made."""
    for name in SEQUENCED:
        rows = apps.get_model("reviews", name).objects.using(schema_editor.connection.alias)
        rows.update(sequence=F("id"))


def count_on(apps, schema_editor):
    """Let a database that counts keys again begin after those that there are. PostgreSQL would begin at 1."""
    connection = schema_editor.connection
    counted = [apps.get_model("reviews", name) for name in (*SEQUENCED, "judgement", "revision")]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), counted):
            cursor.execute(statement)


class Migration(migrations.Migration):
    """Existing rows keep their keys; new rows get random keys, and a sequence number for their order."""

    dependencies = [
        ('reviews', '0007_links_lead_to_the_web'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='judgement',
            options={'ordering': ['aspect__position', 'aspect_id']},
        ),
        migrations.AlterModelOptions(
            name='review',
            options={'ordering': ['-sequence'], 'permissions': [('edit_all_copy', "Can edit everybody's reviews"), ('publish_review', 'Can approve, return and re-time reviews'), ('withdraw_review', 'Can withdraw and reinstate reviews')]},
        ),
        migrations.RemoveIndex(
            model_name='autosave',
            name='autosave_of_review',
        ),
        migrations.RemoveIndex(
            model_name='autosave',
            name='autosave_of_new',
        ),
        migrations.RemoveIndex(
            model_name='historyentry',
            name='history_of_review',
        ),
        migrations.RemoveIndex(
            model_name='historyentry',
            name='history_of_film',
        ),
        migrations.RemoveIndex(
            model_name='previewlink',
            name='previewlink_of_review',
        ),
        migrations.RemoveIndex(
            model_name='review',
            name='review_status_newest',
        ),
        migrations.RemoveIndex(
            model_name='review',
            name='review_status_since',
        ),
        migrations.RemoveIndex(
            model_name='review',
            name='review_planned',
        ),
        migrations.RemoveIndex(
            model_name='review',
            name='review_changed',
        ),
        migrations.RemoveIndex(
            model_name='review',
            name='review_of_film',
        ),
        migrations.AddField(
            model_name='autosave',
            name='sequence',
            field=reviews.models.keys.SequenceField(blank=True, default=0, editable=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='historyentry',
            name='sequence',
            field=reviews.models.keys.SequenceField(blank=True, default=0, editable=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='previewlink',
            name='sequence',
            field=reviews.models.keys.SequenceField(blank=True, default=0, editable=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='review',
            name='sequence',
            field=reviews.models.keys.SequenceField(blank=True, default=0, editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(number, count_on),
        migrations.AlterField(
            model_name='autosave',
            name='id',
            field=models.BigIntegerField(default=reviews.models.keys.random_key, editable=False, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='historyentry',
            name='id',
            field=models.BigIntegerField(default=reviews.models.keys.random_key, editable=False, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='judgement',
            name='id',
            field=models.BigIntegerField(default=reviews.models.keys.random_key, editable=False, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='previewlink',
            name='id',
            field=models.BigIntegerField(default=reviews.models.keys.random_key, editable=False, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='review',
            name='id',
            field=models.BigIntegerField(default=reviews.models.keys.random_key, editable=False, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='revision',
            name='id',
            field=models.BigIntegerField(default=reviews.models.keys.random_key, editable=False, primary_key=True, serialize=False),
        ),
        migrations.AddIndex(
            model_name='autosave',
            index=models.Index(fields=['review', '-seen_at', '-sequence'], name='autosave_of_review'),
        ),
        migrations.AddIndex(
            model_name='autosave',
            index=models.Index(condition=models.Q(('review', None)), fields=['owner', '-seen_at', '-sequence'], name='autosave_of_new'),
        ),
        migrations.AddIndex(
            model_name='historyentry',
            index=models.Index(fields=['review_uid', 'at', 'sequence'], name='history_of_review'),
        ),
        migrations.AddIndex(
            model_name='historyentry',
            index=models.Index(fields=['film_uid', 'at', 'sequence'], name='history_of_film'),
        ),
        migrations.AddIndex(
            model_name='previewlink',
            index=models.Index(fields=['review', '-made_at', '-sequence'], name='previewlink_of_review'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['-sequence', '-id'], name='review_newest'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['status', '-sequence', '-id'], name='review_status_newest'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['status', 'status_since', 'sequence'], name='review_status_since'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('planned_on__isnull', False)), fields=['status', 'planned_on', 'sequence'], name='review_planned'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('has_changes', True)), fields=['-sequence'], name='review_changed'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['film', 'sequence', 'id'], name='review_of_film'),
        ),
    ]

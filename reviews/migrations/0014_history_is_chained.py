from collections.abc import Iterator
from typing import Any

from django.db import migrations, models

from reviews.rules.chain import BEGINNING, digest_after

COVERED = (
    "at",
    "because",
    "by_name",
    "decides_uid",
    "edition_number",
    "film_uid",
    "review_uid",
    "sequence",
    "uid",
    "visible_from",
    "visible_until",
    "what",
)
ROWS_AT_ONCE = 1000


def chain(apps: Any, schema_editor: Any) -> None:
    """Chain existing entries in their order, a thousand at a time, and keep the head."""
    connection = schema_editor.connection
    model = apps.get_model("reviews", "HistoryEntry")
    table, *columns = map(connection.ops.quote_name, (model._meta.db_table, "number", "digest", "id"))
    update = "UPDATE {} SET {} = %s, {} = %s WHERE {} = %s".format(table, *columns)
    count, digest = 0, BEGINNING
    with connection.cursor() as cursor:
        for rows in _in_order(model.objects.using(connection.alias)):
            links = []
            for row in rows:
                count, digest = count + 1, digest_after(digest, {name: row[name] for name in COVERED})
                links.append((count, digest, row["id"]))
            cursor.executemany(update, links)
    heads = apps.get_model("reviews", "HistoryHead").objects.using(connection.alias)
    heads.create(id=1, count=count, digest=digest)


def _in_order(entries: Any) -> Iterator[list[dict[str, Any]]]:
    """All entries by moment and sequence number, read again from the last one each time."""
    order, after = ("at", "sequence", "id"), models.Q()
    while rows := list(entries.filter(after).order_by(*order).values("id", *COVERED)[:ROWS_AT_ONCE]):
        yield rows
        at, sequence, key = (rows[-1][name] for name in order)
        later = models.Q(sequence__gt=sequence) | models.Q(sequence=sequence, id__gt=key)
        after = models.Q(at__gt=at) | models.Q(models.Q(at=at) & later)


class Migration(migrations.Migration):
    dependencies = [
        ('reviews', '0013_a_tag_has_an_order'),
    ]

    operations = [
        migrations.AddField(
            model_name='historyentry',
            name='digest',
            field=models.CharField(blank=True, default='', editable=False, help_text='Of the entry and of the digest before it (SHA-256, hexadecimal).', max_length=64),
        ),
        migrations.AddField(
            model_name='historyentry',
            name='number',
            field=models.PositiveBigIntegerField(blank=True, editable=False, help_text='Its place in the chain, from 1.', null=True, unique=True),
        ),
        migrations.CreateModel(
            name='HistoryHead',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('count', models.PositiveBigIntegerField(default=0)),
                ('digest', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='historyhead_only_one', violation_error_message='The history has one head.')],
            },
        ),
        migrations.RunPython(chain, migrations.RunPython.noop),
    ]

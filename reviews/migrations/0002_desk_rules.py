import uuid
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

import reviews.models.fields


def fill_moments(apps: Any, schema_editor: Any) -> None:
    """A correction takes effect with its edition."""
    using = schema_editor.connection.alias
    Correction = apps.get_model("reviews", "Correction")
    Edition = apps.get_model("reviews", "Edition")
    moments = Edition.objects.using(using).filter(pk=OuterRef("edition")).values("visible_from")
    Correction.objects.using(using).update(at=Subquery(moments))


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoryEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("at", models.DateTimeField()),
                (
                    "by_name",
                    reviews.models.fields.LineField(
                        blank=True, help_text="Kept when the account goes.", max_length=150
                    ),
                ),
                ("film_uid", models.UUIDField()),
                ("review_uid", models.UUIDField(blank=True, null=True)),
                ("what", reviews.models.fields.ProseField()),
                ("because", reviews.models.fields.ProseField(blank=True)),
                ("decides_uid", models.UUIDField(blank=True, null=True)),
                ("edition_number", models.PositiveIntegerField(blank=True, null=True)),
                ("visible_from", models.DateTimeField(blank=True, null=True)),
                ("visible_until", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "history entries",
            },
        ),
        migrations.AlterModelOptions(
            name="review",
            options={
                "ordering": ["-pk"],
                "permissions": [
                    ("edit_all_copy", "Can edit everybody's reviews"),
                    ("publish_review", "Can approve, return and re-time reviews"),
                    ("withdraw_review", "Can withdraw and reinstate reviews"),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="correction",
            name="correction_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="review",
            name="review_status_known",
        ),
        migrations.AddField(
            model_name="correction",
            name="at",
            field=models.DateTimeField(
                default=None,
                help_text="When it takes effect: with its edition, or when the review was withdrawn.",
                null=True,
            ),
        ),
        migrations.RunPython(fill_moments, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="correction",
            name="at",
            field=models.DateTimeField(
                help_text="When it takes effect: with its edition, or when the review was withdrawn."
            ),
        ),
        migrations.AddField(
            model_name="outlet",
            name="four_eyes",
            field=models.BooleanField(
                default=False,
                help_text="Nobody approves their own copy: what one person wrote, another one puts up.",
                verbose_name="four eyes",
            ),
        ),
        migrations.AddField(
            model_name="outlet",
            name="wants_verdict",
            field=models.BooleanField(
                default=False,
                help_text="A review without one is then not published.",
                verbose_name="every review has a verdict",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="has_changes",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Whether what is saved says something else than the newest edition.",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="planned_on",
            field=models.DateField(
                blank=True,
                help_text="The day the desk has it down for, in the calendar. It puts nothing up: approving does.",
                null=True,
                verbose_name="planned for",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="status_since",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="review",
            name="written_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="Whose account began it. With the byline's own account, those whose copy it is.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="correction",
            name="kind",
            field=models.CharField(
                choices=[
                    ("fact", "correction of fact"),
                    ("verdict", "changed verdict"),
                    ("rating", "changed rating"),
                    ("clarification", "clarification"),
                    ("withdrawal", "withdrawal"),
                ],
                default="fact",
                max_length=15,
            ),
        ),
        migrations.AlterField(
            model_name="review",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("in_review", "in review"),
                    ("returned", "returned"),
                    ("approved", "approved"),
                    ("withdrawn", "withdrawn"),
                ],
                default="draft",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(fields=["-at", "uid"], name="correction_newest"),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["visible_from", "id", "visible_until"], name="edition_going_up"),
        ),
        migrations.AddIndex(
            model_name="embargo",
            index=models.Index(fields=["lifts_at", "id"], name="embargo_lifting"),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["status", "status_since", "id"], name="review_status_since"),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=models.Q(("planned_on__isnull", False)),
                fields=["status", "planned_on", "id"],
                name="review_planned",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=models.Q(("has_changes", True)), fields=["-id"], name="review_changed"
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["film", "id"], name="review_of_film"),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["fact", "verdict", "rating", "clarification", "withdrawal"])
                ),
                name="correction_kind_known",
                violation_error_message="Choose what kind of correction this is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "in_review", "returned", "approved", "withdrawn"])
                ),
                name="review_status_known",
                violation_error_message="A review is a draft, in review, returned, approved or withdrawn.",
            ),
        ),
        migrations.AddField(
            model_name="historyentry",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="historyentry",
            index=models.Index(fields=["review_uid", "at", "id"], name="history_of_review"),
        ),
        migrations.AddIndex(
            model_name="historyentry",
            index=models.Index(fields=["film_uid", "at", "id"], name="history_of_film"),
        ),
        migrations.AddConstraint(
            model_name="historyentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("what", ""), _negated=True),
                name="historyentry_says_what",
                violation_error_message="Say what was done.",
            ),
        ),
        migrations.AddConstraint(
            model_name="historyentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decides_uid__isnull", False),
                    models.Q(("visible_from", None), ("visible_until", None)),
                    _connector="OR",
                ),
                name="historyentry_window_decided",
                violation_error_message="Only a decision has a window.",
            ),
        ),
    ]

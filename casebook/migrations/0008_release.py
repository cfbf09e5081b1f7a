"""The way of a case to its readers: what was rewritten, who agreed when, what the reviewer decided."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import cms.encryption


class Migration(migrations.Migration):
    dependencies = [
        ("casebook", "0007_learning"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="consent_time",
            field=models.CharField(
                blank=True,
                choices=[
                    ("c1", "Within the last month"),
                    ("c2", "Within the last half year"),
                    ("c3", "Within the last year"),
                    ("c4", "Longer ago"),
                ],
                max_length=2,
                verbose_name="when they agreed",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="judged_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("j1", "The person responsible in our organisation"),
                    ("j2", "A meeting of our organisation"),
                    ("j3", "The person who writes, alone"),
                ],
                max_length=2,
                verbose_name="judged by",
            ),
        ),
        migrations.AddField(model_name="case", name="rewritten", field=cms.encryption.EncryptedJSONField(null=True)),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["state", "released_at"], name="case_by_state"),
        ),
        migrations.CreateModel(
            name="ReviewDecision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("round", models.PositiveSmallIntegerField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("release", "It may go out"),
                            ("return", "Ask for a change"),
                            ("refuse", "It does not go out"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("known", "However it is said, people would know who it is"),
                            ("names", "It is better discussed with names, where that is allowed"),
                            ("urgent", "Somebody has to act at once"),
                            ("place", "It does not belong to what the casebook is for"),
                        ],
                        max_length=8,
                    ),
                ),
                ("flags", cms.encryption.EncryptedJSONField(default=list)),
                ("checks", models.JSONField(default=list)),
                (
                    "level",
                    models.CharField(
                        choices=[("green", "green"), ("amber", "amber"), ("blocked", "blocked")], max_length=8
                    ),
                ),
                ("persons", models.PositiveIntegerField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="casebook.case"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "decision of the anonymity check",
                "verbose_name_plural": "decisions of the anonymity check",
                "ordering": ["-round"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("case", "round"), name="decision_one_a_round"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("refusal__in", ["known", "names", "urgent", "place"]), ("verdict", "refuse")),
                            models.Q(models.Q(("verdict", "refuse"), _negated=True), ("refusal", "")),
                            _connector="OR",
                        ),
                        name="decision_refused_with_reason",
                    ),
                ],
            },
        ),
    ]

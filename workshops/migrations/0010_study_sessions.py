import cms.encryption
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0015_accounts"),
        ("workshops", "0009_circulars"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StudySession",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("members", "All members"),
                            ("core", "Core members"),
                            ("chosen", "Organisations we choose"),
                        ],
                        default="members",
                        max_length=8,
                        verbose_name="who may come",
                    ),
                ),
                ("speaker", models.CharField(blank=True, max_length=200, verbose_name="who speaks or leads")),
                ("prepare", models.TextField(blank=True, max_length=2000, verbose_name="to read or bring")),
                ("answer_by", models.DateField(blank=True, null=True, verbose_name="answers until")),
                ("notes", cms.encryption.EncryptedTextField(null=True, verbose_name="notes")),
                ("notes_at", models.DateTimeField(blank=True, null=True)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="study", to="workshops.event"
                    ),
                ),
                (
                    "invited",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="directory.organization", verbose_name="organisations asked"
                    ),
                ),
                (
                    "materials",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="workshops.material", verbose_name="materials"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "notes_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "study session",
                "verbose_name_plural": "study sessions",
                "ordering": ["-event", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="StudyReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("venue", "I come to the venue"),
                            ("online", "I take part online"),
                            ("absent", "I cannot come"),
                        ],
                        max_length=8,
                        verbose_name="answer",
                    ),
                ),
                ("wish", cms.encryption.EncryptedTextField(null=True, verbose_name="what I would like to ask")),
                ("replied_at", models.DateTimeField(auto_now=True)),
                (
                    "registration",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="study_reply",
                        to="workshops.registration",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="replies", to="workshops.studysession"
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a study session",
                "verbose_name_plural": "answers to study sessions",
                "ordering": ["session", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("session", "user"), name="study_reply_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer__in", ("venue", "online")), ("registration__isnull", True), _connector="OR"
                        ),
                        name="study_reply_absent_holds_no_seat",
                    ),
                ],
            },
        ),
    ]

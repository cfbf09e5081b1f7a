import cms.encryption
import cms.privatefiles
import directory.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0011_charter_and_notifications"),
        ("workshops", "0008_minutes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Circular",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("notice", "Circular"), ("inquiry", "Inquiry")],
                        default="notice",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("text", cms.encryption.EncryptedTextField(verbose_name="text")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "being written"), ("sent", "under way"), ("closed", "closed")],
                        default="draft",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("all", "All members"),
                            ("core", "Core members"),
                            ("partner", "Partners"),
                            ("body", "Organisations with a seat in a body"),
                            ("chosen", "Organisations we choose"),
                        ],
                        default="all",
                        max_length=8,
                        verbose_name="to whom",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="by (included)")),
                (
                    "shares_answers",
                    models.BooleanField(default=False, verbose_name="all who got it see the answers afterwards"),
                ),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="changed")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("reminded_on", models.DateField(blank=True, null=True, verbose_name="last reminded")),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.body",
                        verbose_name="body",
                    ),
                ),
                (
                    "chosen",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="directory.organization", verbose_name="chosen organisations"
                    ),
                ),
                (
                    "written_by",
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
                "verbose_name": "circular",
                "verbose_name_plural": "circulars",
                "ordering": ["-sent_at", "-changed_at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CircularFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "file",
                    models.FileField(storage=cms.privatefiles.private_storage, upload_to=cms.privatefiles.random_name),
                ),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "circular",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="workshops.circular"
                    ),
                ),
                (
                    "uploaded_by",
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
                "verbose_name": "file of a circular",
                "verbose_name_plural": "files of circulars",
                "ordering": ["uploaded_at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CircularQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("text", models.CharField(max_length=200, verbose_name="question")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("short", "One line"),
                            ("long", "Several lines"),
                            ("choice", "One of a list"),
                            ("number", "A number"),
                            ("yes_no", "Yes or no"),
                        ],
                        default="short",
                        max_length=10,
                        verbose_name="kind of answer",
                    ),
                ),
                ("choices", directory.fields.LinesField(blank=True, default=list, verbose_name="to choose from")),
                ("required", models.BooleanField(default=True, verbose_name="must be answered")),
                (
                    "circular",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="workshops.circular"
                    ),
                ),
            ],
            options={
                "verbose_name": "question of an inquiry",
                "verbose_name_plural": "questions of an inquiry",
                "ordering": ["circular", "order", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unread", "not read yet"),
                            ("read", "read"),
                            ("answered", "answered"),
                            ("declined", "does not answer"),
                        ],
                        default="unread",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read")),
                ("draft", cms.encryption.EncryptedJSONField(blank=True, default=dict)),
                ("answers", cms.encryption.EncryptedJSONField(blank=True, default=dict)),
                ("reason", cms.encryption.EncryptedTextField(blank=True, default="", verbose_name="why not")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "circular",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="replies", to="workshops.circular"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies_to_circulars",
                        to="directory.organization",
                    ),
                ),
                (
                    "read_by",
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
                "verbose_name": "reply to a circular",
                "verbose_name_plural": "replies to circulars",
                "ordering": ["organization__kana", "organization__name", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="circular",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "draft"), ("sent_at__isnull", False), _connector="OR"),
                name="circular_sent_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="circular",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["notice", "inquiry"])), name="circular_of_a_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(fields=("circular", "organization"), name="reply_once"),
        ),
    ]

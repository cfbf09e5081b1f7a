import cms.dates
import cms.encryption
import cms.privatefiles
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0011_charter_and_notifications"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActivityNote",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                ("text", models.TextField(max_length=3000, verbose_name="text")),
                ("happened_on", models.DateField(default=cms.dates.today, verbose_name="day")),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activity_notes",
                        to="directory.organization",
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
                "verbose_name": "piece about an activity",
                "verbose_name_plural": "pieces about activities",
                "ordering": ["-happened_on", "-changed_at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ActivityPicture",
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
                ("described", models.CharField(max_length=120, verbose_name="what the picture shows")),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="directory.activitynote",
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
                "verbose_name": "picture of an activity",
                "verbose_name_plural": "pictures of activities",
                "ordering": ["uploaded_at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="MemberProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("does", models.TextField(blank=True, max_length=1500, verbose_name="what we do")),
                ("serves", models.TextField(blank=True, max_length=400, verbose_name="whom we work for, in words")),
                ("served", models.JSONField(blank=True, default=list, verbose_name="whom we work for")),
                ("area", models.CharField(blank=True, max_length=120, verbose_name="where we work")),
                ("reach", cms.encryption.EncryptedTextField(blank=True, default="", verbose_name="how to reach us")),
                (
                    "phone",
                    cms.encryption.EncryptedTextField(blank=True, default="", verbose_name="telephone for members"),
                ),
                ("looked_at_on", models.DateField(blank=True, null=True, verbose_name="looked at on")),
                (
                    "concerns",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="directory.concern", verbose_name="what people come with"
                    ),
                ),
                (
                    "looked_at_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="member_profile",
                        to="directory.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "profile for members",
                "verbose_name_plural": "profiles for members",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PersonCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreed_at", models.DateTimeField(blank=True, null=True, verbose_name="agreed to be shown")),
                ("does", cms.encryption.EncryptedTextField(blank=True, default="", verbose_name="what I do there")),
                ("knows", cms.encryption.EncryptedTextField(blank=True, default="", verbose_name="what I know well")),
                ("languages", cms.encryption.EncryptedTextField(blank=True, default="", verbose_name="languages")),
                ("reach", cms.encryption.EncryptedTextField(blank=True, default="", verbose_name="how to reach me")),
                ("is_contact", models.BooleanField(default=False, verbose_name="the organisation's contact")),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="card",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "card of a person",
                "verbose_name_plural": "cards of people",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Resource",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "direction",
                    models.CharField(
                        choices=[("offer", "We can offer"), ("wish", "We look for")],
                        max_length=5,
                        verbose_name="offered or looked for",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("place", "A place"),
                            ("goods", "Goods and tools"),
                            ("hands", "Hands and people"),
                            ("know", "Knowledge and skills"),
                            ("time", "Time"),
                            ("news", "Spreading the word"),
                        ],
                        max_length=5,
                        verbose_name="kind",
                    ),
                ),
                ("words", models.CharField(max_length=80, verbose_name="in one line")),
                ("conditions", models.TextField(blank=True, max_length=400, verbose_name="conditions")),
                ("weekdays", models.JSONField(blank=True, default=list, verbose_name="days of the week")),
                ("when_text", models.CharField(blank=True, max_length=80, verbose_name="when, in words")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until (included)")),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="resources",
                        to="directory.organization",
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
                "verbose_name": "offer or wish",
                "verbose_name_plural": "offers and wishes",
                "ordering": ["-changed_at", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", ["offer", "wish"])), name="resource_has_a_direction"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["place", "goods", "hands", "know", "time", "news"])),
                        name="resource_of_a_kind",
                    ),
                ],
            },
        ),
    ]

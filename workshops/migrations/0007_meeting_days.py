"""Meetings: looking for a day, answers beforehand, papers, wanted points, legal basis."""

import cms.encryption
import cms.privatefiles
import directory.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0015_accounts"),
        ("workshops", "0006_materials"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="affiliation",
            field=models.CharField(blank=True, max_length=120, verbose_name="affiliation"),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="cases",
            field=models.CharField(blank=True, max_length=120, verbose_name="numbers of cases"),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[("approved", "approved"), ("reported", "reported")],
                max_length=10,
                verbose_name="what became of it",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="expected",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="how many will come"),
        ),
        migrations.AddField(
            model_name="attendance",
            name="replied_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="attendance",
            name="replied_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="reply",
            field=models.CharField(
                choices=[
                    ("asked", "no answer yet"),
                    ("venue", "at the venue"),
                    ("online", "online"),
                    ("absent", "absent"),
                ],
                default="asked",
                max_length=8,
                verbose_name="answer beforehand",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="answers_until",
            field=models.DateField(blank=True, null=True, verbose_name="answers until"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="asked",
            field=models.CharField(
                choices=[("org", "One answer an organisation"), ("person", "Each person")],
                default="org",
                max_length=8,
                verbose_name="who answers",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="changed_at",
            field=models.DateTimeField(auto_now=True),
        ),
        migrations.AddField(
            model_name="meeting",
            name="is_public",
            field=models.BooleanField(default=False, verbose_name="named in the public history of the body"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="legal_basis",
            field=models.CharField(
                choices=[
                    ("none", "None: nobody can be recognised"),
                    ("council", "Regional council for loneliness and isolation"),
                    ("conference", "Support conference"),
                    ("multilayer", "Multi-layered support conference"),
                ],
                default="none",
                max_length=12,
                verbose_name="legal basis",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="reported_on",
            field=directory.fields.FuzzyDateField(
                blank=True,
                help_text="As exactly as it is known: 2021, 2021-05 or 2021-05-01.",
                max_length=10,
                verbose_name="reported on",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="sequence",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="DayOption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField(verbose_name="begins")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="ends")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="options", to="workshops.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "proposed day",
                "verbose_name_plural": "proposed days",
                "ordering": ["meeting", "starts_at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DayReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", cms.encryption.EncryptedTextField(blank=True, verbose_name="a word about it")),
                ("written_at", models.DateTimeField(auto_now=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="day_replies", to="workshops.meeting"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "verbose_name": "answer about days",
                "verbose_name_plural": "answers about days",
                "ordering": ["meeting", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DayMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mark",
                    models.CharField(
                        choices=[("yes", "can come"), ("maybe", "perhaps"), ("no", "cannot come")], max_length=5
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="workshops.dayoption"
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="workshops.dayreply"
                    ),
                ),
            ],
            options={
                "verbose_name": "mark",
                "verbose_name_plural": "marks",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Paper",
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
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number of the paper")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="papers",
                        to="workshops.agendaitem",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="papers", to="workshops.meeting"
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaced_by",
                        to="workshops.paper",
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
                "verbose_name": "paper of a meeting",
                "verbose_name_plural": "papers of a meeting",
                "ordering": ["meeting", "number", "-version"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PaperDownload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="downloads", to="workshops.paper"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "paper taken out",
                "verbose_name_plural": "papers taken out",
                "ordering": ["-at", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="WantedPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="What should be spoken of")),
                ("why", cms.encryption.EncryptedTextField(blank=True, verbose_name="Why")),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="how many minutes")),
                ("wanted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for an answer"),
                            ("taken", "is on the agenda"),
                            ("declined", "not this time"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("answer", cms.encryption.EncryptedTextField(blank=True, verbose_name="A word to it")),
                (
                    "item",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="wanted",
                        to="workshops.agendaitem",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wanted_points",
                        to="workshops.meeting",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.organization",
                    ),
                ),
                (
                    "wanted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "wanted point",
                "verbose_name_plural": "wanted points",
                "ordering": ["meeting", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="dayoption",
            constraint=models.UniqueConstraint(fields=("meeting", "starts_at"), name="option_once"),
        ),
        migrations.AddConstraint(
            model_name="dayoption",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__isnull", True), ("ends_at__gte", models.F("starts_at")), _connector="OR"),
                name="option_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="dayreply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organization__isnull", False), ("person__isnull", True)),
                    models.Q(("organization__isnull", True), ("person__isnull", False)),
                    _connector="OR",
                ),
                name="day_reply_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="dayreply",
            constraint=models.UniqueConstraint(fields=("meeting", "organization"), name="day_reply_organization_once"),
        ),
        migrations.AddConstraint(
            model_name="dayreply",
            constraint=models.UniqueConstraint(fields=("meeting", "person"), name="day_reply_person_once"),
        ),
        migrations.AddConstraint(
            model_name="daymark",
            constraint=models.UniqueConstraint(fields=("reply", "option"), name="day_mark_once"),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.UniqueConstraint(fields=("meeting", "number", "version"), name="paper_version_once"),
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0012_profiles"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="announced_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="roleassignment",
            name="pauses_on",
            field=models.DateField(blank=True, null=True, verbose_name="rests from"),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="role",
            field=models.CharField(
                choices=[
                    ("member", "Core member"),
                    ("partner", "Partner"),
                    ("colleague", "Member without cases"),
                    ("orgadmin", "Organisation administrator"),
                    ("counsellor", "Counsellor"),
                    ("supervisor", "Supervisor of counsellors"),
                    ("secretariat", "Secretariat"),
                    ("reviewer", "Anonymity reviewer"),
                    ("editor", "Communications, editor"),
                    ("publisher", "Communications, publisher"),
                    ("auditor", "Auditor"),
                    ("admin", "System administrator"),
                ],
                max_length=20,
                verbose_name="role",
            ),
        ),
        migrations.AlterField(
            model_name="roleassignment",
            name="role",
            field=models.CharField(
                choices=[
                    ("member", "Core member"),
                    ("partner", "Partner"),
                    ("colleague", "Member without cases"),
                    ("orgadmin", "Organisation administrator"),
                    ("counsellor", "Counsellor"),
                    ("supervisor", "Supervisor of counsellors"),
                    ("secretariat", "Secretariat"),
                    ("reviewer", "Anonymity reviewer"),
                    ("editor", "Communications, editor"),
                    ("publisher", "Communications, publisher"),
                    ("auditor", "Auditor"),
                    ("admin", "System administrator"),
                ],
                max_length=20,
                verbose_name="role",
            ),
        ),
        migrations.CreateModel(
            name="AttestationRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fiscal_year", models.PositiveSmallIntegerField(unique=True, verbose_name="fiscal year")),
                ("starts_on", models.DateField(verbose_name="begins on")),
                (
                    "due_on",
                    models.DateField(
                        help_text="On the day after, unconfirmed casebook roles pause.",
                        verbose_name="to be confirmed by",
                    ),
                ),
                (
                    "final_on",
                    models.DateField(
                        help_text="On the day after, all unconfirmed roles pause.", verbose_name="the last day"
                    ),
                ),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "yearly confirmation",
                "verbose_name_plural": "yearly confirmations",
                "ordering": ["-fiscal_year"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__gte", models.F("starts_on")), ("final_on__gte", models.F("due_on"))
                        ),
                        name="attestation_round_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attestation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        choices=[("waiting", "not confirmed yet"), ("here", "still here"), ("left", "left")],
                        default="waiting",
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
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
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attestations",
                        to="directory.organization",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attestations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attestations",
                        to="directory.attestationround",
                    ),
                ),
            ],
            options={
                "verbose_name": "confirmation of a person",
                "verbose_name_plural": "confirmations of people",
                "ordering": ["organization__kana", "user__name", "pk"],
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("round", "user"), name="attestation_once_a_year")],
            },
        ),
        migrations.CreateModel(
            name="RoleRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("member", "Core member"),
                            ("partner", "Partner"),
                            ("colleague", "Member without cases"),
                            ("orgadmin", "Organisation administrator"),
                            ("counsellor", "Counsellor"),
                            ("supervisor", "Supervisor of counsellors"),
                            ("secretariat", "Secretariat"),
                            ("reviewer", "Anonymity reviewer"),
                            ("editor", "Communications, editor"),
                            ("publisher", "Communications, publisher"),
                            ("auditor", "Auditor"),
                            ("admin", "System administrator"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for the secretariat"),
                            ("granted", "given"),
                            ("refused", "not given"),
                            ("withdrawn", "taken back"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_requests",
                        to="directory.organization",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_requests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for a role",
                "verbose_name_plural": "requests for roles",
                "ordering": ["asked_at", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("user", "role"),
                        name="role_request_one_waiting",
                    )
                ],
            },
        ),
    ]

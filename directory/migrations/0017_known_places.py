"""Names of places and facilities the guard looks for."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0016_handovers"),
    ]

    operations = [
        migrations.CreateModel(
            name="GazetteerLoad",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=120, verbose_name="name of the list")),
                ("count", models.PositiveIntegerField(verbose_name="names in it")),
                ("loaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="brought in on")),
                (
                    "loaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "list of places brought in",
                "verbose_name_plural": "lists of places brought in",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="KnownPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("school", "School"),
                            ("station", "Station"),
                            ("stop", "Bus stop"),
                            ("quarter", "Quarter"),
                            ("facility", "Facility"),
                            ("shop", "Shop"),
                            ("other", "Other"),
                        ],
                        max_length=8,
                        verbose_name="kind of place",
                    ),
                ),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="directory.gazetteerload",
                        verbose_name="list",
                    ),
                ),
            ],
            options={
                "verbose_name": "known place",
                "verbose_name_plural": "known places",
                "ordering": ["kind", "name"],
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("kind", "name"), name="known_place_once")],
            },
        ),
    ]

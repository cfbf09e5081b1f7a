"""How few people a combination of coarse fields fits."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casebook", "0003_eyes"),
        ("directory", "0015_accounts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Clientele",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("total", models.PositiveIntegerField(blank=True, null=True, verbose_name="in all")),
                ("under_18", models.PositiveIntegerField(blank=True, null=True, verbose_name="Under 18")),
                ("from_18", models.PositiveIntegerField(blank=True, null=True, verbose_name="18 to 39")),
                ("from_40", models.PositiveIntegerField(blank=True, null=True, verbose_name="40 to 59")),
                ("from_60", models.PositiveIntegerField(blank=True, null=True, verbose_name="60 and over")),
                ("declared_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="said")),
                (
                    "declared_by",
                    models.ForeignKey(
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
                        related_name="clientele",
                        to="directory.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "people an organisation is in touch with",
                "verbose_name_plural": "people organisations are in touch with",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RiskTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("population", "People by stage of life, household and sex"),
                            ("prevalence", "How common each concern is"),
                        ],
                        max_length=12,
                        verbose_name="which table",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name of the file")),
                ("as_of", models.DateField(verbose_name="as of")),
                ("source", models.CharField(max_length=120, verbose_name="where the figures come from")),
                ("is_sample", models.BooleanField(default=False, verbose_name="sample figures")),
                ("loaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="brought in")),
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
                "verbose_name": "table of rarity",
                "verbose_name_plural": "tables of rarity",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Prevalence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("concern", models.CharField(max_length=4, verbose_name="concern")),
                ("per_mille", models.DecimalField(decimal_places=1, max_digits=5, verbose_name="of a thousand people")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="where the figure comes from")),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="prevalence", to="casebook.risktable"
                    ),
                ),
            ],
            options={
                "verbose_name": "prevalence",
                "verbose_name_plural": "prevalences",
                "ordering": ["concern"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("table", "concern"), name="prevalence_once"),
                    models.CheckConstraint(
                        condition=models.Q(("per_mille__gte", 0), ("per_mille__lte", 1000)), name="prevalence_per_mille"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Population",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("life_stage", models.CharField(max_length=4, verbose_name="stage of life")),
                ("household", models.CharField(max_length=4, verbose_name="household")),
                ("sex", models.CharField(max_length=4, verbose_name="sex")),
                ("persons", models.PositiveIntegerField(verbose_name="People")),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="population", to="casebook.risktable"
                    ),
                ),
            ],
            options={
                "verbose_name": "cell of the population",
                "verbose_name_plural": "cells of the population",
                "ordering": ["life_stage", "household", "sex"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("table", "life_stage", "household", "sex"), name="population_cell_once"
                    )
                ],
            },
        ),
    ]

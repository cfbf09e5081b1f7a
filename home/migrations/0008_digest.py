import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0007_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DigestSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("daily", "each day, when there is news"),
                            ("weekly", "once a week, when there is news"),
                            ("never", "never"),
                        ],
                        default="daily",
                        max_length=6,
                        verbose_name="mail about news",
                    ),
                ),
                ("hour", models.PositiveSmallIntegerField(default=8, verbose_name="from which hour")),
                (
                    "on_days_off",
                    models.BooleanField(default=False, verbose_name="also on Saturdays, Sundays and public holidays"),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="digest_settings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "settings of the digest",
                "verbose_name_plural": "settings of the digest",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rhythm__in", ["daily", "weekly", "never"])), name="digest_rhythm_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hour__gte", 6), ("hour__lte", 20)), name="digest_by_day"
                    ),
                ],
            },
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cms.dates


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0002_waiting_list"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="occurrence",
            name="changed_at",
            field=models.DateTimeField(default=cms.dates.now, editable=False),
        ),
        migrations.CreateModel(
            name="PersonalFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "personal calendar feed",
                "verbose_name_plural": "personal calendar feeds",
                "default_permissions": (),
            },
        ),
    ]

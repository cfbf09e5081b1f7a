import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0007_bodies"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200, unique=True, verbose_name="name in the other system")),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="directory.consultationdesk",
                    ),
                ),
            ],
            options={
                "verbose_name": "source of a desk",
                "verbose_name_plural": "sources of desks",
            },
        ),
    ]

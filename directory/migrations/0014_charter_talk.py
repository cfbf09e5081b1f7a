import cms.encryption
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0013_leaving"),
    ]

    operations = [
        migrations.CreateModel(
            name="CharterComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("article", models.CharField(blank=True, max_length=60, verbose_name="article")),
                ("text", cms.encryption.EncryptedTextField(verbose_name="comment")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    cms.encryption.EncryptedTextField(blank=True, null=True, verbose_name="answer of the secretariat"),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "comment on a charter",
                "verbose_name_plural": "comments on charters",
                "ordering": ["made_at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.RemoveConstraint(
            model_name="charterversion",
            name="charter_decided_has_a_day",
        ),
        migrations.AddField(
            model_name="charterversion",
            name="base",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changed_by",
                to="directory.charterversion",
            ),
        ),
        migrations.AddField(
            model_name="charterversion",
            name="changed_at",
            field=models.DateTimeField(auto_now=True),
        ),
        migrations.AddField(
            model_name="charterversion",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="charterversion",
            name="decided_on",
            field=models.DateField(blank=True, null=True, verbose_name="decided on"),
        ),
        migrations.AddField(
            model_name="charterversion",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.organization",
                verbose_name="organization",
            ),
        ),
        migrations.AddField(
            model_name="charterversion",
            name="urgent_because",
            field=models.CharField(blank=True, max_length=200, verbose_name="why it is urgent"),
        ),
        migrations.AddField(
            model_name="charterversion",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="charterversion",
            name="number",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="version"),
        ),
        migrations.AddConstraint(
            model_name="charterversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "decided"), _negated=True),
                    models.Q(
                        ("decided_at__isnull", False), ("in_force_from__isnull", False), ("number__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="charter_decided_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="charterversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "decided"), ("number__isnull", True), _connector="OR"),
                name="charter_number_by_decision",
            ),
        ),
        migrations.AddField(
            model_name="chartercomment",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="chartercomment",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="chartercomment",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.organization",
            ),
        ),
        migrations.AddField(
            model_name="chartercomment",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="directory.charterversion"
            ),
        ),
    ]

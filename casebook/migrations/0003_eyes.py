"""Who read what, as a chain of seals; and readings in an emergency.

Readings that are there already get their place in the chain, in the order of their numbers. The database refuses changes
of the log by triggers on both engines; a table that is rebuilt on SQLite loses them, so a later migration that alters
`casebook_access` calls `guard` again, and tests/casebook/test_access_log.py turns red when it was forgotten.
"""

import uuid
from importlib import import_module

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import cms.dates
import cms.encryption
from cms.models.chain import GENESIS, HEADS, seal_of

CHAIN, LOG = "casebook.access", "casebook_access"
BATCH = 1000
chain = import_module("cms.migrations.0010_chain")


def seal_old(apps, schema_editor):
    """A place for each reading that was written before there was a chain (as casebook.models.Access makes it)."""
    Access, ChainHead = apps.get_model("casebook", "Access"), apps.get_model("cms", "ChainHead")
    last, seal = 0, GENESIS
    while rows := list(Access.objects.filter(seq=None).order_by("pk")[:BATCH]):
        for row in rows:
            facts = [row.at, row.user, row.organization, row.how, row.case, row.cases, row.copy]
            row.seq, row.previous = last + 1, seal
            row.seal = seal_of(CHAIN, [row.seq, row.previous, facts])
            last, seal = row.seq, row.seal
        Access.objects.bulk_update(rows, ["seq", "previous", "seal"])
    if last:
        ChainHead.objects.create(name=CHAIN, seq=last, seal=seal, proof=seal_of(HEADS, [CHAIN, last, seal]))


def guard(apps, schema_editor):
    """Let the database refuse every change of the log."""
    chain.refuse_changes(schema_editor, LOG)


def unguard(apps, schema_editor):
    """Without the refusal."""
    chain.allow_changes(schema_editor, LOG)


class Migration(migrations.Migration):

    dependencies = [
        ('casebook', '0002_first_readers'),
        ('cms', '0010_chain'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='access',
            options={'base_manager_name': 'objects', 'ordering': ['-pk'], 'verbose_name': 'reading of a case', 'verbose_name_plural': 'readings'},
        ),
        migrations.AddField(
            model_name='access',
            name='cases',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='access',
            name='copy',
            field=models.CharField(blank=True, default='', max_length=12, verbose_name='number on the paper'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='access',
            name='case',
            field=models.UUIDField(db_index=True, null=True),
        ),
        migrations.AlterField(
            model_name='access',
            name='how',
            field=models.CharField(choices=[('view', 'Read'), ('first', 'Read as first reader'), ('review', 'Read for the anonymity check'), ('print', 'Printed'), ('glass', 'Read in an emergency (system administrator)'), ('list', 'Seen in a list'), ('search', 'Seen among the cases found'), ('export', 'Took figures away')], max_length=8, verbose_name='how'),
        ),
        migrations.AddField(
            model_name='access',
            name='previous',
            field=models.CharField(default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='access',
            name='seal',
            field=models.CharField(default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='access',
            name='seq',
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.RunPython(seal_old, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='access',
            name='seq',
            field=models.BigIntegerField(editable=False, unique=True),
        ),
        migrations.AddIndex(
            model_name='access',
            index=models.Index(fields=['user', 'at'], name='access_budget'),
        ),
        migrations.AddConstraint(
            model_name='access',
            constraint=models.CheckConstraint(condition=models.Q(('copy', ''), ('how', 'print'), _connector='OR'), name='access_copy_is_printed'),
        ),
        migrations.RunPython(guard, unguard),
        migrations.CreateModel(
            name='EmergencyReading',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=7, verbose_name='case number')),
                ('reason', models.CharField(choices=[('identified', 'Somebody may be recognised, and nobody of the secretariat can be reached'), ('fault', 'A fault of the system has to be found in this case'), ('law', 'A law or an authority asks for it'), ('other', 'Another reason')], max_length=10, verbose_name='reason')),
                ('words', cms.encryption.EncryptedTextField(verbose_name='why, in a sentence')),
                ('dismissals', cms.encryption.EncryptedJSONField(default=list)),
                ('opened_at', models.DateTimeField(default=cms.dates.now)),
                ('until', models.DateTimeField(verbose_name='until')),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'reading in an emergency',
                'verbose_name_plural': 'readings in an emergency',
                'ordering': ['-opened_at', 'pk'],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('opened_at'))), name='emergency_reading_ends')],
            },
        ),
    ]

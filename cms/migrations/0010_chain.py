"""The audit trail as a chain of seals.

Acts that are there already get their mark here, and their place in the chain at the first tick (cms.audit.seal_events):
from this day on a change of any of them is found. The database refuses changes too, by triggers on both engines; a table
that is rebuilt on SQLite loses them, so a later migration that alters one of these tables calls `guard` again, and
tests/cms/test_append_only.py turns red when it was forgotten.
"""

import secrets

import django.utils.timezone
from django.db import migrations, models

from cms.models.chain import seal_of

KEPT = ("cms_auditevent", "cms_auditseal", "cms_chaincheck")
HEAD = "cms_chainhead"
BACK = 'NEW."name" {unlike} OLD."name" OR NEW."seq" < OLD."seq"'
BATCH = 1000


def mark_old(apps, schema_editor):
    """A mark for each act that was written before there were marks (as cms.models.audit.AuditEvent makes it)."""
    AuditEvent = apps.get_model("cms", "AuditEvent")
    while True:
        rows = list(AuditEvent.objects.filter(mark="").order_by("pk")[:BATCH])
        if not rows:
            return
        for row in rows:
            nonce = secrets.token_hex(8)
            row.mark = nonce + seal_of("cms.audit.marks", [nonce, row.at, row.action, row.actor, row.target, row.codes])
        AuditEvent.objects.bulk_update(rows, ["mark"])


POSTGRES_FUNCTION = """
CREATE FUNCTION cms_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'append_only' USING ERRCODE = 'check_violation';
END $$
"""


def refuse_changes(schema_editor, table):
    """Neither UPDATE nor DELETE nor TRUNCATE. The casebook's migration does the same to its log."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION cms_append_only()"
        )
        refuse_emptying(schema_editor, table)
        return
    for event in ("UPDATE", "DELETE"):
        refuse_on_sqlite(schema_editor, table, event)


def refuse_emptying(schema_editor, table):
    """TRUNCATE fires no trigger of a row."""
    schema_editor.execute(
        f"CREATE TRIGGER {table}_kept_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION cms_append_only()"
    )


def refuse_on_sqlite(schema_editor, table, event, when="1"):
    """One trigger."""
    schema_editor.execute(
        f"CREATE TRIGGER {table}_kept_{event.lower()} BEFORE {event} ON {table} WHEN {when} "
        "BEGIN SELECT RAISE(ABORT, 'append_only'); END"
    )


def allow_changes(schema_editor, table):
    """Without the refusal."""
    on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
    for name in ("kept", "kept_whole", "kept_update", "kept_delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")


def guard(apps, schema_editor):
    """Let the database refuse: changes of what is kept, a head that goes back or away."""
    postgres = schema_editor.connection.vendor == "postgresql"
    if postgres:
        schema_editor.execute(POSTGRES_FUNCTION)
    for table in KEPT:
        refuse_changes(schema_editor, table)
    if postgres:
        back = BACK.format(unlike="IS DISTINCT FROM")
        schema_editor.execute(
            f"CREATE TRIGGER {HEAD}_kept_update BEFORE UPDATE ON {HEAD} FOR EACH ROW WHEN ({back}) EXECUTE FUNCTION cms_append_only()"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {HEAD}_kept_delete BEFORE DELETE ON {HEAD} FOR EACH ROW EXECUTE FUNCTION cms_append_only()"
        )
        refuse_emptying(schema_editor, HEAD)
        return
    refuse_on_sqlite(schema_editor, HEAD, "UPDATE", BACK.format(unlike="IS NOT"))
    refuse_on_sqlite(schema_editor, HEAD, "DELETE")


def unguard(apps, schema_editor):
    """Without the refusal."""
    for table in (*KEPT, HEAD):
        allow_changes(schema_editor, table)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS cms_append_only()")


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0009_form_keys'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditSeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.BigIntegerField(editable=False, unique=True)),
                ('previous', models.CharField(editable=False, max_length=64)),
                ('seal', models.CharField(editable=False, max_length=64)),
                ('event', models.BigIntegerField(editable=False, unique=True)),
            ],
            options={
                'verbose_name': 'seal of an audit event',
                'verbose_name_plural': 'seals of the audit trail',
                'ordering': ['seq'],
                'default_permissions': (),
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='ChainCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', models.CharField(db_index=True, max_length=40)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                ('rows', models.BigIntegerField()),
                ('head', models.CharField(max_length=64)),
                ('ok', models.BooleanField()),
                ('first_bad', models.BigIntegerField(null=True)),
                ('why', models.CharField(blank=True, max_length=20)),
                ('proof', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'check of a chain',
                'verbose_name_plural': 'checks of chains',
                'ordering': ['-pk'],
                'default_permissions': (),
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='ChainHead',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField(default=0)),
                ('seal', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
                ('proof', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'head of a chain',
                'verbose_name_plural': 'heads of chains',
                'default_permissions': (),
            },
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='at',
            field=models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False, verbose_name='time'),
        ),
        migrations.AddField(
            model_name='auditevent',
            name='mark',
            field=models.CharField(default="", editable=False, max_length=80),
            preserve_default=False,
        ),
        migrations.RunPython(mark_old, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='auditevent',
            name='mark',
            field=models.CharField(editable=False, max_length=80, unique=True),
        ),
        migrations.RunPython(guard, unguard),
    ]

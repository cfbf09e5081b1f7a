"""Minutes, decisions, public summaries; and locked minutes stay as they are, whoever asks.

The models refuse to change locked minutes; here the database refuses it too: triggers on both engines. The words
themselves are left out of the trigger, because keys are rotated: the same text is sealed anew. `Minutes.sha256` keeps
watch over them. Rebuilding a table on SQLite drops its triggers: a later migration that alters one of these tables calls
`guard` again, and tests/workshops/test_minutes_lock.py turns red when it was forgotten.
"""

import cms.encryption
import cms.models.base
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

MINUTES, PARAGRAPH, ERRATUM = "workshops_minutes", "workshops_paragraph", "workshops_erratum"
FIXED = ("meeting_id", "state", "version", "sha256", "locked_at", "confirmed_at")
FIXED_IN_PARAGRAPH = ("minutes_id", "order", "heading", "version")


def changed(columns, unlike):
    """One of these columns is no longer what it was."""
    return "(" + " OR ".join(f'NEW."{column}" {unlike} OLD."{column}"' for column in columns) + ")"


def of_locked(row):
    """The row's minutes are locked."""
    return f"EXISTS (SELECT 1 FROM {MINUTES} WHERE id = {row}.minutes_id AND state = 'locked')"


def sqlite_triggers():
    """Name → table, event, condition."""
    unlike = "IS NOT"
    return {
        "minutes_locked_update": (MINUTES, "UPDATE", f"OLD.state = 'locked' AND {changed(FIXED, unlike)}"),
        "minutes_locked_delete": (MINUTES, "DELETE", "OLD.state = 'locked'"),
        "paragraph_locked_insert": (PARAGRAPH, "INSERT", of_locked("NEW")),
        "paragraph_locked_update": (
            PARAGRAPH,
            "UPDATE",
            f"({of_locked('OLD')} OR {of_locked('NEW')}) AND {changed(FIXED_IN_PARAGRAPH, unlike)}",
        ),
        "paragraph_locked_delete": (PARAGRAPH, "DELETE", of_locked("OLD")),
        "erratum_kept_update": (ERRATUM, "UPDATE", changed(("minutes_id", "written_by_id", "written_at"), unlike)),
        "erratum_kept_delete": (ERRATUM, "DELETE", "1"),
    }


POSTGRES = f"""
CREATE FUNCTION workshops_minutes_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'minutes_locked' USING ERRCODE = 'check_violation';
END $$;
CREATE FUNCTION workshops_paragraph_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND {of_locked("OLD")} THEN
    IF TG_OP = 'DELETE' OR {changed(FIXED_IN_PARAGRAPH, "IS DISTINCT FROM")} THEN
      RAISE EXCEPTION 'minutes_locked' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  IF {of_locked("NEW")} AND (TG_OP = 'INSERT' OR NEW.minutes_id <> OLD.minutes_id) THEN
    RAISE EXCEPTION 'minutes_locked' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER minutes_locked_update BEFORE UPDATE ON {MINUTES} FOR EACH ROW
  WHEN (OLD.state = 'locked' AND {changed(FIXED, "IS DISTINCT FROM")}) EXECUTE FUNCTION workshops_minutes_locked();
CREATE TRIGGER minutes_locked_delete BEFORE DELETE ON {MINUTES} FOR EACH ROW
  WHEN (OLD.state = 'locked') EXECUTE FUNCTION workshops_minutes_locked();
CREATE TRIGGER paragraph_locked BEFORE INSERT OR UPDATE OR DELETE ON {PARAGRAPH} FOR EACH ROW
  EXECUTE FUNCTION workshops_paragraph_locked();
CREATE TRIGGER erratum_kept_update BEFORE UPDATE ON {ERRATUM} FOR EACH ROW
  WHEN {changed(("minutes_id", "written_by_id", "written_at"), "IS DISTINCT FROM")}
  EXECUTE FUNCTION workshops_minutes_locked();
CREATE TRIGGER erratum_kept_delete BEFORE DELETE ON {ERRATUM} FOR EACH ROW
  EXECUTE FUNCTION workshops_minutes_locked();
"""


def guard(apps, schema_editor):
    """Let the database refuse changes of locked minutes and of errata."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES)
        return
    for name, (table, event, when) in sqlite_triggers().items():
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, 'minutes_locked'); END"
        )


def unguard(apps, schema_editor):
    """Without the refusal."""
    if schema_editor.connection.vendor == "postgresql":
        for name, table in (
            ("minutes_locked_update", MINUTES),
            ("minutes_locked_delete", MINUTES),
            ("paragraph_locked", PARAGRAPH),
            ("erratum_kept_update", ERRATUM),
            ("erratum_kept_delete", ERRATUM),
        ):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        schema_editor.execute("DROP FUNCTION IF EXISTS workshops_minutes_locked(), workshops_paragraph_locked()")
        return
    for name in sqlite_triggers():
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0015_accounts'),
        ('workshops', '0007_meeting_days'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('order', models.PositiveSmallIntegerField()),
                ('number', models.CharField(editable=False, max_length=16, verbose_name='number')),
                ('text', cms.encryption.EncryptedTextField(verbose_name='what was decided')),
                ('due', models.DateField(blank=True, null=True, verbose_name='until when')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='looked at again on')),
                ('state', models.CharField(choices=[('open', 'to begin'), ('progress', 'under way'), ('review', 'being looked at again'), ('done', 'done'), ('dropped', 'given up')], default='open', max_length=10, verbose_name='state')),
                ('reminded', models.PositiveSmallIntegerField(default=0)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('charter_version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='directory.charterversion', verbose_name='version of the rules it changes')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.department', verbose_name='department')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='workshops.meeting')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization', verbose_name='organisation that sees to it')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
                'ordering': ['-created_at', 'number'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='DecisionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'to begin'), ('progress', 'under way'), ('review', 'being looked at again'), ('done', 'done'), ('dropped', 'given up')], max_length=10, verbose_name='state')),
                ('note', cms.encryption.EncryptedTextField(blank=True, default='', verbose_name='in a sentence')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='workshops.decision')),
            ],
            options={
                'verbose_name': 'step of a decision',
                'verbose_name_plural': 'steps of decisions',
                'ordering': ['-at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'being written'), ('amending', 'open for changes'), ('confirmed', 'confirmed'), ('locked', 'locked')], default='draft', max_length=10, verbose_name='state')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('dismissed', cms.encryption.EncryptedJSONField(default=list)),
                ('amend_until', models.DateField(blank=True, null=True, verbose_name='changes until')),
                ('confirm_by', models.CharField(choices=[('day', 'When the day is over and no change waits'), ('meeting', 'At the next meeting')], default='day', max_length=8, verbose_name='how they are confirmed')),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('locked_at', models.DateTimeField(blank=True, null=True, verbose_name='locked')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workshops.meeting')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='record', to='workshops.meeting')),
            ],
            options={
                'verbose_name': 'minutes',
                'verbose_name_plural': 'minutes',
                'ordering': ['-created_at'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Erratum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', cms.encryption.EncryptedTextField(verbose_name='what is right')),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='errata', to='workshops.minutes')),
            ],
            options={
                'verbose_name': 'erratum of minutes',
                'verbose_name_plural': 'errata of minutes',
                'ordering': ['written_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('given_at', models.DateTimeField(auto_now=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='workshops.minutes')),
            ],
            options={
                'verbose_name': 'consent to minutes',
                'verbose_name_plural': 'consents to minutes',
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Paragraph',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
                ('heading', models.CharField(max_length=200, verbose_name='heading')),
                ('text', cms.encryption.EncryptedTextField(blank=True, default='', verbose_name='what was said')),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='workshops.agendaitem')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paragraphs', to='workshops.minutes')),
            ],
            options={
                'verbose_name': 'paragraph of minutes',
                'verbose_name_plural': 'paragraphs of minutes',
                'ordering': ['minutes', 'order', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', cms.encryption.EncryptedTextField(verbose_name='as it read')),
                ('text', cms.encryption.EncryptedTextField(verbose_name='as it should read')),
                ('reason', cms.encryption.EncryptedTextField(blank=True, default='', verbose_name='why')),
                ('state', models.CharField(choices=[('open', 'waits for an answer'), ('taken', 'taken in'), ('declined', 'left as it is'), ('withdrawn', 'taken back')], default='open', max_length=10, verbose_name='state')),
                ('proposed_at', models.DateTimeField(auto_now_add=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answer', cms.encryption.EncryptedTextField(blank=True, default='', verbose_name='a word on it')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amendments', to='workshops.minutes')),
                ('paragraph', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amendments', to='workshops.paragraph')),
            ],
            options={
                'verbose_name': 'change of minutes',
                'verbose_name_plural': 'changes of minutes',
                'ordering': ['minutes', 'paragraph__order', 'proposed_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Summary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(default=cms.models.base.neutral_slug, editable=False, max_length=20, unique=True)),
                ('text', cms.encryption.EncryptedTextField(verbose_name='summary')),
                ('dismissed', cms.encryption.EncryptedJSONField(default=list)),
                ('state', models.CharField(choices=[('draft', 'being written'), ('waiting', 'waits for a second person'), ('published', 'shown to residents'), ('down', 'taken down')], default='draft', max_length=10, verbose_name='state')),
                ('version', models.PositiveIntegerField(default=1)),
                ('written_at', models.DateTimeField(auto_now=True)),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='shown since')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='summary', to='workshops.meeting')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'public summary of a meeting',
                'verbose_name_plural': 'public summaries of meetings',
                'ordering': ['-published_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('meeting', 'order'), name='decision_number_once'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'locked'), _negated=True), models.Q(('locked_at__isnull', False), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='minutes_locked_with_their_sum'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'amending']), ('confirmed_at__isnull', False), _connector='OR'), name='minutes_confirmed_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(fields=('minutes', 'user'), name='consent_once'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('paragraph', 'proposed_by'), name='amendment_one_open'),
        ),
        migrations.AddConstraint(
            model_name='summary',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('published_at__isnull', False), ('published_by__isnull', False), models.Q(('published_by', models.F('written_by')), _negated=True)), _connector='OR'), name='summary_by_two_people'),
        ),
        migrations.RunPython(guard, unguard),
    ]

"""The way of a case to its readers: a first reader, the check, then out with the others."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def unread_go_back(apps, schema_editor):
    """Cases that only one other person has read become drafts: their authors hand them in again."""
    cases = apps.get_model("casebook", "Case").objects.filter(state__in=["submitted", "released", "closed"])
    cases.update(
        state="draft", released_by=None, reviewer=None, released_at=None, submitted_at=None, ended_at=None,
        review_on=None, expires_on=None, outcome="",
    )
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still due cannot be altered


class Migration(migrations.Migration):

    dependencies = [
        ('casebook', '0001_cases'),
        ('directory', '0007_bodies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='case',
            name='case_shared_after_release',
        ),
        migrations.RemoveConstraint(
            model_name='case',
            name='case_released_by_another',
        ),
        migrations.RemoveConstraint(
            model_name='case',
            name='case_withdrawn_is_empty',
        ),
        migrations.AddField(
            model_name='case',
            name='changed_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name='case',
            name='first_read_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='first_read_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='case',
            name='first_reader',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='case',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.body', verbose_name='working group'),
        ),
        migrations.AddField(
            model_name='case',
            name='opens_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='stopped_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='access',
            name='how',
            field=models.CharField(choices=[('view', 'Read'), ('first', 'Read as first reader'), ('review', 'Read for the anonymity check')], max_length=8, verbose_name='how'),
        ),
        migrations.AlterField(
            model_name='case',
            name='audience',
            field=models.CharField(choices=[('chosen', 'Chosen organisations only'), ('group', 'A working group or council'), ('core', 'Core members'), ('all', 'All members')], default='chosen', max_length=8, verbose_name='who may read'),
        ),
        migrations.AlterField(
            model_name='case',
            name='consent',
            field=models.CharField(blank=True, choices=[('oral', 'The person agreed, orally'), ('written', 'The person agreed in writing (kept by our organisation)'), ('unneeded', 'Fully anonymous: our organisation judged that no consent is needed')], max_length=12, verbose_name='why it may be told'),
        ),
        migrations.AlterField(
            model_name='case',
            name='household',
            field=models.CharField(blank=True, choices=[('h1', 'Alone'), ('h2', 'As a couple'), ('h3', 'With parents'), ('h4', 'One parent and child'), ('h5', 'Parents and children'), ('h6', 'Other'), ('', 'Not written')], max_length=4, verbose_name='household'),
        ),
        migrations.AlterField(
            model_name='case',
            name='life_stage',
            field=models.CharField(blank=True, choices=[('l0', 'Before school age'), ('l1', 'Primary school child'), ('l2', 'Junior high school pupil'), ('l3', 'High school age'), ('l4', '18 to 29'), ('l5', 'Thirties'), ('l6', 'Forties'), ('l7', 'Fifties'), ('l8', '60 to 74'), ('l9', '75 and over'), ('m0', 'Under 18'), ('m1', '18 to 39'), ('m2', '40 to 59'), ('m3', '60 and over'), ('', 'Not written')], max_length=4, verbose_name='stage of life'),
        ),
        migrations.AlterField(
            model_name='case',
            name='relative_time',
            field=models.CharField(blank=True, choices=[('t0', 'No consultation yet'), ('t1', 'Within a month'), ('t2', 'About three months'), ('t3', 'About half a year'), ('t4', 'About a year'), ('t5', 'Longer')], max_length=4, verbose_name='since the first consultation'),
        ),
        migrations.AlterField(
            model_name='case',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('first', 'Waits for the first reader'), ('submitted', 'Waits for the anonymity check'), ('approved', 'Goes out with the others'), ('released', 'Waits for answers'), ('closed', 'Closed'), ('withdrawn', 'Withdrawn'), ('expired', 'Its time is over')], default='draft', max_length=10, verbose_name='state'),
        ),
        migrations.RunPython(unread_go_back, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('approved', 'released', 'closed')), _negated=True), models.Q(('first_read_by__isnull', False), ('released_by__isnull', False)), _connector='OR'), name='case_checked_by_two'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('released', 'closed')), _negated=True), models.Q(('expires_on__isnull', False), ('released_at__isnull', False)), _connector='OR'), name='case_shared_until_a_day'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('released_by__isnull', True), models.Q(models.Q(('released_by', models.F('author')), _negated=True), models.Q(('released_by', models.F('first_read_by')), _negated=True)), _connector='OR'), name='case_released_by_another'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('first_read_by__isnull', True), models.Q(('first_read_by', models.F('author')), _negated=True), _connector='OR'), name='case_first_read_by_another'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('audience', 'group'), _negated=True), ('group__isnull', False), _connector='OR'), name='case_for_a_group_names_it'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('withdrawn', 'expired')), _negated=True), models.Q(('asked__isnull', True), ('headline__isnull', True), ('situation__isnull', True), ('tried__isnull', True)), _connector='OR'), name='case_gone_is_empty'),
        ),
    ]

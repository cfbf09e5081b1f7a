"""The brake, incidents with their clock, printed copies."""

import casebook.models.copies
import casebook.models.incidents
import cms.dates
import cms.encryption
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casebook', '0005_questions'),
        ('directory', '0001_people'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(default=casebook.models.incidents.new_incident_number, editable=False, max_length=7, unique=True, verbose_name='number of the incident')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('aware_on', models.DateField(default=cms.dates.today, verbose_name='known since')),
                ('sensitive', models.CharField(choices=[('unknown', 'Not known yet'), ('yes', 'Yes, or suspected'), ('no', 'No')], default='unknown', max_length=8, verbose_name='Sensitive facts (illness, disability, crime suffered)')),
                ('many', models.CharField(choices=[('unknown', 'Not known yet'), ('yes', 'Yes, or suspected'), ('no', 'No')], default='unknown', max_length=8, verbose_name='More than 100 people')),
                ('malicious', models.CharField(choices=[('unknown', 'Not known yet'), ('yes', 'Yes, or suspected'), ('no', 'No')], default='unknown', max_length=8, verbose_name='An evil purpose')),
                ('verdict', models.CharField(blank=True, choices=[('unfounded', 'Nobody can be recognised: show it again as it was'), ('mend', 'Have it mended: back to its author as a draft'), ('erase', 'Delete it: words, answers and notes go at once')], max_length=10, verbose_name='what becomes of the case')),
                ('ruled_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='casebook.case')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                ('ruled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'incident',
                'verbose_name_plural': 'incidents',
                'ordering': ['-opened_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='IncidentStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('pressed', 'Somebody stopped the case'), ('reason', 'Who stopped it said why'), ('looked', 'Somebody of the secretariat has looked at it'), ('facts', 'What is known was written down'), ('author', 'Spoke with the organisation that asked'), ('readers', 'Asked the readers to forget it and pass nothing on'), ('copies', 'Asked for the printed copies back'), ('person', 'Told the person whom it is about'), ('quick', 'Quick report to the Personal Information Protection Commission'), ('cause', 'Found the cause, and how it is prevented'), ('full', 'Full report to the Personal Information Protection Commission'), ('note', 'Something else was done'), ('ruled', 'Decided what becomes of the case'), ('ended', 'The incident is closed')], max_length=8, verbose_name='what was done')),
                ('code', models.CharField(blank=True, max_length=12)),
                ('done_on', models.DateField(default=cms.dates.today, verbose_name='on')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('note', cms.encryption.EncryptedTextField(null=True, verbose_name='in a few words')),
                ('dismissals', cms.encryption.EncryptedJSONField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='casebook.incident')),
            ],
            options={
                'verbose_name': 'step of an incident',
                'verbose_name_plural': 'steps of an incident',
                'ordering': ['at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PrintedCopy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(default=casebook.models.copies.new_copy_number, editable=False, max_length=9, unique=True, verbose_name='number of the copy')),
                ('printed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='printed')),
                ('state', models.CharField(choices=[('out', 'Not back yet'), ('returned', 'Returned to the secretariat'), ('destroyed', 'Shredded'), ('unprinted', 'Was not printed after all')], default='out', max_length=10, verbose_name='where it is')),
                ('settled_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='casebook.case')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                ('printed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'printed copy',
                'verbose_name_plural': 'printed copies',
                'ordering': ['-printed_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.UniqueConstraint(condition=models.Q(('verdict', '')), fields=('case',), name='incident_one_undecided_a_case'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ruled_at', None), ('ruled_by', None), ('verdict', '')), models.Q(models.Q(('verdict', ''), _negated=True), ('ruled_at__isnull', False), ('ruled_by__isnull', False)), _connector='OR'), name='incident_verdict_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), models.Q(models.Q(('verdict', ''), _negated=True), ('ended_by__isnull', False)), _connector='OR'), name='incident_ends_after_verdict'),
        ),
        migrations.AddConstraint(
            model_name='incidentstep',
            constraint=models.UniqueConstraint(condition=models.Q(('act', 'pressed')), fields=('incident', 'by'), name='incident_pressed_once_a_person'),
        ),
        migrations.AddConstraint(
            model_name='printedcopy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', None), ('state', 'out')), models.Q(models.Q(('state', 'out'), _negated=True), ('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='copy_settled_by_somebody'),
        ),
    ]

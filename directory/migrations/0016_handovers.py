"""Handing a case or a consultation on to another organisation."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cms.dates
import cms.encryption


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0015_accounts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('subject', models.UUIDField()),
                ('state', models.CharField(choices=[('proposed', 'Waits for an answer'), ('accepted', 'Taken on'), ('declined', 'Not possible this time'), ('withdrawn', 'Taken back'), ('done', 'Connected')], default='proposed', max_length=10, verbose_name='state')),
                ('reason', models.CharField(blank=True, max_length=12, verbose_name='reason')),
                ('note', cms.encryption.EncryptedTextField(null=True, verbose_name='in a few words')),
                ('dismissals', cms.encryption.EncryptedJSONField(null=True)),
                ('answer_by', models.DateField(verbose_name='answer by')),
                ('proposed_at', models.DateTimeField(default=cms.dates.now)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('escalated_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('from_organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
            ],
            options={
                'verbose_name': 'hand-over',
                'verbose_name_plural': 'hand-overs',
                'ordering': ['proposed_at', 'pk'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['kind', 'subject'], name='handover_subject'), models.Index(condition=models.Q(('state', 'proposed')), fields=['answer_by'], name='handover_unanswered')],
                'constraints': [models.CheckConstraint(condition=models.Q(('from_organization', models.F('to_organization')), _negated=True), name='handover_two_sides'), models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'accepted', 'declined', 'withdrawn', 'done'])), name='handover_state_known'), models.UniqueConstraint(condition=models.Q(('state__in', ('proposed', 'accepted'))), fields=('kind', 'subject', 'to_organization'), name='handover_one_open_per_receiver'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='handover_answered_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('ended_at__isnull', True), ('state', 'proposed')), models.Q(('answered_at__isnull', False), ('ended_at__isnull', True), ('state', 'accepted')), models.Q(('answered_at__isnull', False), ('ended_at__isnull', False), ('state__in', ['declined', 'done'])), models.Q(('ended_at__isnull', False), ('state', 'withdrawn')), _connector='OR'), name='handover_state_has_its_moments'), models.CheckConstraint(condition=models.Q(models.Q(('reason__in', ['full', 'outside', 'far', 'other_body', 'early']), ('state', 'declined')), models.Q(('answered_at__isnull', False), ('reason__in', ['wish', 'changed', 'elsewhere', 'unable', 'ended']), ('state', 'withdrawn')), models.Q(models.Q(('reason', '')), models.Q(('state', 'declined'), _negated=True), models.Q(('answered_at__isnull', False), ('state', 'withdrawn'), _negated=True)), _connector='OR'), name='handover_reason_where_one_is_due'), models.CheckConstraint(condition=models.Q(('note__isnull', True), ('state', 'declined'), _connector='OR'), name='handover_words_of_a_refusal_only')],
            },
        ),
    ]

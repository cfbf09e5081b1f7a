"""What is learned from cases, and how many there were."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cms.encryption


class Migration(migrations.Migration):

    dependencies = [
        ('casebook', '0006_incidents'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='fiscal year')),
                ('quarter', models.PositiveSmallIntegerField(verbose_name='quarter')),
                ('event', models.CharField(choices=[('opened', 'Opened'), ('closed', 'Closed')], max_length=8)),
                ('dimension', models.CharField(choices=[('all', 'All'), ('concern', 'Concern'), ('stage', 'Stage of life (coarse)'), ('outcome', 'Outcome')], max_length=8)),
                ('code', models.CharField(blank=True, max_length=8)),
                ('count', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'figure',
                'verbose_name_plural': 'figures',
                'ordering': ['-fiscal_year', '-quarter', 'event', 'dimension', 'code'],
                'constraints': [models.UniqueConstraint(fields=('fiscal_year', 'quarter', 'event', 'dimension', 'code'), name='tally_once_a_cell'), models.CheckConstraint(condition=models.Q(('quarter__range', (1, 4))), name='tally_quarter')],
            },
        ),
        migrations.CreateModel(
            name='LearningCard',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('waiting', 'Waits for a second pair of eyes'), ('returned', 'Given back'), ('ready', 'Goes into the library with the others'), ('shown', 'In the library'), ('retired', 'Taken out of the library')], default='waiting', max_length=8, verbose_name='state')),
                ('goes_out_on', models.DateField(null=True)),
                ('title', cms.encryption.EncryptedTextField(null=True, verbose_name='title')),
                ('learned', cms.encryption.EncryptedTextField(null=True, verbose_name='the learning')),
                ('tried', cms.encryption.EncryptedTextField(null=True, verbose_name='what was done')),
                ('worked', cms.encryption.EncryptedTextField(null=True, verbose_name='what made it work')),
                ('hard', cms.encryption.EncryptedTextField(null=True, verbose_name='what was difficult')),
                ('schemes', cms.encryption.EncryptedTextField(null=True, verbose_name='schemes that were used')),
                ('words', cms.encryption.EncryptedTextField(null=True)),
                ('dismissals', cms.encryption.EncryptedJSONField(null=True)),
                ('reviewer_note', cms.encryption.EncryptedTextField(null=True)),
                ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='fiscal year')),
                ('life_stage', models.CharField(blank=True, choices=[('l0', 'Before school age'), ('l1', 'Primary school child'), ('l2', 'Junior high school pupil'), ('l3', 'High school age'), ('l4', '18 to 29'), ('l5', 'Thirties'), ('l6', 'Forties'), ('l7', 'Fifties'), ('l8', '60 to 74'), ('l9', '75 and over'), ('m0', 'Under 18'), ('m1', '18 to 39'), ('m2', '40 to 59'), ('m3', '60 and over'), ('', 'Not written')], max_length=4, verbose_name='stage of life')),
                ('concerns', models.CharField(blank=True, max_length=60, verbose_name='concerns')),
                ('bodies', models.CharField(blank=True, max_length=60, verbose_name='who took part')),
                ('outcome', models.CharField(choices=[('found', 'Someone who can help was found'), ('partly', 'Found for a part'), ('none', 'Not found (towards new support)')], max_length=8, verbose_name='outcome')),
                ('materials', models.JSONField(default=list)),
                ('retired_for', models.CharField(blank=True, choices=[('recognised', 'Somebody may be recognised'), ('outdated', 'It does not hold any more'), ('twice', 'Another card says the same')], max_length=12)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'learning card',
                'verbose_name_plural': 'learning cards',
                'ordering': ['-fiscal_year', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('author__isnull', False), ('state__in', ('waiting', 'returned', 'ready'))), models.Q(models.Q(('state__in', ('waiting', 'returned', 'ready')), _negated=True), ('author__isnull', True), ('goes_out_on__isnull', True), ('reviewer_note__isnull', True)), _connector='OR'), name='card_shown_has_no_author'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'retired'), _negated=True), models.Q(('learned__isnull', True), ('title__isnull', True), ('tried__isnull', True), ('words__isnull', True)), _connector='OR'), name='card_retired_is_empty'), models.CheckConstraint(condition=models.Q(models.Q(('goes_out_on__isnull', False), ('state', 'ready')), models.Q(models.Q(('state', 'ready'), _negated=True), ('goes_out_on__isnull', True)), _connector='OR'), name='card_ready_has_a_day'), models.CheckConstraint(condition=models.Q(('life_stage__in', ['', 'm0', 'm1', 'm2', 'm3'])), name='card_stage_is_coarse')],
            },
        ),
    ]

"""The first tables of the casebook: encrypted from the beginning."""

import casebook.models.cases
import cms.encryption
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0001_people'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Access',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.UUIDField(db_index=True)),
                ('user', models.BigIntegerField()),
                ('organization', models.BigIntegerField(null=True)),
                ('how', models.CharField(choices=[('view', 'Read'), ('review', 'Read for the anonymity check')], max_length=8, verbose_name='how')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'reading of a case',
                'verbose_name_plural': 'readings',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(default=casebook.models.cases.new_number, editable=False, max_length=7, unique=True, verbose_name='case number')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Waits for the anonymity check'), ('released', 'Waits for answers'), ('closed', 'Closed'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10, verbose_name='state')),
                ('life_stage', models.CharField(choices=[('l0', 'Before school age'), ('l1', 'Primary school child'), ('l2', 'Junior high school pupil'), ('l3', 'High school age'), ('l4', '18 to 29'), ('l5', 'Thirties'), ('l6', 'Forties'), ('l7', 'Fifties'), ('l8', '60 to 74'), ('l9', '75 and over')], max_length=4, verbose_name='stage of life')),
                ('household', models.CharField(choices=[('h1', 'Alone'), ('h2', 'As a couple'), ('h3', 'With parents'), ('h4', 'One parent and child'), ('h5', 'Parents and children'), ('h6', 'Other')], max_length=4, verbose_name='household')),
                ('sex', models.CharField(blank=True, choices=[('', 'Not written'), ('s1', 'Female'), ('s2', 'Male'), ('s3', 'Other')], default='', max_length=4, verbose_name='sex')),
                ('concerns', models.JSONField(default=list, verbose_name='concerns')),
                ('involved', models.JSONField(default=list, verbose_name='involved so far')),
                ('relative_time', models.CharField(choices=[('t0', 'No consultation yet'), ('t1', 'Within a month'), ('t2', 'About three months'), ('t3', 'About half a year'), ('t4', 'About a year'), ('t5', 'Longer')], max_length=4, verbose_name='since the first consultation')),
                ('legal_basis', models.CharField(choices=[('none', 'None: the case is anonymous'), ('council', 'Regional council for loneliness and isolation (confidentiality by law)'), ('conference', 'Support conference (Social Welfare Act)'), ('multilayer', 'Multi-layered support conference (with consent)')], default='none', max_length=12, verbose_name='legal basis')),
                ('consent', models.CharField(choices=[('oral', 'The person agreed, orally'), ('written', 'The person agreed in writing (kept by our organisation)'), ('unneeded', 'Fully anonymous: our organisation judged that no consent is needed')], max_length=12, verbose_name='why it may be told')),
                ('headline', cms.encryption.EncryptedTextField(null=True, verbose_name='in one line')),
                ('situation', cms.encryption.EncryptedTextField(null=True, verbose_name='the situation now')),
                ('tried', cms.encryption.EncryptedTextField(null=True, verbose_name='what was tried')),
                ('asked', cms.encryption.EncryptedTextField(null=True, verbose_name='what we ask')),
                ('dismissals', cms.encryption.EncryptedJSONField(null=True)),
                ('changed', models.JSONField(default=dict)),
                ('reviewer_note', cms.encryption.EncryptedTextField(null=True, verbose_name='words to the author')),
                ('audience', models.CharField(choices=[('core', 'Core members'), ('chosen', 'Chosen organisations only'), ('all', 'All members')], default='core', max_length=8, verbose_name='who may read')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='to be looked at again')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='deleted on')),
                ('outcome', models.CharField(blank=True, choices=[('found', 'Someone who can help was found'), ('partly', 'Found for a part'), ('none', 'Not found (towards new support)')], max_length=8, verbose_name='outcome')),
                ('outcome_note', cms.encryption.EncryptedTextField(null=True, verbose_name='in a few words')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to=settings.AUTH_USER_MODEL)),
                ('excluded', models.ManyToManyField(blank=True, related_name='+', to='directory.organization')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='directory.organization', verbose_name='organization')),
                ('released_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shared_with', models.ManyToManyField(blank=True, related_name='+', to='directory.organization')),
            ],
            options={
                'verbose_name': 'case',
                'verbose_name_plural': 'cases',
                'ordering': [models.OrderBy(models.F('released_at'), descending=True, nulls_first=True), '-created_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('stance', models.CharField(choices=[('handle', 'Our organisation can handle this'), ('together', 'We can handle this together'), ('information', 'We can give information'), ('cannot', 'It is difficult for us now')], max_length=12, verbose_name='answer')),
                ('text', cms.encryption.EncryptedTextField(null=True, verbose_name='what we can do')),
                ('dismissals', cms.encryption.EncryptedJSONField(null=True)),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='by when')),
                ('state', models.CharField(choices=[('offered', 'Offered'), ('accepted', 'Accepted'), ('declined', 'Not this time'), ('withdrawn', 'Withdrawn')], default='offered', max_length=10, verbose_name='state')),
                ('offered_at', models.DateTimeField(auto_now_add=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='casebook.case')),
                ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='directory.organization')),
            ],
            options={
                'verbose_name': 'offer',
                'verbose_name_plural': 'offers',
                'ordering': ['offered_at', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('legal_basis', 'none'), ('situation__isnull', True), _connector='OR'), name='case_text_is_anonymous'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('released', 'closed')), _negated=True), models.Q(('expires_on__isnull', False), ('released_by__isnull', False)), _connector='OR'), name='case_shared_after_release'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('released_by__isnull', True), models.Q(('released_by', models.F('author')), _negated=True), _connector='OR'), name='case_released_by_another'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='case_closed_with_outcome'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('asked__isnull', True), ('headline__isnull', True), ('situation__isnull', True), ('tried__isnull', True)), _connector='OR'), name='case_withdrawn_is_empty'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['offered', 'accepted'])), fields=('case', 'organization'), name='offer_one_open_per_organization'),
        ),
    ]

# The numbers of desks: holds, changes that wait for a second person, reports of residents, questions to owners.

import uuid

import cms.dates
import cms.encryption
import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_first_concerns"),
    ]

    operations = [
        migrations.CreateModel(
            name='DeskOwner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', cms.encryption.EncryptedTextField(verbose_name='e-mail')),
                ('named_at', models.DateTimeField(default=cms.dates.now, verbose_name='named at')),
                ('desk', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='owner', to='directory.consultationdesk')),
                ('named_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='named by')),
            ],
            options={
                'verbose_name': 'owner of a desk',
                'verbose_name_plural': 'owners of desks',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='DeskQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('asked_at', models.DateTimeField(default=cms.dates.now, verbose_name='asked at')),
                ('expires_at', models.DateTimeField(verbose_name='valid until')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='directory.consultationdesk')),
            ],
            options={
                'verbose_name': 'question to an owner',
                'verbose_name_plural': 'questions to owners',
                'ordering': ['-asked_at', '-pk'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['desk', 'asked_at'], name='question_by_desk')],
            },
        ),
        migrations.CreateModel(
            name='DeskReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('number', 'The number is wrong, or nobody can be reached'), ('hours', 'The hours are different'), ('text', 'What is written is different'), ('gone', 'The desk does not exist any more'), ('other', 'Something else')], max_length=12, verbose_name='what is wrong')),
                ('words', cms.encryption.EncryptedTextField(blank=True, null=True, verbose_name='in their words')),
                ('sender', models.CharField(blank=True, editable=False, max_length=64)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(db_index=True, default=cms.dates.now, verbose_name='told at')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='settled at')),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='directory.consultationdesk')),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='settled by')),
            ],
            options={
                'verbose_name': 'report about a desk',
                'verbose_name_plural': 'reports about desks',
                'ordering': ['-created_at', '-pk'],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('what__in', ['number', 'hours', 'text', 'gone', 'other'])), name='report_of_known_thing')],
            },
        ),
        migrations.CreateModel(
            name='NumberChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_kind', models.CharField(blank=True, choices=[('phone', 'Telephone'), ('chat', 'Chat'), ('line', 'LINE'), ('mail', 'E-mail'), ('form', 'Web form'), ('visit', 'Coming by'), ('home_visit', 'Visit to the home'), ('online', 'Online meeting'), ('letter', 'Letter'), ('fax', 'Fax')], max_length=12, verbose_name='old kind')),
                ('old', models.CharField(blank=True, max_length=300, verbose_name='old number')),
                ('kind', models.CharField(choices=[('phone', 'Telephone'), ('chat', 'Chat'), ('line', 'LINE'), ('mail', 'E-mail'), ('form', 'Web form'), ('visit', 'Coming by'), ('home_visit', 'Visit to the home'), ('online', 'Online meeting'), ('letter', 'Letter'), ('fax', 'Fax')], max_length=12, verbose_name='kind')),
                ('new', models.CharField(max_length=300, verbose_name='new number')),
                ('channel', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='channel')),
                ('state', models.CharField(choices=[('waiting', 'waits for a second person'), ('confirmed', 'confirmed'), ('refused', 'refused'), ('replaced', 'replaced by a newer change')], default='waiting', max_length=10, verbose_name='state')),
                ('proposed_at', models.DateTimeField(default=cms.dates.now, verbose_name='proposed at')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='number_changes', to='directory.consultationdesk')),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
            ],
            options={
                'verbose_name': 'change of a number',
                'verbose_name_plural': 'changes of numbers',
                'ordering': ['proposed_at', 'pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('desk', 'kind', 'new'), name='number_change_waits_once'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'waiting')), models.Q(('decided_at__isnull', False), ('state__in', ['confirmed', 'refused', 'replaced'])), _connector='OR'), name='number_change_decided_in_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='number_change_by_two')],
            },
        ),
        migrations.CreateModel(
            name='NumberHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('phone', 'Telephone'), ('chat', 'Chat'), ('line', 'LINE'), ('mail', 'E-mail'), ('form', 'Web form'), ('visit', 'Coming by'), ('home_visit', 'Visit to the home'), ('online', 'Online meeting'), ('letter', 'Letter'), ('fax', 'Fax')], max_length=12, verbose_name='kind')),
                ('value', models.CharField(blank=True, max_length=300, verbose_name='number or address')),
                ('reason', models.CharField(choices=[('wrong', 'somebody else answers'), ('dead', 'nobody can be reached'), ('check', 'to be on the safe side, while it is checked'), ('asked', 'the organisation asked for it')], default='wrong', max_length=12, verbose_name='reason')),
                ('since', models.DateTimeField(default=cms.dates.now, verbose_name='hidden since')),
                ('lift_asked_at', models.DateTimeField(blank=True, null=True, verbose_name='checked at')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='shown again at')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='hidden by')),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='number_holds', to='directory.consultationdesk')),
                ('lift_asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by')),
                ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='shown again by')),
            ],
            options={
                'verbose_name': 'hidden number',
                'verbose_name_plural': 'hidden numbers',
                'ordering': ['-since', 'pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('desk', 'kind', 'value'), name='hold_one_open'), models.CheckConstraint(condition=models.Q(('lifted_at__isnull', True), ('lift_asked_at__isnull', False), _connector='OR'), name='hold_lift_was_asked'), models.CheckConstraint(condition=models.Q(('lifted_by', models.F('lift_asked_by')), _negated=True), name='hold_lifted_by_two')],
            },
        ),
    ]

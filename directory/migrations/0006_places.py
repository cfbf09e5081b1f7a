import cms.encryption
import cms.fields
import cms.models.base
import directory.fields
import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
import modelsearch.index
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("cms", "0001_initial"),
        ("directory", "0005_trusted_numbers"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name='PlacesIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, verbose_name='introduction')),
                ('body', cms.fields.QuietStreamField([], blank=True, verbose_name='text below the list')),
            ],
            options={
                'verbose_name': 'places to be (index)',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='VolunteerIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, verbose_name='introduction')),
                ('body', cms.fields.QuietStreamField([], blank=True, verbose_name='text below the list')),
            ],
            options={
                'verbose_name': 'lend a hand (index)',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='Opportunity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('slug', models.SlugField(default=cms.models.base.neutral_slug, editable=False, max_length=20, unique=True)),
                ('title', models.CharField(help_text='Concrete and small: 図書館で、返ってきた本を棚にもどす', max_length=60, verbose_name='what one does')),
                ('description', models.TextField(blank=True, max_length=1500, verbose_name='more about it')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, help_text='30 is shown as 「30分から」.', null=True, verbose_name='from how many minutes')),
                ('rhythm', models.CharField(blank=True, choices=[('once', 'Only once'), ('sometimes', 'Now and then'), ('weekly', 'Every week'), ('monthly', 'Every month')], max_length=10, verbose_name='how often')),
                ('when_text', models.CharField(blank=True, max_length=120, verbose_name='when, in words')),
                ('takes_place_on', models.DateField(blank=True, null=True, verbose_name='on this day (if it is only one)')),
                ('where_text', models.CharField(blank=True, max_length=160, verbose_name='where, in words')),
                ('is_online', models.BooleanField(default=False, verbose_name='can be done from home')),
                ('with_whom', models.CharField(blank=True, max_length=160, verbose_name='with whom')),
                ('try_once', models.BooleanField(default=False, verbose_name='one may try it once')),
                ('no_skills', models.BooleanField(default=False, verbose_name='no skill or licence needed')),
                ('skills_text', models.CharField(blank=True, max_length=160, verbose_name='what helps to know or have')),
                ('pay', models.CharField(blank=True, choices=[('none', 'Without pay'), ('expenses', 'Expenses are paid'), ('paid', 'With pay')], max_length=8, verbose_name='pay')),
                ('pay_text', models.CharField(blank=True, max_length=120, verbose_name='pay in words')),
                ('insurance', models.CharField(blank=True, choices=[('covered', 'The host insures you'), ('own', 'You take out your own insurance'), ('none', 'No insurance')], max_length=8, verbose_name='insurance')),
                ('minors', models.CharField(blank=True, choices=[('yes', 'Under 18, too'), ('consent', "Under 18 with the parents' consent"), ('no', 'From 18 years')], max_length=8, verbose_name='under 18')),
                ('open_until', models.DateField(blank=True, null=True, verbose_name='one can ask until (included)')),
                ('assured_on', models.DateField(blank=True, null=True, verbose_name='last checked with the organisation')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opportunities', to='directory.organization', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'opportunity to help',
                'verbose_name_plural': 'opportunities to help',
                'ordering': ['takes_place_on', 'open_until', 'pk'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='OpportunityQuestion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('waiting', 'Waits for an answer'), ('answered', 'Answered'), ('withdrawn', 'Taken back by the person')], default='waiting', max_length=10, verbose_name='status')),
                ('idempotency_key', models.CharField(max_length=64, unique=True)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('answer_by', models.CharField(choices=[('mail', 'By e-mail'), ('phone', 'By telephone')], max_length=5, verbose_name='how to answer')),
                ('nickname', cms.encryption.EncryptedTextField(null=True, verbose_name='what we may call you')),
                ('email', cms.encryption.EncryptedTextField(null=True, verbose_name='e-mail address')),
                ('phone', cms.encryption.EncryptedTextField(null=True, verbose_name='telephone')),
                ('safe_time', cms.encryption.EncryptedTextField(null=True, verbose_name='when it is safe to call')),
                ('question', cms.encryption.EncryptedTextField(null=True, verbose_name='what you would like to know')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='asked at')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
                ('erase_on', models.DateField(db_index=True, verbose_name='deleted on')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opportunity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='questions', to='directory.opportunity')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
            ],
            options={
                'verbose_name': 'question about helping',
                'verbose_name_plural': 'questions about helping',
                'ordering': ['created_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('slug', models.SlugField(default=cms.models.base.neutral_slug, editable=False, max_length=20, unique=True)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('kana', models.CharField(blank=True, max_length=120, verbose_name='reading in hiragana')),
                ('aliases', directory.fields.LinesField(blank=True, default=list, help_text='One a line. Search finds the place by them too.', verbose_name='other names')),
                ('kind', models.CharField(choices=[('space', 'Free space'), ('salon', 'Salon, tea'), ('meal', 'Meals together'), ('learning', 'Learning'), ('work', 'Field and handwork'), ('sport', 'Moving the body'), ('online', 'Gathering online'), ('family', "Families' circle"), ('peers', 'People in the same situation'), ('other', 'Another kind of place')], default='space', max_length=12, verbose_name='kind')),
                ('description', models.TextField(blank=True, max_length=1000, verbose_name='in a few sentences')),
                ('doing', models.TextField(blank=True, max_length=1000, verbose_name='what one can do there')),
                ('who_comes', models.CharField(blank=True, help_text='For example: ふだん3～6人、20代が多いです', max_length=200, verbose_name='who comes')),
                ('crowd_from', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='people there, at least')),
                ('crowd_to', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='people there, at most')),
                ('silence_ok', models.BooleanField(default=False, verbose_name='You need not talk')),
                ('leaving_ok', models.BooleanField(default=False, verbose_name='You may leave halfway')),
                ('nameless', models.BooleanField(default=False, verbose_name='No name needed at the door')),
                ('watching_ok', models.BooleanField(default=False, verbose_name='Just having a look is fine')),
                ('faceless', models.BooleanField(default=False, verbose_name='Face and camera stay off')),
                ('alone_seat', models.BooleanField(default=False, verbose_name='There are seats for one')),
                ('with_children', models.BooleanField(default=False, verbose_name='With children')),
                ('wheelchair', models.BooleanField(default=False, verbose_name='By wheelchair')),
                ('wide_toilet', models.BooleanField(default=False, verbose_name='Wide toilet')),
                ('nursing', models.BooleanField(default=False, verbose_name='Nursing and nappies')),
                ('quiet_corner', models.BooleanField(default=False, verbose_name='A quiet corner')),
                ('arriving', models.CharField(blank=True, help_text='Which door, is there a bell, where to take off shoes.', max_length=200, verbose_name='coming in')),
                ('greeting', models.CharField(blank=True, max_length=200, verbose_name='who receives you')),
                ('asking', models.CharField(blank=True, max_length=200, verbose_name='what is asked at the door')),
                ('talking', models.CharField(blank=True, max_length=200, verbose_name='about talking')),
                ('leaving', models.CharField(blank=True, max_length=200, verbose_name='going home')),
                ('cost', models.CharField(blank=True, choices=[('free', 'Costs nothing'), ('paid', 'Costs something')], help_text='Blank: not known. That is not free.', max_length=4, verbose_name='cost')),
                ('cost_text', models.CharField(blank=True, max_length=120, verbose_name='cost in words')),
                ('booking', models.CharField(blank=True, choices=[('none', 'Just come'), ('first', 'Only before the first time'), ('always', 'Each time')], max_length=6, verbose_name='saying that one comes')),
                ('booking_text', models.CharField(blank=True, max_length=160, verbose_name='how to say it')),
                ('venue_name', models.CharField(blank=True, help_text='Events with this venue are shown at the place.', max_length=120, verbose_name='house')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='address')),
                ('way', models.TextField(blank=True, max_length=500, verbose_name='the way there')),
                ('is_online', models.BooleanField(default=False, verbose_name='one can take part online')),
                ('online_url', models.URLField(blank=True, verbose_name='address of the online place')),
                ('online_text', models.CharField(blank=True, max_length=200, verbose_name='how to come in online')),
                ('access_text', models.CharField(blank=True, max_length=300, verbose_name='house and equipment, in words')),
                ('hours', models.CharField(blank=True, help_text='Mo,We 13:00-16:00; PH off. First and third Monday: Mo[1,3] 10:00-12:00. Days off at the end.', max_length=500, verbose_name='opening hours')),
                ('hours_text', models.CharField(blank=True, max_length=120, verbose_name='hours in words (only if the automatic ones do not fit)')),
                ('hours_note', models.CharField(blank=True, max_length=160, verbose_name='exceptions, in words')),
                ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('contact_mail', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('website', models.URLField(blank=True, verbose_name='website or form')),
                ('age_min', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='from age')),
                ('age_max', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='up to age (included)')),
                ('audience', models.CharField(blank=True, max_length=120, verbose_name='for whom, in words')),
                ('assured_on', models.DateField(blank=True, null=True, verbose_name='last checked with the place')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='directory.organization', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'place to be',
                'verbose_name_plural': 'places to be',
                'ordering': ['kana', 'name', 'pk'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.AddField(
            model_name='opportunity',
            name='place',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='opportunities', to='directory.place', verbose_name='at this place to be'),
        ),
        migrations.CreateModel(
            name='ThemedPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='themed_items', to='directory.place')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='themed_places', to='cms.theme')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='place',
            name='themes',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='directory.ThemedPlace', to='cms.Theme', verbose_name='themes'),
        ),
        migrations.AddConstraint(
            model_name='opportunity',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__isnull', True), models.Q(('minutes__gte', 1), ('minutes__lte', 1440)), _connector='OR'), name='opportunity_minutes_of_a_day', violation_error_message='Minutes are from 1 to 1440.'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('age_min__isnull', True), ('age_max__isnull', True), ('age_min__lte', models.F('age_max')), _connector='OR'), name='place_ages_in_order', violation_error_message='The upper age is below the lower one.'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('crowd_from__isnull', True), ('crowd_to__isnull', True), ('crowd_from__lte', models.F('crowd_to')), _connector='OR'), name='place_crowd_in_order', violation_error_message='The larger number of people is below the smaller one.'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['space', 'salon', 'meal', 'learning', 'work', 'sport', 'online', 'family', 'peers', 'other'])), name='place_of_known_kind'),
        ),
    ]

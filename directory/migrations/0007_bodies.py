"""Bodies, their seats and history; the organisation chart; and no two memberships of an organisation at one time.

Overlaps are refused by the database itself. PostgreSQL has exclusion constraints (over built-in ranges, so that no
extension is needed); SQLite, which writes one transaction at a time, has triggers. Rebuilding the table on SQLite
(Django does so when a later migration alters a column) drops triggers: such a migration calls `guard` again, and
tests/directory/partnership/test_register.py turns red when it was forgotten.
"""

import cms.models.base
import directory.fields
import django.core.validators
import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models

TABLE = "directory_membership"
POSTGRES = f"""
ALTER TABLE {TABLE} ADD CONSTRAINT membership_no_overlap EXCLUDE USING gist (
  int8range(organization_id, organization_id, '[]') WITH &&, daterange(since, until, '[)') WITH &&)
"""
# Two periods meet when each begins before the other ends. A period that ends as it begins holds no day and meets none.
SQLITE = f"""
CREATE TRIGGER membership_no_overlap_{{verb}} BEFORE {{event}} ON {TABLE}
WHEN NEW.until IS NULL OR NEW.until > NEW.since
BEGIN
  SELECT RAISE(ABORT, 'membership_no_overlap') FROM {TABLE} AS other
  WHERE other.organization_id = NEW.organization_id AND other.id IS NOT NEW.id
    AND (other.until IS NULL OR other.until > other.since)
    AND (NEW.until IS NULL OR other.since < NEW.until) AND (other.until IS NULL OR NEW.since < other.until);
END
"""


def guard(apps, schema_editor):
    """Let the database refuse a second membership of an organisation within the time of another."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES)
        return
    for verb in ("insert", "update"):
        schema_editor.execute(SQLITE.format(verb=verb, event=verb.upper()))


def unguard(apps, schema_editor):
    """Without the refusal."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT IF EXISTS membership_no_overlap")
        return
    for verb in ("insert", "update"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS membership_no_overlap_{verb}")


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0006_places"),
    ]

    operations = [
        migrations.CreateModel(
            name='Chart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('description', models.CharField(help_text='Read aloud to people who do not see the picture.', max_length=200, verbose_name='what it shows, in a sentence')),
                ('source', models.CharField(blank=True, help_text='For example: 市の提供図にもとづく', max_length=120, verbose_name='source')),
                ('as_of', models.DateField(blank=True, null=True, verbose_name='as of')),
                ('is_public', models.BooleanField(default=False, verbose_name='shown to residents')),
                ('sort_order', models.PositiveSmallIntegerField(default=100, verbose_name='order')),
            ],
            options={
                'verbose_name': 'organisation chart',
                'verbose_name_plural': 'organisation charts',
                'ordering': ['sort_order', 'pk'],
                'permissions': [('publish_chart', 'Can show charts to residents')],
            },
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(default=cms.models.base.neutral_slug, editable=False, max_length=20, unique=True)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('kana', models.CharField(blank=True, max_length=120, verbose_name='reading in hiragana')),
                ('kind', models.CharField(choices=[('existing', 'Body that was there before'), ('new', 'New body'), ('liaison', 'Liaison meeting inside the city hall'), ('council', 'Council'), ('working', 'Working group'), ('other', 'Other')], default='existing', max_length=12, verbose_name='kind')),
                ('is_pf', models.BooleanField(default=False, help_text='This body is positioned as the partnership itself.', verbose_name='carries the partnership')),
                ('purpose', models.TextField(blank=True, max_length=1000, verbose_name='what it is for')),
                ('rhythm', models.CharField(blank=True, help_text='For example: 年3回', max_length=60, verbose_name='how often it meets')),
                ('openness', models.CharField(blank=True, choices=[('open', 'Open to everyone'), ('press', 'Open to the press'), ('closed', 'Not open')], default='', help_text='Empty: unknown.', max_length=8, verbose_name='who may be there')),
                ('adopted_on', directory.fields.FuzzyDateField(blank=True, help_text='As exactly as it is known: 2021, 2021-05 or 2021-05-01.', max_length=10, verbose_name='decided on')),
                ('approved_by_text', models.CharField(blank=True, help_text='If it is not one of the bodies here: 市長決裁', max_length=80, verbose_name='decided by (in words)')),
                ('is_public', models.BooleanField(default=False, verbose_name='shown to residents')),
                ('sort_order', models.PositiveSmallIntegerField(default=100, verbose_name='order')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='decided', to='directory.body', verbose_name='decided by (body)')),
                ('reports_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reporting', to='directory.body', verbose_name='reports to')),
            ],
            options={
                'verbose_name': 'body',
                'verbose_name_plural': 'bodies',
                'ordering': ['sort_order', 'kana', 'pk'],
                'permissions': [('publish_body', 'Can show bodies to residents')],
            },
        ),
        migrations.CreateModel(
            name='BodyEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('happened_on', directory.fields.FuzzyDateField(blank=True, help_text='As exactly as it is known: 2021, 2021-05 or 2021-05-01.', max_length=10, verbose_name='when')),
                ('when_text', models.CharField(blank=True, help_text='If the day is not certain: around 10 March.', max_length=60, verbose_name='when, in words')),
                ('text', models.CharField(max_length=200, verbose_name='what happened')),
                ('with_press', models.BooleanField(default=False, verbose_name='the press was there')),
                ('points', directory.fields.LinesField(blank=True, default=list, help_text='One a line.', verbose_name='points')),
                ('body', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='history', to='directory.body', verbose_name='body')),
                ('reported_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to='directory.body', verbose_name='reported to')),
            ],
            options={
                'verbose_name': 'line of the history',
                'verbose_name_plural': 'history',
                'ordering': ['happened_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BodyMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, help_text='For people who come without an organisation: 民生委員. Never a name.', max_length=60, verbose_name='or a title')),
                ('headcount', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='how many people')),
                ('role', models.CharField(choices=[('chair', 'Chair'), ('vice', 'Vice chair'), ('member', 'Seat member'), ('office', 'Office of the body'), ('observer', 'Observer')], default='member', max_length=12, verbose_name='role')),
                ('since', models.DateField(blank=True, help_text='Empty: not known.', null=True, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until (this day no more)')),
                ('body', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='directory.body', verbose_name='body')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='directory.organization', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'seat in a body',
                'verbose_name_plural': 'seats in bodies',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organization__isnull', False), ('title', '')), models.Q(('organization__isnull', True), models.Q(('title', ''), _negated=True)), _connector='OR'), name='seat_of_one', violation_error_message='Choose an organisation or write a title, one of the two.'), models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='seat_in_order', violation_error_message='The end is before the beginning.'), models.UniqueConstraint(condition=models.Q(('organization__isnull', False), ('until__isnull', True)), fields=('body', 'organization'), name='seat_one_open', violation_error_message='This organisation already sits here. End the earlier seat first.')],
            },
        ),
        migrations.CreateModel(
            name='ChartEdge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='from box')),
                ('tie', models.CharField(choices=[('consists', 'is made of'), ('cooperates', 'work together'), ('reports', 'reports to'), ('commissions', 'commissions')], default='consists', max_length=12, verbose_name='kind of line')),
                ('end', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='to box')),
                ('chart', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='edges', to='directory.chart')),
            ],
            options={
                'verbose_name': 'line',
                'verbose_name_plural': 'lines',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('start', models.F('end')), _negated=True), name='line_between_two', violation_error_message='A line needs two different boxes.'), models.UniqueConstraint(fields=('chart', 'start', 'end', 'tie'), name='line_once', violation_error_message='This line is already there.')],
            },
        ),
        migrations.CreateModel(
            name='ChartNode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(help_text='Lines are drawn between numbers.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='number')),
                ('kind', models.CharField(blank=True, choices=[('city', 'City'), ('shakyo', 'Council of social welfare'), ('npo', 'NPO'), ('company', 'Company'), ('center', 'Support centre'), ('public', 'Public body'), ('school', 'School'), ('residents', "Residents' group"), ('other', 'Other')], default='', max_length=20, verbose_name='kind of organisations')),
                ('label', models.CharField(blank=True, help_text='Empty: the name of what was chosen.', max_length=60, verbose_name='words in the box')),
                ('detail', models.CharField(blank=True, max_length=60, verbose_name='small words below')),
                ('is_core', models.BooleanField(default=False, verbose_name='stands out')),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='boxes', to='directory.body', verbose_name='body')),
                ('chart', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='nodes', to='directory.chart')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='boxes', to='directory.organization', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'box',
                'verbose_name_plural': 'boxes',
                'ordering': ['number', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('chart', 'number'), name='box_number_once', violation_error_message='This number is taken.')],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]

import cms.models.base
import cms.privatefiles
import django.db.models.deletion
import django.utils.timezone
import taggit.managers
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0008_readings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("workshops", "0005_meetings"),
    ]

    operations = [
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=cms.models.base.neutral_slug, editable=False, max_length=12, unique=True)),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('purpose', models.TextField(max_length=2000, verbose_name='what the material is for')),
                ('kind', models.CharField(choices=[('kit', 'Workshop kit'), ('slides', 'Slides'), ('handout', 'Handout'), ('form', 'Forms and templates'), ('other', 'Something else')], default='kit', max_length=10, verbose_name='kind')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='how long it takes, in minutes')),
                ('group_size', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='for how many people at most')),
                ('licence', models.CharField(choices=[('cc-by', 'CC BY 4.0: anybody may use and change it, naming who made it'), ('cc0', 'CC0: anybody may use it freely'), ('members', 'Among members only'), ('ask', 'Ask the giving organisation first')], default='cc-by', max_length=10, verbose_name='how it may be used')),
                ('audience', models.CharField(choices=[('members', 'All members'), ('core', 'Core members'), ('own', 'Our own organisation, for now')], default='members', max_length=10, verbose_name='who sees it')),
                ('words', models.TextField(default='', editable=False)),
                ('version_number', models.PositiveSmallIntegerField(default=1, editable=False)),
                ('renewed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_by_office', models.BooleanField(default=False, editable=False)),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='materials', to='directory.organization', verbose_name='given by')),
            ],
            options={
                'verbose_name': 'material',
                'verbose_name_plural': 'materials',
                'ordering': ['-renewed_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='MaterialFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('file', models.FileField(storage=cms.privatefiles.private_storage, upload_to=cms.privatefiles.random_name)),
                ('name', models.CharField(max_length=200, verbose_name='file name')),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField(verbose_name='size')),
                ('sha256', models.CharField(max_length=64)),
                ('uploaded_at', models.DateTimeField(auto_now_add=True)),
                ('draft', models.CharField(blank=True, max_length=36)),
                ('role', models.CharField(choices=[('slides', 'Slides to show'), ('timetable', 'Plan of the hours'), ('handout', 'To hand out'), ('other', 'Other files')], default='other', max_length=10, verbose_name='what it is')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('first_version', models.PositiveSmallIntegerField(default=1)),
                ('last_version', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('material', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='workshops.material')),
                ('uploaded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['material', 'uploaded_at', 'title'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='MaterialDownload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directory.organization')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='downloads', to='workshops.materialfile')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='MaterialUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('used_on', models.DateField(verbose_name='day')),
                ('place', models.CharField(max_length=120, verbose_name='place')),
                ('people', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='how many people')),
                ('outcome', models.TextField(blank=True, max_length=600, verbose_name='what came of it')),
                ('told_at', models.DateTimeField(auto_now_add=True)),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='workshops.material')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['material', '-used_on', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='MaterialVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('note', models.TextField(blank=True, max_length=1000, verbose_name='what changed')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='workshops.material')),
            ],
            options={
                'ordering': ['material', '-number'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ThemedMaterial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='themed_items', to='workshops.material')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='themed_materials', to='cms.theme')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='material',
            name='themes',
            field=taggit.managers.TaggableManager(blank=True, help_text='A comma-separated list of tags.', through='workshops.ThemedMaterial', to='cms.Theme', verbose_name='themes'),
        ),
        migrations.AddConstraint(
            model_name='materialfile',
            constraint=models.CheckConstraint(condition=models.Q(('last_version', None), ('last_version__gte', models.F('first_version')), _connector='OR'), name='material_file_in_order'),
        ),
        migrations.AddIndex(
            model_name='materialdownload',
            index=models.Index(fields=['file', '-at'], name='material_download_log'),
        ),
        migrations.AddConstraint(
            model_name='materialversion',
            constraint=models.UniqueConstraint(fields=('material', 'number'), name='material_version_once'),
        ),
        migrations.AddConstraint(
            model_name='themedmaterial',
            constraint=models.UniqueConstraint(fields=('content_object', 'tag'), name='material_theme_once'),
        ),
        migrations.AddIndex(
            model_name='material',
            index=models.Index(fields=['-renewed_at'], name='material_newest'),
        ),
    ]

"""What Wagtail's two groups may do beside pages, pictures and files (Wagtail's own migrations give them those).

Nobody is put into a group by hand: roles do it (directory.roles, wagtail_groups). Editors write, publishers also
publish, delete and change the city's settings. Nothing here is about a person.
"""

from django.db import migrations

WRITTEN_BY_BOTH = (
    ("cms", "theme"),
    ("cms", "term"),
    ("directory", "organization"),
    ("directory", "consultationdesk"),
    ("directory", "concern"),
    ("directory", "rolestatement"),
    ("workshops", "event"),
    ("workshops", "formationstep"),
)
WRITE = ("view", "add", "change")
PUBLISHERS_ONLY = (
    ("cms", "theme", "delete"),
    ("cms", "term", "delete"),
    ("cms", "sitesettings", "change"),
    ("directory", "consultationdesk", "publish"),
    ("directory", "consultationdesk", "delete"),
    ("directory", "concern", "delete"),
    ("directory", "rolestatement", "delete"),
    ("workshops", "event", "delete"),
    ("workshops", "formationstep", "delete"),
)
EDITORS, PUBLISHERS = "Editors", "Moderators"


def rights_of(group):
    """(app, model, verb) of a group."""
    both = [(app, model, verb) for app, model in WRITTEN_BY_BOTH for verb in WRITE]
    return both if group == EDITORS else [*both, *PUBLISHERS_ONLY]


def permission(apps, app, model, verb):
    """Django makes permissions after all migrations; the row is needed now."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    kind = ContentType.objects.get_or_create(app_label=app, model=model)[0]
    name = f"Can {verb} {apps.get_model(app, model)._meta.verbose_name}"
    return Permission.objects.get_or_create(
        content_type=kind, codename=f"{verb}_{model}", defaults={"name": name[:255]}
    )[0]


def grant(apps, schema_editor):
    """Give both groups their rights."""
    Group = apps.get_model("auth", "Group")
    for name in (EDITORS, PUBLISHERS):
        group = Group.objects.get_or_create(name=name)[0]
        group.permissions.add(*[permission(apps, *right) for right in rights_of(name)])


def take_back(apps, schema_editor):
    """As Wagtail left them."""
    Group = apps.get_model("auth", "Group")
    for group in Group.objects.filter(name__in=(EDITORS, PUBLISHERS)):
        group.permissions.remove(*[permission(apps, *right) for right in rights_of(group.name)])


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_page_tree"),
        ("cms", "0003_terms"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(grant, take_back)]

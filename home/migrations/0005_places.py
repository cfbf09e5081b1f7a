"""Pages over /places/ and /volunteer/, and who may edit places and opportunities.

/volunteer/ was a page of text; it becomes the page over a list and keeps what editors wrote below it. What nobody had
changed is replaced by words that know of the list. Revisions go along, so that drafts stay.
"""

import json
from importlib import import_module

from django.db import migrations
from django.db.models import Max, TextField
from django.db.models.functions import Cast
from wagtail.blocks import StreamBlock, StreamValue

from home.migrations import _first_texts as first
from home.migrations import _places_texts as texts

tree = import_module("home.migrations.0002_page_tree")
editing = import_module("home.migrations.0003_editing_rights")

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # of treebeard's paths
MODELS = ("place", "opportunity")


def next_path(apps, home):
    """The path of a further child of home."""
    last = apps.get_model("wagtailcore", "Page").objects.filter(path__startswith=home.path, depth=home.depth + 1).aggregate(Max("path"))["path__max"]
    number, step = int(last[-tree.STEP :], 36) + 1, ""
    while number:
        number, rest = divmod(number, 36)
        step = DIGITS[rest] + step
    return home.path + step.rjust(tree.STEP, "0")


def as_stored(parts):
    """Blocks in the form they are kept in, for a field that knows no blocks here."""
    return StreamValue(StreamBlock([]), [], raw_text=parts)


def without_ids(value):
    """The same blocks, whoever made them."""
    if isinstance(value, dict):
        return {key: without_ids(each) for key, each in value.items() if key != "id"}
    return [without_ids(each) for each in value] if isinstance(value, list) else value


def raw_body(model, pk):
    """The blocks of a page as they are kept: a historical field would drop what it does not know."""
    raw = model.objects.filter(pk=pk).annotate(raw=Cast("body", TextField())).values_list("raw", flat=True).get()
    blocks = json.loads(raw or "[]")
    return json.loads(blocks) if isinstance(blocks, str) else blocks


def new_body(blocks):
    """Untouched first words give way to the new ones; others stay, without the notice that a list will come."""
    if without_ids(blocks) == without_ids(first.stored(first.VOLUNTEER_TEXT)):
        return first.stored(texts.VOLUNTEER_TEXT)
    return [b for b in blocks if not (b["type"] == "notice" and b["value"].get("title") == texts.NOTICE_OF_BEFORE)]


def becomes(apps, page, old, new, **values):
    """The same page with another kind: its address, place in the tree, themes and revisions stay."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind = ContentType.objects.get_or_create(app_label=new._meta.app_label, model=new._meta.model_name)[0]
    Page = apps.get_model("wagtailcore", "Page")
    base = Page.objects.get(pk=page.pk)
    kept = {f.attname: getattr(base, f.attname) for f in base._meta.concrete_fields if f.attname != "content_type_id"}
    new(page_ptr_id=page.pk, content_type_id=kind.pk, **kept, **values).save()
    old.objects.filter(pk=page.pk)._raw_delete("default")
    for revision in apps.get_model("wagtailcore", "Revision").objects.filter(object_id=str(page.pk), content_type__app_label=old._meta.app_label, content_type__model=old._meta.model_name):
        revision.content_type_id = kind.pk
        revision.content["content_type"] = kind.pk
        revision.save(update_fields=["content_type", "content"])


def make_pages(apps, schema_editor):
    """/volunteer/ changes its kind, /places/ is added."""
    ContentPage = apps.get_model("home", "ContentPage")
    Volunteer = apps.get_model("directory", "VolunteerIndexPage")
    page = ContentPage.objects.filter(slug="volunteer", depth=3).first()
    if page:
        words = page.introduction
        changed = dict(first.CONTENT_PAGES[0])["introduction"] != words
        becomes(apps, page, ContentPage, Volunteer, introduction=words if changed else texts.VOLUNTEER_INTRODUCTION,
                body=as_stored(new_body(raw_body(ContentPage, page.pk))))  # fmt: skip
    home = apps.get_model("home", "HomePage").objects.get()
    Places = apps.get_model("directory", "PlacesIndexPage")
    words = texts.PLACES
    Places.objects.create(
        path=next_path(apps, home), depth=home.depth + 1, numchild=0, url_path=f"{home.url_path}{words['slug']}/",
        locale_id=home.locale_id, introduction=words["introduction"], body=as_stored(first.stored(texts.PLACES_TEXT)),
        **tree.common(apps, Places, words["title"], words["slug"]),
    )  # fmt: skip
    apps.get_model("wagtailcore", "Page").objects.filter(pk=home.pk).update(numchild=home.numchild + 1)


def take_pages_back(apps, schema_editor):
    """/places/ goes, /volunteer/ is a page of text again."""
    Page = apps.get_model("wagtailcore", "Page")
    Places = apps.get_model("directory", "PlacesIndexPage")
    Volunteer = apps.get_model("directory", "VolunteerIndexPage")
    home = apps.get_model("home", "HomePage").objects.get()
    for page in Places.objects.all():
        Places.objects.filter(pk=page.pk)._raw_delete("default")
        Page.objects.filter(pk=page.pk)._raw_delete("default")
        Page.objects.filter(pk=home.pk).update(numchild=home.numchild - 1)
    for page in Volunteer.objects.all():
        becomes(apps, page, Volunteer, apps.get_model("home", "ContentPage"), introduction=page.introduction,
                body=as_stored(raw_body(Volunteer, page.pk)))  # fmt: skip


def rights_of(group):
    """(app, model, verb) of a group: both write, publishers also publish and delete."""
    verbs = editing.WRITE if group == editing.EDITORS else (*editing.WRITE, "publish", "delete")
    return [("directory", model, verb) for model in MODELS for verb in verbs]


def grant(apps, schema_editor):
    """Give both groups their rights."""
    for name in (editing.EDITORS, editing.PUBLISHERS):
        group = apps.get_model("auth", "Group").objects.get_or_create(name=name)[0]
        group.permissions.add(*[editing.permission(apps, *right) for right in rights_of(name)])


def take_back(apps, schema_editor):
    """As it was."""
    for group in apps.get_model("auth", "Group").objects.filter(name__in=(editing.EDITORS, editing.PUBLISHERS)):
        group.permissions.remove(*[editing.permission(apps, *right) for right in rights_of(group.name)])


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0004_names_in_japanese"),
        ("directory", "0006_places"),
    ]

    operations = [
        migrations.RunPython(make_pages, take_pages_back),
        migrations.RunPython(grant, take_back),
    ]

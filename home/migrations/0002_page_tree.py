"""The page tree of a new city: home in the place of Wagtail's welcome page, and what the URL map promises below it.

Historical models know no tree operations, so depth and path are written here: root 0001, home 00010001, its pages
000100010001 … (treebeard's materialised path, four digits a step).
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import migrations
from django.utils import timezone
from wagtail.blocks import StreamBlock, StreamValue

from home.migrations import _first_texts as texts

STEP = 4
WELCOME = "home"


def written(parts):
    """A text as it is stored. Historical fields know no blocks (see cms.fields), so the raw list is handed through."""
    return StreamValue(StreamBlock([]), [], raw_text=texts.stored(parts))


def common(apps, model, title, slug):
    """What every live page carries."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    meta = model._meta
    now = timezone.now()
    return {
        "title": title,
        "draft_title": title,
        "slug": slug,
        "content_type": ContentType.objects.get_or_create(app_label=meta.app_label, model=meta.model_name)[0],
        "live": True,
        "has_unpublished_changes": False,
        "first_published_at": now,
        "last_published_at": now,
    }


def make_home(apps, welcome):
    """The home page takes over the row of the welcome page: the site keeps its root."""
    HomePage = apps.get_model("home", "HomePage")
    words = dict(texts.HOME)
    own = {f.name for f in HomePage._meta.local_fields} - {"page_ptr"}
    kept = {f.attname: getattr(welcome, f.attname) for f in welcome._meta.fields if f.name != "content_type"}
    kept.update(common(apps, HomePage, words.pop("title"), words.pop("slug")))
    kept.update({name: value for name, value in words.items() if name in own})
    home = HomePage(page_ptr_id=welcome.pk, **kept)
    home.save()
    return home


def add_below(apps, home, model, words, number):
    """A page as the number-th child of home."""
    values = {k: v for k, v in words.items() if k not in ("title", "slug", "text")}
    if "text" in words:
        values["body"] = written(words["text"])
    model.objects.create(
        path=f"{home.path}{number:0{STEP}d}",
        depth=home.depth + 1,
        numchild=0,
        url_path=f"{home.url_path}{words['slug']}/",
        locale_id=home.locale_id,
        **common(apps, model, words["title"], words["slug"]),
        **values,
    )


def children(apps):
    """Model and words of the pages below home, in the order of the editors' tree."""
    ContentPage = apps.get_model("home", "ContentPage")
    return [
        (apps.get_model("directory", "HelpIndexPage"), texts.HELP),
        (apps.get_model("workshops", "EventIndexPage"), texts.EVENTS),
        (apps.get_model("home", "NewsIndexPage"), texts.NEWS),
        (apps.get_model("home", "AboutPage"), texts.ABOUT),
        *[(ContentPage, words) for words in texts.CONTENT_PAGES],
    ]


def set_site(apps, home):
    """The default site begins at home and knows the address people type."""
    Site = apps.get_model("wagtailcore", "Site")
    address = urlsplit(settings.BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    values = {"root_page_id": home.pk, "site_name": settings.WAGTAIL_SITE_NAME, "hostname": address.hostname, "port": port}
    if not Site.objects.filter(is_default_site=True).update(**values):
        Site.objects.create(is_default_site=True, **values)
    # Wagtail would make the row when a resident first reads a page: reading writes nothing here.
    settings_of_site = apps.get_model("cms", "SiteSettings")
    settings_of_site.objects.get_or_create(site_id=Site.objects.get(is_default_site=True).pk)


def make_tree(apps, schema_editor):
    """Home and its pages; the reading language is Japanese."""
    Page = apps.get_model("wagtailcore", "Page")
    Locale = apps.get_model("wagtailcore", "Locale")
    locale = Locale.objects.get_or_create(language_code="ja")[0]
    Page.objects.filter(depth__lte=2).update(locale=locale)
    home = make_home(apps, Page.objects.get(depth=2, slug=WELCOME))
    pages = children(apps)
    for number, (model, words) in enumerate(pages, start=1):
        add_below(apps, home, model, words, number)
    Page.objects.filter(pk=home.pk).update(numchild=len(pages))
    set_site(apps, home)


def back_to_welcome(apps, schema_editor):
    """Wagtail's bare welcome page again; whatever lies below home goes with it."""
    Page = apps.get_model("wagtailcore", "Page")
    ContentType = apps.get_model("contenttypes", "ContentType")
    home = Page.objects.get(depth=2, slug=WELCOME)
    below = Page.objects.filter(path__startswith=home.path, depth__gt=home.depth)
    for model in apps.get_models():
        if model is not Page and issubclass_of_page(model):
            model.objects.filter(page_ptr_id__in=below.values("pk"))._raw_delete(schema_editor.connection.alias)
    below.delete()
    apps.get_model("home", "HomePage").objects.filter(pk=home.pk)._raw_delete(schema_editor.connection.alias)
    page_type = ContentType.objects.get_or_create(app_label="wagtailcore", model="page")[0]
    title = "Welcome to your new Wagtail site!"
    Page.objects.filter(pk=home.pk).update(numchild=0, title=title, draft_title=title, content_type=page_type)


def issubclass_of_page(model):
    """Has a row beside a page's."""
    return any(f.name == "page_ptr" for f in model._meta.local_fields)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_pages"),
        ("cms", "0001_initial"),
        ("directory", "0003_desks"),
        ("workshops", "0001_events"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_tree, back_to_welcome)]

"""Wagtail's admin, cut to what communications staff need here. What a room adds is in its own wagtail_hooks."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from cms.staff.terms import TermViewSet, UrgentWordViewSet

# People and their rights are worked on in the office, by roles; their screens answer 404 (cms/urls.py).
NOT_OFFERED_IN_SETTINGS = ("/admin/users/", "/admin/groups/")
# Leads to a site in English, and to news about versions that a city does not choose.
NOT_OFFERED_IN_HELP = ("editor-guide", "whats-new-in-wagtail")

register_snippet(TermViewSet)
register_snippet(UrgentWordViewSet)


@hooks.register("construct_settings_menu")
def without_people(request: HttpRequest, items: list[MenuItem]) -> None:
    """No dead links to people and groups."""
    items[:] = [item for item in items if not str(getattr(item, "url", "")).startswith(NOT_OFFERED_IN_SETTINGS)]


@hooks.register("construct_help_menu")
def without_foreign_help(request: HttpRequest, items: list[MenuItem]) -> None:
    """Help that leaves the house."""
    items[:] = [item for item in items if not item.name.startswith(NOT_OFFERED_IN_HELP)]


@hooks.register("register_rich_text_features", order=100)
def few_features(features: object) -> None:
    """What new rich text offers when a field names nothing: no pictures, no embeds from elsewhere, no headings."""
    features.default_features = ["bold", "ol", "ul", "link", "document-link"]  # type: ignore[attr-defined]

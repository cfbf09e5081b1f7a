"""The words of the URL map: a page may not stand where a view answers."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

# First segments of the URL map (docs/architecture.md) and of packages. A test compares them with the resolver.
RESERVED_SLUGS = frozenset({
    "accounts", "admin", "api", "consult", "documents", "easy", "en", "events", "events.ics", "favicon.ico", "feeds",
    "healthz", "help", "ja", "media", "members", "news", "about", "open-data", "places", "q", "reader", "readyz",
    "registrations", "robots.txt", "search", "sitemap.xml", "static", "home",
})  # fmt: skip
# Pages of the map: made once by a migration, kept by everyone. Their address is printed on paper.
KEPT_SLUGS = frozenset({"volunteer", "join", "privacy", "accessibility", "traces"})
DEPTH_UNDER_HOME = 3  # root, home, page


def check_address(page: Page) -> None:
    """Refuse a page directly under the home page whose address belongs to a view.

    :raises ValidationError: beside the slug, for the few forms that show one (copy).
    """
    if page.depth == DEPTH_UNDER_HOME and page.slug in RESERVED_SLUGS:
        raise ValidationError(
            {"slug": _("This address belongs to another part of the site. Please choose another word.")}
        )


def is_kept(page: Page) -> bool:
    """A page of the URL map: nobody deletes, moves or takes it away, because views and printed paper point to it."""
    model = page.specific_class
    fixed = getattr(model, "fixed_slug", "") if model else ""
    return bool(fixed) or (page.depth == DEPTH_UNDER_HOME and page.slug in KEPT_SLUGS)

"""The words of the URL map: a page may not stand where a view answers."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page

from cms.models.base import neutral_slug

# First segments of the URL map (docs/architecture.md) and of packages. A test compares them with the resolver.
RESERVED_SLUGS = frozenset({
    "accounts", "admin", "api", "consult", "documents", "easy", "en", "events", "events.ics", "favicon.ico", "feeds",
    "healthz", "help", "ja", "media", "members", "news", "about", "open-data", "places", "q", "reader", "readyz",
    "registrations", "robots.txt", "search", "sitemap.xml", "static", "home", "volunteer",
})  # fmt: skip
# Pages of the map: made once by a migration, kept by everyone. Their address is printed on paper.
KEPT_SLUGS = frozenset({"join", "privacy", "accessibility", "traces"})
DEPTH_UNDER_HOME = 3  # root, home, page


TAKEN = _("This address belongs to another part of the site. Please choose another word.")


def check_address(page: Page) -> None:
    """Refuse a page whose address is a word of the URL map.

    :raises ValidationError: beside the slug.
    """
    if page.slug in RESERVED_SLUGS:
        raise ValidationError({"slug": TAKEN})


class NeutralCopyForm(CopyForm):
    """The one form of Wagtail that shows a slug: it proposes a neutral one and refuses the words of the map."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_slug"].initial = neutral_slug()

    def clean_new_slug(self) -> str:
        """A free word."""
        slug: str = self.cleaned_data["new_slug"]
        if slug in RESERVED_SLUGS:
            raise ValidationError(TAKEN)
        return slug


def is_kept(page: Page) -> bool:
    """A page of the URL map: nobody deletes, moves or takes it away, because views and printed paper point to it."""
    model = page.specific_class
    fixed = getattr(model, "fixed_slug", "") if model else ""
    return bool(fixed) or (page.depth == DEPTH_UNDER_HOME and page.slug in KEPT_SLUGS)

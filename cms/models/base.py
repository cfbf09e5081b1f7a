"""The page every page of ours is."""

import secrets
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0, 1: read aloud over the telephone


def neutral_slug() -> str:
    """Seven letters that say nothing about the page: an address may be seen over a shoulder."""
    return "".join(secrets.choice(ALPHABET) for _ in range(7))


class BasePage(Page):
    """Abstract. The system gives a neutral ASCII slug before validation; no slug field is shown to editors."""

    fixed_slug: ClassVar[str] = ""  # index pages of the URL map keep theirs

    # Wagtail's title panel writes a slug into a field that we do not show, and stumbles over its absence.
    content_panels: ClassVar[list] = [FieldPanel("title", classname="title")]
    promote_panels: ClassVar[list] = [
        MultiFieldPanel([FieldPanel("seo_title"), FieldPanel("search_description")], _("For search engines")),
    ]

    class Meta:
        abstract = True

    def full_clean(self, *args: object, **kwargs: object) -> None:
        """Wagtail would make a slug from the Japanese title: ours is set first."""
        self.give_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """The same for a draft, which Wagtail saves with this lighter check."""
        self.give_slug()
        super().minimal_clean()

    def give_slug(self) -> None:
        """Index pages of the URL map keep theirs; a new page gets a neutral one."""
        if self.fixed_slug:
            self.slug = self.fixed_slug
        elif not self.slug:
            self.slug = neutral_slug()


class Prose(models.Model):
    """Abstract: an introduction under the title, for pages whose list is drawn by a view."""

    introduction = models.TextField(_("introduction"), blank=True)

    class Meta:
        abstract = True

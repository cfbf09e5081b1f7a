"""The pages over the lists of desks, places and opportunities: their words; the lists are drawn by views."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.blocks import content_blocks
from cms.fields import QuietStreamField
from cms.models import BasePage, Prose


class HelpIndexPage(Prose, BasePage):  # type: ignore[misc]
    """Title and opening words of /help/ (directory.public answers the address)."""

    fixed_slug = "help"
    max_count_per_parent = 1
    subpage_types: ClassVar[list[str]] = []
    preview_modes: ClassVar[list[tuple[str, str]]] = []
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("find help (index)")


class PlacesIndexPage(Prose, BasePage):  # type: ignore[misc]
    """Title and words of /places/ (home.public answers the address)."""

    body = QuietStreamField(content_blocks(), verbose_name=_("text below the list"), blank=True)

    fixed_slug = "places"
    max_count_per_parent = 1
    subpage_types: ClassVar[list[str]] = []
    preview_modes: ClassVar[list[tuple[str, str]]] = []
    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields: ClassVar[list] = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("places to be (index)")


class VolunteerIndexPage(Prose, BasePage):  # type: ignore[misc]
    """Title and words of /volunteer/ (directory.public answers the address)."""

    body = QuietStreamField(content_blocks(), verbose_name=_("text below the list"), blank=True)

    fixed_slug = "volunteer"
    max_count_per_parent = 1
    subpage_types: ClassVar[list[str]] = []
    preview_modes: ClassVar[list[tuple[str, str]]] = []
    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields: ClassVar[list] = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("lend a hand (index)")

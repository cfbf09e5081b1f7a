"""The page over the list of desks: its words; the list itself is drawn by a view."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

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

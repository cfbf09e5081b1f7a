"""The public prose of events. Content only: no date, seat or person is in a page or its revisions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.search import index

from cms.blocks import content_blocks
from cms.fields import QuietStreamField
from cms.models import BasePage, Prose
from workshops.blocks import event_blocks
from workshops.models.events import Event


class EventIndexPage(BasePage, Prose):
    """Parent of the event pages; its own address is answered by the list (workshops.public)."""

    fixed_slug = "events"
    max_count_per_parent = 1
    subpage_types: ClassVar[list[str]] = ["workshops.EventPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("events (index)")


class EventPage(BasePage):
    """What there is to read about an event. Belongs to it through an `EventProse` row, never through a field."""

    introduction = models.TextField(_("opening words"), max_length=1000, blank=True)
    picture = models.ForeignKey(
        "cms.Picture", verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = QuietStreamField([*content_blocks(), *event_blocks()], verbose_name=_("text"), blank=True)
    materials = QuietStreamField(
        content_blocks(),
        verbose_name=_("handouts and record"),
        blank=True,
        help_text=_("Files, pictures and words from the day. They stand under a heading of their own."),
    )

    parent_page_types: ClassVar[list[str]] = ["workshops.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "workshops/event_page.html"

    content_panels = [
        HelpPanel(template="workshops/staff/event_facts_panel.html", heading=_("Dates and seats")),
        FieldPanel("title", classname="title"),  # not Wagtail's TitleFieldPanel: it looks for a slug field
        FieldPanel("introduction"),
        FieldPanel("picture"),
        FieldPanel("body"),
        FieldPanel("materials"),
    ]
    search_fields = [
        *BasePage.search_fields,
        *(index.SearchField(name) for name in ("introduction", "body", "materials")),
    ]

    class Meta:
        verbose_name = _("event page")
        verbose_name_plural = _("event pages")

    @property
    def event(self) -> Event | None:
        """The event this page speaks of (asked anew each time); None for a copy that nobody linked."""
        return Event.objects.filter(proses__page_id=self.pk).select_related("host").first() if self.pk else None

    def give_slug(self) -> None:
        """The address is the event's for as long as the page is linked, whatever an old revision says."""
        event = self.event
        if event:
            self.slug = event.slug
        super().give_slug()

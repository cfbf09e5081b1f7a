"""The link between an event and its pages: a row of its own, so that no revision, copy or alias can touch it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from workshops.models.events import Event
from workshops.models.pages import EventPage


class EventProse(models.Model):
    """The page that speaks of an event in one language."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="proses")
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.PROTECT, related_name="+")
    page = models.OneToOneField(EventPage, on_delete=models.CASCADE, related_name="prose")

    class Meta:
        verbose_name = _("page of an event")
        verbose_name_plural = _("pages of events")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["event", "locale"], name="one_page_an_event_and_language")]

    def __str__(self) -> str:
        return str(self.event)

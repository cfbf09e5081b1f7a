"""What happens at an event: sessions with their sub-themes and speakers (Ichihara's symposium)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.fields import LinesField
from workshops.models.events import Event


class Session(models.Model):
    """One part of the programme. Times are text as one would print it (13:30), since a programme is a plan."""

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="sessions")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    begins = models.TimeField(_("begins at"), null=True, blank=True)
    ends = models.TimeField(_("ends at"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=255)
    body = models.TextField(_("what it is about"), max_length=2000, blank=True)
    subthemes = LinesField(_("sub-themes"), help_text=_("One a line, in their order."))

    class Meta:
        verbose_name = _("part of the programme")
        verbose_name_plural = _("programme")
        ordering = ["order", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.title


class Speaker(models.Model):
    """Somebody who speaks, in public, under the own name."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="speakers")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=80)
    honorific = models.CharField(_("honorific"), max_length=10, default="氏", blank=True)
    affiliation = models.CharField(_("affiliation"), max_length=160, blank=True)
    bio = models.TextField(_("who this is"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["order", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name}{self.honorific}"

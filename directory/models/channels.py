"""Channels: the ways to reach a desk, each with its own hours and what makes it easier to bear."""

from __future__ import annotations

import datetime as dt
import re
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable

from directory.enums import DIALLED_KINDS, LINKED_KINDS, LIVE_KINDS, BarrierFact, ChannelKind
from directory.hours import HoursState, OpeningHours, clean_hours, words_or_blank
from directory.phones import Phone, clean_phone, phone

FACT_FIELDS = [fact.value for fact in BarrierFact]


class Channel(Orderable):
    """One way to reach a desk. `value` is a number, an address of mail, of the web or of a house, by kind."""

    desk = ParentalKey("directory.ConsultationDesk", on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(_("kind"), max_length=12, choices=ChannelKind.choices, default=ChannelKind.PHONE)
    value = models.CharField(
        _("number or address"),
        max_length=300,
        blank=True,
        help_text=_("Telephone: 0865-63-8515, #9999 or 189. Web: https://… Coming by: the address of the house."),
    )
    hours = models.CharField(
        _("opening hours"),
        max_length=500,
        blank=True,
        help_text=_(
            "Mo-Fr 08:30-17:15; PH off = weekdays, closed on holidays. 24/7 = day and night. With a lunch break: "
            "Mo-Fr 09:00-12:00,13:00-17:00. Over midnight: 22:00-06:00. Days off at the end: ; Dec 29-Jan 03 off"
        ),
    )
    hours_text = models.CharField(
        _("hours in words (only if the automatic ones do not fit)"), max_length=120, blank=True
    )
    last_reception = models.PositiveSmallIntegerField(
        _("last reception, minutes before closing"), null=True, blank=True
    )
    no_voice = models.BooleanField(BarrierFact.NO_VOICE.label, default=False)
    anonymous = models.BooleanField(BarrierFact.ANONYMOUS.label, default=False)
    face_not_shown = models.BooleanField(BarrierFact.FACE_NOT_SHOWN.label, default=False)
    meets_in_person = models.BooleanField(BarrierFact.MEETS_IN_PERSON.label, default=False)
    comes_home = models.BooleanField(BarrierFact.COMES_HOME.label, default=False)
    family_unaware = models.BooleanField(BarrierFact.FAMILY_UNAWARE.label, default=False)
    free = models.BooleanField(BarrierFact.FREE.label, default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)

    panels: ClassVar[list] = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("value")]),
        FieldPanel("hours"),
        FieldRowPanel([FieldPanel("hours_text"), FieldPanel("last_reception")]),
        MultiFieldPanel([FieldPanel(name) for name in FACT_FIELDS], _("What makes it easier")),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        indexes = [models.Index(fields=["kind"], name="channel_by_kind")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ChannelKind.values), name="channel_of_known_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.shown_value}".strip()

    def clean(self) -> None:
        """Canonical number, tidy hours; a sentence beside the field otherwise."""
        super().clean()
        wrong: dict[str, ValidationError] = {}
        for name, cleaner in (("value", self._clean_value), ("hours", clean_hours)):
            try:
                setattr(self, name, cleaner(getattr(self, name) or ""))
            except ValidationError as error:
                wrong[name] = error
        if wrong:
            raise ValidationError(wrong)  # type: ignore[arg-type]

    def _clean_value(self, raw: str) -> str:
        text = raw.strip()
        if self.kind in DIALLED_KINDS:
            return clean_phone(text)
        if self.kind == ChannelKind.MAIL:
            validate_email(text)
        if self.kind in LINKED_KINDS:
            URLValidator(schemes=["https", "http"])(text)
        return text

    @property
    def is_live(self) -> bool:
        """Somebody is there while it is open; the other channels are read later."""
        return self.kind in LIVE_KINDS

    @property
    def phone(self) -> Phone | None:
        """The number, for telephone and fax."""
        return phone(self.value) if self.kind in DIALLED_KINDS and self.value else None

    @property
    def shown_value(self) -> str:
        """The value as people read it."""
        number = self.phone
        if number:
            return number.display
        return re.sub(r"^https?://|/$", "", self.value) if self.kind in LINKED_KINDS else self.value

    @property
    def href(self) -> str:
        """Where a tap leads; nothing for samples, houses and letters."""
        number = self.phone
        if number:
            return number.href if self.kind == ChannelKind.PHONE else ""
        if self.kind == ChannelKind.MAIL:
            return f"mailto:{self.value}"
        return self.value if self.kind in LINKED_KINDS else ""

    @property
    def hours_words(self) -> str:
        """「平日8時30分～16時30分」: the words staff wrote, else ours, else nothing (unknown)."""
        return self.hours_text or words_or_blank(self.hours)

    @property
    def facts(self) -> list[BarrierFact]:
        """What makes this channel easier to bear."""
        return [fact for fact in BarrierFact if getattr(self, fact.value)]

    @property
    def opening_hours(self) -> OpeningHours | None:
        """The hours; None when unknown."""
        return OpeningHours(self.hours) if self.hours else None

    def state(self, at: dt.datetime) -> HoursState | None:
        """How it stands at a moment; None when the hours are unknown."""
        hours = self.opening_hours
        return hours.state(at) if hours else None

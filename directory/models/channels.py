"""Channels: the ways to reach a desk, each with its own hours and what makes it easier to bear."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable

from cms import dates
from directory.enums import DIALLED_KINDS, LINKED_KINDS, LIVE_KINDS, TRUSTED_KINDS, BarrierFact, ChannelKind
from directory.fields import HoursColumn
from directory.hours import HoursState, OpeningHours, clean_hours, reception_words, words_or_blank
from directory.models.numbers import NumberHold
from directory.phones import Phone, clean_phone, phone, refuse_numbers

# Set while rows are written that the gate has looked at (directory.models.trusting).
gate_open: ContextVar[bool] = ContextVar("number_gate_open", default=False)


class UntrustedNumber(Exception):
    """Code tried to give a published desk a number past the gate. Save the desk, or use directory.actions.numbers."""


def numbers_in_words(thing: models.Model, names: Iterable[str]) -> dict[str, ValidationError]:
    """Telephone numbers inside sentences, by field."""
    found: dict[str, ValidationError] = {}
    for name in names:
        value = getattr(thing, name)
        try:
            refuse_numbers("\n".join(value) if isinstance(value, list) else value or "")
        except ValidationError as error:
            found[name] = error
    return found


FACT_FIELDS = [fact.value for fact in BarrierFact]


def is_held() -> Exists:
    """A condition on channels: somebody has hidden the number."""
    return Exists(
        NumberHold.objects.open().filter(desk=OuterRef("desk"), kind=OuterRef("kind"), value=OuterRef("value"))
    )


class ChannelQuerySet(models.QuerySet["Channel"]):
    """Questions about channels. Whatever residents read starts from `public()`."""

    def public(self) -> ChannelQuerySet:
        """Channels without those whose number is held back. Whether the desk is public, its own queryset says."""
        return self.filter(~is_held())

    def held(self) -> ChannelQuerySet:
        """Those a person has hidden."""
        return self.filter(is_held())


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
    hours = HoursColumn(_("opening hours"), max_length=1000, blank=True)
    hours_text = models.CharField(
        _("hours in words (only if the automatic ones do not fit)"), max_length=120, blank=True
    )
    last_reception = models.PositiveSmallIntegerField(
        _("last reception, minutes before closing"),
        null=True,
        blank=True,
        help_text=_("From then on it is shown as closed: nobody new is taken."),
    )
    no_voice = models.BooleanField(BarrierFact.NO_VOICE.label, default=False)
    anonymous = models.BooleanField(BarrierFact.ANONYMOUS.label, default=False)
    face_not_shown = models.BooleanField(BarrierFact.FACE_NOT_SHOWN.label, default=False)
    meets_in_person = models.BooleanField(BarrierFact.MEETS_IN_PERSON.label, default=False)
    comes_home = models.BooleanField(BarrierFact.COMES_HOME.label, default=False)
    family_unaware = models.BooleanField(BarrierFact.FAMILY_UNAWARE.label, default=False)
    free = models.BooleanField(BarrierFact.FREE.label, default=False)
    note = models.CharField(pgettext_lazy("channel", "note"), max_length=200, blank=True)

    objects = ChannelQuerySet.as_manager()

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row. Raises UntrustedNumber when a published desk would get a number nobody has looked at."""
        if self.is_trusted and not gate_open.get() and self._is_unknown():
            raise UntrustedNumber(self.kind)
        super().save(*args, **kwargs)

    def _is_unknown(self) -> bool:
        published = Q(live=True) | Q(first_published_at__isnull=False)
        desks = type(self.desk).objects.filter(published, pk=self.desk_id)
        rows = Channel.objects.filter(desk=self.desk_id, kind=self.kind, value=self.value)
        return desks.exists() and not rows.exists()

    def clean(self) -> None:
        """Canonical number, tidy hours; a sentence beside the field otherwise."""
        super().clean()
        wrong: dict[str, ValidationError] = {}
        for name, cleaner in (("value", self._clean_value), ("hours", clean_hours)):
            try:
                setattr(self, name, cleaner(getattr(self, name) or ""))
            except ValidationError as error:
                wrong[name] = error
        wrong |= numbers_in_words(self, ("note", "hours_text"))
        if not wrong and self.last_reception and self.hours and not self.opening_hours.leaves_time(dates.now()):  # type: ignore[union-attr]
            wrong["last_reception"] = ValidationError(_("It is open for less than that: nobody would ever be taken."))
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
    def is_trusted(self) -> bool:
        """A tap opens it or it carries words away: changing it takes two people."""
        return self.kind in TRUSTED_KINDS and bool(self.value)

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
        if self.hours_text and self.hours and "受付" not in self.hours_text:
            reception = reception_words(self.hours, self.last_reception)
            return f"{self.hours_text}（{reception}）" if reception else self.hours_text
        return self.hours_text or words_or_blank(self.hours, self.last_reception)

    @property
    def facts(self) -> list[BarrierFact]:
        """What makes this channel easier to bear."""
        return [fact for fact in BarrierFact if getattr(self, fact.value)]

    @property
    def opening_hours(self) -> OpeningHours | None:
        """The hours with the last reception: the one truth of this channel. None when unknown."""
        return OpeningHours(self.hours, self.last_reception) if self.hours else None

    def state(self, at: dt.datetime) -> HoursState | None:
        """How it stands at a moment; None when the hours are unknown."""
        hours = self.opening_hours
        return hours.state(at) if hours else None

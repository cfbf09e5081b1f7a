"""When: an event. A plain record: nothing that counts seats is ever a page (design §3.2)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.models import Theme
from cms.models.base import neutral_slug
from directory.models import Organization
from directory.permissions import can
from directory.roles import Permission
from workshops.enums import (
    Access,
    EventKind,
    EventStatus,
    Format,
    Purpose,
    RegistrationMode,
    Target,
    Unit,
    Way,
)
from workshops.fields import CodesField

#: The largest party one registration may bring (people).
PARTY_LIMIT = 20
#: No hall in Japan holds more; a larger figure is a slip of the keyboard (seats).
CAPACITY_LIMIT = 100_000


class EventQuerySet(models.QuerySet["Event"]):
    """Questions about events."""

    def public(self) -> EventQuerySet:
        """Events a resident may read about: those with a live page. The rest are closed study sessions or drafts."""
        return self.filter(pk__in=Event.objects.filter(proses__page__live=True).values("pk"))

    def visible_to(self, user: Any) -> EventQuerySet:
        """Public events for everybody; a host's administrator its own too; the secretariat's office sees all."""
        if can(user, Permission.REGISTRATIONS_READ):
            return self.all()
        return self.public() | self.received_by(user)

    def received_by(self, user: Any) -> EventQuerySet:
        """Events whose people this person receives: the host's administrator its own, the secretariat all.

        The host alone, not those who hold it together with others: personal data has one keeper (ADR 0032).
        """
        if can(user, Permission.REGISTRATIONS_READ):
            return self.all()
        if can(user, Permission.REGISTRATIONS_OWN) and user.organization_id:
            return self.filter(host=user.organization_id)
        return self.none()


class Event(models.Model):
    """Something one can go to. Its public prose is an `EventPage`; dates and seats hang on its occurrences."""

    slug = models.SlugField(_("address"), max_length=40, unique=True, default=neutral_slug, editable=False)
    title = models.CharField(_("title"), max_length=255)
    summary = models.TextField(
        _("summary"), max_length=2000, blank=True, help_text=_("One or two sentences for lists.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind.choices, default=EventKind.GATHERING)
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="events")
    status = models.CharField(
        _("status"), max_length=12, choices=EventStatus.choices, default=EventStatus.SCHEDULED, editable=False
    )

    host = models.ForeignKey(
        Organization, verbose_name=_("host"), null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    host_text = models.CharField(_("host, if it is not in the list"), max_length=255, blank=True)
    co_hosts = models.TextField(_("with"), max_length=2000, blank=True)
    contact_name = models.CharField(_("contact"), max_length=255, blank=True)
    contact_phone = models.CharField(_("telephone of the contact"), max_length=60, blank=True)
    contact_email = models.EmailField(_("e-mail of the contact"), blank=True)
    url = models.URLField(_("page of the host"), max_length=2000, blank=True)

    format = models.CharField(_("where one takes part"), max_length=10, choices=Format.choices, default=Format.VENUE)
    venue_name = models.CharField(_("venue"), max_length=255, blank=True)
    venue_address = models.CharField(_("address of the venue"), max_length=500, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True, editable=False)
    longitude = models.FloatField(_("longitude"), null=True, blank=True, editable=False)
    access = models.TextField(_("how to get there"), max_length=2000, blank=True)
    audience = models.TextField(_("who it is for"), max_length=2000, blank=True)
    fee_text = models.CharField(
        _("fee"), max_length=500, blank=True, help_text=_("As it should be read, with the unit. Empty: not said.")
    )
    accessibility = models.TextField(
        _("to make coming easier"),
        max_length=2000,
        blank=True,
        help_text=_(
            "One fact a line: steps, toilets, sign language, a quiet room. Begin a line with × for what is missing."
        ),
    )

    registration_mode = models.CharField(
        _("registration"), max_length=10, choices=RegistrationMode.choices, default=RegistrationMode.NONE
    )
    registration_note = models.TextField(_("how to register with the host"), max_length=2000, blank=True)
    unit = models.CharField(
        _("what is counted"),
        max_length=12,
        choices=Unit.choices,
        default=Unit.PERSON,
        help_text=_("With persons a party of three takes three seats, otherwise one."),
    )
    party_limit = models.PositiveSmallIntegerField(_("people in one registration, at most"), default=5)
    opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    closes_at = models.DateTimeField(
        _("registration closes"), null=True, blank=True, help_text=_("Empty: when the event begins.")
    )

    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices, blank=True)
    targets = CodesField(_("meant for"), Target)
    access_facts = CodesField(_("to make coming possible"), Access)
    partners = models.ManyToManyField(
        Organization, verbose_name=_("held together with"), blank=True, related_name="events_held_together"
    )
    what_happens = models.TextField(
        _("what happens"), max_length=2000, blank=True, help_text=_("From the entrance to the end, one step a line.")
    )
    who_greets = models.CharField(
        _("who greets you"),
        max_length=255,
        blank=True,
        help_text=_("For example: 黄色い名札のスタッフが入口にいます。"),
    )
    may_leave = models.BooleanField(_("one may leave midway"), default=False)
    may_watch = models.BooleanField(_("one may only listen"), default=False)
    online_link = models.URLField(
        _("address of the online meeting"),
        max_length=500,
        blank=True,
        help_text=_("Shown only to those who are registered for taking part online."),
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("an offered seat is kept for, hours"), default=48, help_text=_("For somebody from the waiting list.")
    )
    remind_hours = models.PositiveSmallIntegerField(
        _("reminder, hours before the beginning"), null=True, blank=True, default=24, help_text=_("Empty: none.")
    )
    recurrence = models.TextField(
        _("rule of repetition (RRULE)"), max_length=2000, blank=True, editable=False
    )  # with EXDATE lines; written by workshops.actions.repeating, the dates are rows of their own

    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    municipality_code = models.CharField(_("municipality code (6 digits)"), max_length=6, blank=True, editable=False)
    source_key = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    source_row = models.JSONField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(party_limit__gte=1, party_limit__lte=PARTY_LIMIT), name="event_party_limit_in_range"
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="event_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(offer_hours__gte=1, offer_hours__lte=24 * 14), name="event_offer_hours_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_cancelled(self) -> bool:
        """The whole event is called off."""
        return self.status == EventStatus.CANCELLED

    @property
    def takes_registrations(self) -> bool:
        """Residents register on this site (whether one still may is `Occurrence` and time)."""
        return self.registration_mode == RegistrationMode.HERE

    @property
    def host_name(self) -> str:
        """The host as residents read it: an organisation of the directory, or words."""
        return self.host.name if self.host else self.host_text

    @property
    def accessibility_facts(self) -> list[tuple[bool, str]]:
        """(is there, fact) line by line; a line that begins with × says what is missing."""
        lines = (line.strip() for line in self.accessibility.splitlines())
        return [(not line.startswith("×"), line.removeprefix("×").strip()) for line in lines if line]

    @property
    def ways(self) -> tuple[Way, ...]:
        """How one may take part; the first is what the main counter of an occurrence counts."""
        if self.format == Format.BOTH:
            return Way.VENUE, Way.ONLINE
        return (Way.ONLINE,) if self.format == Format.ONLINE else (Way.VENUE,)

    def seats_for(self, people: int) -> int:
        """Seats that a party of so many people takes, in the event's unit."""
        return people if self.unit == Unit.PERSON else 1

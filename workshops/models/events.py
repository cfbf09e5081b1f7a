"""When: an event and its occurrences. Plain records: nothing that counts seats is ever a page (design §3.2)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.dates import japanese_date, japanese_date_long, japanese_time, jst, now, today
from cms.models import Theme
from cms.models.base import neutral_slug
from directory.models import Organization
from directory.permissions import can
from directory.roles import Permission
from workshops.enums import EventKind, EventStatus, Format, RegistrationMode, Unit

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
        """Public events for everybody; the secretariat's office, which keeps the registrations, sees all."""
        return self.all() if can(user, Permission.REGISTRATIONS_READ) else self.public()


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

    def seats_for(self, people: int) -> int:
        """Seats that a party of so many people takes, in the event's unit."""
        return people if self.unit == Unit.PERSON else 1


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    """Questions about occurrences."""

    def visible_to(self, user: Any) -> OccurrenceQuerySet:
        """Occurrences of the events this person may see."""
        return self.filter(event__in=Event.objects.visible_to(user))

    def between(self, first: dt.date, last: dt.date) -> OccurrenceQuerySet:
        """Those that touch the days first … last, both included (JST)."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def upcoming(self, on: dt.date | None = None) -> OccurrenceQuerySet:
        """Those that have not ended before that day (today in Japan), soonest first."""
        return self.filter(ends_on__gte=on or today())

    def scheduled(self) -> OccurrenceQuerySet:
        """Those that take place."""
        return self.filter(state=EventStatus.SCHEDULED, event__status=EventStatus.SCHEDULED)


class Occurrence(models.Model):
    """One time an event takes place. `taken` is written by workshops.actions.capacity alone.

    All day: `starts_at` is midnight (JST) of the first day and `ends_at` midnight after the last one.
    """

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="occurrences")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    all_day = models.BooleanField(_("all day"), default=False)
    starts_on = models.DateField(_("first day"), editable=False, db_index=True)
    ends_on = models.DateField(_("last day"), editable=False, db_index=True)
    capacity = models.PositiveIntegerField(
        _("capacity"), null=True, blank=True, help_text=_("In the event's unit. Empty: no limit.")
    )
    taken = models.PositiveIntegerField(_("seats taken"), default=0, editable=False)
    state = models.CharField(
        _("status"), max_length=12, choices=EventStatus.choices, default=EventStatus.SCHEDULED, editable=False
    )

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("occurrence")
        verbose_name_plural = _("occurrences")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(taken__gte=0), name="occurrence_taken_not_negative"),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(taken__lte=F("capacity")), name="occurrence_never_oversold"
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__lte=CAPACITY_LIMIT), name="occurrence_capacity_in_range"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="occurrence_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{jst(self.starts_at):%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the days in step with the moments (bulk_create: call `set_days` first)."""
        self.set_days()
        super().save(*args, **kwargs)

    def set_days(self) -> None:
        """The Japanese days the occurrence touches; an end at midnight belongs to the day before."""
        self.starts_on = jst(self.starts_at).date()
        last = jst(self.ends_at) if self.ends_at else jst(self.starts_at)
        if self.ends_at and self.ends_at > self.starts_at and last.time() == dt.time.min:
            last -= dt.timedelta(microseconds=1)
        self.ends_on = last.date()

    @property
    def is_cancelled(self) -> bool:
        """This time, or the whole event, is called off."""
        return self.state == EventStatus.CANCELLED or self.event.is_cancelled

    @property
    def seats_left(self) -> int | None:
        """Free seats in the event's unit; None without a limit."""
        return None if self.capacity is None else max(self.capacity - self.taken, 0)

    @property
    def is_full(self) -> bool:
        """No seat is left."""
        return self.seats_left == 0

    @property
    def closes_at(self) -> dt.datetime:
        """The last moment to register, to change and to bring more people."""
        closes = self.event.closes_at
        return min(closes, self.starts_at) if closes else self.starts_at

    @property
    def is_over(self) -> bool:
        """It has ended; without a stated end, its day has."""
        return self.ends_at <= now() if self.ends_at else self.ends_on < today()

    @property
    def days(self) -> str:
        """「2026年（令和8年）12月19日（土）」, with the last day when there are several."""
        first = japanese_date_long(self.starts_on)
        return first if self.starts_on == self.ends_on else f"{first}〜{japanese_date(self.ends_on)}"

    @property
    def hours(self) -> str:
        """「15時〜17時30分」「15時から」「終日」."""
        if self.all_day:
            return gettext("all day")
        start = japanese_time(self.starts_at)
        if not self.ends_at or self.ends_at == self.starts_at:
            return gettext("from %(start)s") % {"start": start}
        return f"{start}〜{japanese_time(self.ends_at)}"

    @property
    def day_and_hours(self) -> str:
        """「12月19日（土）15時〜17時30分」, for a line where the year is clear."""
        return japanese_date(self.starts_on) + self.hours

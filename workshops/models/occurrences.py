"""One time an event takes place, with its seats: plain records, never pages (design §3.2)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.dates import japanese_date, japanese_date_long, japanese_time, jst, now, today
from workshops.enums import (
    CapacityPolicy,
    EventStatus,
    Format,
    Way,
)
from workshops.models.events import CAPACITY_LIMIT, Event


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


def counted(prefix: str) -> list[models.CheckConstraint]:
    """What the database promises of one group of counters: never more seats than there are, unless they are a guide."""
    capacity, taken, policy = f"{prefix}capacity", f"{prefix}taken", f"{prefix}policy"
    return [
        models.CheckConstraint(
            condition=Q(**{f"{taken}__gte": 0}) & Q(**{f"{prefix}waiting__gte": 0}),
            name=f"occurrence_{prefix}counts_not_negative",
        ),
        models.CheckConstraint(
            condition=Q(**{capacity: None}) | Q(**{policy: CapacityPolicy.SOFT}) | Q(**{f"{taken}__lte": F(capacity)}),
            name=f"occurrence_{prefix}never_oversold",
        ),
        models.CheckConstraint(
            condition=Q(**{capacity: None}) | Q(**{f"{capacity}__lte": CAPACITY_LIMIT}),
            name=f"occurrence_{prefix}capacity_in_range",
        ),
        models.CheckConstraint(
            condition=Q(**{f"{policy}__in": CapacityPolicy.values}), name=f"occurrence_{prefix}policy_known"
        ),
    ]


@dataclass(frozen=True)
class Part:
    """The names of one group of counters on the row of an occurrence, and what they hold."""

    prefix: str  # "" or "online_"
    way: Way
    capacity: int | None
    taken: int
    policy: CapacityPolicy
    waiting: int
    waiting_limit: int | None

    def column(self, name: str) -> str:
        """The column that holds it."""
        return self.prefix + name

    @property
    def seats_left(self) -> int | None:
        """Free seats in the event's unit; None without a limit."""
        return None if self.capacity is None else max(self.capacity - self.taken, 0)

    @property
    def is_full(self) -> bool:
        """Nobody gets a seat at once: none is left, or others wait already."""
        if self.policy == CapacityPolicy.SOFT:
            return False
        return self.seats_left == 0 or self.waiting > 0

    @property
    def has_room_to_wait(self) -> bool:
        """One may join the waiting list."""
        full = self.waiting_limit is not None and self.waiting >= self.waiting_limit
        return self.policy == CapacityPolicy.WAITLIST and not full


class Occurrence(models.Model):
    """One time an event takes place. Its counters are written by workshops.actions.capacity and .waiting alone.

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
    policy = models.CharField(
        _("when full"), max_length=10, choices=CapacityPolicy.choices, default=CapacityPolicy.LIMIT
    )
    waiting = models.PositiveIntegerField(_("registrations that wait"), default=0, editable=False)
    waiting_limit = models.PositiveIntegerField(
        _("waiting list, registrations at most"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    # The same for those who take part online, where an event is held both at a venue and online.
    online_capacity = models.PositiveIntegerField(
        _("online: capacity"), null=True, blank=True, help_text=_("In the event's unit. Empty: no limit.")
    )
    online_taken = models.PositiveIntegerField(_("online: seats taken"), default=0, editable=False)
    online_policy = models.CharField(
        _("online: when full"), max_length=10, choices=CapacityPolicy.choices, default=CapacityPolicy.SOFT
    )
    online_waiting = models.PositiveIntegerField(_("online: registrations that wait"), default=0, editable=False)
    online_waiting_limit = models.PositiveIntegerField(
        _("online: waiting list, registrations at most"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    moved_from = models.DateTimeField(
        _("was to begin at"), null=True, blank=True, editable=False
    )  # when the public has read of another time
    sequence = models.PositiveIntegerField(default=0, editable=False)  # of calendar entries: grows with every change
    changed_at = models.DateTimeField(default=now, editable=False)  # when `sequence` last grew; seats do not count
    state = models.CharField(
        _("status"), max_length=12, choices=EventStatus.choices, default=EventStatus.SCHEDULED, editable=False
    )

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("occurrence")
        verbose_name_plural = _("occurrences")
        ordering = ["starts_at", "pk"]
        constraints = [
            *counted(""),
            *counted("online_"),
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

    def part(self, way: Way | str) -> Part:
        """The counters of a way to take part."""
        prefix = "online_" if way == Way.ONLINE and self.event.format == Format.BOTH else ""
        values = {
            name: getattr(self, prefix + name) for name in ("capacity", "taken", "policy", "waiting", "waiting_limit")
        }
        return Part(prefix=prefix, way=Way(way), **values)

    @property
    def parts(self) -> list[Part]:
        """The counters of each way one may take part in."""
        return [self.part(way) for way in self.event.ways]

    @property
    def seats_left(self) -> int | None:
        """Free seats over all ways, in the event's unit; None when one of them has no limit."""
        left = [part.seats_left for part in self.parts]
        return None if None in left else sum(each or 0 for each in left)

    @property
    def is_full(self) -> bool:
        """By no way one gets a seat at once."""
        return all(part.is_full for part in self.parts)

    @property
    def has_room_to_wait(self) -> bool:
        """Nothing is free, but one may wait."""
        return self.is_full and any(part.has_room_to_wait for part in self.parts)

    @property
    def is_postponed(self) -> bool:
        """It is put off; the new day is not known yet."""
        return self.state == EventStatus.POSTPONED and not self.event.is_cancelled

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

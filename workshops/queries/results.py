"""The day, and what came of it: who was received, which results are asked for, what those who came said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from cms.dates import now
from workshops.enums import EventStatus, Mood, Unit
from workshops.models import Event, Feedback, Occurrence, Registration


@dataclass(frozen=True)
class Arrivals:
    """Who came to an occurrence and who has not yet, in parties and people. Only seats are counted as "not yet"."""

    parties: int
    people: int
    parties_to_come: int
    people_to_come: int


def arrivals(rows: Iterable[Registration]) -> Arrivals:
    """Counts over registrations that are loaded anyway."""
    came = [row for row in rows if row.checked_in_at]
    to_come = [row for row in rows if row.is_active and not row.checked_in_at]
    return Arrivals(
        parties=len(came),
        people=sum(row.attended or 0 for row in came),
        parties_to_come=len(to_come),
        people_to_come=sum(row.party_size for row in to_come),
    )


def attended(event: Event) -> int | None:
    """How many came, in the event's unit, as they were received; None when nobody was: that is not known, not zero."""
    came = Registration.objects.filter(occurrence__event=event, checked_in_at__isnull=False)
    counted = came.aggregate(people=Sum("attended"), parties=Count("pk"))
    if not counted["parties"]:
        return None
    return int(counted["people"] or 0) if event.unit == Unit.PERSON else int(counted["parties"])


def has_begun(event: Event) -> bool:
    """One of its occurrences that take place has begun."""
    return Occurrence.objects.filter(event=event, starts_at__lte=now(), state=EventStatus.SCHEDULED).exists()


def without_result(events: QuerySet[Event]) -> QuerySet[Event]:
    """Those of these events that are over and of which nobody has written what came of them.

    Called-off events and tables imported from elsewhere ask for nothing.
    """
    moment = now()
    not_over = Q(occurrences__ends_at__gt=moment) | Q(
        occurrences__ends_at=None, occurrences__ends_on__gte=moment.date()
    )
    held = Occurrence.objects.filter(state=EventStatus.SCHEDULED).values("event")
    return events.filter(pk__in=held, status=EventStatus.SCHEDULED, result=None, source_key=None).exclude(
        pk__in=Event.objects.filter(not_over).values("pk")
    )


#: Fewer answers than this are not broken down: one could tell who said what.
FEWEST = 5


@dataclass(frozen=True)
class Said:
    """What those who came say: how many, each face with its number (None: fewer than FEWEST), words to quote."""

    answers: int
    faces: list[tuple[str, int | None]]
    words: list[str]

    @property
    def is_told(self) -> bool:
        """Enough answers to say anything about faces."""
        return self.answers >= FEWEST


def said_of(event: Event) -> Said:
    """Feedback on an event, in one query. Words in the order of a hash, not of time: no one is led back by it."""
    rows = list(Feedback.objects.filter(occurrence__event=event).order_by("once"))
    counts = Counter(row.mood for row in rows if row.mood is not None)
    total = sum(counts.values())
    hidden = [mood for mood in Mood if 0 < counts[mood] < FEWEST]
    if len(hidden) == 1:  # the only hidden number would be the rest to the sum
        shown = [mood for mood in Mood if counts[mood] >= FEWEST]
        hidden += [min(shown, key=lambda mood: counts[mood])] if shown else []
    faces = [(str(mood.label), None if mood in hidden else counts[mood]) for mood in Mood]
    return Said(total, faces, [row.words for row in rows if row.may_quote and row.words])

"""How long a consultation is kept. Each night: both sides are warned, silent ones end, and what has ended goes.

What a desk owes an answer has no day and is never touched. Each consultation has a transaction of its own, in which the
question is asked again: a message that came in that moment wins.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Q

from cms import audit, dates
from directory.actions.consultations import erasing, news, notices, states, tallies
from directory.enums import ConsultationOutcome, ConsultationState, Erased
from directory.models import Consultation
from directory.models.consultations.consultations import ConsultationQuerySet

logger = logging.getLogger(__name__)

State = ConsultationState
# Where somebody can still do something before it goes. Taken back: the person wished to hear no more of it.
WARNED = (State.ANSWERED, State.CLOSED)
WHY = {
    State.CLOSED: Erased.TIME, State.WITHDRAWN: Erased.TIME, State.SPAM: Erased.SPAM, State.HELD: Erased.HOLD_OVER,
}  # fmt: skip

Act = Callable[[Any, ConsultationQuerySet], bool]


class NightFailed(Exception):
    """Some could not be done; the others are. The log names them by their key."""


def every_night(now: dt.datetime) -> dict[str, int]:
    """What the clock does to consultations; how many of each. Safe to repeat. Raises NightFailed at its end."""
    on = dates.jst(now).date()
    erased, failed = erase_again()
    counts = {"consultations_erased_again": erased}
    for name, due, act in (
        ("consultations_warned", to_warn(on), _warned),
        ("consultations_closed", to_close(on), _closed),
        ("consultations_destroyed", to_destroy(on), _gone),
    ):
        counts[name], more = _each(due, act)
        failed += more
    if failed:
        raise NightFailed(failed)
    return counts


def to_warn(on: dt.date) -> ConsultationQuerySet:
    """Those that go, or end, within two weeks, and nobody has been told."""
    return Consultation.objects.filter(state__in=WARNED, warned_at=None, erase_on__lte=on + states.WARNED_BEFORE)


def to_close(on: dt.date) -> ConsultationQuerySet:
    """Answered, and no further word came."""
    return Consultation.objects.filter(state=State.ANSWERED, warned_at__isnull=False, erase_on__lte=on)


def to_destroy(on: dt.date) -> ConsultationQuerySet:
    """Their time is over, and whoever could still act has been warned."""
    told = Q(state=State.CLOSED, warned_at__isnull=False) | Q(state__in=(State.WITHDRAWN, State.SPAM, State.HELD))
    return Consultation.objects.filter(told, erase_on__lte=on)


def _each(due: ConsultationQuerySet, act: Act) -> tuple[int, int]:
    """How many were done, and how many failed."""
    done = failed = 0
    for pk in list(due.order_by("pk").values_list("pk", flat=True)):
        try:
            done += act(pk, due)
        except Exception as error:  # noqa: BLE001  one consultation's trouble keeps no other beyond its day
            failed += 1
            logger.error("night: consultation %s: %s", pk, type(error).__name__)
    return done, failed


@transaction.atomic
def _warned(pk: Any, due: ConsultationQuerySet) -> bool:
    """Two weeks are two weeks, also when the nights did not run for a while: the day moves."""
    found = due.still(pk)
    if found is None or found.erase_on is None:
        return False
    found.warned_at = dates.now()
    found.erase_on = max(found.erase_on, dates.today() + states.WARNED_BEFORE)
    found.save(update_fields=["warned_at", "erase_on"])
    states.note(found, "ends_soon")
    notices.to_person(found, key=f"consultation:{found.pk}:ends:{found.erase_on}")
    news.ends_soon(found)
    return True


@transaction.atomic
def _closed(pk: Any, due: ConsultationQuerySet) -> bool:
    """Ended without another word: kept for as long again, and opened by any further message."""
    found = due.still(pk)
    if found is None:
        return False
    states.to_end(found, State.CLOSED, outcome=ConsultationOutcome.SILENT)
    tallies.count_in(found)
    states.note(found, "closed_silent")
    audit.record("consultation.closed", by=None, target=found, outcome=str(ConsultationOutcome.SILENT))
    news.over(found)
    return True


@transaction.atomic
def _gone(pk: Any, due: ConsultationQuerySet) -> bool:
    """Destroyed; or, where its desk has to keep it longer, shut away for its supervisors."""
    found = due.still(pk)
    if found is None:
        return False
    if found.state != State.HELD and erasing.is_held(found):
        erasing.shut_away(found)
        return False
    erasing.destroy(found, why=WHY[State(found.state)])
    return True


def erase_again() -> tuple[int, int]:
    """What was destroyed and came back with an old backup goes once more, for the reason that stands in the register."""
    why = {consultation.pk: line.why for consultation, line in erasing.come_back()}

    @transaction.atomic
    def again(pk: Any, due: ConsultationQuerySet) -> bool:
        found = due.still(pk)
        if found is not None:
            erasing.destroy(found, why=why[pk])
        return found is not None

    return _each(Consultation.objects.filter(pk__in=why), again)

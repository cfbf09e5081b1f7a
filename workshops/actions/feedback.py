"""How it was, said without a name: a face, some words, or both."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from cms import audit
from cms.dates import today
from workshops.models import Feedback, Occurrence

#: One may say how it was for so long after the last day.
OPEN_FOR = dt.timedelta(days=30)
#: Words are kept for so long after the last day: until the year's report is written. Faces are counted for good.
WORDS_KEPT_FOR = dt.timedelta(days=365)


class NotNow(Exception):
    """The occurrence is not over, did not take place, or lies too far back."""


class SaidBefore(Exception):
    """From this registration something was said already."""


def is_open(occurrence: Occurrence) -> bool:
    """One may say how it was."""
    took_place = not (occurrence.is_cancelled or occurrence.is_postponed)
    return took_place and occurrence.is_over and today() <= occurrence.ends_on + OPEN_FOR


def erased_on(occurrence: Occurrence) -> dt.date:
    """The day on which words about it are deleted."""
    return occurrence.ends_on + WORDS_KEPT_FOR


def was_said(once: str) -> bool:
    """From this registration something was said already."""
    return Feedback.objects.filter(once=once).exists()


@transaction.atomic
def say(*, occurrence: Occurrence, once: str, mood: int | None, words: str = "", may_quote: bool = False) -> Feedback:
    """Keep it. `once` is `keys.feedback_once`. Raises NotNow or SaidBefore; then nothing has changed.

    The audit row names the occurrence alone, and the row its day alone: no clock leads from it to a visit.
    """
    if not is_open(occurrence):
        raise NotNow
    try:
        with transaction.atomic():
            said = Feedback.objects.create(
                occurrence=occurrence,
                once=once,
                mood=mood,
                words=words or None,
                may_quote=bool(words) and may_quote,
                said_on=today(),
                erase_on=erased_on(occurrence),
            )
    except IntegrityError:
        raise SaidBefore from None
    audit.record("feedback.given", by=None, target=occurrence)
    return said

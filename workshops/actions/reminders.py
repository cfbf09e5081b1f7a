"""Mails with a time of their own: a reminder before the beginning, a word of thanks on the day after.

Nothing is written ahead: each tick asks what is due now, so an event that moves takes its reminder along.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from cms import audit, outbox
from cms.dates import jst
from workshops import keys
from workshops.actions import links
from workshops.actions.mail_words import mail_words
from workshops.enums import EventStatus, RegistrationState
from workshops.models import Event, Occurrence, Registration

MAIL_REMINDER = "registration.reminder"
MAIL_THANKS = "registration.thanks"
#: The thanks go out at this hour (JST) of the day after the last one.
THANKS_FROM = dt.timedelta(hours=10)
#: Thanks that could not be sent for so long are left unsaid (days after the last one).
THANKS_UNTIL = 7
#: So many mails of each sort in one tick; the rest follow a few seconds later.
AT_ONCE = 200


def remind_due(*, at: dt.datetime) -> int:
    """Remind everybody whose event begins within its own delta (`Event.remind_hours`); how many were reminded.

    Never after the beginning, never twice of the same beginning. Who registered when the delta had begun already was
    told all of it a moment ago.
    """
    done: Counter[Occurrence] = Counter()
    for registration in to_remind(at)[:AT_ONCE]:
        done[registration.occurrence] += _remind(registration)
    _note("occurrence.reminded", done)
    return done.total()


def to_remind(at: dt.datetime) -> QuerySet[Registration]:
    """Registrations to be reminded at that moment."""
    deltas = Event.objects.exclude(remind_hours=None).order_by().values_list("remind_hours", flat=True).distinct()
    due = Q(pk__in=[])
    for hours in deltas:
        delta = dt.timedelta(hours=hours or 0)
        within = Q(occurrence__event__remind_hours=hours, occurrence__starts_at__lte=at + delta)
        due |= within & Q(created_at__lte=F("occurrence__starts_at") - delta)
    return (
        _told_by_mail()
        .filter(due, occurrence__starts_on__gte=jst(at).date(), occurrence__starts_at__gt=at)
        .exclude(reminded_for=F("occurrence__starts_at"))
    )


def thank_due(*, at: dt.datetime) -> int:
    """Thank those who came, on the day after, with a link to say how it was; how many were thanked.

    Where somebody kept a list at the door, only those on it are thanked.
    """
    done: Counter[Occurrence] = Counter()
    for registration in to_thank(at)[:AT_ONCE]:
        done[registration.occurrence] += _thank(registration, at)
    _note("occurrence.thanked", done)
    return done.total()


def to_thank(at: dt.datetime) -> QuerySet[Registration]:
    """Registrations to be thanked at that moment."""
    yesterday = jst(at - THANKS_FROM).date() - dt.timedelta(days=1)
    noted = Registration.objects.filter(occurrence=OuterRef("occurrence"), checked_in_at__isnull=False)
    return (
        _told_by_mail()
        .filter(
            thanked_at=None,
            occurrence__ends_on__lte=yesterday,
            occurrence__ends_on__gt=yesterday - dt.timedelta(days=THANKS_UNTIL),
        )
        .exclude(attended=0)
        .exclude(Exists(noted), checked_in_at=None, attended=None)
    )


def _told_by_mail() -> QuerySet[Registration]:
    takes_place = Q(occurrence__state=EventStatus.SCHEDULED, occurrence__event__status=EventStatus.SCHEDULED)
    return (
        Registration.objects.filter(takes_place, state=RegistrationState.ACTIVE)
        .exclude(email_hash="")
        .select_related("occurrence__event")
        .order_by("occurrence__starts_at", "pk")
    )


@transaction.atomic
def _remind(registration: Registration) -> bool:
    starts_at = registration.occurrence.starts_at
    mine = Registration.objects.filter(pk=registration.pk, state=RegistrationState.ACTIVE)
    if not mine.exclude(reminded_for=starts_at).update(reminded_for=starts_at):
        return False  # another process was first, or the seats were given back this moment
    _post(
        registration,
        kind=MAIL_REMINDER,
        template="workshops/mail/registration_reminder",
        step=reminder_step(registration.occurrence),
        link=links.new_link(registration),
        may_leave=registration.occurrence.event.may_leave,
    )
    return True


def reminder_step(occurrence: Occurrence) -> str:
    """Which beginning a reminder speaks of: it does not go out any more when that has moved."""
    return f"reminder:{jst(occurrence.starts_at):%Y%m%d%H%M}"


@transaction.atomic
def _thank(registration: Registration, at: dt.datetime) -> bool:
    mine = Registration.objects.filter(pk=registration.pk, state=RegistrationState.ACTIVE, thanked_at=None)
    if not mine.update(thanked_at=at):
        return False
    _post(
        registration,
        kind=MAIL_THANKS,
        template="workshops/mail/registration_thanks",
        step="thanks",
        feedback=feedback_link(registration),
    )
    return True


def feedback_link(registration: Registration) -> str:
    """Where one says how it was; the address knows the occurrence, not the person."""
    token = keys.feedback_token(registration.occurrence_id, registration.pk)
    return settings.BASE_URL + reverse("workshops:feedback", args=[token])


def _post(registration: Registration, *, kind: str, template: str, step: str, **words: object) -> None:
    outbox.post(
        kind=kind,
        to=registration.email or "",
        template=template,
        context={
            **mail_words(registration.occurrence, way=registration.way),
            **words,
        },
        key=f"registration:{registration.pk}:{step}",
    )


def _note(action: str, done: Counter[Occurrence]) -> None:
    for occurrence, mails in done.items():
        if mails:
            audit.record(action, by=None, target=occurrence, mails=mails)

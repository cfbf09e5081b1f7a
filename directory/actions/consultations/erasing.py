"""Deleting for good, and the register of what was destroyed."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.db import transaction
from django.db.models import Q

from cms import audit, dates
from cms.enums import MailState
from cms.models import Mail
from directory.actions.consultations import states
from directory.enums import CODE_STATES, ConsultationState, Erased
from directory.models import Consultation, Destruction, Handover, Hold, Mute, Notification
from directory.models.consultations.consultations import SHUT

_forgetters: list[Callable[[str], object]] = []


def register_forgetter(forget: Callable[[str], object]) -> None:
    """In ready(): what else keeps something of a consultation, by its key as text."""
    _forgetters.append(forget)


@transaction.atomic
def delete(*, consultation: Consultation) -> bool:
    """The person deletes it: gone at once, for them and for every body; whether nothing is left.

    Where a desk has said beforehand that it must keep it (Hold), that desk's supervisors alone still read it, until the
    day that was named; no code opens it any more.
    """
    found = states.locked(consultation)
    if found.state not in CODE_STATES:
        raise states.TooLate
    if found.holds.filter(lifted_at=None, until__gt=dates.today(), desk=found.desk).exists():
        _shut_away(found)
        return False
    destroy(found, why=Erased.PERSON)
    return True


def _shut_away(consultation: Consultation) -> None:
    consultation.code_hash = f"{SHUT}{consultation.pk}"
    consultation.state, consultation.handed_from = ConsultationState.HELD, None
    consultation.reply_by = None
    consultation.erase_on = max(
        Hold.objects.filter(consultation=consultation, lifted_at=None).values_list("until", flat=True)
    )
    consultation.moved_at = dates.now()
    consultation.save()
    forget_traces(consultation)
    audit.record("consultation.held", by=None, target=consultation)


def destroy(consultation: Consultation, *, why: str) -> None:
    """The row and all that hangs on it, its news and its mails; one line in the register. The caller holds the row."""
    Destruction.objects.create(
        number=consultation.number,
        desk=consultation.desk,
        organization=consultation.desk.organization,
        why=why,
        received_on=dates.jst(consultation.received_at).date(),
    )
    forget_traces(consultation)
    audit.record("consultation.destroyed", by=None, target=consultation, why=str(why))
    consultation.delete()


def forget_traces(consultation: Consultation) -> None:
    """News, mutes, mails and unsent words that speak of it, and the words of refusals of its hand-overs."""
    pk = str(consultation.pk)
    Notification.objects.filter(Q(target=pk) | Q(key__contains=pk)).delete()
    Mute.objects.filter(target=pk).delete()
    Handover.objects.of("consultation", consultation.pk).update(note=None, dismissals=None)
    for forget in _forgetters:
        forget(pk)
    now = dates.now()
    rows = Mail.objects.filter(emptied_at__isnull=True).only("key", "context")
    found = [row.pk for row in rows.iterator() if pk in row.key or pk in json.dumps(row.context or {})]
    gone = Mail.objects.filter(pk__in=found)
    gone.filter(state=MailState.QUEUED).update(state=MailState.DROPPED, last_error="thing_gone", ended_at=now)
    gone.update(recipient=None, context=None, attachments=None, emptied_at=now)

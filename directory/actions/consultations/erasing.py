"""Deleting for good, and the register of what was destroyed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q

from cms import audit, dates
from cms.enums import MailState
from cms.models import Mail
from directory.actions.consultations import states, tallies
from directory.actions.consultations.ending import end_handing
from directory.enums import CODE_STATES, ConsultationState, Erased
from directory.models import Consultation, ConsultationDesk, ConsultVisit, Destruction, Hold, Mute, Notification
from directory.models.consultations.consultations import SHUT
from directory.models.consultations.keeping import mark_of

_forgetters: list[Callable[[str], object]] = []


class NotTheRegister(Exception):
    """Lines that no register has written."""


def register_forgetter(forget: Callable[[str], object]) -> None:
    """In ready(): what else keeps something of a consultation, by its key as text."""
    _forgetters.append(forget)


class NotTold(Exception):
    """A desk has to keep it, and the page on which the person pressed did not say so."""


@transaction.atomic
def delete(*, consultation: Consultation, told: Collection[int] = ()) -> bool:
    """The person deletes it: gone at once, for them and for every body; whether nothing is left.

    `told`: keys of the holds of which the page spoke; NotTold where there is another one by now (whoever places a hold
    holds this row, too). Raises states.TooLate.

    Where the desk that has it said beforehand that it must keep it (Hold), that desk's supervisors alone still read it,
    until the day that was named; no code opens it any more.
    """
    found = states.locked(consultation)
    if found.state not in CODE_STATES:
        raise states.TooLate
    holds = Hold.objects.standing().filter(consultation=found)
    if set(holds.values_list("pk", flat=True)) - set(told):
        raise NotTold
    if holds.exists():
        shut_away(found)
        return False
    destroy(found, why=Erased.PERSON)
    return True


def is_held(consultation: Consultation) -> bool:
    """Whether the desk that has it must keep it today."""
    return Hold.objects.standing().filter(consultation=consultation).exists()


def shut_away(consultation: Consultation) -> None:
    """Out of everybody's sight but the supervisors' of the desk that must keep it. The caller holds the row."""
    tallies.count_in(consultation)
    consultation.code_hash = f"{SHUT}{consultation.pk}"
    consultation.state, consultation.handed_from = ConsultationState.HELD, None
    consultation.counsellor = consultation.same_person_as = None
    consultation.reply_by = consultation.warned_at = None
    consultation.erase_on = Hold.objects.standing().get(consultation=consultation).until
    consultation.moved_at = dates.now()
    consultation.save()
    Consultation.objects.filter(same_person_as=consultation).update(same_person_as=None)
    ConsultVisit.objects.filter(consultation=consultation).delete()  # browsers in which it was open
    forget_traces(consultation)
    audit.record("consultation.held", by=None, target=consultation)


def destroy(consultation: Consultation, *, why: str) -> None:
    """The row and all that hangs on it, its news and its mails; one line in the register. The caller holds the row."""
    tallies.count_in(consultation, silent=why == Erased.TIME)
    Destruction.objects.get_or_create(  # one that came back with an old backup has its line already
        mark=mark_of(consultation),
        defaults={
            "number": consultation.number,
            "desk": consultation.desk,
            "organization": consultation.desk.organization,
            "why": why,
            "received_on": dates.jst(consultation.received_at).date(),
        },
    )
    forget_traces(consultation)
    audit.record("consultation.destroyed", by=None, target=consultation, why=str(why))
    consultation.delete()


def come_back() -> Iterator[tuple[Consultation, Destruction]]:
    """What stands in the register as destroyed and is there again: it came back with an old backup.

    Told by its key, not by its number: a number may have been given again to somebody else.
    """
    lines = {line.mark: line for line in Destruction.objects.iterator()}
    again = Consultation.objects.filter(number__in=Destruction.objects.values("number")).order_by("pk")
    for consultation in again.only("pk", "number"):
        if (line := lines.get(mark_of(consultation))) is not None:
            yield consultation, line


def register_lines() -> Iterator[dict[str, str]]:
    """The register to be kept apart from the backups, oldest line first."""
    for line in Destruction.objects.select_related("desk").order_by("erased_at", "pk").iterator():
        yield {
            "mark": line.mark,
            "number": line.number,
            "desk": line.desk.slug,
            "why": line.why,
            "received_on": line.received_on.isoformat(),
            "erased_at": line.erased_at.isoformat(),
        }


@transaction.atomic
def add_lines(lines: Iterable[Any]) -> int:
    """Write those that this register lacks (it came with an older backup); how many. Raises NotTheRegister.

    Lines of desks that this database does not know yet are left out: it cannot hold anything of theirs either.
    """
    desks = {desk.slug: desk for desk in ConsultationDesk.objects.select_related("organization")}
    known = set(Destruction.objects.values_list("mark", flat=True))
    added = []
    for line in lines:
        row = _line(line, desks)
        if row is not None and row.mark not in known:
            known.add(row.mark)
            added.append(row)
    return len(Destruction.objects.bulk_create(added))


def _line(line: Any, desks: dict[str, ConsultationDesk]) -> Destruction | None:
    try:
        row = Destruction(
            mark=line["mark"],
            number=line["number"],
            why=Erased(line["why"]),
            received_on=dt.date.fromisoformat(line["received_on"]),
            erased_at=dt.datetime.fromisoformat(line["erased_at"]),
        )
        desk = desks.get(line["desk"])
    except (KeyError, TypeError, ValueError) as error:
        raise NotTheRegister from error
    if desk is None:
        return None
    row.desk, row.organization = desk, desk.organization
    return row


def forget_traces(consultation: Consultation) -> None:
    """News, mutes, mails and unsent words that speak of it; open hand-overs end, and lose the words of refusals."""
    pk = str(consultation.pk)
    end_handing(consultation)
    Notification.objects.filter(Q(target=pk) | Q(key__contains=pk)).delete()
    Mute.objects.filter(target=pk).delete()
    for forget in _forgetters:
        forget(pk)
    now = dates.now()
    rows = Mail.objects.filter(emptied_at__isnull=True).only("key", "context")
    found = [row.pk for row in rows.iterator() if pk in row.key or pk in json.dumps(row.context or {})]
    gone = Mail.objects.filter(pk__in=found)
    gone.filter(state=MailState.QUEUED).update(state=MailState.DROPPED, last_error="thing_gone", ended_at=now)
    gone.update(recipient=None, context=None, attachments=None, emptied_at=now)

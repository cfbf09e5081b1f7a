"""Verbs about the numbers of desks: whatever a tap opens or what carries words away (enums.TRUSTED_KINDS).

    save and publish a draft   numbers residents know stay; unknown ones of a desk that was ever public wait by
                               themselves (directory.models.trusting). Importers and proposals need nothing else:
                               `desk.save_revision(user=by).publish(user=by)`, then `waiting_of(desk)` says what waits
    propose(…)                 the same for one number without a draft
    confirm(…), refuse(…)      the second person, after calling. confirm puts the number live and into the drafts
    hide(…)                    one person, at once. Names the value, so nothing republished brings it back
    lift(…)                    two people: the first call asks (False), that of another person shows it again (True)

Each takes `by=` and refuses with PermissionDenied (no such role) or ValidationError (a sentence for the person).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cms import audit, dates
from directory.actions import drafts
from directory.enums import ChangeState, HoldReason
from directory.models import Channel, ConsultationDesk, NumberChange, NumberHold, User
from directory.models.trusting import fields_of, remember, through_the_gate
from directory.permissions import may_hide_numbers, may_keep_numbers


def waiting_of(desk: ConsultationDesk) -> QuerySet[NumberChange]:
    """What waits for a second person at this desk."""
    return NumberChange.objects.waiting().filter(desk=desk)


@transaction.atomic
def propose(
    *, desk: ConsultationDesk, by: User | None, kind: str, new: str, old_kind: str = "", old: str = "", **fields: Any
) -> NumberChange:
    """Ask for a number of a desk that residents know. `old` blank: a further channel. `fields`: its hours, facts, note.

    Raises ValidationError for what cannot be dialled or opened (by field), and when `old` is not among its numbers.
    """
    row = Channel.objects.filter(desk=desk, kind=old_kind or kind, value=old).first() if old else None
    if old and row is None:
        raise ValidationError(_("The old number is not among the numbers of this desk."), code="unknown")
    start = fields_of(row) if row else {}
    channel = Channel(**(start | fields | {"kind": kind, "value": new}))
    channel.full_clean(exclude=["desk"])
    change = NumberChange(
        desk=desk,
        old_kind=row.kind if row else "",
        old=row.value if row else "",
        kind=channel.kind,
        new=channel.value,
        channel=fields_of(channel),
        proposed_by=by,
    )
    return remember([change])[0]


@transaction.atomic
def confirm(*, change: NumberChange, by: User) -> Channel:
    """The second person has called: the number goes live, whole channel and all, and no draft flips it back."""
    _decide(change, by=by, state=ChangeState.CONFIRMED)
    row = _row_of(change)
    live = Channel(**(_fields(change) | {"kind": change.kind, "value": change.new, "desk_id": change.desk_id}))
    if row is not None:
        live.pk, live.sort_order = row.pk, row.sort_order
        live._state.adding = False
    live.full_clean(exclude=["desk"])
    with through_the_gate():
        live.save()
    drafts.take_over(change, before=fields_of(row) if row else None, live=live)
    _settle_hold(change, by=by)
    _touch(change.desk, **_vouched(change.desk, by))
    audit.record("number.confirmed", by=by, target=change, desk=change.desk.slug, kind=change.kind)
    return live


@transaction.atomic
def refuse(*, change: NumberChange, by: User) -> None:
    """The number is not right: nothing changes for residents. Whoever proposed it may take it back this way, too."""
    _decide(change, by=by, state=ChangeState.REFUSED)
    drafts.take_back(change)
    audit.record("number.refused", by=by, target=change, desk=change.desk.slug, kind=change.kind)


@transaction.atomic
def hide(*, desk: ConsultationDesk, kind: str, value: str, by: User, reason: str = HoldReason.WRONG) -> NumberHold:
    """Residents are not given this number any more, from this moment. Hidden again: an open question to lift it ends."""
    if not may_hide_numbers(by, desk):
        raise PermissionDenied
    if not Channel.objects.filter(desk=desk, kind=kind, value=value).exists():
        raise ValidationError(_("This desk has no such number any more."), code="unknown")
    hold, made = NumberHold.objects.get_or_create(
        desk=desk, kind=kind, value=value, lifted_at=None, defaults={"by": by, "reason": reason}
    )
    if not made:
        NumberHold.objects.filter(pk=hold.pk).update(lift_asked_by=None, lift_asked_at=None)
        hold.refresh_from_db()
    _touch(desk)
    audit.record("number.hidden", by=by, target=hold, desk=desk.slug, kind=kind, reason=hold.reason)
    return hold


@transaction.atomic
def lift(*, hold: NumberHold, by: User) -> bool:
    """Show a hidden number again: one person has checked it (False), another agrees (True: it is shown)."""
    if not may_keep_numbers(by):
        raise PermissionDenied
    now = dates.now()
    asked = NumberHold.objects.open().filter(pk=hold.pk, lift_asked_at=None)
    if asked.update(lift_asked_by=by, lift_asked_at=now):
        audit.record("number.lift_asked", by=by, target=hold, desk=hold.desk.slug, kind=hold.kind)
        return False
    agreed = NumberHold.objects.open().filter(pk=hold.pk, lift_asked_at__isnull=False).exclude(lift_asked_by=by)
    if not agreed.update(lifted_by=by, lifted_at=now):
        raise ValidationError(_("You have checked it yourself. Another person shows it again."), code="same_person")
    _touch(hold.desk)
    audit.record("number.shown_again", by=by, target=hold, desk=hold.desk.slug, kind=hold.kind)
    return True


# --- steps ---------------------------------------------------------------------------------------------------


def _decide(change: NumberChange, *, by: User, state: ChangeState) -> None:
    """Take the decision, once: two who press at the same moment do not both decide."""
    if not may_keep_numbers(by) and not (state == ChangeState.REFUSED and change.proposed_by_id == by.pk):
        raise PermissionDenied
    if state == ChangeState.CONFIRMED and change.proposed_by_id == by.pk:
        raise ValidationError(
            _("You proposed this number yourself. Another person calls it and confirms."), code="same_person"
        )
    waiting = NumberChange.objects.waiting().filter(pk=change.pk)
    if state == ChangeState.CONFIRMED:
        waiting = waiting.exclude(proposed_by=by)
    if not waiting.update(state=state, decided_by=by, decided_at=dates.now()):
        raise ValidationError(_("Somebody has decided this already."), code="decided")
    change.refresh_from_db()


def _fields(change: NumberChange) -> dict[str, Any]:
    """The channel as it was proposed; fields that the model has lost meanwhile are left behind."""
    known = {field.name for field in Channel._meta.concrete_fields}
    return {name: value for name, value in change.channel.items() if name in known}


def _row_of(change: NumberChange) -> Channel | None:
    """The row that gets the number: the one that has it already, else the one it replaces."""
    rows = Channel.objects.select_for_update().filter(desk=change.desk_id)
    same = rows.filter(kind=change.kind, value=change.new).first()
    if same is not None or not change.old_kind:
        return same
    return rows.filter(kind=change.old_kind, value=change.old).first()


def _settle_hold(change: NumberChange, *, by: User) -> None:
    """Two people want the number shown: a hold on this very number ends with it."""
    held = NumberHold.objects.open().filter(desk=change.desk_id, kind=change.kind, value=change.new)
    held.update(lift_asked_by=change.proposed_by, lift_asked_at=change.proposed_at, lifted_by=by, lifted_at=dates.now())


def _vouched(desk: ConsultationDesk, by: User) -> dict[str, Any]:
    return {"confirmed_by": by, "confirmed_on": dates.today()} if desk.is_national else {}


def _touch(desk: ConsultationDesk, **facts: Any) -> None:
    """What residents read has changed: feeds and caches that ask for the date notice."""
    if desk.live:
        facts["last_published_at"] = dates.now()
    if facts:
        ConsultationDesk.objects.filter(pk=desk.pk).update(**facts)

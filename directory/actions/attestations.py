"""Verbs of the yearly confirmation: it opens, people are confirmed one by one or all at once, the others are warned.

What is not confirmed rests by itself: opening writes the day on each role, confirming takes it off again. Roles that
keep the office never rest (directory.roles.NEVER_REST): somebody must be able to wake the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cms import audit, dates, outbox
from directory.actions.notifications import notify
from directory.actions.roles import holders_of
from directory.enums import Confirmed
from directory.models import Attestation, AttestationRound, Organization, RoleAssignment, User
from directory.permissions import administers, can
from directory.roles import CASEBOOK_ROLES, NEVER_REST, Permission

WAITS = "attestation"  # the kind of news for those who confirm, and of the mail
OWN = "attestation_own"  # for the person whose roles are about to rest
WARN_DAYS = (14, 3)
DAY = dt.timedelta(days=1)


def default_round(year: int) -> AttestationRound:
    """Not stored: 1 April, 30 April, 31 May of that fiscal year."""
    return AttestationRound(
        fiscal_year=year, starts_on=dt.date(year, 4, 1), due_on=dt.date(year, 4, 30), final_on=dt.date(year, 5, 31)
    )


def round_on(day: dt.date) -> AttestationRound | None:
    """The confirmation of the fiscal year in which that day lies."""
    return AttestationRound.objects.filter(fiscal_year=dates.fiscal_year(day)).first()


@transaction.atomic
def plan(*, starts_on: dt.date, due_on: dt.date, final_on: dt.date, by: User | None) -> AttestationRound:
    """Set this fiscal year's days. One that has begun keeps its beginning; days of roles that wait move along.

    Raises ValidationError, by field, when the days are not in order or no longer to come.
    """
    if by is not None and not can(by, Permission.MEMBERSHIPS_KEEP):
        raise PermissionDenied
    year = dates.fiscal_year(starts_on)
    found = AttestationRound.objects.select_for_update().filter(fiscal_year=year).first() or default_round(year)
    if found.opened_at is not None and starts_on != found.starts_on:
        raise ValidationError({"starts_on": _("It has begun already: this day cannot be moved any more.")})
    if due_on < starts_on:
        raise ValidationError({"due_on": _("This day lies before the beginning.")})
    if final_on < due_on:
        raise ValidationError({"final_on": _("This day lies before the one above.")})
    if due_on < dates.today():
        raise ValidationError({"due_on": _("This day is over. Choose one to come.")})
    found.starts_on, found.due_on, found.final_on = starts_on, due_on, final_on
    found.save()
    audit.record(
        "attestation.planned", by=by, target=found, starts=str(starts_on), due=str(due_on), final=str(final_on)
    )
    if found.opened_at is not None:
        write_pauses(found)
    elif starts_on <= dates.today():
        open_round(found, by=by)
    return found


def open_round(round_: AttestationRound, *, by: User | None) -> None:
    """Everybody with a role today is to be confirmed; administrators and the secretariat hear of it."""
    if not AttestationRound.objects.filter(pk=round_.pk, opened_at=None).update(opened_at=dates.now()):
        return
    round_.refresh_from_db()
    held = RoleAssignment.objects.active()
    Attestation.objects.bulk_create(
        [
            Attestation(round=round_, user=user, organization_id=user.organization_id)
            for user in User.objects.filter(pk__in=held.values("user")).order_by("pk")
        ],
        ignore_conflicts=True,
    )
    write_pauses(round_)
    audit.record("attestation.opened", by=by, target=round_, people=round_.attestations.count())
    tell_those_who_confirm(round_, "open")


def write_pauses(round_: AttestationRound) -> None:
    """The day from which on a role rests, on every role of everybody who is not confirmed."""
    waiting = round_.attestations.waiting()  # type: ignore[attr-defined]
    roles = RoleAssignment.objects.running().filter(user__in=waiting.values("user")).exclude(role__in=NEVER_REST)
    roles.filter(role__in=CASEBOOK_ROLES).update(pauses_on=round_.due_on + DAY)
    roles.exclude(role__in=CASEBOOK_ROLES).update(pauses_on=round_.final_on + DAY)


def may_answer(by: User, attestation: Attestation) -> bool:
    """The secretariat for everybody (it may have been told by telephone); an administrator for the own people."""
    own = attestation.organization_id is not None and administers(by, attestation.organization_id)
    return own or can(by, Permission.MEMBERSHIPS_KEEP)


@transaction.atomic
def still_here(*, attestations: Iterable[Attestation], by: User) -> int:
    """These people still work there, with these roles; what rested wakes. How many were waiting."""
    confirmed = 0
    for attestation in attestations:
        if not may_answer(by, attestation):
            raise PermissionDenied
        confirmed += _answer(attestation, Confirmed.HERE, by=by)
        RoleAssignment.objects.running().filter(user=attestation.user_id).update(pauses_on=None)
        attestation.user.forget_roles()
    return confirmed


def person_left(sender: type[User], user: User, by: User | None, **kwargs: object) -> None:
    """Whoever leaves is no longer asked for."""
    for attestation in Attestation.objects.waiting().filter(user=user):
        _answer(attestation, Confirmed.LEFT, by=by)


def _answer(attestation: Attestation, answer: Confirmed, *, by: User | None) -> int:
    changed = Attestation.objects.filter(pk=attestation.pk).exclude(answer=answer)
    if not changed.update(answer=answer, answered_by=by, answered_at=dates.now()):
        return 0
    audit.record("attestation.answered", by=by, target=attestation.user, answer=str(answer))
    return 1


# --- by the calendar ---------------------------------------------------------------------------------------


def step(at: dt.datetime) -> int:
    """On every tick: in April the round begins; fourteen and three days before the end those who wait are warned."""
    today = dates.jst(at).date()
    current = round_on(today)
    if current is None:
        planned = default_round(dates.fiscal_year(today))
        if not planned.starts_on <= today <= planned.due_on:
            return 0
        with transaction.atomic():
            plan(starts_on=planned.starts_on, due_on=planned.due_on, final_on=planned.final_on, by=None)
        return 1
    if current.opened_at is None and current.starts_on <= today:
        with transaction.atomic():
            open_round(current, by=None)
        return 1
    return warn(current, today) if current.opened_at else 0


@transaction.atomic
def warn(round_: AttestationRound, today: dt.date) -> int:
    """The nearest warning that has come due, once; before the casebook rests, and again before everything does."""
    told = 0
    for name, end in (("due", round_.due_on), ("final", round_.final_on)):
        left = (end - today).days
        near = min((days for days in WARN_DAYS if 0 <= left <= days), default=None)
        if near is not None and left < (end - round_.starts_on).days:
            told += tell_those_who_confirm(round_, f"{name}{near}")
    return told


def tell_those_who_confirm(round_: AttestationRound, moment: str) -> int:
    """News and a neutral mail for administrators whose people wait; the secretariat for those without one."""
    told = 0
    waiting = round_.attestations.waiting()  # type: ignore[attr-defined]
    organizations = Organization.objects.filter(pk__in=waiting.values("organization"))
    alone = waiting.filter(organization=None).exists()
    for organization in organizations:
        admins = holders_of("orgadmin", organization=organization)
        alone = alone or not admins
        told += _tell(admins, round_, moment, path=reverse("members:attestation"))
    if alone:
        told += _tell(holders_of("secretariat"), round_, moment, path=reverse("members:office_attestation"))
    if moment != "open":
        people = User.objects.filter(pk__in=waiting.values("user"))
        notify(kind=OWN, people=people, target=round_.pk, key=f"attestation_own:{round_.pk}:{moment}")
    return told


def _tell(people: list[User], round_: AttestationRound, moment: str, *, path: str) -> int:
    key = f"attestation:{round_.pk}:{moment}"
    told = notify(kind=WAITS, people=people, target=round_.pk, key=key, moment=moment)
    for user in people:
        outbox.post(
            kind=WAITS,
            to=user.email,
            template="directory/mail/attestation",
            context={
                "path": path,
                "user": user.pk,
                "round": round_.pk,
                "due": dates.japanese_date_long(round_.due_on if moment[:5] != "final" else round_.final_on),
            },
            key=f"{key}:{user.pk}",
        )
    return told


def waits_for(user: User, round_id: int) -> bool:
    """There is still somebody whom this person is to confirm: asked before the mail goes, and by the news."""
    if can(user, Permission.MEMBERSHIPS_KEEP):
        return Attestation.objects.waiting().filter(round=round_id).exists()
    if user.organization_id is None or not administers(user, user.organization_id):
        return False
    return Attestation.objects.waiting().filter(round=round_id, organization=user.organization_id).exists()

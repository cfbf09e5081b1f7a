"""Counting consultations: what an organisation enters for a month, and what the inbox counts by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from cms import audit, dates, outbox
from cms.models import Mail
from directory.actions.notifications import notify
from directory.enums import ConsultationOutcome, ConsultationState, Method, Source
from directory.enums.life import COARSER
from directory.models import (
    Consultation,
    ConsultationCount,
    HeardOfCount,
    Notification,
    Organization,
    RoleAssignment,
    TallySheet,
    User,
)
from directory.queries.consultations import tallies as months
from directory.queries.consultations.tallies import HEARD, Line, merged
from directory.roles import ROLES, Permission

DUE, MAIL_KIND = "tally_due", "tally"
REMINDED_FROM, MORNING = 5, 8  # day of the following month, hour of the day (JST)
MOST_LINES, MOST = 200, 9999
KEEPING_ROLES = tuple(role.name for role in ROLES.values() if Permission.TALLY_OWN in role.permissions)


class MonthIsClosed(Exception):
    """The month is published, or its day has passed: its figures stay. Later ones belong to the month that runs."""


class Changed(Exception):
    """A colleague has saved this month meanwhile."""


class NotOverYet(Exception):
    """The month still runs: it cannot be complete."""


def held(by: User, organization: Organization, month: dt.date) -> Organization:
    """The organisation's row, held until the end: no figure comes in while a month is being published.

    Raises PermissionDenied, MonthIsClosed.
    """
    if not months.may_enter(by, organization):
        raise PermissionDenied
    found = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if not months.is_open(month, dates.today()):
        raise MonthIsClosed
    return found


@transaction.atomic
def enter(
    *,
    by: User,
    organization: Organization,
    month: dt.date,
    lines: Iterable[Line],
    heard: Mapping[str, int],
    seen: str | None = None,
) -> None:
    """These lines and counts of 「何で知りましたか」 instead of all that was entered before; the inbox's stay.

    `seen`: fingerprint of what the person looked at (queries.tallies.Sheet). Raises PermissionDenied, MonthIsClosed,
    Changed, ValueError for codes and numbers that cannot be.
    """
    rows = merged(lines)
    _check(rows, heard)
    organization = held(by, organization, month)
    if seen is not None and months.sheet(organization, month).fingerprint != seen:
        raise Changed
    of = {"organization": organization, "month": month, "source": Source.ENTERED}
    ConsultationCount.objects.filter(**of).delete()
    HeardOfCount.objects.filter(**of).delete()
    ConsultationCount.objects.bulk_create(ConsultationCount(**of, **line.cells) for line in rows)
    HeardOfCount.objects.bulk_create(HeardOfCount(**of, heard_of=code, count=n) for code, n in heard.items() if n)
    audit.record("tally.entered", by=by, target=organization, month=f"{month:%Y-%m}", lines=len(rows))


def _check(rows: list[Line], heard: Mapping[str, int]) -> None:
    known = months.choices(months.concern_names())
    wrong = [
        line
        for line in rows
        for name, code in zip(months.CODES, line.codes, strict=True)
        if code and code not in known[name]
    ]
    numbers = [*(line.count for line in rows), *heard.values()]
    if wrong or set(heard) - set(HEARD) or len(rows) > MOST_LINES or not all(0 <= n <= MOST for n in numbers):
        raise ValueError("Codes of the list and numbers from 0 to MOST.")


@transaction.atomic
def hand_in(*, by: User, organization: Organization, month: dt.date) -> TallySheet:
    """The month is complete. Twice is once; it may be mended until it is published.

    Raises PermissionDenied, MonthIsClosed, NotOverYet.
    """
    organization = held(by, organization, month)
    if not months.is_over(month, dates.today()):
        raise NotOverYet
    row, made = TallySheet.objects.get_or_create(organization=organization, month=month, defaults={"by": by})
    if made:
        audit.record("tally.handed_in", by=by, target=organization, month=f"{month:%Y-%m}")
    return row


# --- the inbox counts by itself ---


def count_in(consultation: Consultation, *, silent: bool = False) -> bool:
    """It has come to its end, or goes: one more for its desk's organisation. In the caller's transaction, row held.

    In the month of the *end*, not of the arrival: the month of arrival may be published long since, and what came of it
    is known only now. Once for ever (`counted_at`), also when it is opened again; what was no consultation never.
    `silent`: it goes because nothing was said for long. No key of it is kept. Whether it was counted.
    """
    if consultation.counted_at is not None or consultation.state == ConsultationState.SPAM:
        return False
    now = dates.now()
    consultation.counted_at = now
    Consultation.objects.filter(pk=consultation.pk).update(counted_at=now)
    of = {
        "organization_id": consultation.desk.organization_id,
        "month": months.first_of(now.date()),
        "source": Source.INBOX,
    }
    _raise(ConsultationCount, **of, **dict(zip(months.CODES, codes_of(consultation, silent=silent), strict=True)))
    if consultation.heard_of:
        _raise(HeardOfCount, **of, heard_of=consultation.heard_of)
    return True


def codes_of(consultation: Consultation, *, silent: bool = False) -> tuple[str, ...]:
    """The codes it is counted with: the first concern, the coarse stage of life."""
    ended = consultation.outcome or (ConsultationOutcome.SILENT.value if silent else "")
    concern = consultation.concerns[0] if consultation.concerns else ""
    stage = COARSER.get(consultation.life_stage, consultation.life_stage)
    return concern, stage, consultation.route, consultation.method or Method.WEB.value, ended


def _raise(model: type[ConsultationCount | HeardOfCount], **cell: Any) -> None:
    """Two at one moment are both counted."""
    row, _made = model._default_manager.get_or_create(**cell)
    model._default_manager.filter(pk=row.pk).update(count=F("count") + 1)


# --- reminding ---


def remind(at: dt.datetime) -> int:
    """On every tick: from the fifth, once a month, who keeps the tally where it is missing. How many were told."""
    moment = dates.jst(at)
    month = months.after(months.first_of(moment.date()), -1)
    if moment.hour < MORNING or moment.day < REMINDED_FROM or not months.is_open(month, moment.date()):
        return 0
    told = set(Notification.objects.filter(kind=DUE, target=f"{month:%Y-%m}").values_list("key", flat=True))
    waiting = [organization for organization in months.missing(month) if _key(organization, month) not in told]
    return sum(_told(organization, month) for organization in waiting)


def _key(organization: Organization, month: dt.date) -> str:
    return f"tally:{month:%Y-%m}:{organization.pk}:due"


@transaction.atomic
def _told(organization: Organization, month: dt.date) -> int:
    stamp, key = f"{month:%Y-%m}", _key(organization, month)
    people = keepers_at(organization)
    told = notify(kind=DUE, people=people, target=stamp, key=key)
    if told:
        for user in people:
            outbox.post(
                kind=MAIL_KIND,
                to=user.email,
                template="directory/mail/tally",
                context={
                    "user": user.pk,
                    "organization": organization.pk,
                    "month": stamp,
                    "label": months.label(month),
                    "day": dates.japanese_date(months.last_day_to_mend(month)),
                },
                key=f"{key}:{user.pk}",
            )
    return told


def keepers_at(organization: Organization) -> list[User]:
    """Who keeps the tally there."""
    held_roles = RoleAssignment.objects.active().filter(role__in=KEEPING_ROLES, user__organization=organization)
    return list(User.objects.filter(pk__in=held_roles.values("user"), is_active=True).order_by("pk"))


def mail_stands(mail: Mail) -> bool:
    """Only while it is missing and may be entered, to somebody who keeps the tally there."""
    facts = mail.context or {}
    month = dt.date.fromisoformat(f"{facts['month']}-01")
    there = Organization.objects.filter(pk=facts["organization"]).first()
    handed = TallySheet.objects.filter(organization=facts["organization"], month=month).exists()
    keeps = there is not None and facts["user"] in {user.pk for user in keepers_at(there)}
    return keeps and not handed and months.is_open(month, dates.today())

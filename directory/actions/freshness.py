"""「いまも正しいですか」: every 90 days the owner of a desk is asked by mail, and answers with one button.

Opening the link changes nothing (mail scanners open links); only the button does.
"""

from __future__ import annotations

import datetime as dt
import secrets

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cms import audit, dates, outbox
from cms.encryption import keyed_hash
from directory.actions import drafts
from directory.models import Channel, ConsultationDesk, DeskOwner, DeskQuestion, RoleAssignment, User
from directory.models.desks import FRESH_FOR
from directory.permissions import may_keep_numbers

MAIL_KIND = "desk_question"
ASK_AHEAD = dt.timedelta(days=7)  # so that a desk whose owner answers never looks stale
REMIND_AFTER = dt.timedelta(days=14)
LINK_VALID_FOR = dt.timedelta(days=30)
ASKED_IN_ONE_NIGHT = 200


class Changed(Exception):
    """What the owner was shown is not what residents read any more."""


def recipients(desk: ConsultationDesk) -> list[str]:
    """Whom to ask: the owner, else the administrators of its organisation."""
    owner = DeskOwner.objects.filter(desk=desk).first()
    if owner is not None:
        return [owner.email]
    holding = RoleAssignment.objects.active().filter(role="orgadmin", organization=desk.organization_id)
    return list(holding.order_by("user__email").values_list("user__email", flat=True).distinct())


def stale_on(day: dt.date) -> Q:
    """Desks nobody has checked for 90 days, or ever."""
    return Q(assured_on__isnull=True) | Q(assured_on__lt=day - FRESH_FOR)


def due(now: dt.datetime) -> QuerySet[ConsultationDesk]:
    """Public desks of the city whose owner should be asked tonight, the longest unchecked first."""
    soon = dates.jst(now).date() + ASK_AHEAD
    asked = ConsultationDesk.objects.public().local().annotate(last_asked=Max("questions__asked_at"))
    waits = Q(last_asked__isnull=True) | Q(last_asked__lte=now - REMIND_AFTER)
    return asked.filter(waits, stale_on(soon)).order_by("assured_on", "pk")


def ask_due(now: dt.datetime) -> int:
    """Every night: ask whoever is due; how many desks. A desk without anybody to ask waits in the office's list."""
    asked = 0
    for desk in due(now)[:ASKED_IN_ONE_NIGHT]:
        if recipients(desk):
            ask(desk=desk, by=None, at=now)
            asked += 1
    return asked


@transaction.atomic
def ask(*, desk: ConsultationDesk, by: User | None, at: dt.datetime | None = None) -> list[DeskQuestion]:
    """Mail the owner(s) a link each, valid 30 days from `at` (now). `by` None: the night. Raises ValidationError when there is nobody to ask."""
    if by is not None and not may_keep_numbers(by):
        raise PermissionDenied
    addresses = recipients(desk)
    if not addresses:
        raise ValidationError(_("Nobody is named for this desk, and its organisation has no administrator here."))
    questions = [_asked(desk, address, at or dates.now()) for address in addresses]
    audit.record("desk.asked", by=by, desk=desk.slug, mails=len(questions))
    return questions


def _asked(desk: ConsultationDesk, address: str, now: dt.datetime) -> DeskQuestion:
    token = secrets.token_urlsafe(32)
    question = DeskQuestion.objects.create(
        desk=desk, token_hash=hash_of(token), asked_at=now, expires_at=now + LINK_VALID_FOR
    )
    outbox.post(
        kind=MAIL_KIND,
        to=address,
        template="directory/mail/desk_question",
        context={
            "question": question.pk,
            "desk": desk.name,
            "path": reverse("directory:desk_checked", args=[token]),
            "valid_until": dates.japanese_date(dates.jst(question.expires_at).date()),
        },
        key=f"desk-question:{question.pk}",
    )
    return question


def hash_of(token: str) -> str:
    """What the database knows of a link."""
    return keyed_hash(token, purpose="desk-question")


def find(token: str) -> DeskQuestion | None:
    """The question behind a link whose time is not over; answered ones too, so that a second click is thanked."""
    found = DeskQuestion.objects.filter(token_hash=hash_of(token), expires_at__gt=dates.now())
    return found.select_related("desk__organization").filter(desk__in=ConsultationDesk.objects.public()).first()


def shown(desk: ConsultationDesk) -> str:
    """A mark of what residents are given now, so that nobody confirms what they did not see."""
    rows = Channel.objects.public().filter(desk=desk).order_by("pk")
    values = list(rows.values_list("pk", "kind", "value", "hours", "hours_text", "last_reception"))
    return keyed_hash(repr(values), purpose="desk-shown")[:16]


@transaction.atomic
def answer(*, question: DeskQuestion, seen: str) -> None:
    """「この内容で、まちがいありません」. Again: nothing more happens. Raises Changed when it was changed since it was shown."""
    desk = ConsultationDesk.objects.select_for_update().get(pk=question.desk_id)
    if question.answered_at is not None:
        return
    if seen != shown(desk):
        raise Changed
    _assure(desk)
    audit.record("desk.assured", by=None, target=question, desk=desk.slug)


@transaction.atomic
def assure(*, desk: ConsultationDesk, by: User) -> None:
    """The office has called the desk itself: everything is right."""
    if not may_keep_numbers(by):
        raise PermissionDenied
    _assure(desk)
    audit.record("desk.assured", by=by, desk=desk.slug)


def _assure(desk: ConsultationDesk) -> None:
    today = dates.today()
    ConsultationDesk.objects.filter(pk=desk.pk).update(assured_on=today, last_published_at=dates.now())
    drafts.set_fact(desk, assured_on=today)
    DeskQuestion.objects.filter(desk=desk, answered_at=None).update(answered_at=dates.now())


@transaction.atomic
def name_owner(*, desk: ConsultationDesk, email: str, by: User) -> None:
    """Who is asked from now on; "" = the administrators of the organisation again. Open links die."""
    if not may_keep_numbers(by):
        raise PermissionDenied
    DeskOwner.objects.filter(desk=desk).delete()
    if email:
        DeskOwner.objects.create(desk=desk, email=email.strip().lower(), named_by=by)
    DeskQuestion.objects.filter(desk=desk, answered_at=None).update(expires_at=dates.now())
    audit.record("desk.owner_named", by=by, desk=desk.slug, named=int(bool(email)))


def forget_due(now: dt.datetime) -> int:
    """Delete questions a year after they were asked (the reminders need the last one only)."""
    return DeskQuestion.objects.filter(asked_at__lt=now - dt.timedelta(days=365)).delete()[0]

"""Circulars and inquiries: written, sent, read, answered, reminded, closed. The state of each organisation is a row.

Two people of one organisation may work on the same answer: the row is locked while it changes, the later one counts,
and who answered is noted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cms import audit, dates, outbox
from cms.forms import CheckedUpload
from cms.privatefiles import KeptFile
from directory.actions.notifications import mark_read, notify
from directory.models import BodyMembership, Membership, Organization, User
from directory.queries.audience import people_of
from workshops.enums import CircularState, CircularTo, QuestionKind, ReplyState
from workshops.models import Circular, CircularFile, CircularQuestion, Reply
from workshops.models.circulars import MOST_QUESTIONS, writes_circulars

NEWS = "circular"
MAIL_KIND = "circular.reminded"


@dataclass(frozen=True)
class Asked:
    """A question to be put."""

    text: str
    kind: str = QuestionKind.SHORT
    choices: Sequence[str] = ()
    required: bool = True


def _must_write(by: User) -> None:
    if not writes_circulars(by):
        raise PermissionDenied


# --- the secretariat ----------------------------------------------------------------------------------------


@transaction.atomic
def keep_draft(
    *,
    circular: Circular,
    by: User,
    values: Mapping[str, Any],
    questions: Sequence[Asked] = (),
    chosen: Iterable[Organization] = (),
    files: Iterable[CheckedUpload] = (),
) -> Circular:
    """Write it down; nobody hears of it. Raises PermissionDenied, and ValidationError when it was sent meanwhile."""
    _must_write(by)
    if not circular._state.adding:
        circular = Circular.objects.select_for_update().get(pk=circular.pk)
    if not circular.is_draft:
        raise ValidationError(_("It has been sent meanwhile and can no longer be changed."))
    for name, value in values.items():
        setattr(circular, name, value)
    circular.written_by, circular.changed_at = by, dates.now()
    circular.save()
    circular.chosen.set(chosen)
    circular.questions.all().delete()
    asked = questions[:MOST_QUESTIONS] if circular.is_inquiry else ()
    CircularQuestion.objects.bulk_create(
        CircularQuestion(
            circular=circular, order=order, text=each.text, kind=each.kind, choices=list(each.choices),
            required=each.required,
        )
        for order, each in enumerate(asked)
    )  # fmt: skip
    for upload in files:
        CircularFile.objects.create(circular=circular, **KeptFile.of(upload, by=by))
    audit.record("circular.written", by=by, target=circular, kind=circular.kind)
    return circular


@transaction.atomic
def remove_file(*, file: CircularFile, by: User) -> None:
    """Take a file out of a draft."""
    _must_write(by)
    if not file.circular.is_draft:
        raise ValidationError(_("It has been sent meanwhile and can no longer be changed."))
    storage, name = file.file.storage, file.file.name or ""
    transaction.on_commit(lambda: storage.delete(name))
    audit.record("circular.file_removed", by=by, target=file.circular)
    file.delete()


@transaction.atomic
def discard(*, circular: Circular, by: User) -> None:
    """A draft is thrown away, with its files."""
    _must_write(by)
    circular = Circular.objects.select_for_update().get(pk=circular.pk)
    if not circular.is_draft:
        raise ValidationError(_("It has been sent meanwhile and can no longer be changed."))
    for file in circular.files.all():
        remove_file(file=file, by=by)
    audit.record("circular.discarded", by=by, target=circular)
    circular.delete()


def addressees(circular: Circular, *, by: User) -> list[Organization]:
    """Who would get it today. The sender's own organisation only where it was chosen by name."""
    current = Organization.objects.current(dates.today())
    if circular.to == CircularTo.CHOSEN:
        return list(current.filter(pk__in=circular.chosen.values("pk")))
    if circular.to == CircularTo.BODY:
        seats = BodyMembership.objects.on(dates.today()).filter(body=circular.body_id, organization__isnull=False)
        found = current.filter(pk__in=seats.values("organization"))
    else:
        tier = Q() if circular.to == CircularTo.ALL else Q(tier=circular.to)
        found = current.filter(pk__in=Membership.objects.active().filter(tier).values("organization"))
    return list(found.exclude(pk=by.organization_id or 0))


@transaction.atomic
def send(*, circular: Circular, by: User) -> Circular:
    """From now on it lies in each organisation's tray; a second click sends nothing new.

    Raises ValidationError when there is nobody to get it, nothing is asked, or its day has passed.
    """
    _must_write(by)
    circular = Circular.objects.select_for_update().get(pk=circular.pk)
    if not circular.is_draft:
        return circular
    to = addressees(circular, by=by)
    if not to:
        raise ValidationError(_("Nobody would get it. Please choose other organisations."))
    if circular.is_overdue:
        raise ValidationError(_("Its day has passed. Please choose a later one."))
    if circular.is_inquiry and not circular.questions.exists():
        raise ValidationError(_("An inquiry asks at least one question."))
    circular.state, circular.sent_at = CircularState.SENT, dates.now()
    circular.save(update_fields=["state", "sent_at"])
    Reply.objects.bulk_create(Reply(circular=circular, organization=each) for each in to)
    audit.record("circular.sent", by=by, target=circular, kind=circular.kind, organizations=len(to))
    _tell(circular, [each.pk for each in to], what="sent", key="sent", but=by)
    return circular


@transaction.atomic
def remind(*, circular: Circular, by: User) -> int:
    """Those of whom something is still expected hear once more, by news and a neutral mail; how many organisations.

    At most once a day: a second call on the same day (JST) reminds nobody and returns 0.
    """
    _must_write(by)
    today = dates.today()
    due = Circular.objects.filter(pk=circular.pk, state=CircularState.SENT).exclude(reminded_on=today)
    waiting = list(Reply.objects.waiting().filter(circular=circular).select_related("circular"))
    if not waiting or not due.update(reminded_on=today):
        return 0
    people = _tell(circular, [each.organization_id for each in waiting], what="reminded", key=f"reminded:{today}")
    by_organization = {each.organization_id: each for each in waiting}
    for person in people:
        _write(by_organization[person.organization_id or 0], person, today)
    audit.record("circular.reminded", by=by, target=circular, organizations=len(waiting))
    return len(waiting)


def _write(reply: Reply, person: User, today: dt.date) -> None:
    """Without a word of what it is about."""
    outbox.post(
        kind=MAIL_KIND,
        to=person.email,
        template="workshops/mail/circular_waiting",
        context={
            "path": reverse("members:circular", args=[reply.circular_id]),
            "reply": reply.pk,
            "user": person.pk,
            "due": dates.japanese_date_long(reply.circular.due_on),
        },
        key=f"circular:{reply.circular_id}:reminded:{today:%Y%m%d}:{person.pk}",
    )


@transaction.atomic
def extend(*, circular: Circular, by: User, due_on: dt.date) -> None:
    """Another day. Those who have not answered hear of it. Raises ValidationError for a day that has passed."""
    _must_write(by)
    circular = Circular.objects.select_for_update().get(pk=circular.pk)
    if due_on < dates.today():
        raise ValidationError(_("This day has passed."))
    if not circular.is_open or circular.due_on == due_on:
        return
    circular.due_on, circular.changed_at = due_on, dates.now()
    circular.save(update_fields=["due_on", "changed_at"])
    audit.record("circular.day_moved", by=by, target=circular, due=f"{due_on}")
    waiting = Reply.objects.waiting().filter(circular=circular).values_list("organization_id", flat=True)
    _tell(circular, list(waiting), what="moved", key=f"moved:{due_on}", but=by)


@transaction.atomic
def close(*, circular: Circular, by: User) -> None:
    """Nothing is taken in any more; shared answers are shown from now on."""
    _must_write(by)
    changed = Circular.objects.filter(pk=circular.pk, state=CircularState.SENT).update(
        state=CircularState.CLOSED, closed_at=dates.now()
    )
    if not changed:
        return
    audit.record("circular.closed", by=by, target=circular)
    circular.refresh_from_db()
    if circular.answers_are_shared:
        got = circular.replies.values_list("organization_id", flat=True)
        _tell(circular, list(got), what="shared", key="shared", but=by)


def _tell(circular: Circular, organizations: list[int], *, what: str, key: str, but: User | None = None) -> list[User]:
    people = [each for each in people_of(organizations) if but is None or each.pk != but.pk]
    codes = {"what": what, "form": str(circular.kind), "due": f"{circular.due_on}"}
    notify(kind=NEWS, people=people, target=circular.pk, key=f"circular:{circular.pk}:{key}", **codes)
    return people


# --- the organisations --------------------------------------------------------------------------------------


def own_reply(circular: Circular, by: User) -> Reply | None:
    """Where the organisation of this person stands; None for somebody who did not get it."""
    return Reply.objects.filter(circular=circular, organization=by.organization_id).select_related("circular").first()


def _locked(circular: Circular, by: User) -> Reply:
    """The own row, held until the end of the transaction."""
    mine = Reply.objects.select_for_update().filter(circular__in=Circular.objects.sent_to(by).filter(pk=circular.pk))
    reply = mine.filter(organization=by.organization_id).first()
    if reply is None:
        raise PermissionDenied
    return reply


@transaction.atomic
def read(*, circular: Circular, by: User) -> bool:
    """Somebody of the organisation has read it. True when this call noted it."""
    reply = _locked(circular, by)
    mark_read(by, kind=NEWS, target=circular.pk)
    if reply.state != ReplyState.UNREAD or not reply.circular.is_open:
        return False
    reply.state, reply.read_at, reply.read_by = ReplyState.READ, dates.now(), by
    reply.save(update_fields=["state", "read_at", "read_by"])
    audit.record("circular.read", by=by, target=reply)
    return True


@transaction.atomic
def keep_reply_draft(*, circular: Circular, by: User, draft: Mapping[str, Any]) -> None:
    """What was typed so far, for the own organisation alone."""
    reply = _locked(circular, by)
    _must_be_answerable(reply)
    reply.draft = dict(draft)
    reply.save(update_fields=["draft"])


@transaction.atomic
def answer(*, circular: Circular, by: User, answers: Mapping[str, Any]) -> Reply:
    """Answer for the organisation, or change its answer until the day is over. Raises ValidationError when it is too late."""
    reply = _locked(circular, by)
    _must_be_answerable(reply)
    reply.answers, reply.draft, reply.reason = dict(answers), {}, ""
    return _settled(reply, ReplyState.ANSWERED, by)


@transaction.atomic
def decline(*, circular: Circular, by: User, reason: str = "") -> Reply:
    """The organisation does not answer; why is its own affair."""
    reply = _locked(circular, by)
    _must_be_answerable(reply)
    reply.answers, reply.draft, reply.reason = {}, {}, reason
    return _settled(reply, ReplyState.DECLINED, by)


def _must_be_answerable(reply: Reply) -> None:
    if not reply.may_answer:
        raise ValidationError(_("This inquiry takes no more answers. Please tell the secretariat."))


def _settled(reply: Reply, state: ReplyState, by: User) -> Reply:
    now = dates.now()
    reply.state, reply.answered_at, reply.answered_by = state, now, by
    if reply.read_at is None:
        reply.read_at, reply.read_by = now, by
    reply.save()
    audit.record(f"circular.{state.value}", by=by, target=reply, late=int(reply.is_late))
    return reply

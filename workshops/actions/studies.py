"""Study sessions: held, answered, changed, called off, noted. Seats are those of the event: registration's own rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from cms import audit, keys, outbox
from cms.dates import now
from directory.actions.notifications import notify
from directory.models import Organization, User
from workshops.actions import events, registrations
from workshops.actions.events import Plan
from workshops.actions.registrations import Closed, Party
from workshops.enums import GOING, EventKind, EventStatus, RegistrationMode, StudyAnswer, StudyAudience
from workshops.keys import FORM_SALT
from workshops.models import Material, Occurrence, StudyReply, StudySession
from workshops.queries.studies import audience_of

CALLED, CHANGED, CALLED_OFF, NOTED = "study_called", "study_changed", "study_called_off", "study_noted"
TOMORROW = "study_tomorrow"
MAIL_KIND = "study.changed"


@transaction.atomic
def hold(
    *,
    by: User,
    plan: Plan,
    audience: StudyAudience | str = StudyAudience.MEMBERS,
    invited: Iterable[Organization] = (),
    host: Organization | None = None,
    speaker: str = "",
    prepare: str = "",
    answer_by: dt.date | None = None,
    materials: Iterable[Material] = (),
    **fields: Any,
) -> StudySession:
    """A closed event with its session; whoever is meant hears of it. Raises ValidationError by field of the event."""
    event = events.create_event(
        by=by, plans=[plan], host=host or by.organization, kind=EventKind.TALK,
        registration_mode=RegistrationMode.HERE, **fields,
    )  # fmt: skip
    session = StudySession.objects.create(
        event=event, audience=audience, speaker=speaker, prepare=prepare, answer_by=answer_by, made_by=by
    )
    session.invited.set(invited)
    session.materials.set(materials)
    audit.record("study.held", by=by, target=session, event=event.pk, audience=str(audience))
    tell(session, CALLED, key="called", but=by)
    return session


@transaction.atomic
def change(
    *,
    session: StudySession,
    by: User,
    plan: Plan,
    invited: Sequence[Organization],
    materials: Iterable[Material] = (),
    **values: Any,
) -> None:
    """Another time, place or audience. Those who come hear of a new time or place."""
    must_be_held_by(session, by)
    date = date_of(session)
    before = (date.starts_at, date.ends_at, session.event.venue_name, session.event.online_link)
    own = {name: values.pop(name) for name in ("audience", "speaker", "prepare", "answer_by") if name in values}
    events.change_event(event=session.event, by=by, plans=[plan], **values)
    for name, value in own.items():
        setattr(session, name, value)
    session.save(update_fields=list(own))
    session.invited.set(invited)
    keep_unseen = session.materials.exclude(pk__in=Material.objects.visible_to(by).values("pk"))
    session.materials.set([*materials, *keep_unseen])
    date.refresh_from_db()
    if (date.starts_at, date.ends_at, session.event.venue_name, session.event.online_link) != before:
        stamp = f"{now():%Y%m%d%H%M%S%f}"
        tell(session, CHANGED, key=f"changed:{stamp}", only=StudyAnswer.ABSENT)
        write_to_those_who_come(session, f"changed:{stamp}")


@transaction.atomic
def answer(*, session: StudySession, by: User, answer: StudyAnswer | str, wish: str = "") -> StudyReply:
    """出欠, as often as one likes until it begins; the last answer counts.

    Raises Full when no seat is left, Closed when it has begun, CalledOff; then the earlier answer still stands.
    """
    date = date_of(session)
    if date.is_over or date.starts_at <= now():
        raise Closed
    reply, _new = StudyReply.objects.select_for_update().get_or_create(
        session=session, user=by, defaults={"answer": StudyAnswer.ABSENT}
    )
    if answer != reply.answer:
        leave_seat(reply, by=by)
        if answer in GOING:
            party = Party(name=by.name, people=1, way=answer)
            key, _age = new_key()
            made = registrations.register(occurrence=date, party=party, key=key, by=by, or_wait=False)
            reply.registration = made.registration
        reply.answer = str(answer)
    reply.wish = wish or None
    reply.save()
    audit.record("study.answered", by=by, target=session, answer=str(answer))
    return reply


def new_key() -> tuple[str, dt.timedelta]:
    """A key as a form would bring it: nobody but us has seen it."""
    return keys.read_form_key(keys.new_form_key(FORM_SALT), FORM_SALT)


def leave_seat(reply: StudyReply, *, by: User | None) -> None:
    """Free the seat that an earlier answer took."""
    taken, reply.registration = reply.registration, None
    if taken is not None:
        reply.answer = StudyAnswer.ABSENT
        reply.save(update_fields=["registration", "answer", "replied_at"])
        registrations.withdraw(registration=taken, by=by)


@transaction.atomic
def call_off(*, session: StudySession, by: User) -> None:
    """It does not take place; everybody meant hears of it, those who come by mail too."""
    must_be_held_by(session, by)
    if session.event.is_cancelled:
        return
    events.call_off(event=session.event, by=by)
    tell(session, CALLED_OFF, key="called_off", but=by)
    write_to_those_who_come(session, "called_off")


@transaction.atomic
def note(*, session: StudySession, by: User, notes: str) -> None:
    """What was said that is worth keeping. Everybody meant may read it."""
    must_be_held_by(session, by)
    first = not session.notes
    session.notes, session.notes_by, session.notes_at = notes or None, by, now()
    session.save(update_fields=["notes", "notes_by", "notes_at"])
    audit.record("study.noted", by=by, target=session)
    if first and notes:
        tell(session, NOTED, key="noted", but=by)


def date_of(session: StudySession) -> Occurrence:
    """The one time a study session takes place."""
    return Occurrence.objects.select_related("event__host").get(event=session.event_id)


def must_be_held_by(session: StudySession, user: User) -> None:
    """Raises PermissionDenied for anybody but its host's administrator and the secretariat."""
    if not StudySession.objects.held_by(user).filter(pk=session.pk).exists():
        raise PermissionDenied


def tell(
    session: StudySession, kind: str, *, key: str, but: User | None = None, only: StudyAnswer | None = None
) -> None:
    """News inside the workspace for whoever is meant; `only`: not for those who gave that answer."""
    people = audience_of(session)
    if only is not None:
        people = people.exclude(pk__in=StudyReply.objects.filter(session=session, answer=only).values("user"))
    if but is not None:
        people = people.exclude(pk=but.pk)
    notify(kind=kind, people=people, target=session.pk, key=f"study:{session.pk}:{key}")


def write_to_those_who_come(session: StudySession, step: str) -> None:
    """A neutral mail: something about a date of theirs changed. What and where is read inside."""
    for reply in StudyReply.objects.filter(session=session).going().select_related("user"):
        outbox.post(
            kind=MAIL_KIND,
            to=reply.user.email,
            template="workshops/mail/study_changed",
            context={
                "path": reverse("members:study", args=[session.pk]),
                "session": str(session.pk),
                "user": reply.user.pk,
            },
            key=f"study:{session.pk}:{step}:{reply.user.pk}",
        )


@transaction.atomic
def remind(*, on: dt.date) -> int:
    """News of a day (JST), once: no answer although the day for it has come; a session that is tomorrow.

    How many people hear of something.
    """
    told = 0
    rows = StudySession.objects.filter(event__status=EventStatus.SCHEDULED).select_related("event")
    for session in rows.filter(answer_by=on, event__occurrences__starts_on__gt=on):
        answered = StudyReply.objects.filter(session=session).values("user")
        told += notify(
            kind=CALLED,
            people=audience_of(session).exclude(pk__in=answered),
            target=session.pk,
            key=f"study:{session.pk}:asked_again:{on}",
        )
    for session in rows.filter(event__occurrences__starts_on=on + dt.timedelta(days=1)):
        going = StudyReply.objects.filter(session=session).going().values("user")
        told += notify(
            kind=TOMORROW,
            people=audience_of(session).filter(pk__in=going),
            target=session.pk,
            key=f"study:{session.pk}:tomorrow:{on}",
        )
    return told

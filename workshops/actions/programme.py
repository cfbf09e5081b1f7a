"""Write the programme of an event: its parts, their sub-themes and speakers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from cms import audit
from workshops.models import Event, Session, Speaker


@dataclass(frozen=True)
class SpeakerPlan:
    """Somebody who speaks, under the own name."""

    name: str
    honorific: str = "氏"
    affiliation: str = ""
    bio: str = ""


@dataclass(frozen=True)
class SessionPlan:
    """One part of the programme. `pk` names an existing one."""

    title: str
    begins: dt.time | None = None
    ends: dt.time | None = None
    body: str = ""
    subthemes: Sequence[str] = ()
    speakers: Sequence[SpeakerPlan] = field(default_factory=tuple)
    pk: int | None = None


@transaction.atomic
def write_programme(*, event: Event, by: models.Model | None, sessions: Sequence[SessionPlan]) -> None:
    """The programme in this order; parts that are not in it are taken away. Raises ValidationError."""
    known = {session.pk: session for session in Session.objects.select_for_update().filter(event=event)}
    for number, plan in enumerate(sessions):
        session = known.pop(plan.pk, None) if plan.pk else Session(event=event)
        if session is None:
            raise ValidationError(_("Somebody else has changed the programme. Look again."), code="changed")
        _write(session, plan, number)
    Session.objects.filter(pk__in=known).delete()
    audit.record("event.programme_written", by=by, target=event, parts=len(sessions))


def _write(session: Session, plan: SessionPlan, order: int) -> None:
    session.order = order
    for name in ("title", "begins", "ends", "body"):
        setattr(session, name, getattr(plan, name))
    session.subthemes = list(plan.subthemes)
    session.full_clean()
    session.save()
    session.speakers.all().delete()
    for number, person in enumerate(plan.speakers):
        speaker = Speaker(
            session=session,
            order=number,
            name=person.name,
            honorific=person.honorific,
            affiliation=person.affiliation,
            bio=person.bio,
        )
        speaker.full_clean()
        speaker.save()

"""Desks that take letters, their counsellors, and consultations: made through the actions, so that every rule holds."""

from __future__ import annotations

import secrets
from typing import Any

from directory.actions.consultations import erasing, sending
from directory.models import Consultation, ConsultationDesk, DeskReception, DeskSeat, User
from tests.factories.desks import make_desk
from tests.factories.people import make_organization, make_user

WORDS = "仕事をやめてから、半年くらい人と話していません。夜になると、このままでいいのかと考えてしまいます。"

# Of a Contact: said in so many words; unsaid, it is by day.
ANY_TIME: dict[str, Any] = {"since": "00:00", "until": "23:59:59.999999"}


def make_reception(*, people: int = 1, receiving: bool = False, **fields: Any) -> DeskReception:
    """A public desk that takes letters, with so many counsellors (`counsellors_of(desk)`)."""
    desk = fields.pop("desk", None) or make_desk(organization=fields.pop("organization", None) or make_organization())
    reception = DeskReception.objects.create(desk=desk, takes=True, is_receiving=receiving, **fields)
    for _person in range(people):
        make_counsellor(desk)
    return reception


def make_counsellor(desk: ConsultationDesk, role: str = "counsellor", **fields: Any) -> User:
    """Somebody who sits at that desk; with role="supervisor" who supervises it."""
    user = make_user(role, organization=desk.organization, **fields)
    DeskSeat.objects.create(desk=desk, user=user)
    return user


def make_consultation(
    desk: ConsultationDesk | None = None, *, text: str = WORDS, said: sending.Said | None = None, **changes: Any
) -> Consultation:
    """Written on the site to that desk (a new one unless given); `changes` are set afterwards, past the rules."""
    return send(desk, text=text, said=said, **changes).consultation


def send(
    desk: ConsultationDesk | None = None, *, text: str = WORDS, said: sending.Said | None = None, **changes: Any
) -> sending.Sent:
    """The same, with its receipt code."""
    desk = desk or make_reception().desk
    sent = sending.send(text=text, desk=desk, form_key=secrets.token_hex(8), said=said)
    if changes:
        Consultation.objects.filter(pk=sent.consultation.pk).update(**changes)
        sent.consultation.refresh_from_db()
    return sent


def delete_as_told(consultation: Consultation) -> bool:
    """The person deletes it, having read what has to be kept."""
    return erasing.delete(consultation=consultation, told=consultation.holds.values_list("pk", flat=True))

"""Mails about consultations. To the person: neutral, without content, only in the hours they called safe."""

from __future__ import annotations

from collections.abc import Iterable

from cms import outbox
from directory.enums import ContactWay
from directory.models import Consultation, User
from directory.models.consultations.contact import Contact

TO_PERSON, TO_COUNSELLOR = "consultation_person", "consultation_urgent"


def to_person(consultation: Consultation, *, key: str) -> None:
    """That there is something to look at; nothing where they wished for no mail."""
    contact = Contact.read(consultation.contact)
    if contact.way != ContactWay.MAIL or not contact.mail:
        return
    outbox.post(
        kind=TO_PERSON,
        to=contact.mail,
        template="directory/mail/consultation_person",
        context={"consultation": str(consultation.pk)},
        key=key,
        not_before=contact.next_safe(consultation.moved_at),
    )


def call(consultation: Consultation, people: Iterable[User], *, key: str) -> None:
    """To whoever is called when it is urgent: that something waits, and the way in."""
    for user in people:
        outbox.post(
            kind=TO_COUNSELLOR,
            to=user.email,
            template="directory/mail/consultation_urgent",
            context={"consultation": str(consultation.pk), "user": user.pk, "number": consultation.number},
            key=f"{key}:{user.pk}",
        )

"""Mails about consultations. To the person: neutral, without content, only in the hours they called safe, one a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from cms import dates, outbox
from cms.enums import MailState
from cms.models import Mail
from directory.enums import ContactWay
from directory.models import Consultation, User
from directory.models.consultations.contact import Contact

TO_PERSON, TO_COUNSELLOR = "consultation_person", "consultation_urgent"


def to_person(consultation: Consultation, *, key: str) -> None:
    """That there is something to look at; nothing where they wished for no mail. One that waits already says it too."""
    contact = Contact.read(consultation.contact)
    if contact.way != ContactWay.MAIL or not contact.mail or _waits_already(consultation, contact):
        return
    outbox.post(
        kind=TO_PERSON,
        to=contact.mail,
        template="directory/mail/consultation_person",
        context={"consultation": str(consultation.pk)},
        key=key,
        not_before=contact.next_safe(dates.now()),
    )


def _waits_already(consultation: Consultation, contact: Contact) -> bool:
    """One to the same address, in nobody's hands yet."""
    waiting = Mail.objects.filter(kind=TO_PERSON, state=MailState.QUEUED, claimed_at=None, emptied_at=None)
    pairs = ((mail.recipient, (mail.context or {}).get("consultation")) for mail in waiting)
    return (contact.mail, str(consultation.pk)) in pairs


def earliest(mail: Mail, now: dt.datetime) -> dt.datetime:
    """Now (JST), or tomorrow's first minute (JST) where this address has had its notice today.

    One that another worker has in its hands counts as sent, the older one goes first: two never go at once.
    """
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    today = Mail.objects.filter(
        Q(state=MailState.SENT, sent_at__gte=midnight)
        | Q(state=MailState.QUEUED, claimed_at__isnull=False, pk__lt=mail.pk),
        kind=TO_PERSON,
    )
    told = any(other.recipient == mail.recipient for other in today.exclude(pk=mail.pk))
    return midnight + dt.timedelta(days=1) if told else now


def call(
    consultation: Consultation, people: Iterable[User], *, key: str, not_before: dt.datetime | None = None
) -> None:
    """To whoever is called when it is urgent: that something waits, and the way in."""
    for user in people:
        outbox.post(
            kind=TO_COUNSELLOR,
            to=user.email,
            template="directory/mail/consultation_urgent",
            context={"consultation": str(consultation.pk), "user": user.pk, "number": consultation.number},
            key=f"{key}:{user.pk}",
            not_before=not_before,
        )

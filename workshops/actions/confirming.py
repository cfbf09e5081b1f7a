"""The mail that says what stands: right after registering, and after an offered seat was taken."""

from __future__ import annotations

from cms import outbox
from workshops import calendars
from workshops.actions.mail_words import mail_words
from workshops.models import Registration

MAIL_CONFIRMED = "registration.confirmed"
MAIL_WAITING = "registration.waiting"


def confirm(registration: Registration, *, link: str, step: str = "confirmed") -> None:
    """Post it, if an address was given; the link lives in the encrypted context alone.

    `step` tells the mail of one step from that of another: a step is told once.
    """
    if not registration.email:
        return
    waits = registration.is_waiting
    outbox.post(
        kind=MAIL_WAITING if waits else MAIL_CONFIRMED,
        to=registration.email,
        template="workshops/mail/registration_waiting" if waits else "workshops/mail/registration_confirmed",
        context={"link": link, **mail_words(registration.occurrence, way=registration.way)},
        key=f"registration:{registration.pk}:{step}",
        attachments=[] if waits else [calendars.own_attachment(registration)],
    )

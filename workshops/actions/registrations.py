"""Register, change, withdraw: every step keeps seats, registration, mail and audit row in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from cms import audit, outbox
from cms.dates import now
from workshops import calendars, keys
from workshops.actions.capacity import CalledOff, Full, give_back, take
from workshops.enums import RegistrationState
from workshops.models import Event, Occurrence, Registration
from workshops.permissions import may_export_registrations

#: Personal fields are kept for so long after the last day of the occurrence.
KEPT_FOR = dt.timedelta(days=30)
MAIL_CONFIRMED = "registration.confirmed"
MAIL_WITHDRAWN = "registration.withdrawn"
__all__ = ["CalledOff", "Full"]


class Closed(Exception):
    """Registration has not opened, has closed, or was never offered here."""


class AlreadyRegistered(Exception):
    """This form was sent before. `receipt` belongs to the first registration, whatever the second form says."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__("already registered")
        self.receipt = receipt


class NotActive(Exception):
    """The registration was withdrawn, or its occurrence is over."""


@dataclass(frozen=True)
class Party:
    """What a resident writes. `people` counts everybody, the registrant included."""

    name: str
    people: int = 1
    companions: Sequence[str] = ()
    supports: Sequence[str] = ()
    note: str = ""
    email: str = ""
    phone: str = ""

    def as_fields(self) -> dict[str, object]:
        """The same as columns of a registration; what was not given is NULL."""
        return {
            "name": self.name,
            "party_size": self.people,
            "companions": list(self.companions) or None,
            "supports": list(self.supports) or None,
            "note": self.note or None,
            "email": self.email or None,
            "phone": self.phone or None,
            "email_hash": keys.email_hash(self.email),
        }

    def says_the_same_as(self, registration: Registration) -> bool:
        """Sent twice by a double click, nothing edited in between."""
        return all(getattr(registration, name) == value for name, value in self.as_fields().items())


@dataclass(frozen=True)
class Receipt:
    """A registration with its secrets, which are stored nowhere: they are derived from the form's key."""

    registration: Registration
    key: str = field(repr=False)

    @property
    def token(self) -> str:
        """The secret part of the link."""
        return keys.link_secret(self.key)

    @property
    def code(self) -> str:
        """The 確認コード."""
        return keys.code(self.key)

    @property
    def link(self) -> str:
        """Where the registration is seen, changed and withdrawn."""
        return settings.BASE_URL + reverse("workshops:registration", args=[self.token])


def first_sent(key: str) -> Receipt | None:
    """The registration that this form made when it was sent before."""
    found = Registration.objects.by_form_key(key).first()
    return Receipt(found, key) if found else None


def register(*, occurrence: Occurrence, party: Party, key: str, by: models.Model | None = None) -> Receipt:
    """Take the seats and write the registration. `key` is the form's own unguessable secret.

    Raises AlreadyRegistered, Closed, CalledOff or Full; then nothing has changed.
    """
    before = first_sent(key)
    if before:
        raise AlreadyRegistered(before)
    if occurrence.is_cancelled:
        raise CalledOff
    if not is_open(occurrence):
        raise Closed
    try:
        return _register(occurrence=occurrence, party=party, key=key, by=by)
    except IntegrityError:
        # The same form, sent twice at once: the other one was first. Seats went back with the transaction.
        before = first_sent(key)
        if before is None:
            raise
        raise AlreadyRegistered(before) from None


def is_open(occurrence: Occurrence) -> bool:
    """Whether residents may register now (full is another question)."""
    event = occurrence.event
    opened = event.opens_at is None or event.opens_at <= now()
    return event.takes_registrations and opened and now() < occurrence.closes_at


@transaction.atomic
def _register(*, occurrence: Occurrence, party: Party, key: str, by: models.Model | None) -> Receipt:
    seats = occurrence.event.seats_for(party.people)
    take(occurrence=occurrence, seats=seats)
    receipt = Receipt(Registration(occurrence=occurrence), key)
    registration = receipt.registration
    for name, value in party.as_fields().items():
        setattr(registration, name, value)
    registration.seats = seats
    registration.idempotency_key = keys.key_hash(key)
    registration.token_hash = keys.link_hash(receipt.token)
    registration.code_hash = keys.code_hash(receipt.code)
    registration.erase_on = occurrence.ends_on + KEPT_FOR
    registration.save(force_insert=True)
    audit.record("registration.made", by=by, target=registration, occurrence=occurrence.pk, seats=seats)
    _confirm(receipt)
    return receipt


def _confirm(receipt: Receipt) -> None:
    """The mail with the link, if an address was given. The token lives in the encrypted context alone."""
    registration = receipt.registration
    if not registration.email:
        return
    occurrence = registration.occurrence
    entry = calendars.neutral_entry(occurrence, uid=f"{registration.pk}@tsunagari")
    outbox.post(
        kind=MAIL_CONFIRMED,
        to=registration.email,
        template="workshops/mail/registration_confirmed",
        context={"link": receipt.link, **mail_words(occurrence)},
        key=f"registration:{registration.pk}:confirmed",
        attachments=[(calendars.FILE_NAME, entry, calendars.MEDIA_TYPE)],
    )


def mail_words(occurrence: Occurrence) -> dict[str, object]:
    """When and where, without what: a mail may be read over a shoulder."""
    return {"day": occurrence.days, "hours": occurrence.hours, "venue": occurrence.event.venue_name}


@transaction.atomic
def change(*, registration: Registration, party: Party, by: models.Model | None = None) -> None:
    """Replace what the resident wrote and settle the difference in seats. Raises NotActive, Closed or Full."""
    current = Registration.objects.select_for_update().get(pk=registration.pk)
    occurrence = registration.occurrence
    if not current.is_active or occurrence.is_over:
        raise NotActive
    seats = occurrence.event.seats_for(party.people)
    if party.people > current.party_size and not is_open(occurrence):
        raise Closed
    if seats > current.seats:
        take(occurrence=occurrence, seats=seats - current.seats)
    elif seats < current.seats:
        give_back(occurrence=occurrence, seats=current.seats - seats)
    for name, value in party.as_fields().items():
        setattr(registration, name, value)
    registration.seats = seats
    registration.save(update_fields=[*party.as_fields(), "seats", "changed_at"])
    audit.record("registration.changed", by=by, target=registration, people=party.people, seats=seats)


@transaction.atomic
def withdraw(*, registration: Registration, by: models.Model | None = None) -> bool:
    """Give the seats back. True when this call did it; a second one changes nothing. Raises NotActive when over."""
    if registration.occurrence.is_over:
        raise NotActive
    moment = now()
    changed = (
        Registration.objects.filter(pk=registration.pk)
        .holding()
        .update(state=RegistrationState.CANCELLED, cancelled_at=moment, changed_at=moment)
    )
    if not changed:
        return False
    registration.refresh_from_db(fields=["state", "cancelled_at", "changed_at", "seats"])
    give_back(occurrence=registration.occurrence, seats=registration.seats)
    audit.record("registration.withdrawn", by=by, target=registration, seats=registration.seats)
    if registration.email:
        outbox.post(
            kind=MAIL_WITHDRAWN,
            to=registration.email,
            template="workshops/mail/registration_withdrawn",
            context=mail_words(registration.occurrence),
            key=f"registration:{registration.pk}:withdrawn",
        )
    return True


def export(*, event: Event, by: Any, form: str) -> list[Registration]:
    """The registrations of an event for a table that leaves the house: asks again, and leaves an audit row.

    `form` is "csv" or "xlsx". Raises PermissionDenied.
    """
    by.forget_roles()
    if not may_export_registrations(by):
        raise PermissionDenied
    rows = list(
        Registration.objects.visible_to(by)
        .filter(occurrence__event=event)
        .select_related("occurrence__event")
        .order_by("occurrence__starts_at", "created_at", "pk")
    )
    audit.record("registrations.exported", by=by, target=event, form=form, rows=len(rows))
    return rows

"""Register, change, withdraw: every step keeps seats, registration, mail and audit row in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from cms import audit, outbox
from cms.dates import now, today
from workshops import keys
from workshops.actions import waiting
from workshops.actions.answers import answers_of, given, keep_answers
from workshops.actions.capacity import CalledOff, Full, give_back, lock, take
from workshops.actions.confirming import MAIL_CONFIRMED as MAIL_CONFIRMED
from workshops.actions.confirming import confirm
from workshops.actions.mail_words import mail_words
from workshops.enums import Origin, RegistrationState, Way
from workshops.models import Event, Occurrence, Registration
from workshops.permissions import may_export_registrations

#: Personal fields are kept for so long after the last day of the occurrence.
KEPT_FOR = dt.timedelta(days=30)
#: Who came is copied from the paper sheet within so long after the last day.
COPIED_WITHIN = dt.timedelta(days=14)
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
    way: Way | str = ""  # blank: the event's only, or first, way
    answers: Mapping[int, Any] = field(default_factory=dict)  # question → what was answered

    def way_at(self, event: Event) -> Way:
        """How this party takes part."""
        return Way(self.way) if self.way in event.ways else event.ways[0]

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
        fields = {**self.as_fields(), "way": self.way_at(registration.occurrence.event)}
        same = all(getattr(registration, name) == value for name, value in fields.items())
        return same and answers_of(registration) == given(self.answers)


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


def register(
    *,
    occurrence: Occurrence,
    party: Party,
    key: str,
    by: models.Model | None = None,
    or_wait: bool = True,
    origin: Origin | str = Origin.WEB,
    past_the_queue: bool = False,
) -> Receipt:
    """Take the seats and write the registration; where the seats do not suffice, take a place on the waiting list.

    `key` is the form's own unguessable secret. `or_wait`: the person agreed to wait; the state of the registration says
    what came of it. `origin`: staff who enter somebody for them (`by`) may do so after residents no longer can.
    `past_the_queue`: staff let somebody in at the door although others wait.
    Raises AlreadyRegistered, Closed, CalledOff or Full; then nothing has changed.
    """
    before = first_sent(key)
    if before:
        raise AlreadyRegistered(before)
    if occurrence.is_cancelled:
        raise CalledOff
    if not (is_open(occurrence) if origin == Origin.WEB else may_still_be_entered(occurrence, origin)):
        raise Closed
    rules = {"or_wait": or_wait, "past_the_queue": past_the_queue}
    try:
        return _register(occurrence=occurrence, party=party, key=key, by=by, origin=origin, **rules)
    except (IntegrityError, Full, CalledOff):
        # The same form, sent twice at once: the other one was first, and perhaps took the last seat or place.
        before = first_sent(key)
        if before is None:
            raise
        raise AlreadyRegistered(before) from None


def may_still_be_entered(occurrence: Occurrence, origin: Origin | str = Origin.PHONE) -> bool:
    """Whether staff may enter somebody who telephoned or wrote; who came is also copied from the paper sheet later."""
    if origin == Origin.WALK_IN:
        return occurrence.starts_on <= today() <= occurrence.ends_on + COPIED_WITHIN
    return not occurrence.is_over


def is_open(occurrence: Occurrence) -> bool:
    """Whether residents may register now (full is another question)."""
    event = occurrence.event
    opened = event.opens_at is None or event.opens_at <= now()
    return event.takes_registrations and opened and now() < occurrence.closes_at


@transaction.atomic
def _register(
    *, occurrence: Occurrence, party: Party, key: str, by: Any, origin: Origin | str, **rules: bool
) -> Receipt:
    seats, way = occurrence.event.seats_for(party.people), party.way_at(occurrence.event)
    state, place = waiting.hold_or_wait(occurrence=occurrence, seats=seats, way=way, **rules)
    receipt = Receipt(Registration(occurrence=occurrence), key)
    registration = receipt.registration
    for name, value in party.as_fields().items():
        setattr(registration, name, value)
    registration.state, registration.queue_number = state, place
    registration.seats, registration.way = seats, way
    registration.origin, registration.entered_by = origin, by if origin != Origin.WEB else None
    registration.idempotency_key = keys.key_hash(key)
    registration.token_hash = keys.link_hash(receipt.token)
    registration.code_hash = keys.code_hash(receipt.code)
    registration.erase_on = occurrence.ends_on + KEPT_FOR
    registration.save(force_insert=True)
    keep_answers(registration, party.answers)
    audit.record("registration.made", by=by, target=registration, occurrence=occurrence.pk, seats=seats, state=state)
    confirm(registration, link=receipt.link)
    return receipt


@transaction.atomic
def change(*, registration: Registration, party: Party, by: models.Model | None = None) -> None:
    """Replace what the resident wrote and settle the difference in seats. How one takes part stays as it was.

    Who waits keeps the place, whatever the size of the party. Raises NotActive, Closed or Full.
    """
    occurrence = lock(registration.occurrence)
    current = Registration.objects.select_for_update().get(pk=registration.pk)
    if not current.is_open or occurrence.is_over:
        raise NotActive
    seats = occurrence.event.seats_for(party.people)
    if party.people > current.party_size and not is_open(occurrence):
        raise Closed
    if not current.is_waiting:
        _settle_seats(current, occurrence, seats)
    for name, value in party.as_fields().items():
        setattr(registration, name, value)
    registration.seats = seats
    registration.save(update_fields=[*party.as_fields(), "seats", "changed_at"])
    if current.is_waiting and seats < current.seats:
        waiting.move_up(occurrence=occurrence, way=current.way)  # the smaller party may fit now
    keep_answers(registration, party.answers)
    audit.record("registration.changed", by=by, target=registration, people=party.people, seats=seats)


def _settle_seats(before: Registration, occurrence: Occurrence, seats: int) -> None:
    """Take what is missing, give back what is too much; a smaller party may now fit for somebody who waits."""
    way = before.way
    if seats > before.seats:
        take(occurrence=occurrence, seats=seats - before.seats, way=way)
    elif seats < before.seats:
        give_back(occurrence=occurrence, seats=before.seats - seats, way=way)
        waiting.move_up(occurrence=occurrence, way=way)


@transaction.atomic
def withdraw(*, registration: Registration, by: models.Model | None = None) -> bool:
    """Give the seats back, or leave the list. True when this call did it; a second one changes nothing.

    Whoever waits and fits is offered the seats in the same transaction. Raises NotActive when over.
    """
    if registration.occurrence.is_over:
        raise NotActive
    occurrence = lock(registration.occurrence)
    current = Registration.objects.select_for_update().get(pk=registration.pk)
    if not current.is_open:
        return False
    moment = now()
    Registration.objects.filter(pk=current.pk).update(
        state=RegistrationState.CANCELLED, cancelled_at=moment, changed_at=moment, offer_until=None
    )
    registration.refresh_from_db(fields=["state", "cancelled_at", "changed_at", "seats", "offer_until"])
    if current.is_waiting:
        waiting.leave_the_list(current, occurrence)
    else:
        give_back(occurrence=occurrence, seats=current.seats, way=current.way)
    audit.record("registration.withdrawn", by=by, target=registration, seats=registration.seats)
    if registration.email:
        outbox.post(
            kind=MAIL_WITHDRAWN,
            to=registration.email,
            template="workshops/mail/registration_withdrawn",
            context=mail_words(occurrence, way=current.way),
            key=f"registration:{registration.pk}:withdrawn",
        )
    waiting.move_up(occurrence=occurrence, way=current.way)
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

"""Reactions: what the outbox asks before it sends, the nightly erasing, the last guard of an event's page."""

import datetime as dt
from typing import Any

from django.db.models import Model, ProtectedError
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _

from cms import outbox
from cms.dates import jst
from cms.models import Mail
from cms.signals import purging
from workshops.actions import erasing, events, registrations
from workshops.enums import RegistrationState
from workshops.models import EventProse, Occurrence, Registration


def registration_of(mail: Mail) -> Registration | None:
    """The registration a mail speaks of; its key is `registration:<id>:<what>`."""
    return Registration.objects.select_related("occurrence__event").filter(pk=mail.key.split(":")[1]).first()


def still_registered(mail: Mail) -> bool:
    """The seats are kept and the event is to come."""
    registration = registration_of(mail)
    return bool(registration and registration.is_active and not registration.occurrence.is_cancelled)


def still_withdrawn(mail: Mail) -> bool:
    """The registration is withdrawn."""
    registration = registration_of(mail)
    return bool(registration and registration.state == RegistrationState.CANCELLED)


def still_called_off(mail: Mail) -> bool:
    """The person is registered and the event is still called off."""
    registration = registration_of(mail)
    return bool(registration and registration.is_active and registration.occurrence.is_cancelled)


def register_mail() -> None:
    """Called by ready()."""
    outbox.register_kind(registrations.MAIL_CONFIRMED, still_registered)
    outbox.register_kind(registrations.MAIL_WITHDRAWN, still_withdrawn)
    outbox.register_kind(events.MAIL_CALLED_OFF, still_called_off)
    outbox.register_kind(events.MAIL_MOVED, still_registered)


@receiver(pre_delete, sender=EventProse, dispatch_uid="workshops.keep_linked_pages")
def keep_linked_pages(sender: type[EventProse], instance: EventProse, **kwargs: Any) -> None:
    """However a page is deleted: not while people are registered for its event (screens say so kindly before)."""
    if events.has_registrations(instance.event):
        occurrences: set[Model] = set(Occurrence.objects.filter(event=instance.event))
        raise ProtectedError(_("People are registered for this event."), occurrences)


@receiver(purging, dispatch_uid="workshops.purge")
def purge(sender: object, now: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Every night: registrations whose day has come lose their personal fields."""
    return {"registrations": erasing.erase_due(on=jst(now).date())}

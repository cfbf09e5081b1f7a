"""Reactions: what the outbox asks before it sends, the nightly erasing, the last guard of an event's page."""

import datetime as dt
from typing import Any

from django.db.models import Model, ProtectedError
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, WorkflowState
from wagtail.signals import page_published, workflow_rejected

from cms import outbox
from cms.dates import jst, now
from cms.models import Mail
from cms.signals import purging, ticking
from workshops.actions import erasing, events, proposals, registrations, reminders, waiting
from workshops.enums import RegistrationState
from workshops.models import Event, EventPage, EventProse, Occurrence, Registration
from workshops.permissions import may_propose_events


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
    """The person is registered, or waits, and the event is still called off."""
    registration = registration_of(mail)
    return bool(registration and registration.is_open and registration.occurrence.is_cancelled)


def still_put_off(mail: Mail) -> bool:
    """The same for a day that is put off."""
    registration = registration_of(mail)
    return bool(registration and registration.is_open and registration.occurrence.is_postponed)


def still_waiting(mail: Mail) -> bool:
    """The person stands on the list, or has come up from it."""
    registration = registration_of(mail)
    return bool(registration and registration.is_open and not registration.occurrence.is_cancelled)


def still_offered(mail: Mail) -> bool:
    """The seat is kept for the person."""
    registration = registration_of(mail)
    kept = registration and registration.is_offered and registration.offer_until and registration.offer_until > now()
    return bool(kept and registration and not registration.occurrence.is_cancelled)


def still_expired(mail: Mail) -> bool:
    """The offer ran out."""
    registration = registration_of(mail)
    return bool(registration and registration.state == RegistrationState.EXPIRED)


def still_to_remind(mail: Mail) -> bool:
    """The seat is taken, the event takes place, it has not begun, and not moved since the mail was written."""
    registration = registration_of(mail)
    if not registration or registration.state != RegistrationState.ACTIVE:
        return False
    occurrence = registration.occurrence
    step = mail.key.split(":", 2)[2]
    return (
        step == reminders.reminder_step(occurrence)
        and not (occurrence.is_cancelled or occurrence.is_postponed)
        and now() < occurrence.starts_at
    )


def still_to_thank(mail: Mail) -> bool:
    """The person came, as far as anybody knows, and the event took place."""
    registration = registration_of(mail)
    came = registration and registration.state == RegistrationState.ACTIVE and registration.attended != 0
    return bool(came and registration and not registration.occurrence.is_cancelled)


def proposal_mail_stands(mail: Mail) -> bool:
    """An organisation hears of its proposal only while that person may still propose for it."""
    context = mail.context or {}
    event = Event.objects.filter(pk=context.get("event", 0)).select_related("proposed_by").first()
    person = event.proposed_by if event else None
    own = bool(event and person and person.pk == context.get("user") and person.organization_id == event.host_id)
    return own and may_propose_events(person)


def proposal_published(sender: type[EventPage], instance: EventPage, **kwargs: Any) -> None:
    """Communications published what an organisation proposed."""
    proposals.tell(page=instance, answer="published")


def proposal_returned(sender: type, instance: WorkflowState, **kwargs: Any) -> None:
    """Communications gave it back with a comment."""
    page = instance.content_object.specific if isinstance(instance.content_object, Page) else None
    if isinstance(page, EventPage):
        proposals.tell(page=page, answer=f"returned:{instance.pk}")


def register() -> None:
    """Called once when the house starts."""
    outbox.register_kind(
        registrations.MAIL_CONFIRMED, still_registered, label=gettext_lazy("Confirmation of a registration")
    )
    outbox.register_kind(
        registrations.MAIL_WITHDRAWN, still_withdrawn, label=gettext_lazy("Withdrawal of a registration")
    )
    outbox.register_kind(events.MAIL_CALLED_OFF, still_called_off, label=gettext_lazy("An event is called off"))
    outbox.register_kind(events.MAIL_MOVED, still_waiting, label=gettext_lazy("An event is moved"))
    outbox.register_kind(events.MAIL_PUT_OFF, still_put_off, label=gettext_lazy("An event is put off"))
    outbox.register_kind(waiting.MAIL_WAITING, still_waiting, label=gettext_lazy("Place on a waiting list"))
    outbox.register_kind(waiting.MAIL_OFFERED, still_offered, label=gettext_lazy("Waiting list: a seat is offered"))
    outbox.register_kind(waiting.MAIL_EXPIRED, still_expired, label=gettext_lazy("An offered seat has expired"))
    outbox.register_kind(proposals.MAIL_KIND, proposal_mail_stands, label=gettext_lazy("Answer to a proposed event"))
    page_published.connect(proposal_published, sender=EventPage, dispatch_uid="workshops.proposal_published")
    workflow_rejected.connect(proposal_returned, dispatch_uid="workshops.proposal_returned")
    outbox.register_kind(reminders.MAIL_REMINDER, still_to_remind, label=gettext_lazy("Reminder of an event"))
    outbox.register_kind(reminders.MAIL_THANKS, still_to_thank, label=gettext_lazy("Thanks after an event"))


@receiver(pre_delete, sender=EventProse, dispatch_uid="workshops.keep_linked_pages")
def keep_linked_pages(sender: type[EventProse], instance: EventProse, **kwargs: Any) -> None:
    """However a page is deleted: not while people are registered for its event (screens say so kindly before)."""
    if events.has_registrations(instance.event):
        occurrences: set[Model] = set(Occurrence.objects.filter(event=instance.event))
        raise ProtectedError(_("People are registered for this event."), occurrences)


@receiver(ticking, dispatch_uid="workshops.tick")
def tick(sender: object, at: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Every few seconds: offers whose time is over go to the next who waits; reminders and thanks go out."""
    return {
        "offers_expired": waiting.expire_offers(at=at),
        "reminded": reminders.remind_due(at=at),
        "thanked": reminders.thank_due(at=at),
    }


@receiver(purging, dispatch_uid="workshops.purge")
def purge(sender: object, now: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Every night: what residents wrote goes on the day that was promised for it."""
    day = jst(now).date()
    return {
        "registrations": erasing.erase_due(on=day),
        "answers": erasing.erase_answers(on=day),
        "feedback_words": erasing.erase_words(on=day),
    }

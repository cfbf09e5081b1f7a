"""What the room registers about consultations: kinds of news and of mail, and what the night removes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms import dates, outbox
from cms.models import Mail
from cms.outbox import Live
from cms.signals import purging, ticking
from directory import unsent
from directory.actions.consultations import erasing, keeping, news, notices
from directory.actions.notifications import Kind, register_kind
from directory.enums import OPEN_CONSULTATIONS, ConsultationState, ContactWay, OthersRead
from directory.models import Consultation, ConsultVisit, Notification, User
from directory.models.consultations.contact import Contact
from directory.receivers import consultation_handovers
from directory.roles import Permission

WRITTEN_ABOUT = (*OPEN_CONSULTATIONS, ConsultationState.CLOSED, ConsultationState.SPAM)
SENTENCES = {
    news.ARRIVED: _("%(number)s: there is something to read."),
    news.URGENT: _("%(number)s: this may be urgent. Please read it now."),
    news.ASSIGNED: _("%(number)s: a colleague has handed it to you."),
    news.CALLED: _("%(number)s: a colleague asks you to look at it with them."),
    news.ENDS: _("%(number)s: in two weeks it goes, unless somebody writes."),
    news.ASIDE: _("%(number)s: set aside as no consultation. In two weeks it goes. Please look once more."),
}
LABELS = {
    news.ARRIVED: _("Consultations that arrive"),
    news.URGENT: _("Urgent consultations"),
    news.ASSIGNED: _("Consultations handed to me"),
    news.CALLED: _("Calls for a second person"),
    news.ENDS: _("Consultations that soon go"),
    news.ASIDE: _("Consultations set aside"),
}


def seen(user: Any, targets: Sequence[str]) -> dict[str, Any]:
    """Those this person may read now, by number."""
    found = Consultation.objects.visible_to(user).filter(pk__in=[UUID(target) for target in targets])
    return {str(pk): {"number": number} for pk, number in found.order_by().values_list("pk", "number")}


def sentence(row: Notification) -> str:
    """One line, with the number alone."""
    return str(SENTENCES[row.kind]) % {"number": row.thing["number"]}


def path(row: Notification) -> str:
    """Where it leads."""
    return reverse("members:consultation", args=[row.target])


# --- mail -----------------------------------------------------------------------------------------------


def _contact_of(mail: Mail) -> Contact | None:
    """How the person wishes to be reached now; None when the consultation is gone or taken back, or they wish otherwise."""
    pk = (mail.context or {})["consultation"]
    found = Consultation.objects.filter(pk=pk, state__in=WRITTEN_ABOUT).only("contact").first()
    contact = Contact.read(found.contact) if found else Contact()
    return contact if contact.way == ContactWay.MAIL and contact.mail == mail.recipient else None


def person_may_be_written_to(mail: Mail) -> bool:
    """Asked again when it goes: the wish, and the address as it is now."""
    return _contact_of(mail) is not None


def until_it_is_safe(mail: Mail) -> dt.datetime | None:
    """Outside the hours the person called safe nothing goes, whatever has delayed it; nor a second one on one day."""
    now, contact = dates.now(), _contact_of(mail)
    if contact is None:
        return None
    moment = contact.next_safe(notices.earliest(mail, now))
    return moment if moment > now else None


def neutral(mail: Mail) -> Live | None:
    """From an address that tells nothing; with a link only where nobody else reads along."""
    contact = _contact_of(mail)
    alone = contact is not None and contact.others_read == OthersRead.NO
    return Live({"alone": alone}, sender=settings.NEUTRAL_FROM_EMAIL)


def call_stands(mail: Mail) -> bool:
    """Only to somebody who may read it now, at their address of now, while it still waits."""
    facts = mail.context or {}
    user = User.objects.filter(pk=facts["user"], email=mail.recipient, is_active=True).first()
    return (
        user is not None
        and Consultation.objects.visible_to(user).desks_turn().filter(pk=facts["consultation"]).exists()
    )


# --- the night ------------------------------------------------------------------------------------------


def forget_visits(sender: object, now: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """What was begun and never sent, an hour after."""
    return {"visits_forgotten": ConsultVisit.objects.filter(expires_at__lte=now).delete()[0]}


def forget_visits_in_time(sender: object, at: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """The same, all day long: the page promises an hour."""
    return forget_visits(sender, at)


def keep_to_the_days(sender: object, now: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Warn, end, destroy: what was promised about how long it is kept."""
    return keeping.every_night(now)


def register() -> None:
    """Called once when the house starts."""
    for name, label in LABELS.items():
        register_kind(
            Kind(
                name=name,
                label=label,
                sees=seen,
                sentence=sentence,
                path=path,
                sensitive=True,
                thing="consultation",
                permission=Permission.CONSULTATIONS_READ,
            )
        )
    outbox.register_kind(
        notices.TO_PERSON,
        person_may_be_written_to,
        prepare=neutral,
        waits_until=until_it_is_safe,
        label=_("Notice to somebody who wrote"),
    )
    outbox.register_kind(notices.TO_COUNSELLOR, call_stands, label=_("Call to a counsellor"))
    erasing.register_forgetter(unsent.forget)
    purging.connect(forget_visits, dispatch_uid="directory.forget_visits")
    ticking.connect(forget_visits_in_time, dispatch_uid="directory.forget_visits_in_time")
    consultation_handovers.register()
    purging.connect(keep_to_the_days, dispatch_uid="directory.keep_consultations")

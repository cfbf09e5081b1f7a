"""What the person has added, as the room lists it in a few words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.debug import sensitive_variables

from cms.dates import WEEKDAYS, japanese_time
from directory.enums import ContactWay, OthersRead
from directory.models import Consultation
from directory.models.consultations.contact import Contact


@dataclass(frozen=True)
class Added:
    """A line of the list: what, as it stands, and the part of the page where it is changed."""

    label: str
    value: str
    part: str


@sensitive_variables()
def added_to(consultation: Consultation) -> list[Added]:
    """What stands there now. Addresses and numbers are not repeated: somebody may look over the shoulder."""
    contact = Contact.read(consultation.contact)
    ways = {
        ContactWay.MAIL: pgettext("reply room", "a neutral e-mail"),
        ContactWay.PHONE: pgettext("reply room", "by telephone"),
    }
    lines = [
        Added(
            pgettext("reply room", "Who it is about"),
            consultation.get_route_display() if consultation.route else pgettext("reply room", "not yet"),
            "about",
        ),
        Added(
            pgettext("reply room", "How we may reach you"),
            ways.get(ContactWay(contact.way), pgettext("reply room", "not at all")),
            "reach",
        ),
    ]
    if contact.way == ContactWay.MAIL:
        lines.append(Added(pgettext("reply room", "Others who read the mail"), others_words(contact), "reach"))
    if contact.way != ContactWay.NONE:
        lines.append(
            Added(
                pgettext("reply room", "Safe days and hours"),
                hours_words(contact) or pgettext("reply room", "any time"),
                "hours",
            )
        )
    if contact.way == ContactWay.PHONE:
        machine = pgettext("reply room", "leave nothing") if contact.no_message else pgettext("reply room", "you may")
        lines.append(Added(pgettext("reply room", "Answering machine"), machine, "hours"))
    return [*lines, Added(_("What we may call you"), consultation.name or pgettext("reply room", "not yet"), "name")]


def others_words(contact: Contact) -> str:
    """Whether somebody else reads the mail."""
    words = {OthersRead.YES: pgettext("reply room", "there are"), OthersRead.NO: pgettext("reply room", "nobody")}
    return words.get(OthersRead(contact.others_read), pgettext("reply room", "not known"))


def hours_words(contact: Contact) -> str:
    """「月・水 10時〜12時」; nothing where any time is safe."""
    days = "・".join(WEEKDAYS[day] for day in contact.days)
    if not (contact.since and contact.until):
        return days
    since, until = (japanese_time(dt.time.fromisoformat(each)) for each in (contact.since, contact.until))
    return f"{days} {since}〜{until}".strip()

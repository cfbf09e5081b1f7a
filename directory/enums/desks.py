"""Desks: ways to reach them, what stands in an address, what keeps people away, for whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChannelKind(models.TextChoices):
    """Ways to reach a desk."""

    PHONE = "phone", _("Telephone")
    CHAT = "chat", _("Chat")
    LINE = "line", _("LINE")
    MAIL = "mail", _("E-mail")
    FORM = "form", _("Web form")
    VISIT = "visit", _("Coming by")
    HOME_VISIT = "home_visit", _("Visit to the home")
    ONLINE = "online", _("Online meeting")
    LETTER = "letter", _("Letter")
    FAX = "fax", _("Fax")


# Somebody is there while it is open: only these light a window. The others are read later.
LIVE_KINDS = frozenset({
    ChannelKind.PHONE, ChannelKind.CHAT, ChannelKind.LINE, ChannelKind.VISIT, ChannelKind.HOME_VISIT, ChannelKind.ONLINE,
})  # fmt: skip


DIALLED_KINDS = frozenset({ChannelKind.PHONE, ChannelKind.FAX})


LINKED_KINDS = frozenset({ChannelKind.CHAT, ChannelKind.LINE, ChannelKind.FORM, ChannelKind.ONLINE})


# What a tap opens, or what carries words away: once residents know it, a change takes two people (design §3.16).
TRUSTED_KINDS = DIALLED_KINDS | LINKED_KINDS | {ChannelKind.MAIL}


# What stands in an address (/help/?t=p): says nothing to somebody who looks over a shoulder.
KIND_CODES = {
    "p": ChannelKind.PHONE, "c": ChannelKind.CHAT, "l": ChannelKind.LINE, "m": ChannelKind.MAIL, "f": ChannelKind.FORM,
    "v": ChannelKind.VISIT, "h": ChannelKind.HOME_VISIT, "o": ChannelKind.ONLINE, "r": ChannelKind.LETTER,
    "x": ChannelKind.FAX,
}  # fmt: skip


class BarrierFact(models.TextChoices):
    """What makes a channel easier to bear. The value is the field of Channel."""

    NO_VOICE = "no_voice", _("No voice needed")
    ANONYMOUS = "anonymous", _("No name needed")
    FACE_NOT_SHOWN = "face_not_shown", _("Your face is not seen")
    MEETS_IN_PERSON = "meets_in_person", _("You can meet")
    COMES_HOME = "comes_home", _("Somebody comes to you")
    FAMILY_UNAWARE = "family_unaware", _("Your family will not know")
    FREE = "free", _("Free of charge")


FACT_CODES = {
    "v": BarrierFact.NO_VOICE, "n": BarrierFact.ANONYMOUS, "f": BarrierFact.FACE_NOT_SHOWN,
    "m": BarrierFact.MEETS_IN_PERSON, "h": BarrierFact.COMES_HOME, "k": BarrierFact.FAMILY_UNAWARE, "y": BarrierFact.FREE,
}  # fmt: skip


FACT_ICONS = {
    BarrierFact.NO_VOICE: "no-voice", BarrierFact.ANONYMOUS: "no-name", BarrierFact.FACE_NOT_SHOWN: "no-face",
    BarrierFact.MEETS_IN_PERSON: "people", BarrierFact.COMES_HOME: "house", BarrierFact.FAMILY_UNAWARE: "lock",
    BarrierFact.FREE: "free",
}  # fmt: skip


class Whose(models.TextChoices):
    """Whose worry a desk listens to. The value is the field of ConsultationDesk."""

    SELF = "for_self", _("My own")
    FAMILY = "for_family", _("My family's")
    SUPPORTER = "for_supporters", _("A friend's or neighbour's")


WHOSE_CODES = {"s": Whose.SELF, "f": Whose.FAMILY, "n": Whose.SUPPORTER}

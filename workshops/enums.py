"""States and code lists of the room *when*."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventKind(models.TextChoices):
    """What one does there. Neutral words: a calendar may be read over a shoulder."""

    GATHERING = "gathering", _("Place to gather")
    FAMILY = "family", _("Families and neighbours")
    HANDS = "hands", _("Making and doing")
    TALK = "talk", _("Talk and learning")
    CONSULTATION = "consultation", _("Time to ask")
    HELPING = "helping", _("Helping others")
    OTHER = "other", pgettext_lazy("kind of event", "Other")


class Format(models.TextChoices):
    """Where one takes part."""

    VENUE = "venue", _("At the venue")
    ONLINE = "online", _("Online")
    BOTH = "both", _("At the venue and online")


class RegistrationMode(models.TextChoices):
    """How one registers."""

    NONE = "none", _("No registration needed")
    HERE = "here", _("On this site")
    ELSEWHERE = "elsewhere", _("With the host")


class Unit(models.TextChoices):
    """What one seat is. With persons a party of three takes three seats, with every other unit one."""

    PERSON = "person", pgettext_lazy("unit", "persons")
    PARTY = "party", pgettext_lazy("unit", "parties")
    HOUSEHOLD = "household", pgettext_lazy("unit", "households")
    ORGANIZATION = "organization", pgettext_lazy("unit", "organisations")


class EventStatus(models.TextChoices):
    """Whether the event, or one occurrence of it, takes place."""

    SCHEDULED = "scheduled", _("Takes place")
    CANCELLED = "cancelled", _("Called off")


class RegistrationState(models.TextChoices):
    """A waiting list will add its own state here; only `HOLDING` states take seats."""

    ACTIVE = "active", _("Registered")
    CANCELLED = "cancelled", _("Withdrawn")


HOLDING = (RegistrationState.ACTIVE,)


class Support(models.TextChoices):
    """What can be made ready for somebody who comes."""

    MEET = "meet", _("Somebody waits for me at the entrance")
    WHEELCHAIR = "wheelchair", _("Room for a wheelchair")
    EDGE = "edge", _("A seat near the door")
    SIGN = "sign", _("A seat near the sign language interpreter")
    WRITING = "writing", _("Conversation in writing")
    NO_TAG = "no_tag", _("No name tag")


class StepState(models.TextChoices):
    """How far a step of forming the partnership has come."""

    PLANNED = "planned", pgettext_lazy("step", "To come")
    UNDER_WAY = "now", pgettext_lazy("step", "Under way")
    DONE = "done", pgettext_lazy("step", "Done")

"""What an event is: kinds, forms, for whom, how one takes part."""

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


class Way(models.TextChoices):
    """How a party takes part. An occurrence counts the seats of each way apart: a hall is hard, a screen is soft."""

    VENUE = "venue", _("At the venue")
    ONLINE = "online", _("Online")


class CapacityPolicy(models.TextChoices):
    """What happens when the seats are taken."""

    LIMIT = "limit", _("Closed when full")
    WAITLIST = "waitlist", _("A waiting list when full")
    SOFT = "soft", _("A guide: more may come")


class EventStatus(models.TextChoices):
    """Whether the event, or one occurrence of it, takes place."""

    SCHEDULED = "scheduled", _("Takes place")
    POSTPONED = "postponed", _("Put off, new day to come")
    CANCELLED = "cancelled", _("Called off")


class Purpose(models.TextChoices):
    """Why the partnership holds it (the three 目的 of Ichihara's report)."""

    TRIAL = "trial", _("Trying joint work of city and organisations")
    AWARENESS = "awareness", _("Making it known and understood")
    STUDY = "study", _("Material for thinking about support")


class Target(models.TextChoices):
    """Whom it is meant for, to look for. Nobody is turned away by it."""

    ANYBODY = "anybody", _("Anybody")
    CHILDREN = "children", _("Children")
    YOUTH = "youth", _("Young people")
    PARENTS = "parents", _("Parents and families")
    MEN = "men", _("Men after working life")
    ELDERLY = "elderly", _("Older people")
    DISABLED = "disabled", _("People with disabilities")
    WITHDRAWN = "withdrawn", _("Those who rarely leave the house")
    SUPPORTERS = "supporters", _("Those who support others")


class Access(models.TextChoices):
    """What makes coming possible, as a list to look for (GIF アクセシビリティ)."""

    WHEELCHAIR = "wheelchair", _("Wheelchair")
    TOILET = "toilet", _("Accessible toilet")
    CAPTIONS = "captions", _("Captions")
    SIGN = "sign", _("Sign language")
    WRITING = "writing", _("In writing")
    CHILDCARE = "childcare", _("Childcare")
    NURSING = "nursing", _("Room for nursing")
    PARKING = "parking", _("Parking nearby")
    QUIET = "quiet", _("Quiet room")
    CAMERA_OFF = "camera_off", _("Camera may stay off")


class Support(models.TextChoices):
    """What can be made ready for somebody who comes."""

    MEET = "meet", _("Somebody waits for me at the entrance")
    WHEELCHAIR = "wheelchair", _("Room for a wheelchair")
    EDGE = "edge", _("A seat near the door")
    SIGN = "sign", _("A seat near the sign language interpreter")
    WRITING = "writing", _("Conversation in writing")
    NO_TAG = "no_tag", _("No name tag")

"""Meetings: how they stand, who comes, on which law they rest, days that are looked for, points."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingState(models.TextChoices):
    """How far a meeting has come. Its minutes have phases of their own."""

    DRAFT = "draft", _("being prepared")
    POLL = "poll", _("a day is being looked for")
    CALLED = "called", _("the day is set")
    HELD = "held", _("was held")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "is not held")


class MeetingAudience(models.TextChoices):
    """Who among the members sees a meeting."""

    BODY = "body", _("Organisations with a seat in the body")
    CORE = "core", _("Core members")
    MEMBERS = "members", _("All members")


class AttendanceMode(models.TextChoices):
    """Whether and how somebody is there."""

    ASKED = "asked", _("no answer yet")
    VENUE = "venue", _("at the venue")
    ONLINE = "online", _("online")
    ABSENT = "absent", _("absent")


class AttendanceRole(models.TextChoices):
    """What somebody is in a meeting."""

    MEMBER = "member", pgettext_lazy("meeting", "member")
    CHAIR = "chair", pgettext_lazy("meeting", "chair")
    OFFICE = "office", pgettext_lazy("meeting", "office")
    LECTURER = "lecturer", pgettext_lazy("meeting", "lecturer")
    GUEST = "guest", pgettext_lazy("meeting", "guest")
    PRESS = "press", pgettext_lazy("meeting", "press")


class LegalBasis(models.TextChoices):
    """Under which rule a meeting speaks of people (CB-17). Only under the first may anything be written here."""

    ANONYMOUS = "none", _("None: nobody can be recognised")
    COUNCIL = "council", _("Regional council for loneliness and isolation")
    CONFERENCE = "conference", _("Support conference")
    MULTI_LAYER = "multilayer", _("Multi-layered support conference")


class Mark(models.TextChoices):
    """○△×: whether a day suits."""

    YES = "yes", _("can come")
    MAYBE = "maybe", _("perhaps")
    NO = "no", _("cannot come")


class Asked(models.TextChoices):
    """Who answers when a day is looked for."""

    ORGANIZATION = "org", _("One answer an organisation")
    PERSON = "person", _("Each person")


class Outcome(models.TextChoices):
    """What became of a point of the agenda, as far as the list of meetings tells it."""

    APPROVED = "approved", pgettext_lazy("agenda", "approved")
    REPORTED = "reported", pgettext_lazy("agenda", "reported")


class PointState(models.TextChoices):
    """Where a point stands that a member would like to have on the agenda."""

    WAITING = "waiting", pgettext_lazy("agenda", "waits for an answer")
    TAKEN = "taken", pgettext_lazy("agenda", "is on the agenda")
    DECLINED = "declined", pgettext_lazy("agenda", "not this time")

"""Minutes, changes of their words, decisions, public summaries."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MinutesState(models.TextChoices):
    """How far minutes have come."""

    DRAFT = "draft", pgettext_lazy("minutes", "being written")
    AMENDING = "amending", pgettext_lazy("minutes", "open for changes")
    CONFIRMED = "confirmed", pgettext_lazy("minutes", "confirmed")
    LOCKED = "locked", pgettext_lazy("minutes", "locked")


class ConfirmBy(models.TextChoices):
    """How minutes come to be confirmed."""

    DAY = "day", _("When the day is over and no change waits")
    MEETING = "meeting", _("At the next meeting")


class AmendmentState(models.TextChoices):
    """What became of a change somebody would like to see in the minutes."""

    OPEN = "open", pgettext_lazy("amendment", "waits for an answer")
    TAKEN = "taken", pgettext_lazy("amendment", "taken in")
    DECLINED = "declined", pgettext_lazy("amendment", "left as it is")
    WITHDRAWN = "withdrawn", pgettext_lazy("amendment", "taken back")


class DecisionState(models.TextChoices):
    """How far a decision has come."""

    OPEN = "open", pgettext_lazy("decision", "to begin")
    UNDER_WAY = "progress", pgettext_lazy("decision", "under way")
    REVIEW = "review", pgettext_lazy("decision", "being looked at again")
    DONE = "done", pgettext_lazy("decision", "done")
    DROPPED = "dropped", pgettext_lazy("decision", "given up")


#: Decisions that still ask something of somebody.
WAITING_DECISIONS = (DecisionState.OPEN, DecisionState.UNDER_WAY, DecisionState.REVIEW)


class SummaryState(models.TextChoices):
    """How far the public summary of a meeting has come."""

    DRAFT = "draft", pgettext_lazy("summary", "being written")
    WAITING = "waiting", pgettext_lazy("summary", "waits for a second person")
    PUBLISHED = "published", pgettext_lazy("summary", "shown to residents")
    TAKEN_DOWN = "down", pgettext_lazy("summary", "taken down")

"""Numbers two people vouch for, and what readers report."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeState(models.TextChoices):
    """A change of a number, from the publishing to the second person."""

    WAITING = "waiting", _("waits for a second person")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("refused")
    REPLACED = "replaced", _("replaced by a newer change")


class HoldReason(models.TextChoices):
    """Why a number is hidden."""

    WRONG = "wrong", _("somebody else answers")
    DEAD = "dead", _("nobody can be reached")
    CHECK = "check", _("to be on the safe side, while it is checked")
    ASKED = "asked", _("the organisation asked for it")


class WrongThing(models.TextChoices):
    """What a resident found wrong about a desk."""

    NUMBER = "number", _("The number is wrong, or nobody can be reached")
    HOURS = "hours", _("The hours are different")
    TEXT = "text", _("What is written is different")
    GONE = "gone", _("The desk does not exist any more")
    OTHER = "other", _("Something else")

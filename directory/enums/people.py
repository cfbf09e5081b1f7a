"""What is asked about people: roles, the yearly confirmation, second factors."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestState(models.TextChoices):
    """A role that an organisation asked for."""

    WAITING = "waiting", _("waits for the secretariat")
    GRANTED = "granted", _("given")
    REFUSED = "refused", _("not given")
    WITHDRAWN = "withdrawn", _("taken back")


class Confirmed(models.TextChoices):
    """What an organisation says of a person once a year."""

    WAITING = "waiting", _("not confirmed yet")
    HERE = "here", _("still here")
    LEFT = "left", _("left")


class FactorReason(models.TextChoices):
    """Why somebody's second factors are taken away."""

    LOST = "lost", _("The device was lost")
    BROKEN = "broken", _("The device is broken, or was replaced")
    FORGOTTEN = "forgotten", _("The lock of the device is forgotten")
    STOLEN = "stolen", _("Somebody else may have it")


class FactorProof(models.TextChoices):
    """How the secretariat made sure that it really is this person."""

    MET = "met", _("Met in person")
    CALLED = "called", _("Called back on a number known before")
    SUPERIOR = "superior", _("The person's organisation confirmed it by telephone")

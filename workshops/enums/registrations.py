"""How a registration stands, where it came from, what is asked and how it was."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RegistrationState(models.TextChoices):
    """Where a registration stands. Only `HOLDING` states take seats."""

    ACTIVE = "active", _("Registered")
    WAITING = "waiting", _("Waits for a seat")
    OFFERED = "offered", _("A seat is offered")
    EXPIRED = "expired", _("The offer ran out")
    CANCELLED = "cancelled", _("Withdrawn")


HOLDING = (RegistrationState.ACTIVE, RegistrationState.OFFERED)


#: Those somebody may still answer, change or withdraw.
OPEN = (*HOLDING, RegistrationState.WAITING)


class Origin(models.TextChoices):
    """By what road a registration came."""

    WEB = "web", _("This site")
    PHONE = "phone", pgettext_lazy("origin", "Telephone")
    COUNTER = "counter", pgettext_lazy("origin", "At the counter")
    PAPER = "paper", pgettext_lazy("origin", "Letter or fax")
    WALK_IN = "walk_in", pgettext_lazy("origin", "Came on the day")


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SHORT = "short", _("One line")
    LONG = "long", _("Several lines")
    CHOICE = "choice", _("One of a list")
    MULTIPLE = "multiple", _("Several of a list")
    YES_NO = "yes_no", _("Yes or no")
    NUMBER = "number", pgettext_lazy("form", "A number")


class Mood(models.IntegerChoices):
    """How it was, without words."""

    WARM = 4, _("I was glad to be there")
    FINE = 3, _("It was good")
    SO_SO = 2, _("So-so")
    HARD = 1, _("It was hard")

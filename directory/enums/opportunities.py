"""Opportunities to help: rhythm, pay, minors, insurance; questions about them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    """How often one helps."""

    ONCE = "once", _("Only once")
    SOMETIMES = "sometimes", _("Now and then")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")


class Pay(models.TextChoices):
    """What one gets for helping. Blank: not known."""

    NONE = "none", _("Without pay")
    EXPENSES = "expenses", _("Expenses are paid")
    PAID = "paid", _("With pay")


class Minors(models.TextChoices):
    """Whether somebody under 18 may help. Blank: not known."""

    YES = "yes", _("Under 18, too")
    CONSENT = "consent", _("Under 18 with the parents' consent")
    NO = "no", _("From 18 years")


class Insurance(models.TextChoices):
    """Whether one is insured while helping. Blank: not known."""

    COVERED = "covered", _("The host insures you")
    OWN = "own", _("You take out your own insurance")
    NONE = "none", _("No insurance")


class QuestionState(models.TextChoices):
    """How far a question about helping has come."""

    WAITING = "waiting", _("Waits for an answer")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Taken back by the person")


class AnswerBy(models.TextChoices):
    """How somebody wishes to be answered."""

    MAIL = "mail", _("By e-mail")
    PHONE = "phone", _("By telephone")

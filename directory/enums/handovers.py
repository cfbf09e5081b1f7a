"""What is handed on from one organisation to another."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HandoverState(models.TextChoices):
    """Handing on to another organisation (つなぐ), from the question to the end."""

    PROPOSED = "proposed", pgettext_lazy("handover", "Waits for an answer")
    ACCEPTED = "accepted", pgettext_lazy("handover", "Taken on")
    DECLINED = "declined", pgettext_lazy("handover", "Not possible this time")
    WITHDRAWN = "withdrawn", pgettext_lazy("handover", "Taken back")
    DONE = "done", pgettext_lazy("handover", "Connected")


OPEN_HANDOVERS = (HandoverState.PROPOSED, HandoverState.ACCEPTED)


class Side(models.TextChoices):
    """The two organisations of a hand-over."""

    ASKING = "asking", _("the side that hands on")
    RECEIVING = "receiving", _("the side that is asked")


class DeclineReason(models.TextChoices):
    """Why an organisation cannot take something on. Coded, so that it can be counted without words."""

    FULL = "full", _("We have no room just now")
    OUTSIDE = "outside", _("It is not what our organisation does")
    FAR = "far", _("Place or times do not fit")
    OTHER_BODY = "other_body", _("Another organisation would fit better")
    EARLY = "early", _("It is too early: first we would like to hear more")


class WithdrawReason(models.TextChoices):
    """Why something that was taken on goes no further."""

    WISH = "wish", _("The person wishes otherwise")
    CHANGED = "changed", _("The situation has changed")
    ELSEWHERE = "elsewhere", _("Help was found elsewhere")
    UNABLE = "unable", _("We cannot go on with it")
    ENDED = "ended", _("What was handed on has come to its end")


# What a person chooses from; the last one is written when the thing itself is closed or taken back.
WITHDRAW_CHOICES = [choice for choice in WithdrawReason.choices if choice[0] != WithdrawReason.ENDED]

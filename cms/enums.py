"""States of the frame's nouns."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MailState(models.TextChoices):
    """Where a mail stands. Only `queued` is ever sent; the others are ends."""

    QUEUED = "queued", pgettext_lazy("mail", "waiting")
    SENT = "sent", pgettext_lazy("mail", "sent")
    FAILED = "failed", pgettext_lazy("mail", "could not be sent")
    DROPPED = "dropped", pgettext_lazy("mail", "not sent on purpose")


class Danger(models.TextChoices):
    """What urgent words tell of: it decides which number stands first."""

    LIFE = "life", _("somebody may die")
    HARM = "harm", _("somebody is being hurt")
    WEARY = "weary", _("somebody cannot go on")

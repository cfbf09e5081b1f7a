"""States of the frame's nouns."""

from django.db import models
from django.utils.translation import pgettext_lazy


class MailState(models.TextChoices):
    """Where a mail stands. Only `queued` is ever sent; the others are ends."""

    QUEUED = "queued", pgettext_lazy("mail", "waiting")
    SENT = "sent", pgettext_lazy("mail", "sent")
    FAILED = "failed", pgettext_lazy("mail", "could not be sent")
    DROPPED = "dropped", pgettext_lazy("mail", "not sent on purpose")

"""Circulars, to whom they go, how an organisation's answer stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CircularKind(models.TextChoices):
    """What is asked of those who get it."""

    NOTICE = "notice", pgettext_lazy("circular", "Circular")  # 回覧: read it
    INQUIRY = "inquiry", pgettext_lazy("circular", "Inquiry")  # 照会: answer it


class CircularState(models.TextChoices):
    """How far it has come."""

    DRAFT = "draft", pgettext_lazy("circular", "being written")
    SENT = "sent", pgettext_lazy("circular", "under way")
    CLOSED = "closed", pgettext_lazy("circular", "closed")


class CircularTo(models.TextChoices):
    """Which organisations get it: settled on the day it is sent."""

    ALL = "all", _("All members")
    CORE = "core", _("Core members")
    PARTNER = "partner", _("Partners")
    BODY = "body", _("Organisations with a seat in a body")
    CHOSEN = "chosen", _("Organisations we choose")


class ReplyState(models.TextChoices):
    """Where an organisation stands with a circular."""

    UNREAD = "unread", pgettext_lazy("reply", "not read yet")
    READ = "read", pgettext_lazy("reply", "read")
    ANSWERED = "answered", pgettext_lazy("reply", "answered")
    DECLINED = "declined", pgettext_lazy("reply", "does not answer")

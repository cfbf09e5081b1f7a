"""Named sets of the room *face*."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NewsCategory(models.TextChoices):
    """What a piece of news is about: the small word beside its date."""

    DESK = "desk", pgettext_lazy("category of news", "Places to talk")
    EVENT = "event", pgettext_lazy("category of news", "Events")
    CALL = "call", pgettext_lazy("category of news", "Call for people")
    REPORT = "report", pgettext_lazy("category of news", "Report")
    NOTICE = "notice", _("Notice")


class Rhythm(models.TextChoices):
    """How often a person wants a mail about news."""

    DAILY = "daily", _("each day, when there is news")
    WEEKLY = "weekly", _("once a week, when there is news")
    NEVER = "never", pgettext_lazy("mail about news", "never")

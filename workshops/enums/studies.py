"""Whom a study session means, and what is answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StudyAudience(models.TextChoices):
    """Who may come to a study session."""

    MEMBERS = "members", _("All members")
    CORE = "core", _("Core members")
    CHOSEN = "chosen", _("Organisations we choose")


class StudyAnswer(models.TextChoices):
    """出欠. The values of who comes are those of Way."""

    VENUE = "venue", _("I come to the venue")
    ONLINE = "online", _("I take part online")
    ABSENT = "absent", _("I cannot come")


#: Answers that hold a seat.
GOING = (StudyAnswer.VENUE, StudyAnswer.ONLINE)

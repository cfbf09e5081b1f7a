"""What those who came say afterwards: without a name, each registration once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.encryption import EncryptedTextField
from workshops.enums import Mood
from workshops.models.occurrences import Occurrence


class Feedback(models.Model):
    """One answer. `once` is a keyed hash of the registration: it keeps a second one out and leads nobody back."""

    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="feedback")
    once = models.CharField(max_length=64, unique=True)
    mood = models.PositiveSmallIntegerField(_("how it was"), choices=Mood.choices, null=True, blank=True)
    words = EncryptedTextField(_("in words"), null=True)
    may_quote = models.BooleanField(_("the words may be quoted"), default=False)
    said_on = models.DateField(_("said on"))
    erase_on = models.DateField(_("words are deleted on"), db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(mood=None) | Q(mood__in=Mood.values), name="feedback_mood_known")
        ]

    def __str__(self) -> str:
        return str(self.pk)

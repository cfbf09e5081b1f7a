"""A reading in an emergency: who broke the glass, why, and until when it stays open."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casebook.enums import GlassReason
from cms import dates
from cms.encryption import EncryptedJSONField, EncryptedTextField
from directory.permissions import can
from directory.roles import Permission


class EmergencyReadingQuerySet(models.QuerySet["EmergencyReading"]):
    """Questions about readings in an emergency."""

    def visible_to(self, user: Any) -> EmergencyReadingQuerySet:
        """That it happened: administrators their own, the secretariat's keepers and auditors all. Never the words."""
        if can(user, Permission.INCIDENTS_KEEP) or can(user, Permission.AUDIT_READ):
            return self.all()
        return self.filter(by=user) if can(user, Permission.CASES_BREAK_GLASS) else self.none()

    def open_for(self, user: Any) -> EmergencyReadingQuerySet:
        """Through which this person may read at this moment: own ones, not closed, not over."""
        if not can(user, Permission.CASES_BREAK_GLASS):
            return self.none()
        return self.filter(by=user, closed_at=None, until__gt=dates.now())


class EmergencyReading(models.Model):
    """One breaking of the glass: one number, one reason, half an hour. Kept; the sentence is encrypted."""

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(
        _("case number"), max_length=7
    )  # as it was asked for, whether or not there is such a case
    reason = models.CharField(_("reason"), max_length=10, choices=GlassReason.choices)
    words = EncryptedTextField(_("why, in a sentence"))
    dismissals: Any = EncryptedJSONField(default=list)
    opened_at = models.DateTimeField(default=dates.now)
    until = models.DateTimeField(_("until"))
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = EmergencyReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading in an emergency")
        verbose_name_plural = _("readings in an emergency")
        ordering: ClassVar = ["-opened_at", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gt=F("opened_at")), name="emergency_reading_ends"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def is_open(self, at: dt.datetime) -> bool:
        """Whether it still opens the case."""
        return self.closed_at is None and at < self.until

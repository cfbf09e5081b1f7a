"""The public summary (あらまし) of a meeting: written by one person, shown to residents by another."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.encryption import EncryptedJSONField, EncryptedTextField
from cms.models.base import neutral_slug
from workshops.enums import SummaryState
from workshops.models.meetings import Meeting


class SummaryQuerySet(models.QuerySet["Summary"]):
    """Questions about summaries."""

    def public(self) -> SummaryQuerySet:
        """Those residents may read; of bodies that residents may read about."""
        return self.filter(state=SummaryState.PUBLISHED, meeting__body__is_public=True)

    def visible_to(self, user: Any) -> SummaryQuerySet:
        """Everybody what is public; who works on summaries sees all through `workshops.permissions`."""
        return self.public()


class Summary(models.Model):
    """What residents may know of a meeting. No name of a person, no number of a case."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="summary")
    slug = models.SlugField(max_length=20, unique=True, default=neutral_slug, editable=False)
    text = EncryptedTextField(_("summary"))
    dismissed = EncryptedJSONField(default=list)
    state = models.CharField(_("state"), max_length=10, choices=SummaryState.choices, default=SummaryState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(_("shown since"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = SummaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("public summary of a meeting")
        verbose_name_plural = _("public summaries of meetings")
        ordering = ["-published_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=SummaryState.PUBLISHED)
                | (Q(published_by__isnull=False, published_at__isnull=False) & ~Q(published_by=F("written_by"))),
                name="summary_by_two_people",
            )
        ]

    def __str__(self) -> str:
        return self.slug

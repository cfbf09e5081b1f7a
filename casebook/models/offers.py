"""Answers of organisations to a case."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casebook.enums import OfferState, Stance
from casebook.models.cases import Case
from cms.encryption import EncryptedJSONField, EncryptedTextField
from directory.models import Organization


class OfferQuerySet(models.QuerySet["Offer"]):
    """Questions about answers."""

    def visible_to(self, user: Any) -> OfferQuerySet:
        """Answers to cases this person may read. "Difficult now" and withdrawn ones: only the two sides."""
        two_sides = Q(organization=user.organization_id) | Q(case__organization=user.organization_id)
        open_to_all = ~Q(stance=Stance.CANNOT_NOW) & ~Q(state=OfferState.WITHDRAWN)
        return self.filter(open_to_all | two_sides, case__in=Case.objects.visible_to(user))


class Offer(models.Model):
    """What one organisation can do about one case, and by when."""

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="offers")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="offers")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="offers")
    stance = models.CharField(_("answer"), max_length=12, choices=Stance.choices)
    text = EncryptedTextField(_("what we can do"), null=True)
    dismissals: Any = EncryptedJSONField(null=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=OfferState.choices, default=OfferState.OFFERED)
    offered_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering: ClassVar = ["offered_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "organization"],
                condition=Q(state__in=[OfferState.OFFERED, OfferState.ACCEPTED]),
                name="offer_one_open_per_organization",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

"""What anonymity reviewers decided: codes, never a word of the case."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casebook.enums import Refusal, Verdict
from casebook.models.cases import Case
from casebook.risk import Level
from cms.encryption import EncryptedJSONField
from directory.permissions import can
from directory.roles import Permission


class ReviewDecisionQuerySet(models.QuerySet["ReviewDecision"]):
    """Questions about decisions."""

    def visible_to(self, user: Any) -> ReviewDecisionQuerySet:
        """Decisions on cases this person may read, for those who review; nobody else."""
        if not user.is_authenticated or not can(user, Permission.CASES_RELEASE):
            return self.none()
        return self.filter(case__in=Case.objects.visible_to(user))


class ReviewDecision(models.Model):
    """One round: the reviewer's verdict, what they said to every mark, what they ticked, how rare it was then."""

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    round = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    refusal = models.CharField(max_length=8, choices=Refusal.choices, blank=True)
    flags: Any = EncryptedJSONField(default=list)  # of each mark: key, kind, what was said to it
    checks: Any = models.JSONField(default=list)  # codes of the checklist that were ticked
    level = models.CharField(max_length=8, choices=[(level.value, level.value) for level in Level])
    persons = models.PositiveIntegerField()

    objects = ReviewDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision of the anonymity check")
        verbose_name_plural = _("decisions of the anonymity check")
        ordering: ClassVar = ["-round"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "round"], name="decision_one_a_round"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.REFUSE, refusal__in=Refusal.values)
                | (~Q(verdict=Verdict.REFUSE) & Q(refusal="")),
                name="decision_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.round}"

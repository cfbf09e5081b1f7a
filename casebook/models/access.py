"""Who read what and when. Only ever added to; ids only, so that it outlives what it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casebook.enums import Eye
from cms.models import AppendOnly
from cms.models.chain import AppendOnlyQuerySet, Link

__all__ = ["Access", "AppendOnly"]


class AccessQuerySet(AppendOnlyQuerySet):
    """Questions about readings; no way to change them."""

    def of_case(self, case: UUID) -> AccessQuerySet:
        """Every line that speaks of one case alone (lists name many)."""
        return self.filter(case=case)


class Access(Link):
    """One reading by one person: of one case, or of a page of a list (`cases` then has the ids that it showed)."""

    CHAIN = "casebook.access"

    case = models.UUIDField(null=True, db_index=True)
    cases: Any = models.JSONField(default=list)
    user = models.BigIntegerField()
    organization = models.BigIntegerField(null=True)
    how = models.CharField(_("how"), max_length=8, choices=Eye.choices)
    copy = models.CharField(_("number on the paper"), max_length=12, blank=True)  # of a print
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = AccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of a case")
        verbose_name_plural = _("readings")
        ordering: ClassVar = ["-pk"]
        base_manager_name = "objects"
        indexes: ClassVar = [models.Index(fields=["user", "at"], name="access_budget")]  # asked at every reading
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(copy="") | Q(how=Eye.PRINT), name="access_copy_is_printed"),
        ]

    def __str__(self) -> str:
        return f"{self.case or len(self.cases)} {self.user}"

    def facts(self) -> Sequence[Any]:  # type: ignore[override]
        """Every column but the number."""
        return [self.at, self.user, self.organization, self.how, self.case, self.cases, self.copy]

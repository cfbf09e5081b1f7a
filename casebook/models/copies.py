"""A case on paper: each copy has a number, and somebody who answers for it (CB-13)."""

from __future__ import annotations

import secrets
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casebook.models.cases import LETTERS, Case
from directory.models import Organization
from directory.models.roles import stands
from directory.permissions import can
from directory.roles import Permission


class CopyState(models.TextChoices):
    """Where the paper is."""

    OUT = "out", _("Not back yet")
    RETURNED = "returned", _("Returned to the secretariat")
    DESTROYED = "destroyed", _("Shredded")
    UNPRINTED = "unprinted", _("Was not printed after all")


SETTLED = (CopyState.RETURNED, CopyState.DESTROYED, CopyState.UNPRINTED)


def new_copy_number() -> str:
    """A random number like P-4821-K: short enough to be read aloud, says nothing of order or time."""
    return f"P-{secrets.randbelow(10_000):04d}-{secrets.choice(LETTERS)}{secrets.choice(LETTERS)}"


class PrintedCopyQuerySet(models.QuerySet["PrintedCopy"]):
    """Questions about copies."""

    def visible_to(self, user: Any) -> PrintedCopyQuerySet:
        """Own copies; those of cases of the own organisation (the page names no person there); the secretariat: all
        but those of cases its own organisation shall not see."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if can(user, Permission.INCIDENTS_KEEP):
            return self._kept_by(user)
        sight = Q(printed_by=user)
        if can(user, Permission.CASES_READ) and stands(user.organization):
            sight |= Q(case__organization=user.organization_id)
        return self.filter(sight)

    def settled_by(self, user: Any) -> PrintedCopyQuerySet:
        """Copies about which this person may say where they went: own ones; the secretariat, all (as `visible_to`)."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self._kept_by(user) if can(user, Permission.INCIDENTS_KEEP) else self.filter(printed_by=user)

    def _kept_by(self, user: Any) -> PrintedCopyQuerySet:
        hidden = Case.objects.filter(excluded=user.organization_id) if user.organization_id else Case.objects.none()
        return self.filter(Q(printed_by=user) | ~Q(case__in=hidden.order_by().values("pk")))

    def outstanding(self) -> PrintedCopyQuerySet:
        """Nobody has said that the paper is back or gone."""
        return self.filter(state=CopyState.OUT)


class PrintedCopy(models.Model):
    """One print. Holds no word of the case, and outlives it: the paper may still lie somewhere."""

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(
        _("number of the copy"), max_length=9, unique=True, default=new_copy_number, editable=False
    )  # stands in the line of the access log too (Access.copy)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="copies")
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, null=True, on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField(_("printed"), default=timezone.now)
    state = models.CharField(
        pgettext_lazy("copy", "where it is"), max_length=10, choices=CopyState.choices, default=CopyState.OUT
    )
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PrintedCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("printed copy")
        verbose_name_plural = _("printed copies")
        ordering: ClassVar = ["-printed_at", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=CopyState.OUT, settled_by=None, settled_at=None)
                | (~Q(state=CopyState.OUT) & Q(settled_by__isnull=False, settled_at__isnull=False)),
                name="copy_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.number

"""What was learned from a case: the only thing that outlives it (CB-16).

A card holds no way back: no case, no organisation, no moment. Its number is random, its year the fiscal one. Until it is
shown it has an author, so that it can come back to somebody; then that is forgotten too.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casebook.enums import UNDER_WAY, Body, CardState, LifeStage, Outcome, RetireReason
from cms import dates
from cms.encryption import EncryptedJSONField, EncryptedTextField
from directory.models.roles import stands
from directory.permissions import can
from directory.roles import Door, Permission, doors_of

__all__ = ["CARD_TEXTS", "LearningCard", "packed", "unpacked", "year_label"]

CARD_TEXTS = ("title", "learned", "tried", "worked", "hard", "schemes")


def packed(codes: Iterable[str]) -> str:
    """Codes as one column: |k1|k3|, so that every database can look for one of them."""
    found = list(dict.fromkeys(codes))
    return f"|{'|'.join(found)}|" if found else ""


def unpacked(column: str) -> list[str]:
    """The reverse of `packed`."""
    return [code for code in column.split("|") if code]


def year_label(fiscal_year: int) -> str:
    """「2026年度（令和8年度）」."""
    return f"{fiscal_year}年度（{dates.era_year(dt.date(fiscal_year, 4, 1))}度）"


class LearningCardQuerySet(models.QuerySet["LearningCard"]):
    """Questions about cards."""

    def visible_to(self, user: Any) -> LearningCardQuerySet:
        """The library: everybody in the workspace whose organisation, where they have one, takes part."""
        if not user.is_authenticated or not user.is_active or Door.WORKSPACE not in doors_of(user.active_roles()):
            return self.none()
        if user.organization_id is not None and not stands(user.organization):
            return self.none()
        return self.filter(state=CardState.SHOWN)

    def own(self, user: Any) -> LearningCardQuerySet:
        """Cards this person has handed in and that are not shown yet."""
        if not user.is_authenticated or not can(user, Permission.CASES_WRITE) or not stands(user.organization):
            return self.none()
        return self.filter(author=user, state__in=UNDER_WAY)

    def waiting_for(self, user: Any) -> LearningCardQuerySet:
        """Cards this person may look through as the second pair of eyes: never own ones."""
        if not user.is_authenticated or not can(user, Permission.CASES_RELEASE):
            return self.none()
        return self.filter(state=CardState.WAITING).exclude(author=user)


class LearningCard(models.Model):
    """One learning, after the class 事例 of the government interoperability framework (`casebook.queries.learning.GIF`)."""

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=CardState.choices, default=CardState.WAITING)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    goes_out_on = models.DateField(null=True)  # the first of a month; forgotten when it has gone

    title = EncryptedTextField(_("title"), null=True)
    learned = EncryptedTextField(_("the learning"), null=True)
    tried = EncryptedTextField(_("what was done"), null=True)
    worked = EncryptedTextField(_("what made it work"), null=True)
    hard = EncryptedTextField(_("what was difficult"), null=True)
    schemes = EncryptedTextField(_("schemes that were used"), null=True)
    words = EncryptedTextField(null=True)  # the texts cut into words, for the search; as secret as they are
    dismissals: Any = EncryptedJSONField(null=True)
    reviewer_note = EncryptedTextField(null=True)

    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    life_stage = models.CharField(_("stage of life"), max_length=4, choices=LifeStage.choices, blank=True)
    concerns = models.CharField(_("concerns"), max_length=60, blank=True)  # packed codes of directory.Concern
    bodies = models.CharField(_("who took part"), max_length=60, blank=True)  # packed codes of Body: kinds, no names
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices)
    materials: Any = models.JSONField(default=list)  # public ids; only `home` knows what they lead to
    retired_for = models.CharField(max_length=12, choices=RetireReason.choices, blank=True)

    objects = LearningCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("learning card")
        verbose_name_plural = _("learning cards")
        ordering: ClassVar = ["-fiscal_year", "pk"]  # the number is random: nothing tells which came first
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=UNDER_WAY, author__isnull=False)
                | Q(~Q(state__in=UNDER_WAY), author__isnull=True, goes_out_on__isnull=True, reviewer_note__isnull=True),
                name="card_shown_has_no_author",
            ),
            models.CheckConstraint(
                condition=~Q(state=CardState.RETIRED)
                | Q(title__isnull=True, learned__isnull=True, tried__isnull=True, words__isnull=True),
                name="card_retired_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(state=CardState.READY, goes_out_on__isnull=False)
                | Q(~Q(state=CardState.READY), goes_out_on__isnull=True),
                name="card_ready_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(life_stage__in=["", "m0", "m1", "m2", "m3"]), name="card_stage_is_coarse"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def texts(self) -> dict[str, str]:
        """The words of the card, by field."""
        return {name: getattr(self, name) or "" for name in CARD_TEXTS}

    @property
    def year_label(self) -> str:
        """The only time a card knows."""
        return year_label(self.fiscal_year)

    @property
    def concern_codes(self) -> list[str]:
        """Codes of concerns."""
        return unpacked(self.concerns)

    @property
    def body_codes(self) -> list[str]:
        """Codes of the kinds of bodies that took part."""
        return unpacked(self.bodies)

    @property
    def body_labels(self) -> list[str]:
        """Kinds of bodies that took part."""
        return [str(Body(code).label) for code in self.body_codes if code in Body.values]

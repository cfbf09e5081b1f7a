"""The monthly tally (K-12 b): how many consultations, by codes alone. Counters; nothing in them leads to a person."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms import dates
from directory.enums import ConsultationOutcome, HeardOf, LifeStage, Method, Route, Source
from directory.models.people import Organization
from directory.roles import Permission, holds

FIRST_OF_MONTH = Q(month__day=1)


class OwnFiguresQuerySet(models.QuerySet[Any]):
    """Figures of one organisation: its own people, and the secretariat."""

    def visible_to(self, user: Any) -> OwnFiguresQuerySet:
        """The secretariat all of them; whoever keeps the tally of an organisation its own. Others see trends alone."""
        if holds(user, Permission.TALLY_KEEP):
            return self.all()
        if holds(user, Permission.TALLY_OWN) and user.organization_id:
            return self.filter(organization=user.organization_id)
        return self.none()


class ConsultationCount(models.Model):
    """In this month this organisation had so many consultations of this concern, stage, route, method and outcome."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(_("month"))  # its first day (JST)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.ENTERED)
    concern = models.CharField(_("concern"), max_length=4, blank=True)  # code of directory.Concern; "" not known
    life_stage = models.CharField(_("stage of life"), max_length=2, choices=LifeStage.choices, blank=True)
    route = models.CharField(_("who comes with it"), max_length=2, choices=Route.choices, blank=True)
    method = models.CharField(_("how it came"), max_length=6, choices=Method.choices, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=2, choices=ConsultationOutcome.choices, blank=True)
    count = models.PositiveIntegerField(_("how many"), default=0)

    wagtail_reference_index_ignore = True

    objects = OwnFiguresQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of consultations")
        verbose_name_plural = _("counts of consultations")
        ordering: ClassVar = ["-month", "organization_id", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "month", "source", "concern", "life_stage", "route", "method", "outcome"],
                name="consultation_count_once_a_cell",
            ),
            models.CheckConstraint(condition=FIRST_OF_MONTH, name="consultation_count_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.organization_id}"


class HeardOfCount(models.Model):
    """「何で知りましたか」: how many said so, in a month, at an organisation."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(_("month"))
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.ENTERED)
    heard_of = models.CharField(_("heard of us by"), max_length=2, choices=HeardOf.choices, blank=True)
    count = models.PositiveIntegerField(_("how many"), default=0)

    wagtail_reference_index_ignore = True

    objects = OwnFiguresQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of where people heard of us")
        verbose_name_plural = _("counts of where people heard of us")
        ordering: ClassVar = ["-month", "organization_id", "heard_of"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "month", "source", "heard_of"], name="heard_of_count_once_a_cell"
            ),
            models.CheckConstraint(condition=FIRST_OF_MONTH, name="heard_of_count_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.organization_id} {self.heard_of}"


class TallySheet(models.Model):
    """An organisation has said that its month is complete."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(_("month"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    handed_in_at = models.DateTimeField(_("handed in"), default=dates.now)

    wagtail_reference_index_ignore = True

    objects = OwnFiguresQuerySet.as_manager()

    class Meta:
        verbose_name = _("month handed in")
        verbose_name_plural = _("months handed in")
        ordering: ClassVar = ["-month", "organization_id"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "month"], name="tally_sheet_once_a_month"),
            models.CheckConstraint(condition=FIRST_OF_MONTH, name="tally_sheet_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.organization_id}"


class Trend(models.Model):
    """What members read of a month: made once, small numbers hidden, and then for ever the same."""

    month = models.DateField(_("month"), unique=True)
    figures = models.JSONField(_("figures"))  # {"<dimension>": {"<code>": count or null, …}, …}
    published_at = models.DateTimeField(_("published"), default=dates.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("trend of a month")
        verbose_name_plural = _("trends of months")
        ordering: ClassVar = ["-month"]
        default_permissions = ()
        constraints: ClassVar = [models.CheckConstraint(condition=FIRST_OF_MONTH, name="trend_of_a_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

"""Tables behind the three lights: how many people a city has of each kind, how common each concern is, whom we reach."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.models import Organization


class TableKind(models.TextChoices):
    """Which of the two tables."""

    POPULATION = "population", _("People by stage of life, household and sex")
    PREVALENCE = "prevalence", _("How common each concern is")


class RiskTable(models.Model):
    """A table as it was brought in. The newest of a kind holds; the earlier ones stay for the record."""

    wagtail_reference_index_ignore = True

    kind = models.CharField(_("which table"), max_length=12, choices=TableKind.choices)
    name = models.CharField(_("name of the file"), max_length=120)
    as_of = models.DateField(_("as of"))
    source = models.CharField(_("where the figures come from"), max_length=120)
    is_sample = models.BooleanField(_("sample figures"), default=False)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    loaded_at = models.DateTimeField(_("brought in"), default=timezone.now)

    class Meta:
        verbose_name = _("table of rarity")
        verbose_name_plural = _("tables of rarity")
        ordering: ClassVar = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Population(models.Model):
    """One cell: so many people."""

    wagtail_reference_index_ignore = True

    table = models.ForeignKey(RiskTable, on_delete=models.CASCADE, related_name="population")
    life_stage = models.CharField(_("stage of life"), max_length=4)
    household = models.CharField(_("household"), max_length=4)
    sex = models.CharField(_("sex"), max_length=4)
    persons = models.PositiveIntegerField(pgettext_lazy("column", "People"))

    class Meta:
        verbose_name = _("cell of the population")
        verbose_name_plural = _("cells of the population")
        ordering: ClassVar = ["life_stage", "household", "sex"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "life_stage", "household", "sex"], name="population_cell_once")
        ]

    def __str__(self) -> str:
        return f"{self.life_stage} {self.household} {self.sex}"


class Prevalence(models.Model):
    """Of a thousand people, so many have this concern."""

    wagtail_reference_index_ignore = True

    table = models.ForeignKey(RiskTable, on_delete=models.CASCADE, related_name="prevalence")
    concern = models.CharField(_("concern"), max_length=4)  # a code of directory.Concern
    per_mille = models.DecimalField(_("of a thousand people"), max_digits=5, decimal_places=1)
    note = models.CharField(_("where the figure comes from"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("prevalence")
        verbose_name_plural = _("prevalences")
        ordering: ClassVar = ["concern"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "concern"], name="prevalence_once"),
            models.CheckConstraint(condition=Q(per_mille__gte=0, per_mille__lte=1000), name="prevalence_per_mille"),
        ]

    def __str__(self) -> str:
        return self.concern


class ClienteleQuerySet(models.QuerySet["Clientele"]):
    """Questions about what organisations said of themselves."""

    def visible_to(self, user: Any) -> ClienteleQuerySet:
        """The own organisation's alone: how small a body is, is its own affair."""
        if not user.is_authenticated or user.organization_id is None:
            return self.none()
        return self.filter(organization=user.organization_id)


class Clientele(models.Model):
    """How many people an organisation is in touch with. Without numbers: it was asked and does not know."""

    wagtail_reference_index_ignore = True

    organization = models.OneToOneField(
        Organization, verbose_name=_("organization"), on_delete=models.CASCADE, related_name="clientele"
    )
    total = models.PositiveIntegerField(_("in all"), null=True, blank=True)
    under_18 = models.PositiveIntegerField(_("Under 18"), null=True, blank=True)
    from_18 = models.PositiveIntegerField(_("18 to 39"), null=True, blank=True)
    from_40 = models.PositiveIntegerField(_("40 to 59"), null=True, blank=True)
    from_60 = models.PositiveIntegerField(_("60 and over"), null=True, blank=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    declared_at = models.DateTimeField(_("said"), default=timezone.now)

    objects = ClienteleQuerySet.as_manager()

    class Meta:
        verbose_name = _("people an organisation is in touch with")
        verbose_name_plural = _("people organisations are in touch with")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.organization_id)

    @property
    def by_stage(self) -> dict[str, int] | None:
        """People by coarse stage (codes of LifeStage), or None where only the whole is known."""
        stages = {"m0": self.under_18, "m1": self.from_18, "m2": self.from_40, "m3": self.from_60}
        known = {stage: persons for stage, persons in stages.items() if persons is not None}
        return known if len(known) == len(stages) else None

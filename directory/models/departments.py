"""Departments (所管課) of the city hall and of other large organisations: who came to a meeting, whose network it is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.people import Organization


class Department(models.Model):
    """A section of an organisation, under the name it has today."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.PROTECT, related_name="departments"
    )
    name = models.CharField(_("name"), max_length=80)
    kana = models.CharField(_("reading in hiragana"), max_length=120, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["organization", "sort_order", "kana", "pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="department_name_once")]

    def __str__(self) -> str:
        return self.name

"""How many cases were opened and closed, by quarter. Counters: nothing in them leads to a case, and they outlive all."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from casebook.enums import TallyEvent, TallyOf


class Tally(models.Model):
    """One count: in this quarter of this fiscal year, of this event, for this code."""

    wagtail_reference_index_ignore = True

    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))  # 1 = April to June
    event = models.CharField(max_length=8, choices=TallyEvent.choices)
    dimension = models.CharField(max_length=8, choices=TallyOf.choices)
    code = models.CharField(max_length=8, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering: ClassVar = ["-fiscal_year", "-quarter", "event", "dimension", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fiscal_year", "quarter", "event", "dimension", "code"], name="tally_once_a_cell"
            ),
            models.CheckConstraint(condition=models.Q(quarter__range=(1, 4)), name="tally_quarter"),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}-{self.quarter} {self.event} {self.dimension} {self.code}"

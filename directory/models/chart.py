"""The organisation chart (組織図) as data: boxes and lines. Drawn by directory.charts, read as a list beside it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from directory.enums import OrganizationKind, Tie
from directory.models.bodies import Body
from directory.models.people import Organization


class ChartQuerySet(models.QuerySet["Chart"]):
    """Questions about charts."""

    def public(self) -> ChartQuerySet:
        """Those residents may see."""
        return self.filter(is_public=True)

    def visible_to(self, user: Any) -> ChartQuerySet:
        """Everyone sees the same ones; what is being prepared is worked on in the Wagtail admin."""
        return self.public()


class Chart(ClusterableModel):
    """A picture of who works with whom, with its source."""

    title = models.CharField(_("title"), max_length=80)
    description = models.CharField(
        _("what it shows, in a sentence"),
        max_length=200,
        help_text=_("Read aloud to people who do not see the picture."),
    )
    source = models.CharField(_("source"), max_length=120, blank=True, help_text=_("For example: 市の提供図にもとづく"))
    as_of = models.DateField(_("as of"), null=True, blank=True)
    is_public = models.BooleanField(_("shown to residents"), default=False)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)

    objects = ChartQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation chart")
        verbose_name_plural = _("organisation charts")
        ordering = ["sort_order", "pk"]
        permissions = [("publish_chart", "Can show charts to residents")]

    def __str__(self) -> str:
        return self.title


class ChartNode(models.Model):
    """A box: a body, an organisation, a kind of organisations, or words alone. Lines refer to its number."""

    SUBJECTS: ClassVar[tuple[str, ...]] = ("body", "organization", "kind")

    chart = ParentalKey(Chart, on_delete=models.CASCADE, related_name="nodes")
    number = models.PositiveSmallIntegerField(
        _("number"), validators=[MinValueValidator(1)], help_text=_("Lines are drawn between numbers.")
    )
    body = models.ForeignKey(
        Body, verbose_name=_("body"), null=True, blank=True, on_delete=models.PROTECT, related_name="boxes"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="boxes",
    )
    kind = models.CharField(
        _("kind of organisations"), max_length=20, choices=OrganizationKind.choices, blank=True, default=""
    )
    label = models.CharField(
        _("words in the box"), max_length=60, blank=True, help_text=_("Empty: the name of what was chosen.")
    )
    detail = models.CharField(_("small words below"), max_length=60, blank=True)
    is_core = models.BooleanField(_("stands out"), default=False)

    class Meta:
        verbose_name = _("box")
        verbose_name_plural = _("boxes")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["chart", "number"], name="box_number_once", violation_error_message=_("This number is taken.")
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.label}".strip()

    def clean(self) -> None:
        """At most one subject; words when there is none."""
        chosen = [name for name in self.SUBJECTS if getattr(self, f"{name}_id" if name != "kind" else name)]
        if len(chosen) > 1:
            raise ValidationError({chosen[1]: _("Choose one: a body, an organisation or a kind.")})
        if not chosen and not self.label.strip():
            raise ValidationError({"label": _("Choose what the box stands for, or write words.")})


class ChartEdge(models.Model):
    """A line between two boxes. Which way each kind points: `Tie`."""

    chart = ParentalKey(Chart, on_delete=models.CASCADE, related_name="edges")
    start = models.PositiveSmallIntegerField(_("from box"), validators=[MinValueValidator(1)])
    tie = models.CharField(_("kind of line"), max_length=12, choices=Tie.choices, default=Tie.CONSISTS)
    end = models.PositiveSmallIntegerField(_("to box"), validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(start=F("end")),
                name="line_between_two",
                violation_error_message=_("A line needs two different boxes."),
            ),
            models.UniqueConstraint(
                fields=["chart", "start", "end", "tie"],
                name="line_once",
                violation_error_message=_("This line is already there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start} → {self.end}"

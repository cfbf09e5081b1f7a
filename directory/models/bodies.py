"""Bodies (会議体): councils and meetings of the partnership, who sat in them when, and what became of them.

Public data, edited in the Wagtail admin. No name of a private person is kept here: somebody without an organisation
is counted under a title (民生委員). Source: the cities' reports (Kasaoka's 地域づくり連携会議 took the role of the
partnership on in February 2023; Ichihara called its vice-directors together).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cms.models.base import neutral_slug
from directory.enums import BodyKind, BodyRole, Openness
from directory.fields import FuzzyDateField, LinesField
from directory.models.people import Organization


class BodyQuerySet(models.QuerySet["Body"]):
    """Questions about bodies."""

    def public(self) -> BodyQuerySet:
        """Those residents may read about."""
        return self.filter(is_public=True)

    def visible_to(self, user: Any) -> BodyQuerySet:
        """Everyone sees the same ones; what is being prepared is worked on in the Wagtail admin."""
        return self.public()


class Body(ClusterableModel):
    """A council or meeting that lasts. One of them carries the partnership (`is_pf`)."""

    slug = models.SlugField(max_length=20, unique=True, default=neutral_slug, editable=False)
    name = models.CharField(_("name"), max_length=80)
    kana = models.CharField(_("reading in hiragana"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=BodyKind.choices, default=BodyKind.EXISTING)
    is_pf = models.BooleanField(
        _("carries the partnership"), default=False, help_text=_("This body is positioned as the partnership itself.")
    )
    purpose = models.TextField(_("what it is for"), max_length=1000, blank=True)
    rhythm = models.CharField(_("how often it meets"), max_length=60, blank=True, help_text=_("For example: 年3回"))
    openness = models.CharField(
        _("who may be there"),
        max_length=8,
        choices=Openness.choices,
        blank=True,
        default="",
        help_text=_("Empty: unknown."),
    )
    adopted_on = FuzzyDateField(_("decided on"))
    approved_by = models.ForeignKey(
        "self",
        verbose_name=_("decided by (body)"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="decided",
    )
    approved_by_text = models.CharField(
        _("decided by (in words)"),
        max_length=80,
        blank=True,
        help_text=_("If it is not one of the bodies here: 市長決裁"),
    )
    reports_to = models.ForeignKey(
        "self", verbose_name=_("reports to"), null=True, blank=True, on_delete=models.SET_NULL, related_name="reporting"
    )
    is_public = models.BooleanField(_("shown to residents"), default=False)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["sort_order", "kana", "pk"]
        permissions = [("publish_body", "Can show bodies to residents")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page. The room `home` answers it: it also knows the meetings."""
        return f"/about/bodies/{self.slug}/"

    def clean(self) -> None:
        """A body does not report to itself."""
        if self.pk and self.reports_to_id == self.pk:
            raise ValidationError({"reports_to": _("A body cannot report to itself.")})


class BodyMembershipQuerySet(models.QuerySet["BodyMembership"]):
    """Questions about seats."""

    def on(self, day: dt.date) -> BodyMembershipQuerySet:
        """Seats held on that day (JST); a seat whose beginning is unknown was held before its end."""
        begun = Q(since__isnull=True) | Q(since__lte=day)
        return self.filter(begun, Q(until__isnull=True) | Q(until__gt=day))


class BodyMembership(models.Model):
    """A seat: an organisation, or people of a title (民生委員) counted together, never a name."""

    body = ParentalKey(Body, verbose_name=_("body"), on_delete=models.CASCADE, related_name="seats")
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="seats",
    )
    title = models.CharField(
        _("or a title"),
        max_length=60,
        blank=True,
        help_text=_("For people who come without an organisation: 民生委員. Never a name."),
    )
    headcount = models.PositiveSmallIntegerField(_("how many people"), null=True, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=BodyRole.choices, default=BodyRole.MEMBER)
    since = models.DateField(_("since"), null=True, blank=True, help_text=_("Empty: not known."))
    until = models.DateField(_("until (this day no more)"), null=True, blank=True)

    objects = BodyMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat in a body")
        verbose_name_plural = _("seats in bodies")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False, title="") | (Q(organization__isnull=True) & ~Q(title="")),
                name="seat_of_one",
                violation_error_message=_("Choose an organisation or write a title, one of the two."),
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="seat_in_order",
                violation_error_message=_("The end is before the beginning."),
            ),
            models.UniqueConstraint(
                fields=["body", "organization"],
                condition=Q(until__isnull=True, organization__isnull=False),
                name="seat_one_open",
                violation_error_message=_("This organisation already sits here. End the earlier seat first."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.organization or "")


class BodyEvent(models.Model):
    """A line of a body's history: founded, positioned as the partnership, reported to another body."""

    body = ParentalKey(Body, verbose_name=_("body"), on_delete=models.CASCADE, related_name="history")
    happened_on = FuzzyDateField(_("when"))
    when_text = models.CharField(
        _("when, in words"), max_length=60, blank=True, help_text=_("If the day is not certain: around 10 March.")
    )
    text = models.CharField(_("what happened"), max_length=200)
    reported_to = models.ForeignKey(
        Body, verbose_name=_("reported to"), null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    with_press = models.BooleanField(_("the press was there"), default=False)
    points = LinesField(_("points"), help_text=_("One a line."))

    class Meta:
        verbose_name = _("line of the history")
        verbose_name_plural = _("history")
        ordering = ["happened_on", "pk"]

    def __str__(self) -> str:
        return self.text

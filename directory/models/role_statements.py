"""The table 「団体｜役割」: what each kind of organisation does in the partnership."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from directory.enums import OrganizationKind
from directory.fields import LinesField


class RoleStatement(index.Indexed, models.Model):
    """One row: a kind of organisation, as the city calls it, and its duties in order."""

    kind = models.CharField(_("kind"), max_length=20, choices=OrganizationKind.choices)
    label = models.CharField(_("name in the table"), max_length=80, help_text=_("For example: 支援団体（NPO法人）"))
    examples = models.CharField(
        _("for example"),
        max_length=200,
        blank=True,
        help_text=_("Shown in brackets: 地域包括支援センター、児童相談所ほか"),
    )
    duties = LinesField(_("duties"), help_text=_("One a line, in the order of the table."))
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)

    search_fields = [index.AutocompleteField("label")]

    class Meta:
        verbose_name = _("role in the partnership")
        verbose_name_plural = _("roles in the partnership")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def heading(self) -> str:
        """「その他関係者（地域包括支援センター、児童相談所ほか）」."""
        return f"{self.label}（{self.examples}）" if self.examples else self.label

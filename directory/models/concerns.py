"""Concerns: what residents come with, in their words; a desk names those it listens to."""

import secrets

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from cms.models.base import ALPHABET


def neutral_code() -> str:
    """Three letters that say nothing: they stand in addresses."""
    return "".join(secrets.choice(ALPHABET) for _ in range(3))


class Concern(index.Indexed, models.Model):
    """A concern such as 「ねむれない・不安」. The code never changes: saved addresses carry it."""

    code = models.CharField(
        _("code in addresses"),
        max_length=4,
        unique=True,
        default=neutral_code,
        editable=False,
        validators=[RegexValidator(r"^[a-z0-9]{1,4}$")],
    )
    name = models.CharField(_("name in residents' words"), max_length=40, unique=True)
    aliases = models.CharField(_("other words for it"), max_length=300, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)

    search_fields = [index.AutocompleteField("name"), index.SearchField("name"), index.SearchField("aliases")]

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name

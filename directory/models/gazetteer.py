"""Names of the city's places: the guard looks for them in every text, for a street or a school tells who somebody is."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlaceKind(models.TextChoices):
    """What a name stands for. The list of one kind is replaced as a whole."""

    SCHOOL = "school", pgettext_lazy("gazetteer", "School")
    STATION = "station", pgettext_lazy("gazetteer", "Station")
    STOP = "stop", pgettext_lazy("gazetteer", "Bus stop")
    QUARTER = "quarter", pgettext_lazy("gazetteer", "Quarter")
    FACILITY = "facility", pgettext_lazy("gazetteer", "Facility")
    SHOP = "shop", pgettext_lazy("gazetteer", "Shop")
    OTHER = "other", pgettext_lazy("gazetteer", "Other")


class GazetteerLoad(models.Model):
    """One bringing in of a list. Rows are only ever added: their number tells every process that names have changed."""

    wagtail_reference_index_ignore = True

    source = models.CharField(_("name of the list"), max_length=120)
    count = models.PositiveIntegerField(_("names in it"))
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    loaded_at = models.DateTimeField(_("brought in on"), default=timezone.now)

    class Meta:
        verbose_name = _("list of places brought in")
        verbose_name_plural = _("lists of places brought in")
        ordering: ClassVar = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class KnownPlace(models.Model):
    """A name the guard looks for."""

    wagtail_reference_index_ignore = True

    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind of place"), max_length=8, choices=PlaceKind.choices)
    load = models.ForeignKey(GazetteerLoad, verbose_name=_("list"), on_delete=models.PROTECT, related_name="places")

    class Meta:
        verbose_name = _("known place")
        verbose_name_plural = _("known places")
        ordering: ClassVar = ["kind", "name"]
        default_permissions = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "name"], name="known_place_once")]

    def __str__(self) -> str:
        return self.name

"""Coarse stages of life: of people in cases and consultations, never an age."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LifeStage(models.TextChoices):
    """Coarse stages of life, never an age: fine bands (l0 … l9), coarser ones (m0 … m3), or none."""

    BEFORE_SCHOOL = "l0", _("Before school age")
    PRIMARY = "l1", _("Primary school child")
    JUNIOR_HIGH = "l2", _("Junior high school pupil")
    HIGH_SCHOOL = "l3", _("High school age")
    TWENTIES = "l4", _("18 to 29")
    THIRTIES = "l5", _("Thirties")
    FORTIES = "l6", _("Forties")
    FIFTIES = "l7", _("Fifties")
    SIXTIES = "l8", _("60 to 74")
    LATER = "l9", _("75 and over")
    # Coarser bands, for when the combination fits too few people.
    MINOR = "m0", _("Under 18")
    YOUNGER = "m1", _("18 to 39")
    MIDDLE = "m2", _("40 to 59")
    OLDER = "m3", _("60 and over")
    NOT_GIVEN = "", pgettext_lazy("stage of life", "Not written")


#: The fine bands of each coarse one.
COARSE: dict[str, tuple[str, ...]] = {
    "m0": ("l0", "l1", "l2", "l3"),
    "m1": ("l4", "l5"),
    "m2": ("l6", "l7"),
    "m3": ("l8", "l9"),
}
COARSER = {fine: coarse for coarse, fines in COARSE.items() for fine in fines}
COARSE_STAGES = (LifeStage.MINOR, LifeStage.YOUNGER, LifeStage.MIDDLE, LifeStage.OLDER)

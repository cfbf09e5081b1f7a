"""Materials: kinds, terms, for whom; what a file of one is."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MaterialKind(models.TextChoices):
    """What a material is."""

    KIT = "kit", pgettext_lazy("material", "Workshop kit")
    SLIDES = "slides", pgettext_lazy("material", "Slides")
    HANDOUT = "handout", pgettext_lazy("material", "Handout")
    FORM = "form", pgettext_lazy("material", "Forms and templates")
    OTHER = "other", pgettext_lazy("material", "Something else")


class Licence(models.TextChoices):
    """How a material may be used by others."""

    BY = "cc-by", _("CC BY 4.0: anybody may use and change it, naming who made it")
    ZERO = "cc0", _("CC0: anybody may use it freely")
    MEMBERS = "members", _("Among members only")
    ASK = "ask", _("Ask the giving organisation first")


class MaterialAudience(models.TextChoices):
    """Who among the members reads a material."""

    MEMBERS = "members", pgettext_lazy("material", "All members")
    CORE = "core", pgettext_lazy("material", "Core members")
    OWN = "own", pgettext_lazy("material", "Our own organisation, for now")


class FileRole(models.TextChoices):
    """What a file is for within its material."""

    SLIDES = "slides", _("Slides to show")
    TIMETABLE = "timetable", _("Plan of the hours")
    HANDOUT = "handout", _("To hand out")
    OTHER = "other", pgettext_lazy("file", "Other files")

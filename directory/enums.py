"""States and code lists of the room *who*."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganizationKind(models.TextChoices):
    """Kinds of members of a partnership (Kasaoka's table of roles, and those its council names)."""

    CITY = "city", _("City")
    COUNCIL_OF_SOCIAL_WELFARE = "shakyo", _("Council of social welfare")
    NPO = "npo", _("NPO")
    COMPANY = "company", _("Company")
    SUPPORT_CENTER = "center", _("Support centre")
    PUBLIC_BODY = "public", _("Public body")
    SCHOOL = "school", _("School")
    RESIDENTS = "residents", _("Residents' group")
    OTHER = "other", _("Other")


class Tier(models.TextChoices):
    """Membership tiers (Ichihara's plan: core members first, partners after)."""

    CORE = "core", _("Core member")
    PARTNER = "partner", _("Partner")

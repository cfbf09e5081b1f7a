"""Organisations: kinds, tiers, what they offer and look for."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class ResourceKind(models.TextChoices):
    """What organisations bring together (資源を持ち寄り, the cities' statement of what they aim at)."""

    PLACE = "place", _("A place")
    GOODS = "goods", _("Goods and tools")
    HANDS = "hands", _("Hands and people")
    KNOWLEDGE = "know", _("Knowledge and skills")
    TIME = "time", pgettext_lazy("resource", "Time")
    NEWS = "news", _("Spreading the word")


class Direction(models.TextChoices):
    """Whether an organisation has it or needs it."""

    OFFER = "offer", _("We can offer")
    WISH = "wish", _("We look for")


class Served(models.TextChoices):
    """Whom an organisation works for, coarsely."""

    SMALL = "small", _("Small children and their parents")
    PUPILS = "pupils", _("Schoolchildren")
    YOUTH = "youth", _("Teens and twenties")
    ADULTS = "adults", _("Thirties to early sixties")
    ELDERS = "elders", _("65 and over")
    FAMILIES = "families", _("Families, those who care and support")


class Weekday(models.TextChoices):
    """A day of the week; holidays are a day of their own. The value stands in addresses."""

    MONDAY = "1", _("Monday")
    TUESDAY = "2", _("Tuesday")
    WEDNESDAY = "3", _("Wednesday")
    THURSDAY = "4", _("Thursday")
    FRIDAY = "5", _("Friday")
    SATURDAY = "6", _("Saturday")
    SUNDAY = "7", _("Sunday")

"""States and code lists of the room *what is hard*. Codes are short and neutral: they may stand in a database in the clear."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LifeStage(models.TextChoices):
    """Coarse stages of life; never an age (japanese.md B4)."""

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


class Household(models.TextChoices):
    """Whom the person lives with, in six kinds."""

    ALONE = "h1", _("Alone")
    COUPLE = "h2", _("As a couple")
    WITH_PARENTS = "h3", _("With parents")
    SINGLE_PARENT = "h4", _("One parent and child")
    FAMILY = "h5", _("Parents and children")
    OTHER = "h6", pgettext_lazy("household", "Other")


class Sex(models.TextChoices):
    """Only where it matters for the question; the default says nothing."""

    NOT_GIVEN = "", _("Not written")
    FEMALE = "s1", _("Female")
    MALE = "s2", _("Male")
    OTHER = "s3", pgettext_lazy("sex", "Other")


class Body(models.TextChoices):
    """Kinds of bodies already involved; kinds only, never names."""

    CITY = "b1", _("City office")
    SOCIAL_WELFARE = "b2", pgettext_lazy("involved", "Council of social welfare")
    NPO = "b3", pgettext_lazy("involved", "NPO")
    MEDICAL = "b4", _("Medical care")
    CARE = "b5", _("Care services")
    SCHOOL = "b6", pgettext_lazy("involved", "School")
    WORK = "b7", _("Employment support")
    VOLUNTEERS = "b8", _("Welfare volunteers")
    COMPANY = "b9", pgettext_lazy("involved", "Company")
    NOBODY = "b0", _("Nobody yet")


class RelativeTime(models.TextChoices):
    """How long ago the first consultation was; never a date."""

    BEFORE = "t0", _("No consultation yet")
    MONTH = "t1", _("Within a month")
    QUARTER = "t2", _("About three months")
    HALF_YEAR = "t3", _("About half a year")
    YEAR = "t4", _("About a year")
    LONGER = "t5", _("Longer")


class LegalBasis(models.TextChoices):
    """Under which rule a case may be spoken of (CB-17). Only the first belongs here."""

    ANONYMOUS = "none", _("None: the case is anonymous")
    COUNCIL = "council", _("Regional council for loneliness and isolation (confidentiality by law)")
    CONFERENCE = "conference", _("Support conference (Social Welfare Act)")
    MULTI_LAYER = "multilayer", _("Multi-layered support conference (with consent)")


class Consent(models.TextChoices):
    """Why the story may be told (CB-07). Signatures are never kept."""

    ORAL = "oral", _("The person agreed, orally")
    WRITTEN = "written", _("The person agreed in writing (kept by our organisation)")
    NOT_NEEDED = "unneeded", _("Fully anonymous: our organisation judged that no consent is needed")


class Audience(models.TextChoices):
    """Who may read a released case. The narrowest comes first."""

    CORE = "core", _("Core members")
    CHOSEN = "chosen", _("Chosen organisations only")
    ALL = "all", _("All members")


class CaseState(models.TextChoices):
    """Life of a case."""

    DRAFT = "draft", pgettext_lazy("case", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("case", "Waits for the anonymity check")
    RELEASED = "released", pgettext_lazy("case", "Waits for answers")
    CLOSED = "closed", pgettext_lazy("case", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("case", "Withdrawn")


SHARED_STATES = (CaseState.RELEASED, CaseState.CLOSED)
AUTHOR_STATES = (CaseState.DRAFT, CaseState.SUBMITTED, *SHARED_STATES)


class Outcome(models.TextChoices):
    """What came of it (CB-21)."""

    FOUND = "found", _("Someone who can help was found")
    PARTLY = "partly", _("Found for a part")
    NOT_FOUND = "none", _("Not found (towards new support)")


class Stance(models.TextChoices):
    """An organisation's answer."""

    CAN_HANDLE = "handle", _("Our organisation can handle this")
    TOGETHER = "together", _("We can handle this together")
    INFORMATION = "information", _("We can give information")
    CANNOT_NOW = "cannot", _("It is difficult for us now")


class OfferState(models.TextChoices):
    """Life of an answer."""

    OFFERED = "offered", pgettext_lazy("offer", "Offered")
    ACCEPTED = "accepted", pgettext_lazy("offer", "Accepted")
    DECLINED = "declined", pgettext_lazy("offer", "Not this time")
    WITHDRAWN = "withdrawn", pgettext_lazy("offer", "Withdrawn")


class Eye(models.TextChoices):
    """How a case was read."""

    VIEW = "view", _("Read")
    REVIEW = "review", _("Read for the anonymity check")

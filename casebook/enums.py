"""States and code lists of the room *what is hard*. Codes are short and neutral: they may stand in a database in the clear."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.enums import LifeStage as LifeStage
from directory.enums.life import COARSE_STAGES as COARSE_STAGES


class Household(models.TextChoices):
    """Whom the person lives with, in six kinds."""

    ALONE = "h1", _("Alone")
    COUPLE = "h2", _("As a couple")
    WITH_PARENTS = "h3", _("With parents")
    SINGLE_PARENT = "h4", _("One parent and child")
    FAMILY = "h5", _("Parents and children")
    OTHER = "h6", pgettext_lazy("household", "Other")
    NOT_GIVEN = "", pgettext_lazy("household", "Not written")


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


class ConsentTime(models.TextChoices):
    """When the person agreed; never a day."""

    MONTH = "c1", pgettext_lazy("consent", "Within the last month")
    HALF_YEAR = "c2", pgettext_lazy("consent", "Within the last half year")
    YEAR = "c3", pgettext_lazy("consent", "Within the last year")
    LONGER = "c4", pgettext_lazy("consent", "Longer ago")


class Judge(models.TextChoices):
    """Who judged that no consent is needed; never a name."""

    LEAD = "j1", _("The person responsible in our organisation")
    MEETING = "j2", _("A meeting of our organisation")
    ALONE = "j3", _("The person who writes, alone")


class Verdict(models.TextChoices):
    """What the anonymity reviewer decides."""

    RELEASE = "release", _("It may go out")
    RETURN = "return", _("Ask for a change")
    REFUSE = "refuse", _("It does not go out")


class FlagChoice(models.TextChoices):
    """What the reviewer says to one mark."""

    FINE = "fine", pgettext_lazy("mark", "Fine as it is")
    COARSER = "coarser", pgettext_lazy("mark", "More coarsely")
    CHANGE = "change", pgettext_lazy("mark", "Please change")


class Check(models.TextChoices):
    """The reviewer's checklist (domain 2B)."""

    ALOUD = "aloud", _("Read aloud, it brings no single face to mind")
    FAMILY = "family", _("Family, friends and helpers could not say who it is")
    NEWS = "news", _("It does not point to news or an event")
    COMBINATION = "combination", _("Stage of life, household and concerns together are not rare")
    NEEDLESS = "needless", _("Nothing in it that the question does not need")
    AUDIENCE = "audience", _("The reason it may be told fits those who may read it")


class Refusal(models.TextChoices):
    """Why a case does not go out at all."""

    IDENTIFIABLE = "known", _("However it is said, people would know who it is")
    NAMES = "names", _("It is better discussed with names, where that is allowed")
    URGENT = "urgent", _("Somebody has to act at once")
    ELSEWHERE = "place", _("It does not belong to what the casebook is for")


class Audience(models.TextChoices):
    """Who may read a released case. The narrowest comes first."""

    CHOSEN = "chosen", _("Chosen organisations only")
    GROUP = "group", _("A working group or council")
    CORE = "core", _("Core members")
    ALL = "all", _("All members")


class CaseState(models.TextChoices):
    """Life of a case."""

    DRAFT = "draft", pgettext_lazy("case", "Draft")
    FIRST = "first", pgettext_lazy("case", "Waits for the first reader")
    SUBMITTED = "submitted", pgettext_lazy("case", "Waits for the anonymity check")
    APPROVED = "approved", pgettext_lazy("case", "Goes out with the others")
    RELEASED = "released", pgettext_lazy("case", "Waits for answers")
    CLOSED = "closed", pgettext_lazy("case", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("case", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("case", "Its time is over")


SHARED_STATES = (CaseState.RELEASED, CaseState.CLOSED)
CHECKED_STATES = (CaseState.APPROVED, *SHARED_STATES)  # two other people have read it
UNSHARED_STATES = (CaseState.DRAFT, CaseState.FIRST, CaseState.SUBMITTED, CaseState.APPROVED)
AUTHOR_STATES = (*UNSHARED_STATES, *SHARED_STATES)
EMPTY_STATES = (CaseState.WITHDRAWN, CaseState.EXPIRED)  # a number without a word


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
    """How a case was read. In lists (LIST, SEARCH) its headline was shown; EXPORT is figures, never words."""

    VIEW = "view", _("Read")
    FIRST = "first", _("Read as first reader")
    REVIEW = "review", _("Read for the anonymity check")
    PRINT = "print", _("Printed")
    GLASS = "glass", _("Read in an emergency (system administrator)")
    LIST = "list", _("Seen in a list")
    SEARCH = "search", _("Seen among the cases found")
    EXPORT = "export", _("Took figures away")


OPENED = (Eye.VIEW, Eye.FIRST, Eye.REVIEW, Eye.PRINT, Eye.GLASS)  # the whole text was before somebody's eyes


class GlassReason(models.TextChoices):
    """Why a system administrator reads a case in an emergency."""

    IDENTIFIED = "identified", _("Somebody may be recognised, and nobody of the secretariat can be reached")
    FAULT = "fault", _("A fault of the system has to be found in this case")
    LAW = "law", _("A law or an authority asks for it")
    OTHER = "other", pgettext_lazy("reason to read a case", "Another reason")


class CardState(models.TextChoices):
    """Life of a learning card."""

    WAITING = "waiting", pgettext_lazy("learning card", "Waits for a second pair of eyes")
    RETURNED = "returned", pgettext_lazy("learning card", "Given back")
    READY = "ready", pgettext_lazy("learning card", "Goes into the library with the others")
    SHOWN = "shown", pgettext_lazy("learning card", "In the library")
    RETIRED = "retired", pgettext_lazy("learning card", "Taken out of the library")


UNDER_WAY = (CardState.WAITING, CardState.RETURNED, CardState.READY)  # it still has an author


class RetireReason(models.TextChoices):
    """Why a card was taken out of the library."""

    RECOGNISED = "recognised", pgettext_lazy("learning card", "Somebody may be recognised")
    OUTDATED = "outdated", pgettext_lazy("learning card", "It does not hold any more")
    TWICE = "twice", pgettext_lazy("learning card", "Another card says the same")


class TallyEvent(models.TextChoices):
    """What is counted: once when a case opens, once when it closes."""

    OPENED = "opened", pgettext_lazy("figures", "Opened")
    CLOSED = "closed", pgettext_lazy("figures", "Closed")


class TallyOf(models.TextChoices):
    """By what it is counted. One at a time: no two of them are ever crossed."""

    ALL = "all", pgettext_lazy("figures", "All")
    CONCERN = "concern", pgettext_lazy("figures", "Concern")
    STAGE = "stage", pgettext_lazy("figures", "Stage of life (coarse)")
    OUTCOME = "outcome", pgettext_lazy("figures", "Outcome")

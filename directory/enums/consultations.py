"""Consultations of residents: who wrote, how, where it stands, what came of it. Codes are short and neutral."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ConsultationState(models.TextChoices):
    """Where a consultation stands, and whose turn it is."""

    RECEIVED = "received", pgettext_lazy("consultation", "Arrived")  # nobody has read it
    READ = "read", pgettext_lazy("consultation", "Read")  # the desk's turn
    ANSWERED = "answered", pgettext_lazy("consultation", "Answered")  # the person's turn
    CLOSED = "closed", pgettext_lazy("consultation", "Ended")
    WITHDRAWN = "withdrawn", pgettext_lazy("consultation", "Taken back")  # the person alone still reads it
    SPAM = "spam", pgettext_lazy("consultation", "Not a consultation")
    HELD = "held", pgettext_lazy("consultation", "Deleted by the person, kept for a reason")


OPEN_CONSULTATIONS = (ConsultationState.RECEIVED, ConsultationState.READ, ConsultationState.ANSWERED)
DESKS_TURN = (ConsultationState.RECEIVED, ConsultationState.READ)
# What the counsellors of a desk read. Withdrawn: the person alone. Held: `held_for`, supervisors of the holding desk.
DESK_STATES = (*OPEN_CONSULTATIONS, ConsultationState.CLOSED, ConsultationState.SPAM)
# What opens with the receipt code.
CODE_STATES = (*DESK_STATES, ConsultationState.WITHDRAWN)


class Route(models.TextChoices):
    """Who comes with it (K-01: 本人、家族、民生委員、機関、その他)."""

    SELF = "r1", pgettext_lazy("consultation", "About myself")
    FAMILY = "r2", pgettext_lazy("consultation", "About my family")
    VOLUNTEER = "r3", pgettext_lazy("consultation", "As a welfare volunteer (民生委員)")
    SCHOOL = "r4", pgettext_lazy("consultation", "As a teacher, for a pupil")
    FRIEND = "r5", pgettext_lazy("consultation", "As a friend or neighbour")
    AGENCY = "r6", pgettext_lazy("consultation", "From work or from another service")
    OTHER = "r9", pgettext_lazy("consultation", "Somebody else")
    NOT_GIVEN = "", pgettext_lazy("consultation", "Not said")


class Method(models.TextChoices):
    """How it came."""

    WEB = "web", pgettext_lazy("consultation", "In writing, here")
    PHONE = "phone", pgettext_lazy("consultation", "By telephone")
    VISIT = "visit", pgettext_lazy("consultation", "They came by")
    HOME_VISIT = "home", pgettext_lazy("consultation", "At their home")
    MAIL = "mail", pgettext_lazy("consultation", "By e-mail")
    LETTER = "letter", pgettext_lazy("consultation", "By letter")
    ONLINE = "online", pgettext_lazy("consultation", "Online")


class Author(models.TextChoices):
    """Who wrote a message of the thread."""

    PERSON = "person", _("The person")
    DESK = "desk", _("The desk")
    NOTE = "note", _("The system")  # what happened: a hand-over, an end; codes, no words


class NoteKind(models.TextChoices):
    """What counsellors write down for themselves: a thought, or a contact outside."""

    NOTE = "note", pgettext_lazy("consultation", "Note")
    PHONE = "phone", pgettext_lazy("consultation", "Telephone call")
    VISIT = "visit", pgettext_lazy("consultation", "They came by")
    HOME_VISIT = "home", pgettext_lazy("consultation", "Visit at home")
    LETTER = "letter", pgettext_lazy("consultation", "Letter")
    MAIL = "mail", pgettext_lazy("consultation", "E-mail")


class ContactWay(models.TextChoices):
    """How the desk may reach the person outside the reply page."""

    NONE = "none", _("Neither telephone nor e-mail")
    MAIL = "mail", _("A short e-mail that says nothing")
    PHONE = "phone", pgettext_lazy("contact", "Telephone")


class OthersRead(models.TextChoices):
    """Whether somebody else reads the person's mail."""

    NO = "no", _("Only I read it")
    YES = "yes", _("Somebody else may read it")
    UNKNOWN = "unknown", pgettext_lazy("contact", "I do not know")


class ConsultationOutcome(models.TextChoices):
    """What came of it, in a word. The first four are chosen; the others are written by what happened."""

    LISTENED = "o1", pgettext_lazy("consultation", "We listened")
    INFORMED = "o2", pgettext_lazy("consultation", "We gave information")
    CONNECTED = "o3", pgettext_lazy("consultation", "Connected with another organisation")
    SUPPORTED = "o4", pgettext_lazy("consultation", "Support goes on")
    SILENT = "o5", pgettext_lazy("consultation", "Ended without another word")
    TAKEN_BACK = "o6", pgettext_lazy("consultation", "The person took it back")


CHOSEN_OUTCOMES = ConsultationOutcome.choices[:4]


class HeardOf(models.TextChoices):
    """「何で知りましたか」. Campaigns map to these codes."""

    POSTCARD = "h1", pgettext_lazy("heard of", "A postcard in the mail")
    LEAFLET = "h2", pgettext_lazy("heard of", "A leaflet or poster")
    CITY_PAPER = "h3", pgettext_lazy("heard of", "The city's newsletter")
    WEB = "h4", pgettext_lazy("heard of", "The Internet")
    SOCIAL = "h5", pgettext_lazy("heard of", "Social media")
    PEOPLE = "h6", pgettext_lazy("heard of", "Family or friends")
    SERVICE = "h7", pgettext_lazy("heard of", "A desk, a school, a doctor")
    OTHER = "h9", pgettext_lazy("heard of", "Something else")
    NOT_GIVEN = "", pgettext_lazy("heard of", "Not said")


class ConsentState(models.TextChoices):
    """The question to the person whether another organisation may take over."""

    ASKED = "asked", pgettext_lazy("consent", "Asked")
    AGREED = "agreed", pgettext_lazy("consent", "Agreed")
    REFUSED = "refused", pgettext_lazy("consent", "Rather not")
    TAKEN_BACK = "back", pgettext_lazy("consent", "Taken back")


class ConsentHow(models.TextChoices):
    """How the person answered."""

    PAGE = "page", _("On the reply page")
    ORAL = "oral", _("Told the counsellor")


class HandingEvent(models.TextChoices):
    """What happened on the way to another desk: events of notes in the thread, in words for both sides."""

    ASKED = "asked_consent", _("Asked whether another desk may take over")
    AGREED = "consent_agreed", _("Answered: you may hand it on")
    REFUSED = "consent_refused", _("Answered: rather as it is now")
    QUESTION_BACK = "consent_back", _("The question about handing on was taken back")
    NOBODY_THERE = "nobody_there", _("Nobody there can take it just now. The present desk goes on")
    STAYS = "stays", _("The present desk goes on")
    HANDED_ON = "handed_on", _("Handed on to this desk")
    OBJECTED = "objected", _("Handing on was called off")
    CAME_BACK = "came_back", _("Back with the desk that had it before")
    TAKEN_OVER = "taken_over", _("Handing on is done. The desk before does not see this any more")
    GIVEN_BACK = "given_back", _("Handed to the desk that receives everything")


class HeldFor(models.TextChoices):
    """Why a desk keeps something that the person has deleted. Said to the person beforehand."""

    LAW = "law", _("A law says how long it has to be kept")
    SAFETY = "safety", _("Somebody's life or body is in danger, and an office is at work on it")
    PROCEEDING = "proceeding", _("A proceeding or complaint is running")


class Erased(models.TextChoices):
    """Why something was destroyed, for the register."""

    PERSON = "person", _("Deleted by the person")
    TIME = "time", _("Its time was over")
    SPAM = "spam", _("It was no consultation")
    HOLD_OVER = "hold", _("The reason for keeping it has ended")


class Source(models.TextChoices):
    """Where a figure of the tally comes from."""

    ENTERED = "entered", _("Entered by the organisation")
    INBOX = "inbox", _("Counted by the inbox")

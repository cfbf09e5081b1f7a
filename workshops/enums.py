"""States and code lists of the room *when*."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventKind(models.TextChoices):
    """What one does there. Neutral words: a calendar may be read over a shoulder."""

    GATHERING = "gathering", _("Place to gather")
    FAMILY = "family", _("Families and neighbours")
    HANDS = "hands", _("Making and doing")
    TALK = "talk", _("Talk and learning")
    CONSULTATION = "consultation", _("Time to ask")
    HELPING = "helping", _("Helping others")
    OTHER = "other", pgettext_lazy("kind of event", "Other")


class Format(models.TextChoices):
    """Where one takes part."""

    VENUE = "venue", _("At the venue")
    ONLINE = "online", _("Online")
    BOTH = "both", _("At the venue and online")


class RegistrationMode(models.TextChoices):
    """How one registers."""

    NONE = "none", _("No registration needed")
    HERE = "here", _("On this site")
    ELSEWHERE = "elsewhere", _("With the host")


class Unit(models.TextChoices):
    """What one seat is. With persons a party of three takes three seats, with every other unit one."""

    PERSON = "person", pgettext_lazy("unit", "persons")
    PARTY = "party", pgettext_lazy("unit", "parties")
    HOUSEHOLD = "household", pgettext_lazy("unit", "households")
    ORGANIZATION = "organization", pgettext_lazy("unit", "organisations")


class Way(models.TextChoices):
    """How a party takes part. An occurrence counts the seats of each way apart: a hall is hard, a screen is soft."""

    VENUE = "venue", _("At the venue")
    ONLINE = "online", _("Online")


class CapacityPolicy(models.TextChoices):
    """What happens when the seats are taken."""

    LIMIT = "limit", _("Closed when full")
    WAITLIST = "waitlist", _("A waiting list when full")
    SOFT = "soft", _("A guide: more may come")


class EventStatus(models.TextChoices):
    """Whether the event, or one occurrence of it, takes place."""

    SCHEDULED = "scheduled", _("Takes place")
    POSTPONED = "postponed", _("Put off, new day to come")
    CANCELLED = "cancelled", _("Called off")


class RegistrationState(models.TextChoices):
    """Where a registration stands. Only `HOLDING` states take seats."""

    ACTIVE = "active", _("Registered")
    WAITING = "waiting", _("Waits for a seat")
    OFFERED = "offered", _("A seat is offered")
    EXPIRED = "expired", _("The offer ran out")
    CANCELLED = "cancelled", _("Withdrawn")


HOLDING = (RegistrationState.ACTIVE, RegistrationState.OFFERED)
#: Those somebody may still answer, change or withdraw.
OPEN = (*HOLDING, RegistrationState.WAITING)


class Origin(models.TextChoices):
    """By what road a registration came."""

    WEB = "web", _("This site")
    PHONE = "phone", pgettext_lazy("origin", "Telephone")
    COUNTER = "counter", pgettext_lazy("origin", "At the counter")
    PAPER = "paper", pgettext_lazy("origin", "Letter or fax")
    WALK_IN = "walk_in", pgettext_lazy("origin", "Came on the day")


class Purpose(models.TextChoices):
    """Why the partnership holds it (the three 目的 of Ichihara's report)."""

    TRIAL = "trial", _("Trying joint work of city and organisations")
    AWARENESS = "awareness", _("Making it known and understood")
    STUDY = "study", _("Material for thinking about support")


class Target(models.TextChoices):
    """Whom it is meant for, to look for. Nobody is turned away by it."""

    ANYBODY = "anybody", _("Anybody")
    CHILDREN = "children", _("Children")
    YOUTH = "youth", _("Young people")
    PARENTS = "parents", _("Parents and families")
    MEN = "men", _("Men after working life")
    ELDERLY = "elderly", _("Older people")
    DISABLED = "disabled", _("People with disabilities")
    WITHDRAWN = "withdrawn", _("Those who rarely leave the house")
    SUPPORTERS = "supporters", _("Those who support others")


class Access(models.TextChoices):
    """What makes coming possible, as a list to look for (GIF アクセシビリティ)."""

    WHEELCHAIR = "wheelchair", _("Wheelchair")
    TOILET = "toilet", _("Accessible toilet")
    CAPTIONS = "captions", _("Captions")
    SIGN = "sign", _("Sign language")
    WRITING = "writing", _("In writing")
    CHILDCARE = "childcare", _("Childcare")
    NURSING = "nursing", _("Room for nursing")
    PARKING = "parking", _("Parking nearby")
    QUIET = "quiet", _("Quiet room")
    CAMERA_OFF = "camera_off", _("Camera may stay off")


class Support(models.TextChoices):
    """What can be made ready for somebody who comes."""

    MEET = "meet", _("Somebody waits for me at the entrance")
    WHEELCHAIR = "wheelchair", _("Room for a wheelchair")
    EDGE = "edge", _("A seat near the door")
    SIGN = "sign", _("A seat near the sign language interpreter")
    WRITING = "writing", _("Conversation in writing")
    NO_TAG = "no_tag", _("No name tag")


class StepState(models.TextChoices):
    """How far a step of forming the partnership has come."""

    PLANNED = "planned", pgettext_lazy("step", "To come")
    UNDER_WAY = "now", pgettext_lazy("step", "Under way")
    DONE = "done", pgettext_lazy("step", "Done")


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SHORT = "short", _("One line")
    LONG = "long", _("Several lines")
    CHOICE = "choice", _("One of a list")
    MULTIPLE = "multiple", _("Several of a list")
    YES_NO = "yes_no", _("Yes or no")
    NUMBER = "number", _("A number")


class Mood(models.IntegerChoices):
    """How it was, without words."""

    WARM = 4, _("I was glad to be there")
    FINE = 3, _("It was good")
    SO_SO = 2, _("So-so")
    HARD = 1, _("It was hard")


class MeetingState(models.TextChoices):
    """How far a meeting has come. Its minutes have phases of their own."""

    DRAFT = "draft", _("being prepared")
    POLL = "poll", _("a day is being looked for")
    CALLED = "called", _("the day is set")
    HELD = "held", _("was held")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "is not held")


class MeetingAudience(models.TextChoices):
    """Who among the members sees a meeting."""

    BODY = "body", _("Organisations with a seat in the body")
    CORE = "core", _("Core members")
    MEMBERS = "members", _("All members")


class AttendanceMode(models.TextChoices):
    """Whether and how somebody is there."""

    ASKED = "asked", _("no answer yet")
    VENUE = "venue", _("at the venue")
    ONLINE = "online", _("online")
    ABSENT = "absent", _("absent")


class AttendanceRole(models.TextChoices):
    """What somebody is in a meeting."""

    MEMBER = "member", pgettext_lazy("meeting", "member")
    CHAIR = "chair", pgettext_lazy("meeting", "chair")
    OFFICE = "office", pgettext_lazy("meeting", "office")
    LECTURER = "lecturer", pgettext_lazy("meeting", "lecturer")
    GUEST = "guest", pgettext_lazy("meeting", "guest")
    PRESS = "press", pgettext_lazy("meeting", "press")


class StudyAudience(models.TextChoices):
    """Who may come to a study session."""

    MEMBERS = "members", _("All members")
    CORE = "core", _("Core members")
    CHOSEN = "chosen", _("Organisations we choose")


class StudyAnswer(models.TextChoices):
    """出欠. The values of who comes are those of Way."""

    VENUE = "venue", _("I come to the venue")
    ONLINE = "online", _("I take part online")
    ABSENT = "absent", _("I cannot come")


#: Answers that hold a seat.
GOING = (StudyAnswer.VENUE, StudyAnswer.ONLINE)


class LegalBasis(models.TextChoices):
    """Under which rule a meeting speaks of people (CB-17). Only under the first may anything be written here."""

    ANONYMOUS = "none", _("None: nobody can be recognised")
    COUNCIL = "council", _("Regional council for loneliness and isolation")
    CONFERENCE = "conference", _("Support conference")
    MULTI_LAYER = "multilayer", _("Multi-layered support conference")


class Mark(models.TextChoices):
    """○△×: whether a day suits."""

    YES = "yes", _("can come")
    MAYBE = "maybe", _("perhaps")
    NO = "no", _("cannot come")


class Asked(models.TextChoices):
    """Who answers when a day is looked for."""

    ORGANIZATION = "org", _("One answer an organisation")
    PERSON = "person", _("Each person")


class Outcome(models.TextChoices):
    """What became of a point of the agenda, as far as the list of meetings tells it."""

    APPROVED = "approved", pgettext_lazy("agenda", "approved")
    REPORTED = "reported", pgettext_lazy("agenda", "reported")


class PointState(models.TextChoices):
    """Where a point stands that a member would like to have on the agenda."""

    WAITING = "waiting", pgettext_lazy("agenda", "waits for an answer")
    TAKEN = "taken", pgettext_lazy("agenda", "is on the agenda")
    DECLINED = "declined", pgettext_lazy("agenda", "not this time")


class MinutesState(models.TextChoices):
    """How far minutes have come."""

    DRAFT = "draft", pgettext_lazy("minutes", "being written")
    AMENDING = "amending", pgettext_lazy("minutes", "open for changes")
    CONFIRMED = "confirmed", pgettext_lazy("minutes", "confirmed")
    LOCKED = "locked", pgettext_lazy("minutes", "locked")


class ConfirmBy(models.TextChoices):
    """How minutes come to be confirmed."""

    DAY = "day", _("When the day is over and no change waits")
    MEETING = "meeting", _("At the next meeting")


class AmendmentState(models.TextChoices):
    """What became of a change somebody would like to see in the minutes."""

    OPEN = "open", pgettext_lazy("amendment", "waits for an answer")
    TAKEN = "taken", pgettext_lazy("amendment", "taken in")
    DECLINED = "declined", pgettext_lazy("amendment", "left as it is")
    WITHDRAWN = "withdrawn", pgettext_lazy("amendment", "taken back")


class DecisionState(models.TextChoices):
    """How far a decision has come."""

    OPEN = "open", pgettext_lazy("decision", "to begin")
    UNDER_WAY = "progress", pgettext_lazy("decision", "under way")
    REVIEW = "review", pgettext_lazy("decision", "being looked at again")
    DONE = "done", pgettext_lazy("decision", "done")
    DROPPED = "dropped", pgettext_lazy("decision", "given up")


#: Decisions that still ask something of somebody.
WAITING_DECISIONS = (DecisionState.OPEN, DecisionState.UNDER_WAY, DecisionState.REVIEW)


class SummaryState(models.TextChoices):
    """How far the public summary of a meeting has come."""

    DRAFT = "draft", pgettext_lazy("summary", "being written")
    WAITING = "waiting", pgettext_lazy("summary", "waits for a second person")
    PUBLISHED = "published", pgettext_lazy("summary", "shown to residents")
    TAKEN_DOWN = "down", pgettext_lazy("summary", "taken down")


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


class CircularKind(models.TextChoices):
    """What is asked of those who get it."""

    NOTICE = "notice", pgettext_lazy("circular", "Circular")  # 回覧: read it
    INQUIRY = "inquiry", pgettext_lazy("circular", "Inquiry")  # 照会: answer it


class CircularState(models.TextChoices):
    """How far it has come."""

    DRAFT = "draft", pgettext_lazy("circular", "being written")
    SENT = "sent", pgettext_lazy("circular", "under way")
    CLOSED = "closed", pgettext_lazy("circular", "closed")


class CircularTo(models.TextChoices):
    """Which organisations get it: settled on the day it is sent."""

    ALL = "all", _("All members")
    CORE = "core", _("Core members")
    PARTNER = "partner", _("Partners")
    BODY = "body", _("Organisations with a seat in a body")
    CHOSEN = "chosen", _("Organisations we choose")


class ReplyState(models.TextChoices):
    """Where an organisation stands with a circular."""

    UNREAD = "unread", pgettext_lazy("reply", "not read yet")
    READ = "read", pgettext_lazy("reply", "read")
    ANSWERED = "answered", pgettext_lazy("reply", "answered")
    DECLINED = "declined", pgettext_lazy("reply", "does not answer")

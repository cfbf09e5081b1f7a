"""States and code lists of the room *who*."""

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


class BodyKind(models.TextChoices):
    """Kinds of bodies (会議体) in the cities' reports."""

    EXISTING = "existing", _("Body that was there before")
    NEW = "new", _("New body")
    LIAISON = "liaison", _("Liaison meeting inside the city hall")
    COUNCIL = "council", _("Council")
    WORKING = "working", _("Working group")
    OTHER = "other", _("Other")


class BodyRole(models.TextChoices):
    """What somebody is in a body."""

    CHAIR = "chair", _("Chair")
    VICE = "vice", _("Vice chair")
    MEMBER = "member", _("Seat member")
    OFFICE = "office", _("Office of the body")
    OBSERVER = "observer", _("Observer")


class Openness(models.TextChoices):
    """Who may be there when a body meets."""

    OPEN = "open", _("Open to everyone")
    PRESS = "press", _("Open to the press")
    CLOSED = "closed", _("Not open")


class Tie(models.TextChoices):
    """Lines of the organisation chart. From → to: the whole → its part; both alike; who reports → to whom; who asks → who does it."""

    CONSISTS = "consists", _("is made of")
    COOPERATES = "cooperates", _("work together")
    REPORTS = "reports", _("reports to")
    COMMISSIONS = "commissions", _("commissions")


class CharterState(models.TextChoices):
    """A version of the rules, from the first words to holding. Whether it holds today is told by its day."""

    DRAFT = "draft", _("being written")
    PROPOSED = "proposed", _("proposed: comments are welcome")
    DECIDED = "decided", _("decided")
    WITHDRAWN = "withdrawn", _("not taken up")


class ArticleChange(models.TextChoices):
    """What becomes of an article from one version of the rules to another."""

    SAME = "same", _("stays as it is")
    RENUMBERED = "renumbered", _("has another number")
    CHANGED = "changed", _("changes")
    ADDED = "added", _("is new")
    GONE = "gone", _("goes away")


class PledgeKind(models.TextChoices):
    """How a person stands with the charter in force."""

    STANDS = "stands", _("has accepted it")
    SOON = "soon", _("accepted; the year ends soon")
    GRACE = "grace", _("accepted an earlier version; open for some days more")
    MISSING = "missing", _("has not accepted it")
    NONE_IN_FORCE = "none", _("no rules in force")


class RequestState(models.TextChoices):
    """A role that an organisation asked for."""

    WAITING = "waiting", _("waits for the secretariat")
    GRANTED = "granted", _("given")
    REFUSED = "refused", _("not given")
    WITHDRAWN = "withdrawn", _("taken back")


class Confirmed(models.TextChoices):
    """What an organisation says of a person once a year."""

    WAITING = "waiting", _("not confirmed yet")
    HERE = "here", _("still here")
    LEFT = "left", _("left")


class ChannelKind(models.TextChoices):
    """Ways to reach a desk."""

    PHONE = "phone", _("Telephone")
    CHAT = "chat", _("Chat")
    LINE = "line", _("LINE")
    MAIL = "mail", _("E-mail")
    FORM = "form", _("Web form")
    VISIT = "visit", _("Coming by")
    HOME_VISIT = "home_visit", _("Visit to the home")
    ONLINE = "online", _("Online meeting")
    LETTER = "letter", _("Letter")
    FAX = "fax", _("Fax")


# Somebody is there while it is open: only these light a window. The others are read later.
LIVE_KINDS = frozenset({
    ChannelKind.PHONE, ChannelKind.CHAT, ChannelKind.LINE, ChannelKind.VISIT, ChannelKind.HOME_VISIT, ChannelKind.ONLINE,
})  # fmt: skip
DIALLED_KINDS = frozenset({ChannelKind.PHONE, ChannelKind.FAX})
LINKED_KINDS = frozenset({ChannelKind.CHAT, ChannelKind.LINE, ChannelKind.FORM, ChannelKind.ONLINE})
# What a tap opens, or what carries words away: once residents know it, a change takes two people (design §3.16).
TRUSTED_KINDS = DIALLED_KINDS | LINKED_KINDS | {ChannelKind.MAIL}


class ChangeState(models.TextChoices):
    """A change of a number, from the publishing to the second person."""

    WAITING = "waiting", _("waits for a second person")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("refused")
    REPLACED = "replaced", _("replaced by a newer change")


class HoldReason(models.TextChoices):
    """Why a number is hidden."""

    WRONG = "wrong", _("somebody else answers")
    DEAD = "dead", _("nobody can be reached")
    CHECK = "check", _("to be on the safe side, while it is checked")
    ASKED = "asked", _("the organisation asked for it")


class WrongThing(models.TextChoices):
    """What a resident found wrong about a desk."""

    NUMBER = "number", _("The number is wrong, or nobody can be reached")
    HOURS = "hours", _("The hours are different")
    TEXT = "text", _("What is written is different")
    GONE = "gone", _("The desk does not exist any more")
    OTHER = "other", _("Something else")


# What stands in an address (/help/?t=p): says nothing to somebody who looks over a shoulder.
KIND_CODES = {
    "p": ChannelKind.PHONE, "c": ChannelKind.CHAT, "l": ChannelKind.LINE, "m": ChannelKind.MAIL, "f": ChannelKind.FORM,
    "v": ChannelKind.VISIT, "h": ChannelKind.HOME_VISIT, "o": ChannelKind.ONLINE, "r": ChannelKind.LETTER,
    "x": ChannelKind.FAX,
}  # fmt: skip


class BarrierFact(models.TextChoices):
    """What makes a channel easier to bear. The value is the field of Channel."""

    NO_VOICE = "no_voice", _("No voice needed")
    ANONYMOUS = "anonymous", _("No name needed")
    FACE_NOT_SHOWN = "face_not_shown", _("Your face is not seen")
    MEETS_IN_PERSON = "meets_in_person", _("You can meet")
    COMES_HOME = "comes_home", _("Somebody comes to you")
    FAMILY_UNAWARE = "family_unaware", _("Your family will not know")
    FREE = "free", _("Free of charge")


FACT_CODES = {
    "v": BarrierFact.NO_VOICE, "n": BarrierFact.ANONYMOUS, "f": BarrierFact.FACE_NOT_SHOWN,
    "m": BarrierFact.MEETS_IN_PERSON, "h": BarrierFact.COMES_HOME, "k": BarrierFact.FAMILY_UNAWARE, "y": BarrierFact.FREE,
}  # fmt: skip
FACT_ICONS = {
    BarrierFact.NO_VOICE: "no-voice", BarrierFact.ANONYMOUS: "no-name", BarrierFact.FACE_NOT_SHOWN: "no-face",
    BarrierFact.MEETS_IN_PERSON: "people", BarrierFact.COMES_HOME: "house", BarrierFact.FAMILY_UNAWARE: "lock",
    BarrierFact.FREE: "free",
}  # fmt: skip


class Whose(models.TextChoices):
    """Whose worry a desk listens to. The value is the field of ConsultationDesk."""

    SELF = "for_self", _("My own")
    FAMILY = "for_family", _("My family's")
    SUPPORTER = "for_supporters", _("A friend's or neighbour's")


WHOSE_CODES = {"s": Whose.SELF, "f": Whose.FAMILY, "n": Whose.SUPPORTER}


class PlaceKind(models.TextChoices):
    """What one finds at a 居場所."""

    FREE_SPACE = "space", _("Free space")
    SALON = "salon", _("Salon, tea")
    MEAL = "meal", _("Meals together")
    LEARNING = "learning", _("Learning")
    WORK = "work", _("Field and handwork")
    SPORT = "sport", _("Moving the body")
    ONLINE = "online", _("Gathering online")
    FAMILY = "family", _("Families' circle")
    PEERS = "peers", _("People in the same situation")
    OTHER = "other", _("Another kind of place")


PLACE_KIND_CODES = {
    "s": PlaceKind.FREE_SPACE, "t": PlaceKind.SALON, "m": PlaceKind.MEAL, "l": PlaceKind.LEARNING, "w": PlaceKind.WORK,
    "b": PlaceKind.SPORT, "n": PlaceKind.ONLINE, "f": PlaceKind.FAMILY, "p": PlaceKind.PEERS, "x": PlaceKind.OTHER,
}  # fmt: skip


class PlaceFact(models.TextChoices):
    """What makes it easier to come. The value is the field of Place; not ticked means not known, never "no"."""

    SILENCE = "silence_ok", _("You need not talk")
    LEAVING = "leaving_ok", _("You may leave halfway")
    NAMELESS = "nameless", _("No name needed at the door")
    WATCHING = "watching_ok", _("Just having a look is fine")
    FACELESS = "faceless", _("Face and camera stay off")
    ALONE = "alone_seat", _("There are seats for one")
    CHILDREN = "with_children", _("With children")
    WHEELCHAIR = "wheelchair", _("By wheelchair")
    TOILET = "wide_toilet", _("Wide toilet")
    NURSING = "nursing", _("Nursing and nappies")
    QUIET = "quiet_corner", _("A quiet corner")


PLACE_FACT_CODES = {
    "v": PlaceFact.SILENCE, "h": PlaceFact.LEAVING, "n": PlaceFact.NAMELESS, "k": PlaceFact.WATCHING,
    "c": PlaceFact.FACELESS, "a": PlaceFact.ALONE, "f": PlaceFact.CHILDREN, "w": PlaceFact.WHEELCHAIR,
    "t": PlaceFact.TOILET, "j": PlaceFact.NURSING, "q": PlaceFact.QUIET,
}  # fmt: skip
PLACE_FACT_ICONS = {
    PlaceFact.SILENCE: "no-voice", PlaceFact.LEAVING: "door", PlaceFact.NAMELESS: "no-name", PlaceFact.WATCHING: "eye",
    PlaceFact.FACELESS: "no-face", PlaceFact.ALONE: "person", PlaceFact.CHILDREN: "child",
    PlaceFact.WHEELCHAIR: "wheelchair", PlaceFact.TOILET: "wheelchair", PlaceFact.NURSING: "child", PlaceFact.QUIET: "quiet",
}  # fmt: skip


class Cost(models.TextChoices):
    """What it costs to come. Blank: not known, which is not free."""

    FREE = "free", _("Costs nothing")
    PAID = "paid", _("Costs something")


class Booking(models.TextChoices):
    """Whether to say beforehand that one comes. Blank: not known."""

    NONE = "none", _("Just come")
    FIRST = "first", _("Only before the first time")
    ALWAYS = "always", _("Each time")


class Rhythm(models.TextChoices):
    """How often one helps."""

    ONCE = "once", _("Only once")
    SOMETIMES = "sometimes", _("Now and then")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")


class Pay(models.TextChoices):
    """What one gets for helping. Blank: not known."""

    NONE = "none", _("Without pay")
    EXPENSES = "expenses", _("Expenses are paid")
    PAID = "paid", _("With pay")


class Minors(models.TextChoices):
    """Whether somebody under 18 may help. Blank: not known."""

    YES = "yes", _("Under 18, too")
    CONSENT = "consent", _("Under 18 with the parents' consent")
    NO = "no", _("From 18 years")


class Insurance(models.TextChoices):
    """Whether one is insured while helping. Blank: not known."""

    COVERED = "covered", _("The host insures you")
    OWN = "own", _("You take out your own insurance")
    NONE = "none", _("No insurance")


class QuestionState(models.TextChoices):
    """How far a question about helping has come."""

    WAITING = "waiting", _("Waits for an answer")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Taken back by the person")


class AnswerBy(models.TextChoices):
    """How somebody wishes to be answered."""

    MAIL = "mail", _("By e-mail")
    PHONE = "phone", _("By telephone")


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


class FactorReason(models.TextChoices):
    """Why somebody's second factors are taken away."""

    LOST = "lost", _("The device was lost")
    BROKEN = "broken", _("The device is broken, or was replaced")
    FORGOTTEN = "forgotten", _("The lock of the device is forgotten")
    STOLEN = "stolen", _("Somebody else may have it")


class FactorProof(models.TextChoices):
    """How the secretariat made sure that it really is this person."""

    MET = "met", _("Met in person")
    CALLED = "called", _("Called back on a number known before")
    SUPERIOR = "superior", _("The person's organisation confirmed it by telephone")

"""Places to be: kinds, what makes coming easier, what it costs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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

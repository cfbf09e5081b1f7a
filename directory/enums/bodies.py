"""Bodies in which organisations meet, and lines of the chart."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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

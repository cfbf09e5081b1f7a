"""The rules: how a version stands, what became of an article, how a person's pledge stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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

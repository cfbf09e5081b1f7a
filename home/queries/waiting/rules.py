"""What waits for the secretariat around the rules: the first ones, decisions, comments without an answer."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cms import dates
from directory.permissions import may_keep_rules
from directory.queries.rules import to_decide, unanswered, without_pledged_rules
from home.queries.waiting.task import Task


def rule_tasks(user: Any) -> list[Task]:
    """All of it; for others nothing."""
    if not may_keep_rules(user):
        return []
    return [*first_rules(), *decisions(), *comments()]


def first_rules() -> list[Task]:
    """A fresh house: without rules the casebook stays closed."""
    if not without_pledged_rules():
        return []
    why = _("Without rules in force the casebook stays closed. There are words to begin with.")
    return [Task(_("The first rules"), why, _("Write them"), reverse("members:office_rule_document"), "document")]


def decisions() -> list[Task]:
    """Proposals whose comments are over."""
    return [
        Task(
            _("A proposal for the rules (%(organization)s)") % {"organization": proposal.organization or "—"},
            _("Comments are over. Once a meeting has decided, write it down here."),
            _("Look at it"),
            proposal.get_absolute_url(),
            "document",
            since=proposal.comments_until,
        )
        for proposal in to_decide(dates.today())
    ]


def comments() -> list[Task]:
    """Comments nobody has answered, in one line."""
    waiting = unanswered()
    if not waiting:
        return []
    first = waiting[0]
    return [
        Task(
            _("Comments on the rules"),
            _("Nobody has answered them yet."),
            _("Read and answer"),
            reverse("members:rule_version", args=[first.version_id]),
            "chat",
            since=dates.jst(first.made_at).date(),
            count=len(waiting),
        )
    ]

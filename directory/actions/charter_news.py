"""News about the charter: who hears of it, what a line says, what the outbox asks before a reminder goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import outbox
from cms.dates import japanese_date
from cms.models import Mail
from directory.actions.notifications import Kind, notify, register_kind
from directory.enums import PledgeKind
from directory.models import CharterComment, CharterVersion, Notification, RoleAssignment, User
from directory.queries.pledges import needs_pledge, pledge_state
from directory.roles import ROLES, Door

CHANGES = "rules"
PLEDGE = "pledge"
MAIL_KIND = "pledge"
WORKSPACE_ROLES = frozenset(name for name, role in ROLES.items() if Door.WORKSPACE in role.doors)
SENTENCES = {
    "proposed": gettext_lazy("A change of the rules is proposed. Comments are open until %(day)s."),
    "decided": gettext_lazy("Version %(number)s of the rules is decided, in force from %(day)s."),
    "answered": gettext_lazy("The secretariat has answered your comment on the rules."),
    "start": gettext_lazy("Rules, version %(number)s: please read and accept them by %(day)s."),
    "week": gettext_lazy("Rules, version %(number)s: please read and accept them by %(day)s."),
    "day": gettext_lazy("Rules, version %(number)s: tomorrow the casebook closes until you have accepted them."),
    "closed": gettext_lazy("Rules, version %(number)s: the casebook opens once you have accepted them."),
}


def tell(version: CharterVersion, what: str, *, by: User) -> None:
    """Everybody in the workspace hears of a proposal or a decision, except whoever made it."""
    holders = RoleAssignment.objects.active().filter(role__in=WORKSPACE_ROLES).values("user")
    day = version.comments_until if what == "proposed" else version.in_force_from
    notify(
        kind=CHANGES,
        people=User.objects.filter(pk__in=holders).exclude(pk=by.pk),
        target=version.pk,
        key=key_of(version, what),
        what=what,
        number=version.number,
        day=day.isoformat() if day else None,
    )


def key_of(version: CharterVersion, what: str) -> str:
    """The same news of the same version is told once."""
    return f"rules:{version.pk}:{what}"


def forget(version: CharterVersion, what: str) -> None:
    """It was a mistake: the news of it goes, and may come again."""
    Notification.objects.filter(kind=CHANGES, key=key_of(version, what)).delete()


def tell_author(comment: CharterComment) -> None:
    """Whoever wrote a comment hears that it was answered."""
    people = User.objects.filter(pk=comment.author_id or 0)
    key = f"rules:comment:{comment.pk}:{comment.answered_at:%Y%m%d%H%M%S}"
    notify(kind=CHANGES, people=people, target=comment.version_id, key=key, what="answered")


def sees_versions(user: Any, targets: Sequence[str]) -> set[str]:
    """Those versions this person may read. One query."""
    return {
        str(pk) for pk in CharterVersion.objects.visible_to(user).filter(pk__in=targets).values_list("pk", flat=True)
    }


def sees_pledge(user: Any, targets: Sequence[str]) -> set[str]:
    """A reminder is shown while it is true: the version in force, and the person has something to accept."""
    state = pledge_state(user)
    asked = needs_pledge(user) and state.asks and state.version is not None
    return {str(state.version.pk)} & set(targets) if asked and state.version else set()


def sentence(row: Notification) -> str:
    """One line, of codes alone."""
    day = row.codes.get("day")
    words = str(SENTENCES.get(str(row.codes.get("what"))) or _("There is news about the rules."))
    said = {"number": row.codes.get("number"), "day": japanese_date(dt.date.fromisoformat(day)) if day else ""}
    return words % said if "%(" in words else words


def path_of_version(row: Notification) -> str:
    """The version."""
    return reverse("members:rule_version", args=[row.target])


def path_of_pledge(row: Notification) -> str:
    """The page of the pledge."""
    return reverse("members:pledge")


def reminder_stands(mail: Mail) -> bool:
    """A reminder goes only to who is still asked, and has not accepted meanwhile (loomio #6113)."""
    facts: Any = mail.context
    user = User.objects.filter(pk=facts["user"], is_active=True).first()
    if user is None or not needs_pledge(user):
        return False
    state = pledge_state(user)
    same = state.version is not None and state.version.pk == facts["version"]
    return same and state.asks and (facts["stage"] != "closed" or state.kind == PledgeKind.MISSING)


def register() -> None:
    """In ready()."""
    register_kind(Kind(CHANGES, gettext_lazy("Changes of the rules"), sees_versions, sentence, path_of_version))
    label = gettext_lazy("Rules: please read and accept them")
    outbox.register_kind(MAIL_KIND, reminder_stands, label=label)
    register_kind(Kind(PLEDGE, gettext_lazy("The rules wait for your pledge"), sees_pledge, sentence, path_of_pledge))

"""The members' navigation: what the person's roles open, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.permissions import can, may_enter
from directory.queries.consultations.inbox import waiting_count
from directory.queries.notifications import unread_count
from directory.queries.pledges import pledge_task
from directory.roles import Door, Permission


@dataclass(frozen=True)
class Entry:
    """One line of the navigation: shown to whom the door opens and (if named) the permission is given.

    `count(user)`: how much waits there, asked on every members' page, so in a constant number of cheap queries.
    """

    url_name: str
    label: str | Promise
    icon: str
    door: Door
    permission: Permission | None = None
    count: Callable[[Any], int] | None = None

    @property
    def group(self) -> str:
        """Where it stands: "" what everybody does here, "own" the own organisation's things, "office"."""
        if self.door in {Door.OFFICE, Door.AUDIT}:
            return "office"
        return "own" if self.permission else ""


ENTRIES = (
    Entry("members:home", _("Home"), "home", Door.WORKSPACE),
    Entry("members:notifications", _("News for me"), "bell", Door.WORKSPACE, count=unread_count),
    Entry(
        "members:consultations",
        pgettext_lazy("inbox", "Consultations"),
        "chat",
        Door.CONSULTATIONS,
        count=waiting_count,
    ),
    Entry("members:case_list", _("Cases"), "hands", Door.CASEBOOK),
    Entry("members:learning", _("Learned from cases"), "book", Door.WORKSPACE),
    Entry("members:trends", _("Trends of consultations"), "calendar", Door.WORKSPACE),
    Entry("members:meetings", _("Meetings"), "people", Door.WORKSPACE),
    Entry("members:studies", _("Study sessions"), "book", Door.WORKSPACE),
    Entry("members:materials", _("Materials"), "document", Door.WORKSPACE),
    Entry("members:rules", _("Rules of the partnership"), "document", Door.WORKSPACE),
    Entry("members:circulars", _("Circulars"), "mail", Door.WORKSPACE),
    Entry("members:decisions", _("Decisions"), "check", Door.WORKSPACE),
    Entry("members:organizations", _("Organisations"), "house", Door.WORKSPACE),
    Entry("members:desks", _("Our desks"), "phone", Door.WORKSPACE, Permission.DESKS_KEEP_OWN),
    Entry(
        "members:consultation_reception",
        _("How our desk receives"),
        "people",
        Door.CONSULTATIONS,
        Permission.CONSULTATIONS_SUPERVISE,
    ),
    Entry("members:tally", _("Monthly figures"), "list", Door.WORKSPACE, Permission.TALLY_OWN),
    Entry("members:event_proposals", _("Events we propose"), "pen", Door.WORKSPACE, Permission.EVENTS_PROPOSE),
    Entry("members:people", _("Our people"), "people", Door.WORKSPACE, Permission.PEOPLE_INVITE_OWN),
    Entry("members:opportunities", _("Helping hands"), "hands", Door.WORKSPACE, Permission.QUESTIONS_OWN),
    Entry("members:opportunities", _("Helping hands"), "hands", Door.WORKSPACE, Permission.QUESTIONS_READ),
    Entry("members:events", _("Our events"), "check", Door.WORKSPACE, Permission.REGISTRATIONS_OWN),
    Entry("members:office_circulars", _("Circulars and inquiries"), "mail", Door.OFFICE, Permission.CIRCULARS_KEEP),
    Entry("members:office_events", _("Registrations"), "calendar", Door.OFFICE, Permission.REGISTRATIONS_READ),
    Entry("members:office_people", _("People and roles"), "people", Door.OFFICE, Permission.PEOPLE_READ),
    Entry("members:office_register", _("Register"), "list", Door.OFFICE, Permission.PEOPLE_READ),
    Entry("members:office_departments", _("Departments"), "list", Door.OFFICE, Permission.MEMBERSHIPS_KEEP),
    Entry("members:office_rules", _("Pledges"), "document", Door.OFFICE, Permission.RULES_KEEP),
    Entry("members:office_desks", _("Desks and their numbers"), "phone", Door.OFFICE, Permission.DESKS_KEEP),
    Entry(
        "members:office_receptions", _("Who receives consultations"), "mail", Door.OFFICE, Permission.COUNSELLORS_SEAT
    ),
    Entry("members:office_tally", _("Monthly figures of all"), "list", Door.OFFICE, Permission.TALLY_KEEP),
    Entry("members:office_incidents", _("Stopped cases"), "stop", Door.OFFICE, Permission.INCIDENTS_KEEP),
    Entry("members:office_risk", _("Tables of rarity"), "list", Door.OFFICE, Permission.RISK_TABLES_KEEP),
    Entry("members:office_gazetteer", _("Names of places"), "pin", Door.OFFICE, Permission.GAZETTEER_KEEP),
    Entry("members:office_mail", _("Mail"), "mail", Door.OFFICE, Permission.MAIL_READ),
    Entry("members:break_glass", _("Reading in an emergency"), "lock", Door.OFFICE, Permission.CASES_BREAK_GLASS),
    Entry("members:audit", pgettext_lazy("page", "Audit"), "list", Door.AUDIT, Permission.AUDIT_READ),
)

_counts: dict[str, Callable[[Any], int]] = {}  # url name → how much waits there, from rooms above this one


def register_count(url_name: str, count: Callable[[Any], int]) -> None:
    """In ready() of a room: how much waits on its screen, asked on every members' page (see Entry)."""
    _counts[url_name] = count


GROUPS: dict[str, str | Promise] = {"own": _("Our organisation"), "office": _("The office")}


def entries_for(user: Any) -> list[Entry]:
    """The lines this person sees."""
    shown = [e for e in ENTRIES if may_enter(user, e.door) and (e.permission is None or can(user, e.permission))]
    return list({entry.url_name: entry for entry in shown}.values())  # two permissions may lead to one screen


def members_nav(request: HttpRequest) -> dict[str, Any]:
    """`members_nav`, `members_more` and `pledge_asked` for templates behind the gate; other pages ask nothing.

    What everybody does here stands first; the own organisation's things and the office below it (on a phone after the
    page, where a tile leads).
    """
    match = request.resolver_match
    if match is None or match.namespaces[:1] != ["members"] or not request.user.is_authenticated:
        return {}
    asked = cache(lambda: navigation(request))  # a refusal's page shows none of it and asks nothing
    return {
        "members_nav": lambda: asked()[0],
        "members_more": lambda: asked()[1],
        "pledge_asked": cache(lambda: pledge_task(request.user)),
    }


def navigation(request: HttpRequest) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The first lines, and the groups below them."""
    lines = [line_of(entry, request) for entry in entries_for(request.user)]
    nearest = max((line["url"] for line in lines if line["current"]), key=len, default="")
    for line in lines:
        line["current"] = line["url"] == nearest  # /members/events/ is not current on /members/events/study/
    more = [{"label": label, "lines": [x for x in lines if x["group"] == name]} for name, label in GROUPS.items()]
    return [line for line in lines if not line["group"]], [group for group in more if group["lines"]]


def line_of(entry: Entry, request: HttpRequest) -> dict[str, Any]:
    """One line as the template draws it."""
    url, count = reverse(entry.url_name), entry.count or _counts.get(entry.url_name)
    return {
        "url": url,
        "label": entry.label,
        "icon": entry.icon,
        "url_name": entry.url_name,
        "group": entry.group,
        "count": count(request.user) if count else 0,
        "current": request.path == url or (url != reverse("members:home") and request.path.startswith(url)),
    }

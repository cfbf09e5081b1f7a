"""News about stopped cases, papers and days of a case: who may still get it, how it is said."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casebook.actions import copies, incident_news, keeping
from casebook.actions.incidents import empty_notes
from casebook.actions.purging import register_purger
from casebook.models import Act, Case, EmergencyReading, Incident, PrintedCopy
from casebook.permissions import can_write
from casebook.queries.incidents import waiting_incidents
from casebook.receivers.news import cases_seen
from cms import outbox
from cms.models import Mail
from directory.actions.notifications import Kind, register_kind
from directory.context import register_count
from directory.models import Notification, User
from directory.roles import Permission

OFFICE_SENTENCES = {
    "stopped": _("A case was stopped. Please look at it."),
    Act.QUICK: _("Incident %(number)s: the quick report is due."),
    Act.FULL: _("Incident %(number)s: the full report is due."),
}
AUTHOR_SENTENCES = {
    "stopped": _("Case %(number)s is stopped for now. The secretariat looks at it and gets in touch with you."),
    "shown": _("Case %(number)s can be read again. The secretariat found that nobody can be recognised."),
    "deleted": _("Case %(number)s was deleted by the secretariat. It will tell you why."),
}


def mail_stands(mail: Mail) -> bool:
    """To whoever still keeps incidents; about a stop only until it is decided, about a day until all is closed."""
    facts: Any = mail.context
    user = User.objects.filter(pk=facts["user"], is_active=True).first()
    rows = Incident.objects.visible_to(user).running() if user else Incident.objects.none()
    if facts["stopped"]:
        rows = rows.undecided()
    return rows.filter(pk=facts["incident"]).exists()


def _ids(targets: Sequence[str]) -> list[UUID]:
    return [UUID(target) for target in targets]


def incidents_seen(user: Any, targets: Sequence[str]) -> dict[str, Any]:
    """Running ones, for the secretariat: the number of the incident, never of the case."""
    rows = Incident.objects.visible_to(user).running().filter(pk__in=_ids(targets)).order_by()
    return {str(row["pk"]): row for row in rows.values("pk", "number")}


def own_cases(user: Any, targets: Sequence[str]) -> dict[str, Any]:
    """Own cases by number, also while nobody sees them and when they are gone."""
    if not can_write(user):
        return {}
    rows = Case.objects.filter(author=user, organization=user.organization_id, pk__in=_ids(targets)).order_by()
    return {str(row["pk"]): row for row in rows.values("pk", "number", "state")}


def own_stops(user: Any, targets: Sequence[str]) -> set[str]:
    """Incidents in which this person pressed."""
    pressed = Incident.objects.filter(pk__in=_ids(targets), steps__act=Act.PRESSED, steps__by=user.pk).order_by()
    return {str(pk) for pk in pressed.values_list("pk", flat=True)}


def own_papers(user: Any, targets: Sequence[str]) -> dict[str, Any]:
    """Own copies that nobody has ticked off."""
    rows = PrintedCopy.objects.outstanding().filter(printed_by=user, pk__in=_ids(targets)).order_by()
    return {str(row["pk"]): row for row in rows.values("pk", "number")}


def _numbered(words: Any) -> Any:
    return lambda row: str(words) % {"number": row.thing["number"]}


def office_sentence(row: Notification) -> str:
    """Which day of the clock it is about, by the number of the incident."""
    return _numbered(OFFICE_SENTENCES[row.codes["what"].partition("-")[0]])(row)


KINDS = (
    Kind(
        name=incident_news.OFFICE_NEWS,
        label=_("Stopped cases"),
        sees=incidents_seen,
        sentence=office_sentence,
        path=lambda row: reverse("members:office_incident", args=[row.target]),
        sensitive=True,
        permission=Permission.INCIDENTS_KEEP,
    ),
    Kind(
        name=incident_news.AUTHOR_NEWS,
        label=_("Own cases that were stopped"),
        sees=own_cases,
        sentence=lambda row: _numbered(AUTHOR_SENTENCES[row.codes["what"]])(row),
        path=lambda row: reverse("members:case_list"),
        sensitive=True,
        permission=Permission.CASES_WRITE,
    ),
    Kind(
        name=incident_news.PRESSED_NEWS,
        label=_("Cases I stopped"),
        sees=own_stops,
        sentence=lambda row: str(_("The secretariat has looked at the case you stopped. Thank you for noticing.")),
        path=lambda row: reverse("members:case_list"),
        sensitive=True,
        permission=Permission.CASES_READ,
    ),
    Kind(
        name=copies.RECALL_NEWS,
        label=_("Papers that are called back"),
        sees=own_papers,
        sentence=_numbered(_("Please bring the paper %(number)s to the secretariat, or shred it.")),
        path=lambda row: reverse("members:case_copies"),
        sensitive=True,
        permission=Permission.CASES_READ,
    ),
    Kind(
        name=keeping.ASKED_NEWS,
        label=_("Own cases that have been open for half a year"),
        sees=cases_seen,
        sentence=_numbered(_("Does case %(number)s still hold?")),
        path=lambda row: reverse("members:case_detail", args=[row.target]),
        sensitive=True,
        thing="case",
        permission=Permission.CASES_WRITE,
    ),
    Kind(
        name=keeping.FADING_NEWS,
        label=_("Own drafts that will be deleted"),
        sees=cases_seen,
        sentence=_numbered(_("The draft %(number)s has not been touched for two months. In a month it is deleted.")),
        path=lambda row: reverse("members:case_detail", args=[row.target]),
        sensitive=True,
        thing="case",
        permission=Permission.CASES_WRITE,
    ),
)


def forget_papers(case: Case) -> None:
    """Words of a case that is gone may still lie on paper."""
    copies.recall(case)


def forget_emergencies(case: Case) -> None:
    """Why somebody broke the glass for it: the code and the moment stay, the sentence does not."""
    EmergencyReading.objects.filter(number=case.number).update(words="", dismissals=[])


def register() -> None:
    """Kinds of mail and of news; what is emptied with a case; the number in the navigation."""
    outbox.register_kind(incident_news.INCIDENT_MAIL, mail_stands, label=_("A case was stopped"))
    for kind in KINDS:
        register_kind(kind)
    register_purger("incidents", empty_notes)
    register_purger("copies", forget_papers)
    register_purger("emergencies", forget_emergencies)
    register_count("members:office_incidents", waiting_incidents)

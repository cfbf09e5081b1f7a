"""News about stopped cases: to the secretariat that there is one, to the author by number, never a word of the case."""

from django.urls import reverse

from casebook.models import Case, Incident
from casebook.queries.people import keepers
from cms import outbox
from directory.actions.notifications import notify
from directory.models import User

OFFICE_NEWS, AUTHOR_NEWS, PRESSED_NEWS = "incident", "own_case_stopped", "stop_answered"
INCIDENT_MAIL = "incident"


def tell_office(incident: Incident, what: str, *, without: User | None = None) -> int:
    """News and a mail at once for the whole secretariat; how many were told. The mail names neither case nor number.

    `what`: stopped, or a day of the clock like "quick-2" (two days left). The same is never told twice.
    """
    people = list(keepers().exclude(pk=without.pk) if without else keepers())
    key = f"incident:{incident.pk}:{what}"
    told = notify(kind=OFFICE_NEWS, people=people, target=incident.pk, key=key, what=what)
    for user in people:
        outbox.post(
            kind=INCIDENT_MAIL,
            to=user.email,
            template="casebook/mail/incident",
            context={
                "path": reverse("members:office_incidents"),
                "incident": str(incident.pk),
                "stopped": what == "stopped",
                "user": user.pk,
            },
            key=f"{key}:{user.pk}",
        )
    return told


def tell_author(case: Case, incident: Incident, what: str) -> None:
    """The author: stopped, shown again, or deleted; the number alone."""
    notify(
        kind=AUTHOR_NEWS,
        people=[case.author],
        target=case.pk,
        key=f"incident:{incident.pk}:author:{what}",
        what=what,
    )


def thank(incident: Incident) -> None:
    """Who pressed hears that somebody has looked; what was decided stays with the secretariat."""
    pressed = User.objects.filter(pk__in=incident.steps.filter(act="pressed").values("by"))
    notify(kind=PRESSED_NEWS, people=pressed, target=incident.pk, key=f"incident:{incident.pk}:thanks")

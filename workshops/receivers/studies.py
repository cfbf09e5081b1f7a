"""Study sessions: what their news says, who may still read it, what the outbox asks before it sends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import outbox
from cms.dates import jst
from cms.models import Mail
from cms.signals import purging
from directory.actions import notifications
from directory.models import Notification, User
from workshops.actions import studies
from workshops.models import StudyReply, StudySession


def sees(user: Any, targets: Sequence[str]) -> dict[str, str]:
    """Those of the sessions that mean this person now, with their titles."""
    rows = StudySession.objects.visible_to(user).filter(pk__in=targets)
    return {str(pk): title for pk, title in rows.values_list("pk", "event__title")}


def title(row: Notification) -> str:
    """What stands above the line, inside the workspace alone."""
    return str(row.thing)


def path(row: Notification) -> str:
    """Where the news leads."""
    return reverse("members:study", args=[row.target])


def called(row: Notification) -> str:
    """A line of the list of news."""
    return _("A study session is planned. Do you come?")


def changed(row: Notification) -> str:
    """A line of the list of news."""
    return _("The time or place of a study session changed.")


def called_off(row: Notification) -> str:
    """A line of the list of news."""
    return _("A study session does not take place.")


def noted(row: Notification) -> str:
    """A line of the list of news."""
    return _("The notes of a study session can be read.")


def tomorrow(row: Notification) -> str:
    """A line of the list of news."""
    return _("Tomorrow is a study session you said to come to.")


SENTENCES = {
    studies.CALLED: called,
    studies.CHANGED: changed,
    studies.CALLED_OFF: called_off,
    studies.NOTED: noted,
    studies.TOMORROW: tomorrow,
}
LABELS = {
    studies.CALLED: gettext_lazy("Study sessions: planned"),
    studies.CHANGED: gettext_lazy("Study sessions: another time or place"),
    studies.CALLED_OFF: gettext_lazy("Study sessions: called off"),
    studies.NOTED: gettext_lazy("Study sessions: notes"),
    studies.TOMORROW: gettext_lazy("Study sessions: the day before"),
}


def still_comes(mail: Mail) -> bool:
    """The person may see the session and has not said to stay away."""
    facts: Any = mail.context
    user = User.objects.filter(pk=facts["user"], is_active=True).first()
    session = StudySession.objects.filter(pk=facts["session"]).first()
    if user is None or session is None:
        return False
    goes = StudyReply.objects.going().filter(session=session, user=user)
    return goes.exists() and StudySession.objects.visible_to(user).filter(pk=session.pk).exists()


@receiver(purging, dispatch_uid="workshops.remind_of_studies")
def remind(sender: object, now: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Every night: whoever has not answered is asked once more, whoever comes tomorrow is told."""
    return {"studies_reminded": studies.remind(on=jst(now).date())}


def register() -> None:
    """Called once when the house starts."""
    for name, sentence in SENTENCES.items():
        kind = notifications.Kind(
            name=name, label=LABELS[name], sees=sees, sentence=sentence, path=path, thing="study", title=title
        )
        notifications.register_kind(kind)
    outbox.register_kind(studies.MAIL_KIND, still_comes, label=gettext_lazy("A study session has changed"))

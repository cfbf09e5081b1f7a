"""Minutes and decisions: what their news says, who may still read it, what is done when its time has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import outbox
from cms.dates import japanese_date, jst
from cms.models import Mail
from cms.signals import ticking
from directory.actions import notifications
from directory.models import Notification, User
from workshops.actions import confirming_minutes, decision_news, minutes_news
from workshops.models import Decision, Minutes

#: Before this hour (JST) nobody is reminded of anything.
FROM_HOUR = 8


def sees_minutes(user: Any, targets: Sequence[str]) -> Mapping[str, Any]:
    """Those of the meetings whose minutes this person may read now, with their titles."""
    rows = Minutes.objects.visible_to(user).filter(meeting__in=targets).order_by()
    return {str(pk): title for pk, title in rows.values_list("meeting", "meeting__title")}


def sees_decisions(user: Any, targets: Sequence[str]) -> Mapping[str, Any]:
    """Those of the decisions that this person may see now."""
    return {str(row.pk): row for row in Decision.objects.visible_to(user).filter(pk__in=targets)}


def opened(row: Notification) -> str:
    """A line of the list of news."""
    until = row.codes.get("until")
    if not until:
        return _("Minutes of a meeting you were at are open for changes.")
    day = japanese_date(dt.date.fromisoformat(str(until)))
    return _("Minutes of a meeting you were at are open for changes until %(day)s.") % {"day": day}


def proposed(row: Notification) -> str:
    """A line of the list of news."""
    return _("Somebody would like a change in minutes. It waits for an answer.")


def answered(row: Notification) -> str:
    """A line of the list of news."""
    return _("Your change in minutes has been answered.")


def confirmed(row: Notification) -> str:
    """A line of the list of news."""
    return _("Minutes of a meeting you were at are confirmed.")


MINUTES: dict[str, Callable[[Notification], str]] = {
    minutes_news.OPENED: opened,
    minutes_news.PROPOSED: proposed,
    minutes_news.ANSWERED: answered,
    minutes_news.CONFIRMED: confirmed,
}


def minutes_sentence(row: Notification) -> str:
    """What happened, without a word of what the minutes say."""
    return MINUTES[str(row.codes["what"])](row)


def decision_sentence(row: Notification) -> str:
    """The number and how it stands; never its words."""
    sentences = {
        decision_news.GIVEN: _("You see to decision %(number)s."),
        decision_news.SOON: _("Decision %(number)s is due within seven days."),
        decision_news.TODAY: _("Decision %(number)s is due."),
        decision_news.LATE: _("Decision %(number)s is overdue. Please say how far it is."),
        decision_news.REPORTED: _("Somebody reported on decision %(number)s."),
    }
    return sentences[str(row.codes["what"])] % {"number": row.codes.get("number") or ""}


def minutes_path(row: Notification) -> str:
    """Where the news leads."""
    return reverse("members:minutes", args=[row.target])


def decision_path(row: Notification) -> str:
    """Where the news leads."""
    return reverse("members:decision", args=[row.target])


def still_due(mail: Mail) -> bool:
    """It waits, for this very person, and they may see it."""
    facts: Any = mail.context
    user = User.objects.filter(pk=facts["user"], is_active=True).first()
    decision = Decision.objects.select_related("person").filter(pk=facts["decision"]).first()
    if user is None or decision is None or not decision.is_waiting:
        return False
    asked = user.pk in {person.pk for person in decision_news.who_sees_to_it(decision)}
    return asked and Decision.objects.visible_to(user).filter(pk=decision.pk).exists()


@receiver(ticking, dispatch_uid="workshops.minutes.tick")
def tick(sender: object, at: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Every few seconds: minutes whose day is over are confirmed, after a week locked; decisions that are due."""
    moment = jst(at)
    reminded = decision_news.remind_due(on=moment.date()) if moment.hour >= FROM_HOUR else 0
    return {
        "minutes_confirmed": confirming_minutes.confirm_due(on=moment.date()),
        "minutes_locked": confirming_minutes.lock_due(at=at),
        "decisions_reminded": reminded,
    }


def register() -> None:
    """Called once when the house starts."""
    notifications.register_kind(
        notifications.Kind(
            name=minutes_news.KIND,
            label=gettext_lazy("Minutes"),
            sees=sees_minutes,
            sentence=minutes_sentence,
            path=minutes_path,
            thing="meeting",
            title=lambda row: str(row.thing),
        )
    )
    notifications.register_kind(
        notifications.Kind(
            name=decision_news.KIND,
            label=gettext_lazy("Decisions"),
            sees=sees_decisions,
            sentence=decision_sentence,
            path=decision_path,
        )
    )
    outbox.register_kind(decision_news.MAIL_KIND, still_due, label=gettext_lazy("A decision is due"))

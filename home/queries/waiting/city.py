"""What waits around residents: questions about helping, numbers for a second pair of eyes, results of events, mail."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms import dates
from cms.models import Mail
from directory.models import OpportunityQuestion
from directory.permissions import can, may_keep_numbers
from directory.queries.keeping import waiting_changes
from directory.roles import Permission
from home.queries.waiting.task import Task
from workshops.models import Event
from workshops.permissions import may_receive
from workshops.queries.results import without_result


def city_tasks(user: Any) -> list[Task]:
    """All of it."""
    return [*questions(user), *numbers(user), *results(user), *mail(user)]


def questions(user: Any) -> list[Task]:
    """Questions of people who may want to help: the own organisation's, for the secretariat all."""
    rows = OpportunityQuestion.objects.visible_to(user).waiting().order_by()
    found = rows.aggregate(n=Count("pk"), first=Min("created_at"))
    if not found["n"]:
        return []
    return [
        Task(
            _("Questions about helping"),
            _("Somebody asked without any promise and waits for an answer."),
            _("Read and answer"),
            reverse("members:opportunities"),
            "hands",
            since=dates.jst(found["first"]).date(),
            count=found["n"],
        )
    ]


def numbers(user: Any) -> list[Task]:
    """Telephone numbers that wait for a second person: not those one proposed oneself."""
    if not may_keep_numbers(user):
        return []
    count = waiting_changes().exclude(proposed_by=user).count()
    if not count:
        return []
    return [
        Task(
            _("Numbers that wait for a second pair of eyes"),
            _("Residents see them only when somebody else has confirmed them."),
            _("Compare and confirm"),
            reverse("members:office_desks"),
            "phone",
            count=count,
        )
    ]


def results(user: Any) -> list[Task]:
    """Events that are over and of which nobody has written what came of them: the host's own, for the office all."""
    count = without_result(Event.objects.received_by(user)).count() if may_receive(user) else 0
    if not count:
        return []
    return [
        Task(
            pgettext("event", "What came of it?"),
            _("These events are over. A number and one sentence are enough."),
            _("Write it down"),
            reverse("members:events"),
            "calendar",
            count=count,
        )
    ]


def mail(user: Any) -> list[Task]:
    """Mail that could not go out and can still be tried again."""
    if not can(user, Permission.MAIL_READ):
        return []
    found = Mail.objects.failed().filter(emptied_at=None).aggregate(n=Count("pk"), first=Min("created_at"))
    if not found["n"]:
        return []
    return [
        Task(
            _("Mail that did not go out"),
            _("Somebody may be waiting for it."),
            _("Look at it"),
            reverse("members:office_mail"),
            "mail",
            since=dates.jst(found["first"]).date(),
            count=found["n"],
        )
    ]

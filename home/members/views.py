"""The members' home: what waits for me, what is new, what comes next."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from casebook.enums import CaseState, OfferState
from casebook.models import Case, Offer
from casebook.queries import listed, waiting_count
from cms.models import Mail
from directory.models import Invitation, OpportunityQuestion
from directory.permissions import can
from directory.roles import ROLES, Permission
from workshops.models import Event
from workshops.permissions import may_receive
from workshops.queries.results import without_result

NEW_CASES = 5


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what, why, the verb that leads to it, and how many there are."""

    title: str | Promise
    why: str | Promise
    verb: str | Promise
    url: str
    icon: str
    count: int


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Tasks first, then cases, then the next events (a template tag asks for those)."""
    user: Any = request.user
    shared = listed(user).filter(state=CaseState.RELEASED)
    context: dict[str, Any] = {
        "waiting": [
            task
            for task in (*case_tasks(user), *event_tasks(user), *helping_tasks(user), *office_tasks(user))
            if task.count
        ],
        "roles": [ROLES[name] for name in sorted(user.active_roles()) if name in ROLES],
        "may_read": can(user, Permission.CASES_READ),
        "may_write": can(user, Permission.CASES_WRITE),
        "cases": shared.exclude(organization=user.organization_id)[:NEW_CASES],
        "own_cases": listed(user).filter(organization=user.organization_id).exclude(state=CaseState.CLOSED)[:NEW_CASES],
    }
    return render(request, "home/members/home.html", context)


def case_tasks(user: Any) -> list[Waiting]:
    """What waits in the casebook."""
    own = Case.objects.visible_to(user).filter(author=user, state=CaseState.RELEASED)
    answers = Offer.objects.filter(case__in=own, state=OfferState.OFFERED).count()
    to_release = Case.objects.waiting_for_review(user).count()
    return [
        Waiting(
            _("Answers to your cases"),
            _("Other organisations have offered something."),
            _("Read the answers"),
            reverse("members:case_list"),
            "hands",
            answers,
        ),
        Waiting(
            _("Cases before release"),
            _("A second person reads them before anybody else may."),
            _("Read and decide"),
            reverse("members:case_review_list"),
            "eye",
            to_release,
        ),
        Waiting(
            _("Cases that ask for an answer"),
            _("Your organisation has not answered them yet. 'Not just now' is an answer too."),
            _("Read them"),
            reverse("members:case_list"),
            "hands",
            waiting_count(user),
        ),
    ]


def helping_tasks(user: Any) -> list[Waiting]:
    """Questions of people who may want to help: the own organisation's, for the secretariat all."""
    return [
        Waiting(
            _("Questions about helping"),
            _("Somebody asked without any promise and waits for an answer."),
            _("Read and answer"),
            reverse("members:opportunities"),
            "hands",
            OpportunityQuestion.objects.visible_to(user).waiting().count(),
        )
    ]


def event_tasks(user: Any) -> list[Waiting]:
    """Events that are over and of which nobody has written what came of them: the host's own, for the office all."""
    if not may_receive(user):
        return []
    return [
        Waiting(
            pgettext_lazy("event", "What came of it?"),
            _("These events are over. A number and one sentence are enough."),
            _("Write it down"),
            reverse("members:events"),
            "calendar",
            without_result(Event.objects.received_by(user)).count(),
        )
    ]


def office_tasks(user: Any) -> list[Waiting]:
    """What waits in the secretariat's office."""
    failed = Mail.objects.failed().count() if can(user, Permission.MAIL_READ) else 0
    invited = (
        Invitation.objects.visible_to(user).filter(accepted_at=None, withdrawn_at=None).count()
        if can(user, Permission.PEOPLE_INVITE)
        else 0
    )
    return [
        Waiting(
            _("Mail that did not go out"),
            _("Somebody may be waiting for it."),
            _("Look at it"),
            reverse("members:office_mail"),
            "mail",
            failed,
        ),
        Waiting(
            _("Open invitations"),
            _("These people have not come in yet."),
            _("See who"),
            reverse("members:office_people"),
            "people",
            invited,
        ),
    ]

"""What waits in the exchange about cases: questions, hand-overs, promises whose day is over. No word of a case."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casebook.enums import CaseState, OfferState, Stance
from casebook.models import Case, Offer, Question
from casebook.queries.exchange import HANDED_ON
from cms import dates
from directory.enums import HandoverState
from directory.models import Handover
from directory.models.handovers import HandoverQuerySet
from directory.permissions import can
from directory.queries.handovers import overdue_at_the_office, taken_on, to_answer
from directory.roles import Permission
from home.queries.waiting.task import ASKED, Task, named

Row = dict[str, Any]


def exchange_tasks(user: Any) -> list[Task]:
    """All of it."""
    if not can(user, Permission.CASES_READ):
        return []
    return [*questions(user), *handovers(user), *taken(user), *promised(user), *unanswered(user)]


def case_url(pk: Any, part: str) -> str:
    """The place on the page of the case."""
    return f"{reverse('members:case_detail', args=[pk])}#{part}"


def more(title: str, icon: str) -> Any:
    """One line for those that are not named."""
    return lambda n: Task(title, _("They wait in the casebook."), _("See them all"), reverse("members:case_list"), icon, count=n)  # fmt: skip


def questions(user: Any) -> list[Task]:
    """Questions about the own cases, and about the own offers: one line each case, since the first of them."""
    mine = Q()
    if can(user, Permission.CASES_WRITE):
        mine |= Q(offer=None, case__author=user, case__organization=user.organization_id)
    if can(user, Permission.CASES_OFFER):
        mine |= Q(offer__offered_by=user, offer__organization=user.organization_id)
    if not mine:
        return []
    rows = Question.objects.visible_to(user).open().filter(mine, case__state=CaseState.RELEASED)
    first: dict[Any, Row] = {}
    asked: Any = rows.order_by("asked_at", "pk").values("case", "case__number", "asked_at", "offer")[:ASKED]
    for row in asked:
        first.setdefault((row["case"], row["offer"] is None), row)
    return named(list(first.values()), question_task, more(_("More questions to you"), "chat"))


def question_task(row: Row) -> Task:
    """One case with a question."""
    own = row["offer"] is None
    title = _("Question about case %(number)s") if own else _("Question about your offer to case %(number)s")
    return Task(
        title % {"number": row["case__number"]},
        _("Another organisation would like to know something before it answers.")
        if own
        else _("They would like to know a little more before they decide."),
        _("Read and answer"),
        case_url(row["case"], "questions" if own else "offers"),
        "chat",
        since=dates.jst(row["asked_at"]).date(),
    )


def numbered(rows: HandoverQuerySet) -> list[tuple[Handover, str]]:
    """Hand-overs of cases with the numbers of the cases: two questions."""
    found = list(rows.filter(kind=HANDED_ON).defer("note", "dismissals")[:ASKED])
    numbers = dict(
        Case.objects.filter(pk__in={row.subject for row in found}).order_by().values_list("pk", "number")
        if found
        else ()
    )
    return [(row, numbers[row.subject]) for row in found if row.subject in numbers]


def handovers(user: Any) -> list[Task]:
    """The own organisation is asked to take a case on."""
    if not can(user, Permission.CASES_OFFER):
        return []
    return named(
        numbered(to_answer(user)),
        lambda pair: Task(
            _("Case %(number)s: can you take it on?") % {"number": pair[1]},
            _("The organisation that asks waits for a yes or a no."),
            pgettext("waiting", "Answer"),
            case_url(pair[0].subject, "handover"),
            "door",
            due=pair[0].answer_by,
        ),
        more(_("More cases to take on"), "door"),
    )


def taken(user: Any) -> list[Task]:
    """What was taken on, until somebody says that they have met."""
    if not can(user, Permission.CASES_OFFER):
        return []
    return named(
        numbered(taken_on(user)),
        lambda pair: Task(
            _("You have taken case %(number)s on") % {"number": pair[1]},
            _("Once you have met the person, say so."),
            _("Look at the case"),
            case_url(pair[0].subject, "handover"),
            "door",
            since=dates.jst(pair[0].answered_at).date() if pair[0].answered_at else None,
        ),
        more(_("More cases you have taken on"), "door"),
    )


def promised(user: Any) -> list[Task]:
    """Offers this person took up, whose day is over and of which nothing more was heard."""
    if not can(user, Permission.CASES_WRITE):
        return []
    own = Case.objects.visible_to(user).filter(author=user, state=CaseState.RELEASED)
    rows = Offer.objects.filter(case__in=own, state=OfferState.ACCEPTED, due_on__lt=dates.today()).exclude(
        stance=Stance.INFORMATION
    )
    done = set(
        Handover.objects.filter(kind=HANDED_ON, subject__in=rows.values("case"), state=HandoverState.DONE).values_list(
            "subject", "to_organization"
        )
    )
    left = [
        row
        for row in rows.order_by("due_on", "pk").values("case", "case__number", "organization", "due_on")[:ASKED]
        if (row["case"], row["organization"]) not in done
    ]
    return named(left, promise_task, more(_("More promises whose day is over"), "clock"))


def promise_task(row: Row) -> Task:
    """One promise of others."""
    return Task(
        _("Case %(number)s: the promised day is over") % {"number": row["case__number"]},
        _("Ask them how it goes, or look for somebody else."),
        _("Look at the case"),
        case_url(row["case"], "offers"),
        "clock",
        since=row["due_on"] + dt.timedelta(days=1),
    )


def unanswered(user: Any) -> list[Task]:
    """For the secretariat: hand-overs nobody answers."""
    return named(
        numbered(overdue_at_the_office(user)),
        lambda pair: Task(
            _("Case %(number)s: nobody answers the hand-over") % {"number": pair[1]},
            _("Both sides were reminded. A call from you may help."),
            _("Look at the case"),
            case_url(pair[0].subject, "handover"),
            "phone",
            since=pair[0].answer_by,
        ),
        more(_("More hand-overs nobody answers"), "phone"),
    )

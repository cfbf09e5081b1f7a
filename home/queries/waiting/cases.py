"""What waits in the casebook: only numbers and days are asked for, no word of a case."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from casebook.enums import CaseState, OfferState
from casebook.models import Case, Offer
from casebook.permissions import can_write
from casebook.queries import TURN_OURS, listed
from cms import dates
from directory.permissions import can
from directory.roles import Permission
from home.queries.waiting.exchange import exchange_tasks
from home.queries.waiting.task import ASKED, Task, named

PROMISES_AHEAD = dt.timedelta(days=14)
Row = dict[str, Any]


def case_tasks(user: Any) -> list[Task]:
    """Answers, checks, promises, own cases that came back or want a look."""
    if not any(can(user, each) for each in (Permission.CASES_READ, Permission.CASES_RELEASE)):
        return []
    ours = [
        *to_answer(user),
        *answers(user),
        *to_read_first(user),
        *to_release(user),
        *promises(user),
        *own_cases(user),
    ]
    return [*ours, *exchange_tasks(user)]


def day_of(moment: dt.datetime | None) -> dt.date | None:
    """The day in Japan."""
    return dates.jst(moment).date() if moment else None


def case_url(row: Row) -> str:
    return reverse("members:case_detail", args=[row["pk"]])


def to_answer(user: Any) -> list[Task]:
    """Cases of others that the own organisation has not answered."""
    if user.organization_id is None or not can(user, Permission.CASES_OFFER):
        return []
    rows = listed(user).filter(turn=TURN_OURS).order_by("released_at", "pk")  # type: ignore[misc]
    return named(
        list(rows.values("pk", "number", "released_at")[:ASKED]),
        lambda row: Task(
            _("Case %(number)s asks for an answer") % row,
            _("'Not just now' is an answer too."),
            _("Read and answer"),
            case_url(row),
            "hands",
            since=day_of(row["released_at"]),
        ),
        lambda n: Task(
            _("More cases that ask for an answer"),
            _("Your organisation has not answered them yet."),
            _("See them all"),
            reverse("members:case_list"),
            "hands",
            count=n,
        ),
    )


def answers(user: Any) -> list[Task]:
    """Own cases that somebody answered: one line a case, since the first open answer."""
    own = Case.objects.visible_to(user).filter(author=user, state=CaseState.RELEASED)
    rows = Offer.objects.filter(case__in=own, state=OfferState.OFFERED).order_by("offered_at", "pk")
    first: dict[Any, Row] = {}
    for row in rows.values("case", "case__number", "offered_at")[:ASKED]:
        first.setdefault(row["case"], {"pk": row["case"], "number": row["case__number"], "at": row["offered_at"]})
    return named(
        list(first.values()),
        lambda row: Task(
            _("Case %(number)s has an answer") % row,
            _("Another organisation has offered something. Do you take it up?"),
            _("Read the answer"),
            case_url(row),
            "chat",
            since=day_of(row["at"]),
        ),
        lambda n: Task(
            _("More answers to your cases"),
            _("Other organisations have offered something."),
            _("See them all"),
            reverse("members:case_list"),
            "chat",
            count=n,
        ),
    )


def to_read_first(user: Any) -> list[Task]:
    """Cases a colleague (or, for the secretariat, somebody without colleagues) asks this person to read first."""
    rows = Case.objects.waiting_for_first_reader(user).order_by("submitted_at", "pk")
    return named(
        list(rows.values("pk", "number", "submitted_at")[:ASKED]),
        lambda row: Task(
            _("Case %(number)s waits for its first reader") % row,
            _("Would somebody in town know who it is? You are asked to read it first."),
            _("Read and decide"),
            reverse("members:case_first_reading", args=[row["pk"]]),
            "eye",
            since=day_of(row["submitted_at"]),
        ),
        lambda n: Task(
            _("More cases that wait for their first reader"),
            _("You are asked to read them first."),
            _("See them all"),
            reverse("members:case_list"),
            "eye",
            count=n,
        ),
    )


def to_release(user: Any) -> list[Task]:
    """Cases before release."""
    rows = Case.objects.waiting_for_review(user).order_by("submitted_at", "pk")
    return named(
        list(rows.values("pk", "number", "submitted_at")[:ASKED]),
        lambda row: Task(
            _("Case %(number)s before release") % row,
            _("A second person reads it before anybody else may."),
            _("Read and decide"),
            reverse("members:case_review", args=[row["pk"]]),
            "eye",
            since=day_of(row["submitted_at"]),
        ),
        lambda n: Task(
            _("More cases before release"),
            _("A second person reads them before anybody else may."),
            _("See them all"),
            reverse("members:case_review_list"),
            "eye",
            count=n,
        ),
    )


def promises(user: Any) -> list[Task]:
    """What this person promised by a day, and was taken up on."""
    rows = Offer.objects.visible_to(user).filter(
        offered_by=user,
        organization=user.organization_id,
        state=OfferState.ACCEPTED,
        case__state=CaseState.RELEASED,
        due_on__lte=dates.today() + PROMISES_AHEAD,
    )
    return named(
        [
            {"pk": row["case"], "number": row["case__number"], "due_on": row["due_on"]}
            for row in rows.order_by("due_on", "pk").values("case", "case__number", "due_on")[:ASKED]
        ],
        lambda row: Task(
            _("Your promise in case %(number)s") % row,
            _("They asked you to go ahead, by the day you gave."),
            _("Look at the case"),
            case_url(row),
            "check",
            due=row["due_on"],
        ),
        lambda n: Task(
            _("More promises of yours"),
            _("You gave a day for each of them."),
            _("See them all"),
            reverse("members:case_list"),
            "check",
            count=n,
        ),
    )


def own_cases(user: Any) -> list[Task]:
    """Own drafts that were given back, and own cases whose half year is over."""
    if not can_write(user):
        return []
    mine = Case.objects.visible_to(user).filter(author=user)
    back = Q(state=CaseState.DRAFT, reviewer_note__isnull=False)
    due = Q(state=CaseState.RELEASED, review_on__lte=dates.today())
    rows = mine.filter(back | due).order_by("review_on", "created_at", "pk")
    return named(list(rows.values("pk", "number", "state", "review_on")[:ASKED]), own_case, _more_own)


def own_case(row: Row) -> Task:
    """One of the author's own."""
    if row["state"] == CaseState.DRAFT:
        return Task(
            _("Case %(number)s came back") % row,
            _("Whoever checked it asks you to say something more coarsely."),
            _("Write it again"),
            reverse("members:case_edit", args=[row["pk"]]),
            "pen",
        )
    return Task(
        _("Does case %(number)s still hold?") % row,
        _("It has been open for half a year. Close it, or leave it open."),
        _("Look at the case"),
        case_url(row),
        "clock",
        since=row["review_on"],
    )


def _more_own(count: int) -> Task:
    return Task(
        _("More of your own cases"),
        _("They came back to you, or have been open for half a year."),
        _("See them all"),
        reverse("members:case_list"),
        "pen",
        count=count,
    )

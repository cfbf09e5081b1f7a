"""The members' home: what waits for me, what is new, what comes next, what is ours."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casebook.enums import CaseState
from casebook.permissions import can_write
from casebook.queries import listed
from directory.members.people import signed_in
from directory.queries.notifications import topics
from directory.roles import ROLES
from home.queries.gatherings import next_gatherings
from home.queries.waiting import waiting

A_WEEK = dt.timedelta(days=7)
NEWS = 6
OWN_CASES = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`/members/`: a constant number of queries, however much there is of everything."""
    user = signed_in(request)
    news = topics(user, since=timezone.now() - A_WEEK)
    own = listed(user).filter(organization=user.organization_id).exclude(state=CaseState.CLOSED)
    context = {
        "waiting": waiting(user),
        "news": news[:NEWS],
        "more_news": len(news) > NEWS,
        "gatherings": next_gatherings(user),
        "may_write": can_write(user),
        "own_cases": own.only("pk", "number", "state")[:OWN_CASES] if user.organization_id else [],
        "roles": [ROLES[name] for name in sorted(user.active_roles()) if name in ROLES],
    }
    return render(request, "home/members/home.html", context)

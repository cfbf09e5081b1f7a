"""The casebook for those who read: the list, one case."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from casebook.actions import eyes
from casebook.actions.news import looked_at
from casebook.enums import SHARED_STATES
from casebook.members.finding import find_case, page, signed_in
from casebook.members.forms import FirstReaderForm
from casebook.models import Case
from casebook.permissions import (
    can_close,
    can_edit,
    can_submit,
    can_take_back_to_draft,
    can_withdraw,
    is_author,
)
from casebook.queries import (
    audience_size,
    reading_organizations,
    with_concern_names,
)
from casebook.queries.exchange import Exchange, exchange_of
from casebook.queries.eyes import eyes_on
from casebook.queries.way import way_of
from directory.models import User


@require_safe
def case_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One case. A line of the access log is written first."""
    user = signed_in(request)
    case = find_case(request, pk)
    if case.author_id != user.pk:
        eyes.note_reading(by=user, case=case)
    looked_at(case, by=user)
    with_concern_names([case])
    exchange = exchange_of(user, case)
    return page(
        request, "casebook/members/case_detail.html", case=case, exchange=exchange, **sight(user, case, exchange)
    )


def sight(user: User, case: Case, exchange: Exchange) -> dict[str, Any]:
    """What this person sees of a case beside its words, and what they may do."""
    shared = case.state in SHARED_STATES
    hand_in = FirstReaderForm(author=user, organization=case.organization) if can_submit(user, case) else None
    return {
        **eyes_on(user, case),
        "is_author": is_author(user, case),
        "asking_organization": case.organization.name if exchange.is_told else "",
        "audience_size": audience_size(case) if shared else 0,
        "read_by": reading_organizations(case) if shared else 0,
        "way": way_of(case) if is_author(user, case) else None,
        "may_edit": can_edit(user, case),
        "hand_in": hand_in,
        "may_take_back": can_take_back_to_draft(user, case),
        "may_withdraw": can_withdraw(user, case),
        "may_close": can_close(user, case),
    }

"""The list of cases."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from casebook.actions import eyes
from casebook.enums import CaseState, LifeStage
from casebook.members.finding import page, signed_in
from casebook.models import Case
from casebook.permissions import can_write
from casebook.queries.listing import MINE, WAITING, Listing, Wanted, listing
from directory.models import User
from directory.permissions import can
from directory.roles import Permission

PAGE_SIZE = 20
LONGEST_CODE = 4
LAST_PAGE, LONGEST_NUMBER = 10_000, 6


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """All I may read: what waits for an answer first. Narrowed down by codes alone, so that no address tells anything."""
    user = signed_in(request)
    context = shown(request, user)
    eyes.note_list(by=user, cases=[case.pk for case in context["page"] if case.author_id != user.pk])
    return page(request, "casebook/members/case_list.html", **context)


def shown(request: HttpRequest, user: User) -> dict[str, Any]:
    """What the page draws."""
    wanted = wanted_of(request)
    may_review = can(user, Permission.CASES_RELEASE)
    found = listing(user, wanted, page=number_of(request.GET.get("page", "")), size=PAGE_SIZE)
    return {
        "page": paged(found),
        "found": found,
        "wanted": wanted,
        "query": urlencode({name: code for name, code in zip("cls", wanted.codes, strict=True) if code}),
        "may_write": can_write(user),
        "may_answer": can(user, Permission.CASES_OFFER),
        "may_review": may_review,
        "reviewing": Case.objects.waiting_for_review(user).count() if may_review else 0,
        "reading_first": Case.objects.waiting_for_first_reader(user).order_by("submitted_at", "pk").only("number"),
        "me": user.pk,
    }


def wanted_of(request: HttpRequest) -> Wanted:
    """The codes in the address; what is none is left out."""
    concern, stage, state = (request.GET.get(name, "") for name in ("c", "l", "s"))
    return Wanted(
        concern=concern if concern.isalnum() and concern.isascii() and len(concern) <= LONGEST_CODE else "",
        stage=stage if stage in LifeStage.values else "",
        state=state if state in {MINE, WAITING, CaseState.RELEASED, CaseState.CLOSED} else "",
    )


def number_of(text: str) -> int:
    """The page that was asked for."""
    return (
        min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER else 1
    )


def paged(found: Listing) -> Page[Case]:
    """For the line of pages below the list."""
    return Page(found.cases, found.page, Counted(found))


class Counted(Paginator[Case]):
    """A paginator that has its count already."""

    def __init__(self, found: Listing) -> None:
        super().__init__([], found.size)
        self.found = found

    @property
    def count(self) -> int:  # type: ignore[override]
        """How many cases there are."""
        return self.found.total

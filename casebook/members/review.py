"""The anonymity check: the second person works through every mark and the checklist, then decides."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from casebook.actions import eyes, release
from casebook.actions.guarding import OpenFindings
from casebook.actions.news import looked_at
from casebook.enums import Eye, Verdict
from casebook.members.finding import UNAVAILABLE, allow, find_case, page, signed_in
from casebook.members.forms import AssignForm, DecisionForm
from casebook.models import Case
from casebook.permissions import can_release
from casebook.queries import audience_size, with_concern_names
from casebook.queries.audience import audience_of
from casebook.queries.flags import Flagged, flagged
from casebook.queries.risk import box
from cms import dates
from cms.guard import GuardUnavailable
from directory.models import User
from directory.permissions import can
from directory.roles import Permission

PAGE_SIZE = 30


@require_safe
def case_review_list(request: HttpRequest) -> HttpResponse:
    """Cases that wait for the second person; for the secretariat also who checks which."""
    user = signed_in(request)
    allow(can(user, Permission.CASES_RELEASE))
    waiting = Case.objects.waiting_for_review(user).order_by("submitted_at", "pk")
    assignable = Case.objects.assignable_by(user).select_related("reviewer").defer(*Case.WORDS).order_by("submitted_at")
    return page(
        request,
        "casebook/members/case_review_list.html",
        page=Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("page")),
        assignable=assignable,
        reviewers=AssignForm().fields["reviewer"].queryset if assignable else (),  # type: ignore[attr-defined]
    )


@require_POST
def case_assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say who checks a waiting case, or leave it to whoever comes first."""
    user = signed_in(request)
    case = get_object_or_404(Case.objects.assignable_by(user), pk=pk)
    form = AssignForm(request.POST)
    try:
        if not form.is_valid():
            raise release.NoSuchReader
        release.assign(by=user, case=case, reviewer=form.cleaned_data["reviewer"])
    except release.NoSuchReader:
        messages.warning(request, _("This person cannot check this case. Please choose somebody else."))
    else:
        messages.success(request, _("Noted who checks it."))
    return redirect("members:case_review_list")


@require_safe
def case_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The words as they would go out, every mark, how rare it is, the checklist."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_release(user, case))
    looked_at(case, by=user)
    return _reviewing(request, case, None)


@sensitive_variables()
def _reviewing(
    request: HttpRequest, case: Case, form: DecisionForm | None, found: Flagged | None = None
) -> HttpResponse:
    eyes.note_reading(by=signed_in(request), case=case, how=Eye.REVIEW)  # also when the page comes back after a POST
    with_concern_names([case])
    try:
        found = found or flagged(case)
    except GuardUnavailable:
        return page(request, "casebook/members/case_review.html", case=case, guard_down=True, **_about(case))
    form = form or DecisionForm(flags=found.flags)
    return page(request, "casebook/members/case_review.html", form, case=case, found=found, **_about(case))


def _about(case: Case) -> dict[str, Any]:
    """What stands beside the words."""
    return {
        "box": box(case, case.organization, audience_of(case)),
        "audience_size": audience_size(case),
        "excluded_count": case.excluded.count(),
        "earlier": case.decisions.all(),
        "opens_on": dates.jst(release.next_opening(dates.now())).date(),
    }


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def case_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The verdict. What is missing is said, and nothing that was chosen is lost."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_release(user, case))
    try:
        found = flagged(case)
    except GuardUnavailable:
        return _unread(request, case)
    form = DecisionForm(request.POST, flags=found.flags)
    if form.is_valid() and _decided(request, user, case, form):
        return redirect("members:case_review_list")
    return _reviewing(request, case, form, found)


def _unread(request: HttpRequest, case: Case) -> HttpResponse:
    """The guard is down: nothing is decided."""
    answer = _reviewing(request, case, None)
    answer.status_code = UNAVAILABLE
    return answer


@sensitive_variables()
def _decided(request: HttpRequest, user: User, case: Case, form: DecisionForm) -> bool:
    """Carry the verdict out. False: something stands against it; the form then says what."""
    verdict, said = form.cleaned_data["verdict"], form.said
    words = {"note": form.cleaned_data["note"], "dismissals": form.dismissals, "said": said}
    try:
        if verdict == Verdict.RELEASE:
            release.release(by=user, case=case, said=said)
        elif verdict == Verdict.RETURN:
            release.give_back(by=user, case=case, **words)
        else:
            release.refuse(by=user, case=case, reason=form.cleaned_data["refusal"], **words)
    except OpenFindings:
        form.add_error("verdict", _("The guard has found something since. Please ask the author for a change."))
    except release.TooRare:
        form.add_error("verdict", _("So few people fit this that it cannot go to so many. Please ask for a change."))
    except release.NotFinished as left:
        form.add_error("verdict", _things_left(len(left.flags) + len(left.checks)))
    else:
        messages.success(request, DONE[verdict]())
        return True
    return False


def _things_left(count: int) -> str:
    return ngettext("%(count)s thing is left before it may go out.", "%(count)s things are left before it may go out.", count) % {
        "count": count
    }  # fmt: skip


DONE = {
    Verdict.RELEASE: lambda: _("It may go out, and does so in the morning together with other cases. Thank you."),
    Verdict.RETURN: lambda: _("Given back to its author."),
    Verdict.REFUSE: lambda: _("It does not go out. Its author is told where one can speak with names."),
}

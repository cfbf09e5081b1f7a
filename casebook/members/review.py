"""The anonymity check: the second person reads, then opens the case or gives it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from casebook.actions import eyes, release
from casebook.actions.guarding import OpenFindings
from casebook.actions.news import looked_at
from casebook.enums import Eye
from casebook.members.finding import allow, find_case, page, signed_in
from casebook.members.forms import ReleaseForm, ReturnForm
from casebook.models import TEXTS, Case
from casebook.permissions import can_release
from casebook.queries import audience_size, with_concern_names
from cms.guard import GuardUnavailable, Kind, review
from cms.guard.forms import KIND_LABELS, REASON_LABELS, Mark, pieces
from directory.models import User
from directory.permissions import can
from directory.queries.names import known_names
from directory.roles import Permission

PAGE_SIZE = 30


@require_safe
def case_review_list(request: HttpRequest) -> HttpResponse:
    """Cases that wait for the second person."""
    user = signed_in(request)
    allow(can(user, Permission.CASES_RELEASE))
    waiting = Case.objects.waiting_for_review(user).order_by("submitted_at", "pk")
    return page(
        request,
        "casebook/members/case_review_list.html",
        page=Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("page")),
    )


@require_safe
def case_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The words as they would go out, every mark that was called harmless, the checklist."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_release(user, case))
    eyes.note_reading(by=user, case=case, how=Eye.REVIEW)
    looked_at(case, by=user)
    return _reviewing(request, case, ReleaseForm(), ReturnForm(prefix="back"))


def _reviewing(request: HttpRequest, case: Case, form: ReleaseForm, back: ReturnForm) -> HttpResponse:
    with_concern_names([case])
    return page(
        request,
        "casebook/members/case_review.html",
        back if back.is_bound else None,
        case=case,
        check=form,
        back=back,
        audience_size=audience_size(case),
        excluded_count=case.excluded.count(),
        changed=[(KIND_LABELS[Kind(kind)], count) for kind, count in sorted(case.changed.items())],
        **marked(case),
    )


def marked(case: Case) -> dict[str, Any]:
    """The texts with their harmless marks, read afresh; `guard_down` when the guard cannot read."""
    try:
        found = review(case.texts, dismissed=case.dismissed, names=known_names())
    except GuardUnavailable:
        return {"guard_down": True}
    reasons = {d.key: REASON_LABELS[d.reason] for d in found.dismissals}
    concerns = [*found.open, *found.dismissed]
    marks = [
        Mark(number, concern, fixed=concern.key in reasons, chosen=str(reasons.get(concern.key, "")))
        for number, concern in enumerate(concerns, 1)
    ]
    return {
        "marks": marks,
        "open_count": len(found.open),
        "texts": {name: list(pieces(case.texts[name], name, marks)) for name in TEXTS},
    }


@require_POST
def case_release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open it to its audience."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_release(user, case))
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return _reviewing(request, case, form, ReturnForm(prefix="back"))
    return _released(request, user, case)


def _released(request: HttpRequest, user: User, case: Case) -> HttpResponse:
    try:
        release.release(by=user, case=case)
    except OpenFindings:
        messages.warning(request, _("The guard has found something. Please give the case back to its author."))
    except GuardUnavailable:
        messages.error(request, _("The guard cannot read just now, so nothing was released. Please try later."))
    else:
        messages.success(request, _("Released. Those who may read it get a mail with the number only."))
        return redirect("members:case_review_list")
    return redirect("members:case_review", pk=case.pk)


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def case_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give it back with a few words."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_release(user, case))
    back = ReturnForm(request.POST, prefix="back")
    if not back.is_valid():
        return _reviewing(request, case, ReleaseForm(), back)
    release.give_back(by=user, case=case, note=back.cleaned_data["note"], dismissals=back.dismissals)
    messages.success(request, _("Given back to its author."))
    return redirect("members:case_review_list")

"""The casebook for those who write and read: list, case, writing, handing in, closing, taking back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casebook.actions import cases, eyes
from casebook.actions.guarding import OpenFindings
from casebook.actions.news import looked_at
from casebook.enums import SHARED_STATES, CaseState, OfferState
from casebook.members.finding import allow, find_case, page, signed_in
from casebook.members.forms import CaseForm, CloseForm
from casebook.models import Case, Offer
from casebook.permissions import (
    can_close,
    can_edit,
    can_offer,
    can_submit,
    can_withdraw,
    can_write,
    is_author,
    sees_readers,
)
from casebook.queries import (
    audience_size,
    concern_names,
    listed,
    readers,
    reading_organizations,
    with_concern_names,
)
from cms.guard import GuardUnavailable
from directory.models import User
from directory.permissions import can
from directory.roles import Permission

PAGE_SIZE = 20


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """All I may read: what waits for an answer first."""
    user = signed_in(request)
    found = Paginator(listed(user), PAGE_SIZE).get_page(request.GET.get("page"))
    found.object_list = with_concern_names(found.object_list)
    reviewing = Case.objects.waiting_for_review(user).count() if can(user, Permission.CASES_RELEASE) else 0
    return page(
        request,
        "casebook/members/case_list.html",
        page=found,
        may_write=can_write(user),
        may_review=can(user, Permission.CASES_RELEASE),
        reviewing=reviewing,
        me=user.pk,
    )


@require_safe
def case_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One case. A line of the access log is written first."""
    user = signed_in(request)
    case = find_case(request, pk)
    if case.author_id != user.pk:
        eyes.note_reading(by=user, case=case)
    looked_at(case, by=user)
    with_concern_names([case])
    offers = list(Offer.objects.visible_to(user).filter(case=case).select_related("organization"))
    return page(request, "casebook/members/case_detail.html", case=case, offers=offers, **sight(user, case, offers))


def sight(user: User, case: Case, offers: list[Offer]) -> dict[str, Any]:
    """What this person sees of a case beside its words, and what they may do."""
    own = case.organization_id == user.organization_id
    mine = [offer for offer in offers if offer.organization_id == user.organization_id and not own]
    open_states = (OfferState.OFFERED, OfferState.ACCEPTED)
    shared = case.state in SHARED_STATES
    told = own or any(offer.state == OfferState.ACCEPTED for offer in mine)
    return {
        "is_author": is_author(user, case),
        "asking_organization": case.organization.name if told else "",
        "own_offer": next((offer for offer in mine if offer.state in open_states), None),
        "accepted": any(offer.state == OfferState.ACCEPTED for offer in offers),
        "audience_size": audience_size(case) if shared else 0,
        "reader_count": reading_organizations(case) if shared else 0,
        "readers": readers(case) if sees_readers(user, case) else None,
        "may_edit": can_edit(user, case),
        "may_submit": can_submit(user, case),
        "may_withdraw": can_withdraw(user, case),
        "may_offer": can_offer(user, case),
        "may_close": can_close(user, case),
    }


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def case_new(request: HttpRequest) -> HttpResponse:
    """Write a case."""
    user = signed_in(request)
    allow(can_write(user))
    return _writing(request, user, None)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def case_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on writing an own draft."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_edit(user, case))
    return _writing(request, user, case)


@sensitive_variables()
def _writing(request: HttpRequest, user: User, case: Case | None) -> HttpResponse:
    form = CaseForm(request.POST if request.method == "POST" else None, user=user, case=case)
    if request.method == "POST" and form.is_valid():
        stored = cases.write(
            by=user,
            case=case,
            coded=form.coded_values,
            texts={name: form.cleaned_data[name] for name in form.guarded},
            shared_with=form.cleaned_data["shared_with"],
            excluded=form.cleaned_data["excluded"],
            dismissals=form.dismissals,
            changed=form.changed,
        )
        messages.success(request, _("The draft is kept. Nobody but you sees it."))
        return redirect("members:case_detail", pk=stored.pk)
    return page(request, "casebook/members/case_edit.html", form, case=case, concerns=concern_names())


@require_POST
def case_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand a draft in."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_submit(user, case))
    try:
        cases.submit(by=user, case=case)
    except OpenFindings:
        messages.warning(request, _("The guard has found something since. Please look at it once more."))
        return redirect("members:case_edit", pk=pk)
    except GuardUnavailable:
        messages.error(request, _("The guard cannot read just now, so nothing was handed in. Please try later."))
    else:
        messages.success(request, _("Handed in. Another person reads it before the others do."))
    return redirect("members:case_detail", pk=pk)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def case_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what came of it."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_close(user, case))
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        cases.close(
            by=user,
            case=case,
            outcome=form.cleaned_data["outcome"],
            note=form.cleaned_data["note"],
            dismissals=form.dismissals,
        )
        messages.success(request, _("Closed. Thank you for saying what came of it."))
        return redirect("members:case_detail", pk=pk)
    return page(request, "casebook/members/case_close.html", form, case=case)


@require_http_methods(["GET", "HEAD", "POST"])
def case_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it back: asked once, done at once."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_withdraw(user, case))
    if request.method == "POST":
        cases.withdraw(by=user, case=case)
        messages.success(request, _("Taken back. The words of the case are gone."))
        return redirect("members:case_list")
    return page(request, "casebook/members/case_withdraw.html", case=case, was_shared=case.state != CaseState.DRAFT)

"""Writing a case and handing it in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from casebook.actions import cases
from casebook.actions.guarding import OpenFindings
from casebook.members.finding import allow, find_case, page, signed_in
from casebook.members.forms import CaseForm, FirstReaderForm
from casebook.models import Case
from casebook.permissions import can_edit, can_submit, can_take_back_to_draft, can_write
from cms.guard import GuardUnavailable
from cms.once import once
from directory.models import User


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@once
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
            group=form.cleaned_data["group"],
            dismissals=form.dismissals,
            rewritten=form.rewritten,
        )
        messages.success(request, _("The draft is kept. Nobody but you sees it."))
        return redirect("members:case_detail", pk=stored.pk)
    return page(request, "casebook/members/case_edit.html", form, case=case)


@require_POST
def case_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand a draft in."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_submit(user, case))
    asked = FirstReaderForm(request.POST, author=user, organization=case.organization)
    if not asked.is_valid():
        messages.warning(request, _("Please choose who reads it first."))
        return redirect("members:case_detail", pk=pk)
    try:
        cases.submit(by=user, case=case, first_reader=asked.cleaned_data["first_reader"])
    except OpenFindings:
        messages.warning(request, _("The guard has found something since. Please look at it once more."))
        return redirect("members:case_edit", pk=pk)
    except cases.TooRare:
        messages.warning(
            request, _("So few people fit this that it cannot go to so many. Please say it more coarsely.")
        )
        return redirect("members:case_edit", pk=pk)
    except GuardUnavailable:
        messages.error(request, _("The guard cannot read just now, so nothing was handed in. Please try later."))
    else:
        messages.success(request, _("Handed in. Two other people read it before the others do."))
    return redirect("members:case_detail", pk=pk)


@require_POST
def case_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on writing what was handed in."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_take_back_to_draft(user, case))
    cases.take_back_to_draft(by=user, case=case)
    messages.success(request, _("It is a draft again. Nobody but you sees it."))
    return redirect("members:case_edit", pk=pk)

"""Taking a case back; saying that it is still needed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casebook.actions import cases, keeping
from casebook.enums import CaseState
from casebook.members.finding import allow, find_case, page, signed_in
from casebook.permissions import can_keep_on, can_withdraw


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


@require_POST
def case_still_needed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The author looked at it again: half a year more, never past its last day."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_keep_on(user, case))
    keeping.still_needed(by=user, case=case)
    messages.success(request, _("Thank you for looking. It stays open."))
    return redirect("members:case_detail", pk=pk)

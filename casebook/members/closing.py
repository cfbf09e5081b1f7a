"""Closing a case."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from casebook.actions import closing
from casebook.members.finding import allow, find_case, page, signed_in
from casebook.members.forms import CloseForm
from casebook.permissions import can_close
from cms.once import once


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def case_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what came of it; then, if one likes, what was learned."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_close(user, case))
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        closing.close(
            by=user,
            case=case,
            outcome=form.cleaned_data["outcome"],
            note=form.cleaned_data["note"],
            dismissals=form.dismissals,
        )
        messages.success(request, _("Closed. Thank you for saying what came of it."))
        return redirect("members:case_learning", pk=pk)
    return page(request, "casebook/members/case_close.html", form, case=case)

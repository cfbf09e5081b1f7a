"""The first reader: a colleague of the author, or the secretariat where there is none."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from casebook.actions import eyes, release
from casebook.actions.guarding import OpenFindings
from casebook.enums import Eye
from casebook.members.finding import allow, find_case, page, signed_in
from casebook.members.forms import ReturnForm
from casebook.models import Case
from casebook.permissions import can_read_first
from casebook.queries import audience_size, with_concern_names
from casebook.queries.audience import audience_of
from casebook.queries.flags import flagged
from casebook.queries.risk import box
from cms.guard import GuardUnavailable


@require_safe
def case_first_reading(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The words as the author handed them in, with every mark."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_read_first(user, case))
    return _reading(request, case, ReturnForm(prefix="back"))


@sensitive_variables()
def _reading(request: HttpRequest, case: Case, back: ReturnForm) -> HttpResponse:
    eyes.note_reading(by=signed_in(request), case=case, how=Eye.FIRST)  # also when the page comes back after a POST
    with_concern_names([case])
    try:
        found = flagged(case)
    except GuardUnavailable:
        found = None
    return page(
        request,
        "casebook/members/case_first_reading.html",
        back if back.is_bound else None,
        case=case,
        back=back,
        found=found,
        box=box(case, case.organization, audience_of(case)),
        audience_size=audience_size(case),
        excluded_count=case.excluded.count(),
    )


@require_POST
def case_pass_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """On to the anonymity check."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_read_first(user, case))
    try:
        release.pass_on(by=user, case=case)
    except OpenFindings:
        messages.warning(request, _("The guard has found something. Please give the case back to its author."))
    except GuardUnavailable:
        messages.error(request, _("The guard cannot read just now, so nothing was passed on. Please try later."))
    else:
        messages.success(request, _("Passed on to the anonymity check. Thank you for reading."))
        return redirect("members:case_list")
    return redirect("members:case_first_reading", pk=case.pk)


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def case_ask_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Back to the author with a few words."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_read_first(user, case))
    back = ReturnForm(request.POST, prefix="back")
    if not back.is_valid():
        return _reading(request, case, back)
    release.ask_again(by=user, case=case, note=back.cleaned_data["note"], dismissals=back.dismissals)
    messages.success(request, _("Given back to its author."))
    return redirect("members:case_list")

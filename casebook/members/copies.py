"""A case on paper: the print page, and the list of papers to tick off."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casebook.actions import copies
from casebook.members.finding import allow, find_case, page, signed_in
from casebook.members.forms import SettleForm
from casebook.models import CopyState, PrintedCopy
from casebook.permissions import can_print
from casebook.queries import with_concern_names

PAGE_SIZE = 50


@require_POST
def case_print(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One more numbered copy, as the answer itself: no address shows it a second time."""
    user = signed_in(request)
    case = find_case(request, pk)
    allow(can_print(user, case))
    copy = copies.print_copy(by=user, case=case)
    with_concern_names([case])
    return page(request, "casebook/members/case_print.html", None, case=case, copy=copy)


@require_safe
def case_copies(request: HttpRequest) -> HttpResponse:
    """Papers about which this person can say where they are: own ones; for the secretariat, everybody's."""
    user = signed_in(request)
    rows = PrintedCopy.objects.settled_by(user).select_related("case", "printed_by", "organization", "settled_by")
    found = Paginator(rows.order_by("settled_at", "-printed_at", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    return page(request, "casebook/members/case_copies_list.html", None, page=found, me=user.pk)


@require_POST
def copy_settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tick a paper off, or take the tick back."""
    user = signed_in(request)
    copy = PrintedCopy.objects.settled_by(user).filter(pk=pk).first()
    if copy is None:
        raise Http404
    form = SettleForm(request.POST)
    if form.is_valid():
        copies.settle(by=user, copy=copy, state=CopyState(form.cleaned_data["state"]))
        messages.success(request, _("Noted for %(number)s. Thank you.") % {"number": copy.number})
    else:
        messages.warning(request, _("Please choose what became of the paper."))
    return redirect("members:case_copies")

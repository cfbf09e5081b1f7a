"""Stopping a case: one press, then a page that says what has happened."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casebook.actions import brake
from casebook.members.finding import page, signed_in
from casebook.members.forms import StopReasonForm
from casebook.models import Act, Case, Incident
from casebook.permissions import can_stop
from casebook.queries.incidents import has_read, stopped_by
from directory.models import User


@require_POST
def case_stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hide it at once. Whoever had it before their eyes may press, also a moment after somebody else did."""
    user = signed_in(request)
    brake.stop(by=user, case=_stoppable(user, pk))
    return redirect("members:case_stopped", pk=pk)


def _stoppable(user: User, pk: UUID) -> Case:
    """A case on this person's screen: seen now, or read before it was stopped. Everything else is a 404."""
    case = Case.objects.visible_to(user).filter(pk=pk).first()
    if case is not None and can_stop(user, case):
        return case
    stopped = Case.objects.filter(pk=pk, stopped_at__isnull=False).first()
    if stopped is None or not has_read(user, stopped):
        raise Http404
    return stopped


@require_http_methods(["GET", "HEAD", "POST"])
def case_stopped(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What has happened, and why one pressed: a code, if one likes."""
    user = signed_in(request)
    incident = stopped_by(user, pk)
    if incident is None:
        raise Http404
    form = _form(request, user, incident)
    if form is not None and request.method == "POST" and form.is_valid():
        brake.say_why(by=user, incident=incident, reason=form.cleaned_data["reason"])
        messages.success(request, _("Noted. Thank you."))
        return redirect("members:case_stopped", pk=pk)
    return page(request, "casebook/members/case_stopped.html", None, why=form, incident=incident, pk=pk)


def _form(request: HttpRequest, user: User, incident: Incident) -> StopReasonForm | None:
    """None once it is decided: then nobody needs to know any more."""
    if incident.verdict:
        return None
    said = incident.steps.filter(act=Act.REASON, by=user).first()
    data = request.POST if request.method == "POST" else None
    return StopReasonForm(data, initial={"reason": said.code if said else None})

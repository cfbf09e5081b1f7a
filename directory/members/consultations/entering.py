"""Keying in what came another way: a call, a visit, a letter, a mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from cms.once import mark_of
from directory.actions.consultations import receiving, sending
from directory.members.consultations.finding import signed_in
from directory.members.consultations.forms import EntryForm
from directory.members.consultations.thread import WRONG
from directory.queries.consultations.duty import on_duty
from directory.queries.consultations.inbox import desks_of


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def consultation_new(request: HttpRequest) -> HttpResponse:
    """`consultations/new/`: one form; then the code, shown once. The form's own mark makes two presses one."""
    user = signed_in(request)
    desks = desks_of(user)
    if not desks:
        raise Http404
    form = EntryForm(request.POST if request.method == "POST" else None, desks=desks)
    people = {person.pk: person for duty in on_duty(desks) for person in duty.people}.values()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            sent = receiving.enter(
                by=user, desk=data["desk"], text=data["text"], method=data["method"], form_key=mark_of(request),
                said=form.said, at=data["at"], outcome=data["outcome"],
            )  # fmt: skip
        except sending.AlreadySent as before:
            messages.info(request, _("This was received already. It was not sent twice."))
            return redirect("members:consultation", pk=before.consultation.pk)
        context = {"consultation": sent.consultation, "code": sent.code, "people": people}
        return render(request, "directory/members/consultation_entered.html", context)
    context = {"form": form, "people": people}
    status = WRONG if form.errors else 200
    return render(request, "directory/members/consultation_new.html", context, status=status)

"""Who keeps a body's meetings prepares one, changes it, calls it, and says what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cms.once import once
from directory.models import Body
from workshops.actions import meetings as actions
from workshops.enums import MeetingState
from workshops.members.meetings.asking import done, kept_or_404, tried
from workshops.members.meetings.forms import MeetingForm, PastForm, RecordForm
from workshops.models import Meeting
from workshops.queries.meetings import bodies_kept_by, next_number

FIELDS = (
    "number", "title", "purpose", "starts_at", "ends_at", "place", "online_url", "audience", "openness", "legal_basis",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@once
def meeting_new(request: HttpRequest) -> HttpResponse:
    """`/members/meetings/new/?body=…`: a draft, or (`?past=1`) a meeting that took place already."""
    bodies = bodies_kept_by(request.user)
    if not bodies.exists():
        raise PermissionDenied
    past = "past" in request.GET
    posted = request.POST if request.method == "POST" else None
    body = bodies.filter(slug=request.GET.get("body", "")).first() or bodies.first()
    form: Any = (PastForm if past else MeetingForm)(posted, bodies=bodies, initial=beginning(body) if body else {})
    action: Any = actions.write_past if past else actions.prepare
    more: dict[str, Any] = {"points": []} if past else {}
    made = done(form, action, by=request.user, **more) if form.is_bound else None
    if made:
        said = (
            _("It is written down.")
            if past
            else _("The draft is kept. Nobody else sees it until a day is looked for, or set.")
        )
        messages.success(request, said)
        return redirect("members:meeting", pk=made.pk)
    context = {"form": form, "past": past, "body": body, "bodies": bodies}
    return render(request, "workshops/members/meeting_form.html", context, status=422 if form.errors else 200)


def beginning(body: Body) -> dict[str, Any]:
    """What can be guessed: the next number, and the rest as it was the last time."""
    last = Meeting.objects.filter(body=body).order_by("-created_at").first()
    number = next_number(body)
    again = {name: getattr(last, name) for name in ("audience", "openness", "legal_basis", "place")} if last else {}
    title = _("%(body)s, no. %(number)s") % {"body": body.name, "number": number}
    return {"body": body.pk, "number": number, "title": title[:120], "openness": body.openness or "closed", **again}


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """`/members/meetings/<id>/edit/`: other words, another day; after it was held, the record."""
    found = kept_or_404(request, pk)
    posted = request.POST if request.method == "POST" else None
    if found.is_held:
        return record(request, found)
    initial = {name: getattr(found, name) for name in FIELDS} | {"body": found.body_id}
    form = MeetingForm(posted, bodies=Body.objects.filter(pk=found.body_id), initial=initial)
    if form.is_bound and form.is_valid():
        form.cleaned_data.pop("body")
        if done(form, actions.change, by=request.user, meeting=found):
            messages.success(request, _("The meeting is changed."))
            return redirect("members:meeting", pk=found.pk)
    context = {"form": form, "meeting": found, "told": found.state == MeetingState.CALLED}
    return render(request, "workshops/members/meeting_form.html", context, status=422 if form.errors else 200)


def record(request: HttpRequest, found: Meeting) -> HttpResponse:
    """Press, reports, and whether residents may know of it."""
    names = ("with_press", "reported_to", "reported_on", "is_public")
    initial = {name: getattr(found, name) for name in names}
    form = RecordForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and done(form, actions.change, by=request.user, meeting=found):
        messages.success(request, _("The record is kept."))
        return redirect("members:meeting", pk=found.pk)
    context = {"form": form, "meeting": found}
    return render(request, "workshops/members/meeting_record.html", context, status=422 if form.errors else 200)


@require_POST
def meeting_step(request: HttpRequest, pk: Any) -> HttpResponse:
    """One press: `do=call`, `do=held`, `do=off`."""
    found = kept_or_404(request, pk)
    steps: dict[str, tuple[Any, str]] = {
        "call": (actions.call, _("The meeting is called. Everybody who belongs to it was told.")),
        "held": (actions.hold, _("The meeting was held. Minutes and decisions can be written now.")),
        "off": (actions.call_off, _("The meeting is called off. Who knew of it was told.")),
    }
    action, said = steps.get(request.POST.get("do", ""), (None, ""))
    if action is not None:
        tried(request, action, said, meeting=found)
    return redirect("members:meeting", pk=found.pk)

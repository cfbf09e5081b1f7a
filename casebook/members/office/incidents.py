"""The secretariat and stopped cases: the list with its clocks, one incident, its verdict."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from casebook.actions import eyes
from casebook.actions import incidents as actions
from casebook.enums import EMPTY_STATES
from casebook.members.finding import page, signed_in
from casebook.members.forms import FactsForm, StepForm, VerdictForm
from casebook.models import Act, Incident, IncidentStep
from casebook.models.incidents import CHECKLIST, LEGAL, QUICK_FROM, nth_day
from casebook.queries import with_concern_names
from casebook.queries.incidents import may_read_stopped, spread_of, verdicts_open_to
from cms import dates
from cms.once import once
from directory.models import User
from directory.models.pledges import pledge_stands
from directory.permissions import can
from directory.reauthentication import recently_authenticated
from directory.roles import Permission

LATEST_ENDED = 30


def keeper(request: HttpRequest) -> User:
    """Only the secretariat knows that there are such pages."""
    user = signed_in(request)
    if not can(user, Permission.INCIDENTS_KEEP):
        raise Http404
    return user


def found(request: HttpRequest, pk: UUID) -> tuple[User, Incident]:
    """An incident this person may see, or Http404."""
    user = keeper(request)
    rows = Incident.objects.visible_to(user).select_related("case", "case__organization", "opened_by", "ruled_by")
    incident = rows.filter(pk=pk).first()
    if incident is None:
        raise Http404
    return user, incident


@require_safe
def office_incidents(request: HttpRequest) -> HttpResponse:
    """`/members/office/incidents/`: what runs, by its next day; what is closed."""
    rows = Incident.objects.visible_to(keeper(request)).select_related("case").prefetch_related("steps")
    running = [(incident, clock(incident, incident.steps.all())) for incident in rows.running()]
    running.sort(key=lambda row: (row[1][0]["due_on"] if row[1] else dates.today(), row[0].opened_at))
    ended = rows.filter(ended_at__isnull=False).order_by("-ended_at")[:LATEST_ENDED]
    return page(request, "casebook/members/office_incidents.html", None, running=running, ended=ended)


@require_safe
def office_incident(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`/members/office/incidents/<id>/`: the words (a line of the access log is written first), the clock, the acts."""
    user, incident = found(request, pk)
    return showing(request, user, incident)


def showing(request: HttpRequest, user: User, incident: Incident, **forms: Any) -> HttpResponse:
    """The page, with whichever form came back."""
    case, words = incident.case, not incident.verdict and may_read_stopped(user, incident.case)
    if words:
        eyes.note_reading(by=user, case=case)
        with_concern_names([case])
        actions.note_looked(by=user, incident=incident)
    steps = list(incident.steps.select_related("by"))
    verdicts = verdicts_open_to(user, incident)
    given = next((form for form in forms.values() if getattr(form, "guard_down", False)), None)
    running = incident.ended_at is None
    context = {
        "incident": incident,
        "case": case,
        "words": words,
        "gone": case.state in EMPTY_STATES,
        "pledged": (pledged := pledge_stands(user)),
        "knows": pledged and not case.excluded.filter(pk=user.organization_id or 0).exists(),
        "own": case.organization_id == user.organization_id,
        "steps": steps,
        "clock": clock(incident, steps),
        "checks": checklist(incident, steps),
        "missing": incident.missing(steps),
        "reasons": [step.code_label for step in steps if step.act == Act.REASON],
        "presses": sum(step.act == Act.PRESSED for step in steps),
        "spread": spread_of(case),
        "facts": FactsForm(incident=incident) if running else None,
        "step": StepForm(prefix="step", incident=incident) if running else None,
        "rule": VerdictForm(prefix="rule", verdicts=verdicts) if verdicts else None,
    }
    return page(request, "casebook/members/office_incident.html", given, **(context | forms))


def clock(incident: Incident, steps: Any) -> list[dict[str, Any]]:
    """The reports with the days that are left, the open ones first."""
    today = dates.today()
    rows = [
        {
            "act": deadline.act,
            "label": deadline.act.label,
            "from_on": nth_day(incident.aware_on, QUICK_FROM) if deadline.act == Act.QUICK else None,
            "due_on": deadline.due_on,
            "done_on": deadline.done_on,
            "left": deadline.days_left(today),
            "late": -deadline.days_left(today),
            "is_late": deadline.is_open and deadline.days_left(today) < 0,
        }
        for deadline in incident.deadlines(steps)
    ]
    return sorted(rows, key=lambda row: (row["done_on"] is not None, row["due_on"]))


def checklist(incident: Incident, steps: list[IncidentStep]) -> list[dict[str, Any]]:
    """What is usually done, and whether it was."""
    done = {step.act: step for step in steps}
    return [
        {"act": act, "label": act.label, "step": done.get(act), "legal": act in LEGAL}
        for act in CHECKLIST
        if incident.wants_report or act not in LEGAL or act in done
    ]


@require_POST
def office_incident_facts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is known so far."""
    user, incident = found(request, pk)
    form = FactsForm(request.POST, incident=incident)
    if incident.ended_at is not None:
        raise Http404
    if not form.is_valid():
        return showing(request, user, incident, facts=form)
    actions.write_facts(by=user, incident=incident, **form.cleaned_data)
    messages.success(request, _("Noted. The days below follow from it."))
    return redirect("members:office_incident", pk=pk)


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
@once
def office_incident_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Something was done."""
    user, incident = found(request, pk)
    if incident.ended_at is not None:
        raise Http404
    form = StepForm(request.POST, prefix="step", incident=incident)
    if not form.is_valid():
        return showing(request, user, incident, step=form)
    data = form.cleaned_data
    actions.write_step(
        by=user,
        incident=incident,
        act=data["act"],
        done_on=data["done_on"],
        note=data["note"],
        dismissals=form.dismissals,
    )
    messages.success(request, _("Written down."))
    return redirect("members:office_incident", pk=pk)


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
@recently_authenticated
def office_incident_verdict(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What becomes of the case."""
    user, incident = found(request, pk)
    verdicts = verdicts_open_to(user, incident)
    if not verdicts:
        raise Http404
    form = VerdictForm(request.POST, prefix="rule", verdicts=verdicts)
    if not form.is_valid():
        return showing(request, user, incident, rule=form)
    data = form.cleaned_data
    actions.rule(by=user, incident=incident, verdict=data["verdict"], note=data["note"], dismissals=form.dismissals)
    messages.success(request, _("Decided, and carried out."))
    return redirect("members:office_incident", pk=pk)


@require_POST
def office_incident_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close the incident."""
    user, incident = found(request, pk)
    if incident.ended_at is not None:
        return redirect("members:office_incident", pk=pk)
    try:
        actions.end(by=user, incident=incident)
    except actions.NotYet:
        messages.warning(request, _("Something is still missing. It stands below."))
        return redirect("members:office_incident", pk=pk)
    messages.success(request, _("The incident is closed."))
    return redirect("members:office_incidents")

"""The register of decisions, one decision with its history, and reporting on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.dates import today
from cms.guard.storing import OpenFindings
from cms.once import once
from directory.actions.notifications import mark_read
from directory.models import CharterVersion, Department, Organization, RoleAssignment, User
from workshops.actions import decisions as actions
from workshops.actions.decision_news import KIND
from workshops.enums import DecisionState
from workshops.members.meetings.asking import kept_or_404
from workshops.members.minutes.asking import drawn
from workshops.members.minutes.forms import DayField, Lines, PersonalForm
from workshops.models import Decision, Meeting
from workshops.queries.decisions import WHICH, Wanted, bodies_with_decisions, coming_meetings, register

PAGE, ON_PAPER = 30, 300
LABELS = {
    "": gettext_lazy("All decisions"),
    "mine": gettext_lazy("Ours to do"),
    "waiting": gettext_lazy("Not done yet"),
    "overdue": gettext_lazy("Overdue"),
    "review": gettext_lazy("To look at again"),
    "ended": gettext_lazy("Done or given up"),
}


class DecisionForm(PersonalForm):
    """What was settled, who sees to it, until when."""

    guarded = ("text",)

    text = Lines(
        label=gettext_lazy("What was decided"),
        rows=3,
        max_length=400,
        error_messages={"required": gettext_lazy("Please write what was decided.")},
    )
    organization = forms.ModelChoiceField(
        label=gettext_lazy("Organisation that sees to it"),
        queryset=Organization.objects.none(),
        empty_label=gettext_lazy("Please choose"),
        error_messages={"required": gettext_lazy("Please choose who sees to it.")},
    )
    department = forms.ModelChoiceField(
        label=gettext_lazy("Department"), queryset=Department.objects.none(), required=False, empty_label="―"
    )
    person = forms.ModelChoiceField(
        label=gettext_lazy("Person"),
        queryset=User.objects.none(),
        required=False,
        empty_label="―",
        help_text=gettext_lazy("If they leave, it falls to the administrators of the organisation."),
    )
    due = DayField(label=gettext_lazy("Until when"), required=False)
    review_on = DayField(
        label=gettext_lazy("Look at it again on"),
        required=False,
        help_text=gettext_lazy("It is proposed for the agenda then."),
    )
    charter_version = forms.ModelChoiceField(
        label=gettext_lazy("Version of the rules it changes"),
        queryset=CharterVersion.objects.none(),
        required=False,
        empty_label="―",
    )

    def __init__(self, *args: Any, decision: Decision | None = None, **kwargs: Any) -> None:
        if decision is not None:
            kwargs.setdefault("initial", {name: getattr(decision, name) for name in ("text", *actions.FIELDS)})
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = {
            "organization": Organization.objects.current(today()),
            "department": Department.objects.filter(ended_on=None).select_related("organization"),
            "person": User.objects.filter(
                is_active=True, pk__in=RoleAssignment.objects.active().order_by().values("user")
            ).select_related("organization"),
            "charter_version": CharterVersion.objects.select_related("charter"),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.label("department", lambda row: f"{row.organization} {row.name}")
        self.label("person", lambda row: f"{row.organization or ''} {row.name}".strip())
        self.label("charter_version", lambda row: _("%(title)s, version %(number)s") % {"title": row.charter.title, "number": row.number})  # fmt: skip

    def label(self, name: str, words: Any) -> None:
        """How the choices of a field read."""
        self.fields[name].label_from_instance = words  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("text", *actions.FIELDS)}


class ReportForm(PersonalForm):
    """How far it is: one press, and a sentence."""

    guarded = ("note",)

    state = forms.ChoiceField(
        label=gettext_lazy("How far it is"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose how far it is.")},
    )
    note = Lines(label=gettext_lazy("In a sentence"), rows=2, max_length=300, required=False)

    def __init__(self, *args: Any, decision: Decision, states: tuple[DecisionState, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(str(state), state.label) for state in states]  # type: ignore[attr-defined]
        self.fields["state"].initial = decision.state if decision.state in states else None


def decision_or_404(request: HttpRequest, pk: Any) -> Decision:
    """A decision this person may see; a foreign one is like none."""
    rows = Decision.objects.visible_to(request.user)
    related = ("meeting__body", "organization", "department", "person", "charter_version__charter")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def wanted_of(request: HttpRequest) -> tuple[Wanted, list[Any]]:
    """What the address asks the register for; anything unknown asks for nothing."""
    bodies = bodies_with_decisions(request.user)
    body = next((each for each in bodies if each.slug == request.GET.get("body")), None)
    which = request.GET.get("which", "")
    return Wanted(which if which in WHICH else "", body), bodies


def shown(request: HttpRequest) -> dict[str, Any]:
    """What the list and the paper have in common."""
    wanted, bodies = wanted_of(request)
    body = f"body={wanted.body.slug}" if wanted.body else ""
    toggles = [
        (label, "&".join(part for part in (f"which={which}" if which else "", body) if part), which == wanted.which)
        for which, label in LABELS.items()
    ]
    return {
        "wanted": wanted,
        "bodies": bodies,
        "toggles": toggles,
        "title": LABELS[wanted.which],
        "query": "&".join(part for part in (f"which={wanted.which}" if wanted.which else "", body) if part),
        "today": today(),
    }


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """`/members/decisions/?which=mine&body=…`: what waits first."""
    context = shown(request)
    context["page"] = Paginator(register(request.user, context["wanted"]), PAGE).get_page(request.GET.get("page"))
    return render(request, "workshops/members/decisions.html", context)


@require_safe
def decisions_print(request: HttpRequest) -> HttpResponse:
    """`/members/decisions/print/`: the same as a table on A4."""
    context = shown(request)
    context["rows"] = register(request.user, context["wanted"])[:ON_PAPER]
    return render(request, "workshops/members/decisions_print.html", context)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def decision(request: HttpRequest, pk: Any) -> HttpResponse:
    """`/members/decisions/<id>/`: its words, its history, and reporting how far it is."""
    found = decision_or_404(request, pk)
    mark_read(request.user, kind=KIND, target=found.pk)
    states = actions.reports_of(request.user, found)
    form = ReportForm(request.POST if request.method == "POST" else None, decision=found, states=states)
    if form.is_bound and not states:
        raise PermissionDenied
    if form.is_bound and form.is_valid():
        try:
            words = {"state": form.cleaned_data["state"], "note": form.cleaned_data["note"]}
            actions.report(by=request.user, decision=found, dismissals=form.dismissals, **words)
        except OpenFindings:
            form.add_error(None, _("The guard has found something since. Please look at it once more."))
        except ValidationError as refused:
            form.take_errors(refused)
        else:
            messages.success(request, _("Thank you. It stands in the history of the decision."))
            return redirect("members:decision", pk=pk)
    keeps = Meeting.objects.kept_by(request.user).filter(pk=found.meeting_id).exists()
    context = {
        "decision": found,
        "steps": found.steps.select_related("by__organization"),
        "may_report": bool(states),
        "keeps": keeps,
        "coming": coming_meetings(found, request.user) if keeps else [],
        "sees_meeting": Meeting.objects.visible_to(request.user).filter(pk=found.meeting_id).exists(),
        "today": today(),
    }
    return drawn(request, "workshops/members/decision.html", form, **context)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def decision_new(request: HttpRequest, pk: Any) -> HttpResponse:
    """`/members/meetings/<id>/decisions/new/`: write down what was settled."""
    meeting = kept_or_404(request, pk)
    return written(request, meeting, None)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def decision_edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """`/members/decisions/<id>/edit/`: another owner, another day; other words until the minutes are confirmed."""
    found = decision_or_404(request, pk)
    if not Meeting.objects.kept_by(request.user).filter(pk=found.meeting_id).exists():
        raise Http404
    return written(request, found.meeting, found)


def written(request: HttpRequest, meeting: Meeting, found: Decision | None) -> HttpResponse:
    """The form, and what the action says to it."""
    form = DecisionForm(request.POST if request.method == "POST" else None, decision=found)
    if form.is_bound and form.is_valid():
        try:
            if found is None:
                actions.decide(by=request.user, meeting=meeting, dismissals=form.dismissals, **form.values())
            else:
                actions.change(by=request.user, decision=found, dismissals=form.dismissals, **form.values())
        except OpenFindings:
            form.add_error(None, _("The guard has found something since. Please look at it once more."))
        except ValidationError as refused:
            form.take_errors(refused)
        else:
            messages.success(request, _("Written down."))
            if found is None:
                return redirect("members:minutes" if hasattr(meeting, "record") else "members:meeting", pk=meeting.pk)
            return redirect("members:decision", pk=found.pk)
    return drawn(request, "workshops/members/decision_form.html", form, meeting=meeting, decision=found)


@require_POST
def decision_review(request: HttpRequest, pk: Any) -> HttpResponse:
    """Put it on the agenda of a coming meeting of the body."""
    found = decision_or_404(request, pk)
    kept = Meeting.objects.kept_by(request.user)
    if not kept.filter(pk=found.meeting_id).exists():
        raise PermissionDenied
    choice = forms.UUIDField(required=False)
    try:
        meeting = kept.filter(pk=choice.clean(request.POST.get("meeting", ""))).first()
        if meeting is None:
            raise ValidationError(_("Please choose a coming meeting of the same body."))
        actions.back_to_the_agenda(by=request.user, decision=found, meeting=meeting)
        messages.success(request, _("It is on the agenda now."))
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
    return redirect("members:decision", pk=pk)

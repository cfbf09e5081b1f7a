"""An organisation's administrator proposes events; communications publish them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page, WorkflowState

from cms.dates import now
from cms.once import once
from directory.models import Organization, User
from workshops.actions import proposals
from workshops.actions.events import Plan
from workshops.models import CAPACITY_LIMIT, Event, EventPage
from workshops.permissions import may_propose_events

LOCAL = "%Y-%m-%dT%H:%M"


def moment(label: Any, **more: Any) -> forms.DateTimeField:
    """A moment in Japan, by the browser's own picker."""
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        error_messages={"invalid": gettext_lazy("Please write day and time, for example 2026-12-19 15:00.")},
        **more,
    )


class EventProposalForm(forms.ModelForm[Event]):
    """A short form. What only communications decide (text of the page, questions, policy) is not here."""

    starts_at = moment(gettext_lazy("begins"))
    ends_at = moment(gettext_lazy("ends"), required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("capacity"),
        required=False,
        min_value=1,
        max_value=CAPACITY_LIMIT,
        help_text=gettext_lazy("Empty: no limit."),
    )

    class Meta:
        model = Event
        fields = [
            "title", "summary", "kind", "audience", "format", "venue_name", "venue_address", "what_happens", "fee_text",
            "registration_mode", "unit", "contact_name", "contact_phone", "contact_email",
        ]  # fmt: skip
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("summary", "audience", "what_happens")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        date = self.instance.occurrences.first() if self.instance.pk else None
        if date is not None:
            self.initial.update({"starts_at": date.starts_at, "ends_at": date.ends_at, "capacity": date.capacity})
        self.fields["summary"].required = True
        self.fields["contact_name"].required = True

    def clean(self) -> dict[str, Any]:
        """It lies ahead, and ends after it begins."""
        data = super().clean() or {}
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and starts <= now():
            self.add_error("starts_at", _("This moment is over already."))
        if starts and ends and ends < starts:
            self.add_error("ends_at", _("The end is before the beginning."))
        return data

    def plans(self) -> list[Plan]:
        """The one date of a proposal; further ones are communications' to add."""
        date = self.instance.occurrences.first() if self.instance.pk else None
        data = self.cleaned_data
        return [
            Plan(
                starts_at=data["starts_at"],
                ends_at=data["ends_at"],
                capacity=data["capacity"],
                pk=date.pk if date else None,
            )
        ]

    def values(self) -> dict[str, Any]:
        """The fields of the event."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def take_errors(self, error: ValidationError) -> None:
        """Sentences of the action, beside their fields."""
        for name, sentences in error.message_dict.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)


@dataclass(frozen=True)
class Own:
    """A proposal as its organisation sees it. `state`: published, waiting, returned; `comment` of communications."""

    event: Event
    state: str
    comment: str = ""

    @property
    def may_write(self) -> bool:
        """Nobody outside has read it yet."""
        return self.state != "published"


def own_of(events: Sequence[Event]) -> list[Own]:
    """How proposals stand; their pages are prefetched. Three queries, however many they are."""
    pages = {event.pk: prose.page for event in events for prose in event.proses.all()}
    keys = [str(page.pk) for page in pages.values()]
    kind = ContentType.objects.get_for_model(Page)
    active = WorkflowState.objects.active().filter(base_content_type=kind, object_id__in=keys)
    states = {state.object_id: state for state in active.select_related("current_task_state")}
    return [_own(event, pages.get(event.pk), states) for event in events]


def _own(event: Event, page: EventPage | None, states: dict[str, WorkflowState]) -> Own:
    if page is None or page.live or page.first_published_at is not None:
        return Own(event, "published")
    state = states.get(str(page.pk))
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        task = state.current_task_state
        return Own(event, "returned", task.comment if task else "")
    return Own(event, "waiting")


def proposer(request: HttpRequest) -> tuple[User, Organization]:
    """Whoever proposes for an organisation, and that organisation."""
    user: Any = request.user
    if not may_propose_events(user) or user.organization is None:
        raise PermissionDenied
    return user, user.organization


@require_safe
def event_proposals(request: HttpRequest) -> HttpResponse:
    """`/members/event-proposals/`: what we have proposed, and how it stands."""
    _user, organization = proposer(request)
    listed = own_of(list(proposals.proposed_by(organization)[:100]))
    return render(request, "workshops/members/event_proposals.html", {"listed": listed, "organization": organization})


@require_http_methods(["GET", "HEAD", "POST"])
@once
def event_proposal_new(request: HttpRequest) -> HttpResponse:
    """`/members/event-proposals/new/`"""
    user, _organization = proposer(request)
    form = EventProposalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            proposals.propose(by=user, plans=form.plans(), **form.values())
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Handed in. Nobody outside sees it until communications publish it."))
            return redirect("members:event_proposals")
    return drawn(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def event_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/event-proposals/<event>/`: read it, write it anew while nobody outside has read it."""
    user, organization = proposer(request)
    event = get_object_or_404(proposals.proposed_by(organization), pk=pk)
    own = own_of([event])[0]
    if not own.may_write:
        return render(request, "workshops/members/event_proposal_public.html", {"own": own, "event": event})
    form = EventProposalForm(request.POST if request.method == "POST" else None, instance=event)
    if request.method == "POST" and form.is_valid():
        try:
            proposals.propose_anew(event=event, by=user, plans=form.plans(), **form.values())
        except ValidationError as error:
            form.take_errors(error)
        else:
            messages.success(request, _("Handed in. Nobody outside sees it until communications publish it."))
            return redirect("members:event_proposals")
    return drawn(request, form, own)


@require_POST
def event_proposal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an unpublished proposal back."""
    user, organization = proposer(request)
    event = get_object_or_404(proposals.proposed_by(organization), pk=pk)
    try:
        proposals.withdraw(event=event, by=user)
        messages.success(request, _("Taken back."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("members:event_proposals")


def drawn(request: HttpRequest, form: EventProposalForm, own: Own | None) -> HttpResponse:
    """The form with what was written."""
    status = 422 if form.errors else 200
    return render(request, "workshops/members/event_propose.html", {"form": form, "own": own}, status=status)

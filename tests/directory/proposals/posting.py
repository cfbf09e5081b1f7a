"""A proposal as a browser sends it: everything the form shows, with a few fields changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.test import Client
from django.urls import reverse

from directory.members.proposal_forms import DeskProposalForm
from directory.models import ConsultationDesk


def drawn(form: forms.BaseForm) -> dict[str, Any]:
    """Name and value of every control, as drawn."""
    values: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        name = bound.html_name
        if bound.name == "hours":
            values[f"{name}-mode"], values[name] = "text", value or ""
        elif isinstance(bound.field, forms.BooleanField):
            values |= {name: "on"} if value else {}
        elif isinstance(bound.field, forms.ModelMultipleChoiceField):
            values[name] = [getattr(each, "pk", each) for each in value or []]
        else:
            shown = bound.field.widget.format_value(value)
            values[name] = "" if shown is None else shown[0] if isinstance(shown, list) else shown
    return values


def form_data(desk: ConsultationDesk, **changes: Any) -> dict[str, Any]:
    """What the browser would send; `channels__0__value="…"` names a field of the formset."""
    form = DeskProposalForm(instance=desk)
    data = drawn(form) | drawn(form.channels.management_form)
    for channel in form.channels.forms:
        data |= drawn(channel)
    return data | {name.replace("__", "-"): value for name, value in changes.items()}


def propose(client: Client, desk: ConsultationDesk, **changes: Any) -> Any:
    """Send the form of an existing desk."""
    newest = desk.get_latest_revision_as_object()
    return client.post(reverse("members:desk_propose", args=[desk.slug]), form_data(newest, **changes))

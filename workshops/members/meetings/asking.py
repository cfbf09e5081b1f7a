"""What the meetings' views share: whose meeting it is, and how a refusal of an action comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from workshops.models import Meeting


def meeting_or_404(request: HttpRequest, pk: Any) -> Meeting:
    """A meeting this person may see; a foreign one is like none."""
    rows = Meeting.objects.visible_to(request.user).select_related(
        "body__approved_by", "body__reports_to", "reported_to"
    )
    return get_object_or_404(rows, pk=pk)


def kept_or_404(request: HttpRequest, pk: Any) -> Meeting:
    """A meeting this person prepares; to all others its workbench does not exist."""
    return get_object_or_404(Meeting.objects.kept_by(request.user).select_related("body"), pk=pk)


def done(form: BaseForm, action: Callable[..., Any], **more: Any) -> Any:
    """Hand valid data to the action and give back what it made; None when something is wrong, said beside the field."""
    if not form.is_valid():
        return None
    try:
        return action(**form.cleaned_data, **more) or True
    except ValidationError as refused:
        for name, sentences in refused.message_dict.items():
            form.add_error(name if name in form.fields else None, sentences)
        return None


def tried(request: HttpRequest, action: Callable[..., Any], said: str, **more: Any) -> bool:
    """A verb of one button: what it refuses is said above the page."""
    try:
        action(by=request.user, **more)
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
        return False
    messages.success(request, said)
    return True


def number(raw: str | None) -> int:
    """An id out of a form; 0 for anything else."""
    return int(raw) if raw and raw.isascii() and raw.isdecimal() and len(raw) < 12 else 0

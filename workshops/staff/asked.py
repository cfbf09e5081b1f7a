"""What each screen of events in the admin asks first, and how forms with rows come back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import BaseForm, BaseFormSet
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, QueryDict

from workshops.models import Event, EventProse
from workshops.permissions import may_edit_events


def for_editors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Communications staff only; the gate before this asked for the door of the admin."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_edit_events(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return asked


def author(request: HttpRequest) -> Any:
    """The signed-in person."""
    return request.user


def with_page() -> QuerySet[Event]:
    """Events that have a page, live or draft. Closed study sessions have none and are not listed here."""
    return Event.objects.filter(Exists(EventProse.objects.filter(event=OuterRef("pk"))))


def with_more_rows(sent: QueryDict, prefix: str, rows: int) -> QueryDict:
    """What was sent, with so many more empty rows; a broken count is left for the formset to refuse."""
    more = sent.copy()
    total = sent.get(f"{prefix}-TOTAL_FORMS", "")
    if total.isascii() and total.isdigit() and len(total) < 5:
        more[f"{prefix}-TOTAL_FORMS"] = str(int(total) + rows)
    return more


def hush(forms: Iterable[BaseForm | BaseFormSet[Any]]) -> None:
    """Show what was typed without judging it: the writer asked for more rows, not to save."""
    for form in forms:
        if isinstance(form, BaseFormSet):
            hush(form.forms)
            form._errors = [ErrorDict() for _row in form.forms]  # type: ignore[attr-defined]
            form._non_form_errors = form.error_class()  # type: ignore[attr-defined]
        else:
            form._errors = ErrorDict()  # type: ignore[attr-defined]

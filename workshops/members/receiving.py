"""Who receives people: asked at every view of the day."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from directory.models import User
from workshops.models import Event, Occurrence, Registration
from workshops.permissions import may_receive


def for_those_who_receive(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The gate lets the workspace in; this asks for the permission to receive people."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_receive(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return asked


def event_or_404(request: HttpRequest, pk: int) -> Event:
    """An event whose people this person receives. Another organisation's is as missing as one that never was."""
    return get_object_or_404(Event.objects.received_by(request.user).select_related("host"), pk=pk)


def occurrence_or_404(request: HttpRequest, pk: int) -> Occurrence:
    """The same for one of its days."""
    mine = Event.objects.received_by(request.user)
    return get_object_or_404(Occurrence.objects.filter(event__in=mine).select_related("event__host"), pk=pk)


def people_of(request: HttpRequest, occurrence: Occurrence) -> list[Registration]:
    """Everybody who registered for a day, in one query; the occurrence is not asked again."""
    rows = list(Registration.objects.visible_to(request.user).filter(occurrence=occurrence))
    for row in rows:
        row.occurrence = occurrence
    return rows


def actor(request: HttpRequest) -> User:
    """Who acts: the gate lets nobody through that is not signed in."""
    return cast(User, request.user)

"""定型文: the sentences of a desk. Whoever sits there writes, changes and removes them; they speak of nobody."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms import audit
from directory.models import ConsultationDesk, ReadyText, User
from directory.permissions import sits_at


@transaction.atomic
def write(*, by: User, desk: ConsultationDesk, title: str, text: str) -> ReadyText:
    """A new one. Raises PermissionDenied."""
    if not sits_at(by, desk):
        raise PermissionDenied
    row = ReadyText.objects.create(desk=desk, title=title, text=text, changed_by=by)
    audit.record("ready_text.written", by=by, target=row, desk=desk.slug)
    return row


@transaction.atomic
def change(*, by: User, ready: ReadyText, title: str, text: str) -> ReadyText:
    """Other words. Raises PermissionDenied."""
    if not sits_at(by, ready.desk):
        raise PermissionDenied
    ready.title, ready.text, ready.changed_by = title, text, by
    ready.save()
    audit.record("ready_text.changed", by=by, target=ready, desk=ready.desk.slug)
    return ready


@transaction.atomic
def remove(*, by: User, ready: ReadyText) -> None:
    """Gone; answers that began with it keep their words. Raises PermissionDenied."""
    if not sits_at(by, ready.desk):
        raise PermissionDenied
    audit.record("ready_text.removed", by=by, target=ready, desk=ready.desk.slug)
    ready.delete()

"""Numbers of changes and holds, as people read them."""

from __future__ import annotations

from django import template

from directory.hours import words_or_blank
from directory.models import ConsultationDesk, NumberChange, NumberHold
from directory.queries.keeping import shown_number

register = template.Library()


@register.filter
def number(row: NumberChange | NumberHold) -> str:
    """``{{ change|number }}``: the new number of a change, the hidden one of a hold."""
    return shown_number(row.kind, row.new if isinstance(row, NumberChange) else row.value)


@register.filter
def waiting(desk: ConsultationDesk) -> list[NumberChange]:
    """``{{ desk|waiting }}``: its changes that wait for a second person."""
    return list(NumberChange.objects.waiting().filter(desk=desk.pk)) if desk.pk else []


@register.filter
def old_number(change: NumberChange) -> str:
    """``{{ change|old_number }}``: what residents are given now."""
    return shown_number(change.old_kind, change.old)


@register.filter
def hours(change: NumberChange) -> str:
    """``{{ change|hours }}``: the hours that come with the number."""
    said: str = change.channel.get("hours_text") or words_or_blank(change.channel.get("hours") or "")
    return said

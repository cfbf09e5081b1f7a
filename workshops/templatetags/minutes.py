"""Minutes and decisions on the page of a meeting."""

from __future__ import annotations

from typing import Any

from django import template

from workshops.enums import MeetingState
from workshops.models import Meeting, Minutes
from workshops.queries.decisions import to_review_in
from workshops.queries.minutes import decisions_of, everything_of

register = template.Library()


@register.inclusion_tag("workshops/members/meeting_minutes.html", takes_context=True)
def meeting_minutes(context: template.Context, meeting: Meeting) -> dict[str, Any]:
    """The words as far as this person may read them, what was settled, and what comes back to the agenda."""
    user: Any = context["request"].user
    keeps = Meeting.objects.kept_by(user).filter(pk=meeting.pk).exists()
    minutes = Minutes.objects.visible_to(user).filter(meeting=meeting).first()
    begun = minutes is not None or Minutes.objects.filter(meeting=meeting).exists()
    called = meeting.state in (MeetingState.CALLED, MeetingState.HELD)
    shown: dict[str, Any] = {"minutes": None, "decisions": decisions_of(meeting, user)}
    if minutes is not None:
        minutes.meeting = meeting
        shown = everything_of(minutes, user)
    ahead = keeps and meeting.state in (MeetingState.DRAFT, MeetingState.POLL, MeetingState.CALLED)
    return {
        **shown,
        "meeting": meeting,
        "may_begin": keeps and not begun and called and meeting.takes_words,
        "review": to_review_in(meeting, user) if ahead else [],
        "csrf_token": context.get("csrf_token"),
    }

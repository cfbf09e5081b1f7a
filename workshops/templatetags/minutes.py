"""Minutes and decisions on the page of a meeting."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def meeting_minutes(context: template.Context, meeting: Any) -> SafeString:
    """Nothing as long as a meeting has no minutes."""
    return SafeString("")

"""The hidden field that says which room a form belongs to."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from directory.actions.consultations import visits
from directory.models import Consultation

register = template.Library()


@register.simple_tag
def room_mark(consultation: Consultation | None, posted: str = "") -> SafeString:
    """`{% room_mark consultation %}`; where no room is open, the mark that came with the form."""
    value = visits.room_mark(consultation) if consultation else posted
    return (
        format_html('<input type="hidden" name="room" value="{}" autocomplete="off">', value) if value else SafeString()
    )

"""On the page of a consultation: until when it is kept, and whether a desk has to keep it longer."""

from __future__ import annotations

from typing import Any

from django import template

from directory.models import Consultation, Hold
from directory.permissions import supervises
from directory.roles import Permission, holds

register = template.Library()


@register.inclusion_tag("directory/members/consultation_hold_part.html", takes_context=True)
def kept_until(context: dict[str, Any], consultation: Consultation) -> dict[str, Any]:
    """`{% kept_until consultation %}`: the side box; with the way to a hold for supervisors of the desk."""
    hold = Hold.objects.standing().select_related("by").filter(consultation=consultation).first()
    user = context["request"].user
    may_hold = supervises(user, consultation.desk)
    return {"consultation": consultation, "hold": hold, "may_hold": may_hold, "request": context["request"]}


@register.inclusion_tag("directory/members/consultation_destroyed_link.html", takes_context=True)
def destruction_register(context: dict[str, Any]) -> dict[str, Any]:
    """`{% destruction_register %}`: the way to it, for whoever supervises a desk."""
    return {"shown": holds(context["request"].user, Permission.CONSULTATIONS_SUPERVISE)}

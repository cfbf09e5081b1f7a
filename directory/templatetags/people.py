"""Filters of screens about people, and the city's login on the entrance page."""

from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse

from directory.models import RoleAssignment, User

register = template.Library()


@register.filter
def of_person(assignments: dict[int, list[RoleAssignment]], person: User) -> list[RoleAssignment]:
    """The roles of one person out of those asked for a whole page."""
    return assignments.get(person.pk, [])


@register.simple_tag(takes_context=True)
def city_login(context: template.Context) -> dict[str, str] | None:
    """Name and address of the city's own login, when there is one (settings.SOCIALACCOUNT_PROVIDERS)."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    if not apps:
        return None
    asked = context["request"].GET.get("next", "")
    way_on = f"?{urlencode({'next': asked})}" if asked else ""
    return {"name": apps[0]["name"], "url": reverse("openid_connect_login", args=[apps[0]["provider_id"]]) + way_on}

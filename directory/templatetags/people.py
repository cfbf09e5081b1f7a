"""Filters of screens about people."""

from django import template

from directory.models import RoleAssignment, User

register = template.Library()


@register.filter
def of_person(assignments: dict[int, list[RoleAssignment]], person: User) -> list[RoleAssignment]:
    """The roles of one person out of those asked for a whole page."""
    return assignments.get(person.pk, [])

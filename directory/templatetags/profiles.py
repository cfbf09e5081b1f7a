"""How offers, wishes and days of the members' directory look."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.templatetags.design import icon
from directory.enums import ResourceKind, Weekday
from directory.models import Resource

register = template.Library()

ICONS = {
    ResourceKind.PLACE: "house",
    ResourceKind.GOODS: "list",
    ResourceKind.HANDS: "people",
    ResourceKind.KNOWLEDGE: "book",
    ResourceKind.TIME: "clock",
    ResourceKind.NEWS: "mail",
}
WORKDAYS = [day for day in Weekday if day not in {Weekday.SATURDAY, Weekday.SUNDAY}]


@register.simple_tag
def kind_icon_of(resource: Resource) -> SafeString:
    """The icon of its kind."""
    return icon(ICONS[ResourceKind(resource.kind)])


@register.filter
def day_words(resource: Resource) -> str:
    """「月・水・土」, 「毎日」, 「平日」; 「曜日は相談」 where none is ticked; with the words about the time behind it."""
    days = resource.days
    if not days:
        said = "" if resource.when_text else _("day to be agreed")
    elif len(days) == len(Weekday):
        said = _("every day")
    elif days == WORKDAYS:
        said = _("weekday")
    else:
        said = pgettext("between days", "/").join(
            str(day.label)[0] if len(days) > 1 else str(day.label) for day in days
        )
    return "　".join(part for part in (said, resource.when_text) if part)

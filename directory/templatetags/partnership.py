"""The partnership in templates: organisation charts, bodies, seats, fuzzy dates."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import dates
from directory.charts import Said
from directory.enums import Tie
from directory.models import Body, BodyMembership, Membership
from directory.queries import ShownChart, public_bodies, public_charts
from directory.templatetags.desks import since

register = template.Library()
register.filter("known_date", since)

FULL_WIDTH = 1120  # of the page's column: a wider picture gets a box of its own to scroll in
LEGEND = {
    Tie.CONSISTS: gettext_lazy("the upper one is made of the lower ones"),
    Tie.COOPERATES: gettext_lazy("work together"),
    Tie.REPORTS: gettext_lazy("reports, in the direction of the arrow"),
    Tie.COMMISSIONS: gettext_lazy("commissions, in the direction of the arrow"),
}


@register.simple_tag
def organization_charts() -> list[ShownChart]:
    """``{% organization_charts as charts %}``: every chart residents may see, drawn and told."""
    return public_charts()


@register.simple_tag
def bodies() -> list[Body]:
    """``{% bodies as found %}``: bodies residents may read about."""
    return public_bodies()


@register.inclusion_tag("directory/components/chart.html")
def chart(shown: ShownChart) -> dict[str, Any]:
    """``{% chart shown %}``: the picture where there is room, the list, the legend, the source."""
    return {
        "chart": shown.chart,
        "drawing": shown.drawing,
        "items": shown.items,
        "legend": [(tie, LEGEND[tie]) for tie in shown.drawing.ties],
        "scrolls": shown.drawing.width > FULL_WIDTH,
    }


@register.filter
def told(said: Said) -> str:
    """A line of the chart as a sentence of one of its boxes."""
    sentences = {
        "cooperates": _("Works together with %(name)s."),
        "consists-out": _("%(name)s belongs to it, too."),
        "consists-in": _("Belongs to %(name)s, too."),
        "reports-out": _("Reports to %(name)s."),
        "reports-in": _("%(name)s reports to it."),
        "commissions-out": _("Commissions %(name)s."),
        "commissions-in": _("Is commissioned by %(name)s."),
    }
    return sentences[said.key] % {"name": said.other.label}


@register.filter
def seat_name(seat: BodyMembership) -> str:
    """The organisation, or the title with the number of people: 「民生委員（87人）」."""
    if seat.organization is not None:
        return seat.organization.name
    if seat.headcount is None:
        return seat.title
    return _("%(title)s (%(count)s people)") % {"title": seat.title, "count": seat.headcount}


@register.filter
def period(row: BodyMembership | Membership) -> str:
    """「2025年（令和7年）4月から2026年（令和8年）3月31日まで」; what is not known is not said."""
    since = japanese_month(row.since) if row.since else ""
    until = japanese_month(row.until - dt.timedelta(days=1)) if row.until else ""
    if since and until:
        return _("from %(since)s to %(until)s") % {"since": since, "until": until}
    if until:
        return _("until %(until)s") % {"until": until}
    return _("since %(since)s") % {"since": since} if since else ""


@register.filter
def japanese_month(day: dt.date) -> str:
    """「2025年（令和7年）4月」; with the day when it is not the first of a month."""
    tail = "" if day.day == 1 else f"{day.day}日"
    return f"{day.year}年（{dates.era_year(day)}）{day.month}月{tail}"


@register.filter
def day_before(day: dt.date) -> dt.date:
    """The last day of a time that is over on that day."""
    return day - dt.timedelta(days=1)

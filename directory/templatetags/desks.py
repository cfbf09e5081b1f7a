"""Desks in templates: state in words, buttons, the lines of the home page, the table of roles."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cms import dates
from directory.enums import FACT_ICONS, BarrierFact, ChannelKind
from directory.hours import HoursState, Light, closes_words, opens_words
from directory.models import DeskReception
from directory.models.places import MAPS
from directory.queries import Board, DeskAt, board_at, desk_at, roles_table
from directory.queries.finder import ChannelAt, loaded

register = template.Library()

TALKING = frozenset({ChannelKind.PHONE, ChannelKind.CHAT, ChannelKind.LINE, ChannelKind.ONLINE})
WRITTEN = frozenset({ChannelKind.CHAT, ChannelKind.LINE, ChannelKind.MAIL, ChannelKind.FORM})
ICONS = {
    ChannelKind.PHONE: "phone", ChannelKind.CHAT: "chat", ChannelKind.LINE: "chat", ChannelKind.MAIL: "mail",
    ChannelKind.FORM: "pen", ChannelKind.VISIT: "door", ChannelKind.HOME_VISIT: "house", ChannelKind.ONLINE: "device",
    ChannelKind.LETTER: "mail", ChannelKind.FAX: "document",
}  # fmt: skip


def minutes_left(state: HoursState, at: dt.datetime) -> int:
    """Whole minutes until it closes, at least one."""
    return max(1, int(((state.until or at) - at).total_seconds() // 60))


def until_sentence(state: HoursState, at: dt.datetime) -> str:
    """「きょう 22時まで」「きょう 19時まで（あと20分）」."""
    if state.until is None:
        return _("At night and on New Year's Day, too")
    when = {"when": closes_words(state.until, at)}
    sentence = _("taken until %(when)s") % when if state.is_reception else _("until %(when)s") % when
    if state.light is Light.SOON:
        left = minutes_left(state, at)
        sentence += ngettext("(%(count)s minute left)", "(%(count)s minutes left)", left) % {"count": left}
    return sentence


def state_words(item: DeskAt) -> tuple[str, str]:
    """The bold words and the small ones beside the window."""
    state, at = item.state, item.at
    if state is None:
        letters = any(not each.channel.is_live for each in item.channels)
        return (
            (_("You can write at any time"), item.desk.reply_time) if letters else (_("Please ask for the hours"), "")
        )
    talking = any(each.is_open and each.channel.kind in TALKING for each in item.wished)
    if state.light is Light.CLOSED:
        if state.opens is None:
            return _("Not open at the moment"), ""
        closed = _("Nobody new is taken just now") if state.reception_over else _("Closed now")
        return closed, _("Opens next: %(when)s") % {"when": opens_words(state.opens, at)}
    first = {
        Light.ALWAYS: _("You can talk day and night, all year"),
        Light.SOON: _("Closes soon"),
        Light.OPEN: _("You can talk now") if talking else _("Open now"),
    }[state.light]
    return first, until_sentence(state, at)


@register.inclusion_tag("components/status.html")
def desk_status(item: DeskAt) -> dict[str, Any]:
    """``{% desk_status item %}``: window, state in words, until when."""
    words, small = state_words(item)
    return {"state": item.light.value, "text": words, "detail": small}


@register.inclusion_tag("directory/components/desk_card.html")
def desk_card(item: DeskAt, voices: int = 3) -> dict[str, Any]:
    """``{% desk_card item %}``: a desk in the list, at most so many of its voices."""
    words, small = state_words(item)
    return {
        "item": item, "desk": item.desk, "state": item.light.value, "status_text": words, "status_detail": small,
        "href": item.desk.get_absolute_url(), "name": item.desk.name, "organization": item.desk.organization.name,
        "voices": item.desk.worries[:voices],
    }  # fmt: skip


@register.simple_tag
def until_words(item: DeskAt) -> str:
    """``{% until_words item %}``: 「きょう 22時まで」."""
    return state_words(item)[1]


def button_words(channel: Any) -> str:
    """What a button does, as a verb."""
    return {
        ChannelKind.PHONE: pgettext("button", "Call"),
        ChannelKind.CHAT: _("Talk in writing"),
        ChannelKind.LINE: _("Talk on LINE"),
        ChannelKind.MAIL: _("Leave a mail"),
        ChannelKind.FORM: _("Write on the form"),
        ChannelKind.ONLINE: _("Talk online"),
    }.get(channel.kind, channel.get_kind_display())


@register.inclusion_tag("directory/components/channel_button.html")
def channel_button(each: ChannelAt, css: str = "", more: str = "") -> dict[str, Any]:
    """``{% channel_button item.main %}``: a link that dials or writes; a sample is the same button without a link.

    ``more``: where a way on foot is told of, for channels that no tap opens.
    """
    channel = each.channel
    return {
        "channel": channel, "phone": channel.phone, "href": channel.href or ("" if channel.phone else more), "css": css,
        "icon": ICONS[ChannelKind(channel.kind)], "words": button_words(channel), "outside": bool(channel.href),
    }  # fmt: skip


@register.inclusion_tag("directory/components/call_bar.html")
def call_bar(item: DeskAt | None, own_page: bool = False) -> dict[str, Any]:
    """``{% call_bar finder.bar %}``: on phones, the first desk that answers now; nothing when none does.

    ``own_page``: the reader is on the desk's page, so its name need not be said again.
    """
    main = item.main if item else None
    if item is None or main is None or item.state is None:
        return {}
    until = until_sentence(item.state, item.at) if item.state.until else ""
    writing = next((each for each in item.others if each.channel.kind in WRITTEN), None)
    return {
        "label": item.desk.name, "text": button_words(main.channel), "icon": ICONS[ChannelKind(main.channel.kind)],
        "detail": until if own_page else (item.desk.name if writing or not until else f"{item.desk.name}・{until}"),
        "href": main.channel.href, "sample": not main.channel.href,
        "second_href": writing.channel.href if writing else "", "second_text": pgettext("button", "Write") if writing else "",
        "second_icon": ICONS[ChannelKind(writing.channel.kind)] if writing else "",
    }  # fmt: skip


@register.filter
def fact_icon(fact: BarrierFact) -> str:
    """The icon of a fact."""
    return FACT_ICONS[fact]


@register.filter
def kind_icon(channel: Any) -> str:
    """The icon of a channel."""
    return ICONS[ChannelKind(channel.kind)]


@register.filter
def ages(desk: Any) -> str:
    """「15歳から29歳まで」; nothing without bounds."""
    low, high = desk.age_min, desk.age_max
    if low is None and high is None:
        return ""
    if high is None:
        return _("from %(low)s years") % {"low": low}
    if low is None:
        return _("up to %(high)s years") % {"high": high}
    return _("%(low)s to %(high)s years") % {"low": low, "high": high}


@register.filter
def since(value: str) -> str:
    """「2021-05」 as 「2021年（令和3年）5月」, as exactly as it is known."""
    parts = [int(part) for part in value.split("-")] if value else []
    if not parts:
        return ""
    day = dt.date(*[*parts, 1, 1][:3]) if len(parts) < 3 else dt.date(*parts[:3])
    if len(parts) == 3:
        return dates.japanese_date_long(day)
    era = dates.era_year(day) if len(parts) == 2 else dates.era_year(dt.date(parts[0], 12, 31))
    return _("%(year)s (%(era)s)") % {"year": parts[0], "era": era} + (
        _("month %(month)s") % {"month": parts[1]} if len(parts) == 2 else ""
    )


@register.filter
def written_ways(item: DeskAt) -> list[tuple[str, str]]:
    """(kind, address) of the ways beside the telephone, as paper and the table name them: LINE, mail, the house."""
    return [
        (each.channel.get_kind_display(), each.channel.shown_value)
        for each in item.channels
        if each.channel.kind != ChannelKind.PHONE and each.channel.shown_value
    ]


@register.filter
def card_hours(item: DeskAt) -> list[str]:
    """The hours a small card has room for: those of the telephone it names, else of all ways."""
    phones = [each.channel.hours_words for each in item.channels if each.channel.kind == ChannelKind.PHONE]
    return list(dict.fromkeys(words for words in phones if words)) or [
        f"{kind} {words}".strip() for kind, words in item.hours_lines
    ]


@register.filter
def map_url(channel: Any) -> str:
    """A plain link to a map of the house one can come to; nothing is loaded from there before the reader follows it."""
    return (
        MAPS + urlencode({"api": "1", "query": channel.value})
        if channel.kind == ChannelKind.VISIT and channel.value
        else ""
    )


def board_of(context: template.Context) -> Board:
    """The board of this request, asked once."""
    request = context.get("request")
    board = getattr(request, "_desk_board", None)
    if board is None:
        board = board_at(dates.now(), getattr(request, "user", None))
        if request is not None:
            request._desk_board = board
    return board


@register.simple_tag(takes_context=True)
def lit_count(context: template.Context) -> int:
    """``{% lit_count as lit %}``: how many desks of the city answer now; the town shows as many windows."""
    return len(board_of(context).open_local)


@register.simple_tag(takes_context=True)
def lighthouse(context: template.Context) -> bool:
    """``{% lighthouse as burning %}``: some desk never closes."""
    return board_of(context).always


@register.simple_tag
def letters_taken() -> bool:
    """``{% letters_taken as letters %}``: one can write to some desk here, now."""
    return DeskReception.objects.open().exists()


@register.simple_tag(takes_context=True)
def desk_count(context: template.Context) -> int:
    """``{% desk_count as all %}``: desks of the city with known hours."""
    board = board_of(context)
    return len(board.open_local) + board.closed_local


@register.inclusion_tag("directory/components/open_lines.html", takes_context=True)
def open_lines(context: template.Context, limit: int = 4) -> dict[str, Any]:
    """``{% open_lines limit=4 %}``: desks that answer now (national lines when no other does), and what opens next."""
    board = board_of(context)
    user = getattr(context.get("request"), "user", None)
    shown = (board.open_local or board.open_national)[:limit]
    items = [desk_at(desk, board.at, board=board) for desk in loaded([each.pk for each in shown], user)]
    nearest = board.next_opening
    return {
        "items": items,
        "nobody_here": not board.open_local,
        "further_open": max(0, len(board.open_local) - limit),
        "closed": board.closed_local,
        "next": nearest,
        "next_when": opens_words(nearest.state.opens, board.at) if nearest and nearest.state.opens else "",
    }


@register.inclusion_tag("directory/components/meanwhile.html")
def meanwhile(item: DeskAt) -> dict[str, Any]:
    """``{% meanwhile item %}``: on a closed card, who answers until it opens."""
    return {"desks": [(desk, desk.until_words(item.at)) for desk in item.meanwhile]}


@register.inclusion_tag("directory/components/next_opening.html")
def next_opening(board: Board) -> dict[str, Any]:
    """``{% next_opening finder.board %}``: the closed desk that opens first, in a sentence."""
    desk = board.next_opening
    return {"desk": desk, "when": opens_words(desk.state.opens, board.at) if desk and desk.state.opens else ""}


@register.inclusion_tag("directory/components/roles_table.html", name="roles_table")
def roles_table_tag(counts: bool = True) -> dict[str, Any]:
    """``{% roles_table %}``: 「団体｜役割」 from data; nothing while no row exists. ``counts``: how many take part."""
    return {"rows": roles_table(), "counts": counts}

"""One occurrence → the cells of its row, by field; and how a layout's own fields are made of them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape

from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags

from cms.dates import jst
from cms.exports import tabular
from cms.models import SiteSettings
from workshops.enums import EventStatus, Format, RegistrationMode, Target, Unit
from workshops.models import Event, Occurrence
from workshops.open_data.codes import FREE, KINDS, PAID, STATES
from workshops.open_data.stored import cells_that_stand

ONLINE = "オンライン"
UNITS = {Unit.PERSON: "人", Unit.PARTY: "組", Unit.HOUSEHOLD: "世帯", Unit.ORGANIZATION: "団体"}
HERE, NOT_NEEDED = "ウェブサイトの催しのページから申込", "申込不要"
_PREFECTURE = re.compile(r"北海道|東京都|京都府|大阪府|(?:神奈川|和歌山|鹿児島|..)県")
_YEN = re.compile(r"(\d[\d,]*)円")
_BREAKS = re.compile(r"<br\s*/?>|</(?:p|li|h\d|blockquote)>")


def row_id(occurrence: Occurrence) -> str:
    """What the row is known by for ever: address of the event and number of the occurrence."""
    return f"{occurrence.event.slug}-{occurrence.pk}"


def page_address(event: Event) -> str:
    """The event's page on this site."""
    return settings.BASE_URL + reverse("workshops:event_list") + f"{event.slug}/"


def cells_of(
    occurrence: Occurrence, city: SiteSettings, *, stream: str = "", introduction: str = "", partners: str = ""
) -> dict[str, str]:
    """Field → text. `stream` and `introduction`: of the event's page; `partners`: names of the others who hold it."""
    event = occurrence.event
    found = _own(occurrence, city, words_of(introduction, stream), partners)
    found |= cells_that_stand(occurrence, stream, introduction)
    found |= {
        "id": row_id(occurrence),
        "municipality": event.municipality_code or city.municipality_code,
        "municipality_name": city.municipality_name,
        "page_url": page_address(event),
    }
    return found


def in_layout(cells: Mapping[str, str], field: str) -> str:
    """The cell of a layout's column, as it is written."""
    return tabular(_MADE[field](cells) if field in _MADE else cells.get(field, ""))


# What a layout makes of the cells


def _notes(cells: Mapping[str, str]) -> str:
    """Numbers stand without a unit, so its words stand here."""
    words = cells.get("capacity_words", "")
    notes = cells.get("notes", "")
    return f"{notes} 定員：{words}".strip() if words and words not in notes else notes


def _address(cells: Mapping[str, str]) -> str:
    return "".join(cells.get(name, "") for name in ("prefecture", "city", "town", "street"))


def _fee_kind(cells: Mapping[str, str]) -> str:
    fee, note = cells.get("fee", ""), cells.get("fee_note", "")
    if fee:
        return FREE if fee == "0" else PAID
    return PAID if "円" in note or PAID in note else ""


_MADE = {
    "notes": _notes,
    "address": _address,
    "fee_kind": _fee_kind,
    "place": lambda cells: cells.get("venue", "") or cells.get("meeting_place", ""),
}


# What we know ourselves


def _own(occurrence: Occurrence, city: SiteSettings, description: str, partners: str) -> dict[str, str]:
    event = occurrence.event
    audience = event.audience or "、".join(str(Target(code).label) for code in event.targets)
    found = {
        "title": event.title,
        "summary": event.summary,
        "description": description,
        "kind": KINDS.get(event.kind, ""),  # type: ignore[call-overload]
        "status": state_of(occurrence),
        "venue": event.venue_name or (ONLINE if event.format == Format.ONLINE else ""),
        "latitude": "" if event.latitude is None else str(event.latitude),
        "longitude": "" if event.longitude is None else str(event.longitude),
        "host": event.host_name,
        "co_hosts": "、".join(part for part in (partners, event.co_hosts) if part),
        "audience": audience,
        "how_to_apply": _how_to_apply(event),
        "access": event.access,
        "contact_name": event.contact_name,
        "contact_phone": event.contact_phone,
        "contact_email": event.contact_email,
        "url": page_address(event),
        "notes": "、".join(event.accessibility.split("\n")),
    }
    return found | _when(occurrence) | _where(event, city) | _seats(occurrence) | _fee(event.fee_text)


def state_of(occurrence: Occurrence) -> str:
    """予定どおり, 延期 or 中止."""
    if occurrence.is_cancelled:
        return STATES[EventStatus.CANCELLED]
    return STATES[EventStatus.POSTPONED if occurrence.is_postponed else EventStatus.SCHEDULED]


def _when(occurrence: Occurrence) -> dict[str, str]:
    found = {"start_date": occurrence.starts_on.isoformat(), "end_date": occurrence.ends_on.isoformat()}
    closes = occurrence.event.closes_at
    if closes:
        found |= {"apply_by_date": f"{jst(closes):%Y-%m-%d}", "apply_by_time": f"{jst(closes):%H:%M}"}
    if occurrence.all_day:
        return found
    found["start_time"] = f"{jst(occurrence.starts_at):%H:%M}"
    if occurrence.ends_at:
        ends = jst(occurrence.ends_at)
        found["end_time"] = "24:00" if ends.date() > occurrence.ends_on else f"{ends:%H:%M}"
    return found


def _where(event: Event, city: SiteSettings) -> dict[str, str]:
    """The address in its parts, as far as they are certain."""
    whole, _space, building = event.venue_address.partition("\u3000")
    found = {"building": building}
    if prefecture := _PREFECTURE.match(whole):
        found["prefecture"], whole = prefecture[0], whole[prefecture.end() :]
    if city.municipality_name and whole.startswith(city.municipality_name):
        found["city"], whole = city.municipality_name, whole.removeprefix(city.municipality_name)
    return found | {"town": whole}


def _seats(occurrence: Occurrence) -> dict[str, str]:
    """The number, and words where a number alone would mislead."""
    unit = UNITS[Unit(occurrence.event.unit)]
    told = [(part.way, part.capacity) for part in occurrence.parts if part.capacity is not None]
    found = {"capacity": "" if occurrence.capacity is None else str(occurrence.capacity)}
    if occurrence.event.format == Format.BOTH and told:
        ways = {"venue": "会場", "online": ONLINE}
        return found | {"capacity_words": "、".join(f"{ways[way]}{number}{unit}" for way, number in told)}
    if told and occurrence.event.unit != Unit.PERSON:
        return found | {"capacity_words": f"{occurrence.capacity}{unit}"}
    return found


def _fee(words: str) -> dict[str, str]:
    if words == FREE:
        return {"fee": "0"}
    amount = _YEN.fullmatch(words)
    return {"fee": amount[1].replace(",", "")} if amount else {"fee_note": words}


def _how_to_apply(event: Event) -> str:
    if event.registration_mode == RegistrationMode.NONE:
        return event.registration_note or NOT_NEEDED
    return HERE if event.registration_mode == RegistrationMode.HERE else event.registration_note


def words_of(introduction: str, stream: str) -> str:
    """The text of a page, without its marks."""
    pieces = [block["value"] for block in json.loads(stream or "[]") if isinstance(block.get("value"), str)]
    text = unescape(strip_tags(_BREAKS.sub("\n", "\n".join(piece for piece in pieces if piece.startswith("<")))))
    return f"{introduction}\n{text}".strip()

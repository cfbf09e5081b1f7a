"""An `EventRow` → the values our own records take: what an import writes and later compares.

The Japanese words here are data: they become part of what the city publishes, whatever the reader's language.
"""

import datetime as dt
import re
from html import escape
from typing import Any

from cms.importing.cells import fold
from workshops.enums import EventKind, EventStatus, Format, RegistrationMode
from workshops.importing.layouts import BASE_REGISTRY
from workshops.importing.records import EventRow
from workshops.open_data.stored import CELLS

#: Part of イベント種類 / カテゴリー → our kind; the first that fits.
_KINDS = (
    ("相談", EventKind.CONSULTATION),
    ("ボランティア", EventKind.HELPING),
    ("子育て", EventKind.FAMILY),
    ("セミナー", EventKind.TALK),
    ("講座", EventKind.TALK),
    ("教育", EventKind.TALK),
    ("仕事", EventKind.TALK),
    ("防災", EventKind.TALK),
    ("文化", EventKind.HANDS),
    ("健康", EventKind.GATHERING),
    ("交流", EventKind.GATHERING),
)
_ONLINE_WORDS = ("オンライン", "zoom", "youtube", "webex", "web上", "web会議", "ウェブ")
#: Beside an online word they say that there is also somewhere to go.
_VENUE_WORDS = ("館", "会場", "センター", "ホール", "階", "室")
#: 申込方法 that says one need not apply.
_NO_REGISTRATION = ("不要", "当日、直接", "当日直接", "直接会場", "申し込みは必要ありません", "予約なし")

#: Text columns without a field of their own: printed under their official heading, in this order.
_FACTS = (
    "subtitle",
    "schedule_note",
    "sub_events",
    "apply_by_date",
    "parking",
    "bicycles",
    "languages",
    "other_hosts",
    "contact_extension",
    "notes",
)


def event_values(row: EventRow) -> dict[str, Any]:
    """Fields of the `Event`, by name."""
    text = row.texts.get
    return {
        "title": row.title,
        "summary": text("summary", "")[:2000],
        "kind": str(_kind(text("kind", ""))),
        "status": str(EventStatus.CANCELLED if row.cancelled else EventStatus.SCHEDULED),
        "host_text": text("host", ""),
        "co_hosts": text("co_hosts", ""),
        "contact_name": text("contact_name", ""),
        "contact_phone": _phone(row),
        "contact_email": row.email,
        "url": row.url,
        "format": str(_format(row.place)),
        "venue_name": row.place,
        "venue_address": _address(row),
        "latitude": row.position[0] if row.position else None,
        "longitude": row.position[1] if row.position else None,
        "access": text("access", ""),
        "audience": text("audience", ""),
        "fee_text": _fee(row),
        "registration_mode": str(_registration(text("how_to_apply", ""))),
        "registration_note": text("how_to_apply", ""),
        "unit": row.capacity.unit or "person",
    }


def moments(row: EventRow) -> tuple[dt.datetime, dt.datetime | None]:
    """Naive first and last moment; all day: midnight to the midnight after the last day."""
    if row.starts_at:
        return row.starts_at, row.ends_at or _last_day_without_a_clock(row)
    midnight = dt.time()
    return dt.datetime.combine(row.starts_on, midnight), dt.datetime.combine(
        row.ends_on + dt.timedelta(days=1), midnight
    )


def _last_day_without_a_clock(row: EventRow) -> dt.datetime | None:
    """A start time, no end time, several days: it lasts through its last day."""
    if row.ends_on == row.starts_on:
        return None
    return dt.datetime.combine(row.ends_on + dt.timedelta(days=1), dt.time())


def closing_moment(row: EventRow) -> dt.datetime | None:
    """The naive end of the time to apply, where it is a plain date and not after the first moment."""
    if row.apply_by_date is None:
        return None
    clock = dt.time.fromisoformat(row.apply_by_time) if row.apply_by_time not in {"", "24:00"} else dt.time(23, 59)
    closes = dt.datetime.combine(row.apply_by_date, clock)
    return closes if closes <= moments(row)[0] else None


def body_html(row: EventRow) -> str:
    """What the file has to say in prose, as rich text: the description, then the facts under their headings."""
    parts = [_paragraphs(row.texts.get("description", ""))]
    parts += [f"<p><b>{escape(label)}</b><br/>{_lines(text)}</p>" for label, text in facts(row)]
    return "".join(part for part in parts if part)


def facts(row: EventRow) -> list[tuple[str, str]]:
    """(heading, words) of all that has no field of its own."""
    found = [(_label(name), row.texts[name]) for name in _FACTS if row.texts.get(name)]
    if row.texts.get("venue") and row.texts.get("meeting_place", row.place) != row.place:
        found.insert(0, (_label("meeting_place"), row.texts["meeting_place"]))
    if row.capacity.text and row.capacity.text != str(row.capacity.number):
        found.append((_label("capacity"), row.capacity.text))
    if row.texts.get("contact_phone") and not _phone(row):
        found.append((_label("contact_phone"), row.texts["contact_phone"]))
    if row.apply_by_date and closing_moment(row) is None:
        found.append((_label("apply_by_date"), f"{row.apply_by_date} {row.apply_by_time}".strip()))
    return found


def _phone(row: EventRow) -> str:
    """A whole Japanese number that may become a link to call; two numbers or half of one stay words in the text."""
    text = row.texts.get("contact_phone", "")
    digits = "".join(sign for sign in fold(text) if sign.isdigit())
    whole = re.fullmatch(r"0\d{9,10}", digits) and re.fullmatch(r"[0-9()\-‐–—−ー \u3000]+", fold(text))
    return text if whole else ""


def _label(name: str) -> str:
    return BASE_REGISTRY.headings[name][0]


def _kind(words: str) -> EventKind:
    return next((kind for word, kind in _KINDS if word in words), EventKind.OTHER)


def _format(place: str) -> Format:
    folded = place.casefold()
    if not any(word in folded for word in _ONLINE_WORDS):
        return Format.VENUE
    return Format.BOTH if any(word in folded for word in _VENUE_WORDS) else Format.ONLINE


def _registration(words: str) -> RegistrationMode:
    if not words or any(word in words for word in _NO_REGISTRATION):
        return RegistrationMode.NONE
    return RegistrationMode.ELSEWHERE


def _address(row: EventRow) -> str:
    """The address in one line; 推奨06 repeats the prefecture and the city inside 住所."""
    prefecture, city, town, street = (row.texts.get(name, "") for name in ("prefecture", "city", "town", "street"))
    if prefecture and street.startswith(prefecture):
        whole = street
    elif city and street.startswith(city):
        whole = prefecture + street
    else:
        whole = prefecture + city + town + street
    building = row.texts.get("building", "").strip("-－")
    return f"{whole}\u3000{building}" if whole and building else whole + building


def _fee(row: EventRow) -> str:
    """「無料」「500円」, with the details of 料金(詳細) after it."""
    base = {None: row.fee.text, 0: "無料"}.get(row.fee.number, f"{row.fee.number or 0:,}円")
    note = row.texts.get("fee_note", "")
    return f"{base}（{note}）"[:500] if base and note else (base or note)[:500]


def _paragraphs(text: str) -> str:
    blocks = [block.strip("\n") for block in text.split("\n\n")]
    return "".join(f"<p>{_lines(block)}</p>" for block in blocks if block.strip())


def _lines(text: str) -> str:
    return "<br/>".join(escape(line, quote=False) for line in text.split("\n"))


def record_values(row: EventRow) -> dict[str, Any]:
    """All of it, flat and as plain JSON: `event.…`, `occurrence.…`, `page.…`, and `cells.…` as the table had them.

    Kept with the event after an import; the next one compares against it field by field, and open data gives cells
    away again that nobody here has changed (`workshops.open_data.stored`).
    """
    starts, ends = moments(row)
    closes = closing_moment(row)
    values = {f"event.{name}": value for name, value in event_values(row).items()}
    values |= {
        "event.closes_at": closes and closes.isoformat(),
        "occurrence.starts_at": starts.isoformat(),
        "occurrence.ends_at": ends and ends.isoformat(),
        "occurrence.all_day": row.is_all_day,
        "occurrence.state": str(EventStatus.POSTPONED if row.postponed else EventStatus.SCHEDULED),
        "occurrence.capacity": row.capacity.number,
        "page.title": row.title,
        "page.body": body_html(row),
    }
    return values | {f"{CELLS}{name}": text for name, text in source_cells(row).items()}


def source_cells(row: EventRow) -> dict[str, str]:
    """The filled cells in one notation, whatever the publisher's: dates and times in ISO form, numbers without a unit.

    Words in a column for numbers go where words belong: those of 料金(基本) to 料金(詳細), those of 定員 to `capacity_words`.
    """
    fee = "" if row.fee.number is None else str(row.fee.number)
    words = row.fee.text if row.fee.number is None else ""
    number = "" if row.capacity.number is None else str(row.capacity.number)
    cells = row.texts | {
        "title": row.title,
        "start_date": row.starts_on.isoformat(),
        "end_date": row.ends_on.isoformat(),
        "start_time": f"{row.starts_at:%H:%M}" if row.starts_at else "",
        "end_time": _end_time(row),
        "capacity": number,
        "capacity_words": ""
        if fold(row.capacity.text) in {number, f"{number}人", f"{number}名"}
        else row.capacity.text,
        "fee": fee,
        "fee_note": f"{words} {row.texts.get('fee_note', '')}".strip(),
        "latitude": str(row.position[0]) if row.position else "",
        "longitude": str(row.position[1]) if row.position else "",
        "contact_email": row.email,
        "url": row.url,
        "image_url": row.image_url,
    }
    if row.apply_by_date:
        cells |= {"apply_by_date": row.apply_by_date.isoformat(), "apply_by_time": row.apply_by_time}
    cells["street"] = _street(row.texts)
    return {name: text for name, text in cells.items() if text}


def _end_time(row: EventRow) -> str:
    if row.ends_at is None:
        return row.texts.get("end_time", "")
    return "24:00" if row.ends_at.date() > row.ends_on else f"{row.ends_at:%H:%M}"


def _street(texts: dict[str, str]) -> str:
    """住所丁目以下; a whole address (推奨06, No.12) without the prefecture and the city that have columns of their own."""
    street, prefecture, city = (texts.get(name, "") for name in ("street", "prefecture", "city"))
    if prefecture and street.startswith(prefecture):
        street = street.removeprefix(prefecture)
    return street.removeprefix(city) if city else street

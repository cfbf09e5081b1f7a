"""HSDS schedules → one OpenStreetMap string."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.importing.cells import Unreadable, clip
from directory.hours import clean_hours
from directory.hours.grammar import DAYS
from directory.hsds.taxonomies import TERMS
from directory.importing.values import sentence_of

TIME = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?")
JAPAN = (None, "+09:00", "+0900")
DAY = re.compile(r"(-?\d)?(MO|TU|WE|TH|FR|SA|SU)")
NAMES = {name.upper(): name for name in DAYS}


def hours_of(schedules: list[dict[str, Any]]) -> str:
    """The string that an attribute of ours carries, else one made from what repeats; blank when nothing is known.

    Raises Unreadable: a time or a day that is none, or of another zone.
    """
    for each in schedules:
        if text := _osm(each):
            return _cleaned(text)
    spans: dict[str, list[str]] = {}
    for each in schedules:
        if each.get("byday") and each.get("opens_at") and each.get("closes_at"):
            for day in _days(str(each["byday"])):
                spans.setdefault(day, []).append(f"{_time(each['opens_at'])}-{_time(each['closes_at'], end=True)}")
    return _cleaned(_joined(spans)) if spans else ""


def _osm(schedule: dict[str, Any]) -> str:
    attributes = schedule.get("attributes")
    for each in attributes if isinstance(attributes, list) else []:
        term = each.get("taxonomy_term") if isinstance(each, dict) else None
        if isinstance(term, dict) and (term.get("taxonomy"), term.get("code")) == (TERMS, "osm-opening-hours"):
            return str(each.get("value") or "")
    return ""


def _cleaned(text: str) -> str:
    try:
        return clean_hours(text)
    except ValidationError as error:
        raise Unreadable(sentence_of(error)) from None


def _days(byday: str) -> list[str]:
    """「MO,2TU」 as `Mo`, `Tu[2]`."""
    days = []
    for part in byday.split(","):
        found = DAY.fullmatch(part.strip().upper())
        if not found:
            raise Unreadable(_("“%(text)s” is not a day") % {"text": clip(part)})
        days.append(NAMES[found[2]] + (f"[{found[1]}]" if found[1] else ""))
    return days


def _time(value: Any, *, end: bool = False) -> str:
    found = TIME.fullmatch(str(value).strip())
    if not found or int(found[1]) > 24 or int(found[2]) > 59:
        raise Unreadable(_("“%(text)s” is not a time of day") % {"text": clip(str(value))})
    if found[3] not in JAPAN:
        raise Unreadable(_("“%(text)s” is not Japanese time") % {"text": clip(str(value))})
    text = f"{int(found[1]):02}:{found[2]}"
    return "24:00" if end and text == "00:00" else text


def _joined(spans: dict[str, list[str]]) -> str:
    """Days with equal times together; days of a month are said beside those of the week, not in their place."""
    together: dict[str, list[str]] = {}
    for day, times in spans.items():
        together.setdefault(",".join(sorted(set(times))), []).append(day)
    weekly = [f"{','.join(d for d in days if '[' not in d)} {times}" for times, days in together.items()
              if any("[" not in day for day in days)]  # fmt: skip
    monthly = [f"{day} {times}" for times, days in together.items() for day in days if "[" in day]
    return ", ".join(["; ".join(weekly), *monthly]) if weekly else ", ".join(monthly)

"""A small reader of iCalendar (RFC 5545), written from the standard and not from the library that writes our feeds.

It is stricter than calendar programmes are: line ends, the length of lines, and that every TZID is defined in the file.
Times are worked out from the file's own VTIMEZONE, as a programme without a time zone database must do.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

LONGEST = 75  # octets of a line, without its end (§3.1)
ESCAPED = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}
PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^;:,"]*)')


class Wrong(ValueError):
    """What the standard does not allow."""


@dataclass
class Component:
    """BEGIN … END: properties as (value, parameters), and what lies inside."""

    name: str
    properties: dict[str, list[tuple[str, dict[str, str]]]] = field(default_factory=dict)
    inside: list[Component] = field(default_factory=list)

    def one(self, name: str) -> str:
        """The raw value of a property that stands exactly once."""
        found = self.properties.get(name, [])
        if len(found) != 1:
            raise Wrong(f"{name} stands {len(found)} times in {self.name}")
        return found[0][0]

    def text(self, name: str) -> str:
        """A TEXT value without its escapes (§3.3.11)."""
        return re.sub(r"\\[nN,;\\]", lambda match: ESCAPED[match[0]], self.one(name))


@dataclass
class Entry:
    """A VEVENT in Python's words; times are moments, whole days are dates."""

    uid: str
    sequence: int
    status: str
    summary: str
    location: str
    url: str
    stamp: dt.datetime
    changed: dt.datetime
    start: dt.datetime | dt.date
    end: dt.datetime | dt.date | None
    start_raw: str


def read(octets: bytes) -> tuple[Component, list[Entry]]:
    """The calendar and its entries. Raises Wrong."""
    calendar = component(lines(octets))
    if (calendar.name, calendar.one("VERSION")) != ("VCALENDAR", "2.0") or not calendar.one("PRODID"):
        raise Wrong("no calendar of version 2.0")
    if not calendar.inside:
        raise Wrong("a calendar holds at least one component (§3.4)")
    zones = {zone.one("TZID"): zone for zone in calendar.inside if zone.name == "VTIMEZONE"}
    entries = [entry(part, zones) for part in calendar.inside if part.name == "VEVENT"]
    if len({each.uid for each in entries}) != len(entries):
        raise Wrong("a UID stands twice")
    return calendar, entries


def lines(octets: bytes) -> list[str]:
    """Content lines, unfolded."""
    if not octets.endswith(b"\r\n") or b"\n" in octets.replace(b"\r\n", b""):
        raise Wrong("lines end with CRLF (§3.1)")
    folded = octets.split(b"\r\n")[:-1]
    if long := [line for line in folded if len(line) > LONGEST]:
        raise Wrong(f"a line of {len(long[0])} octets")
    return octets.replace(b"\r\n ", b"").replace(b"\r\n\t", b"").decode("utf-8").split("\r\n")[:-1]


def component(rows: list[str]) -> Component:
    """The one component that the lines make."""
    stack = [Component("")]
    for row in rows:
        name, parameters, value = parsed(row)
        if name == "BEGIN":
            stack.append(Component(value))
        elif name == "END":
            done = stack.pop()
            if done.name != value or not stack:
                raise Wrong(f"END:{value} closes {done.name}")
            stack[-1].inside.append(done)
        else:
            stack[-1].properties.setdefault(name, []).append((value, parameters))
    if len(stack) != 1 or len(stack[0].inside) != 1:
        raise Wrong("not one component")
    return stack[0].inside[0]


def parsed(row: str) -> tuple[str, dict[str, str], str]:
    """name *(";" parameter) ":" value."""
    head = re.match(r"[A-Za-z0-9-]+", row)
    if head is None:
        raise Wrong(f"no name: {row}")
    place, parameters = head.end(), {}
    while match := PARAMETER.match(row, place):
        parameters[match[1].upper()] = match[2].strip('"')
        place = match.end()
    if row[place : place + 1] != ":":
        raise Wrong(f"no colon: {row}")
    return head[0].upper(), parameters, row[place + 1 :]


def entry(part: Component, zones: dict[str, Component]) -> Entry:
    """A VEVENT; UID and DTSTAMP must be there (§3.6.1)."""
    has_end = "DTEND" in part.properties
    return Entry(
        uid=part.one("UID"),
        sequence=int(part.one("SEQUENCE")),
        status=part.one("STATUS"),
        summary=part.text("SUMMARY"),
        location=part.text("LOCATION") if "LOCATION" in part.properties else "",
        url=part.one("URL") if "URL" in part.properties else "",
        stamp=utc(part.one("DTSTAMP")),
        changed=utc(part.one("LAST-MODIFIED")),
        start=moment(part, "DTSTART", zones),
        end=moment(part, "DTEND", zones) if has_end else None,
        start_raw=part.one("DTSTART"),
    )


def utc(value: str) -> dt.datetime:
    """A time that must be UTC."""
    if not value.endswith("Z"):
        raise Wrong(f"{value} is not UTC")
    return dt.datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)


def moment(part: Component, name: str, zones: dict[str, Component]) -> dt.datetime | dt.date:
    """A date, a UTC time, or a local time of a zone that the file defines."""
    ((value, parameters),) = part.properties[name]
    if parameters.get("VALUE") == "DATE":
        return dt.datetime.strptime(value, "%Y%m%d").date()
    if value.endswith("Z"):
        return utc(value)
    if parameters.get("TZID") not in zones:
        raise Wrong(f"{name}: time zone {parameters.get('TZID')} is not in the file (§3.2.19)")
    local = dt.datetime.strptime(value, "%Y%m%dT%H%M%S")
    return local.replace(tzinfo=dt.timezone(offset_at(zones[parameters["TZID"]], local)))


def offset_at(zone: Component, local: dt.datetime) -> dt.timedelta:
    """The offset of the latest observance that has begun (rules of repetition are not needed for Japan)."""
    begun = []
    for observance in zone.inside:
        if "RRULE" in observance.properties:
            raise Wrong("Japan has no summer time")
        starts = dt.datetime.strptime(observance.one("DTSTART"), "%Y%m%dT%H%M%S")
        if starts <= local:
            begun.append((starts, observance.one("TZOFFSETTO")))
    if not begun:
        raise Wrong("no observance has begun")
    sign, hours, minutes = re.fullmatch(r"([+-])(\d\d)(\d\d)", max(begun)[1]).groups()  # type: ignore[union-attr]
    return (1 if sign == "+" else -1) * dt.timedelta(hours=int(hours), minutes=int(minutes))

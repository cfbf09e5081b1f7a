"""HSDS 3.0 as JSON → desks: a service, a list of services, or a page of the API (`contents`).

Lines count the services from 1; columns name the property. Attributes with our own terms give back what HSDS has no field
for; without them hours are put together from the schedules that repeat.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from cms.importing.cells import Unreadable, clip, one_line, read_date, read_email, read_url
from cms.importing.tables import NotATable, read_text
from directory.enums import BarrierFact, ChannelKind, Whose
from directory.hsds.taxonomies import CONCERNS, TERMS
from directory.importing import values
from directory.importing.records import ChannelRow, DeskRow, Known, Notes, Reading
from directory.importing.schedules import hours_of

VIRTUAL, POSTAL = "virtual", "postal"
GONE = ("inactive", "defunct")


def read_services(data: bytes, known: Known) -> Reading:
    """The desks of an HSDS file. Raises NotATable."""
    return read_text(data, lambda text: _read(text, known))


def _read(text: str, known: Known) -> Reading:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise NotATable(_("this is not JSON")) from None
    if isinstance(found, dict) and "contents" in found:
        found = found["contents"]
    services = [found] if isinstance(found, dict) else found
    if not isinstance(services, list) or not services or not all(_is_service(each) for each in services):
        raise NotATable(_("this is not a list of HSDS services: each needs an id, a name and a status"))
    notes = Notes()
    ids = Counter(str(each["id"]) for each in services)
    rows = [
        _Service(line, each, known, notes, twice=ids[str(each["id"])] > 1).row()
        for line, each in enumerate(services, start=1)
    ]
    broken = notes.broken
    good = tuple(row for row in rows if row and row.line not in broken)
    return Reading(good, tuple(notes.refusals), tuple(notes.remarks), sum(1 for row in rows if row))


def _is_service(value: Any) -> bool:
    return isinstance(value, dict) and {"id", "name", "status"} <= value.keys()


def _is_broken(service: dict[str, Any]) -> bool:
    """NUL or half a character somewhere inside: no database takes them."""
    text = json.dumps(service, ensure_ascii=False)
    return "\\u0000" in text or any("\ud800" <= sign <= "\udfff" for sign in text)


def objects(value: Any) -> list[dict[str, Any]]:
    """A list of objects, whatever stands there."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def said(thing: dict[str, Any], taxonomy: str = TERMS) -> Iterator[tuple[str, str]]:
    """(code, value) of the attributes of an object that belong to a taxonomy of ours."""
    for each in objects(thing.get("attributes")):
        term = each.get("taxonomy_term")
        if isinstance(term, dict) and term.get("taxonomy") == taxonomy:
            yield str(term.get("code", "")), str(each.get("value") or "")


class _Service:
    """Reads one service and collects what is wrong with it."""

    def __init__(self, line: int, service: dict[str, Any], known: Known, notes: Notes, *, twice: bool) -> None:
        self.line, self.service, self.known, self.notes = line, service, known, notes
        self.attributes: dict[str, list[str]] = {}
        for code, value in said(service):
            self.attributes.setdefault(code, []).append(value)
        if _is_broken(service):
            notes.refuse(line, "", _("contains characters that cannot be kept"))
        if twice:
            notes.refuse(line, "id", _("the same id stands twice in the file"))

    def row(self) -> DeskRow | None:
        """The desk; None for one that its owner has given up."""
        if self.service.get("status") in GONE:
            self.notes.remark(self.line, "status", _("no longer offered: left out"))
            return None
        body = self.service.get("organization")
        name = self._text(body if isinstance(body, dict) else {}, "name", 200, "organization/name")
        found = {"name": ""} | self._values()
        for column, text in (("name", found["name"]), ("organization/name", name)):
            if not text and not self._refused(column):
                self.notes.refuse(self.line, column, _("this must not be blank"))
        key = self._key()
        return DeskRow(
            line=self.line,
            own_id=key,
            source=f"hsds:{key}",
            organization=name or "",
            organization_kind="",
            values=found,
            concerns=self._concerns(),
            channels=tuple(self._channels()),
            flat=False,
        )

    def _key(self) -> str:
        try:
            return str(UUID(str(self.service["id"])))
        except ValueError:
            self.notes.refuse(self.line, "id", _("this is not a UUID"))
            return ""

    def _values(self) -> dict[str, Any]:
        """Fields of the desk that the service says."""
        service, said = self.service, self.attributes
        areas = [area.get("name") for area in objects(service.get("service_areas"))]
        found = {
            "name": self._text(service, "name", 80),
            "description": self._text(service, "description", 2000, lines=True),
            "website": self._read("url", read_url),
            "age_min": self._read("minimum_age", values.read_age),
            "age_max": self._read("maximum_age", values.read_age),
            "assured_on": self._read("assured_date", read_date),
            "audience": self._text(service, "eligibility_description", 120),
            "area": self._text({"name": next(filter(None, areas), "")}, "name", 80, "service_areas/name"),
            "aliases": [name for name in (service.get("alternate_name"), *said.get("alias", [])) if _is_words(name)],
            "worries": said.get("voice", []),
            "promises": said.get("promise", []),
            "kana": "".join(said.get("kana", [])[:1]),
            "reply_time": "".join(said.get("reply-time", [])[:1]),
            "opened_on": self._reading("opened-on", values.read_opened),
            "age_as_of": self._reading("age-as-of", read_date),
        }
        if whose := [code for code in said if code.startswith("whose-")]:
            found |= {each.value: f"whose-{each.value}" in whose for each in Whose}
        if "national" in said:
            found["is_national"] = True
        return {name: value for name, value in found.items() if value not in (None, "", [])}

    def _concerns(self) -> tuple[str, ...] | None:
        """Concerns of ours; terms of other taxonomies are left out."""
        codes = [code for code, _value in said(self.service, CONCERNS)]
        known = tuple(self.known.concerns[code] for code in codes if code in self.known.concerns)
        return known or None

    def _channels(self) -> Iterator[ChannelRow]:
        service = self.service
        schedules = objects(service.get("schedules"))
        for phone in objects(service.get("phones")):
            kind = ChannelKind.FAX if phone.get("type") == "fax" else ChannelKind.PHONE
            yield self._phone(kind, phone, schedules)
        contacts = objects(service.get("contacts"))
        for contact in contacts:
            leads_to = self._kind(contact) or (ChannelKind.MAIL if contact.get("email") else None)
            if leads_to:
                mail = self._cell(contact.get("email"), "contacts/email", read_email)
                yield self._made(leads_to, contact, mail, schedules, note="")
        mail = self._read("email", read_email)
        if mail and mail not in [contact.get("email") for contact in contacts]:
            yield self._made(ChannelKind.MAIL, {}, mail, [], note="")
        for place in objects(service.get("service_at_locations")):
            if isinstance(place.get("location"), dict):
                yield self._place(place["location"], objects(place.get("schedules")))

    def _phone(self, kind: ChannelKind, phone: dict[str, Any], schedules: list[dict[str, Any]]) -> ChannelRow:
        number = self._cell(phone.get("number"), "phones/number", values.read_phone)
        extension = phone.get("extension")
        note = str(phone.get("description") or "")
        if extension not in (None, ""):
            note = f"内線{extension} {note}".strip()
        return self._made(kind, phone, number, schedules, note=note)

    def _place(self, location: dict[str, Any], schedules: list[dict[str, Any]]) -> ChannelRow:
        default = {VIRTUAL: ChannelKind.ONLINE, POSTAL: ChannelKind.LETTER}
        kind = self._kind(location) or default.get(str(location.get("location_type")), ChannelKind.VISIT)
        if location.get("location_type") == VIRTUAL:
            value = self._cell(location.get("url"), "location/url", read_url)
        else:
            value = str(location.get("description") or _address(location) or location.get("name") or "")[:300]
            if self._kind(location) and not location.get("description"):
                value = ""  # our own: no address is known
        return self._made(kind, location, value, schedules, note="")

    def _kind(self, thing: dict[str, Any]) -> ChannelKind | None:
        """The kind as an attribute of ours says it."""
        code = dict(said(thing)).get("channel-kind", "")
        return ChannelKind(code) if code in ChannelKind.values else None

    def _made(
        self, kind: ChannelKind, thing: dict[str, Any], value: str | None, schedules: list[dict[str, Any]], *, note: str
    ) -> ChannelRow:
        """A channel with its hours and facts."""
        own = dict(said(thing))
        found: dict[str, Any] = {fact.value: True for fact in BarrierFact if f"fact-{fact.value}" in own}
        found["note"] = (own.get("channel-note") or note)[:200]
        found["last_reception"] = self._cell(own.get("last-reception"), "last-reception", values.read_minutes)
        mine = [each for each in schedules if dict(said(each)).get("for-channel", thing.get("id")) == thing.get("id")]
        try:
            found["hours"] = hours_of(mine)
        except Unreadable as reason:
            self.notes.refuse(self.line, "schedules", str(reason))
        found["hours_text"] = next((words for each in mine if (words := dict(said(each)).get("hours-words"))), "")
        filled = {name: each for name, each in found.items() if each not in (None, "")}
        return ChannelRow(self.line, {"kind": kind.value} | ({"value": value} if value else {}) | filled)

    # Cells

    def _refused(self, column: str) -> bool:
        return any(each.line == self.line and each.column == column for each in self.notes.refusals)

    def _cell(self, value: Any, column: str, reader: Callable[[str], Any]) -> Any:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        try:
            return reader("" if value is None else str(value))
        except Unreadable as reason:
            self.notes.refuse(self.line, column, str(reason))
            return None

    def _read(self, name: str, reader: Callable[[str], Any]) -> Any:
        return self._cell(self.service.get(name), name, reader)

    def _reading(self, code: str, reader: Callable[[str], Any]) -> Any:
        return self._cell("".join(self.attributes.get(code, [])[:1]), code, reader)

    def _text(
        self, thing: dict[str, Any], name: str, limit: int, column: str = "", *, lines: bool = False
    ) -> str | None:
        """Words not longer than the field; an id or a number is no words."""
        value = thing.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str) or "\0" in value:
            self.notes.refuse(self.line, column or name, _("“%(text)s” is not text") % {"text": clip(str(value))})
            return None
        text = value.strip() if lines else one_line(value.strip())
        if len(text) > limit:
            words = _("longer than %(limit)d characters (%(length)d)") % {"limit": limit, "length": len(text)}
            self.notes.refuse(self.line, column or name, words)
            return None
        return text


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _address(location: dict[str, Any]) -> str:
    """The first address in one line."""
    parts = ("state_province", "region", "city", "address_1", "address_2")
    address = next(iter(objects(location.get("addresses"))), {})
    return "".join(str(address.get(name) or "") for name in parts)

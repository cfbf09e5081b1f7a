"""Ichihara's model events and symposium of the seed, put into the models as staff would write them."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.conf import settings

from cms.dates import JST
from workshops.actions import events as actions
from workshops.actions.events import Plan
from workshops.actions.programme import SessionPlan, SpeakerPlan, write_programme
from workshops.enums import Format, Purpose, RegistrationMode
from workshops.models import Event, EventPage

SEED = settings.SHARED_DATA / "seeds" / "fixture.json"
UNITS = {"組": "party", "人": "person"}


def ichihara() -> dict[str, Any]:
    """The city of the seed."""
    found: dict[str, Any] = json.loads(SEED.read_text(encoding="utf-8"))["ichihara"]
    return found


def day(text: str) -> dt.datetime:
    """10 o'clock of that day in Japan; the seed names no hours."""
    return dt.datetime.combine(dt.date.fromisoformat(text), dt.time(10), JST)


def load_model_events() -> list[Event]:
    """The three events with what the seed says of them: figures as figures, only the words as words."""
    return [load_model_event(row) for row in ichihara()["model_events"]]


def load_model_event(row: dict[str, Any]) -> Event:
    """One of them. An unknown host stays unknown."""
    event = actions.create_event(
        by=None,
        plans=[Plan(day(row["date"]), capacity=row["capacity"])],
        title=row["title"],
        summary=row["summary"],
        purpose=Purpose.TRIAL,
        host_text=row["npo"] or "",
        format=row.get("format", Format.VENUE),
        registration_mode=RegistrationMode.HERE,
        unit=UNITS[row["unit"]],
    )
    actions.make_page(event=event, live=True)
    _figure, _space, words = row["effect"].partition(" ")
    actions.record_result(event=event, by=None, attended=row["attended"], unit=UNITS[row["unit"]], effect=words)
    return event


def load_symposium() -> EventPage:
    """The symposium with its session, two sub-themes and four speakers; 氏 is their honorific."""
    seed = ichihara()["symposium"]
    event = actions.create_event(
        by=None,
        plans=[Plan(day(seed["date"]))],
        title=seed["title"],
        purpose=Purpose.AWARENESS,
        audience=seed["audience"],
    )
    speakers = [SpeakerPlan(each["name"].removesuffix("氏"), "氏", each["affiliation"]) for each in seed["speakers"]]
    session = SessionPlan(seed["session"], subthemes=seed["subthemes"], speakers=speakers)
    write_programme(event=event, by=None, sessions=[session])
    return actions.make_page(event=event, live=True)

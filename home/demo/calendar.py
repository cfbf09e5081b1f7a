"""Putting the demo city's events into the calendar, through the actions of the room *when*."""

import datetime as dt
from typing import Any

from cms.dates import JST, today
from cms.models import Theme
from directory.models import Organization, User
from home.demo.events import EVENTS, Plain
from home.demo.findable import found_by
from home.demo.writing import Chance, body
from workshops.actions.events import Plan, call_off, create_event, make_page, record_result
from workshops.actions.registrations import Party, register
from workshops.enums import RegistrationMode, Support
from workshops.models import Event

NICKNAMES = ("なぎ", "みお", "ソラ", "はるさん", "とも", "ゆず", "かいと", "ミケ", "さくら", "りん", "たね", "こはる")


def moment(weeks: int, weekday: int, clock: str) -> dt.datetime:
    """A weekday (0 = Monday) so many weeks from this one, at HH:MM in Japan."""
    monday = today() - dt.timedelta(days=today().weekday())
    day = monday + dt.timedelta(weeks=weeks, days=weekday)
    return dt.datetime.combine(day, dt.time.fromisoformat(clock), JST)


def text(plain: Plain) -> list[tuple[str, Any]]:
    """What the page says besides the summary: that one may come as one is."""
    parts: list[tuple[str, Any]] = [("heading", "はじめての方へ")]
    if plain.mode == RegistrationMode.HERE:
        parts.append(
            (
                "questions",
                [
                    (
                        "ひとりで行っても大丈夫ですか。",
                        "<p>半分くらいの方が、おひとりです。入口で係が待っています。</p>",
                    ),
                    ("途中で帰ってもいいですか。", "<p>かまいません。声をかけずに帰ってください。</p>"),
                    ("本名でなくてもいいですか。", "<p>呼び名だけで申し込めます。</p>"),
                ],
            )
        )
    else:
        parts.append(("notice", ("lamp", "申込はいりません", "<p>いつ来ても、いつ帰ってもかまいません。</p>")))
    return body(parts)


def themes(chance: Chance) -> dict[str, Theme]:
    """The words by which pages and events are found together."""
    names = sorted({name for plain in EVENTS for name in plain.themes})
    return {name: Theme.objects.create(name=name, slug=chance.slug()) for name in names}


def make(
    plain: Plain, known: dict[str, Theme], organizations: dict[str, Organization], *, by: User, slug: str
) -> Event:
    """The event with its occurrences and its published page."""
    plans = [
        Plan(moment(week, plain.day, plain.start), moment(week, plain.day, plain.end), capacity=plain.capacity)
        for week in plain.weeks
    ]
    event = create_event(
        by=by,
        plans=plans,
        themes=[known[name] for name in plain.themes],
        slug=slug,
        title=plain.title,
        summary=plain.summary,
        kind=plain.kind,
        host=organizations[plain.host],
        venue_name=plain.place,
        registration_mode=plain.mode,
        unit=plain.unit,
        fee_text=plain.fee,
        contact_name=plain.host,
        contact_phone=plain.more.get("contact_phone", "0000-00-0000"),
        **found_by(plain) | {name: value for name, value in plain.more.items() if name != "contact_phone"},
    )
    make_page(event=event, by=by, live=True, introduction=plain.summary, body=text(plain))
    return event


def fill(event: Event, plain: Plain, chance: Chance) -> None:
    """Registrations for the first occurrence that is still to come: the first leaves a mail address."""
    occurrence = event.occurrences.upcoming(today() + dt.timedelta(days=1)).first()  # type: ignore[attr-defined]
    if occurrence is None:
        return
    for number, people in enumerate(plain.parties):
        names = chance.random.sample(NICKNAMES, people)
        party = Party(
            name=names[0],
            people=people,
            companions=names[1:],
            supports=[Support.MEET] if number % 3 == 1 else [],
            email=f"{event.slug}@resident.example" if number == 0 else "",
        )
        register(occurrence=occurrence, party=party, key=chance.key())


def build(by: User, organizations: dict[str, Organization], chance: Chance) -> None:
    """Events, registrations, results."""
    known = themes(chance)
    for plain in EVENTS:
        event = make(plain, known, organizations, by=by, slug=chance.slug())
        fill(event, plain, chance)
        if plain.off:
            call_off(event=event, by=by)
        if plain.came:
            attended, effect = plain.came
            record_result(event=event, by=by, attended=attended, unit=plain.unit, effect=effect)

"""Desks, concerns and roles for tests; the tables of the Kasaoka seed as models."""

from __future__ import annotations

import datetime as dt
import json
from itertools import count
from typing import Any

from django.conf import settings

from directory.enums import ChannelKind, OrganizationKind
from directory.hours import clean_hours, words_or_blank
from directory.models import Channel, Concern, ConsultationDesk, Organization, RoleStatement
from directory.models.trusting import through_the_gate
from tests.factories.people import make_organization

numbers = count(1)
WEEKDAYS = "Mo-Fr 08:30-16:30; PH off"
KINDS = {
    "笠岡市": OrganizationKind.CITY,
    "社会福祉協議会": OrganizationKind.COUNCIL_OF_SOCIAL_WELFARE,
    "支援団体（NPO法人）": OrganizationKind.NPO,
    "民間企業": OrganizationKind.COMPANY,
    "その他関係者": OrganizationKind.OTHER,
}


def make_channel(desk: ConsultationDesk, **fields: Any) -> Channel:
    """A checked channel; a telephone open on weekdays unless said otherwise."""
    fields.setdefault("kind", ChannelKind.PHONE)
    if fields["kind"] == ChannelKind.PHONE:
        fields.setdefault("value", "0865-63-8515")
        fields.setdefault("hours", WEEKDAYS)
    fields.setdefault("sort_order", desk.channels.count())
    channel = Channel(desk=desk, **fields)
    channel.full_clean(exclude=["desk"])
    with through_the_gate():  # as if two people had looked at it
        channel.save()
    return channel


def make_desk(*channels: dict[str, Any], concerns: tuple[str, ...] = (), **fields: Any) -> ConsultationDesk:
    """A published desk with these channels (one telephone when none is given) and concern codes."""
    fields.setdefault("organization", fields.pop("org", None) or make_organization())
    fields.setdefault("name", f"窓口{next(numbers)}")
    desk = ConsultationDesk(**fields)
    desk.full_clean(exclude=["organization"])
    desk.save()
    desk.concerns.set(Concern.objects.filter(code__in=concerns))
    desk.save()
    for channel in channels or ({},):
        make_channel(desk, **channel)
    return desk


def make_national(*channels: dict[str, Any], by: Any, confirmed: bool = True, **fields: Any) -> ConsultationDesk:
    """A line for the whole country, confirmed by a person unless said otherwise."""
    if confirmed:
        fields |= {"confirmed_by": by, "confirmed_on": dt.date(2026, 11, 1)}
    return make_desk(*(channels or ({"value": "#9999", "hours": "24/7"},)), is_national=True, **fields)


def kasaoka() -> dict[str, Any]:
    """The transcribed seed."""
    path = settings.SHARED_DATA / "seeds" / "fixture.json"
    return json.loads(path.read_text(encoding="utf-8"))["kasaoka"]


def osm(hours: dict[str, Any]) -> str:
    """Hours of the seed in the grammar."""
    days = "Mo-Fr" if hours["days"] == "weekday" else "Mo-Su"
    return clean_hours(
        f"{days} {hours['opens']}-{hours['closes']}" + ("; PH off" if hours["closed_on_holidays"] else "")
    )


def load_windows(windows: list[dict[str, Any]]) -> list[ConsultationDesk]:
    """Rows of 「相談内容｜TEL｜受付時間｜名称」 as published desks; the printed hours are kept where ours read otherwise."""
    desks = []
    for window in windows:
        organization = Organization.objects.get_or_create(name=window["name"])[0]
        hours, printed = osm(window["hours"]), window["hours_text"]
        said = "" if words_or_blank(hours) == printed else printed
        desks.append(
            make_desk(
                {"value": window["tel"], "hours": hours, "hours_text": said},
                organization=organization,
                name=window["name"],
                aliases=window.get("aliases", []),
                worries=window["worries"],
                description=window.get("description", ""),
                opened_on=window.get("opened", ""),
            )
        )
    return desks


def load_roles(rows: list[dict[str, Any]]) -> None:
    """Rows of 「団体｜役割」."""
    for order, row in enumerate(rows):
        RoleStatement.objects.create(
            kind=KINDS[row["kind"]],
            label=row["kind"],
            examples=row.get("examples_text", ""),
            duties=row["roles"],
            sort_order=order,
        )

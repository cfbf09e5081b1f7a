"""For every row of the table of instants the same answer everywhere: badge, card, page, finder, API, paper, tables.

One database with a desk for each pair of hours and last reception; a desk that never closes stands beside them, so that
the finder has no reason to drop the wish "now".
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from cms.dates import JST, jst
from directory.enums import ChannelKind
from directory.hours import OpeningHours, closes_words, opens_words
from directory.hsds import ids
from directory.hsds.lists import Wanted, city, desks_for
from directory.models import Channel, ConsultationDesk
from directory.models.trusting import through_the_gate
from directory.open_data.table import table
from directory.public.structured import described
from directory.queries import board_at
from directory.queries.finder import FinderFilters, desk_at, find_desks, fitting, loaded
from directory.queries.roll import bits_in
from directory.templatetags.desks import desk_card
from tests.factories.desks import make_desk
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db
INSTANTS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "instants.json").read_text(encoding="utf-8"))
Key = tuple[str, int | None]


def key_of(row: dict[str, Any]) -> Key:
    return row["hours"], row.get("last_reception")


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


@pytest.fixture
def desks() -> dict[Key, int]:
    """A published desk for each pair, by its number."""
    organization, pairs = make_organization(), list(dict.fromkeys(map(key_of, INSTANTS)))
    made = ConsultationDesk.objects.bulk_create(
        ConsultationDesk(organization=organization, name=f"窓口{place:02d}") for place in range(len(pairs))
    )
    with through_the_gate():  # some hours of the table are refused from staff; files of old could hold them
        Channel.objects.bulk_create(
            Channel(
                desk=desk, kind=ChannelKind.PHONE, value="+81865638515", hours=hours, last_reception=last, sort_order=0
            )
            for desk, (hours, last) in zip(made, pairs, strict=True)
        )
    make_desk({"value": "0865-63-0911", "hours": "24/7"}, organization=organization, name="いつも")
    return {pair: desk.pk for pair, desk in zip(pairs, made, strict=True)}


def said_by(row: dict[str, Any]) -> tuple[bool, dt.datetime | None]:
    """What the table says."""
    return row["open"], moment(row["next_change"]) if row["next_change"] else None


def each_row(desks: dict[Key, int]) -> Iterator[tuple[dict[str, Any], dt.datetime, ConsultationDesk]]:
    known = {desk.pk: desk for desk in loaded(desks.values(), None)}
    for row in INSTANTS:
        yield row, jst(moment(row["at"])), known[desks[key_of(row)]]


def test_badge_card_board_and_filter(desks: dict[Key, int]) -> None:
    wrong = []
    for row, at, desk in each_row(desks):
        is_open, change = said_by(row)
        board, item = board_at(at), desk_at(desk, at)
        state, card = item.state, render_to_string("directory/components/desk_card.html", desk_card(item))
        words = (
            ("" if change is None else closes_words(change, at))
            if is_open
            else (opens_words(change, at) if change else "")
        )
        answers = {
            "function": (OpeningHours(*key_of(row)).is_open(at), OpeningHours(*key_of(row)).next_change(at)),
            "badge": (item.is_open, state and (state.until if state.is_open else state.opens)),
            "board": (desk.pk in {each.pk for each in board.open_local}, change),
            "filter": (desk.pk in wished_now(at), change),
            "card": ('class="desk on"' in card, change if words in card else "other words"),
        }
        wrong += [(row, name, answer) for name, answer in answers.items() if answer != (is_open, change)]
    assert wrong == []


def wished_now(at: dt.datetime) -> set[int]:
    """The desks the finder leaves when one wishes for "now"."""
    board = board_at(at)
    return {board.roll.names[place].pk for place in bits_in(fitting(FinderFilters(now=True), board))}


def test_the_finder_says_when_each_opens_next_and_sorts_by_it(desks: dict[Key, int]) -> None:
    at = dt.datetime(2026, 12, 3, 18, 40, tzinfo=JST)
    items = [item for page in (1, 2, 3) for item in find_desks(FinderFilters(), at, page=page).items]
    opens = [item.state.opens for item in items if item.state and not item.is_open and item.state.opens]
    assert [item.is_open for item in items] == sorted((item.is_open for item in items), reverse=True)
    assert len(opens) > 20
    assert opens == sorted(opens)


def test_pages_and_structured_data(client: Client, desks: dict[Key, int], frozen: Callable[[str], Any]) -> None:
    wrong = []
    for row, at, desk in list(each_row(desks))[::4]:
        frozen(row["at"])
        page = client.get(desk.get_absolute_url()).content.decode()
        data = json.loads(re.search(r'application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
        if (('class="sheet lit"' in page), told_open(data, at)) != (row["open"], row["open"]):
            wrong.append(row)
    assert wrong == []


def test_structured_data_of_every_row(desks: dict[Key, int]) -> None:
    rows = list(each_row(desks))
    assert [row for row, at, desk in rows if told_open(described(desk_at(desk, at)), at) != row["open"]] == []


def told_open(data: dict[str, Any], at: dt.datetime) -> bool:
    """What a machine reads out of schema.org's opening hours; 23:59 is the end of the day there."""
    for each in data["availableChannel"][0]["servicePhone"].get("hoursAvailable", []):
        if isinstance(each["dayOfWeek"], list):
            return True
        day = dt.date.fromisoformat(each["validFrom"])
        begin = dt.datetime.combine(day, dt.time.fromisoformat(each["opens"]), JST)
        end = dt.datetime.combine(day, dt.time.fromisoformat(each["closes"]), JST)
        end += dt.timedelta(minutes=1) if each["closes"] == "23:59" else dt.timedelta(days=end <= begin)
        if begin <= at < end:
            return True
    return False


def test_the_api_filters_by_the_same_function(client: Client, desks: dict[Key, int]) -> None:
    wrong, place = [], city()
    for row, at, desk in each_row(desks):
        if (desk.pk in set(desks_for(Wanted(open_at=at), place).values_list("pk", flat=True))) != row["open"]:
            wrong.append(row)
    assert wrong == []
    for row, at, desk in list(each_row(desks))[::12]:
        answer = client.get("/api/hsds/services", {"open_at": at.isoformat(), "per_page": 100}).json()
        assert (str(ids.service_id(desk.slug)) in {each["id"] for each in answer["contents"]}) is row["open"], row


def test_tables_and_api_carry_what_the_function_needs(client: Client, desks: dict[Key, int]) -> None:
    """Who asks the string and the last reception of the CSV file or of the API gets the table's answers."""
    found = table()
    place = {name: found.header.index(name) for name in ("名称", "受付時間_OSM", "最終受付", "受付時間_特記事項")}
    in_csv = {line[place["名称"]]: line for line in found.rows}
    downloaded = client.get("/open-data/desks.csv").content.decode("utf-8-sig")
    assert [line["受付時間_OSM"] for line in csv.DictReader(io.StringIO(downloaded))] == [
        line[place["受付時間_OSM"]] for line in found.rows
    ]
    wrong = []
    for row, at, desk in each_row(desks):
        line = in_csv[desk.name]
        carried = OpeningHours(str(line[place["受付時間_OSM"]]), line[place["最終受付"]])
        if (carried.is_open(at), carried.next_change(at)) != said_by(row):
            wrong.append(row)
        words = desk.channels.all()[0].hours_words
        if (line[place["受付時間_特記事項"]] or "") != words:
            wrong.append((row, words))
    assert wrong == []


def test_paper_prints_the_words_of_the_same_hours(client: Client, desks: dict[Key, int]) -> None:
    for shape in ("list", "card"):
        page = client.get("/help/card/", {"as": shape}).content.decode().replace("&quot;", '"')
        for _row, _at, desk in each_row(desks):
            channel = desk.channels.all()[0]
            assert (channel.hours_words or "時間") in page, channel.hours


def test_unknown_hours_are_unknown_everywhere_and_never_closed(client: Client) -> None:
    desk = make_desk({"value": "0865-63-0911", "hours": "", "last_reception": 30}, name="時間を確かめていない窓口")
    make_desk({"value": "0865-63-8515", "hours": "24/7"})
    item = desk_at(loaded([desk.pk], None)[0], dt.datetime(2026, 12, 3, 10, tzinfo=JST))
    assert (item.state, item.hours_lines, "hoursAvailable" in json.dumps(described(item))) == (None, [], False)
    assert desk.pk not in wished_now(item.at)
    for address in ("/help/", desk.get_absolute_url(), "/help/card/"):
        page = client.get(address).content.decode()
        assert "時間は、窓口におたずねください" in page, address
        assert "閉まって" not in page, address
    answer = client.get(f"/api/hsds/services/{ids.service_id(desk.slug)}").json()
    assert not answer.get("schedules")
    line = next(line for line in table().rows if desk.name in line)
    assert [
        line[table().header.index(name)] or "" for name in ("受付時間_OSM", "受付時間_特記事項", "祝日_コード")
    ] == ["", "", ""]

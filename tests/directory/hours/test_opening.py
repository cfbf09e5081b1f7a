"""The table of moments: weekday, weekend, holidays of every kind, turn of the year, overnight, UTC input."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jpholiday
import pytest
from django.conf import settings

from cms.dates import JST
from directory.hours import Light, OpeningHours, UnreadableHours

WORK = "Mo-Fr 08:30-16:30; PH off"
LUNCH = "Mo-Fr 09:00-12:00,13:00-17:00; PH off"
INSTANTS = json.loads((Path(__file__).parent / "instants.json").read_text(encoding="utf-8"))


def japan(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=JST)


def asked(row: dict[str, Any], zone: dt.tzinfo = JST) -> tuple[bool, str | None]:
    """What the hours answer to a row of the table."""
    said, at = OpeningHours(row["hours"], row.get("last_reception")), dt.datetime.fromisoformat(row["at"])
    change = said.next_change(at.astimezone(zone))
    return said.is_open(at.astimezone(zone)), change.isoformat(timespec="minutes") if change else None


def test_the_table_covers_what_must_be_shown() -> None:
    assert len(INSTANTS) >= 60
    assert {row["at"][:10] for row in INSTANTS} >= {
        "2026-05-03",
        "2026-09-22",
        "2027-03-22",
        "2026-12-31",
        "2028-02-29",
    }
    assert len({json.dumps(row) for row in INSTANTS}) == len(INSTANTS)


@pytest.mark.parametrize("row", INSTANTS, ids=lambda row: f"{row['hours']} {row['at']}")
def test_open_and_next_change(row: dict[str, Any]) -> None:
    assert asked(row) == (row["open"], row["next_change"])


@pytest.mark.parametrize(
    "zone", [dt.UTC, ZoneInfo("UTC"), ZoneInfo("America/New_York"), dt.timezone(dt.timedelta(hours=9))]
)
def test_any_aware_moment_will_do(zone: dt.tzinfo) -> None:
    wrong = [row for row in INSTANTS if asked(row, zone) != (row["open"], row["next_change"])]
    assert wrong == []


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        OpeningHours(WORK).is_open(dt.datetime(2026, 12, 3, 10))


def test_every_holiday_of_thirty_years_is_closed_and_every_other_weekday_open() -> None:
    said, day, wrong = OpeningHours(WORK), dt.date(2025, 1, 1), []
    while day.year < 2056:
        expected = day.weekday() < 5 and not jpholiday.is_holiday(day)
        if said.is_open(dt.datetime.combine(day, dt.time(10), JST)) != expected:
            wrong.append(day)
        day += dt.timedelta(days=1)
    assert wrong == []


def test_states() -> None:
    said = OpeningHours(WORK)
    open_, soon, closed = (
        said.state(japan("2026-12-03T10:00")),
        said.state(japan("2026-12-03T16:00")),
        said.state(japan("2026-12-03T16:30")),
    )
    assert (open_.light, open_.until, open_.opens) == (Light.OPEN, japan("2026-12-03T16:30"), None)
    assert (soon.light, soon.until, soon.is_open) == (Light.SOON, japan("2026-12-03T16:30"), True)
    assert (closed.light, closed.until, closed.opens) == (Light.CLOSED, None, japan("2026-12-04T08:30"))
    assert said.state(japan("2026-12-03T15:59")).light is Light.OPEN
    always = OpeningHours("24/7").state(japan("2026-12-03T23:00"))
    assert (always.light, always.until) == (Light.ALWAYS, None)
    assert OpeningHours('Mo-Fr 10:00-16:00 "予約制"').state(japan("2026-12-03T11:00")).comment == "予約制"


def test_equality_is_that_of_the_meaning_written() -> None:
    assert OpeningHours("Mo-Fr 8:30-16:30;PH off") == OpeningHours(WORK)
    assert hash(OpeningHours("Mo-Fr 8:30-16:30;PH off")) == hash(OpeningHours(WORK))
    assert OpeningHours(WORK) != OpeningHours(LUNCH)
    assert OpeningHours(WORK) != WORK


@pytest.mark.parametrize(
    ("text", "column"), [("月-金 9:00-17:00", 1), ("9-17", 1), ("9:00-", 6), ("", 1), ("by appointment", 1)]
)
def test_what_is_not_the_grammar_says_where(text: str, column: int) -> None:
    with pytest.raises(UnreadableHours) as caught:
        OpeningHours(text)
    assert caught.value.column == column


def test_stretches_between_two_moments() -> None:
    found = OpeningHours(LUNCH).between(japan("2026-12-03T10:00"), japan("2026-12-04T10:00"))
    assert [(each.start, each.end) for each in found] == [
        (japan("2026-12-03T10:00"), japan("2026-12-03T12:00")),
        (japan("2026-12-03T13:00"), japan("2026-12-03T17:00")),
        (japan("2026-12-04T09:00"), japan("2026-12-04T10:00")),
    ]


def test_after_the_last_reception_nobody_new_is_taken() -> None:
    said = OpeningHours("Mo-Fr 08:30-17:00; PH off", 30)
    soon, over = said.state(japan("2026-12-03T16:10")), said.state(japan("2026-12-03T16:40"))
    assert (soon.light, soon.until, soon.closes, soon.is_reception) == (
        Light.SOON, japan("2026-12-03T16:30"), japan("2026-12-03T17:00"), True,
    )  # fmt: skip
    assert (over.light, over.opens, over.reception_over) == (Light.CLOSED, japan("2026-12-04T08:30"), True)
    assert said.state(japan("2026-12-03T17:00")).reception_over is False
    assert said.doors.state(japan("2026-12-03T16:40")).is_open
    assert said.doors.state(japan("2026-12-03T10:00")).is_reception is False
    assert (said == said.doors, hash(said) == hash(said.doors), OpeningHours("24/7").doors) == (
        False, False, OpeningHours("24/7"),
    )  # fmt: skip


def test_stretches_end_with_the_last_reception_and_not_with_the_question() -> None:
    said = OpeningHours(LUNCH, 30)
    found = said.between(japan("2026-12-03T10:00"), japan("2026-12-03T16:45"))
    assert [(each.start, each.end) for each in found] == [
        (japan("2026-12-03T10:00"), japan("2026-12-03T11:30")),
        (japan("2026-12-03T13:00"), japan("2026-12-03T16:30")),
    ]
    assert [each.end for each in said.between(japan("2026-12-03T10:00"), japan("2026-12-03T11:00"))] == [
        japan("2026-12-03T11:00")
    ]
    assert said.between(japan("2026-12-03T11:30"), japan("2026-12-03T12:10")) == []


def test_the_command_answers_a_file_by_the_same_function(tmp_path: Path) -> None:
    plain = [row for row in INSTANTS if "last_reception" not in row]
    questions, answers = tmp_path / "q.json", tmp_path / "a.json"
    asked_for = [{"hours": row["hours"], "at": row["at"]} for row in plain]
    questions.write_text(json.dumps([*asked_for, {"hours": "月-金", "at": "2026-12-03T10:00:00Z"}]), encoding="utf-8")
    command = [sys.executable, "benchmarks/opening_hours.py", str(questions), "--out", str(answers)]
    subprocess.run(command, check=True, cwd=settings.BASE_DIR, capture_output=True)
    *found, unreadable = json.loads(answers.read_text(encoding="utf-8"))
    assert found == [
        {"open": row["open"], "next_change": row["next_change"] and row["next_change"].replace("+09:00", ":00+09:00")}
        for row in plain
    ]
    assert unreadable == {"open": None, "next_change": None, "error": 1}

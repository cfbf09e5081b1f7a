"""Seventy published files come in, go out again in their own layout, and come in once more as the same."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from copy import copy
from pathlib import Path
from time import perf_counter

import pytest
from django.test import Client

from tests.workshops.open_data.real_files import FOLDER, REASONS, exported_rows, judge, reason_of
from workshops.actions.importing import import_rows
from workshops.importing.rows import read_events
from workshops.models import Event, Occurrence
from workshops.open_data.profiles import PROFILES
from workshops.open_data.table import table_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.exists(), reason="SHARED_DATA: data/events is not there"),
]
ADDRESS = "/open-data/events.csv"
#: Small ones with every reason that occurs: blank last days, an end at midnight, mixed widths, unusable addresses.
A_FEW = ("112038", "122301", "131067", "132250", "141003", "352021")
#: What becomes of all cells of the seventy files (docs/developer/open-data.md).
ALL_CELLS = {
    "blank": 41_082, "equal": 22_246, "spaces": 1_651, "refused": 1_350, "number": 1_329, "last day": 108,
    "signs": 25, "unusable": 8, "midnight": 1,
}  # fmt: skip


def round_trip(client: Client, files: list[Path]) -> Counter[str]:
    for path in files:
        import_rows(reading=read_events(path.read_bytes()), by=None)
    exported = exported_rows(client.get(ADDRESS).content)
    counts: Counter[str] = Counter()
    for path in files:
        found, unexplained = judge(path, exported)
        assert unexplained == [], path.name
        counts += found
    assert set(counts) <= {"blank", "equal", "refused", *REASONS}
    return counts


def assert_same_again(client: Client) -> None:
    """Our own file makes no event and differs in nothing, in each layout."""
    events = Event.objects.count()
    for profile in PROFILES:
        reading = read_events(client.get(ADDRESS, {"profile": profile.key}).content)
        assert reading.refusals == ()
        outcome = import_rows(reading=reading, by=None)
        assert (outcome.new, outcome.changed, outcome.same, outcome.differences) == (0, 0, events, ()), profile.key
    assert Event.objects.count() == events


def test_a_few_files_go_out_as_they_came(client: Client) -> None:
    files = [FOLDER / f"{code}.csv" for code in A_FEW]
    counts = round_trip(client, files)
    assert counts["midnight"] == 1
    assert counts["equal"] > 500
    assert_same_again(client)


@pytest.mark.prove
def test_all_files_go_out_as_they_came(client: Client) -> None:
    files = sorted(FOLDER.glob("*.csv"))
    assert len(files) == 70
    assert dict(round_trip(client, files)) == ALL_CELLS
    assert_same_again(client)


@pytest.mark.parametrize(
    ("heading", "before", "after", "reason"),
    [
        ("説明", "ひとこと", "", "lost"),
        ("説明", "ひとこと", "べつの言葉", "other"),
        ("説明", "", "だれかの言葉", "filled"),
        ("開始日", "2022/1/24", "2022-01-25", "other"),
        ("開始日", "2022/1/24", "2022-01-24", "date"),
        ("URL", "https://example.jp/", "", "lost"),
        ("定員", "20", "2", "other"),
    ],
)
def test_the_judge_sees_what_is_wrong(heading: str, before: str, after: str, reason: str) -> None:
    row = {"開始日": "2022-01-24", "備考": "", "料金(詳細)": "", heading: after}
    assert reason_of(heading, before, row) == reason


@pytest.mark.prove
def test_ten_thousand_rows(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    """In one pass, the rows one after the other: time, and the most memory held at once, are printed."""
    import_rows(reading=read_events((FOLDER / "122190.csv").read_bytes()), by=None)
    first = list(Occurrence.objects.order_by("pk"))
    more = [copy(each) for each in first for _number in range(10_000 // len(first))]
    for each in more:
        each.pk = None
    Occurrence.objects.bulk_create(more)
    began = perf_counter()
    size = len(client.get(ADDRESS).content)
    seconds = perf_counter() - began
    tracemalloc.start()
    rows = sum(1 for _row in table_of(PROFILES[0])(None).rows)
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    with capsys.disabled():
        print(f"\n{rows} rows, {size / 1e6:.1f} MB in {seconds:.2f} s; rows hold {held / 1e6:.1f} MB at most")
    assert held < size

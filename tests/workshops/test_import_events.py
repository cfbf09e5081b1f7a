"""The command, with real and with broken files. Every refusal is asked for by line and column."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cms.models import AuditEvent
from tests.workshops.importing.tables import RECOMMENDED_06, table
from workshops.models import Event, EventPage, Occurrence

ICHIHARA = Path(settings.SHARED_DATA) / "data" / "events" / "122190.csv"
real_data = pytest.mark.skipif(not ICHIHARA.exists(), reason="SHARED_DATA: data/events/122190.csv is not there")
pytestmark = pytest.mark.django_db


class Run:
    """One run of the command: exit code, lines of stdout and stderr, the JSON lines at the end."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *args: str) -> None:
        capsys.readouterr()
        try:
            call_command("import_events", *args)
            self.code = 0
        except SystemExit as stop:
            self.code = stop.code
        except CommandError as stop:
            self.code = stop.returncode
        out, err = capsys.readouterr()
        self.out, self.err = out.splitlines(), err.splitlines()
        self.files = [json.loads(line) for line in self.out if line.startswith("{")]

    @property
    def counts(self) -> tuple[int, ...]:
        """read, new, changed, same, refused of the only file."""
        (line,) = self.files
        return tuple(line[name] for name in ("read", "new", "changed", "same", "refused"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    """run(bytes or path …, options …): bytes become files a.csv, b.csv … of the test's folder."""

    def start(*args: bytes | str | Path) -> Run:
        named = []
        for letter, arg in zip("abcdefgh", args, strict=False):
            if isinstance(arg, bytes):
                path = tmp_path / f"{letter}.csv"
                path.write_bytes(arg)
                arg = path
            named.append(str(arg))
        return Run(capsys, *named)

    return start


@real_data
def test_ichihara_comes_in_once(run: Any) -> None:
    first = run(ICHIHARA)
    assert (first.code, first.counts, first.err) == (0, (118, 118, 0, 0, 0), [])
    assert Event.objects.public().count() == 118
    stored = list(Event.objects.order_by("pk").values()) + list(Occurrence.objects.order_by("pk").values())
    second = run(ICHIHARA)
    assert (second.code, second.counts) == (0, (118, 0, 0, 118, 0))
    assert stored == list(Event.objects.order_by("pk").values()) + list(Occurrence.objects.order_by("pk").values())


@real_data
def test_every_published_file_is_read_and_accounted_for(run: Any, capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(str(path) for path in ICHIHARA.parent.glob("*.csv"))
    done = Run(capsys, "--dry-run", *files)
    assert done.code == 0
    assert [line["file"] for line in done.files] == files
    assert all(line["read"] == line["new"] + line["refused"] for line in done.files)
    assert sum(line["refused"] for line in done.files) == len(done.err)
    assert not Event.objects.exists()


def test_good_rows_are_taken_and_the_others_named(run: Any, tmp_path: Path) -> None:
    done = run(table({"title": "よい", "description": "一\n二"}, {"start_date": "2022-02-30"}, {"capacity": "-3"}))
    assert (done.code, done.counts) == (0, (3, 1, 0, 0, 2))
    assert [line.split(": ")[0] for line in done.err] == [
        f"{tmp_path}/a.csv:4:開始日",
        f"{tmp_path}/a.csv:5:定員",
    ]
    assert "2022-02-30" in done.err[0]
    assert [event.title for event in Event.objects.all()] == ["よい"]


def test_strict_is_all_or_nothing_over_all_files(run: Any) -> None:
    good, bad = table({}), table({"title": "別"}, {"start_date": ""})
    done = run(good, bad, "--strict")
    assert (done.code, [line["refused"] for line in done.files]) == (1, [0, 1])
    assert not Event.objects.exists()
    assert run(good, "--strict").code == 0
    assert Event.objects.count() == 1


@pytest.mark.parametrize("options", [(), ("--strict",), ("--dry-run",)])
def test_what_is_no_table_changes_nothing_and_says_so(run: Any, options: tuple[str, ...], tmp_path: Path) -> None:
    done = run("こんにちは\n".encode(), *options)
    assert (done.code, done.counts) == (2, (0, 0, 0, 0, 0))
    (message,) = done.err
    assert message.startswith(f"{tmp_path}/a.csv: ")
    assert not Event.objects.exists()


def test_a_file_beside_a_broken_one_is_taken(run: Any) -> None:
    done = run(table({}), table({}, encoding="utf-16-le"))
    assert (done.code, [line["new"] for line in done.files]) == (2, [1, 0])


def test_missing_files_and_folders(run: Any, tmp_path: Path) -> None:
    assert run(tmp_path / "nowhere.csv").code == 2
    assert run(tmp_path).code == 2


def test_dry_run_writes_nothing(run: Any) -> None:
    done = run(table({}), "--dry-run")
    assert (done.code, done.counts) == (0, (1, 1, 0, 0, 0))
    assert not Event.objects.exists()
    assert not AuditEvent.objects.filter(action="events.imported").exists()


def test_drafts_are_not_public(run: Any) -> None:
    run(table({}), "--draft")
    assert (Event.objects.count(), Event.objects.public().count()) == (1, 0)
    assert not EventPage.objects.get().live


@pytest.mark.parametrize(("given", "stored"), [("", ""), ("332054", "332054"), ("33205", "332054")])
def test_blank_municipality_codes(run: Any, given: str, stored: str) -> None:
    run(table({"municipality": ""}), *(["--municipality", given] if given else []))
    assert Event.objects.get().municipality_code == stored


def test_a_wrong_municipality_code_is_refused_at_once(run: Any) -> None:
    assert run(table({}), "--municipality", "笠岡").code == 2
    assert not Event.objects.exists()


def test_both_layouts_in_every_encoding_are_the_same_event(run: Any) -> None:
    assert run(table({"title": "①の集い"})).counts == (1, 1, 0, 0, 0)
    assert run(table({"title": "①の集い"}, encoding="cp932")).counts == (1, 0, 0, 1, 0)
    assert run(table({"title": "①の集い"}, layout=RECOMMENDED_06, encoding="utf-8-sig")).counts == (1, 0, 0, 1, 0)


def test_repeats_inside_a_file_are_events_of_their_own(run: Any) -> None:
    twice = table({}, {})
    assert run(twice).counts == (2, 2, 0, 0, 0)
    assert run(twice).counts == (2, 0, 0, 2, 0)


def test_the_audit_trail_holds_numbers_only(run: Any) -> None:
    run(table({}, {"start_date": ""}))
    assert AuditEvent.objects.get(action="events.imported").codes == {
        "read": 2,
        "new": 1,
        "changed": 0,
        "same": 0,
        "refused": 1,
    }
    run(table({}))
    assert AuditEvent.objects.filter(action="events.imported").count() == 1


def test_a_dry_run_says_what_differs(run: Any, tmp_path: Path) -> None:
    run(table({"capacity": "10", "fee": "無料"}))
    done = run(table({"capacity": "12", "fee": "0"}), "--dry-run")
    assert (done.code, done.counts) == (0, (1, 0, 1, 0, 0))
    assert done.out[0] == f"{tmp_path}/a.csv:2:定員: 10 → 12"
    assert Occurrence.objects.get().capacity == 10

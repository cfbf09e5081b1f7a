"""`manage.py scan_pii` as another program sees it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cms.guard import GuardUnavailable


def scan(monkeypatch: pytest.MonkeyPatch, lines: bytes, **options: Any) -> tuple[list[dict[str, Any]], int, str]:
    """(answers, exit code, raw output)."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(lines)))
    out, code = io.StringIO(), 0
    try:
        call_command("scan_pii", stdout=out, **options)
    except SystemExit as stop:
        code = int(str(stop.code))
    return [json.loads(line) for line in out.getvalue().splitlines()], code, out.getvalue()


def test_one_line_out_for_each_line_in(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = '{"id":"a","text":"田中さんが来た。","more":1}\n{"id":7,"text":""}\n'.encode()
    found, code, raw = scan(monkeypatch, lines)
    assert found == [
        {"id": "a", "spans": [{"start": 0, "end": 2, "type": "PERSON", "certainty": "sure"}]},
        {"id": 7, "spans": []},
    ]
    assert (code, raw.isascii()) == (0, True)


def test_a_line_that_is_no_such_object_is_named_and_ends_with_2(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = b'[]\n{"id":1}\n\xff\xfe\n{"id":2,"text":5}\n\n{"id":3,"text":"x"}\n'
    found, code, _raw = scan(monkeypatch, lines)
    assert ([answer.get("line", answer.get("id")) for answer in found], code) == ([1, 2, 3, 4, 5, 3], 2)


def test_a_gazetteer_adds_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_bytes("名称,読み\n光と風と夢,ひかり\n".encode("cp932"))
    found, _code, _raw = scan(monkeypatch, '{"id":1,"text":"光と風と夢へ"}\n'.encode(), gazetteer=names)
    assert [(span["start"], span["end"], span["type"]) for span in found[0]["spans"]] == [(0, 5, "ORGANIZATION")]


def test_of_a_gazetteer_with_a_heading_only_the_names_are_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("種類,名称\n施設,光と風と夢\n公園,\n店\n", encoding="utf-8")
    lines = '{"id":1,"text":"施設と公園と名称、光と風と夢へ"}\n'.encode()
    found, _code, _raw = scan(monkeypatch, lines, gazetteer=names)
    assert [(span["start"], span["end"]) for span in found[0]["spans"]] == [(9, 14)]


def test_without_such_a_heading_every_cell_is_a_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("光と風と夢,緑の窓と水\n", encoding="utf-8")
    found, _code, _raw = scan(monkeypatch, '{"id":1,"text":"光と風と夢、緑の窓と水"}\n'.encode(), gazetteer=names)
    assert [(span["start"], span["end"]) for span in found[0]["spans"]] == [(0, 5), (6, 11)]


def test_a_missing_gazetteer_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        scan(monkeypatch, b"", gazetteer=tmp_path / "none.csv")


def test_lines_as_other_programs_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    mark, text = b"\xef\xbb\xbf", '{"id":"a","text":"田中さん"}'.encode()
    odd = b'{"id":"\\ud800","text":"\\ud800\\u0000 \\u7530\\u4e2d\\u3055\\u3093"}'
    found, code, raw = scan(monkeypatch, mark + text + b"\r\n" + odd + b"\r\n" + text)
    assert [answer["id"] for answer in found] == ["a", "\ud800", "a"]
    assert [[(s["start"], s["end"]) for s in answer["spans"]] for answer in found] == [[(0, 2)], [(3, 5)], [(0, 2)]]
    assert (code, raw.isascii()) == (0, True)


def test_a_text_of_any_length_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "田中さんが来た。" + "窓口に来る。\n" * 40
    text = line * 120
    found, code, _raw = scan(monkeypatch, json.dumps({"id": 1, "text": text}).encode() + b"\n")
    spans = found[0]["spans"]
    assert (code, len(text) > 20_000) == (0, True)
    assert [text[span["start"] : span["end"]] for span in spans] == ["田中"] * 120
    assert all(one["end"] <= two["start"] for one, two in pairwise(spans))


def test_an_error_of_a_rule_is_an_answer_without_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any, **_names: Any) -> Any:
        raise GuardUnavailable("a rule failed")

    monkeypatch.setattr("cms.management.commands.scan_pii.inspect", broken)
    found, code, _raw = scan(monkeypatch, '{"id":1,"text":"田中さん"}\n'.encode())
    assert (found, code) == ([{"line": 1, "error": "the guard could not read this text"}], 2)


def test_it_runs_without_a_database() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "scan_pii"],
        input='{"id":1,"text":"田中さん"}\n'.encode(),
        capture_output=True,
        timeout=120,
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere"},
        check=False,
    )
    assert (done.returncode, json.loads(done.stdout)["spans"][0]["type"]) == (0, "PERSON")


def test_the_help_says_that_it_misses(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("scan_pii", "--help")
    said = capsys.readouterr().out
    assert "no mark does not mean that a text is safe" in said
    assert "It misses" in said

"""`manage.py scan_pii` as another program sees it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command


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


def test_a_missing_gazetteer_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        scan(monkeypatch, b"", gazetteer=tmp_path / "none.csv")

"""`manage.py verify_audit`: one line a chain, and a number that scripts can go by."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from casebook.models import Access
from cms.audit import record
from cms.models import AuditSeal
from cms.models.chain import GENESIS
from tests.factories.chains import drop_triggers, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(capsys: Any) -> Any:
    """(exit code, lines by chain, what went to stderr)."""

    def verify(*options: str) -> tuple[int, dict[str, Any], str]:
        code = 0
        try:
            call_command("verify_audit", *options)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        out, err = capsys.readouterr()
        lines = [json.loads(line) for line in out.splitlines()]
        return code, {line["chain"]: line for line in lines}, err

    return verify


@pytest.fixture
def rows() -> None:
    """Three acts, three readings."""
    for number in range(3):
        record("case.read", by=None, number=number)
        Access.objects.create(user=number, organization=None, how="export")


def test_nothing_written_yet(told: Any) -> None:
    code, lines, err = told()
    fine = {"rows": 0, "head": GENESIS, "ok": True, "first_bad": None, "why": None}
    assert (code, err) == (0, "")
    assert lines == {name: {"chain": name, **fine} for name in ("cms.audit", "casebook.access")}


def test_it_seals_before_it_looks(told: Any, rows: None) -> None:
    code, lines, _err = told()
    assert code == 0
    assert [(line["rows"], line["ok"]) for line in lines.values()] == [(3, True), (3, True)]
    assert lines["cms.audit"]["head"] == AuditSeal.objects.get(seq=3).seal


def test_a_tampered_act(told: Any, rows: None) -> None:
    told()
    drop_triggers("cms_auditevent")
    run("UPDATE cms_auditevent SET action = 'case.unread' WHERE id = %s", AuditSeal.objects.get(seq=2).event)
    code, lines, _err = told()
    assert code == 1
    assert (lines["cms.audit"]["ok"], lines["cms.audit"]["first_bad"], lines["cms.audit"]["why"]) == (False, 2, "gone")
    assert lines["casebook.access"]["ok"] is True


def test_a_tampered_reading(told: Any, rows: None) -> None:
    drop_triggers("casebook_access")
    run("DELETE FROM casebook_access WHERE seq = 3")
    code, lines, _err = told()
    assert code == 1
    assert (lines["casebook.access"]["first_bad"], lines["casebook.access"]["why"]) == (3, "end")
    assert lines["cms.audit"]["ok"] is True


def test_a_head_noted_elsewhere(told: Any, rows: None) -> None:
    _code, lines, _err = told()
    heads = [line["head"] for line in lines.values()]
    record("case.read", by=None)
    options = [option for head in heads for option in ("--head", head)]
    assert told(*options)[0] == 0  # a later head comes after it, in the same chain
    code, lines, err = told(*options, "--head", "a" * 64)
    assert code == 1
    assert "a" * 64 in err
    assert all(line["ok"] for line in lines.values())


def test_the_seal_before_the_first_row_is_always_there(told: Any) -> None:
    assert told("--head", GENESIS)[0] == 0


@pytest.mark.parametrize("head", ["", "abc", "g" * 64, "a" * 63, "a" * 65, "あ" * 64])
def test_what_is_no_seal(head: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit", "--head", head)
    assert refused.value.returncode == 2


def test_without_the_key_file_nothing_can_be_said(settings: Any, tmp_path: Any, rows: None) -> None:
    settings.KEY_FILE, settings.KEY_FILE_MADE_WHEN_MISSING = tmp_path / "none.json", False
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit")
    assert refused.value.returncode == 2


def test_a_broken_head_of_the_trail_is_said(told: Any, rows: None) -> None:
    told()
    run("UPDATE cms_chainhead SET proof = %s WHERE name = 'cms.audit'", "a" * 64)
    code, lines, err = told()
    assert (code, lines["cms.audit"]["why"]) == (1, "head")
    assert "cms.audit" in err

"""The audit trail as a chain: each act gets its place, and hands laid on it are found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms import audit, chains, rotation
from cms.audit import record, seal_events
from cms.models import AuditEvent, AuditSeal, BrokenChain, ChainCheck, ChainHead
from cms.models.chain import GENESIS, seal_of
from cms.signals import ticking
from tests.cms.test_encryption import own_keys
from tests.factories.chains import drop_triggers, run

__all__ = ["own_keys"]
pytestmark = pytest.mark.django_db
CHAIN = AuditSeal.CHAIN
EVENTS, SEALS, HEADS, CHECKS = "cms_auditevent", "cms_auditseal", "cms_chainhead", "cms_chaincheck"


@pytest.fixture
def trail() -> list[AuditEvent]:
    """Six acts, sealed."""
    acts = [record("case.read", by=None, number=number) for number in range(6)]
    seal_events()
    return acts


@pytest.fixture
def attacker(trail: list[AuditEvent]) -> list[AuditEvent]:
    """The same, and the triggers are gone."""
    drop_triggers(EVENTS, SEALS, HEADS, CHECKS)
    return trail


def found() -> tuple[str, int | None]:
    """What the walk says."""
    seal_events()
    verdict = chains.verify(CHAIN)
    assert verdict.ok is (verdict.why == "")
    return verdict.why, verdict.first_bad


def test_each_act_gets_its_place_once(trail: list[AuditEvent]) -> None:
    assert list(AuditSeal.objects.values_list("seq", "event")) == [(n + 1, act.pk) for n, act in enumerate(trail)]
    assert seal_events() == 0
    verdict = chains.verify(CHAIN)
    assert (verdict.rows, verdict.ok, verdict.head) == (6, True, AuditSeal.objects.last().seal)


def test_an_empty_chain_is_sound() -> None:
    assert chains.verify(CHAIN) == chains.Verdict(CHAIN, 0, GENESIS)


def test_the_tick_seals() -> None:
    record("case.read", by=None)
    answers = [answer for _receiver, answer in ticking.send(sender=None, at=timezone.now())]
    assert {"acts_sealed": 1} in answers
    assert AuditSeal.objects.count() == 1


def test_the_tick_looks_at_the_last_day_and_the_command_at_everything(frozen: Callable[[str], Any]) -> None:
    frozen("2026-11-20T09:00+09:00")
    record("case.read", by=None)
    frozen("2026-11-22T09:00+09:00")
    record("case.read", by=None)
    assert seal_events(since=timezone.now() - dt.timedelta(days=1)) == 1
    assert seal_events() == 1


def test_an_act_that_becomes_visible_late_gets_the_next_place(trail: list[AuditEvent]) -> None:
    """On PostgreSQL a transaction with a smaller number may end later."""
    late = AuditEvent(action="case.late", pk=trail[0].pk - 1)
    late.save(force_insert=True)
    assert found() == ("", None)
    assert AuditSeal.objects.get(event=late.pk).seq == 7


def test_many_are_sealed_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "BATCH", 2)
    monkeypatch.setattr(chains, "BATCH", 2)
    for number in range(7):
        record("case.read", by=None, number=number)
    assert seal_events() == 7
    assert found() == ("", None)
    assert chains.verify(CHAIN).rows == 7


def test_a_walk_asks_two_questions_a_batch(monkeypatch: pytest.MonkeyPatch, trail: list[AuditEvent]) -> None:
    """Batches bound the memory; their number alone grows."""
    counts = []
    from django.db import connection

    for size in (3, 6):
        monkeypatch.setattr(chains, "BATCH", size)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            chains.verify(CHAIN)
        counts.append(len(queries))
    assert counts[0] - counts[1] == 2


# --- hands on it ------------------------------------------------------------------------------------


def test_a_changed_act(attacker: list[AuditEvent]) -> None:
    run(f"UPDATE {EVENTS} SET actor = '99' WHERE id = %s", attacker[2].pk)
    assert found() == ("gone", 3)


@pytest.mark.parametrize("column", ["action", "target", "at", "codes", "mark"])
def test_every_column_is_sealed(attacker: list[AuditEvent], column: str) -> None:
    other = {"at": timezone.now(), "codes": '{"number": 7}', "mark": "0" * 80}.get(column, "x")
    run(f"UPDATE {EVENTS} SET {column} = %s WHERE id = %s", other, attacker[2].pk)
    assert found() == ("gone", 3)


@pytest.mark.parametrize("place", [0, 2, 5])
def test_an_act_taken_out(attacker: list[AuditEvent], place: int) -> None:
    run(f"DELETE FROM {EVENTS} WHERE id = %s", attacker[place].pk)
    assert found() == ("gone", place + 1)


@pytest.mark.parametrize(("place", "why"), [(0, "gap"), (2, "gap"), (5, "end")])
def test_an_act_taken_out_with_its_seal(attacker: list[AuditEvent], place: int, why: str) -> None:
    run(f"DELETE FROM {EVENTS} WHERE id = %s", attacker[place].pk)
    run(f"DELETE FROM {SEALS} WHERE event = %s", attacker[place].pk)
    assert found() == (why, place + 1)


def test_a_seal_taken_out_is_not_mended_by_the_next_tick(attacker: list[AuditEvent]) -> None:
    run(f"DELETE FROM {SEALS} WHERE event = %s", attacker[2].pk)
    seal_events()
    assert found() == ("gap", 3)


def test_an_act_put_in(attacker: list[AuditEvent]) -> None:
    """The next tick gives it a place as it gives one to every row; the mark tells that it is not ours."""
    at = timezone.now()
    run(
        f"INSERT INTO {EVENTS} (at, action, actor, target, codes, mark) VALUES (%s, 'case.read', '1', '', '{{}}', 'x')",
        at,
    )
    assert found() == ("gone", 7)


def test_the_mark_of_another_act_does_not_fit(attacker: list[AuditEvent]) -> None:
    run(f"DELETE FROM {EVENTS} WHERE id = %s", attacker[5].pk)
    run(
        f"INSERT INTO {EVENTS} (id, at, action, actor, target, codes, mark) VALUES (%s, %s, 'case.read', '1', '', '{{}}', %s)",
        attacker[5].pk, attacker[5].at, attacker[5].mark,
    )  # fmt: skip
    assert found() == ("gone", 6)


def test_an_act_doubled_under_another_number(attacker: list[AuditEvent]) -> None:
    """Where somebody also removed the index that keeps marks apart."""
    run(f"UPDATE {SEALS} SET event = %s WHERE event = %s", attacker[5].pk + 1, attacker[5].pk)
    run(f"UPDATE {EVENTS} SET id = id + 1 WHERE id = %s", attacker[5].pk)
    assert found() == ("seal", 6)


def test_two_acts_swapped(attacker: list[AuditEvent]) -> None:
    one, two = attacker[1].pk, attacker[3].pk
    for old, new in ((one, 9001), (two, one), (9001, two)):
        run(f"UPDATE {EVENTS} SET id = %s WHERE id = %s", new, old)
    assert found() == ("seal", 2)


def test_two_seals_swapped(attacker: list[AuditEvent]) -> None:
    for old, new in ((2, 9001), (4, 2), (9001, 4)):
        run(f"UPDATE {SEALS} SET seq = %s WHERE seq = %s", new, old)
    assert found() == ("previous", 2)


def test_a_seal_made_without_the_key(attacker: list[AuditEvent]) -> None:
    last = AuditSeal.objects.get(seq=6)
    run(
        f"INSERT INTO {SEALS} (seq, event, previous, seal) VALUES (7, %s, %s, %s)",
        attacker[5].pk + 7,
        last.seal,
        "a" * 64,
    )
    assert chains.verify(CHAIN).why == "beyond"
    run(f"UPDATE {HEADS} SET seq = 7, seal = %s", "a" * 64)
    assert chains.verify(CHAIN).why == "gone"


def test_a_head_that_was_changed(attacker: list[AuditEvent]) -> None:
    run(f"UPDATE {HEADS} SET proof = %s", "a" * 64)
    assert chains.verify(CHAIN).why == "head"
    record("case.read", by=None)  # nobody who writes has to wait or fails
    with pytest.raises(BrokenChain):
        seal_events()


def test_a_head_that_was_removed(attacker: list[AuditEvent]) -> None:
    run(f"DELETE FROM {HEADS}")
    assert chains.verify(CHAIN).why == "head"


def test_an_old_head_put_back(attacker: list[AuditEvent]) -> None:
    """Our own seal, but from earlier: rows stand behind it."""
    old = ChainHead.objects.get()
    record("case.read", by=None)
    seal_events()
    run(f"UPDATE {HEADS} SET seq = %s, seal = %s, proof = %s", old.seq, old.seal, old.proof)
    assert chains.verify(CHAIN) == chains.Verdict(CHAIN, 7, old.seal, 7, "beyond")


def cut_back(head: ChainHead) -> None:
    """Everything after that head goes, and the head with it: what a restored older backup looks like."""
    run(f"DELETE FROM {EVENTS} WHERE id IN (SELECT event FROM {SEALS} WHERE seq > %s)", head.seq)
    run(f"DELETE FROM {SEALS} WHERE seq > %s", head.seq)
    run(f"UPDATE {HEADS} SET seq = %s, seal = %s, proof = %s WHERE name = %s", head.seq, head.seal, head.proof, CHAIN)


def test_an_old_state_put_back_is_betrayed_by_an_earlier_check(attacker: list[AuditEvent]) -> None:
    old = ChainHead.objects.get()
    record("case.read", by=None)
    seal_events()
    assert chains.verify(CHAIN).ok
    cut_back(old)
    assert found() == ("shorter", 7)


def test_another_history_of_the_same_length(attacker: list[AuditEvent]) -> None:
    old = ChainHead.objects.get()
    record("case.read", by=None)
    seal_events()
    assert chains.verify(CHAIN).ok
    cut_back(old)
    record("case.released", by=None)
    assert found() == ("shorter", 7)


def test_a_check_that_was_changed(attacker: list[AuditEvent]) -> None:
    assert chains.verify(CHAIN).ok
    run(f"UPDATE {CHECKS} SET rows = 5")
    assert chains.verify(CHAIN).why == "check"


def test_an_old_state_without_any_witness_in_the_database_is_found_by_a_noted_head(attacker: list[AuditEvent]) -> None:
    """And by nothing else: the negative control of the two tests above."""
    old = ChainHead.objects.get()
    record("case.read", by=None)
    seal_events()
    noted = chains.verify(CHAIN).head
    cut_back(old)
    run(f"DELETE FROM {CHECKS}")
    left = {noted, old.seal}
    assert chains.verify(CHAIN, noted=left).ok
    assert left == {noted}


# --- the key ----------------------------------------------------------------------------------------


def test_another_key_makes_other_seals(own_keys: Path) -> None:
    before = seal_of(CHAIN, ["a"])
    assert before == seal_of(CHAIN, ["a"])
    assert before != seal_of("casebook.access", ["a"])
    own_keys.unlink()
    assert seal_of(CHAIN, ["a"]) != before


def test_changing_the_keys_of_fields_keeps_the_chain(
    own_keys: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "GRACE", 0)  # nothing else is being written here
    record("case.read", by=None)
    seal_events()
    call_command("rotate_keys")
    call_command("rotate_keys", "--drop-old")
    record("case.read", by=None)
    assert found() == ("", None)
    assert chains.verify(CHAIN).rows == 2


def test_what_was_found_is_written_down(attacker: list[AuditEvent]) -> None:
    run(f"DELETE FROM {EVENTS} WHERE id = %s", attacker[2].pk)
    chains.verify(CHAIN)
    check = ChainCheck.objects.get()
    assert (check.chain, check.ok, check.first_bad, check.why) == (CHAIN, False, 3, "gone")
    assert models.QuerySet(AuditEvent).count() == 5

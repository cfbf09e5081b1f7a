"""How long a consultation is kept: warned, ended, destroyed; what a desk owes is never touched; holds; the register."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from cms import dates
from cms.models import AuditEvent, Mail
from cms.signals import purging
from directory.actions.consultations import erasing, holding, keeping, receiving, sending, states
from directory.enums import ConsultationState, ContactWay
from directory.models import Consultation, DeskSeat, Destruction, Hold, Message, Notification
from directory.models.consultations.contact import Contact
from tests.factories.consultations import delete_as_told, make_consultation, make_counsellor, make_reception, send
from tests.factories.people import satisfy_mfa, sign_in

State = ConsultationState
Frozen = Callable[[str], Any]
START = "2026-12-03T10:00+09:00"
DAY = dt.timedelta(days=1)
WISHES = sending.Said(contact=Contact(way=ContactWay.MAIL, mail="nagi@example.jp"))


def night(clock: Any, days: int) -> dict[str, int]:
    """So many days later, the night's work; what it says it did."""
    clock.shift(days * DAY)
    counts = keeping.every_night(dates.now())
    return {name.removeprefix("consultations_"): count for name, count in counts.items() if count}


def events(consultation: Consultation) -> list[str]:
    """What happened, as codes."""
    return [code for code in Message.objects.filter(consultation=consultation).values_list("event", flat=True) if code]


def answered(**fields: Any) -> Consultation:
    """It is the person's turn."""
    it = make_consultation(**fields)
    one = make_counsellor(it.desk)
    receiving.answer(by=one, consultation=it, text="読みました。", form_key=f"a{it.pk}")
    it.refresh_from_db()
    return it


@pytest.mark.django_db
def test_silence_is_warned_of_then_ends_it_and_after_as_long_again_it_goes(frozen: Frozen) -> None:
    clock = frozen(START)
    it = answered(said=WISHES)
    Mail.objects.all().delete()
    assert night(clock, 75) == {}
    assert night(clock, 1) == {"warned": 1}
    assert night(clock, 0) == {}  # safe to repeat
    assert events(it) == ["ends_soon"]
    assert [mail.kind for mail in Mail.objects.all()] == ["consultation_person"]
    news = Notification.objects.filter(kind="consultation_ends").values_list("user", flat=True)
    it.refresh_from_db()
    assert list(news) == [it.counsellor_id]
    assert night(clock, 13) == {}
    assert night(clock, 1) == {"closed": 1}
    it.refresh_from_db()
    assert (it.state, it.outcome, it.erase_on) == (State.CLOSED, "o5", dates.today() + 90 * DAY)
    assert events(it) == ["ends_soon", "closed_silent"]
    assert night(clock, 76) == {"warned": 1}
    assert night(clock, 14) == {"destroyed": 1}
    assert list(Destruction.objects.values_list("number", "why")) == [(it.number, "time")]
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_a_new_message_of_either_side_extends_it(frozen: Frozen) -> None:
    clock = frozen(START)
    it = answered()
    night(clock, 76)
    sending.write_on(consultation=it, text="まだ、ここにいます。", form_key="b")
    it.refresh_from_db()
    assert (it.erase_on, it.warned_at) == (None, None)
    assert night(clock, 400) == {}  # the desk owes an answer
    receiving.answer(by=it.counsellor, consultation=it, text="おそくなりました。", form_key="c")
    it.refresh_from_db()
    assert (it.erase_on, it.warned_at) == (dates.today() + 90 * DAY, None)
    assert night(clock, 76) == {"warned": 1}  # anew
    receiving.answer(by=it.counsellor, consultation=it, text="いかがですか。", form_key="d")
    assert night(clock, 14) == {}
    assert night(clock, 62) == {"warned": 1}


@pytest.mark.django_db
def test_each_state_has_its_day_and_what_a_desk_owes_has_none(frozen: Frozen) -> None:
    clock = frozen(START)
    desk = make_reception(people=0).desk
    one = make_counsellor(desk)
    made = {name: make_consultation(desk) for name in ("arrived", "read", "closed", "taken back", "spam")}
    receiving.read(by=one, consultation=made["read"])
    receiving.close(by=one, consultation=made["closed"], outcome="o1")
    sending.take_back(consultation=made["taken back"])
    receiving.set_aside(by=one, consultation=made["spam"])

    def left() -> set[str]:
        return {name for name, it in made.items() if Consultation.objects.filter(pk=it.pk).exists()}

    night(clock, 13)
    assert left() == set(made)
    assert night(clock, 1) == {"destroyed": 1}
    assert left() == set(made) - {"spam"}
    assert night(clock, 62) == {"warned": 1}  # the closed one alone: who takes back wishes to hear no more
    night(clock, 14)
    assert left() == {"arrived", "read"}
    night(clock, 3650)
    assert left() == {"arrived", "read"}
    assert sorted(Destruction.objects.values_list("why", flat=True)) == ["spam", "time", "time"]


@pytest.mark.django_db
def test_nobody_loses_anything_unwarned_where_the_nights_did_not_run(frozen: Frozen) -> None:
    clock = frozen(START)
    it = answered()
    assert night(clock, 200) == {"warned": 1}
    it.refresh_from_db()
    assert (it.state, it.erase_on) == (State.ANSWERED, dates.today() + 14 * DAY)
    assert night(clock, 14) == {"closed": 1}


@pytest.mark.django_db
def test_the_trouble_of_one_keeps_no_other_and_is_told(
    frozen: Frozen, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capsys: Any
) -> None:
    clock = frozen(START)
    desk = make_reception().desk
    broken, *others = [make_consultation(desk) for _each in range(3)]
    for each in (broken, *others):
        sending.take_back(consultation=each)
    clock.shift(90 * DAY)
    once = erasing.destroy

    def destroy(consultation: Consultation, *, why: str) -> None:
        once(consultation, why=why)
        if consultation.number == broken.number:
            raise RuntimeError("ZZ-CANARY")

    with monkeypatch.context() as patch:
        patch.setattr(erasing, "destroy", destroy)
        with pytest.raises(SystemExit), caplog.at_level(logging.ERROR):
            call_command("purge")
    assert "NightFailed" in capsys.readouterr().err
    assert (str(broken.pk) in caplog.text, "RuntimeError" in caplog.text, "ZZ-CANARY" in caplog.text) == (
        True,
        True,
        False,
    )
    assert list(Consultation.objects.all()) == [broken]  # its own transaction came undone as a whole
    assert Destruction.objects.count() == 2
    purging.send(sender=None, now=dates.now())
    assert (Consultation.objects.count(), Destruction.objects.count()) == (0, 3)


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["_warned", "_closed", "_gone"])
def test_a_message_that_comes_in_that_moment_wins(frozen: Frozen, act: str) -> None:
    clock = frozen(START)
    it = answered()
    if act != "_warned":
        night(clock, 76)
        clock.shift(14 * DAY)
    if act == "_gone":
        night(clock, 0)
        night(clock, 76)
        clock.shift(14 * DAY)
    clock.shift(76 * DAY if act == "_warned" else 0 * DAY)
    due = {"_warned": keeping.to_warn, "_closed": keeping.to_close, "_gone": keeping.to_destroy}[act](dates.today())
    assert list(due) == [it]
    sending.write_on(consultation=it, text="まってください。", form_key="late")
    assert getattr(keeping, act)(it.pk, due) is False
    it.refresh_from_db()
    assert (it.state, it.erase_on, it.warned_at) == (State.READ, None, None)


# --- holds -------------------------------------------------------------------------------------------------


@pytest.fixture
def desk_of_three(db: None) -> dict[str, Any]:
    """A desk with a counsellor and a supervisor, a supervisor of another desk, and a consultation."""
    desk = make_reception(people=0).desk
    people = {"one": make_counsellor(desk), "above": make_counsellor(desk, "supervisor")}
    other = make_counsellor(make_reception(people=0).desk, "supervisor")
    return {**people, "other": other, "desk": desk, "it": make_consultation(desk)}


def hold(scene: dict[str, Any], *, days: int = 30, **more: Any) -> Hold:
    until = dates.today() + days * DAY
    return holding.hold(**{"by": scene["above"], "consultation": scene["it"], "reason": "law", "until": until, **more})


def test_what_must_be_kept_is_seen_by_its_supervisors_alone(frozen: Frozen, desk_of_three: dict[str, Any]) -> None:
    clock = frozen(START)
    scene, it = desk_of_three, desk_of_three["it"]
    hold(scene, note="診療録")
    assert events(it) == ["held"]
    assert not delete_as_told(it)
    it.refresh_from_db()
    people = (scene["one"], scene["above"], scene["other"])
    assert [Consultation.objects.visible_to(user).count() for user in people] == [0, 0, 0]
    assert [Consultation.objects.held_for(user).count() for user in people] == [0, 1, 0]
    assert (it.state, it.code_hash) == (State.HELD, f"shut:{it.pk}")
    assert not Notification.objects.filter(target=str(it.pk)).exists()
    with pytest.raises(PermissionDenied):
        receiving.answer(by=scene["above"], consultation=it, text="もう一度", form_key="x")
    with pytest.raises(states.TooLate):
        sending.write_on(consultation=it, text="もう一度", form_key="y")
    with pytest.raises(PermissionDenied):  # deleted already: nothing new can keep it longer
        hold(scene, days=60)
    assert night(clock, 29) == {}
    assert night(clock, 1) == {"destroyed": 1}
    assert list(Destruction.objects.values_list("why", flat=True)) == ["hold"]


def test_only_supervisors_hold_for_a_known_reason_and_two_years_at_most(
    frozen: Frozen, desk_of_three: dict[str, Any]
) -> None:
    frozen("2028-02-29T10:00+09:00")
    scene = desk_of_three
    assert holding.latest() == dt.date(2030, 2, 28)
    for user in (scene["one"], scene["other"]):
        with pytest.raises(PermissionDenied):
            hold(scene, by=user)
    for wrong in ({"reason": "because"}, {"days": 0}, {"until": holding.latest() + DAY}):
        with pytest.raises(ValueError, match="two years"):
            hold(scene, **wrong)
    row = hold(scene, until=holding.latest())
    with pytest.raises(holding.AlreadyHeld):
        hold(scene)
    with pytest.raises(PermissionDenied):
        holding.lift(by=scene["one"], consultation=scene["it"])
    assert holding.lift(by=scene["above"], consultation=scene["it"]) is False
    row.refresh_from_db()
    assert row.lifted_at is not None
    with pytest.raises(states.TooLate):
        holding.lift(by=scene["above"], consultation=scene["it"])
    assert erasing.delete(consultation=scene["it"])  # nothing keeps it any more


def test_a_hold_that_is_over_or_of_a_desk_that_handed_on_keeps_nothing(
    frozen: Frozen, desk_of_three: dict[str, Any]
) -> None:
    clock = frozen(START)
    scene, it = desk_of_three, desk_of_three["it"]
    first = hold(scene, days=1)
    clock.shift(DAY)
    assert not erasing.is_held(it)
    hold(scene)  # a second one after the first is over
    assert Hold.objects.filter(lifted_at=None).count() == 1
    first.refresh_from_db()
    assert first.lifted_at is not None
    elsewhere = make_reception().desk
    Consultation.objects.filter(pk=it.pk).update(desk=elsewhere)
    assert erasing.delete(consultation=it)
    assert list(Destruction.objects.values_list("desk", flat=True)) == [elsewhere.pk]


def test_at_its_day_what_must_be_kept_is_shut_away(frozen: Frozen, desk_of_three: dict[str, Any]) -> None:
    clock = frozen(START)
    scene, it = desk_of_three, desk_of_three["it"]
    hold(scene, days=400)
    receiving.close(by=scene["one"], consultation=it, outcome="o1")
    night(clock, 76)
    assert night(clock, 14) == {}
    it.refresh_from_db()
    assert (it.state, it.erase_on) == (State.HELD, dates.today() + 310 * DAY)
    assert list(Consultation.objects.held_for(scene["above"])) == [it]
    assert holding.lift(by=scene["above"], consultation=it) is True
    assert not Consultation.objects.exists()


def signed(user: Any) -> Client:
    satisfy_mfa(user)
    client = Client()
    sign_in(client, user)
    return client


def test_the_screens_of_holding_and_of_the_register(frozen: Frozen, desk_of_three: dict[str, Any]) -> None:
    frozen(START)
    scene, it = desk_of_three, desk_of_three["it"]
    above, one = signed(scene["above"]), signed(scene["one"])
    form = reverse("members:consultation_hold", args=[it.pk])
    data = {"reason": "law", "until": "2027-01-31", "note": "ZZ-CANARY-控え"}
    for wrong in ({"until": "2026-12-03"}, {"until": "2028-12-04"}, {"reason": ""}, {"until": ""}):
        assert above.post(form, {**data, **wrong}).status_code == 200
    assert not Hold.objects.exists()
    assert one.post(form, data).status_code == 404
    assert above.post(form, data).status_code == 302
    page = above.get(form).content.decode()
    assert "2027年" in page
    assert above.post(form, {**data, "note": "二度め"}).status_code == 200
    assert Hold.objects.get().note == "ZZ-CANARY-控え"

    delete_as_told(it)
    held = reverse("members:consultation_held", args=[it.pk])
    before = AuditEvent.objects.filter(action="consultation.held_read").count()
    assert (above.get(held).status_code, above.get(held).status_code, one.get(held).status_code) == (200, 200, 404)
    assert AuditEvent.objects.filter(action="consultation.held_read").count() == before + 2
    register = reverse("members:consultations_destroyed")
    assert held in above.get(register).content.decode()
    lifting = reverse("members:consultation_hold_lift", args=[it.pk])
    assert one.post(lifting).status_code == 404
    assert above.post(lifting).headers["Location"] == register
    assert it.number in above.get(register).content.decode()
    assert one.get(register).status_code == 403

    table = above.get(reverse("members:consultations_destroyed_csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))
    assert len(rows) == 2
    assert rows[1] == [
        it.number,
        it.desk.name,
        it.desk.organization.name,
        "保管する理由がなくなった",
        dates.jst(it.received_at).date().isoformat(),
        "2026-12-03 10:00",
    ]
    assert DeskSeat.objects.filter(user=scene["above"]).update(until=dates.today())
    assert it.number not in above.get(register).content.decode()


# --- back with an old backup --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_comes_back_with_an_old_backup_goes_again_and_nothing_else() -> None:
    gone, stays = make_consultation(), make_consultation()
    saved = {field.attname: getattr(gone, field.attname) for field in Consultation._meta.concrete_fields}
    erasing.delete(consultation=gone)
    Consultation.objects.filter(pk=stays.pk).update(number=gone.number)  # given again: no reason to delete it
    assert keeping.every_night(dates.now())["consultations_erased_again"] == 0
    Consultation.objects.filter(pk=stays.pk).update(number="C-00000")
    Consultation.objects.create(**saved)
    assert keeping.every_night(dates.now())["consultations_erased_again"] == 1
    assert list(Consultation.objects.all()) == [stays]
    assert list(Destruction.objects.values_list("number", "why")) == [(saved["number"], "person")]


@pytest.mark.django_db
def test_the_register_saved_elsewhere_deletes_again_after_a_restore(capsys: Any, tmp_path: Any) -> None:
    gone, stays = send().consultation, send().consultation
    saved = {field.attname: getattr(gone, field.attname) for field in Consultation._meta.concrete_fields}
    erasing.delete(consultation=gone)
    call_command("destroyed")
    text = capsys.readouterr().out
    assert set(json.loads(text)) == {"mark", "number", "desk", "why", "received_on", "erased_at"}
    file = tmp_path / "register.jsonl"
    file.write_text(text, encoding="utf-8")
    Destruction.objects.all().delete()  # the backup is older than the line
    Consultation.objects.create(**saved)
    call_command("destroyed", again=str(file))
    assert json.loads(capsys.readouterr().out) == {"lines": 1, "erased_again": 1}
    assert list(Consultation.objects.all()) == [stays]
    call_command("destroyed", again=str(file))
    assert json.loads(capsys.readouterr().out) == {"lines": 0, "erased_again": 0}
    file.write_text('{"mark": 1}\n', encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        call_command("destroyed", again=str(file))
    assert stopped.value.code == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_a_message_while_the_night_holds_the_row_waits_and_then_hears_that_it_is_gone(frozen: Frozen) -> None:
    """The other way round is above; here the night was first."""
    import threading

    it = make_consultation()
    sending.take_back(consultation=it)
    Consultation.objects.filter(pk=it.pk).update(erase_on=dates.today())
    inside, go_on, said = threading.Event(), threading.Event(), []
    once = erasing.forget_traces

    def slow(consultation: Consultation) -> None:
        inside.set()
        go_on.wait(10)
        once(consultation)

    def person() -> None:
        inside.wait(10)
        threading.Timer(0.3, go_on.set).start()
        try:
            sending.write_on(consultation=it, text="まって", form_key="late")
        except states.TooLate:
            said.append("too late")
        finally:
            connection.close()

    thread = threading.Thread(target=person)
    thread.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(erasing, "forget_traces", slow)
        keeping.every_night(dates.now())
    thread.join()
    assert (said, Consultation.objects.count(), Destruction.objects.count()) == (["too late"], 0, 1)

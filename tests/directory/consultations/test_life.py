"""A consultation from the first word to the last: whose turn it is, and what each side may do."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from cms.models import Mail
from directory import codes
from directory.actions.consultations import erasing, receiving, sending, states
from directory.enums import ConsultationState, ContactWay
from directory.models import Consultation, Destruction, Message
from directory.models.consultations.contact import Contact
from tests.factories.consultations import make_consultation, make_counsellor, make_reception, send
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
State = ConsultationState


def test_words_of_a_code_lead_back_however_they_are_typed() -> None:
    sent = send()
    code = sent.code
    katakana = "".join(code).translate({n: n + 0x60 for n in range(ord("ぁ"), ord("ゖ") + 1)})
    for typed in (" ".join(code), "".join(code), "、".join(code), katakana):
        read = codes.read_code(typed)
        assert read == code
        assert Consultation.objects.by_code(codes.code_hash(read)).get() == sent.consultation
    assert codes.read_code("".join(code)[:-1]) is None


def test_a_form_sent_twice_is_one_consultation() -> None:
    desk = make_reception().desk
    first = sending.send(text="一度め", desk=desk, form_key="k")
    with pytest.raises(sending.AlreadySent) as again:
        sending.send(text="二度め", desk=desk, form_key="k")
    assert (again.value.consultation, Message.objects.count()) == (first.consultation, 1)


def test_a_number_that_somebody_has_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers are random, and few enough to meet: nobody's letter is lost over one."""
    reception = make_reception(people=0)
    one = make_counsellor(reception.desk)
    drawn = iter([*([7] * 3), 8, 7, 8, 9])
    monkeypatch.setattr("secrets.randbelow", lambda limit: next(drawn))
    sent = [sending.send(text="一", desk=reception.desk, form_key=f"{n}") for n in range(2)]
    entered = receiving.enter(by=one, desk=reception.desk, text="電話", method="phone", form_key="3")
    assert [each.consultation.number for each in (*sent, entered)] == ["C-00007", "C-00008", "C-00009"]
    monkeypatch.setattr("secrets.randbelow", lambda limit: 7)
    with pytest.raises(IntegrityError):  # never for ever
        sending.send(text="二", desk=reception.desk, form_key="4")


def test_without_a_desk_it_goes_to_the_one_that_receives_all() -> None:
    make_reception()
    with pytest.raises(sending.NobodyReceives):
        sending.send(text="どこへ", desk=None, form_key="1")
    front = make_reception(receiving=True)
    sent = sending.send(text="どこへ", desk=None, form_key="2").consultation
    assert (sent.desk, sent.is_undirected) == (front.desk, True)


def test_turns_pass_between_the_two_sides() -> None:
    reception = make_reception(people=0)
    one = make_counsellor(reception.desk)
    it = make_consultation(reception.desk)
    assert (it.state, it.erase_on) == (State.RECEIVED, None)
    assert it.reply_by is not None
    receiving.read(by=one, consultation=it)
    it.refresh_from_db()
    assert it.state == State.READ
    receiving.answer(by=one, consultation=it, text="読みました。", form_key="a")
    it.refresh_from_db()
    assert (it.state, it.reply_by, it.counsellor) == (State.ANSWERED, None, one)
    assert it.erase_on is not None
    sending.write_on(consultation=it, text="つづきです。", form_key="b")
    it.refresh_from_db()
    assert (it.state, it.erase_on) == (State.READ, None)
    receiving.close(by=one, consultation=it, outcome="o1")
    it.refresh_from_db()
    assert (it.state, it.outcome) == (State.CLOSED, "o1")
    sending.write_on(consultation=it, text="もう一度。", form_key="c")
    it.refresh_from_db()
    assert (it.state, it.outcome, it.closed_at) == (State.READ, "", None)


def test_only_who_sits_at_the_desk_sees_it() -> None:
    reception, other = make_reception(people=0), make_reception(people=0)
    mine, theirs = make_counsellor(reception.desk), make_counsellor(other.desk)
    unseated = make_user("counsellor", organization=reception.desk.organization)
    office = make_user("secretariat", organization=reception.desk.organization)
    it = make_consultation(reception.desk)
    seen = {user: list(Consultation.objects.visible_to(user)) for user in (mine, theirs, unseated, office)}
    assert seen == {mine: [it], theirs: [], unseated: [], office: []}
    for stranger in (theirs, unseated, office):
        with pytest.raises(PermissionDenied):
            receiving.answer(by=stranger, consultation=it, text="わたしが", form_key="x")


def test_two_claim_at_once_and_one_gets_it() -> None:
    reception = make_reception(people=0)
    one, two = make_counsellor(reception.desk), make_counsellor(reception.desk)
    it = make_consultation(reception.desk)
    receiving.claim(by=one, consultation=it)
    with pytest.raises(states.TooLate):
        receiving.claim(by=two, consultation=it)


def test_taken_back_is_seen_by_nobody_at_the_desk() -> None:
    reception = make_reception(people=0)
    one = make_counsellor(reception.desk)
    it = make_consultation(reception.desk)
    sending.take_back(consultation=it)
    assert not Consultation.objects.visible_to(one).exists()


def test_deleting_leaves_a_line_in_the_register_and_nothing_else() -> None:
    sent = send()
    number = sent.consultation.number
    assert erasing.delete(consultation=sent.consultation)
    assert not Consultation.objects.exists()
    assert not Message.objects.exists()
    assert list(Destruction.objects.values_list("number", "why")) == [(number, "person")]


def test_urgent_words_sort_first_and_call_somebody() -> None:
    reception = make_reception(people=0)
    one, two = make_counsellor(reception.desk), make_counsellor(reception.desk)
    reception.on_call = two
    reception.save()
    calm = make_consultation(reception.desk)
    urgent = make_consultation(reception.desk, text="もう死にたい")
    assert list(Consultation.objects.visible_to(one)) == [urgent, calm]
    assert [mail.recipient for mail in Mail.objects.filter(kind="consultation_urgent")] == [two.email]


def test_nothing_goes_out_in_hours_that_are_not_safe() -> None:
    contact = Contact(way=ContactWay.MAIL, mail="a@example.jp", days=(0,), since="10:00", until="12:00")
    sunday = dt.datetime(2026, 12, 6, 11, 0, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    assert not contact.is_safe(sunday)
    assert contact.next_safe(sunday) == sunday + dt.timedelta(hours=23)
    night = Contact(since="22:00", until="02:00", days=(4,))
    friday = dt.datetime(2026, 12, 4, 23, 0, tzinfo=sunday.tzinfo)
    moments = [friday, friday + dt.timedelta(hours=2), friday + dt.timedelta(hours=4), friday - dt.timedelta(hours=2)]
    assert [night.is_safe(moment) for moment in moments] == [True, True, False, False]

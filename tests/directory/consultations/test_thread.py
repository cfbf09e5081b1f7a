"""An opened thread: reading is noted, what is typed survives, what is written reaches whom it should and nobody else."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from cms import dates, outbox
from cms.models import AuditEvent
from directory import codes
from directory.actions.consultations import handing_on, ready_texts, receiving, sending
from directory.actions.consultations.sending import Said
from directory.enums import ContactWay
from directory.models import Consultation, DeskNote, Message, Notification, ReadyText
from directory.models.consultations.contact import Contact
from directory.queries.consultations.thread import readers_of
from tests.directory.consultations.handing import make_scene
from tests.factories.consultations import ANY_TIME, make_consultation, make_counsellor, make_reception, send
from tests.factories.forms import browser_tabs, key_on, post_together
from tests.factories.people import satisfy_mfa, sign_in

pytestmark = pytest.mark.django_db


def url(name: str, *args: Any) -> str:
    return reverse(f"members:{name}", args=args)


@pytest.fixture
def one(client: Any) -> Any:
    """A counsellor, signed in as `client`."""
    user = make_counsellor(make_reception(people=0).desk, name="三浦 しおり")
    satisfy_mfa(user)
    sign_in(client, user)
    return user


@pytest.fixture
def desk(one: Any) -> Any:
    return one.seats.get().desk


def acts(it: Consultation, action: str) -> list[str]:
    target = f"directory.consultation:{it.pk}"
    return list(
        AuditEvent.objects.filter(target=target, action=f"consultation.{action}").values_list("actor", flat=True)
    )


def test_each_opening_is_noted_and_the_first_one_tells_the_person(one: Any, desk: Any, client: Any) -> None:
    it = make_consultation(desk, text="ひとり\n\nよる")
    for times in (1, 2):
        page = client.get(url("consultation", it.pk))
        assert (page.status_code, acts(it, "read")) == (200, [str(one.pk)] * times)
    assert page.headers["Cache-Control"] == "private, no-store"
    it.refresh_from_db()
    assert it.state == "read"
    assert not Notification.objects.filter(user=one, target=str(it.pk), read_at=None).exists()
    assert "読んだ記録が残ります" in page.content.decode()
    # A form that comes back shows the words, too.
    assert client.post(url("consultation_answer", it.pk), {"text": " "}).status_code == 422
    assert len(acts(it, "read")) == 3
    boss = make_counsellor(desk, "supervisor", name="岡本 たけし")
    assert client.get(url("consultation_readers", it.pk)).status_code == 404
    sign_in(client, boss)
    satisfy_mfa(boss)
    readers = client.get(url("consultation_readers", it.pk)).content.decode()
    assert readers.count("三浦 しおり</span>") == 3
    assert "ひとり" not in readers


def test_of_another_desk_s_people_the_desk_alone_is_named_among_the_readers() -> None:
    scene = make_scene()
    here = scene.here.name
    receiving.read(by=scene.asker, consultation=scene.it)
    handover = scene.accept()
    scene.it.refresh_from_db()
    for by in (scene.taker, scene.asker):  # the former desk reads along until it is settled
        receiving.read(by=by, consultation=scene.it)
    assert [act.name for act in readers_of(scene.it)] == [here, scene.taker.name, here]
    handing_on.done(by=scene.taker, handover=handover)
    scene.it.refresh_from_db()
    assert [act.name for act in readers_of(scene.it)] == [here, scene.taker.name, here]
    Consultation.objects.filter(pk=scene.it.pk).update(desk=scene.here)  # back where it began
    scene.it.refresh_from_db()
    there = scene.there.name
    assert [act.name for act in readers_of(scene.it)] == [scene.asker.name, there, scene.asker.name]


def test_a_word_after_the_end_takes_the_end_back(one: Any, desk: Any) -> None:
    it = make_consultation(desk)
    receiving.close(by=one, consultation=it, outcome="o1")
    receiving.answer(by=one, consultation=it, text="あとひとつ", form_key="z")
    it.refresh_from_db()
    assert (it.state, it.outcome, it.closed_at) == ("answered", "", None)


def test_an_answer_sent_twice_is_one_and_other_words_are_another(one: Any, desk: Any, client: Any) -> None:
    it = make_consultation(desk, said=Said(contact=Contact(way=ContactWay.MAIL, mail="p@example.jp", **ANY_TIME)))
    page = url("consultation", it.pk)
    form = {"text": "読みました。", "form_key": key_on(client, page), "seen": it.messages.get().pk}
    for _time in range(2):
        assert client.post(url("consultation_answer", it.pk), form).url == page
    assert list(it.messages.filter(author="desk").values_list("by", flat=True)) == [one.pk]
    it.refresh_from_db()
    assert (it.state, it.counsellor, it.reply_by) == ("answered", one, None)
    outbox.deliver_due()
    assert [sent.to for sent in mail.outbox] == [["p@example.jp"]]
    again = {**form, "text": "もうひとつ。", "seen": it.messages.last().pk}
    client.post(url("consultation_answer", it.pk), again)
    assert it.messages.filter(author="desk").count() == 2


def test_a_colleague_was_quicker_and_the_words_are_still_there(one: Any, desk: Any, client: Any) -> None:
    it = make_consultation(desk)
    two = make_counsellor(desk)
    seen = it.messages.get().pk
    receiving.answer(by=two, consultation=it, text="先に書きました。", form_key="two")
    answer = client.post(url("consultation_answer", it.pk), {"text": "わたしの下書き", "seen": seen})
    page = answer.content.decode()
    assert (answer.status_code, it.messages.filter(author="desk").count()) == (422, 1)
    assert "わたしの下書き</textarea>" in page
    assert "先に書きました。" in page
    assert f'name="seen" value="{it.messages.last().pk}"' in page  # now they have read it
    client.post(url("consultation_answer", it.pk), {"text": "わたしの下書き", "seen": it.messages.last().pk})
    assert it.messages.filter(author="desk").count() == 2
    taken = client.post(url("consultation_claim", it.pk), follow=True)
    assert "先に引き受けました" in taken.content.decode()


@pytest.mark.parametrize("way", ["taken back", "deleted", "handed on"])
def test_what_is_typed_survives_when_it_is_gone(one: Any, desk: Any, client: Any, way: str) -> None:
    it = make_consultation(desk)
    if way == "taken back":
        sending.take_back(consultation=it)
    elif way == "deleted":
        Consultation.objects.filter(pk=it.pk).delete()
    else:
        Consultation.objects.filter(pk=it.pk).update(desk=make_reception().desk)
    for name in ("consultation_answer", "consultation_note"):
        answer = client.post(url(name, it.pk), {"text": "書きかけの返事", "kind": "note"})
        assert answer.status_code == 404
        assert "書きかけの返事</textarea>" in answer.content.decode()
    assert not Message.objects.filter(author="desk").exists()
    assert not DeskNote.objects.exists()


def test_a_ready_text_comes_into_the_box_and_nothing_is_sent(one: Any, desk: Any, client: Any) -> None:
    it = make_consultation(desk)
    made = client.post(url("ready_text_new", desk.slug), {"title": "はじめに", "text": "ありがとうございます。"})
    assert made.url == url("ready_texts")
    ready = ReadyText.objects.get()
    foreign = ready_texts.write(
        by=(other := make_counsellor(make_reception().desk)), desk=other.seats.get().desk, title="x", text="よその定型"
    )
    for chosen, words in (
        (ready.pk, "書きかけ\n\nありがとうございます。"),
        (foreign.pk, "書きかけ"),
        ("x", "書きかけ"),
    ):
        answer = client.post(url("consultation_answer", it.pk), {"text": "書きかけ", "insert": chosen, "seen": 0})
        assert (answer.status_code, answer.context["answer"]["text"].value()) == (200, words)
    assert it.messages.count() == 1
    client.post(url("ready_text", ready.pk), {"title": "はじめに", "text": "べつの文"})
    ready.refresh_from_db()
    assert ready.text == "べつの文"
    client.post(url("ready_text_remove", ready.pk))
    assert list(ReadyText.objects.all()) == [foreign]


def test_notes_are_the_desks_own_and_a_contact_stops_the_clock(one: Any, desk: Any, client: Any) -> None:
    it = make_consultation(desk)
    client.post(url("consultation_note", it.pk), {"kind": "note", "text": "ひみつのメモ"})
    it.refresh_from_db()
    assert it.waits_for_desk  # a thought is no answer
    moment = dates.now() - dt.timedelta(days=1)
    form = {"kind": "phone", "text": "電話で話した", "day": moment.date().isoformat(), "time": "10:30"}
    client.post(url("consultation_note", it.pk), form)
    it.refresh_from_db()
    assert (it.state, it.reply_by) == ("answered", None)
    at = it.notes.get(kind="phone").at
    assert dates.jst(at).strftime("%Y-%m-%d %H:%M") == f"{moment.date().isoformat()} 10:30"
    page = client.get(url("consultation", it.pk)).content.decode()
    assert page.index("本人には見えません") < page.index("ひみつのメモ")
    coming = {**form, "day": (dates.today() + dt.timedelta(days=1)).isoformat(), "text": "まだ先のこと"}
    answer = client.post(url("consultation_note", it.pk), coming)
    assert answer.status_code == 422
    assert "まだ先のこと</textarea>" in answer.content.decode()
    assert it.notes.count() == 2


def test_taking_giving_calling_marking_ending(one: Any, desk: Any, client: Any) -> None:
    two, boss = make_counsellor(desk, name="森 あや"), make_counsellor(desk, "supervisor")
    stranger = make_counsellor(make_reception(people=0).desk)
    it, known = make_consultation(desk), make_consultation(desk)

    def press(name: str, **data: Any) -> Any:
        answer = client.post(url(f"consultation_{name}", it.pk), data)
        it.refresh_from_db()
        return answer

    press("claim")
    assert it.counsellor == one
    assert press("assign", to=stranger.pk).status_code == 404
    press("assign", to=two.pk)
    assert it.counsellor == two
    press("assign", to="")  # now it is hers to give, or the supervisor's
    assert it.counsellor == two
    assert Notification.objects.filter(kind="consultation_assigned").get().user == two
    for _time in range(2):
        press("call")
    assert set(Notification.objects.filter(kind="consultation_called").values_list("user", flat=True)) == {
        two.pk,
        boss.pk,
    }
    assert Notification.objects.filter(kind="consultation_called").count() == 2
    press("urgent", urgent="1")
    assert it.is_urgent
    press("urgent", urgent="0")
    assert not it.is_urgent
    for typed in (known.number, known.number.replace("-", "ー").lower(), known.number[2:]):
        Consultation.objects.filter(pk=it.pk).update(same_person_as=None)
        press("same", number=typed)
        assert it.same_person_as == known, typed
    foreign = make_consultation(stranger.seats.get().desk)
    for typed in (foreign.number, it.number, "C-1", "x"):
        refused = press("same", number=typed)
        assert (refused.status_code, it.same_person_as) == (422, known)
        assert f'value="{typed}"' in refused.content.decode()
    press("same", number="")
    assert it.same_person_as is None
    press("facts", route="r2", life_stage="l3", heard_of="h6")
    assert (it.route, it.life_stage, it.heard_of) == ("r2", "l3", "h6")
    assert press("facts", route="zz").status_code == 422
    press("aside")
    refused = press("answer", text="もう書いた返事")
    assert (it.state, refused.status_code) == ("spam", 422)
    assert "もう書いた返事</textarea>" in refused.content.decode()
    press("back")
    assert it.state == "read"
    press("close", outcome="o6")  # not one of the four
    assert it.state == "read"
    press("close", outcome="o2")
    assert (it.state, it.outcome) == ("closed", "o2")
    sending.write_on(consultation=it, text="もうすこし", form_key="more")
    it.refresh_from_db()
    assert it.state == "read"
    verbs = ["assigned", "called", "urgent", "not_urgent", "same_person", "other_person", "described", "set_aside"]
    assert [verb for verb in [*verbs, "brought_back", "closed"] if not acts(it, verb)] == []


ENTRY = {
    "method": "phone", "text": "電話で、息子さんのことを聞いた。", "outcome": "", "route": "r2", "way": "none",
    "others_read": "unknown", "day": "", "time": "",
}  # fmt: skip


def test_a_call_is_written_down_and_its_code_is_shown_once(one: Any, desk: Any, client: Any) -> None:
    page = url("consultation_new")
    form = {**ENTRY, "form_key": key_on(client, page), "name": "みかん"}
    shown = client.post(page, form)
    it = Consultation.objects.get()
    code = codes.read_code("".join(shown.context["code"]))
    assert code is not None
    assert Consultation.objects.by_code(codes.code_hash(code)).get() == it
    assert (it.state, it.method, it.counsellor, it.entered_by, it.name) == ("read", "phone", one, one, "みかん")
    assert "いらなければ、破棄" in shown.content.decode()
    again = client.post(page, form)  # the page loaded again
    assert (again.url, Consultation.objects.count()) == (url("consultation", it.pk), 1)
    ended = client.post(page, {**ENTRY, "text": "道をたずねる電話", "outcome": "o2"})
    assert ended.status_code == 200
    last = Consultation.objects.exclude(pk=it.pk).get()
    assert (last.state, last.outcome) == ("closed", "o2")


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""}, {"method": "web"}, {"way": "phone", "phone": ""}, {"way": "mail", "mail": "a.example.jp"},
        {"since": "10:00"}, {"since": "10:00", "until": "10:00"}, {"outcome": "o6"}, {"day": "2999-01-01"},
        {"concerns": ["zzzz"]},
    ],
)  # fmt: skip
def test_what_cannot_be_kept_comes_back_with_everything(one: Any, client: Any, wrong: dict[str, Any]) -> None:
    answer = client.post(url("consultation_new"), {**ENTRY, "name": "みかん", **wrong})
    page = answer.content.decode()
    assert (answer.status_code, Consultation.objects.count()) == (422, 0)
    assert 'value="みかん"' in page
    assert wrong.get("text") == "" or ENTRY["text"] in page


def in_the_clear(words: list[str]) -> list[str]:
    """Those of the words that stand in any table as a dump would show it."""
    with connection.cursor() as cursor:
        stored = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            stored.append(repr(cursor.fetchall()))
    text = "".join(stored)
    return [word for word in words if word in text]


def test_no_word_stands_in_the_clear_anywhere(one: Any, desk: Any, client: Any, caplog: Any) -> None:
    words = [f"ZZ{name}語" for name in ("text", "name", "note", "answer", "entry", "phone", "wrong")]
    text, name, note, answer, entry, phone, wrong = words
    make_counsellor(desk)
    with caplog.at_level(logging.DEBUG):
        contact = Contact(way=ContactWay.MAIL, mail="p@example.jp", note=phone, **ANY_TIME)
        it = make_consultation(desk, text=f"もう死にたい {text}", said=Said(name=name, contact=contact))
        outbox.deliver_due()
        client.get(reverse("members:consultations"))
        client.get(url("consultation", it.pk))
        client.post(url("consultation_note", it.pk), {"kind": "phone", "text": note})
        client.post(url("consultation_answer", it.pk), {"text": answer})
        client.post(url("consultation_answer", it.pk), {"text": wrong, "seen": 1})
        client.post(url("consultation_call", it.pk))
        client.post(url("consultation_new"), {**ENTRY, "text": entry})
        outbox.deliver_due()
    assert (it.notes.count(), it.messages.filter(author="desk").count(), Consultation.objects.count()) == (1, 1, 2)
    assert in_the_clear(words) == []
    assert in_the_clear([it.number]) == [it.number]  # the control
    assert [word for word in words if word in caplog.text] == []
    assert len(mail.outbox) == 3  # two are called, one is told
    assert [word for word in words for sent in mail.outbox if word in sent.subject + sent.body] == []


@pytest.mark.django_db(transaction=True)
def test_two_counsellors_take_it_at_once_and_one_has_it(client: Any) -> None:
    desk = make_reception(people=0).desk
    users = [make_counsellor(desk), make_counsellor(desk)]
    tabs = browser_tabs(client, 2)
    for tab, user in zip(tabs, users, strict=True):
        tab.cookies = type(tab.cookies)()
        satisfy_mfa(user)
        sign_in(tab, user)
    it = send(desk).consultation
    answers = post_together(tabs, url("consultation_claim", it.pk), {})
    assert [answer.status_code for answer in answers] == [302, 302]
    it.refresh_from_db()
    assert it.counsellor in users
    assert len(acts(it, "assigned")) == 1

"""The tray of an organisation and the secretariat's screens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms import dates
from tests.factories.people import make_organization, make_user
from tests.factories.uploads import PDF, upload
from tests.workshops.actions.test_circulars import make_member, sent
from workshops.actions import circulars as actions
from workshops.actions.circulars import Asked
from workshops.models import Circular, CircularFile, Reply

pytestmark = pytest.mark.django_db
TRAY, OFFICE = "/members/circulars/", "/members/office/circulars/"


@pytest.fixture
def office() -> Any:
    return make_user("secretariat", organization=make_member("市"))


def inquiry(by: Any, *asked: Asked, **values: Any) -> Circular:
    told = {
        "kind": "inquiry",
        "title": "冬の照会",
        "text": "教えてください",
        "due_on": dates.today() + dt.timedelta(days=5),
        "to": "all",
    }
    draft = actions.keep_draft(circular=Circular(), by=by, values=told | values, questions=asked)
    return actions.send(circular=draft, by=by)


def test_from_the_tray_to_the_answer_and_its_change(login: Callable[..., Any], office: Any) -> None:
    client, user = login("partner", organization=make_member("会", tier="partner"))
    circular = inquiry(
        office,
        Asked("できますか", "yes_no"),
        Asked("形", "choice", ["電話", "場所"]),
        Asked("人数", "number", (), False),
    )
    yes_no, choice, number = (f"q{each.pk}" for each in circular.questions.all())
    page = client.get(TRAY).content.decode()
    assert "冬の照会" in page
    url = f"{TRAY}{circular.pk}/"
    assert "事務局と、あなたの団体だけ。" in client.get(url).content.decode()
    assert Reply.objects.get().state == "read"
    answer = client.post(url, {yes_no: "yes", number: "たくさん"})
    page = answer.content.decode()
    assert (answer.status_code, "ひとつ選んでください。" in page, "たくさん" in page) == (422, True, True)
    assert client.post(url, {yes_no: "yes", "later": "1"}).status_code == 302
    assert (Reply.objects.get().state, Reply.objects.get().draft) == ("read", {yes_no: "yes"})
    assert "下書きあり" in client.get(TRAY).content.decode()
    client.post(url, {yes_no: "yes", choice: "場所", number: "８人"})
    reply = Reply.objects.get()
    assert (list(reply.answers.values()), reply.answered_by) == ([True, "場所", 8], user)
    assert "回答の期限" in client.get(url).content.decode()
    client.post(url, {yes_no: "no", choice: "電話"})
    assert list(Reply.objects.get().answers.values()) == [False, "電話"]


def test_a_circular_is_read_by_a_button_not_by_opening(login: Callable[..., Any], office: Any) -> None:
    client, user = login("member", organization=make_member("会"))
    circular = sent(office, asked=0)
    client.get(f"{TRAY}{circular.pk}/")
    assert Reply.objects.get().state == "unread"
    client.post(f"{TRAY}{circular.pk}/read/")
    assert (Reply.objects.get().state, Reply.objects.get().read_by) == ("read", user)


def test_a_foreign_circular_is_no_other_than_a_missing_one(login: Callable[..., Any], office: Any) -> None:
    make_member("会")
    circular = sent(office)
    client, _user = login("member", organization=make_organization())
    missing = client.get(f"{TRAY}00000000-0000-4000-8000-000000000000/")
    foreign = client.get(f"{TRAY}{circular.pk}/")
    assert (missing.status_code, foreign.status_code) == (404, 404)
    assert "題" not in client.get(TRAY).content.decode().split("<main")[1].split("</main")[0]


def test_the_secretariat_writes_looks_sends_and_reads_the_table(login: Callable[..., Any]) -> None:
    make_member("届く会")
    client, _user = login("secretariat", organization=make_member("市"))
    typed = {
        "kind": "inquiry", "title": "照会", "text": "本文", "due_on": f"{dates.today() + dt.timedelta(days=9)}", "to": "all",
        "q-TOTAL_FORMS": "5", "q-INITIAL_FORMS": "0", "q-0-text": "いつ", "q-0-kind": "choice", "q-0-choices": "朝",
        "file": upload(PDF, "案.pdf"),
    }  # fmt: skip
    page = client.post(f"{OFFICE}new/", typed)
    assert (page.status_code, "ちがう答えを、2行は書いてください。" in page.content.decode()) == (422, True)
    typed |= {"q-0-choices": "朝\n夜\n朝", "file": upload(PDF, "案.pdf")}
    typed |= {f"q-{number}-kind": "short" for number in range(1, 5)}
    answer = client.post(f"{OFFICE}new/", typed)
    circular = Circular.objects.get()
    assert (answer.status_code, circular.questions.get().choices, CircularFile.objects.get().name) == (
        302,
        ["朝", "夜"],
        "案.pdf",
    )
    page = client.get(f"{OFFICE}{circular.pk}/").content.decode()
    assert "1団体に送る" in page
    assert client.get(f"{OFFICE}{circular.pk}/edit/").status_code == 200
    client.post(f"{OFFICE}{circular.pk}/send/")
    page = client.get(f"{OFFICE}{circular.pk}/").content.decode()
    assert "<b>0</b> / 1" in page
    assert "まだの団体（1）" in page
    assert client.get(f"{OFFICE}{circular.pk}/edit/").status_code == 302


def test_past_days_and_missing_addressees_are_said_beside_the_field(login: Callable[..., Any]) -> None:
    client, _user = login("secretariat", organization=make_member("市"))
    typed = {"kind": "notice", "title": "題", "text": "消えない本文", "due_on": "2020-01-01", "to": "body", "q-TOTAL_FORMS": "0", "q-INITIAL_FORMS": "0"}  # fmt: skip
    page = client.post(f"{OFFICE}new/", typed).content.decode()
    for words in ("この日は過ぎています。", "会議体をえらんでください。", "消えない本文"):
        assert words in page
    page = client.post(f"{OFFICE}new/", typed | {"to": "chosen"}).content.decode()
    assert "届ける団体を、ひとつはえらんでください。" in page


def test_the_csv_runs_no_formula_and_asks_who_it_is(login: Callable[..., Any], office: Any) -> None:
    person = make_user("member", organization=make_member("=会"), name="答える人")
    circular = sent(office)
    question = circular.questions.get()
    actions.answer(circular=circular, by=person, answers={str(question.pk): "=HYPERLINK(1)"})
    client, _user = login("secretariat", organization=office.organization)
    answer = client.get(f"{OFFICE}{circular.pk}/answers.csv")
    text = answer.content.decode("utf-8-sig")
    lines = text.splitlines()
    assert (len(lines), "'=会,回答した,0," in lines[1], ",答える人,'=HYPERLINK(1)," in lines[1]) == (2, True, True)


def test_the_number_of_queries_does_not_grow(login: Callable[..., Any], office: Any) -> None:
    member, user = login("member", organization=make_member("会"))
    secretariat, _user = login("secretariat", organization=office.organization)

    def count(client: Any, path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    def more() -> Circular:
        for number in range(3):
            make_user("member", organization=make_member(f"会{number}"))
        circulars = [sent(office, asked=number % 3) for number in range(5)]
        for each in circulars[:3]:
            actions.read(circular=each, by=user)
        return circulars[1]

    one = more()
    paths = [(member, TRAY), (secretariat, OFFICE), (secretariat, f"{OFFICE}{one.pk}/")]
    for each in paths:
        count(*each)
    few = [count(*each) for each in paths]
    two = more()
    paths[2] = (secretariat, f"{OFFICE}{two.pk}/")
    assert [count(*each) for each in paths] == few

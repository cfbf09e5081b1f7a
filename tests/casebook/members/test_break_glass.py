"""Reading a case in an emergency: one case, half an hour, a reason, and others know it at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casebook.actions import break_glass as actions
from casebook.actions.break_glass import NobodyToTell, break_glass, close_glass
from casebook.actions.cases import withdraw
from casebook.enums import Eye
from casebook.models import Access, EmergencyReading
from casebook.queries.eyes import readers
from cms import outbox
from cms.guard import GuardUnavailable
from cms.models import AuditEvent, Mail
from directory.models import Notification, Organization
from tests.factories.cases import make_case, make_released, make_submitted
from tests.factories.chains import ask
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/members/break-glass/"
REASON = "表示がくずれる不具合を、この事例で確かめます。"


@pytest.fixture
def others() -> list[Any]:
    """Two of the secretariat and an auditor."""
    return [
        make_user("secretariat", email="s1@example.jp"),
        make_user("secretariat", email="s2@example.jp"),
        make_user("auditor", email="a1@example.jp"),
    ]


@pytest.fixture
def admin(login: Any) -> tuple[Client, Any]:
    return login("admin", organization=make_organization(kind="city"), name="高瀬 学")


def send(client: Client, number: str, **changes: str) -> Any:
    return client.post(ADDRESS, {"number": number, "reason": "fault", "words": REASON, **changes})


def opened(client: Client, number: str) -> str:
    """The address behind the glass."""
    answer = send(client, number)
    assert answer.status_code == 302
    return str(answer["Location"])


def test_one_case_for_half_an_hour(login: Any, others: Any, frozen: Any) -> None:
    clock = frozen("2026-11-24T10:00+09:00")
    client, _user = login("admin")
    case, other = make_released(headline="ZZ見出し"), make_released(headline="ZZ別の件")
    address = opened(client, case.number)
    shown = client.get(address).content.decode()
    assert "ZZ見出し" in shown
    assert "10時30分まで" in shown
    assert case.situation in shown
    assert "ZZ別の件" not in shown
    assert client.get(f"/members/cases/{other.pk}/").status_code == 403
    clock.move_to("2026-11-24T10:29:59+09:00")
    assert client.get(address).status_code == 200
    clock.move_to("2026-11-24T10:30:00+09:00")
    assert client.get(address).status_code == 404


def test_others_know_it_at_once_and_no_mail_says_what(admin: Any, others: Any) -> None:
    client, user = admin
    case = make_released()
    Mail.objects.all().delete()
    opened(client, case.number)
    told = Notification.objects.filter(kind=actions.GLASS_NEWS)
    assert set(told.values_list("user", flat=True)) == {person.pk for person in others}
    mails = list(Mail.objects.filter(kind=actions.GLASS_NEWS))
    assert sorted(str(mail.recipient) for mail in mails) == ["a1@example.jp", "s1@example.jp", "s2@example.jp"]
    for mail in mails:
        assert outbox.may_still_send(mail)
        said = outbox.rendered(f"{mail.template}.txt", mail.context or {}) + outbox.rendered(
            f"{mail.template}.subject.txt", {}
        )
        for word in (case.number, REASON, user.name, "緊急", "事例を"):
            assert word not in said
    act = AuditEvent.objects.get(action="case.glass_broken")
    assert (act.actor, act.codes) == (str(user.pk), {"reason": "fault"})


def test_a_mail_to_somebody_who_left_the_office_is_not_sent(admin: Any, others: Any) -> None:
    opened(admin[0], make_released().number)
    others[0].role_assignments.all().delete()
    mails = {str(mail.recipient): mail for mail in Mail.objects.filter(kind=actions.GLASS_NEWS)}
    assert [outbox.may_still_send(mails[f"{name}@example.jp"]) for name in ("s1", "s2", "a1")] == [False, True, True]


def test_every_look_is_a_line_that_the_organisation_of_the_case_sees(admin: Any, others: Any) -> None:
    client, user = admin
    case = make_released()
    address = opened(client, case.number)
    assert not Access.objects.filter(how=Eye.GLASS).exists()
    client.get(address)
    client.get(address)
    lines = Access.objects.filter(how=Eye.GLASS)
    assert list(lines.values_list("case", "user")) == [(case.pk, user.pk)] * 2
    reader = next(reader for reader in readers(case) if reader.emergency)
    assert (reader.organization, reader.name, reader.kinds) == ("", "", ["システム管理者（緊急の閲覧）"])


def test_without_two_others_the_glass_stays_whole(admin: Any) -> None:
    client, user = admin
    make_user("auditor")
    make_user("admin")
    number = make_released().number
    assert "知らせる相手" in send(client, number).content.decode()
    assert not EmergencyReading.objects.exists()
    with pytest.raises(NobodyToTell):
        break_glass(by=user, number=number, reason="fault", words=REASON)
    make_user("secretariat")
    assert break_glass(by=user, number=number, reason="fault", words=REASON).pk


def test_opening_does_not_tell_whether_there_is_such_a_case(admin: Any, others: Any) -> None:
    client, _user = admin
    there, nowhere = send(client, make_released().number), send(client, "Z9Z-999")
    assert (there.status_code, nowhere.status_code) == (302, 302)
    assert [re.sub(r"[0-9a-f-]{36}", "", str(each["Location"])) for each in (there, nowhere)] == [f"{ADDRESS}/"] * 2
    assert Notification.objects.filter(kind=actions.GLASS_NEWS).count() == 6
    assert "この番号で読める事例はありません" in client.get(nowhere["Location"]).content.decode()


def stopped() -> Any:
    case = make_released()
    type(case).objects.filter(pk=case.pk).update(stopped_at=case.created_at)
    return case


def withdrawn() -> Any:
    case = make_released()
    return withdraw(by=case.author, case=case)


@pytest.mark.parametrize("make", [make_case, stopped, withdrawn], ids=["draft", "stopped", "withdrawn"])
def test_what_stays_closed(admin: Any, others: Any, make: Any) -> None:
    client, _user = admin
    case = make()
    shown = client.get(opened(client, case.number)).content.decode()
    assert "この番号で読める事例はありません" in shown
    assert not Access.objects.filter(how=Eye.GLASS).exists()


def test_a_case_on_its_way_can_be_read(admin: Any, others: Any) -> None:
    client, _user = admin
    assert "ZZ見出し" in client.get(opened(client, make_submitted(headline="ZZ見出し").number)).content.decode()


def test_an_excluded_organisation_stays_excluded(admin: Any, others: Any) -> None:
    client, user = admin
    case = make_released(headline="ZZ見出し", excluded=[Organization.objects.get(pk=user.organization_id)])
    assert "ZZ見出し" not in client.get(opened(client, case.number)).content.decode()


def test_closed_by_hand(admin: Any, others: Any) -> None:
    client, user = admin
    address = opened(client, make_released().number)
    assert client.post(f"{address}close/").status_code == 302
    assert client.get(address).status_code == 404
    assert client.post(f"{address}close/").status_code == 404
    assert AuditEvent.objects.filter(action="case.glass_closed", actor=str(user.pk)).count() == 1


def test_another_administrators_opening_does_not_exist(admin: Any, others: Any, login: Any) -> None:
    address = opened(admin[0], make_released().number)
    second, somebody = login("admin")
    assert second.get(address).status_code == 404
    with pytest.raises(PermissionDenied):
        close_glass(by=somebody, reading=EmergencyReading.objects.get())


def test_a_lost_role_closes_it(admin: Any, others: Any) -> None:
    client, user = admin
    address = opened(client, make_released().number)
    user.role_assignments.all().delete()
    assert client.get(address).status_code == 403


def test_being_superuser_opens_nothing(login: Any, others: Any) -> None:
    client, user = login("secretariat", is_superuser=True)
    assert client.get(ADDRESS).status_code == 404
    assert send(client, "Z9Z-999").status_code == 404
    assert not EmergencyReading.objects.filter(by=user).exists()


def test_it_is_asked_once_more_who_it_is(login: Any, others: Any) -> None:
    client, _user = login("admin", recent=False)
    answer = client.get(ADDRESS)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/")
    assert not EmergencyReading.objects.exists()
    somebody, _other = login("secretariat", recent=False)
    assert somebody.get(ADDRESS).status_code == 404  # nobody else learns that there is a question


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"number": "12"}, "事例番号は"),
        ({"words": "調査"}, "文で書いてください"),
        ({"reason": "curious"}, ""),
        ({"words": "山田太郎さんの家族から、0000-00-0001へ電話がありました。"}, ""),
    ],
)
def test_what_does_not_open(admin: Any, others: Any, changes: dict[str, str], message: str) -> None:
    client, _user = admin
    number = make_released().number
    answer = send(client, changes.pop("number", number), **changes)
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert REASON in answer.content.decode() or "words" in changes
    assert not EmergencyReading.objects.exists()


@pytest.mark.parametrize("typed", ["k7f-204", "Ｋ７Ｆ－２０４", " K7F‐204 ", "K7Fー204"])
def test_a_number_may_be_typed_in_many_ways(admin: Any, others: Any, typed: str) -> None:
    opened(admin[0], typed)
    assert EmergencyReading.objects.get().number == "K7F-204"


def test_with_the_guard_down_nothing_opens(admin: Any, others: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*args: Any, **kwargs: Any) -> Any:
        raise GuardUnavailable

    monkeypatch.setattr("cms.guard.forms.review", down)
    assert send(admin[0], make_released().number).status_code == 503
    assert not EmergencyReading.objects.exists()


def test_who_was_told_finds_it_among_the_news(admin: Any, others: Any, login: Any) -> None:
    keeper, _user = login("secretariat")
    opened(admin[0], make_released().number)
    shown = keeper.get("/members/notifications/").content.decode()
    assert "システム管理者が、緊急の閲覧をはじめました。" in shown
    other, _user = login("member", organization=make_organization())
    assert "緊急の閲覧" not in other.get("/members/notifications/").content.decode()


def test_the_sentence_is_encrypted(admin: Any, others: Any) -> None:
    opened(admin[0], make_released().number)
    [(stored,)] = ask("SELECT words FROM casebook_emergencyreading")
    assert stored.startswith("v1.")
    assert EmergencyReading.objects.get().words == REASON


def test_the_secretariat_sees_that_it_happened(admin: Any, others: Any, login: Any) -> None:
    case = make_released()
    opened(admin[0], case.number)
    keeper, _user = login("secretariat")
    shown = keeper.get("/members/office/emergency-readings/").content.decode()
    assert "高瀬 学" in shown
    assert "不具合" in shown
    assert REASON not in shown
    assert case.number not in shown


def test_questions_of_the_page_do_not_grow(admin: Any, others: Any, login: Any) -> None:
    keeper, _user = login("secretariat")
    counts = []
    for _round in range(3):
        opened(admin[0], make_released().number)
        with CaptureQueriesContext(connection) as queries:
            keeper.get("/members/office/emergency-readings/")
        counts.append(len(queries))
    assert counts[1] == counts[2]

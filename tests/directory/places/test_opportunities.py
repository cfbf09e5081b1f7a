"""担い手募集: small things to help with, and asking about them without any promise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms import dates, keys, outbox
from cms.models import AuditEvent, Mail
from cms.signals import purging
from directory.actions import opportunities as actions
from directory.enums import QuestionState
from directory.models import Opportunity, OpportunityQuestion, VolunteerIndexPage
from tests.factories.people import make_organization, make_user
from tests.factories.places import make_opportunity, make_question

pytestmark = pytest.mark.django_db

QUICK = "とても早く届きました。"
TODAY = "2026-11-22T13:00+09:00"


@pytest.fixture(autouse=True)
def _patient(settings: Any) -> None:
    settings.THROTTLE_FACTOR = 10**6  # nobody waits two seconds here; one test below does


def typed(**changes: Any) -> dict[str, Any]:
    """What a browser sends."""
    return {
        "nickname": "しお", "question": "一度だけ見にいけますか", "answer_by": "mail", "email": "ｓｈｉｏ@example.jp", "phone": "",
        "safe_time": "", "website": "", "key": keys.new_form_key(actions.FORM_SALT), **changes,
    }  # fmt: skip


def address(opportunity: Opportunity) -> str:
    return f"/volunteer/{opportunity.slug}/ask/"


# --- the list -------------------------------------------------------------------------------------------


def test_a_card_and_a_page_say_what_is_known_and_what_is_not(client: Client) -> None:
    opportunity = make_opportunity(
        title="皿をふく",
        minutes=30,
        try_once=True,
        no_skills=True,
        pay="none",
        minors="yes",
        with_whom="3人で",
        when_text="金曜の夕方",
    )
    page = client.get("/volunteer/").content.decode()
    for words in (
        "皿をふく",
        "30分から",
        "一度ためせる",
        "無償",
        "18歳になっていなくても",
        "3人で",
        "金曜の夕方",
        "<strong>1件</strong>",
    ):
        assert words in page, words
    page = client.get(opportunity.get_absolute_url()).content.decode()
    assert page.count("分かっていません。聞いてみてください。") == 1  # insurance
    assert address(opportunity) in page
    assert "/events/?k=helping" in page


def test_staffs_words_and_the_text_of_before_stand_on_the_page(client: Client) -> None:
    VolunteerIndexPage.objects.update(title="手を貸す", introduction="すこしだけ")
    page = client.get("/volunteer/").content.decode()
    assert "<h1>手を貸す</h1>" in page
    assert "すこしだけ" in page
    assert "よくある心配" in page
    assert "いま募集しているものはありません。" in page


def test_wishes_narrow_and_are_dropped_before_nothing_is_left(client: Client) -> None:
    make_opportunity(title="三十分の", minutes=30, rhythm="weekly", minors="no")
    make_opportunity(title="一度だけの", minutes=90, rhythm="once", minors="consent", is_online=True, pay="expenses")
    found = {
        "?m=1": {"三十分の"}, "?r=1": {"一度だけの"}, "?e=1": {"一度だけの"}, "?o=1": {"一度だけの"}, "?u=1": {"一度だけの"}, "?p=1": {"一度だけの"},
        "?m=9&r=zz&page=99": {"三十分の", "一度だけの"},
    }  # fmt: skip
    for query, names in found.items():
        page = client.get("/volunteer/" + query).content.decode()
        assert {name for name in ("三十分の", "一度だけの") if name in page} == names, query
    page = client.get("/volunteer/?m=1&r=1").content.decode()
    assert "「回数」をはずして" in page
    assert "三十分の" in page


def test_what_is_over_leaves_the_list_and_keeps_its_page(client: Client, frozen: Callable[[str], Any]) -> None:
    frozen(TODAY)
    day = dt.date(2026, 11, 22)
    last_day = make_opportunity(title="きょうまで", open_until=day)
    sent = typed()
    frozen("2026-11-22T13:00:20+09:00")
    over = make_opportunity(title="きのうまで", open_until=day - dt.timedelta(days=1))
    make_opportunity(title="きのうのこと", takes_place_on=day - dt.timedelta(days=1))
    assert list(Opportunity.objects.visible_to(None).open_on(day)) == [last_day]
    assert [each.is_open(day) for each in Opportunity.objects.order_by("pk")] == [True, False, False]
    page = client.get(over.get_absolute_url())
    assert page.status_code == 200
    assert "この募集は終わりました。" in page.content.decode()
    assert address(over) not in page.content.decode()
    assert client.get(address(over)).status_code == 302
    assert client.post(address(over), sent).status_code == 302
    assert not OpportunityQuestion.objects.exists()


def test_drafts_and_those_of_ended_organisations_are_nowhere(client: Client) -> None:
    for hidden in (
        make_opportunity(live=False),
        make_opportunity(organization=make_organization(ended_on=dt.date(2020, 1, 1))),
    ):
        assert client.get(hidden.get_absolute_url()).status_code == 404
        assert client.get(address(hidden)).status_code == 404
        assert hidden.title not in client.get("/volunteer/").content.decode()


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/volunteer/")
        return len(asked)

    make_opportunity()
    count()
    few = count()
    for _each in range(6):
        make_opportunity()
    assert count() == few


def test_a_place_must_be_known() -> None:
    with pytest.raises(ValidationError) as caught:
        make_opportunity(where_text="")
    assert "場所を書くか" in str(caught.value.message_dict["where_text"])
    assert make_opportunity(where_text="", is_online=True).where_words == "家から"


@pytest.mark.parametrize(
    ("minutes", "words"), [(None, ""), (30, "30分から"), (60, "1時間から"), (90, "1時間30分から"), (120, "2時間から")]
)
def test_minutes_in_words(minutes: int | None, words: str) -> None:
    assert make_opportunity(minutes=minutes).minutes_words == words


# --- asking ---------------------------------------------------------------------------------------------


def test_asking_keeps_the_question_and_tells_the_organisation_without_content(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    organization = make_organization()
    admin = make_user("orgadmin", organization=organization)
    make_user("orgadmin", organization=make_organization())
    make_user("member", organization=organization)
    opportunity = make_opportunity(organization=organization, title="とくべつな手伝い")
    form = client.get(address(opportunity))
    assert (form.status_code, form.headers["Cache-Control"]) == (200, "private, no-cache")
    for words in ("お預かりするもの", "暗号", "担当者と、事務局だけ", "90日"):
        assert words in form.content.decode(), words
    answer = client.post(address(opportunity), typed())
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    question = OpportunityQuestion.objects.get()
    assert (question.nickname, question.email, question.question) == (
        "しお",
        "shio@example.jp",
        "一度だけ見にいけますか",
    )
    assert question.erase_on == dates.today() + dt.timedelta(days=90)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nickname, email, question FROM directory_opportunityquestion")
        raw = str(cursor.fetchone())
    assert "しお" not in raw
    assert "shio" not in raw
    outbox.deliver_due()
    assert sorted(each.to[0] for each in mail.outbox) == sorted([admin.email, "shio@example.jp"])
    for each in mail.outbox:
        assert "とくべつな手伝い" not in each.subject + each.body
        assert "一度だけ" not in each.subject + each.body
        assert "しお" not in each.subject + each.body
    assert {each.subject for each in mail.outbox} == {"お待ちのものがあります", "受けとりました"}
    codes = str(list(AuditEvent.objects.filter(action="opportunity.asked").values_list("codes", "actor")))
    assert "しお" not in codes


def test_without_an_administrator_the_secretariat_is_told() -> None:
    office = make_user("secretariat", organization=make_organization())
    question = make_question().question
    assert actions.receivers(question) == [office]


def test_a_form_sent_twice_keeps_one_question(client: Client) -> None:
    make_user("orgadmin", organization=(organization := make_organization()))
    opportunity = make_opportunity(organization=organization)
    data = typed()
    first, second = client.post(address(opportunity), data), client.post(address(opportunity), data)
    link = actions.Receipt(OpportunityQuestion.objects.get(), data["key"].rsplit(":", 2)[0]).path
    assert link in first.content.decode()
    assert link in second.content.decode()
    assert Mail.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nickname": ""}, "よび名だけで十分です。"),
        ({"question": " "}, "聞いてみたいことを書いてください。"),
        ({"answer_by": ""}, "返事のしかたを、えらんでください。"),
        ({"email": ""}, "返事を送る先のメールアドレスを書いてください。"),
        ({"email": "shio"}, "「@」の前かあとが足りないようです。"),
        ({"answer_by": "phone"}, "お電話してよい番号を書いてください。"),
        ({"answer_by": "phone", "phone": "なし"}, "市外局番から書いてください。"),
        ({"website": "spam"}, "もう一度ボタンを押してください"),
        ({"key": "forged"}, "もう一度ボタンを押してください"),
        ({"question": "あ" * 1001}, "1000文字まで"),
    ],
)
def test_mistakes_come_back_beside_the_field_and_nothing_is_lost(
    client: Client, changes: dict[str, str], words: str
) -> None:
    answer = client.post(address(make_opportunity()), typed(safe_time="火曜の昼", **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "火曜の昼" in page
    assert not OpportunityQuestion.objects.exists()


def test_robots_and_floods_are_slowed_down(client: Client, settings: Any, frozen: Callable[[str], Any]) -> None:
    settings.THROTTLE_FACTOR = 1
    opportunity = make_opportunity()
    frozen(TODAY)
    forms = [typed() for _each in range(11)]
    quick = client.post(address(opportunity), forms[0])
    assert (quick.status_code, OpportunityQuestion.objects.count()) == (422, 0)
    assert QUICK in quick.content.decode()
    frozen("2026-11-22T13:00:20+09:00")
    answers = [client.post(address(opportunity), form) for form in forms]
    assert [answer.status_code for answer in answers] == [200] * 10 + [422]
    assert "続けてたくさん届いています" in answers[-1].content.decode()
    assert "一度だけ見にいけますか" in answers[-1].content.decode()
    frozen("2026-11-23T14:00:00+09:00")
    assert "時間がたちました" in client.post(address(opportunity), forms[-1]).content.decode()
    assert OpportunityQuestion.objects.count() == 10


def test_no_word_of_it_is_in_an_address(client: Client) -> None:
    """The form posts: what somebody writes never stands in a query string."""
    page = client.get(address(make_opportunity())).content.decode()
    assert '<form class="form" method="post" action="?send"' in page


# --- coming back ----------------------------------------------------------------------------------------


def test_looking_changes_nothing_and_taking_back_empties_at_once(client: Client) -> None:
    receipt = make_question()
    page = client.get(receipt.path)
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "見にいけますか" not in page.content.decode()
    assert client.post(receipt.path).status_code == 302
    question = OpportunityQuestion.objects.get()
    assert (question.state, question.nickname, question.email, question.question) == ("withdrawn", None, None, None)
    assert "取り消しました。" in client.get(receipt.path).content.decode()
    client.post(receipt.path)
    assert AuditEvent.objects.filter(action="opportunity.withdrawn").count() == 1
    assert client.get("/volunteer/questions/nosuch/").status_code == 404


def test_mail_is_not_sent_for_what_was_taken_back_or_whom_it_no_longer_concerns() -> None:
    organization = make_organization()
    admin = make_user("orgadmin", organization=organization)
    receipt = make_question(make_opportunity(organization=organization))
    mails = {each.kind: each for each in Mail.objects.all()}
    assert outbox.may_still_send(mails[actions.MAIL_WAITING])
    admin.role_assignments.update(until=dates.today())
    assert not outbox.may_still_send(mails[actions.MAIL_WAITING])
    assert outbox.may_still_send(mails[actions.MAIL_CONFIRMED])
    actions.withdraw(question=receipt.question)
    assert not outbox.may_still_send(mails[actions.MAIL_CONFIRMED])


def test_questions_are_deleted_when_their_day_has_come(frozen: Callable[[str], Any]) -> None:
    frozen(TODAY)
    admin = make_user("orgadmin", organization=(organization := make_organization()))
    asked = make_question(make_opportunity(organization=organization)).question
    answered = make_question(make_opportunity(organization=organization)).question
    frozen("2027-01-10T09:00+09:00")
    admin.forget_roles()
    assert actions.mark_answered(question=answered, by=admin)
    purging.send(sender=None, now=dt.datetime(2027, 2, 19, 3, 0, tzinfo=dates.JST))
    assert OpportunityQuestion.objects.count() == 2
    removed = purging.send(sender=None, now=dt.datetime(2027, 2, 20, 3, 0, tzinfo=dates.JST))
    assert {"opportunity_questions": 1} in [counts for _receiver, counts in removed]
    assert list(OpportunityQuestion.objects.values_list("pk", "state")) == [(answered.pk, QuestionState.ANSWERED)]
    assert not OpportunityQuestion.objects.filter(pk=asked.pk).exists()
    purging.send(sender=None, now=dt.datetime(2027, 4, 10, 3, 0, tzinfo=dates.JST))
    assert not OpportunityQuestion.objects.exists()


def test_a_deleted_opportunity_does_not_take_the_question_along() -> None:
    receipt = make_question()
    Opportunity.objects.all().delete()
    receipt.question.refresh_from_db()
    assert receipt.question.opportunity is None
    assert receipt.question.organization_id


# --- the members' screen --------------------------------------------------------------------------------


def test_an_administrator_sees_the_own_questions_only_and_marks_them_answered(login: Any) -> None:
    organization = make_organization()
    client, user = login("orgadmin", organization=organization)
    mine = make_question(
        make_opportunity(organization=organization, title="うちの手伝い"), safe_time="火曜の昼"
    ).question
    other = make_question(make_opportunity(title="よその手伝い"), nickname="よその人").question
    home = client.get("/members/").content.decode()
    page = client.get("/members/opportunities/").content.decode()
    for words in ("うちの手伝い", "見にいけますか", "shio@example.jp", "火曜の昼", "しお"):
        assert words in page, words
    assert "よその" not in page
    assert client.post(f"/members/opportunities/{other.pk}/answered/").status_code == 404
    assert client.post(f"/members/opportunities/{mine.pk}/answered/").status_code == 302
    assert "担い手募集への質問" in home
    assert "担い手募集への質問" not in client.get("/members/").content.decode()
    mine.refresh_from_db()
    assert (mine.state, mine.answered_by) == (QuestionState.ANSWERED, user)
    assert "返事を待っている方は、いまいません。" in client.get("/members/opportunities/").content.decode()
    assert AuditEvent.objects.filter(action="opportunity.answered", actor=str(user.pk)).count() == 1


def test_the_secretariat_sees_all_and_the_navigation_leads_there(login: Any) -> None:
    make_question(make_opportunity(organization=make_organization(name="ふたつめの会")))
    client, _user = login("secretariat", organization=make_organization())
    page = client.get("/members/opportunities/").content.decode()
    assert "ふたつめの会" in page
    assert page.count('href="/members/opportunities/"') == 1
    member, _user = login("member", organization=make_organization())
    assert member.get("/members/opportunities/").status_code == 403
    assert "/members/opportunities/" not in member.get("/members/").content.decode()


def test_the_members_list_asks_a_constant_number_of_queries(login: Any) -> None:
    client, _user = login("secretariat", organization=make_organization())

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/members/opportunities/")
        return len(asked)

    make_question()
    count()
    few = count()
    for _each in range(4):
        make_question()
    assert count() == few


def test_a_wish_over_the_list_is_added_and_taken_away(client: Client) -> None:
    page = client.get("/volunteer/?m=2&e=1&page=3").context["toggles"]
    assert [(each.query, each.on) for each in page] == [
        ("m=1&e=1", False), ("m=2", True), ("m=2&e=1&o=1", False), ("m=2&e=1&u=1", False),
    ]  # fmt: skip

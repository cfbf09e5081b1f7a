"""The inbox: what lies in which pile, in what order, and what it costs to look."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms import dates
from cms.models import AuditEvent
from directory.actions.consultations import ready_texts, receiving, sending
from directory.actions.consultations.sending import Said
from directory.enums import ContactWay
from directory.models import Consultation, DeskReception, DeskSeat, Notification, RoleAssignment
from directory.models.consultations.contact import Contact
from directory.queries.consultations.clock import due
from directory.queries.consultations.duty import on_duty
from directory.queries.consultations.inbox import Inbox, Tab, desks_of, waiting_count
from tests.access import without_csrf
from tests.factories.consultations import make_consultation, make_counsellor, make_reception
from tests.factories.people import satisfy_mfa, sign_in

pytestmark = pytest.mark.django_db
INBOX = reverse("members:consultations")


@pytest.fixture
def desk() -> Any:
    return make_reception(people=0).desk


def entered(client: Any, user: Any) -> Any:
    """That person's browser."""
    satisfy_mfa(user)
    sign_in(client, user)
    return client


def numbers(user: Any, tab: Tab) -> list[str]:
    return [line.consultation.number for line in Inbox(user, desks_of(user)).page(tab, 1)]


def test_urgent_ones_stand_first_and_the_clock_orders_the_others(desk: Any, client: Any) -> None:
    one = make_counsellor(desk)
    later, late = make_consultation(desk, text="あとで"), make_consultation(desk, text="おそい")
    urgent = make_consultation(desk, text="もう死にたい")  # taken like any other: nothing is blocked
    Consultation.objects.filter(pk=late.pk).update(reply_by=dates.now() - dt.timedelta(hours=3))
    assert numbers(one, Tab.NOBODY) == [urgent.number, late.number, later.number]
    page = entered(client, one).get(INBOX).content.decode()
    places = [page.index(words) for words in ("「もう死にたい」", "「おそい」", "「あとで」")]
    assert places == sorted(places)
    assert "3時間 おくれています" in page
    assert page.count("至急") >= 1


def test_each_pile_holds_its_own(desk: Any) -> None:
    one, two = make_counsellor(desk), make_counsellor(desk)
    make_consultation(desk)
    mine, asked, theirs = (make_consultation(desk) for _each in range(3))
    ended, aside = make_consultation(desk), make_consultation(desk)
    receiving.claim(by=one, consultation=mine)
    receiving.answer(by=one, consultation=asked, text="はい", form_key="1")
    receiving.claim(by=two, consultation=theirs)
    receiving.close(by=one, consultation=ended, outcome="o1")
    receiving.set_aside(by=one, consultation=aside)
    counts = Inbox(one, desks_of(one)).counts()
    assert {tab.value: count for tab, count in counts.items()} == {
        "nobody": 1, "mine": 2, "person": 1, "handed": 0, "colleagues": 1, "aside": 1, "ended": 1,
    }  # fmt: skip
    assert {tab: len(numbers(one, tab)) for tab in Tab} == counts
    assert (waiting_count(one), waiting_count(two)) == (2, 2)


def test_a_page_costs_the_same_however_much_lies_there(desk: Any, client: Any) -> None:
    one = make_counsellor(desk)
    said = Said(name="みかん", contact=Contact(way=ContactWay.PHONE, phone="0000-00-0001"))
    browser = entered(client, one)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(INBOX).status_code == 200
        return len(queries)

    for _each in range(2):
        receiving.claim(by=one, consultation=make_consultation(desk, said=said))
        make_consultation(desk, said=said)
    few = cost()
    for _each in range(8):
        receiving.claim(by=one, consultation=make_consultation(desk, said=said))
        make_consultation(desk, said=said)
    assert cost() == few
    assert few < 30


def test_of_two_desks_one_may_be_chosen_and_a_foreign_one_never(desk: Any, client: Any) -> None:
    one = make_counsellor(desk)
    second = make_reception(people=0, organization=desk.organization).desk
    DeskSeat.objects.create(desk=second, user=one)
    foreign = make_reception().desk
    here, there, elsewhere = make_consultation(desk), make_consultation(second), make_consultation(foreign)
    browser = entered(client, one)

    def shown(**query: str) -> set[str]:
        page = browser.get(INBOX, query).content.decode()
        return {it.number for it in (here, there, elsewhere) if it.number in page}

    assert shown() == {here.number, there.number}
    assert shown(desk=second.slug) == {there.number}
    assert shown(desk=foreign.slug) == {here.number, there.number}  # not theirs: as if nothing had been chosen
    assert shown(tab="nonsense", page="99999999999999999999") == {here.number, there.number}


def test_what_somebody_left_behind_is_nobodys(desk: Any) -> None:
    left, stays = make_counsellor(desk), make_counsellor(desk)
    it = make_consultation(desk)
    receiving.claim(by=left, consultation=it)
    assert numbers(stays, Tab.NOBODY) == []
    DeskSeat.objects.filter(user=left).update(until=dates.today())
    assert numbers(stays, Tab.NOBODY) == [it.number]
    assert numbers(left, Tab.MINE) == []
    assert waiting_count(stays) == 1
    sending.write_on(consultation=it, text="まだいますか", form_key="again")
    told = Notification.objects.filter(key__endswith=str(it.messages.last().pk))
    assert list(told.values_list("user", flat=True)) == [stays.pk]
    receiving.claim(by=stays, consultation=it)
    assert numbers(stays, Tab.MINE) == [it.number]


def test_what_was_handed_on_is_read_along_and_no_more(desk: Any, client: Any) -> None:
    before, other = make_counsellor(desk), make_reception(people=0).desk
    now = make_counsellor(other)
    it = make_consultation(desk)
    receiving.write_note(by=before, consultation=it, text="前の窓口のメモ")
    Consultation.objects.filter(pk=it.pk).update(desk=other, handed_from=desk)
    assert [numbers(user, Tab.HANDED) for user in (before, now)] == [[it.number], [it.number]]
    assert [numbers(user, Tab.NOBODY) for user in (before, now)] == [[], [it.number]]
    url = reverse("members:consultation", args=[it.pk])
    page = entered(client, before).get(url).content.decode()
    assert "前の窓口のメモ" in page
    assert reverse("members:consultation_answer", args=[it.pk]) not in page
    it.refresh_from_db()
    assert it.state == "received"  # reading along is not the new desk's reading
    refused = client.post(reverse("members:consultation_answer", args=[it.pk]), {"text": "こちらから"})
    assert (refused.status_code, it.messages.count()) == (404, 1)
    page = entered(client, now).get(url).content.decode()
    assert "前の窓口のメモ" not in page


def test_chips_say_what_is_safe_and_the_page_says_when_it_is_not_now(desk: Any, client: Any, frozen: Any) -> None:
    one = make_counsellor(desk)
    frozen("2026-12-04T14:50+09:00")
    contact = Contact(way=ContactWay.PHONE, phone="0000-00-0001", since="10:00", until="12:00", others_read="no")
    it = make_consultation(desk, said=Said(contact=contact))
    make_consultation(desk)
    page = entered(client, one).get(INBOX).content.decode()
    for words in (
        "10時〜12時だけ",
        "留守電に残さない",
        "電話もメールもしない",
        f"{it.number} の方には、いまは連絡しないで",
    ):
        assert words in page
    assert "つぎは あす（土）10時から" in page
    assert page.count("いまは連絡しないで") == 1
    assert "0000-00-0001" not in page


def test_the_clock_in_words(desk: Any, frozen: Any) -> None:
    frozen("2026-12-04T14:50+09:00")
    now = dates.now()
    make_counsellor(desk)
    it = make_consultation(desk, text="あ")

    def words(**changes: Any) -> tuple[str, bool] | None:
        for name, value in changes.items():
            setattr(it, name, value)
        found = due(it, now)
        return found and (found.words, found.late)

    assert words() == ("返事は 12月8日（火） 17時まで", False)
    assert words(reply_by=now.replace(hour=17, minute=0)) == ("返事は きょう 17時まで（あと2時間）", True)
    assert words(is_urgent=True, moved_at=now - dt.timedelta(minutes=19)) == (
        "届いて 19分　返事は、できるだけ早く",
        True,
    )
    late = now.replace(hour=12, minute=0)
    assert words(reply_by=late) == ("2時間 おくれています。返事は きょう 12時の約束でした", True)
    assert words(state="answered") is None


def test_who_is_called_who_stands_in_and_how_soon_it_answered(desk: Any, client: Any) -> None:
    one, two = make_counsellor(desk, name="三浦 しおり"), make_counsellor(desk, name="岡本 たけし")
    DeskReception.objects.filter(desk=desk).update(on_call=one)
    DeskSeat.objects.filter(user=two).update(is_deputy=True)
    first = dates.now().replace(day=1, hour=9, minute=0) - dt.timedelta(days=3)
    for hours in (1, 5, 60):
        make_consultation(desk, received_at=first - dt.timedelta(hours=hours), answered_at=first)
    make_consultation(desk, answered_at=dates.now())  # this month's
    (duty,) = on_duty([desk])
    assert (duty.called, duty.deputies, duty.speed, duty.month) == ([one], [two], "5時間", first.month)
    page = entered(client, one).get(INBOX).content.decode()
    assert f"真ん中で 5時間（{first.month}月）" in page
    assert "三浦 しおり・岡本 たけし" in page  # the banner names who sees it
    assert "匿名の事例だけ" not in page


def extra(desk: Any) -> dict[str, Any]:
    """People with the role and not the seat, the seat and not the role, or both and not today."""
    organization = desk.organization
    other = make_reception(people=0).desk
    ended, rests = make_counsellor(desk), make_counsellor(desk)
    DeskSeat.objects.filter(user=ended).update(until=dates.today())
    RoleAssignment.objects.filter(user=rests).update(pauses_on=dates.today())
    seat_alone = make_counsellor(desk, "member")
    gone = make_counsellor(desk)
    gone.is_active = False
    gone.save()
    return {
        "counsellor of another desk": make_counsellor(other),
        "supervisor of another desk": make_counsellor(other, "supervisor"),
        "another desk of the same organisation": make_counsellor(
            make_reception(people=0, organization=organization).desk
        ),
        "the seat has ended": ended,
        "the role rests": rests,
        "a seat without the role": seat_alone,
        "account closed": gone,
    }


def attacks(pk: Any, ready: int, slug: str) -> list[tuple[str, str, dict[str, str]]]:
    """Every address of the room that names a thing, asked and posted."""
    names = ["", "_readers", "_answer", "_note", "_facts", "_same", "_claim", "_assign", "_call", "_urgent", "_aside",
             "_back", "_close"]  # fmt: skip
    data = {"text": "わたしが", "outcome": "o1", "urgent": "1", "kind": "note", "to": "", "number": ""}
    urls = [reverse(f"members:consultation{name}", args=[pk]) for name in names]
    urls += [reverse("members:ready_text", args=[ready]), reverse("members:ready_text_remove", args=[ready])]
    urls.append(reverse("members:ready_text_new", args=[slug]))
    return [(method, url, data) for url in urls for method in ("get", "post")]


def test_nobody_else_gets_in_or_does_anything(desk: Any, client: Any) -> None:
    inside = make_counsellor(desk)
    it = make_consultation(desk, text="だれにも見せない言葉")
    ready = ready_texts.write(by=inside, desk=desk, title="題", text="定型の文")
    before = Consultation.objects.filter(pk=it.pk).values().get()
    for who, user in extra(desk).items():
        browser = entered(client, user)
        for method, url, data in attacks(it.pk, ready.pk, desk.slug):
            answer = getattr(browser, method)(url, data if method == "post" else None)
            assert answer.status_code in {302, 403, 404, 405}, (who, method, url)
            assert answer.status_code != 302 or "/accounts/login/" in answer.url, (who, method, url)
            assert "だれにも見せない言葉" not in answer.content.decode()
        page = browser.get(INBOX)
        assert it.number not in page.content.decode()
    assert Consultation.objects.filter(pk=it.pk).values().get() == before
    assert it.messages.count() == 1
    ready.refresh_from_db()
    browser = entered(client, inside)  # the control: the same presses of whoever sits there do something
    for method, url, data in attacks(it.pk, ready.pk, desk.slug)[:6]:
        assert getattr(browser, method)(url, data).status_code in {200, 302, 404, 405}
    assert it.messages.count() == 2


def test_a_foreign_and_a_missing_one_look_alike(desk: Any, client: Any) -> None:
    stranger = make_counsellor(make_reception(people=0).desk)
    make_counsellor(desk)
    browser, it = entered(client, stranger), make_consultation(desk)
    nothing = "00000000-0000-0000-0000-000000000000"
    for name in ("consultation", "consultation_answer", "consultation_note", "consultation_same", "consultation_claim"):
        answers = []
        for pk in (it.pk, nothing):
            url = reverse(f"members:{name}", args=[pk])
            answers.append(browser.get(url) if name == "consultation" else browser.post(url, {"text": "書きかけ"}))
        assert [answer.status_code for answer in answers] == [404, 404]
        assert len({without_csrf(answer.content) for answer in answers}) == 1, name


def test_whoever_had_first_words_before_them_stands_in_the_trail(desk: Any, client: Any) -> None:
    one = make_counsellor(desk)
    it = [make_consultation(desk).number for _each in range(9)]
    entered(client, one)
    for _time in range(2):
        assert client.get("/members/consultations/").status_code == 200
    assert client.get(f"/members/consultations/?tab={Tab.ENDED}").status_code == 200  # nothing lies there
    rows = AuditEvent.objects.filter(action="consultation.listed", actor=str(one.pk))
    told = [sorted("+".join(str(row.codes[name]) for name in ("numbers_1", "numbers_2")).split("+")) for row in rows]
    assert ([row.codes["count"] for row in rows], told) == ([9, 9], [sorted(it)] * 2)

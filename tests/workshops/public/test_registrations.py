"""The resident's way: register, see, change, withdraw. No account, no JavaScript, nothing typed lost."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from cms.dates import now
from cms.models import Mail
from tests.factories.events import make_event, make_occurrence, make_registration
from workshops.actions.events import call_off
from workshops.models import Event, Occurrence, Registration

pytestmark = pytest.mark.django_db
GONE = "このリンクは、開けません"


def opened(client: Client, event: Event, *, wait: float = 10) -> dict[str, Any]:
    """The hidden fields of the form, as a person's browser has them some seconds later."""
    page = client.get(f"/events/{event.slug}/register/").content.decode()
    names = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: value for name, value in names if name != "csrfmiddlewaretoken"}


def send(client: Client, event: Event, hidden: dict[str, Any], *, after: float = 10, **fields: Any) -> Any:
    """Fill in and press the button `after` seconds."""
    data = {"name": "なぎ", "people": "1", "companions": "", "note": "", "email": "", "phone": "", "website": ""}
    with time_machine.travel(now() + dt.timedelta(seconds=after), tick=False):
        return client.post(f"/events/{event.slug}/register/", {**data, **hidden, **fields})


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_resident_registers_a_party_of_three_and_comes_back_by_code(client: Client) -> None:
    event = make_event(unit="party")
    hidden = opened(client, event)
    answer = send(
        client, event, hidden, people="3", companions="そら、ばあば", supports=["meet", "edge"], email="nagi@example.jp"
    )
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    code = re.search(r'<p class="code">.*?(\w{4}-\w{4}-\w{4})</p>', text(answer))
    assert code
    assert "なぎ さん、そら さん、ばあば さん" in text(answer)
    assert "1組3人" in text(answer)
    assert make_occurrence(event).taken == 1
    assert Mail.objects.count() == 1
    visit = client.post("/registrations/", {"code": code[1].lower()})
    assert visit.status_code == 302
    assert "席をとってあります" in text(client.get(visit["Location"]))


def test_the_same_form_again_shows_the_first_registration_and_offers_to_change_it(client: Client) -> None:
    event = make_event(unit="person")
    hidden = opened(client, event)
    send(client, event, hidden, people="2")
    back = send(client, event, hidden, people="4", name="べつ")
    assert back.status_code == 302
    page = text(client.get(back["Location"]))
    assert "この申込は、もう受け取っています" in page
    assert "2人" in page
    assert "/change/" in page
    assert (Registration.objects.count(), make_occurrence(event).taken) == (1, 2)


def test_a_double_click_sees_the_code_and_much_later_it_does_not(client: Client) -> None:
    event = make_event()
    hidden = opened(client, event)
    first = send(client, event, hidden)
    second = send(client, event, hidden)
    find = re.compile(r'<p class="code">.*?</p>')
    assert find.findall(text(first)) == find.findall(text(second)) != []
    late = send(client, event, hidden, after=600)
    assert late.status_code == 302
    assert Registration.objects.count() == 1


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": ""}, "よび名を書いてください"),
    ({"name": "あ" * 10_000}, "60文字までで書いてください（いま10000文字です）"),
    ({"name": "な\x00ぎ"}, "保存できない文字が入っています"),
    ({"people": "-1"}, "1人から5人のあいだで"),
    ({"people": "999999999999999999999"}, "1人から5人のあいだで"),
    ({"people": "二"}, "1人から5人のあいだで"),
    ({"people": ""}, "人数をえらんでください"),
    ({"people": "2", "companions": "そら、ばあば"}, "名前のほうが人数より多いようです"),
    ({"email": "nagi@"}, "「@」の前かあとが足りないようです"),
    ({"email": "a" * 300 + "@example.jp"}, "メールアドレスとしては長すぎる"),
    ({"phone": "でんわ"}, "市外局番から書いてください"),
    ({"note": "あ" * 501}, "500文字までで書いてください"),
    ({"occurrence": "999999"}, "この日は、もうえらべません"),
    ({"occurrence": "\x00"}, "あと1つ、直すと"),
]


@pytest.mark.parametrize(("fields", "sentence"), WRONG)
def test_bad_input_is_said_beside_the_field_and_loses_nothing(
    client: Client, fields: dict[str, Any], sentence: str
) -> None:
    event = make_event()
    hidden = opened(client, event)
    answer = send(client, event, hidden, **{"note": "のこる文字", **fields})
    assert answer.status_code == 422
    page = text(answer)
    assert sentence in page
    assert "書いたものは残っています" in page
    if "note" not in fields:
        assert "のこる文字" in page
    assert hidden["key"] in page
    assert (Registration.objects.count(), make_occurrence(event).taken) == (0, 0)


@pytest.mark.parametrize("name", ["髙﨑𠮷", "👪灯り", "葛\U000e0100", "a'\"<script>", "なぎ\x07", "  なぎ  "])
def test_names_as_people_have_them_are_kept(client: Client, name: str) -> None:
    event = make_event()
    answer = send(client, event, opened(client, event), name=name)
    assert answer.status_code == 200
    assert Registration.objects.get().name == name.replace("\x07", "").strip()
    assert "<script>" not in text(answer)


def test_a_lone_surrogate_never_reaches_the_database(client: Client) -> None:
    event = make_event()
    hidden = opened(client, event)
    body = "name=%ED%A0%80%E3%81%AA&people=1&" + "&".join(f"{k}={v}" for k, v in hidden.items())
    with time_machine.travel(now() + dt.timedelta(seconds=10), tick=False):
        answer = client.post(f"/events/{event.slug}/register/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert Registration.objects.get().name.endswith("な")


def test_full_says_how_many_are_left(client: Client) -> None:
    event = make_event(unit="person", capacity=4)
    hidden = opened(client, event)
    make_registration(make_occurrence(event), people=2)
    answer = send(client, event, hidden, people="3", note="のこる文字")
    assert answer.status_code == 422
    assert "あと2人です。人数をへらすと申し込めます。" in text(answer)
    assert "のこる文字" in text(answer)
    make_registration(make_occurrence(event), people=2)
    answer = send(client, event, hidden, people="3", note="のこる文字")
    assert "いま、満席になりました" in text(answer)
    assert "のこる文字" in text(answer)
    assert "満席です" in text(client.get(f"/events/{event.slug}/register/"))


def test_closing_and_calling_off_while_somebody_writes(client: Client) -> None:
    event = make_event(closes_at=now() + dt.timedelta(hours=1))
    hidden = opened(client, event)
    late = send(client, event, hidden, after=7200, note="のこる文字")
    assert late.status_code == 422
    assert "締め切りました" in text(late)
    assert "のこる文字" in text(late)
    other = make_event()
    hidden = opened(client, other)
    call_off(event=other, by=None)
    off = send(client, other, hidden, note="のこる文字")
    assert off.status_code == 422
    assert "中止になりました" in text(off)
    assert "のこる文字" in text(off)
    assert Registration.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"registration_mode": "none"}, "申込はいりません"),
        ({"registration_mode": "elsewhere"}, "主催者に申し込んでください"),
        ({"opens_at": dt.timedelta(days=1)}, "申込は "),
        ({"starts_at": dt.timedelta(days=-3)}, "この催しは、終わりました"),
    ],
)
def test_why_one_cannot_register(client: Client, fields: dict[str, Any], sentence: str) -> None:
    moments = {name: now() + value if isinstance(value, dt.timedelta) else value for name, value in fields.items()}
    page = text(client.get(f"/events/{make_event(**moments).slug}/register/"))
    assert sentence in page
    assert "<button" not in page.split("<main")[1].split("</main>")[0]


def test_an_event_without_a_live_page_takes_nobody(client: Client) -> None:
    for event in (make_event(live=False), make_event(page=False)):
        assert client.get(f"/events/{event.slug}/register/").status_code == 404
        assert client.post(f"/events/{event.slug}/register/", {"name": "なぎ"}).status_code == 404


def test_robots_get_the_form_back_and_people_only_press_again(client: Client) -> None:
    event = make_event()
    hidden = opened(client, event)
    quick = send(client, event, hidden, after=0.5, note="のこる文字")
    assert quick.status_code == 422
    assert "とても早く" in text(quick)
    assert "のこる文字" in text(quick)
    trap = send(client, event, hidden, website="http://x")
    assert trap.status_code == 422
    assert "空のままに" in text(trap)
    assert "http://x" not in text(trap)
    forged = send(client, event, {**hidden, "key": "k" * 40})
    assert forged.status_code == 422
    assert "画面が古く" in text(forged)
    old = send(client, event, hidden, after=25 * 3600)
    assert old.status_code == 422
    assert "時間がたちました" in text(old)
    assert hidden["key"] not in text(old)
    assert Registration.objects.count() == 0
    assert send(client, event, hidden).status_code == 200


def test_one_address_cannot_take_all_seats_and_the_factor_widens_it(client: Client, settings: Any) -> None:
    event = make_event(capacity=None)
    for _ in range(20):
        assert send(client, event, opened(client, event)).status_code == 200
    stopped = send(client, event, opened(client, event))
    assert stopped.status_code == 422
    assert "10分ほど待つか" in text(stopped)
    settings.THROTTLE_FACTOR = 100
    assert send(client, event, opened(client, event)).status_code == 200


def test_of_several_dates_one_is_chosen(client: Client) -> None:
    event = make_event(times=2, capacity=1)
    _first, second = Occurrence.objects.filter(event=event).order_by("starts_at")
    hidden = opened(client, event)
    assert "occurrence" not in hidden
    assert "日をえらんでください" in text(send(client, event, hidden))
    assert send(client, event, hidden, occurrence=str(second.pk)).status_code == 200
    assert Registration.objects.get().occurrence == second
    other = make_occurrence()
    assert "もうえらべません" in text(send(client, event, opened(client, event), occurrence=str(other.pk)))


# --- coming back ------------------------------------------------------------------------------------------


def test_looking_changes_nothing_however_often(client: Client) -> None:
    receipt = make_registration(people=2)
    before = Registration.objects.values().get()
    for path in ("", "change/", "withdraw/", "yotei.ics"):
        for method in (client.get, client.head):
            answer = method(f"/registrations/{receipt.token}/{path}")
            assert answer.status_code == 200
            assert answer["Cache-Control"] == "private, no-store"
            assert answer["X-Robots-Tag"] == "noindex"
            assert answer["Referrer-Policy"] == "same-origin"
    assert Registration.objects.values().get() == before


def test_change_and_withdraw_by_link(client: Client) -> None:
    occurrence = make_occurrence(unit="person")
    receipt = make_registration(occurrence, people=2, email="nagi@example.jp")
    page = f"/registrations/{receipt.token}/"
    assert "na…@example.jp" in text(client.get(page))
    assert "nagi@example.jp" not in text(client.get(page))
    wrong = client.post(page + "change/", {"name": "", "people": "3", "note": "のこる文字"})
    assert wrong.status_code == 422
    assert "のこる文字" in text(wrong)
    done = client.post(page + "change/", {"name": "なぎさ", "people": "3"}, follow=True)
    assert "変えました" in text(done)
    assert "3人" in text(done)
    assert Occurrence.objects.get(pk=occurrence.pk).taken == 3
    gone = client.post(page + "withdraw/", follow=True)
    assert "取り消しました" in text(gone)
    assert "ほかの方にゆずりました" in text(gone)
    assert Occurrence.objects.get(pk=occurrence.pk).taken == 0
    again = client.post(page + "withdraw/", follow=True)
    assert again.status_code == 200
    assert Occurrence.objects.get(pk=occurrence.pk).taken == 0
    assert "もう変えられません" in text(client.get(page + "change/"))


def test_the_page_itself_takes_no_post(client: Client) -> None:
    receipt = make_registration()
    assert client.post(f"/registrations/{receipt.token}/").status_code == 405


def test_unknown_expired_and_erased_links_look_the_same(client: Client) -> None:
    receipt = make_registration()
    visit = client.post("/registrations/", {"code": receipt.code})["Location"]
    assert client.get(visit).status_code == 200
    token = re.compile(r'(value="\w{64}"|/registrations/[^/"]+)')
    with time_machine.travel(now() + dt.timedelta(hours=2), tick=False):
        expired = client.get(visit)
    unknown = client.get("/registrations/" + "f" * 40 + "/")
    Registration.objects.all().delete()
    erased = client.get(f"/registrations/{receipt.token}/")
    assert [a.status_code for a in (expired, unknown, erased)] == [404, 404, 404]
    same = {token.sub("", text(answer)) for answer in (expired, unknown, erased)}
    assert len(same) == 1
    assert GONE in same.pop()


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA", "", "あ", "\x00", "%s", "x" * 5000, "-" * 12])
def test_wrong_codes_get_one_answer(client: Client, code: str) -> None:
    make_registration()
    assert client.post("/registrations/", {"code": code}).status_code == 422


def test_codes_cannot_be_tried_without_end(client: Client) -> None:
    receipt = make_registration()
    for _ in range(10):
        wrong = client.post("/registrations/", {"code": "AAAA-AAAA-AAAA"})
    right = client.post("/registrations/", {"code": receipt.code})
    find = re.compile(r'value="[^"]*"|value="\w{64}"')
    assert right.status_code == 422
    assert find.sub("", text(right)) == find.sub("", text(wrong))
    cache.clear()
    assert client.post("/registrations/", {"code": receipt.code}).status_code == 302


def test_the_calendar_entry_is_neutral(client: Client) -> None:
    event = make_event(title="ひみつの題名")
    receipt = make_registration(make_occurrence(event))
    entry = client.get(f"/registrations/{receipt.token}/yotei.ics")
    body = entry.content.decode()
    assert entry["Content-Type"].startswith("text/calendar")
    assert "ひみつ" not in body
    assert "SUMMARY:予定（水辺のいえ）" in body
    assert "BEGIN:VEVENT" in body


def test_the_public_page_shows_dates_seats_and_the_button(client: Client) -> None:
    event = make_event(unit="party", capacity=4, accessibility="段差がありません\n× 駐車場")
    make_registration(make_occurrence(event), people=3, name="ひみつの人")
    page = text(client.get(f"/events/{event.slug}/"))
    assert f"/events/{event.slug}/register/" in page
    assert "あと3組" in page
    assert "定員4組のうち、1組が申し込みました" in page
    assert "段差がありません" in page
    assert "ひみつの人" not in page

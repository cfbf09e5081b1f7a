"""The worry box: people first, never a dead end, nothing lost, and nothing that tells of it."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.models import Concern
from home.queries import understood
from tests.factories.desks import make_desk, make_national
from tests.factories.pages import make_content_page, text
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

NIGHT = "2026-11-24T23:00+09:00"  # a Tuesday
# What somebody types, and the concern that stands first (codes of the shipped list; "" = none, which is no dead end).
LEADS = {
    "しにたい": "k1", "寝れない": "k1", "ねむれない": "k1", "nemurenai": "k1", "shinitai": "k1", "朝起きられない": "k1", "うつっぽい": "k1",
    "友達がいない": "k2", "ともだちいない": "k2", "さみしい": "k2", "誰とも話してない": "k2", "lonely": "k2",
    "ひきこもり": "k3", "引き籠もり": "k3", "hikikomori": "k3", "ひきこもりり": "k3", "人が怖い": "k3",
    "学校いきたくない": "k4", "がっこう行きたくない": "k4", "gakkou ikitakunai": "k4", "子供が学校に行かない": "k4", "いじめられてる": "k4",
    "お金がない": "k5", "おかねがない": "k5", "仕事やめたい": "k5", "クビになった": "k5", "家賃払えない": "k5", "I have no money": "k5",
    "親の介護": "k6", "赤ちゃんが泣き止まない": "k6", "認知症の母": "k6", "家にいたくない": "k7", "離婚したい": "k7", "旦那がうざい": "k7",
    "夫に殴られる": "k8", "DV": "k8", "ぎゃくたい": "k8", "お酒がやめられない": "k9", "発達障害かも": "k9", "薬やめたい": "k9",
    "死んだほうがいい": "k1", "いじめがつらくて死にたい": "k1", "父親に蹴られた": "k8", "金欠": "k5", "独りはつらい": "k2",
    "死んだ犬がさみしい": "k2", "母が亡くなった": "k0", "宇宙飛行士": "", "パスポート 更新": "", "ゴルフ 予約": "", "あ": "",
}  # fmt: skip


def told(client: Client, words: str) -> str:
    """The answer to a worry."""
    answer = client.post("/search/", {"worry": words})
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def main(body: str) -> str:
    """What stands in the middle of the page."""
    return re.search(r"<main.*</main>", body, re.S)[0]  # type: ignore[index]


def test_words_lead_to_the_concern() -> None:
    found = {words: [one.code for one in understood(words).concerns] for words in LEADS}
    assert {words: codes for words, codes in found.items() if (codes or [""])[0] != LEADS[words]} == {}


def test_words_of_staff_lead_there_too() -> None:
    Concern.objects.filter(code="k3").update(aliases="こもりびと")
    assert [one.code for one in understood("こもりびとです").concerns] == ["k3"]


def test_danger_is_not_taken_for_mourning() -> None:
    told = understood("もう死んだほうがいい")
    assert [one.code for one in told.concerns] == ["k1"]
    assert [one.code for one in understood("いじめがつらくて死にたい").concerns] == ["k1", "k4"]


def test_people_come_first_at_night(client: Client, frozen: Any) -> None:
    frozen(NIGHT)
    make_desk({"value": "0865-63-8515"}, name="昼の窓口", concerns=("k1",))
    make_desk({"value": "0865-63-0911", "hours": "24/7"}, name="夜の窓口")
    make_national(by=make_user(), name="国の電話")
    make_national(by=make_user(), confirmed=False, name="まだ確かめていない電話")
    body = main(told(client, "しにたーい"))
    order = [
        body.index(part)
        for part in (
            "話してくれて、ありがとうございます",
            "tel:119",
            "tel:110",
            "tel:+81865630911",
            "国の電話",
            "昼の窓口",
        )
    ]
    assert order == sorted(order)
    assert "まだ確かめていない電話" not in body
    assert 'href="/help/?c=k1"' in body


def test_who_is_hurt_sees_the_police_first(client: Client) -> None:
    body = main(told(client, "夫に殴られます"))
    assert body.index("tel:110") < body.index("tel:119")


def test_nobody_open_is_no_dead_end(client: Client, frozen: Any) -> None:
    frozen(NIGHT)
    make_desk({"value": "0865-63-8515"}, name="昼の窓口", concerns=("k1",))
    body = main(told(client, "しにたい"))
    assert "tel:119" in body
    assert "昼の窓口" in body
    assert "0件" not in body


def test_desks_by_concern_and_by_their_own_words(client: Client) -> None:
    make_desk(name="学びの場", concerns=("k4",))
    make_desk(name="ことばの窓口", worries=["教室に入るのがこわい"])
    assert "学びの場" in told(client, "学校いきたくない")
    assert "ことばの窓口" in told(client, "教室に入るのがこわい")


def test_pages_that_fit_follow(client: Client) -> None:
    make_content_page(title="眠れない夜にできること", body=text("<p>時計を裏がえしてください。</p>"))
    assert "眠れない夜にできること" in main(told(client, "寝れない"))


@pytest.mark.parametrize("words", ["宇宙飛行士", "ぬるぽ", "asdfgh", "🙂", "。", "", "   "])
def test_what_nothing_fits_leads_to_people_and_concerns(client: Client, words: str) -> None:
    make_desk({"value": "0865-63-0911", "hours": "24/7"}, name="夜の窓口")
    body = main(told(client, words))
    assert "うまく言えなくて大丈夫です" in body
    assert "0865-63-0911" in body
    assert re.findall(r'href="/help/\?c=(\w+)"', body) == list(Concern.objects.values_list("code", flat=True))
    assert not re.search(r"0件|見つかりません", body)


@pytest.mark.parametrize(
    "words",
    [
        "つらい\x00です",
        "🙂👨‍👩‍👧",
        "髙﨑𠮷",
        "\u202e逆",
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "' OR '1'='1",
        "\n\r\t",
        "％ｓ%s",
    ],
)
def test_nothing_that_is_typed_breaks_it_or_is_lost(client: Client, words: str) -> None:
    answer = client.post("/search/", {"worry": words})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    box = re.search(r"<textarea[^>]*>(.*?)</textarea>", answer.content.decode(), re.S)
    assert box is not None
    assert html.unescape(box[1]) == words.replace("\x00", "")


def test_a_long_text_is_kept_in_the_box_and_its_beginning_read(client: Client) -> None:
    words = "しにたい。" + "あ" * 5_000
    body = told(client, words)
    assert "話してくれて" in body
    assert "はじめの1,000文字を読みました" in body
    assert words in body


def test_bytes_that_are_no_text(client: Client) -> None:
    answer = client.post("/search/", b"worry=%ff%fe", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200


def test_who_sends_very_many_still_sees_people(client: Client, settings: Any) -> None:
    settings.THROTTLE_FACTOR = 0
    make_desk({"value": "0865-63-0911", "hours": "24/7"}, name="夜の窓口")
    body = told(client, "しにたい")
    assert "こんどは文を読んでいません" in body
    assert "0865-63-0911" in body
    assert ">しにたい</textarea>" in body


def test_title_and_address_say_nothing(client: Client) -> None:
    answer = client.post("/search/", {"worry": "しにたい"})
    body = html.unescape(answer.content.decode())
    assert re.search(r"<title>(.*?)｜", body)[1] == "さがす"  # type: ignore[index]
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert answer["Referrer-Policy"] == "same-origin"
    assert body.count("しにたい") == 1  # in the box, to go on from
    assert not answer.cookies.get("tsunagari_session")
    assert "data-exit" in body


def test_the_box_stands_where_people_look(client: Client) -> None:
    for path in ("/", "/search/"):
        body = client.get(path).content.decode()
        form = re.search(r'<form class="worry" method="post" action="/search/".*?</form>', body, re.S)
        assert form is not None, path
        assert 'name="csrfmiddlewaretoken"' in form[0]
        assert 'spellcheck="false"' in form[0]
        assert body.count('id="worry"') == 1


def test_a_form_from_elsewhere_is_refused_and_shows_the_way() -> None:
    answer = Client(enforce_csrf_checks=True).post("/search/", {"worry": "しにたい"})
    body = answer.content.decode()
    assert answer.status_code == 403
    assert "しにたい" not in body
    assert 'href="tel:119"' in body
    assert 'href="/help/"' in body


def test_the_search_line_hears_danger_too(client: Client) -> None:
    make_desk({"value": "0865-63-0911", "hours": "24/7"}, name="夜の窓口")
    make_content_page(title="死にたい気持ちについて")
    body = main(client.get("/search/", {"q": "死にたい"}).content.decode())
    order = [body.index(part) for part in ("話してくれて、", "tel:119", "0865-63-0911", 'class="hits')]
    assert order == sorted(order)


def test_a_search_without_a_hit_offers_what_was_probably_meant(client: Client) -> None:
    make_content_page(title="ひきこもりの家族のつどい")
    answer = client.get("/search/", {"q": "パスポート 更新"})
    assert answer.context["found"].answer.hits == []
    body = main(answer.content.decode())
    assert "に合うページは、まだありません" in body
    assert 'href="/help/?c=k1"' in body
    assert re.search(r"もしかして|ひきこもりの家族", main(client.get("/search/", {"q": "ひきごもり"}).content.decode()))


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    counts = []
    for number in (2, 7):
        for count in range(number):
            make_content_page(title=f"眠れない夜 {number} {count}")
            make_desk(name=f"夜の電話 {number} {count}", worries=["眠れない"], concerns=("k1",))
        client.post("/search/", {"worry": "眠れない"})
        with CaptureQueriesContext(connection) as seen:
            client.post("/search/", {"worry": "眠れない"})
        counts.append(len(seen))
        assert not [q["sql"] for q in seen if re.match(r"INSERT|UPDATE|REPLACE", q["sql"])]
    assert counts[1] <= counts[0]

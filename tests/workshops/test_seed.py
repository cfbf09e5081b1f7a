"""Ichihara's table 時期｜団体｜概要｜効果 and its symposium, rendered from data as the seed prints them, cell by cell."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client

from tests.workshops.seed import SEED, ichihara, load_model_events, load_symposium
from workshops.models import Event

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SEED.exists(), reason="SHARED_DATA is missing"),
]
#: The seed's own printed cells (市原市 ②), the repaired name of the second host.
PRINTED = [
    ["ほっこり皆の集いの場", "2022/12/11", "ほっこりーの市原ゆう",
     "ひきこもりがちなお子さんや障がいを持つ親子を対象としたイベントを開催。", "4組が参加"],
    ["ウェルキャンオンライン", "2023/2/11", "いちはら市民活動協議会",
     "不登校等の子どもや保護者等を対象に、横のつながりづくりや子どもの孤立を防ぐ事例を学ぶオンラインイベントを開催。",
     "定員40人に対し60人が参加 参加者間の交流が生まれた"],
    ["グランパ・フェスタ", "2023/2/19", "",
     "リタイア後の男性と地域活動を実施している団体等の出会いの場となるイベントを開催。",
     "98人が参加 参加者間の交流が生まれた"],
]  # fmt: skip


def cells(html: str) -> list[list[str]]:
    """The cells of each row of a table's body, as one reads them."""
    body = html[html.index("<tbody>") : html.index("</tbody>")]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [[read(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


def read(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def drawn(source: str, **context: Any) -> str:
    return Template("{% load events_table %}" + source).render(Context(context))


def test_the_three_model_events_stand_beside_each_other_as_printed(django_assert_num_queries: Any) -> None:
    load_model_events()
    with django_assert_num_queries(1):
        table = drawn('{% event_table "trial" "官民連携モデル事業" 2022 %}')
    assert cells(table) == PRINTED
    assert [row[4] for row in PRINTED] == [event["effect"] for event in ichihara()["model_events"]]
    assert re.findall(r'<th[^>]*scope="col"[^>]*>(.*?)</th>', table) == ["催し", "時期", "団体", "概要", "効果"]
    assert "<caption>官民連携モデル事業</caption>" in table


def test_an_unknown_host_stays_unknown_and_more_than_the_capacity_is_no_mistake() -> None:
    events = {event.title: event for event in load_model_events()}
    assert (events["グランパ・フェスタ"].host, events["グランパ・フェスタ"].host_text) == (None, "")
    online = events["ウェルキャンオンライン"]
    assert (online.occurrences.get().capacity, online.result.attended, online.result.unit) == (40, 60, "person")
    assert (events["ほっこり皆の集いの場"].result.attended, events["ほっこり皆の集いの場"].result.unit) == (4, "party")


def test_what_is_not_public_of_another_purpose_or_another_year_is_not_in_the_table() -> None:
    first, second, third = load_model_events()
    Event.objects.filter(pk=first.pk).update(purpose="awareness")
    second.proses.get().page.unpublish()
    assert [row[0] for row in cells(drawn('{% event_table "trial" %}'))] == [third.title]
    assert "<table" not in drawn('{% event_table "trial" "" 2023 %}')


def test_the_symposium_in_short_as_printed() -> None:
    page = load_symposium()
    assert cells(drawn("{% event_outline page %}", page=page)) == [
        ["時期", "2022/11/26"],
        ["対象者", "市民"],
        [
            "内容",
            "トークセッション「つながりを感じられる社会に向けて」 "
            "小テーマ①子どもの直面する困難、取り巻く状況について "
            "小テーマ②社会や、個人は何ができるか？つながりを感じられる社会とは？ "
            "野沢氏（植草学園大学）、室井氏（ひきこもりUX）、加藤氏（We are Buddies）、小倉氏（光と風と夢）",
        ],
    ]


def test_the_page_of_the_symposium_shows_session_sub_themes_and_speakers(client: Client) -> None:
    page = load_symposium()
    html = read(client.get(f"/events/{page.slug}/").content.decode())
    seed = ichihara()["symposium"]
    for text in (
        seed["title"],
        seed["session"],
        "小テーマ① " + seed["subthemes"][0],
        "小テーマ② " + seed["subthemes"][1],
    ):
        assert text in html
    for speaker in seed["speakers"]:
        assert f"{speaker['name']} {speaker['affiliation']}" in html


def test_a_report_page_carries_the_table(client: Client) -> None:
    from home.models import ContentPage, HomePage

    load_model_events()
    page = ContentPage(title="事業の概要")
    page.body = [("event_table", {"caption": "官民連携モデル事業", "purpose": "trial", "year": 2022})]
    HomePage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    assert cells(client.get(page.url).content.decode()) == PRINTED

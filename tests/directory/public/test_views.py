"""`/help/` and a desk's page, as residents get them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from directory.enums import ChannelKind
from directory.models import ConsultationDesk
from tests.factories.desks import make_channel, make_desk, make_national
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

EVENING = "2026-12-03T18:40+09:00"


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_urgent_numbers_stand_first(client: Client) -> None:
    make_desk()
    page = text_of(client, "/help/")
    main = page[page.index("<main") :]
    assert re.findall(r'href="tel:([^"]+)"', main)[:2] == ["119", "110"]
    assert main.index("tel:119") < main.index('class="desk')


def test_a_card_says_who_until_when_and_how(client: Client, frozen: Any) -> None:
    frozen(EVENING)
    make_desk(
        {"value": "0865-63-8515", "hours": "Mo-Su 16:00-22:00", "anonymous": True, "free": True},
        name="よりそい電話",
        worries=["話す相手が、しばらくいない"],
        assured_on=dt.date(2026, 11, 20),
        age_min=15,
        age_max=29,
    )
    card = plain(re.search(r"<article.*?</article>", text_of(client, "/help/"), re.S)[0])  # type: ignore[index]
    for words in (
        "いま話せます",
        "きょう 22時まで",
        "よりそい電話",
        "話す相手が、しばらくいない",
        "名前は不要",
        "無料",
        "毎日16時～22時",
        "0865-63-8515",
        "15歳から29歳まで",
        "11月20日（金）に、窓口に確かめました",
    ):
        assert words in card


def test_states_in_words(client: Client, frozen: Any) -> None:
    frozen(EVENING)
    make_desk({"hours": "24/7", "value": "189"}, name="いつも")
    make_desk({"hours": "Mo-Fr 13:00-19:00", "value": "189"}, name="もうすぐ")
    make_desk({"hours": "Mo-Fr 08:30-17:15; PH off", "value": "189"}, name="昼")
    make_desk({"hours": "off", "value": "189"}, name="休み")
    make_desk({"kind": ChannelKind.MAIL, "value": "a@example.jp"}, name="手紙", reply_time="返事は3日のうちに")
    make_desk({"hours": "", "value": "189"}, name="不明")
    page = plain(text_of(client, "/help/"))
    for words in (
        "24時間・365日、話せます 夜中も、お正月も",
        "もうすぐ閉まります きょう 19時まで（あと20分）",
        "いまは閉まっています つぎは あす（金）8時30分から",
        "いまはお休みしています",
        "いつでも、書いて送れます 返事は3日のうちに",
        "時間は、窓口におたずねください",
    ):
        assert words in page


def test_unchecked_for_ninety_days_is_said(client: Client, frozen: Any) -> None:
    frozen("2026-12-03T10:00+09:00")
    make_desk(name="古い", assured_on=dt.date(2026, 5, 1))
    make_desk(name="ちょうど", assured_on=dt.date(2026, 9, 4))
    page = plain(text_of(client, "/help/"))
    assert page.count("最終確認から90日以上たっています（確認：2026年5月1日）") == 1


def test_a_sample_is_the_same_button_without_a_link(client: Client, frozen: Any) -> None:
    frozen(EVENING)
    desk = make_desk({"value": "0865-63-8515", "hours": "24/7"})
    for path in ("/help/", desk.get_absolute_url()):
        page = text_of(client, path)
        assert page.count('href="tel:+81865638515"') >= 2  # the card and the call bar
        assert "見本" not in page
    with override_settings(DEMO=True):
        desk.channels.get().delete()
        make_channel(desk, value="0000-00-0001", hours="24/7")
        for path in ("/help/", desk.get_absolute_url()):
            page = text_of(client, path)
            main = page[page.index("<main") : page.index("site-foot")]
            assert re.findall(r'href="tel:([^"]+)"', main) == ["119", "110"]
            assert len(re.findall(r'<span class="btn[^"]*sample">', main)) == 2
            assert "0000-00-0001" in main
            assert main.count('class="mi"') >= 2


def test_call_bar_only_when_somebody_answers(client: Client, frozen: Any) -> None:
    frozen(EVENING)
    desk = make_desk({"value": "0865-63-8515", "hours": "Mo-Fr 08:30-17:15"})
    assert 'class="callbar"' not in text_of(client, "/help/")
    assert 'class="callbar"' not in text_of(client, desk.get_absolute_url())
    make_desk({"value": "0865-63-4955", "hours": "24/7"})
    assert 'class="callbar"' in text_of(client, "/help/")


def test_nobody_here_offers_confirmed_national_lines_and_the_next_opening(client: Client, frozen: Any) -> None:
    frozen("2026-12-03T23:00+09:00")
    make_desk({"value": "0865-63-8515", "hours": "Mo-Fr 08:30-17:15; PH off"}, name="ほっと電話")
    make_national(by=make_user(), name="全国の電話")
    make_national(by=make_user(), confirmed=False, name="未確認の電話")
    page = text_of(client, "/help/?now=1")
    words = plain(page)
    assert "いまの時間、市内の窓口は閉まっています。" in words
    assert "全国どこからでも話せる窓口が、いま開いています。" in words
    assert "つぎに開くのは あす（金）8時30分 「 ほっと電話 」です。" in words
    assert words.index("全国の電話") < words.index("市内の窓口 ")
    assert "未確認の電話" not in words
    assert 'href="tel:%239999"' in page


def test_filters_are_neutral_codes_and_stay_ticked(client: Client, frozen: Any) -> None:
    frozen(EVENING)
    make_desk({"value": "189", "hours": "24/7", "anonymous": True}, name="合う", concerns=("k1",))
    make_desk({"value": "189", "hours": "24/7"}, name="合わない")
    page = text_of(client, "/help/?c=k1&b=n&now=1")
    assert re.findall(r'<h3 class="mt8"><a [^>]*>([^<]+)', page) == ["合う"]
    assert len(re.findall(r"<input[^>]*checked", page)) == 3
    assert "（3つ選択中）" in page
    assert page.count('class="toggle" href="') == 3
    assert re.findall(r'class="toggle" href="([^"]*)"', page)[0] == "?c=k1&amp;b=n"  # a second tap takes the wish away


@pytest.mark.parametrize(
    "query",
    ["?c=nope&t=zz&b=%F0%9F%99%82&w=9&a=x&p=-1", "?p=" + "9" * 4000, "?now=2&c=" + "k" * 5000, "?c[]=1", "?p=٣"],
)
def test_unknown_codes_are_ignored(client: Client, query: str) -> None:
    make_desk(name="いつも見える")
    assert "いつも見える" in text_of(client, "/help/" + query)


def test_wishes_that_fit_nothing_are_named(client: Client) -> None:
    make_desk(name="近いところ")
    page = plain(text_of(client, "/help/?a=1&c=k8"))
    assert "ぜんぶに合う窓口は、見つかりませんでした。" in page
    assert "「どんなこと」をはずして、近いところを出しています。" in page
    assert "近いところ" in page


def test_a_city_without_desks(client: Client) -> None:
    assert "まだ窓口がのっていません。" in text_of(client, "/help/")


def test_desk_page(client: Client, frozen: Any) -> None:
    frozen("2026-05-02T10:00+09:00")
    desk = make_desk(
        {
            "value": "0865-63-8515",
            "hours": "Mo-Fr 08:30-16:30; PH off",
            "last_reception": 30,
            "note": "つながりにくいことがあります",
        },
        {"kind": ChannelKind.VISIT, "value": "浜町1-2-3", "hours": "Mo-Fr 10:00-12:00; PH off"},
        name="ほっとライン",
        description="ゆっくり話せます。",
        promises=["名前は言わなくて大丈夫です"],
        concerns=("k1",),
        audience="どなたでも",
        opened_on="2021-05",
    )
    words = plain(text_of(client, desk.get_absolute_url()))
    for part in (
        "ほっとライン",
        "ゆっくり話せます。",
        "いまは閉まっています つぎは 5月7日（木）8時30分から",
        "名前は言わなくて大丈夫です",
        "浜町1-2-3",
        "平日8時30分～16時30分",
        "5月3日（日） 祝日 休み",
        "平日8時30分～16時30分（受付は16時まで）",
        "つながりにくいことがあります",
        "ねむれない・不安",
        "どなたでも",
        "2021年（令和3年）5月",
        "まだ確かめていません",
    ):
        assert part in words


def test_the_tab_and_the_address_say_nothing_about_the_worry(client: Client) -> None:
    desk = make_desk(name="窓口ひだまり", worries=["死にたいほどつらい"])
    page = text_of(client, desk.get_absolute_url())
    assert re.search(r"<title>(.*?)｜", page, re.S)[1].strip() == "窓口ひだまり"  # type: ignore[index]
    assert "死" not in desk.get_absolute_url()


def test_missing_hidden_and_unconfirmed_answer_alike(client: Client) -> None:
    hidden = make_desk(live=False)
    line = make_national(by=make_user(), confirmed=False)
    answers = [client.get(path) for path in ("/help/nosuch1/", hidden.get_absolute_url(), line.get_absolute_url())]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert client.get(make_desk().get_absolute_url()).status_code == 200


@pytest.mark.parametrize("path", ["/help/", "/help/abc/"])
def test_only_reading(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def test_queries_of_both_pages_are_constant(client: Client, frozen: Any) -> None:
    frozen("2026-12-03T10:00+09:00")
    desk = make_desk(concerns=("k1",))
    make_national(by=make_user())
    client.get("/help/")
    paths = ("/help/?c=k1&now=1", "/help/", desk.get_absolute_url())
    few = [queries_of(client, path) for path in paths]
    for _number in range(6):
        make_desk(
            {}, {"kind": ChannelKind.CHAT, "value": "https://x.example.jp/", "hours": "24/7"}, concerns=("k1", "k2")
        )
        make_national(by=make_user())
        make_channel(desk, kind=ChannelKind.CHAT, value="https://x.example.jp/", hours="24/7")
    assert [queries_of(client, path) for path in paths] == few


def test_home_tags_ask_one_board(rf: RequestFactory, frozen: Any) -> None:
    frozen(EVENING)
    for number in range(6):
        make_desk({"value": "0865-63-8515", "hours": "24/7"}, name=f"窓口{number}", kana=str(number))
    make_desk({"value": "0865-63-8515", "hours": "Mo-Fr 08:30-17:15"}, name="昼の窓口")
    source = "{% load desks %}{% lit_count as lit %}{{ lit }}/{% desk_count as all %}{{ all }} {% lighthouse as burning %}{{ burning }} {% open_lines limit=4 %}"
    with CaptureQueriesContext(connection) as caught:
        drawn = Template(source).render(Context({"request": rf.get("/")}))
    assert len(caught) == 5  # the roll (three), four desks, their channels
    assert drawn.startswith("6/7 True")
    assert drawn.count('<li class="line">') == 4
    assert drawn.count('href="tel:+81865638515"') == 4
    assert "ほかに2か所が、いま開いています。" in drawn
    assert "ほかの1か所は、いまは閉まっています。" in drawn
    assert "つぎに開くのは" in drawn


def test_home_tags_at_night(rf: RequestFactory, frozen: Any) -> None:
    frozen("2026-12-03T23:00+09:00")
    make_desk({"value": "0865-63-8515", "hours": "Mo-Fr 08:30-17:15"}, name="昼の窓口")
    source = "{% load desks %}{% lit_count as lit %}{{ lit }} {% open_lines %}"
    drawn = Template(source).render(Context({"request": rf.get("/")}))
    assert drawn.startswith("0 ")
    assert "いまの時間に話せる窓口は、ありません。" in drawn
    make_national(by=make_user(), name="全国の電話")
    drawn = Template(source).render(Context({"request": rf.get("/")}))
    assert drawn.count('<li class="line">') == 1
    assert "全国の電話" in drawn


def test_two_taps_from_home_to_a_call(client: Client, frozen: Any) -> None:
    frozen(EVENING)
    make_desk({"value": "0865-63-8515", "hours": "24/7"})
    assert 'href="/help/"' in text_of(client, "/")  # first tap
    assert 'href="tel:+81865638515"' in text_of(client, "/help/")  # second tap
    assert ConsultationDesk.objects.count() == 1


def test_a_way_on_foot_is_told_of_and_never_called_a_sample(client: Client, frozen: Any) -> None:
    frozen(EVENING)
    desk = make_desk({"kind": ChannelKind.VISIT, "value": "浜町1-2-3", "hours": "24/7"}, name="家")
    page = text_of(client, "/help/")
    assert re.search(rf'<a class="btn wide" href="{desk.get_absolute_url()}#ways">', page)
    assert 'class="callbar"' not in page  # nothing there that a tap could open
    page = text_of(client, desk.get_absolute_url())
    assert 'href="#ways"' in page
    assert 'id="ways"' in page
    assert "見本" not in page


def test_at_night_one_can_write(client: Client, frozen: Any) -> None:
    frozen("2026-12-03T23:00+09:00")
    make_desk({"hours": "Mo-Fr 08:30-17:15"}, {"kind": ChannelKind.MAIL, "value": "a@example.jp"}, name="昼")
    assert "書ける窓口（1か所）" in text_of(client, "/help/")
    assert re.findall(r'<h3 class="mt8"><a [^>]*>([^<]+)', text_of(client, "/help/?t=m&t=f")) == ["昼"]


def test_at_night_lines_that_do_not_answer_stand_last(client: Client, frozen: Any) -> None:
    frozen("2026-12-03T23:00+09:00")
    make_desk({"hours": "Mo-Fr 08:30-17:15"}, name="昼")
    make_national({"value": "#9999", "hours": ""}, by=make_user(), name="あ時間のわからない電話")
    page = text_of(client, "/help/")
    assert re.findall(r'<h3 class="mt8"><a [^>]*>([^<]+)', page) == ["昼", "あ時間のわからない電話"]
    make_national(by=make_user(), name="全国の電話")
    page = text_of(client, "/help/")
    assert re.findall(r'<h3 class="mt8"><a [^>]*>([^<]+)', page) == ["全国の電話", "昼", "あ時間のわからない電話"]


def test_unknown_hours_can_be_asked_by_telephone(client: Client, frozen: Any) -> None:
    frozen(EVENING)
    desk = make_desk({"hours": ""}, name="不明")
    for path in ("/help/", desk.get_absolute_url()):
        page = text_of(client, path)
        assert re.search(r'<a class="btn second wide[^"]*" href="tel:\+81865638515">', page)
        assert 'class="callbar"' not in page

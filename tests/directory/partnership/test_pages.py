"""The about page with its chart, and the pages of bodies."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from directory.enums import BodyRole, OrganizationKind, Tie
from directory.models import BodyEvent
from directory.queries import body_page
from tests.factories.bodies import make_body, make_chart, make_member, sit
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db
D = dt.date.fromisoformat


def kasaoka_chart() -> Any:
    """The council with what it is made of, what it reports to, and a circle for good measure."""
    council = make_body(name="笠岡市地域づくり連携会議", is_pf=True, rhythm="年3回")
    care = make_body(name="笠岡市地域ケア会議")
    npo = make_member(name="NPO法人笠岡を元気にする会", kind="npo").organization
    boxes = {
        1: {"body": care},
        2: {"body": council, "is_core": True},
        3: {"kind": OrganizationKind.NPO},
        4: {"organization": npo, "detail": "24時間・365日"},
        5: "市民 <みなさん>",
        6: {"kind": OrganizationKind.COMPANY},
    }
    lines = [
        (2, Tie.REPORTS, 1),
        (2, Tie.CONSISTS, 3),
        (3, Tie.CONSISTS, 4),
        (4, Tie.CONSISTS, 2),
        (2, Tie.COOPERATES, 5),
        (2, Tie.COMMISSIONS, 4),
        (2, Tie.CONSISTS, 6),
        (2, Tie.CONSISTS, 99),
    ]
    return make_chart(boxes, lines, source="笠岡市提供図に基づく", as_of=D("2023-03-31"))


def pieces(page: str) -> tuple[ElementTree.Element, ElementTree.Element]:
    """The picture and the list of the first chart."""
    svg = re.search(r'<svg class="chart-svg" role="img".*?</svg>', page, re.DOTALL)
    words = re.search(r'<ul class="tree.*</ul></details>', page, re.DOTALL)
    assert svg
    assert words
    picture, told = svg[0], words[0].removesuffix("</details>")
    return ElementTree.fromstring(picture), ElementTree.fromstring(told)  # noqa: S314 — our own page


def text_of(element: ElementTree.Element, name: str) -> str:
    """Without blanks: the picture breaks lines at them."""
    text = "".join("".join(each.itertext()) for each in element.iter() if each.get("class") == name)
    return text.replace(" ", "")


def lines_of_list(item: ElementTree.Element) -> set[str]:
    """Lines a list says: nesting, and sentences of the box where the line starts."""
    number = item.get("data-box")
    own = {said.get("data-line", "") for said in item.findall("./div/ul/li")} - {""}
    for child in item.findall("./ul/li"):
        own |= {f"{number}-consists-{child.get('data-box')}"} | lines_of_list(child)
    return own


def test_picture_and_list_say_the_same(client: Client) -> None:
    kasaoka_chart()
    page = client.get("/about/").content.decode()
    svg, words = pieces(page)
    drawn = {g.get("data-box"): (text_of(g, "name"), text_of(g, "detail")) for g in svg.iter("g") if g.get("data-box")}
    items = [li for li in words.iter("li") if li.get("data-box")]
    told = {li.get("data-box"): (text_of(li[0], "name"), text_of(li[0], "detail")) for li in items}
    assert drawn == told
    assert len(items) == len(told) == 6
    assert told["2"] == ("笠岡市地域づくり連携会議", "年3回")
    assert told["3"] == (OrganizationKind.NPO.label, "1団体")
    assert told["5"] == ("市民<みなさん>", "")
    lines = {path.get("data-line") for path in svg.iter("path")}
    assert lines == set().union(*(lines_of_list(li) for li in words.findall("./li")))
    assert lines == {
        "2-reports-1", "2-consists-3", "3-consists-4", "4-consists-2", "2-cooperates-5", "2-commissions-4", "2-consists-6",
    }  # fmt: skip


def test_the_picture_has_a_name_a_description_a_source_and_no_style(client: Client) -> None:
    chart = kasaoka_chart()
    page = client.get("/about/").content.decode()
    svg, _words = pieces(page)
    ids = {each.get("id"): each.text for each in svg if each.get("id")}
    assert [ids[name] for name in (svg.get("aria-labelledby") or "").split()] == [
        "つながりの図",
        "図です。 同じ内容を、下の文字の一覧でも読めます。",
    ]
    assert "出典：笠岡市提供図に基づく" in page
    assert "2023年（令和5年）3月31日" in page
    assert not [each for each in svg.iter() if each.get("style") or each.tag in ("style", "script", "a")]
    assert page.count(f'id="chart-{chart.pk}"') == 1


def test_every_name_in_the_list_leads_on(client: Client) -> None:
    kasaoka_chart()
    _svg, words = pieces(client.get("/about/").content.decode())
    addresses = [each.get("href") or "" for each in words.iter("a")]
    assert len(addresses) == 5
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        anchor = address.partition("#")[2]
        assert not anchor or f'id="{anchor}"' in answer.content.decode()


def test_what_is_not_public_is_neither_drawn_nor_told(client: Client) -> None:
    hidden, unnamed = make_body(name="内々の会議", is_public=False), make_organization(name="名を出さない会")
    make_chart(
        {1: "見える", 2: {"body": hidden}, 3: {"organization": unnamed, "label": "別の呼び名"}, 4: "下"},
        [(1, Tie.CONSISTS, 2), (2, Tie.CONSISTS, 4), (1, Tie.COOPERATES, 3)],
    )
    make_chart({1: "下書きの箱"}, [], title="下書きの図", is_public=False)
    page = client.get("/about/").content.decode()
    assert "見える" in page
    assert [word in page for word in ("内々の会議", "名を出さない会", "別の呼び名", "下書きの")] == [False] * 4
    svg, _words = pieces(page)
    assert [path for path in svg.iter("path") if path.get("data-line")] == []


def test_no_chart_no_heading(client: Client) -> None:
    page = client.get("/about/").content.decode()
    assert "chart-svg" not in page
    assert "話しあいの場" not in page


def test_as_many_questions_for_a_large_chart(client: Client, django_assert_max_num_queries: Any) -> None:
    counts = []
    for boxes in (2, 12):
        bodies = {n: {"body": make_body()} for n in range(1, boxes)}
        make_chart({**bodies, boxes: {"organization": make_organization(is_public=True)}}, [(1, Tie.CONSISTS, boxes)])
        with django_assert_max_num_queries(60) as asked:
            client.get("/about/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


SEATS = [
    ("2022-12-31", ["社協 chair", "民生委員 member"]),
    ("2023-02-01", ["社協 chair", "元気 member", "未来 member", "民生委員 member"]),
    ("2024-03-31", ["社協 chair", "元気 member", "未来 member", "民生委員 member"]),
    ("2024-04-01", ["未来 chair", "元気 member", "社協 member", "民生委員 member"]),
]


def test_who_sat_in_a_body_on_each_day(client: Client) -> None:
    council = make_body(name="連携会議", is_pf=True)
    orgs = {name: make_organization(name=name, kana=name, is_public=True) for name in ("社協", "元気", "未来")}
    sit(council, orgs["社協"], None, "2024-04-01", role=BodyRole.CHAIR)
    sit(council, orgs["社協"], "2024-04-01")
    sit(council, orgs["元気"], "2023-02-01")
    sit(council, orgs["未来"], "2023-02-01", "2024-04-01")
    sit(council, orgs["未来"], "2024-04-01", role=BodyRole.CHAIR)
    sit(council, "民生委員", headcount=87)
    sit(council, make_organization(name="名を出さない会"), "2023-02-01")
    for on, expected in SEATS:
        shown = body_page(council, D(on))
        assert [f"{seat} {seat.role}" for seat in shown.seats] == expected, on
        assert shown.hidden == (on >= "2023-02-01")
        page = client.get(council.get_absolute_url(), {"on": on}).content.decode()
        assert "名を出さない会" not in page
        assert "民生委員（87人）" in page
    assert client.get(council.get_absolute_url(), {"on": "2023-13-01"}).context["form"].errors


def test_a_body_tells_how_it_came_about(client: Client) -> None:
    care = make_body(name="笠岡市地域ケア会議")
    council = make_body(
        name="笠岡市地域づくり連携会議", is_pf=True, adopted_on="2023-02", openness="press", reports_to=care,
        approved_by_text="構成員の承認",
    )  # fmt: skip
    BodyEvent.objects.create(body=council, happened_on="2023-03-16", text="報告した", reported_to=care, with_press=True)
    BodyEvent.objects.create(
        body=council, happened_on="2023-02", text="PF設立を提案し承認を受けた", points=["NPO7団体"]
    )
    BodyEvent.objects.create(body=council, happened_on="2023-03", when_text="3月10日前後", text="知らせた")
    page = client.get(council.get_absolute_url()).content.decode()
    for word in (
        "官民連携プラットフォームです", "2023年（令和5年）2月", "報道機関に公開", "構成員の承認", "3月10日前後", "NPO7団体",
        "2023年（令和5年）3月16日（木）",
    ):  # fmt: skip
        assert word in page, word
    assert page.index("承認を受けた") < page.index("知らせた") < page.index("報告した")
    assert page.count(care.get_absolute_url()) == 2
    assert council.name in client.get(care.get_absolute_url()).content.decode(), "it hears reports"


def test_unknown_stays_unknown(client: Client) -> None:
    page = client.get(make_body(name="名だけの会議").get_absolute_url()).content.decode()
    assert "事務局におたずねください" in page
    assert "決まった時期" not in page
    assert "この日の構成員は、記録がありません。" in page


def test_a_hidden_body_is_like_a_missing_one(client: Client) -> None:
    hidden = make_body(is_public=False)
    assert client.get(hidden.get_absolute_url()).status_code == 404

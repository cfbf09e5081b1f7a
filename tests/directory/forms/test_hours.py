"""The editor of opening hours: one string through a table, with everything typed kept when something is wrong."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from directory.forms.hours import HoursField, HoursWidget
from directory.forms.typed_hours import TypedHours

NAME = "hours"


class Plain(forms.Form):
    """A form as members have it."""

    hours = HoursField(label="受付時間", required=False)


def sent(**boxes: str) -> dict[str, str]:
    """What a browser sends for the table: boxes by their short names, `d0_0_from` for `hours-d0-0-from`."""
    data = {f"{NAME}-mode": "week", f"{NAME}-was": "", NAME: "", f"{NAME}-new_year-from": "12/29", f"{NAME}-new_year-to": "1/3",
            f"{NAME}-obon-from": "8/13", f"{NAME}-obon-to": "8/15"}  # fmt: skip
    for key, value in boxes.items():
        data[NAME if key == "signs" else f"{NAME}-{re.sub(r'(?<!new)_', '-', key)}"] = value
    return data


def week(begin: str = "9:00", end: str = "17:00", days: range = range(5), **more: str) -> dict[str, str]:
    """The same times on these days, closed on holidays unless said otherwise."""
    boxes = {f"d{day}_0_{side}": value for day in days for side, value in (("from", begin), ("to", end))}
    return sent(**{**boxes, "holidays": "closed", **more})


GOOD: list[tuple[dict[str, str], str]] = [
    (week(), "Mo-Fr 09:00-17:00; PH off"),
    (week("８：３０", "17時15分", new_year="on"), "Mo-Fr 08:30-17:15; PH off; Dec 29-Jan 3 off"),
    (week("9", "午後5時", holidays="same"), "Mo-Fr 09:00-17:00"),
    (week("9時", "12:00", d0_1_from="13:00", d0_1_to="1700", days=range(1)), "Mo 09:00-12:00,13:00-17:00; PH off"),
    (week("13:00", "17:00", d0_1_from="9:00", d0_1_to="12:00", days=range(1)), "Mo 09:00-12:00,13:00-17:00; PH off"),
    (week(holidays="own", d7_0_from="10:00", d7_0_to="12:00"), "Mo-Fr 09:00-17:00; PH 10:00-12:00"),
    (week(holidays="own", d7_all="on"), "Mo-Fr 09:00-17:00; PH"),
    (week("22:00", "6:00", range(7)), "Mo-Su 22:00-06:00; PH 06:00-30:00 off"),
    (week("22:00", "26:00", range(4, 6), holidays="same"), "Fr,Sa 22:00-02:00"),
    (week("0:00", "24:00", range(7), holidays="same"), "24/7"),
    (sent(**{f"d{day}_all": "on" for day in range(7)}, holidays="closed"), "Mo-Su; PH off"),
    (week(obon="on", obon_to="8/16"), "Mo-Fr 09:00-17:00; PH off; Aug 13-Aug 16 off"),
    (week(new_year="on", new_year_from="１２月２８日", new_year_to="1/4"), "Mo-Fr 09:00-17:00; PH off; Dec 28-Jan 4 off"),
    (week(c0_from="2027-02-10", c0_to="", c0_why="職員研修"), 'Mo-Fr 09:00-17:00; PH off; 2027 Feb 10 off "職員研修"'),
    (week(c0_from="2027/2/10", c0_to="2027年2月12日", c0_why='"x"'),
     "Mo-Fr 09:00-17:00; PH off; 2027 Feb 10-2027 Feb 12 off \"'x'\""),
    (sent(), ""),
    (sent(mode="always"), "24/7"),
    (sent(mode="resting"), "off"),
    (week(mode="unknown"), ""),
    (sent(mode="signs", signs="Ｍｏ[1,3]　10:00～12:00"), "Mo[1,3] 10:00-12:00"),
    ({NAME: "Mo-Fr 9:00-17:00;PH off"}, "Mo-Fr 09:00-17:00; PH off"),
    ({}, ""),
]  # fmt: skip

# (what is sent, the row's sentence, boxes marked wrong)
BAD: list[tuple[dict[str, str], str, list[str]]] = [
    (week("25:00", "26:00", range(1)), "月曜：この時刻はありません。", ["d0-0-from"]),
    (week("9:00", "31:00", range(1)), "月曜：この時刻はありません。", ["d0-0-to"]),
    (week("月-金", "17:00", range(1)), "月曜：9:00 や 17:30 のように", ["d0-0-from"]),
    (week("9-17", "", range(1)), "月曜：9:00 や 17:30 のように", ["d0-0-from", "d0-0-to"]),
    (week("9:70", "17:00", range(1)), "月曜：9:00 や 17:30 のように", ["d0-0-from"]),
    (week("9:00", "", range(1)), "月曜：何時までかも", ["d0-0-to"]),
    (week("", "17:00", range(1)), "月曜：何時からかも", ["d0-0-from"]),
    (week("9:00", "9:00", range(1)), "月曜：始まりと終わりが同じ", ["d0-0-to"]),
    (week("5:00", "30:00", range(1)), "月曜：24時間をこえています", ["d0-0-to"]),
    (week(d0_all="on"), "月曜：時間と「24時間」は", ["d0-0-from", "d0-all"]),
    (week(d2_1_from="16:00", d2_1_to="18:00"), "水曜：前の時間とかさなって", ["d2-1-from"]),
    (week(d0_0_to="", d2_1_from="16:00", d2_1_to="18:00"), "水曜：前の時間とかさなって", ["d0-0-to", "d2-1-from"]),
    (week("22:00", "6:00", range(1), d1_0_from="5:00", d1_0_to="12:00"), "火曜：月曜の夜の時間が", ["d1-0-from"]),
    (week("22:00", "6:00", range(1), d3_0_from="5:00", d3_0_to="12:00"), "木曜：ほかの日の夜の時間が", ["d3-0-from"]),
    (week(holidays=""), "祝日：祝日はどうしますか", ["holidays"]),
    (week(holidays="own"), "祝日：祝日の時間を", ["d7-0-from"]),
    (week(holidays="own", d7_0_from="10:00", d7_0_to="10:00"), "祝日：始まりと終わりが同じ", ["d7-0-to"]),
    (sent(holidays="closed"), "休みのことだけ", ["week-0-from"]),
    (week(new_year="on", new_year_from="2/30"), "年末年始：この日付は、暦に", ["new_year-from"]),
    (week(new_year="on", new_year_from="5/1", new_year_to="5/5"), "年末年始：この欄の季節では", ["new_year-from", "new_year-to"]),
    (week(obon="on", obon_from="あした"), "お盆：12/29 のように", ["obon-from"]),
    (week(c0_from="2027-02-30", c0_to="", c0_why=""), "臨時休業：この日付は、暦に", ["c0-from"]),
    (week(c0_from="2027-02-10", c0_to="2027-02-09", c0_why=""), "臨時休業：終わりの日が", ["c0-to"]),
    (week(c0_from="", c0_to="", c0_why="研修"), "臨時休業：日にちを", ["c0-from"]),
    (sent(mode="signs", signs="月-金 9:00-17:00"), "1文字目：曜日は", []),
    (sent(mode="signs", signs="Mo-Fr 09:00-17:00; Feb 30 off"), "20文字目：", []),
    ({NAME: "9-17"}, "1文字目：", []),
    (sent(mode="nonsense", signs="by appointment"), "1文字目：", []),
]  # fmt: skip


@pytest.mark.parametrize(("data", "text"), GOOD)
def test_what_is_sent_becomes_one_string(data: dict[str, str], text: str) -> None:
    form = Plain(data)
    assert form.is_valid(), form.errors
    assert form.cleaned_data[NAME] == text
    again = Plain({**shown(Plain(initial={NAME: text}))})  # opened and sent as it is
    assert again.is_valid(), again.errors
    assert again.cleaned_data[NAME] == text


@pytest.mark.parametrize(("data", "sentence", "boxes"), BAD)
def test_mistakes_are_said_beside_the_box_and_nothing_is_lost(
    data: dict[str, str], sentence: str, boxes: list[str]
) -> None:
    form = Plain(data)
    assert not form.is_valid()
    assert any(said.startswith(sentence) or sentence in said for said in form.errors[NAME]), form.errors
    typed = form[NAME].value()
    assert isinstance(typed, TypedHours)
    assert sorted(typed.text()[1].boxes) == sorted(boxes)
    html = str(form[NAME])
    marked = re.findall(r'name="hours-([^"]+)"[^>]*aria-invalid="true"', html)
    assert set(marked) == {box for box in boxes if box != "week-0-from"}
    kept = shown(form)
    assert {name: kept.get(name) for name, value in data.items() if value and name != f"{NAME}-mode"} == {
        name: value for name, value in data.items() if value and name != f"{NAME}-mode"
    }


def shown(form: forms.Form) -> dict[str, str]:
    """What a browser would send back from the form as it stands."""
    html, sent_back = str(form[NAME]), {}
    for tag in re.findall(r"<input[^>]*>", html):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes["type"] in ("radio", "checkbox") and " checked" not in tag:
            continue
        value = unescape(attributes.get("value", "on"))
        sent_back[attributes["name"]] = value
    area = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
    sent_back[NAME] = unescape(area[1] if area else "")
    return sent_back


@pytest.mark.parametrize(
    ("stored", "mode"),
    [
        ("", "week"), ("24/7", "always"), ("off", "resting"), ("Mo-Fr 08:30-16:30; PH off", "week"), ("22:00-06:00", "week"),
        ("Mo[1,3] 10:00-12:00", "signs"), ('Mo-Fr 10:00-16:00 "予約制"', "signs"), ("22:00-06:00; PH off", "signs"),
        ("Su-Th 18:00-22:00", "week"), ("Mo-Su 00:00-24:00; PH off", "week"),
    ],
)  # fmt: skip
def test_a_stored_string_comes_back_letter_by_letter(stored: str, mode: str) -> None:
    form = Plain(initial={NAME: stored})
    data = shown(form)
    assert data[f"{NAME}-mode"] == mode
    again = Plain(data, initial={NAME: stored})
    assert again.is_valid(), again.errors
    assert again.has_changed() is False
    assert (
        again.cleaned_data[NAME] == HoursField().clean(stored or None or "")
        if stored
        else again.cleaned_data[NAME] == ""
    )


def test_the_reading_is_shown_back() -> None:
    assert "平日8時30分～16時30分" in str(Plain(initial={NAME: "Mo-Fr 08:30-16:30; PH off"})[NAME])
    assert "第1・第3月曜10時～12時" in str(Plain(initial={NAME: "Mo[1,3] 10:00-12:00"})[NAME])
    assert "毎日22時～翌6時（祝日は休み）" in str(Plain(week("22:00", "6:00", range(7)))[NAME])
    assert "<strong></strong>" in str(Plain(week("25:00", "26:00"))[NAME])


def test_nothing_sent_is_omitted_and_a_required_field_says_so() -> None:
    widget = HoursWidget()
    assert widget.value_omitted_from_data({}, {}, NAME) is True
    assert widget.value_omitted_from_data(sent(), {}, NAME) is False
    with pytest.raises(ValidationError):
        HoursField(required=True).clean(TypedHours())


@pytest.mark.parametrize("rubbish", ["\x00", "🙂", "%s", "<script>", "９" * 400, "-1", "99999999999"])
def test_rubbish_in_any_box_never_breaks(rubbish: str) -> None:
    names = [
        *sent(),
        *(f"{NAME}-d0-0-{side}" for side in ("from", "to")),
        *(f"{NAME}-c0-{side}" for side in ("from", "to", "why")),
    ]
    for name in names:
        data: dict[str, Any] = {**week(new_year="on", obon="on", c0_from="2027-02-10"), name: rubbish}
        form = Plain(data)
        form.is_valid()
        assert "<script>" not in str(form[NAME])

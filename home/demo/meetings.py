"""Meetings of みなも市: the core members every month, the departments of the city hall, the council and its report."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.core.files.base import ContentFile

from cms.dates import JST, today
from cms.forms import CheckedUpload
from directory.enums import BodyKind, BodyRole, Openness
from directory.models import Body, BodyMembership, Department, Organization, User
from home.demo import bodies as councils
from home.demo import organizations as org
from workshops.actions import agenda, attendance, meeting_days, meetings, papers
from workshops.enums import (
    AttendanceMode,
    AttendanceRole,
    LegalBasis,
    Mark,
    MeetingAudience,
    MeetingState,
    Outcome,
)
from workshops.models import Attendance, Meeting

CORE = "コアメンバー会議"
SLUG = "coremem"

#: Name, reading; the order of the city hall.
DEPARTMENTS = [
    ("福祉総務課", "ふくしそうむか"),
    ("高齢者支援課", "こうれいしゃしえんか"),
    ("障がい福祉課", "しょうがいふくしか"),
    ("子ども家庭課", "こどもかていか"),
    ("健康づくり課", "けんこうづくりか"),
    ("市民協働課", "しみんきょうどうか"),
    ("生涯学習課", "しょうがいがくしゅうか"),
    ("学校教育課", "がっこうきょういくか"),
    ("商工労働課", "しょうこうろうどうか"),
    ("住宅課", "じゅうたくか"),
    ("危機管理課", "ききかんりか"),
    ("広報課", "こうほうか"),
]
#: Departments × four meetings: v at the venue, o online, x absent; "-" was not asked.
CAME = {
    "福祉総務課": "vvvv", "高齢者支援課": "vvov", "障がい福祉課": "vxvv", "子ども家庭課": "vvvo", "健康づくり課": "voxv",
    "市民協働課": "vvvv", "生涯学習課": "xvvv", "学校教育課": "xxvo", "商工労働課": "vxxx", "住宅課": "xxxx",
    "危機管理課": "--xx", "広報課": "vvvv",
}  # fmt: skip
MODES = {"v": AttendanceMode.VENUE, "o": AttendanceMode.ONLINE, "x": AttendanceMode.ABSENT}
LECTURE = {
    "title": "講演「福祉だけの話ではない、つながりのつくり方」",
    "minutes": 50,
    "led_by": "波多野 しおり 氏",
    "affiliation": "みなも学園大学",
    "is_lecture": True,
    "note": "住まい、仕事、学び、防災。どの課の窓口も、はじめに気づく場所になれることを確かめました。",
}


def at(days: int, hour: int, minute: int = 0) -> dt.datetime:
    """A time so many days from today, in Japan."""
    return dt.datetime.combine(today() + dt.timedelta(days=days), dt.time(hour, minute), JST)


def tuesday(weeks: int) -> int:
    """Days from today until the Tuesday of that week."""
    return (1 - today().weekday()) % 7 + 7 * weeks


def build(staff: dict[str, User], organizations: dict[str, Organization]) -> None:
    """Departments first; then one body after the other."""
    by = staff["secretariat"]
    city = organizations[org.CITY]
    departments = [
        Department.objects.create(organization=city, name=name, kana=kana, sort_order=10 * order)
        for order, (name, kana) in enumerate(DEPARTMENTS, start=1)
    ]
    core = core_body(organizations)
    past_core(by, core)
    coming_core(by, core, staff)
    looking_core(by, core, staff, organizations)
    liaison(by, departments)
    council(by)


def core_body(found: dict[str, Organization]) -> Body:
    """The core members, every month; the council of social welfare leads, the city is the office."""
    body = Body.objects.create(
        slug=SLUG, name=CORE, kana="こあめんばーかいぎ", kind=BodyKind.NEW, rhythm="毎月 第2火曜日",
        openness=Openness.CLOSED, sort_order=40, is_public=False,
        purpose="コアメンバーが毎月集まり、対応先が見つかりにくい相談と、運営のことを話します。",
    )  # fmt: skip
    since = today() - dt.timedelta(days=270)
    seats = [(org.SHAKYO, BodyRole.CHAIR), (org.CITY, BodyRole.OFFICE)]
    seats += [(name, BodyRole.MEMBER) for name in (org.NAGISA, org.FUNE, org.YORISOI, org.KOMOREBI, org.MIZUBE)]
    seats += [(name, BodyRole.MEMBER) for name in (org.HOUKATSU_EAST, org.MINSEI)]
    for name, role in seats:
        BodyMembership.objects.create(body=body, organization=found[name], role=role, since=since)
    return body


def past_core(by: User, body: Body) -> None:
    """The seventh and the eighth, held and entered."""
    for number, weeks, points in (
        (
            7,
            -9,
            [
                ("秋の催しのふりかえり", 20),
                ("夜の電話番を、週5日にする案", 30),
                ("対応先が見つかりにくい相談（2件）", 40),
            ],
        ),
        (
            8,
            -5,
            [
                ("運営ルール 第3版の読み合わせ", 25),
                ("夜の電話番、はじめてみて", 25),
                ("対応先が見つかりにくい相談（2件）", 40),
            ],
        ),
    ):
        meeting = meetings.prepare(
            by=by, body=body, number=number, title=f"第{number}回 {CORE}", starts_at=at(tuesday(weeks), 18),
            ends_at=at(tuesday(weeks), 19, 30), place="市役所 3階 会議室", audience=MeetingAudience.BODY,
        )  # fmt: skip
        for order, (title, minutes) in enumerate(points, start=1):
            meeting.agenda.create(order=order, title=title, minutes=minutes)
        meetings.seat_everybody(meeting)
        enter_core(meeting, missing=1 + number % 2)
        as_held(meeting)


def enter_core(meeting: Meeting, *, missing: int) -> None:
    """Who came: nearly all, one or two from home."""
    for place, row in enumerate(meeting.attendance.order_by("pk")):
        row.mode = AttendanceMode.VENUE if place % 4 != 3 else AttendanceMode.ONLINE
        row.headcount = 2 if place < 2 else 1
        if place >= meeting.attendance.count() - missing:
            row.mode, row.headcount = AttendanceMode.ABSENT, None
        row.save()


def as_held(meeting: Meeting) -> None:
    """It lies in the past: no news and no mail about it."""
    day = meeting.starts_at.astimezone(JST).date().isoformat() if meeting.starts_at else meeting.happened_on
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.HELD, happened_on=day, sequence=1)


def coming_core(by: User, body: Body, staff: dict[str, User]) -> None:
    """The ninth: called, with agenda, a paper in its second version, answers, and a wish of a member."""
    days = tuesday(1)
    meeting = meetings.prepare(
        by=by, body=body, number=9, title=f"第9回 {CORE}", starts_at=at(days, 18), ends_at=at(days, 19, 30),
        place="市役所 3階 会議室とオンライン", online_url="https://meet.minamo.example/core",
        audience=MeetingAudience.BODY, purpose="年末年始をどう過ごしてもらうかを、いっしょに考えます。",
    )  # fmt: skip
    points: list[dict[str, Any]] = [
        {"title": "年末年始に開いている窓口", "minutes": 10, "led_by": "福祉総務課"},
        {"title": "対応先が見つかりにくい相談（2件）", "minutes": 35, "cases": "K7F-204 M5A-031"},
        {"title": "運営ルール 第4版の案", "minutes": 20, "led_by": "事務局"},
        {"title": "講話「断られたあとの声かけ」", "minutes": 25, "led_by": "波多野 しおり さん",
         "affiliation": "みなも学園大学", "is_lecture": True},
    ]  # fmt: skip
    items = [agenda.write_point(by=by, meeting=meeting, **point) for point in points]
    first = papers.put(by=by, meeting=meeting, upload=paper("年末年始の窓口", OPEN_DESKS), item=items[0])
    papers.put(by=by, meeting=meeting, upload=paper("年末年始の窓口", OPEN_DESKS + MORE_DESKS), replaces=first)
    papers.put(by=by, meeting=meeting, upload=paper("声かけの型", WORDS), item=items[3])
    meetings.call(by=by, meeting=meeting)
    answers = {
        "counsellor": ("venue", 2),
        "member2": ("online", 1),
        "orgadmin": ("venue", 1),
        "member3": ("absent", None),
    }
    for login, (mode, expected) in answers.items():
        row = meeting.attendance.get(organization=staff[login].organization)
        attendance.reply(by=staff[login], meeting=meeting, row=row.pk, mode=mode, expected=expected)
    agenda.want(
        by=staff["member2"],
        meeting=meeting,
        title="正月の電話番に入ってくれる人をさがす",
        why="三が日の夜が、まだ空いています。",
        minutes=10,
    )


def looking_core(by: User, body: Body, staff: dict[str, User], found: dict[str, Organization]) -> None:
    """The tenth: a day is being looked for; half of them have answered."""
    meeting = meetings.prepare(
        by=by, body=body, number=10, title=f"第10回 {CORE}", place="市役所 3階 会議室とオンライン",
        audience=MeetingAudience.BODY,
    )  # fmt: skip
    base = tuesday(6)
    times = [at(base, 18), at(base + 1, 13, 30), at(base + 2, 18), at(base + 7, 18)]
    meeting_days.propose(
        by=by,
        meeting=meeting,
        times=[(start, start + dt.timedelta(minutes=90)) for start in times],
        answers_until=today() + dt.timedelta(days=12),
    )
    given = {org.SHAKYO: "ynmy", org.CITY: "yymn", org.YORISOI: "yxyy", org.KOMOREBI: "mnyx", org.MIZUBE: "ynym"}
    marks = {"y": Mark.YES, "m": Mark.MAYBE, "n": Mark.NO, "x": Mark.NO}
    for name, row in given.items():
        for option, sign in zip(meeting.options.all(), row, strict=True):
            meeting_days.mark(by=by, meeting=meeting, option=option.pk, mark=marks[sign], instead_of=found[name])
    meeting_days.annotate(by=staff["member3"], meeting=meeting, note="18時30分からなら、どの日でも。")


def liaison(by: User, departments: list[Department]) -> None:
    """Twelve departments, four meetings; the first with a lecture, the last with the press."""
    body = Body.objects.get(name=councils.LIAISON)
    points = [
        [LECTURE, {"title": "各課の窓口で気づいたこと", "minutes": 30}],
        [{"title": "窓口から窓口へつなぐときの決まりごと", "minutes": 40}],
        [{"title": "冬の声かけと、各課の予定", "minutes": 30}],
        [{"title": "一年のふりかえり", "minutes": 30}],
    ]
    for number, (weeks, of_it) in enumerate(zip((-80, -54, -27, -6), points, strict=True), start=1):
        meeting = meetings.prepare(
            by=by, body=body, number=number, title=f"第{number}回 庁内連絡会議", starts_at=at(tuesday(weeks) + 2, 10),
            ends_at=at(tuesday(weeks) + 2, 11, 30), place="市役所 5階 大会議室", audience=MeetingAudience.BODY,
        )  # fmt: skip
        for order, point in enumerate(of_it, start=1):
            meeting.agenda.create(order=order, **point)
        meeting.attendance.all().delete()
        for department in departments:
            sign = CAME[department.name][number - 1]
            if sign != "-":
                Attendance.objects.create(
                    meeting=meeting, organization=department.organization, department=department, mode=MODES[sign],
                    headcount=1 + (department.sort_order % 30 == 0) if sign != "x" else None,
                )  # fmt: skip
        if number == 1:
            Attendance.objects.create(
                meeting=meeting,
                title="みなも学園大学",
                role=AttendanceRole.LECTURER,
                mode=AttendanceMode.VENUE,
                headcount=1,
            )
        as_held(meeting)


def council(by: User) -> None:
    """The decision of February, the report of March with the press, and one that speaks under another law."""
    body, care = Body.objects.get(name=councils.COUNCIL), Body.objects.get(name=councils.CARE)
    year = councils.april(2).year + 1
    decided = meetings.write_past(
        by=by, body=body, happened_on=f"{year}-02", title="連携会議（プラットフォームの設立）", audience=MeetingAudience.MEMBERS,
        openness=Openness.OPEN, reported_to=care, reported_on=f"{year}-03-16", is_public=True,
        points=[{"title": "官民連携プラットフォームを立ち上げる提案", "outcome": Outcome.APPROVED},
                {"title": "構成員に、NPOなど関係する団体を加える", "outcome": Outcome.APPROVED}],
    )  # fmt: skip
    Attendance.objects.create(meeting=decided, title="民生委員・児童委員", mode=AttendanceMode.VENUE, headcount=6)
    report = meetings.write_past(
        by=by, body=care, happened_on=f"{year}-03-16", title="地域ケア会議（プラットフォームの報告）",
        audience=MeetingAudience.MEMBERS, openness=Openness.PRESS, with_press=True, is_public=True,
        points=[{"title": "官民連携プラットフォームの立ち上げ", "outcome": Outcome.REPORTED}],
    )  # fmt: skip
    Attendance.objects.create(
        meeting=report, title="報道", role=AttendanceRole.PRESS, mode=AttendanceMode.VENUE, headcount=3
    )
    meetings.write_past(
        by=by, body=care, happened_on=(today() - dt.timedelta(days=20)).isoformat(), title="地域ケア会議 支援会議の部",
        audience=MeetingAudience.BODY, legal_basis=LegalBasis.CONFERENCE, points=[{"title": "支援会議"}],
    )  # fmt: skip


OPEN_DESKS = (
    "年末年始に開いている窓口\n\nなぎさの家　24時間\nよりそいみなも　夜の電話番（12月29日から1月3日は21時から）\n"
)
MORE_DESKS = "ふね　文字の相談（12月30日まで）\n"
WORDS = "断られたあとの声かけ\n\n「きょうは顔が見られてよかったです」\n「来月、また通ります」\n"


def paper(name: str, text: str) -> CheckedUpload:
    """A small text file, as the upload field would have checked it."""
    data = text.encode("utf-8")
    content = ContentFile(data, name=f"{name}.txt")
    return CheckedUpload(content, f"{name}.txt", "text/plain", len(data), hashlib.sha256(data).hexdigest())

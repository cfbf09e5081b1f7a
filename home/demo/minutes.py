"""Minutes of みなも市: locked ones with their decisions, others open for changes, and a summary for residents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from cms.dates import today
from directory.models import Body, Organization, User
from home.demo import meetings as gatherings
from home.demo import organizations as org
from workshops.actions import amendments, confirming_minutes, decisions, summaries
from workshops.actions import minutes as actions
from workshops.actions.minutes import Words
from workshops.enums import ConfirmBy, DecisionState, MeetingState
from workshops.models import Decision, Meeting, Minutes

SEVENTH = [
    "秋の催しには、のべ82人が来てくれた。はじめて来た人が3割。次は、終わったあとにお茶の時間を長めにとる。",
    "夜の電話番を、いまの週3日から週5日にする案を話しあった。あかり舎だけでは人が足りないので、ほかの団体からも当番を出す。まず3か月ためして、見なおすことにした。",
    "番号だけで2件を話した。どちらも、午前中に人の少ない場所がほしいという相談。公民館の和室をあけられないか、生涯学習課に聞くことにした。",
]  # fmt: skip
EIGHTH = [
    "第3版を読み合わせた。見る団体をえらぶ所の書きかたが分かりにくい、という声があった。第4版の案で、やさしくする。",
    "週5日にして、はじめの1か月で電話は41件。半分が夜の9時よりあと。当番の引きつぎのメモを、紙1枚にそろえる。",
    "午前中に人の少ない場所がほしい、という相談が2件続いている。公民館の和室を、週1回あけられるかを確かめることにした。",
]
COUNCIL = "官民連携プラットフォームを立ち上げる提案を、全員一致で決めた。NPOなど、いま動いている団体に加わってもらう。はじめの一年は、相談のページをいっしょにつくる。"
SUMMARY = """官民連携プラットフォームを立ち上げることを、全員一致で決めました。地域づくりの会議に、NPOなど、いま動いている団体が加わります。

はじめの一年は、相談のページをいっしょにつくります。決めたことは、地域ケア会議に報告します。"""


def build(staff: dict[str, User], organizations: dict[str, Organization]) -> None:
    """In the order of the meetings."""
    by = staff["secretariat"]
    seventh = Meeting.objects.get(body__slug=gatherings.SLUG, number=7)
    eighth = Meeting.objects.get(body__slug=gatherings.SLUG, number=8)
    first = written(by, seventh, SEVENTH)
    settled(by, seventh, staff, organizations)
    confirmed(by, first, eighth)
    confirming_minutes.lock(by=by, minutes=first)
    told(by, seventh, staff)
    changes(by, written(by, eighth, EIGHTH), staff, organizations)
    residents(by, staff["publisher"])


def written(by: User, meeting: Meeting, texts: Sequence[str]) -> Minutes:
    """A paragraph a point."""
    minutes = actions.begin(by=by, meeting=meeting)
    rows = zip(minutes.paragraphs.all(), texts, strict=False)
    return actions.write(by=by, minutes=minutes, words=[Words(row.pk, row.version, text) for row, text in rows])


def confirmed(by: User, minutes: Minutes, at_meeting: Meeting | None = None) -> None:
    """Nobody wanted a change."""
    actions.open_for_changes(by=by, minutes=minutes, until=today(), confirm_by=ConfirmBy.MEETING)
    confirming_minutes.confirm(by=by, minutes=minutes, at_meeting=at_meeting)


def settled(by: User, meeting: Meeting, staff: dict[str, User], found: dict[str, Organization]) -> None:
    """Three decisions: one of the city's, one overdue, one to be looked at again."""
    day = today()
    city = found[org.CITY]
    more: list[dict[str, Any]] = [
        {"text": "公民館の和室を、週1回午前に使えるか確かめる", "organization": city, "due": day + dt.timedelta(days=12),
         "department": city.departments.get(name="生涯学習課")},
        {"text": "夜の電話番の当番表に、団体から1人ずつ出す", "organization": found[org.FUNE],
         "due": day - dt.timedelta(days=5)},
        {"text": "夜の電話番を、3か月ためしに週5日にする", "organization": found[org.NAGISA], "person": staff["member"],
         "due": day + dt.timedelta(days=40), "review_on": day},
    ]  # fmt: skip
    for fields in more:
        decisions.decide(by=by, meeting=meeting, **fields)


def told(by: User, meeting: Meeting, staff: dict[str, User]) -> None:
    """How far they are."""
    first, _second, third = Decision.objects.filter(meeting=meeting).order_by("order")
    decisions.report(
        by=by, decision=first, state=DecisionState.UNDER_WAY, note="公民館に聞いたところ、木曜の午前なら空いています。"
    )
    decisions.report(
        by=staff["member"],
        decision=third,
        state=DecisionState.UNDER_WAY,
        note="はじめの1か月が終わりました。電話は41件です。",
    )


def changes(by: User, minutes: Minutes, staff: dict[str, User], found: dict[str, Organization]) -> None:
    """Open for four more days: one wish taken in, one that waits, two who said it may stay so."""
    decisions.decide(
        by=by, meeting=minutes.meeting, text="引きつぎのメモを紙1枚にそろえ、当番みんなに配る", organization=found[org.YORISOI],
        due=today() + dt.timedelta(days=9),
    )  # fmt: skip
    actions.open_for_changes(by=by, minutes=minutes, until=today() + dt.timedelta(days=4))
    second, third = list(minutes.paragraphs.all())[1:3]
    taken = amendments.propose(
        by=staff["orgadmin"],
        paragraph=second,
        reason="記録を数えなおしました。",
        text=second.text.replace("41件", "43件"),
    )
    amendments.take(
        by=by, amendment=taken, text=taken.text, version=second.version, answer="ありがとうございます。直しました。"
    )
    amendments.propose(
        by=staff["member2"], paragraph=third, reason="先週もう1件ありました。", text=third.text.replace("2件", "3件")
    )
    minutes.refresh_from_db()
    amendments.consent(by=staff["counsellor"], minutes=minutes, version=minutes.version)


def residents(by: User, publisher: User) -> None:
    """The last meeting of the council, in short, for everybody."""
    body = Body.objects.get(slug="renkei2")
    meeting = Meeting.objects.filter(body=body, state=MeetingState.HELD).order_by("-happened_on").first()
    if meeting is None:
        return
    minutes = written(by, meeting, [COUNCIL])
    confirmed(by, minutes)
    summary = summaries.write(by=by, meeting=meeting, text=SUMMARY, version=0, hand_in=True)
    summaries.publish(by=publisher, summary=summary, version=summary.version)

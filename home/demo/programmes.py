"""Events that need more than a line: a symposium, a salon by a rule, a day that is put off, seats of two ways, a proposal."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cms.dates import JST, today
from directory.models import Organization, User
from home.demo import organizations as org
from home.demo.calendar import moment
from home.demo.events import HALL, MIZUBE_HALL, SAT, THU, WED
from home.demo.writing import Chance, body
from home.models import AboutPage
from workshops.actions import proposals
from workshops.actions.events import Plan, create_event, make_page, put_off
from workshops.actions.programme import SessionPlan, SpeakerPlan, write_programme
from workshops.actions.registrations import Party, register
from workshops.actions.repeating import Every, Rule, days_of, like
from workshops.enums import Access, CapacityPolicy, EventKind, Format, Purpose, RegistrationMode, Target, Unit
from workshops.models import Event, EventPage, Occurrence

TRIAL = ("ほっこり みんなの集い　秋の回", "オンラインで話す 不登校の親の会", "グランパ・フェスタ")
TALKS = "市民のつどい「となりの灯り」"
LAMPS = "灯りをつくる夕べ"


def clock(text: str) -> dt.time:
    """13:30 as a time."""
    return dt.time.fromisoformat(text)


SYMPOSIUM = (
    SessionPlan("開場", clock("13:00"), body="黄色い名札の人が、入口で待っています。名札は、よび名だけで大丈夫です。"),
    SessionPlan(
        "トークセッション「ひとりの時間、だれかといる時間」",
        clock("13:30"),
        clock("15:00"),
        subthemes=["帰り道のあいさつ", "断ってもいい誘いかた"],
        speakers=[
            SpeakerPlan("波多野 しおり", "さん", "みなも学園大学　講師", "人と居場所の関係を研究しています。"),
            SpeakerPlan("岬 ゆうと", "さん", "一般社団法人 ふね", "10年ほど、家で過ごした経験があります。"),
            SpeakerPlan("河原 みつ", "さん", "汐見団地自治会"),
            SpeakerPlan("外山 れん", "さん", "こもれび"),
        ],
    ),
    SessionPlan("休けい", clock("15:00"), body="お茶があります。ここで帰っても大丈夫です。"),
    SessionPlan("小さな輪で話す", clock("15:20"), clock("16:00"), body="話さずに聞くだけの輪もあります。"),
)
EVENING = (
    SessionPlan("入口がひらきます", clock("14:45"), body="黄色い名札の人が、入口で待っています。"),
    SessionPlan("お茶と、はじめのあいさつ", clock("15:00"), body="自己紹介はありません。"),
    SessionPlan("和紙の灯りをつくる", clock("15:20"), body="道具はすべて用意します。見ているだけの席もあります。"),
    SessionPlan(
        "おはなし「灯りのまわり」",
        clock("16:20"),
        subthemes=["帰り道のあいさつ", "断ってもいい誘いかた"],
        speakers=SYMPOSIUM[1].speakers[:2],
    ),
    SessionPlan("水辺に灯りをならべます", clock("17:00"), body="いつ帰ってもかまいません。17時30分におしまいです。"),
)
SYMPOSIUM_WORDS: dict[str, Any] = {
    "title": "市民シンポジウム「ひとりの時間、だれかといる時間」",
    "summary": "四人の話を聞いて、小さな輪で話します。聞くだけでも、画面のむこうからでも。",
    "kind": EventKind.TALK,
    "purpose": Purpose.AWARENESS,
    "targets": [Target.ANYBODY.value],
    "audience": "市民、みなも市で働く方・学ぶ方",
    "format": Format.BOTH,
    "venue_name": HALL,
    "venue_address": "みなも市中央0丁目0番地",
    "access": "「市民会館前」のバス停から歩いて1分",
    "online_link": "https://meeting.example/minamo",
    "registration_mode": RegistrationMode.HERE,
    "unit": Unit.PERSON,
    "fee_text": "無料",
    "contact_name": org.CITY,
    "contact_phone": "0000-00-0000",
    "what_happens": "入口で、よび名を言います\n好きな席にすわります\n休けいのときに帰っても大丈夫です",
    "who_greets": "黄色い名札のスタッフが、入口で待っています。",
    "may_leave": True,
    "may_watch": True,
    "access_facts": [
        fact.value
        for fact in (Access.WHEELCHAIR, Access.CAPTIONS, Access.SIGN, Access.CHILDCARE, Access.QUIET, Access.CAMERA_OFF)
    ],
    "accessibility": "車いすの席は、好きな場所に\n手話通訳と要約の字幕\n×補聴援助（ループ）はありません。前の席をご用意します",
}


def build(by: User, bodies: dict[str, Organization], staff: dict[str, User], chance: Chance) -> None:
    """After the calendar, whose events it completes."""
    Event.objects.filter(title__in=TRIAL).update(purpose=Purpose.TRIAL)
    Event.objects.filter(title=TALKS).update(purpose=Purpose.AWARENESS, audience="市民")
    for title, sessions in ((TALKS, SYMPOSIUM), (LAMPS, EVENING)):
        event = Event.objects.filter(title=title).first()
        if event:
            write_programme(event=event, by=by, sessions=sessions)
    welcome(LAMPS)
    record_of(TALKS, by)
    symposium(by, bodies, chance)
    salon(by, bodies, chance)
    postponed(by, bodies, chance)
    proposed(staff["orgadmin"])
    table_of_trials(by)


def welcome(title: str) -> None:
    """What one would like to know before going through a door."""
    Event.objects.filter(title=title).update(
        what_happens="入口で、よび名を言います\n好きな席にすわります\nつくり終わったら、いつ帰っても大丈夫です",
        who_greets="黄色い名札のスタッフが、入口で待っています。",
        may_leave=True,
        may_watch=True,
    )


def record_of(title: str, by: User) -> None:
    """After the day: what was said, to read."""
    page = EventPage.objects.filter(prose__event__title=title).first()
    if page:
        page.materials = body(
            [("text", "<p>当日のことばを、四人の許しを得て短くまとめました。映像の記録はありません。</p>"),
             ("quote", ("断っても、また誘ってもらえると楽になる。", "登壇者のことば"))]
        )  # fmt: skip
        page.save_revision(user=by).publish(user=by)


def symposium(by: User, bodies: dict[str, Organization], chance: Chance) -> None:
    """To come: at the hall and online; the hall has a waiting list, the screen takes everybody."""
    event = create_event(
        by=by,
        plans=[hall_and_screen(moment(4, SAT, "13:30"))],
        slug=chance.slug(),
        host=bodies[org.CITY],
        partners=[bodies[org.MIZUBE], bodies[org.FUNE]],
        **SYMPOSIUM_WORDS,
    )
    write_programme(event=event, by=by, sessions=SYMPOSIUM)
    make_page(event=event, by=by, live=True)
    people_of_the_symposium(event.occurrences.select_related("event").get(), chance)


def hall_and_screen(starts: dt.datetime) -> Plan:
    """Eight seats and a waiting list at the hall; a hundred online, and nobody is turned away there."""
    return Plan(
        starts,
        starts + dt.timedelta(hours=2, minutes=30),
        capacity=8,
        policy=CapacityPolicy.WAITLIST,
        waiting_limit=20,
        online_capacity=100,
        online_policy=CapacityPolicy.SOFT,
    )


def people_of_the_symposium(occurrence: Occurrence, chance: Chance) -> None:
    """More than the hall has seats for: the last ones wait."""
    parties = ((2, "venue"), (2, "venue"), (3, "venue"), (1, "venue"), (2, "venue"), (1, "venue"), (1, "online"))
    for number, (people, way) in enumerate(parties):
        names = chance.random.sample(("なぎ", "みお", "ソラ", "とも", "ゆず", "かいと", "りん", "たね"), people)
        register(
            occurrence=occurrence,
            party=Party(name=names[0], people=people, companions=names[1:], way=way),
            key=chance.key() + str(number),
        )


def salon(by: User, bodies: dict[str, Organization], chance: Chance) -> None:
    """Every Wednesday by a rule, without the week of the new year."""
    first = moment(1, WED, "10:00")
    new_year = next(
        day
        for day in (first.date() + dt.timedelta(weeks=week) for week in range(54))
        if (day.month, day.day) > (12, 28)
    )
    rule = Rule(Every.WEEK, until=first.date() + dt.timedelta(weeks=9), without=[new_year]).text(first.date())
    pattern = Plan(first, first + dt.timedelta(hours=2))
    event = create_event(
        by=by,
        plans=[like(pattern, day) for day in days_of(rule, first.date())],
        recurrence=rule,
        slug=chance.slug(),
        title="水曜の朝のお茶",
        summary="申込はいりません。お茶があって、人がいます。それだけです。",
        kind=EventKind.GATHERING,
        targets=[Target.ANYBODY.value, Target.WITHDRAWN.value],
        host=bodies[org.MIZUBE],
        venue_name=MIZUBE_HALL,
        registration_mode=RegistrationMode.NONE,
        fee_text="無料",
        contact_name=org.MIZUBE,
        contact_phone="0000-00-0002",
        who_greets="青いエプロンの人が、やかんのそばにいます。",
        may_leave=True,
        may_watch=True,
    )
    make_page(event=event, by=by, live=True)


def postponed(by: User, bodies: dict[str, Organization], chance: Chance) -> None:
    """Two dates, the first put off: its new day is not known yet."""
    starts = moment(2, THU, "18:30")
    event = create_event(
        by=by,
        plans=[Plan(day, day + dt.timedelta(minutes=90), capacity=15) for day in (starts, starts + dt.timedelta(weeks=4))],
        slug=chance.slug(),
        title="夜の図書室",
        summary="閉館のあとの図書室で、本を読みます。話さなくて大丈夫です。",
        kind=EventKind.GATHERING,
        targets=[Target.YOUTH.value, Target.ANYBODY.value],
        host=bodies[org.LIBRARY],
        venue_name="中央図書館",
        registration_mode=RegistrationMode.HERE,
        fee_text="無料",
        contact_name=org.LIBRARY,
        contact_phone="0000-00-0000",
        access_facts=[Access.WHEELCHAIR.value, Access.QUIET.value],
    )  # fmt: skip
    make_page(event=event, by=by, live=True)
    first = event.occurrences.select_related("event").first()
    if first:
        put_off(occurrence=first, by=by)


def proposed(admin: User) -> None:
    """What an organisation handed in and communications have not looked at."""
    if admin.organization is None:
        return
    starts = dt.datetime.combine(today() + dt.timedelta(days=40), dt.time(14), JST)
    proposals.propose(
        by=admin,
        plans=[Plan(starts, starts + dt.timedelta(hours=2), capacity=10)],
        title="ボードゲームの午後",
        summary="ルールは、となりの人が教えてくれます。見ているだけでも。",
        kind=EventKind.GATHERING,
        venue_name="水辺のいえ　和室",
        registration_mode=RegistrationMode.HERE,
        contact_name=admin.organization.name,
        contact_phone="0000-00-0003",
    )


def table_of_trials(by: User) -> None:
    """The page about the partnership shows what the trials brought."""
    page = AboutPage.objects.first()
    if page:
        page.plan.append(
            ("event_table", {"caption": "官民連携モデル事業", "purpose": Purpose.TRIAL.value, "year": None})
        )
        page.save_revision(user=by).publish(user=by)

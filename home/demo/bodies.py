"""The bodies of みなも市, who sat in them when, how memberships changed, and the organisation chart."""

import datetime as dt
from typing import Any

from cms.dates import fiscal_year, today
from directory.actions import register
from directory.enums import BodyKind, BodyRole, Openness, OrganizationKind, Tie, Tier
from directory.models import (
    Body,
    BodyEvent,
    BodyMembership,
    Chart,
    ChartEdge,
    ChartNode,
    Membership,
    Organization,
    User,
)
from home.demo import organizations as org

COUNCIL = "みなも市地域づくり連携会議"
LIAISON = "孤独・孤立対策に関する庁内連絡会議"
CARE = "みなも市地域ケア会議"

# Who sits in the council: organisation or (title, how many), role, months after its first day, months until it ends.
SEATS: list[tuple[str | tuple[str, int], BodyRole, int, int | None]] = [
    (org.SHAKYO, BodyRole.CHAIR, 0, None),
    (org.CITY, BodyRole.OFFICE, 0, None),
    (org.HOUKATSU_EAST, BodyRole.VICE, 0, None),
    (org.HOUKATSU_WEST, BodyRole.MEMBER, 0, None),
    (org.SHINKIN, BodyRole.MEMBER, 0, None),
    (org.COOP, BodyRole.MEMBER, 0, None),
    (org.ENDED, BodyRole.MEMBER, 0, 20),
    (("民生委員・児童委員", 87), BodyRole.MEMBER, 0, None),
    (("福祉委員", 24), BodyRole.MEMBER, 0, None),
    (org.NAGISA, BodyRole.MEMBER, 12, None),
    (org.FUNE, BodyRole.MEMBER, 12, None),
    (org.YORISOI, BodyRole.MEMBER, 12, None),
    (org.KOMOREBI, BodyRole.MEMBER, 12, None),
    (org.MIZUBE, BodyRole.MEMBER, 12, None),
    (org.SHIOMI, BodyRole.OBSERVER, 18, None),
]


def april(years_ago: int = 0) -> dt.date:
    """The first day of a fiscal year."""
    return dt.date(fiscal_year(today()) - years_ago, 4, 1)


def month_after(day: dt.date, months: int) -> dt.date:
    """The same day of the month, so many months later."""
    years, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=day.year + years, month=month + 1)


def build(by: User, organizations: dict[str, Organization]) -> None:
    """Three bodies, the seats of the council, two changes in the register, one chart."""
    found = {**organizations, org.ENDED: Organization.objects.get(name=org.ENDED)}
    care = Body.objects.create(slug="careabc", name=CARE, kana="みなもしちいきけあかいぎ", kind=BodyKind.COUNCIL, is_public=True,
                               sort_order=30, rhythm="年に2回", openness=Openness.PRESS,
                               purpose="高齢の方の暮らしを支える、医療・介護・地域の会議です。連携会議の報告をききます。")  # fmt: skip
    council = council_of(care, found)
    liaison = Body.objects.create(slug="liaison", name=LIAISON, kana="こどくこりつたいさくにかんするちょうないれんらくかいぎ",
                                  kind=BodyKind.LIAISON, is_public=True, sort_order=20, rhythm="12の課・次長級",
                                  openness=Openness.CLOSED, adopted_on=f"{april(2).year}-05", approved_by_text="市長決裁",
                                  reports_to=council, purpose="12の課の次長が集まり、どの窓口に話が来ても受けとめられるようにします。")  # fmt: skip
    BodyMembership.objects.create(body=liaison, organization=found[org.CITY], role=BodyRole.OFFICE, since=april(2))
    BodyEvent.objects.create(
        body=liaison,
        happened_on=f"{april(2).year}-05",
        text="はじめての会議。講師をまねき、福祉だけの話ではないことを確かめました。",
    )
    changes(by, found)
    draw(council, liaison, care)


def council_of(care: Body, found: dict[str, Organization]) -> Body:
    """The council that carries the partnership, its seats and its history."""
    first = april(2)
    council = Body.objects.create(
        slug="renkei2", name=COUNCIL, kana="みなもしちいきづくりれんけいかいぎ", kind=BodyKind.EXISTING, is_pf=True,
        purpose="地域づくりの会議に、孤独・孤立の仲間が加わりました。方向を決め、むずかしい話をいっしょに考えます。",
        rhythm="年に3回", openness=Openness.OPEN, adopted_on=f"{first.year + 1}-02", approved_by_text="連携会議の全員一致",
        reports_to=care, is_public=True, sort_order=10,
    )  # fmt: skip
    for who, role, begins, ends in SEATS:
        title, headcount = who if isinstance(who, tuple) else ("", None)
        BodyMembership.objects.create(
            body=council,
            organization=None if isinstance(who, tuple) else found[who],
            title=title,
            headcount=headcount,
            role=role,
            since=month_after(first, begins),
            until=None if ends is None else month_after(first, ends),
        )
    for line in history(first.year, care):
        BodyEvent.objects.create(body=council, **line)
    return council


def history(year: int, care: Body) -> list[dict[str, Any]]:
    """As in the first cities' reports: proposed, approved, reported with the press there."""
    return [
        {"happened_on": f"{year}-04", "text": "地域づくりの会議として、はじまりました。"},
        {
            "happened_on": f"{year}-10",
            "when_text": f"{year}年10月〜12月",
            "text": "NPOと、いま困っていることを話しあいました。",
            "points": ["話しあい6回", "相談のページを、いっしょにつくる"],
        },
        {
            "happened_on": f"{year + 1}-02",
            "text": "孤独・孤立の仲間を加え、官民連携プラットフォームになることを決めました。",
        },
        {
            "happened_on": f"{year + 1}-03-16",
            "text": "地域ケア会議に報告し、市民にお知らせしました。",
            "reported_to": care,
            "with_press": True,
        },
    ]


def changes(by: User, found: dict[str, Organization]) -> None:
    """One partner became a core member; one organisation paused and came back."""
    core = Membership.objects.get(organization=found[org.MIZUBE])
    begun = core.since
    register.correct(membership=core, tier=Tier.PARTNER, since=begun, until=None, by=by)
    register.move(membership=core, tier=Tier.CORE, on=begun + dt.timedelta(days=120), by=by)
    paused = Membership.objects.get(organization=found[org.HASHI])
    register.correct(membership=paused, tier=paused.tier, since=begun, until=begun + dt.timedelta(days=60), by=by)
    register.admit(organization=found[org.HASHI], tier=Tier.PARTNER, since=begun + dt.timedelta(days=150), by=by)


def draw(council: Body, liaison: Body, care: Body) -> None:
    """Who talks with whom, usually."""
    chart = Chart.objects.create(
        title="つながりの図",
        description="連携会議のもとに、市、団体、会社、住民が集まり、ふだんから話しあっています。",
        source="みなも市 福祉総務課が、名簿からつくりました",
        as_of=april(),
        is_public=True,
    )
    kinds = OrganizationKind
    boxes: list[dict[str, Any]] = [
        {"body": care, "detail": "報告をきく・年に2回"},
        {"body": council, "detail": "方向を決める・年に3回", "is_core": True},
        {"body": liaison, "label": "庁内連絡会議", "detail": "12の課・次長級"},
        {"label": "事務局", "detail": "福祉総務課"},
        {"kind": kinds.COUNCIL_OF_SOCIAL_WELFARE},
        {"kind": kinds.NPO},
        {"kind": kinds.COMPANY},
        {"kind": kinds.SUPPORT_CENTER},
        {"kind": kinds.RESIDENTS},
    ]
    for number, box in enumerate(boxes, start=1):
        ChartNode.objects.create(chart=chart, number=number, **box)
    lines = [(2, Tie.REPORTS, 1), (3, Tie.COOPERATES, 2), (2, Tie.COOPERATES, 4)]
    lines += [(2, Tie.CONSISTS, number) for number in range(5, 10)]
    for start, tie, end in lines:
        ChartEdge.objects.create(chart=chart, start=start, tie=tie, end=end)

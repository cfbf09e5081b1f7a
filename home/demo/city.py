"""The city itself: its settings, its vision, the steps by which its partnership came about."""

import datetime as dt
from decimal import Decimal
from typing import Any

from wagtail.models import Site

from cms.dates import today
from cms.models import SiteSettings
from directory.models import User
from home.demo.writing import body, publish_changes
from home.models import AboutPage, HomePage
from workshops.enums import StepState
from workshops.models import FormationStep

NAME = "みなも市"
PARTNERSHIP = "みなも市 孤独・孤立対策 官民連携プラットフォーム"

SETTINGS: dict[str, Any] = {
    "service_name": "つながり",
    "municipality_name": NAME,
    "partnership_name": PARTNERSHIP,
    "population": 45_218,
    "area_km2": Decimal("112.4"),
    "office_name": "福祉総務課（事務局）",
    "office_phone": "0000-00-0000",
    "office_email": "tsunagari@minamo.example",
    "office_hours": "平日 8時30分〜17時15分",
}

VISION = "まちのだれもが、日ごろから困りごとを分けあい、持っているものを持ちより、力をあわせて解いていく。"


def fiscal_start(years_ago: int = 0) -> dt.date:
    """1 April of the running fiscal year, or of an earlier one."""
    day = today()
    return dt.date(day.year - (day.month < 4) - years_ago, 4, 1)


def steps() -> list[dict[str, Any]]:
    """Four steps, as in the reports of the first cities: done, done, now, to come."""
    last = fiscal_start(1)
    return [
        {
            "order": 1,
            "title": "NPOといっしょに、このページをつくる",
            "when_text": f"{last.year}年10月〜12月・話しあい6回",
            "state": StepState.DONE,
            "body": "困っている人に伝わる言葉を、現場の人と一つずつ選びました。",
        },
        {
            "order": 2,
            "title": "15歳から30歳の方へ、はがきを送る",
            "when_text": f"{last.year + 1}年3月10日ごろ・約5,200通",
            "state": StepState.DONE,
            "body": "相談したい方にも、力になりたい方にも。",
        },
        {
            "order": 3,
            "title": "話しあいの場を、続くかたちにする",
            "when_text": "いま、ここです",
            "state": StepState.UNDER_WAY,
            "body": "いまある「地域づくり連携会議」に、孤独・孤立の仲間が加わりました。",
        },
        {
            "order": 4,
            "title": "仲間をふやす",
            "when_text": f"{last.year + 2}年4月の予定",
            "planned_on": dt.date(last.year + 2, 4, 1),
            "state": StepState.PLANNED,
            "body": "パートナーの募集と、運営ルールの見直し。",
        },
    ]


def plan() -> list[tuple[str, Any]]:
    """The activity plan of the running fiscal year, in Ichihara's three pillars."""
    year = fiscal_start().year
    return [
        ("heading", f"{year}年度にすること"),
        (
            "text",
            "<ul><li><b>おたがいを知る</b>　月に一度の話しあい、活動の紹介、年に二回の勉強会。</li>"
            "<li><b>きまりをつくる</b>　目指す姿とはたらき、パートナーの募集のしかた、運営ルール。</li>"
            "<li><b>仲間をふやす</b>　庁内の課がもつ集まりを見わたし、気持ちの近いところと話しあう。</li></ul>",
        ),
    ]


def build(by: User) -> None:
    """Settings, home, about, steps."""
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    for name, value in {**SETTINGS, "profile_as_of": dt.date(fiscal_start().year, 10, 1)}.items():
        setattr(settings, name, value)
    if settings.profile_as_of and settings.profile_as_of > today():
        settings.profile_as_of = fiscal_start()
    settings.save()
    publish_changes(HomePage.objects.get(), by=by, kicker=f"いまの{NAME}")
    publish_changes(
        AboutPage.objects.get(),
        by=by,
        vision=VISION,
        vision_adopted_on=dt.date(fiscal_start().year, 2, 12),
        vision_adopted_by="地域づくり連携会議",
        vision_edition=2,
        plan=body(plan()),
    )
    for step in steps():
        FormationStep.objects.create(**step)

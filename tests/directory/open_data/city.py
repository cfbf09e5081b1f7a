"""A generated city: many desks of every sort, made in a few statements."""

from __future__ import annotations

import datetime as dt
import random
from itertools import islice, product

from cms.dates import JST
from directory.enums import BarrierFact, ChannelKind, OrganizationKind
from directory.hours import clean_hours
from directory.models import Channel, Concern, ConsultationDesk, Organization

HOURS = tuple(
    clean_hours(text)
    for text in (
        "Mo-Fr 08:30-17:15; PH off; Dec 29-Jan 03 off",
        "24/7",
        "Fr,Sa 20:00-02:00",
        "Mo[1,3] 10:00-12:00",
        "Sa,Su,PH 13:00-24:00",
        "Mo-Fr 09:00-12:00,13:00-17:00; We off; 2027 Feb 10 off",
        "off",
        "Apr-Sep Mo-Fr 09:00-17:00",
        'Tu,Th 10:00-16:00 "予約制"',
        "22:00-06:00; PH off",
        "Mo-Fr 10:00-12:00, We[-1] 18:00-20:00",
        "",
    )
)
VALUES = {
    ChannelKind.PHONE: ("+81865638515", "+81120279338", "#9999", "189"),
    ChannelKind.FAX: ("+81865638516",),
    ChannelKind.MAIL: ("madoguchi@example.jp", ""),
    ChannelKind.VISIT: ("市役所1階 ㈱前", ""),
    ChannelKind.HOME_VISIT: ("",),
    ChannelKind.LETTER: ("浜町1丁目「手紙係」",),
    ChannelKind.FORM: ("https://example.jp/相談?a=1",),
    ChannelKind.CHAT: ("https://example.jp/chat",),
    ChannelKind.LINE: ("https://example.jp/line",),
    ChannelKind.ONLINE: ("https://example.jp/meet",),
}


def make_city(count: int, *, seed: int = 3) -> list[ConsultationDesk]:
    """`count` published desks with one to four channels each."""
    chance = random.Random(seed)
    bodies = Organization.objects.bulk_create(
        Organization(
            name=f"団体{number}",
            kind=kind,
            is_public=number % 2 == 0,
            website="https://example.jp/",
            aliases=["別の名"],
        )
        for number, kind in enumerate(OrganizationKind.values)
    )
    desks = ConsultationDesk.objects.bulk_create(_desk(number, chance, bodies) for number in range(count))
    ways = product(VALUES, HOURS)
    pool = list(islice(ways, 200))
    Channel.objects.bulk_create(
        _channel(desk, order, chance, *pool[(number * 3 + order * 7) % len(pool)])
        for number, desk in enumerate(desks)
        for order in range(1 + number % 4)
    )
    concerns = list(Concern.objects.all())
    through = ConsultationDesk.concerns.through
    through.objects.bulk_create(
        through(consultationdesk=desk, concern=concern)
        for number, desk in enumerate(desks)
        for concern in chance.sample(concerns, number % 4)
    )
    return desks


def _desk(number: int, chance: random.Random, bodies: list[Organization]) -> ConsultationDesk:
    low = chance.choice([None, None, 0, 15, 65])
    return ConsultationDesk(
        organization=bodies[number % len(bodies)],
        slug=f"d{number:06d}",
        name=f"=窓口{number}" if number % 50 == 7 else f"窓口{number}",
        kana=f"まどぐち{number}" if number % 3 else "",
        aliases=[f"別名{number}", "@もう一つ"] if number % 5 == 0 else [],
        worries=[f"こんな日は{each}" for each in range(number % 6)],
        promises=["名前は言わなくて大丈夫です"] if number % 2 else [],
        description="1行目\n2行目 ①㈱ＡＢＣ" if number % 4 else "",
        for_family=number % 3 == 0,
        age_min=low,
        age_max=None if low in (None, 65) else 39,
        age_as_of=dt.date(2026, 4, 1) if low else None,
        audience="子どものいる家庭" if number % 7 == 0 else "",
        area="市の東側" if number % 9 == 0 else "",
        opened_on=chance.choice(["", "2021", "2021-05", "2021-05-01"]),
        reply_time="三日のうちに" if number % 8 == 0 else "",
        website="https://example.jp/日本語" if number % 6 == 0 else "",
        assured_on=dt.date(2026, 10, 1) if number % 2 else None,
        last_published_at=dt.datetime(2026, 11, 1, 9, tzinfo=JST) + dt.timedelta(minutes=number),
    )


def _channel(desk: ConsultationDesk, order: int, chance: random.Random, kind: ChannelKind, hours: str) -> Channel:
    return Channel(
        desk=desk,
        sort_order=order,
        kind=kind,
        value=chance.choice(VALUES[kind]),
        hours=hours,
        hours_text="夜だけ" if chance.random() < 0.1 else "",
        last_reception=chance.choice([None, None, 30]),
        note="内線 12" if chance.random() < 0.2 else "",
        **{fact.value: chance.random() < 0.3 for fact in BarrierFact},
    )

"""What a visitor of the demo can try at once: a reception that is open today, and an event that waits for its result."""

import datetime as dt

from cms.dates import JST, jst, now, today
from directory.models import User
from home.demo.writing import Chance
from workshops.actions import checkin
from workshops.actions.events import Plan, create_event, make_page
from workshops.actions.registrations import Party, register
from workshops.enums import CapacityPolicy, EventKind, Origin, RegistrationMode, Support, Unit
from workshops.models import Event, Occurrence

#: Name, people, who comes along, what to make ready.
PARTIES = [
    ("なぎ", 3, ["そら", "はる"], [Support.MEET]),
    ("みお", 1, [], [Support.NO_TAG]),
    ("たけ", 2, ["はな"], [Support.SIGN]),
    ("ゆうちゃんママ", 3, ["ゆう", "りく"], []),
    ("しげ", 1, [], [Support.WHEELCHAIR]),
    ("ソラ", 2, [], []),
    ("とも", 1, [], []),
]


def begins() -> dt.datetime:
    """The next full hour of today in Japan; late in the evening the last one."""
    hour = min(jst(now()).hour + 1, 23)
    return dt.datetime.combine(today(), dt.time(hour), JST)


def build(host: User, publisher: User, chance: Chance) -> None:
    """Both are of the organisation whose administrator one may log in as."""
    evening = make(host, publisher, chance, "灯りをともす準備の会", begins(), capacity=6)
    occurrence = Occurrence.objects.select_related("event").get(event=evening)
    made = [
        register(
            occurrence=occurrence,
            party=Party(name=name, people=people, companions=along, supports=supports),
            key=chance.key(),
            by=host,
            origin=Origin.PHONE,
        ).registration
        for name, people, along, supports in PARTIES
    ]
    checkin.arrive(registration=made[4], by=host)
    yesterday = dt.datetime.combine(today() - dt.timedelta(days=1), dt.time(14), JST)
    make(host, publisher, chance, "川辺の絵はがきづくり", yesterday, capacity=10)


def make(host: User, publisher: User, chance: Chance, title: str, at: dt.datetime, *, capacity: int) -> Event:
    """An event of one hour with a page and a waiting list."""
    event = create_event(
        by=host,
        plans=[Plan(at, at + dt.timedelta(minutes=59), capacity=capacity, policy=CapacityPolicy.WAITLIST)],
        slug=chance.slug(),
        title=title,
        summary="手を動かしながら、ゆっくり過ごします。",
        kind=EventKind.HANDS,
        host=host.organization,
        venue_name="水辺のいえ　和室",
        registration_mode=RegistrationMode.HERE,
        unit=Unit.PARTY,
        fee_text="無料",
    )
    make_page(event=event, live=True, introduction=event.summary)
    return event

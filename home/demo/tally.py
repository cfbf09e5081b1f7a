"""A year of the monthly tally: who counted how many consultations, and what was published of it. All invented."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping

from cms import dates
from cms.dates import JST
from directory.actions.consultations import tallies, trends
from directory.enums import DeclineReason, HandoverState, Source
from directory.models import ConsultationCount, Handover, HeardOfCount, Organization, TallySheet, User
from directory.queries.consultations.tallies import Line, after, first_of, is_open
from home.demo import organizations as org
from home.demo.writing import Chance

MONTHS = 12
# Winter and the first weeks of school weigh more, August less. January first.
SEASONS = (1.15, 1.1, 1.05, 1.1, 1.15, 1.0, 0.95, 0.8, 1.1, 1.05, 1.0, 1.1)
Weights = Mapping[str, int]

ADULTS: Weights = {"m0": 1, "m1": 5, "m2": 6, "m3": 4, "": 2}
YOUNG: Weights = {"m0": 9, "m1": 7, "m2": 1, "m3": 1, "": 1}
OLD: Weights = {"m0": 1, "m1": 1, "m2": 3, "m3": 13, "": 1}
ROUTES: Weights = {"r1": 11, "r2": 6, "r3": 2, "r4": 1, "r5": 1, "r6": 2, "r9": 1, "": 1}
OUTCOMES: Weights = {"o1": 8, "o2": 6, "o3": 4, "o4": 5, "o5": 1, "o6": 1, "": 1}
HEARD: Weights = {"h1": 2, "h2": 4, "h3": 5, "h4": 5, "h5": 3, "h6": 5, "h7": 6, "h9": 1, "": 8}
TALKING: Weights = {"phone": 9, "visit": 7, "home": 3, "mail": 1, "letter": 1, "": 2}
WRITING: Weights = {"web": 5, "mail": 4, "online": 4, "phone": 2, "visit": 3}
COMING: Weights = {"visit": 9, "phone": 4, "home": 1, "online": 1, "": 1}

# organisation → how many a month, concerns, stages, methods
WHO_COUNTS: dict[str, tuple[int, Weights, Weights, Weights]] = {
    org.CITY: (62, {"k5": 9, "k6": 6, "k7": 4, "k9": 4, "k3": 3, "k2": 3, "k1": 2, "k8": 2, "k4": 2, "": 3}, ADULTS,
               TALKING),
    org.SHAKYO: (48, {"k5": 9, "k2": 5, "k6": 4, "k9": 3, "k3": 3, "k7": 2, "k1": 2, "k0": 2, "": 2}, ADULTS, TALKING),
    org.NAGISA: (30, {"k2": 6, "k1": 5, "k5": 4, "k8": 3, "k7": 3, "k3": 2, "k0": 1}, ADULTS, COMING),
    org.FUNE: (34, {"k4": 6, "k3": 5, "k1": 5, "k2": 5, "k5": 3, "k7": 3, "k8": 1}, YOUNG, WRITING),
    org.YORISOI: (38, {"k1": 8, "k2": 8, "k0": 4, "k7": 3, "k9": 3, "k5": 2, "k8": 2, "": 3}, ADULTS,
                  {"phone": 16, "mail": 2, "online": 1}),
    org.KOMOREBI: (24, {"k4": 10, "k3": 4, "k6": 4, "k7": 2, "k1": 1}, YOUNG, COMING),
    org.MIZUBE: (14, {"k2": 6, "k3": 4, "k6": 3, "k0": 1}, ADULTS, COMING),
    org.FOODBANK: (26, {"k5": 14, "k6": 3, "k2": 2, "k9": 1}, ADULTS, COMING),
    org.HASHI: (12, {"k5": 5, "k6": 3, "k4": 2, "k2": 2}, ADULTS, COMING),
    org.HOUKATSU_EAST: (40, {"k6": 9, "k9": 6, "k2": 5, "k0": 3, "k7": 2, "k5": 2}, OLD, TALKING),
    org.HOUKATSU_WEST: (34, {"k6": 9, "k9": 5, "k2": 4, "k0": 3, "k7": 2, "k5": 2}, OLD, TALKING),
    org.MINSEI: (28, {"k2": 6, "k5": 4, "k6": 4, "k3": 4, "k0": 2, "k9": 2, "": 2}, OLD, {"home": 9, "visit": 4, "phone": 4}),
}  # fmt: skip
NONE_CAME = (org.LIBRARY, org.HIGH_SCHOOL)  # hand in months without a row
LATE = (org.HASHI, org.MIZUBE)  # have not handed in the latest months


def build(staff: dict[str, User], bodies: dict[str, Organization]) -> None:
    """Twelve months that are over, published one after the other; the one that runs has begun."""
    running, chance = first_of(dates.today()), Chance()
    for back in range(MONTHS, -1, -1):
        month = after(running, -back)
        for name in WHO_COUNTS:
            if not (name in LATE and back <= 1):
                counted(staff, bodies[name], month, chance, part=1.0 if back else dates.today().day / 31)
        if back:
            for name in NONE_CAME:
                handed_in(bodies[name], month)
            handed_on(staff, month, chance)
        if back and not is_open(month, dates.today()):
            publish(month)


def counted(staff: dict[str, User], organization: Organization, month: dt.date, chance: Chance, *, part: float) -> None:
    """What this organisation has for the month; handed in when it is over."""
    usual, concerns, stages, methods = WHO_COUNTS[organization.name]
    number = round(usual * SEASONS[month.month - 1] * (0.9 + 0.2 * chance.random.random()) * part)
    # People write few rows: what is alike goes into one.
    rows = [
        tuple(chance.random.choices(list(weights), weights=list(weights.values()))[0] for weights in columns)
        for _row in range(max(5, min(18, number // 2)))
        for columns in [(concerns, stages, ROUTES, methods, OUTCOMES)]
    ]
    lines = [Line(codes, n) for codes, n in Counter(chance.random.choices(rows, k=number)).items()]
    heard = Counter(chance.random.choices(list(HEARD), weights=list(HEARD.values()), k=number))
    del heard[""]
    if is_open(month, dates.today()):  # as people do it
        tallies.enter(by=staff["secretariat"], organization=organization, month=month, lines=lines, heard=heard)
    else:
        written(organization, month, lines, heard)
    if month < first_of(dates.today()):
        handed_in(organization, month)


def handed_in(organization: Organization, month: dt.date) -> None:
    """A few days after the month was over; today, where it was over only yesterday."""
    moment = dt.datetime.combine(after(month).replace(day=4), dt.time(10, 20), JST)
    TallySheet.objects.create(organization=organization, month=month, handed_in_at=min(moment, dates.now()))


def written(organization: Organization, month: dt.date, lines: list[Line], heard: Mapping[str, int]) -> None:
    """Months that are closed: past the rules, as they were entered then."""
    of = {"organization": organization, "month": month, "source": Source.ENTERED}
    rows = (ConsultationCount(**of, **line.cells) for line in lines)
    ConsultationCount.objects.bulk_create(rows)
    HeardOfCount.objects.bulk_create(HeardOfCount(**of, heard_of=code, count=count) for code, count in heard.items())


def handed_on(staff: dict[str, User], month: dt.date, chance: Chance) -> None:
    """Hand-overs of consultations that are long since deleted: that they were made stays, and nothing else."""
    asking, answering = staff["counsellor"], [staff[login] for login in ("orgadmin", "member", "member2", "member3")]
    rows = []
    for _number in range(chance.random.randint(11, 17)):
        at = dt.datetime.combine(month, dt.time(9), JST) + dt.timedelta(hours=chance.random.randint(0, 27 * 24))
        answered = at + dt.timedelta(hours=chance.random.choice((3, 5, 18, 20, 22, 26, 30, 44, 70)))
        user, taken = chance.random.choice(answering), chance.random.random() < 0.85
        rows.append(
            Handover(
                kind="consultation", subject=uuid.UUID(int=chance.random.getrandbits(128), version=4),
                from_organization=asking.organization, to_organization=user.organization,
                proposed_by=asking, answered_by=user, proposed_at=at, answered_at=answered,
                answer_by=(at + dt.timedelta(days=3)).date(), ended_at=answered + dt.timedelta(days=4) if taken else answered,
                state=HandoverState.DONE if taken else HandoverState.DECLINED,
                reason="" if taken else DeclineReason.FULL,
            )
        )  # fmt: skip
    Handover.objects.bulk_create(rows)


def publish(month: dt.date) -> None:
    """In the night after the fifteenth of the next month."""
    trends.publish_due(dt.datetime.combine(after(month).replace(day=16), dt.time(0, 5), JST))

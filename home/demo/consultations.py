"""Desks that take letters, and what has come to them in the last weeks: one consultation in every state.

Everything goes the way of every consultation; what each deed has just written down is then dated back to its moment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cms import dates
from directory import codes
from directory.actions.consultations import handing_on, news, ready_texts, receiving, receptions, sending
from directory.actions.consultations.sending import Said
from directory.actions.consultations.states import SILENCE
from directory.enums import ConsultationState, ContactWay, HeardOf, LifeStage, Method, NoteKind, OthersRead, Route
from directory.hours.working_days import is_working_day
from directory.models import (
    ConsentQuestion,
    Consultation,
    ConsultationDesk,
    DeskNote,
    DeskSeat,
    Handover,
    Message,
    Notification,
    User,
)
from directory.models.consultations.contact import Contact
from directory.queries.consultations import reply_until
from home.demo import consultation_texts as texts
from home.demo.writing import Chance

FRONT, CITY, YOUNG = "くらしの相談", "みなもほっと電話", "ふね　若者の文字相談"
# desk → days to reply, who sits there (login, whether they stand in); the first is called when it is urgent
DESKS: dict[str, tuple[int, tuple[tuple[str, bool], ...]]] = {
    FRONT: (2, (("counsellor", False), ("supervisor", True))),
    CITY: (3, (("counsellor4", False), ("counsellor5", False))),
    YOUNG: (3, (("counsellor2", False), ("counsellor3", True))),
}
# The one code that is the same in every demo city (docs: README): places in the list of words.
CODE_PLACES = (846, 297, 369, 18, 531, 927)
WITH_THE_CODE = "C-07665"
HERE_FOR = 200  # days since somebody sits at these desks
STAMPS = ("received_at", "read_at", "answered_at", "moved_at", "closed_at")
MORNINGS = Contact(way=ContactWay.PHONE, phone="0000-00-0009", since="10:00", until="12:00", note="母が出ます")
BY_MAIL = Contact(way=ContactWay.MAIL, mail="nagi@example.jp", since="20:00", until="22:00", others_read=OthersRead.YES)


def build(staff: dict[str, User]) -> None:
    """After desks and people."""
    desks = receive(staff)
    past = Past(desks, staff)
    just_come(past)
    own(past)
    asked_and_handed_on(past)
    over(past)
    elsewhere(past)
    for title, text in texts.READY:
        ready_texts.write(by=staff["counsellor"], desk=desks[FRONT], title=title, text=text)


def demo_code() -> tuple[str, ...]:
    """合言葉 of the consultation whose reply page the README shows; there is none outside a demo city."""
    return tuple(codes.words()[place] for place in CODE_PLACES)


def receive(staff: dict[str, User]) -> dict[str, ConsultationDesk]:
    """Three desks take letters; the council's one receives what names none."""
    office, desks = staff["secretariat"], {}
    for name, (days, people) in DESKS.items():
        desk = desks[name] = ConsultationDesk.objects.select_related("organization").get(name=name)
        for login, stands_in in people:
            receptions.seat(by=office, desk=desk, user=staff[login], is_deputy=stands_in)
        on_call = staff[people[0][0]]
        receptions.set_reception(by=office, desk=desk, takes=True, reply_days=days, on_call=on_call)
    long_ago = dates.today() - dt.timedelta(days=HERE_FOR)
    DeskSeat.objects.update(since=long_ago, confirmed_at=dates.now() - dt.timedelta(days=HERE_FOR))
    Notification.objects.filter(kind=news.SEATED).delete()  # news of that age is forgotten
    receptions.name_receiving(by=office, desk=desks[FRONT])
    return desks


class Past:
    """Deeds of the last weeks, each at its moment."""

    def __init__(self, desks: dict[str, ConsultationDesk], staff: dict[str, User]) -> None:
        self.desks, self.staff, self.began, self.chance = desks, staff, dates.now(), Chance()

    def ago(self, **span: float) -> dt.datetime:
        """So long before the city was made."""
        return self.began - dt.timedelta(**span)

    def evening(self, days: int, hour: int = 20, minute: int = 40) -> dt.datetime:
        """When people write: so many days ago, late."""
        return dt.datetime.combine(self.began.date() - dt.timedelta(days=days), dt.time(hour, minute), dates.JST)

    def office_hour(self, after: dt.datetime, hour: int = 10, minute: int = 20) -> dt.datetime:
        """When desks answer: on the next working day, and before now."""
        day = after.date() + dt.timedelta(days=1)
        while not is_working_day(day):
            day += dt.timedelta(days=1)
        return min(dt.datetime.combine(day, dt.time(hour, minute), dates.JST), self.ago(minutes=25))

    def working_days_ago(self, days: int, hour: int = 11) -> dt.datetime:
        """At that hour of the n-th working day before today."""
        day = self.began.date()
        while days:
            day -= dt.timedelta(days=1)
            days -= is_working_day(day)
        return dt.datetime.combine(day, dt.time(hour, 12), dates.JST)

    def send(self, number: str, desk: str | None, at: dt.datetime, said: Said | None = None) -> Consultation:
        """Written on the site."""
        sent = sending.send(
            text=texts.FIRST[number], desk=self.desks[desk] if desk else None, form_key=self.chance.key(), said=said
        )
        return self.numbered(sent.consultation, number, at)

    def enter(self, number: str, by: str, method: str, at: dt.datetime, said: Said | None = None) -> Consultation:
        """Told to a counsellor."""
        sent = receiving.enter(
            by=self.staff[by], desk=self.desks[FRONT], text=texts.FIRST[number], method=method,
            form_key=self.chance.key(), said=said, at=at,
        )  # fmt: skip
        return self.numbered(sent.consultation, number, at)

    def numbered(self, consultation: Consultation, number: str, at: dt.datetime) -> Consultation:
        """With the number it has in every demo city."""
        Consultation.objects.filter(pk=consultation.pk).update(number=number)
        return self.happened(consultation, at)

    def happened(self, consultation: Consultation, at: dt.datetime) -> Consultation:
        """What was written down since the city began to be made was written down at that moment, or after what was before."""
        row = Consultation.objects.select_related("desk").get(pk=consultation.pk)
        before = row.messages.filter(at__lt=self.began).order_by("-at").values_list("at", flat=True).first()
        at = max(at, before + dt.timedelta(minutes=2)) if before else at
        for name in STAMPS:
            stamp = getattr(row, name)
            if stamp is not None and stamp >= self.began:
                setattr(row, name, at)
        if row.reply_by is not None:
            row.reply_by = reply_until(row.desk, since=row.moved_at)
        if row.erase_on is not None:
            days = SILENCE[ConsultationState(row.state)]
            row.erase_on = dates.jst(row.moved_at).date() + dt.timedelta(days=days)
        row.save()
        self.date_back(row, at)
        return row

    def date_back(self, consultation: Consultation, at: dt.datetime) -> None:
        """What hangs on it."""
        for model, names in {Message: ("at",), DeskNote: ("at",), ConsentQuestion: ("asked_at", "answered_at")}.items():
            for name in names:
                fresh = model.objects.filter(consultation=consultation, **{f"{name}__gte": self.began})  # type: ignore[attr-defined]
                fresh.update(**{name: at})
        for name in ("proposed_at", "answered_at", "ended_at"):
            Handover.objects.filter(subject=consultation.pk, **{f"{name}__gte": self.began}).update(**{name: at})

    def answer(self, it: Consultation, by: str, at: dt.datetime, text: str = "") -> Consultation:
        """Read, and answered."""
        receiving.read(by=self.staff[by], consultation=it)
        receiving.answer(
            by=self.staff[by], consultation=it, text=text or texts.ANSWER[it.number], form_key=self.chance.key()
        )
        return self.happened(it, at)

    def write_on(self, it: Consultation, at: dt.datetime) -> Consultation:
        """The person again."""
        sending.write_on(consultation=it, text=texts.AGAIN[it.number], form_key=self.chance.key())
        return self.happened(it, at)

    def close(self, it: Consultation, by: str, outcome: str, at: dt.datetime) -> Consultation:
        """At its end."""
        receiving.close(by=self.staff[by], consultation=it, outcome=outcome)
        return self.happened(it, at)


def said(route: Route = Route.SELF, stage: str = "", concerns: Iterable[str] = (), **more: str | Contact) -> Said:
    """What somebody ticked beside the text."""
    return Said(route=route, life_stage=stage, concerns=tuple(concerns), **more)  # type: ignore[arg-type]


def just_come(past: Past) -> None:
    """Nobody has taken them yet: an urgent one, one that names no desk, one by telephone in the morning only."""
    past.send("C-07714", FRONT, past.ago(minutes=19), said())
    past.send("C-07709", None, past.ago(hours=3, minutes=8), said(stage=LifeStage.THIRTIES, heard_of=HeardOf.POSTCARD))
    family = said(Route.FAMILY, LifeStage.FORTIES, ["k3"], contact=MORNINGS)
    told = past.enter("C-07706", "supervisor", Method.PHONE, past.working_days_ago(2), family)
    receiving.assign(by=past.staff["supervisor"], consultation=told, to=None)


def own(past: Past) -> None:
    """What the counsellor has in hand: a further word, silence for a week, a call, a visit that may end."""
    care = past.send("C-07688", FRONT, past.evening(6), said(Route.FAMILY, LifeStage.FIFTIES, ["k6"], contact=BY_MAIL))
    care = past.answer(care, "counsellor", past.office_hour(care.received_at))
    note(past, care, past.office_hour(care.received_at, minute=32))
    past.write_on(care, past.evening(1, 21, 0))

    alone = past.send("C-07652", FRONT, past.evening(12), said(Route.SELF, LifeStage.SIXTIES, ["k0", "k2"]))
    past.answer(alone, "counsellor", past.office_hour(alone.received_at, 14))

    volunteer = said(Route.VOLUNTEER, LifeStage.LATER, ["k2"], heard_of=HeardOf.SERVICE)
    call = past.enter("C-07703", "counsellor", Method.PHONE, past.working_days_ago(1, 15), volunteer)
    note(past, call, past.working_days_ago(1, 16))

    rent = past.enter("C-07640", "counsellor", Method.VISIT, past.working_days_ago(8, 13), said(concerns=["k5"]))
    note(past, rent, past.working_days_ago(8, 14), NoteKind.VISIT)


def note(past: Past, it: Consultation, at: dt.datetime, kind: NoteKind = NoteKind.NOTE) -> None:
    """For the desk alone."""
    by = past.staff["counsellor"]
    receiving.write_note(by=by, consultation=it, text=texts.NOTES[it.number], kind=kind)
    past.happened(it, at)


def asked_and_handed_on(past: Past) -> None:
    """Three ways to the young people's desk: the person is asked; has agreed and it waits; it is there."""
    asked = past.send(WITH_THE_CODE, FRONT, past.evening(4, 18, 52), said(Route.SELF, LifeStage.TWENTIES, ["k1", "k2"]))
    Consultation.objects.filter(pk=asked.pk).update(code_hash=codes.code_hash(demo_code()))
    asked = past.answer(asked, "counsellor", past.office_hour(asked.received_at))
    ask(past, asked, past.office_hour(asked.received_at, 10, 48))

    agreed = past.send("C-07671", FRONT, past.evening(7), said(Route.SELF, LifeStage.TWENTIES, ["k5"]))
    agreed = past.answer(agreed, "counsellor", past.office_hour(agreed.received_at))
    agree(past, agreed, ask(past, agreed, past.office_hour(agreed.received_at, 11)), past.evening(1, 19))

    there = past.send("C-07633", FRONT, past.evening(15), said(Route.SELF, LifeStage.TWENTIES, ["k4", "k2"]))
    there = past.answer(there, "counsellor", past.office_hour(there.received_at))
    agree(past, there, ask(past, there, past.office_hour(there.received_at, 11)), past.evening(13))
    other, handover = past.staff["counsellor2"], Handover.objects.get(subject=there.pk)
    handing_on.accept(by=other, handover=handover)
    there = past.happened(there, past.office_hour(past.evening(13), 16))
    past.answer(there, "counsellor2", past.office_hour(past.evening(12), 16), texts.FROM_FUNE)


def ask(past: Past, it: Consultation, at: dt.datetime) -> ConsentQuestion:
    """Whether the young people's desk may take over."""
    question = handing_on.ask(
        by=past.staff["counsellor"], consultation=it, to_desk=past.desks[YOUNG], words=texts.WORDS_TO[it.number]
    )
    past.happened(it, at)
    return question


def agree(past: Past, it: Consultation, question: ConsentQuestion, at: dt.datetime) -> None:
    """The person says yes."""
    handing_on.answer_question(question=question, agrees=True)
    past.happened(it, at)


def over(past: Past) -> None:
    """Ended with a word for what came of it, taken back, and no consultation at all."""
    heard = past.send("C-07598", FRONT, past.evening(24), said(Route.SELF, LifeStage.FIFTIES, ["k2"]))
    heard = past.answer(heard, "counsellor", past.office_hour(heard.received_at))
    heard = past.write_on(heard, past.evening(21))
    past.close(heard, "counsellor", "o1", past.office_hour(past.evening(21)))

    agency = said(Route.FAMILY, LifeStage.LATER, ["k2"], heard_of=HeardOf.CITY_PAPER)
    told = past.enter("C-07581", "supervisor", Method.PHONE, past.working_days_ago(20), agency)
    past.close(told, "supervisor", "o2", past.working_days_ago(20, 12))

    money = past.send("C-07560", FRONT, past.evening(40), said(Route.SELF, LifeStage.FORTIES, ["k5"]))
    money = past.answer(money, "supervisor", past.office_hour(money.received_at))
    past.close(money, "supervisor", "o4", past.office_hour(past.evening(30)))

    night = past.send("C-07602", FRONT, past.evening(9, 23, 10))
    sending.take_back(consultation=night)
    past.happened(night, past.evening(8))

    advert = past.send("C-07611", None, past.ago(days=3))
    receiving.set_aside(by=past.staff["counsellor"], consultation=advert)
    past.happened(advert, past.office_hour(past.ago(days=3)))


def elsewhere(past: Past) -> None:
    """What other desks have: nobody sees it from here."""
    past.send("C-07712", YOUNG, past.ago(hours=1, minutes=26), said(Route.SELF, LifeStage.TWENTIES))
    work = past.send("C-07699", CITY, past.evening(1), said(Route.SELF, LifeStage.FORTIES, ["k5"]))
    receiving.read(by=past.staff["counsellor4"], consultation=work)
    receiving.claim(by=past.staff["counsellor4"], consultation=work)
    past.happened(work, past.ago(minutes=50))
    baby = past.send("C-07655", CITY, past.evening(26), said(Route.SELF, LifeStage.THIRTIES, ["k6"]))
    baby = past.answer(baby, "counsellor4", past.office_hour(baby.received_at))
    past.close(baby, "counsellor5", "o3", past.office_hour(past.evening(20)))

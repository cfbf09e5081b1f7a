"""What organisations say to the cases of the demo city: questions both ways, and hand-overs at every stage."""

import datetime as dt

from casebook.actions import handing_on, offers, questions
from casebook.models import Case, Offer, Question
from cms import dates
from directory.actions import handovers
from directory.models import Handover, User
from home.demo import case_texts as texts


def build(staff: dict[str, User]) -> None:
    """After the cases. `staff`: people by login."""
    shared = {case.headline or "": case for case in Case.objects.filter(released_at__isnull=False)}
    said(staff, shared)
    handed_on(staff, shared)


def said(staff: dict[str, User], shared: dict[str, Case]) -> None:
    """One question with its answer, two that wait, and an author who would like to hear a little more."""
    member, other, third = staff["member"], staff["member2"], staff["member3"]
    night, after = shared[texts.NIGHT["texts"]["headline"]], shared[texts.AFTER_SCHOOL["texts"]["headline"]]
    bereaved = shared[texts.BEREAVED["texts"]["headline"]]
    first = questions.ask(by=third, case=night, text="何時ごろなら、外に出られそうですか。")
    questions.answer(by=member, question=first, text="夜の8時から10時ごろです。行きも帰りも、だれかといっしょなら出られます。")  # fmt: skip
    offer = Offer.objects.get(case=night, organization=other.organization)
    more = questions.ask_about(by=member, offer=offer, text="はじめの一回は、こちらの職員も同じ車に乗れますか。")
    waits = questions.ask(by=other, case=after, text="少ない人数とは、何人くらいまでを考えていますか。")
    mine = questions.ask(by=member, case=bereaved, text="昼と夕方では、どちらが過ごしやすいでしょうか。")
    asked(first, days=9, answered=8)
    asked(more, days=2)
    asked(mine, days=1)
    asked(waits, days=0)


def handed_on(staff: dict[str, User], shared: dict[str, Case]) -> None:
    """One that waits for the member, and one that was taken on and is on its way."""
    member, other, third = staff["member"], staff["member2"], staff["member3"]
    room, heat = shared[texts.ROOM["texts"]["headline"]], shared[texts.HEAT["texts"]["headline"]]
    supper = Offer.objects.get(case=room, organization=member.organization)
    offers.answer(by=third, offer=supper, accept=True)
    moved(handing_on.propose(by=third, offer=supper, answer_by=dates.today() + dt.timedelta(days=2)), days=3)
    company = Offer.objects.get(case=heat, organization=third.organization)
    taken = handing_on.propose(by=other, offer=company)
    handovers.accept(by=third, handover=taken)
    moved(taken, days=15, answered=13)


def ago(days: int) -> dt.datetime:
    """That many days ago, an hour earlier than now."""
    return dates.now() - dt.timedelta(days=days, hours=1)


def asked(question: Question, *, days: int, answered: int | None = None) -> None:
    """As if it had been asked, and answered, so long ago."""
    moments = {"asked_at": ago(days)} | ({} if answered is None else {"answered_at": ago(answered)})
    Question.objects.filter(pk=question.pk).update(**moments)


def moved(handover: Handover, *, days: int, answered: int | None = None) -> None:
    """As if it had been proposed, and answered, so long ago; by then a day for the answer was given."""
    changes: dict[str, dt.datetime | dt.date] = {"proposed_at": ago(days)}
    if answered is not None:
        changes |= {"answered_at": ago(answered), "answer_by": dates.today() - dt.timedelta(days=answered - 5)}
    Handover.objects.filter(pk=handover.pk).update(**changes)

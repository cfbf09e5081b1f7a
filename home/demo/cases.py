"""The casebook in the middle of its life: a case in every state, with answers, and read by others.

Everything goes the way of every case: guard, first reader, check, the morning on which it opens.
"""

import datetime as dt
from collections.abc import Iterable

from casebook.actions import release
from casebook.actions.cases import submit, withdraw, write
from casebook.actions.closing import close
from casebook.actions.eyes import note_reading
from casebook.actions.offers import answer, offer
from casebook.enums import Check, Outcome, Stance
from casebook.models import Case, Offer
from casebook.queries import first_readers_of
from casebook.queries.flags import all_fine
from cms import dates
from cms.guard import Dismissal, Reason, review
from directory.models import Organization, User
from directory.queries.names import known_names
from home.demo import case_texts as texts


def build(staff: dict[str, User]) -> None:
    """The cases and what others answered. `staff`: people by login."""
    under_way(staff)
    asked_about(staff)
    ended(staff)


def under_way(staff: dict[str, User]) -> None:
    """Not yet before the others: a draft, two with their first reader, one in the check, one for tomorrow morning."""
    member, other, reviewer = staff["member"], staff["member2"], staff["reviewer"]
    write(by=member, **texts.LEAVING, shared_with=Organization.objects.filter(pk=other.organization_id or 0))
    handed_in(member, texts.CARER)
    handed_in(other, texts.PHONE)
    passed_on(other, staff, texts.HOME_WORK, rewritten=[("PERSON", "Aさん"), ("AGE", "30代")])
    found_fit(reviewer, passed_on(staff["member3"], staff, texts.LANGUAGE))


def asked_about(staff: dict[str, User]) -> None:
    """Before the others, for some days or some weeks."""
    member, other, third, partner = (staff[login] for login in ("member", "member2", "member3", "partner"))
    soon = dates.today() + dt.timedelta(days=10)
    night = opened(member, staff, texts.NIGHT, days_ago=12)
    offer(by=other, case=night, stance=Stance.TOGETHER, due_on=soon,
          text="週末の夜なら、車で迎えに行ける人がいます。最初は玄関先で話すだけでも。")  # fmt: skip
    offer(by=partner, case=night, stance=Stance.INFORMATION, text="交通費に使える助成の案内をお渡しできます。")
    heat = opened(other, staff, texts.HEAT, days_ago=26)
    taken = offer(by=third, case=heat, stance=Stance.CAN_HANDLE, due_on=soon,
                  text="話し相手のほうを、うちで引きうけます。お金の話はそのあとにしましょう。")  # fmt: skip
    answer(by=other, offer=taken, accept=True)
    room = opened(third, staff, texts.ROOM, days_ago=5)
    offer(by=member, case=room, stance=Stance.TOGETHER, due_on=soon, text="週に二回、夕食を届けられます。")
    opened(other, staff, texts.BEREAVED, days_ago=3)
    opened(member, staff, texts.AFTER_SCHOOL, days_ago=1)
    read_by([member, third, partner], night, heat, room)


def ended(staff: dict[str, User]) -> None:
    """Three that came to an end, each in its own way, and one that its author took back."""
    member, other, third = staff["member"], staff["member2"], staff["member3"]
    double = opened(third, staff, texts.DOUBLE, days_ago=95)
    found = offer(by=member, case=double, stance=Stance.CAN_HANDLE,
                  text="家の一階なら、どちらの方もいっしょに過ごせます。")  # fmt: skip
    answer(by=third, offer=found, accept=True)
    closed(double, Outcome.FOUND, "月に二度、三人で通うことになりました。", days_ago=30)
    debt = opened(member, staff, texts.DEBT, days_ago=120)
    part = offer(by=other, case=debt, stance=Stance.INFORMATION, text="夜の電話で、次の約束を一言お伝えできます。")
    answer(by=member, offer=part, accept=True)
    closed(debt, Outcome.PARTLY, "立ちよれる場所は見つかりました。食べるものは、これから考えます。", days_ago=40)
    drink = opened(other, staff, texts.DRINK, days_ago=80)
    closed(
        drink, Outcome.NOT_FOUND, "家族だけで通える会は、まだ市内にありません。新しくつくる相談を始めます。", days_ago=8
    )
    read_by([member, other, third], double, debt, drink)
    withdraw(by=member, case=opened(member, staff, texts.QUIET, days_ago=20))


def handed_in(by: User, plain: texts.Plain, *, rewritten: Iterable[tuple[str, str]] = ()) -> Case:
    """Written and handed in to the first colleague; where there is none, to the secretariat."""
    found = review(plain["texts"], names=known_names())
    harmless = [Dismissal(concern.key, concern.type, Reason.PUBLIC) for concern in found.open]
    case = write(by=by, **plain, dismissals=harmless, rewritten=rewritten)
    return submit(by=by, case=case, first_reader=first_readers_of(author=by, organization=case.organization).first())


def passed_on(
    by: User, staff: dict[str, User], plain: texts.Plain, *, rewritten: Iterable[tuple[str, str]] = ()
) -> Case:
    """Read by a colleague or by the secretariat; waits for the anonymity check."""
    case = handed_in(by, plain, rewritten=rewritten)
    return release.pass_on(by=case.first_reader or staff["secretariat"], case=case)


def found_fit(reviewer: User, case: Case) -> Case:
    """The reviewer finds every mark fine and ticks every box."""
    said = release.Said(flags=all_fine(case), checks=list(Check.values))
    return release.release(by=reviewer, case=case, said=said)


def opened(by: User, staff: dict[str, User], plain: texts.Plain, *, days_ago: int) -> Case:
    """Before the others since the morning of that day."""
    case = found_fit(staff["reviewer"], passed_on(by, staff, plain))
    morning = release.next_opening(dates.now() - dt.timedelta(days=days_ago + 1))
    written = morning - dt.timedelta(days=3, hours=4)
    Case.objects.filter(pk=case.pk).update(
        created_at=written, changed_at=written, submitted_at=written + dt.timedelta(hours=1),
        first_read_at=written + dt.timedelta(days=1), opens_at=morning,
    )  # fmt: skip
    release.open_due(at=morning)
    case.refresh_from_db()
    return case


def closed(case: Case, outcome: Outcome, note: str, *, days_ago: int) -> None:
    """Its author has said what came of it."""
    close(by=case.author, case=case, outcome=outcome, note=note)
    ended = dates.now() - dt.timedelta(days=days_ago)
    Case.objects.filter(pk=case.pk).update(ended_at=ended)
    answered = {"offered_at": ended - dt.timedelta(days=20, hours=5), "decided_at": ended - dt.timedelta(days=18)}
    Offer.objects.filter(case=case).update(**answered)


def read_by(people: Iterable[User], *cases: Case) -> None:
    """So that the authors' organisations see who read."""
    for case in cases:
        for user in people:
            if user.organization_id != case.organization_id:
                note_reading(by=user, case=case)

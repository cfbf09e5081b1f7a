"""News about cases: number and link, never a word of the case.

All of it stands in the list of news and is counted in the digest. A mail of its own, at once, goes only where somebody
waits for this person: a case to check, a case given back, an answer, an answer that was taken up, a question. That a
case was opened, closed, an answer declined or a question answered can wait until tomorrow morning.
"""

from collections.abc import Iterable

from django.urls import reverse

from casebook.models import Case
from cms import outbox
from directory.actions.notifications import mark_read, notify
from directory.models import User

CASE_NEWS = "case_news"
TO_READ, TO_CHECK = "case_to_read_first", "case_to_check"
RETURNED, SHARED = "case_returned", "case_shared"
OFFERED, TAKEN_UP, DECLINED, CLOSED = "case_offered", "offer_accepted", "offer_declined", "case_closed"
QUESTION, REPLY = "case_question", "case_reply"
# event of the case (up to the first "-") → kind of news
KINDS = {
    "first": TO_READ,
    "submitted": TO_CHECK,
    "returned": RETURNED,
    "released": SHARED,
    "offer": OFFERED,
    "accepted": TAKEN_UP,
    "declined": DECLINED,
    "closed": CLOSED,
    "question": QUESTION,
    "reply": REPLY,
}
AT_ONCE = frozenset({TO_READ, TO_CHECK, RETURNED, OFFERED, TAKEN_UP, QUESTION})
ROUTES = {TO_READ: "members:case_first_reading", TO_CHECK: "members:case_review"}


def tell(case: Case, event: str, people: Iterable[User]) -> None:
    """News for each person. `event` makes the key: the same news is never told twice."""
    moment = case.submitted_at.strftime("%Y%m%d%H%M%S") if case.submitted_at else ""
    kind, key, people = KINDS[event.partition("-")[0]], f"case:{case.pk}:{event}:{moment}", list(people)
    notify(kind=kind, people=people, target=case.pk, key=key)
    if kind in AT_ONCE:
        write_to(people, case, route=ROUTES.get(kind, "members:case_detail"), key=key)


def write_to(people: Iterable[User], case: Case, *, route: str, key: str) -> None:
    """One mail a person."""
    for user in people:
        outbox.post(
            kind=CASE_NEWS,
            to=user.email,
            template="casebook/mail/case_news",
            context={
                "number": case.number,
                "path": reverse(route, args=[case.pk]),
                "case": str(case.pk),
                "user": user.pk,
            },
            key=f"{key}:{user.pk}",
        )


def looked_at(case: Case, *, by: User) -> None:
    """Whoever opens a case has read the news about it, by whichever road they came."""
    mark_read(by, kind=SHARED, target=case.pk)

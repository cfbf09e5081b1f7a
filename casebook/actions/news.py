"""News about cases: number and link, never a word of the case.

All of it stands in the list of news and is counted in the digest. A mail of its own, at once, goes only where somebody
waits for this person: a case to check, a case given back, an answer, an answer that was taken up. That a case was
opened, closed or an answer declined can wait until tomorrow morning.
"""

from collections.abc import Iterable

from django.urls import reverse

from casebook.models import Case
from cms import outbox
from directory.actions.notifications import mark_read, notify
from directory.models import User

CASE_NEWS = "case_news"
TO_CHECK, RETURNED, SHARED = "case_to_check", "case_returned", "case_shared"
OFFERED, TAKEN_UP, DECLINED, CLOSED = "case_offered", "offer_accepted", "offer_declined", "case_closed"
# event of the case (up to the first "-") → kind of news
KINDS = {
    "submitted": TO_CHECK,
    "returned": RETURNED,
    "released": SHARED,
    "offer": OFFERED,
    "accepted": TAKEN_UP,
    "declined": DECLINED,
    "closed": CLOSED,
}
AT_ONCE = frozenset({TO_CHECK, RETURNED, OFFERED, TAKEN_UP})


def tell(case: Case, event: str, people: Iterable[User]) -> None:
    """News for each person. `event` makes the key: the same news is never told twice."""
    moment = case.submitted_at.strftime("%Y%m%d%H%M%S") if case.submitted_at else ""
    kind, key, people = KINDS[event.partition("-")[0]], f"case:{case.pk}:{event}:{moment}", list(people)
    notify(kind=kind, people=people, target=case.pk, key=key)
    if kind in AT_ONCE:
        write_to(people, case, route="members:case_review" if kind == TO_CHECK else "members:case_detail", key=key)


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

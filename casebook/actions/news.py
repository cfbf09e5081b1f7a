"""Mails about cases: number and link, never a word of the case."""

from collections.abc import Iterable

from django.urls import reverse

from casebook.models import Case
from cms import outbox
from directory.models import User

CASE_NEWS = "case_news"


def tell(case: Case, event: str, people: Iterable[User]) -> None:
    """One mail a person. `event` makes the key: the same news is never sent twice."""
    moment = case.submitted_at.strftime("%Y%m%d%H%M%S") if case.submitted_at else ""
    route = "members:case_review" if event == "submitted" else "members:case_detail"
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
            key=f"case:{case.pk}:{event}:{moment}:{user.pk}",
        )

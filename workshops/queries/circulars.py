"""Questions about circulars: what waits for an organisation, and how far they have come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from workshops.enums import CircularKind, ReplyState
from workshops.models import Circular, CircularQuestion, Reply


def circulars_waiting(user: Any) -> QuerySet[Reply]:
    """Of which something is expected of this person's organisation, the next day first. For the home: `.count()`."""
    mine = Reply.objects.waiting().filter(
        circular__in=Circular.objects.sent_to(user), organization=user.organization_id
    )
    return mine.select_related("circular").order_by("circular__due_on", "pk")


def tray(user: Any) -> QuerySet[Circular]:
    """What lies in the tray of the organisation, with its own state: one query."""
    mine = Reply.objects.filter(circular=OuterRef("pk"), organization=user.organization_id)
    rows = Circular.objects.sent_to(user).defer("text")
    return rows.annotate(
        own_state=Subquery(mine.values("state")[:1]), own_answered_at=Subquery(mine.values("answered_at")[:1])
    ).order_by(F("sent_at").desc(), "pk")


def done_filter() -> Q:
    """Replies of which nothing more is expected: read for a circular; answered or declined for an inquiry."""
    read = Q(replies__circular__kind=CircularKind.NOTICE) & ~Q(replies__state=ReplyState.UNREAD)
    return read | Q(replies__state__in=[ReplyState.ANSWERED, ReplyState.DECLINED])


def with_progress(rows: QuerySet[Circular]) -> QuerySet[Circular]:
    """Each with how many got it (`total`) and how many are done (`done`): n/N counts the same rows that the table lists."""
    return rows.annotate(
        total=Count("replies", distinct=True), done=Count("replies", filter=done_filter(), distinct=True)
    )


@dataclass(frozen=True)
class Line:
    """One organisation in the table of answers, its answers in the order of the questions."""

    reply: Reply
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Answers:
    """The table. Every organisation that got it is in it, whatever its state."""

    questions: tuple[CircularQuestion, ...]
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        """How many got it."""
        return len(self.lines)

    @property
    def missing(self) -> list[Reply]:
        """Those that have not done what was asked; with `settled` they are all that got it."""
        return [line.reply for line in self.lines if not is_done(line.reply)]

    @property
    def settled(self) -> Answers:
        """Those that have: the table under the list of the missing."""
        return Answers(self.questions, tuple(line for line in self.lines if is_done(line.reply)))

    @property
    def waiting(self) -> int:
        """Of how many something is still expected."""
        return sum(line.reply.is_waiting for line in self.lines)

    @property
    def done(self) -> int:
        """The others: the same rows, so that n/N fits the list under it."""
        return sum(is_done(line.reply) for line in self.lines)


def is_done(reply: Reply) -> bool:
    """Read for a circular; answered or declined for an inquiry."""
    if reply.state in (ReplyState.ANSWERED, ReplyState.DECLINED):
        return True
    return reply.state == ReplyState.READ and not reply.circular.is_inquiry


def answers_to(circular: Circular, replies: Iterable[Reply]) -> Answers:
    """The table of these replies: one query for the questions."""
    questions = tuple(circular.questions.all())
    return Answers(
        questions,
        tuple(Line(reply, tuple(reply.answers.get(str(each.pk)) for each in questions)) for reply in replies),
    )

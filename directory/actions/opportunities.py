"""Verbs about questions to an opportunity: ask, answer, take back, forget.

No secret is stored: the link is derived from the form's key, the database holds hashes of both.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from cms import audit, dates, outbox
from cms.encryption import keyed_hash
from directory.enums import QuestionState
from directory.models import Opportunity, OpportunityQuestion, RoleAssignment, User

#: A question is kept so long after it was asked, and again so long after it was answered.
KEPT_FOR = dt.timedelta(days=90)
LINK_LENGTH = 40  # hexadecimal digits: 160 bits
FORM_SALT = "directory.opportunity.form"
MAIL_WAITING = "opportunity.question_waiting"
MAIL_CONFIRMED = "opportunity.question_confirmed"
ADMINISTRATOR, SECRETARIAT = "orgadmin", "secretariat"
PERSONAL = ("nickname", "email", "phone", "safe_time", "question")


class NotOpen(Exception):
    """One can no longer ask about it."""


@dataclass(frozen=True)
class Asked:
    """What somebody wrote."""

    nickname: str
    answer_by: str
    question: str
    email: str = ""
    phone: str = ""
    safe_time: str = ""


@dataclass(frozen=True)
class Receipt:
    """A question with its secret, which is stored nowhere: it is derived from the form's key."""

    question: OpportunityQuestion
    key: str = field(repr=False)

    @property
    def token(self) -> str:
        """The secret part of the link."""
        return keyed_hash(self.key, purpose="opportunity.link")[:LINK_LENGTH]

    @property
    def path(self) -> str:
        """Where the question is taken back."""
        return reverse("directory:question", args=[self.token])


def key_hash(key: str) -> str:
    """What the database holds of a form's key."""
    return keyed_hash(key, purpose="opportunity.key")


def token_hash(token: str) -> str:
    """What the database holds of a link."""
    return keyed_hash(token, purpose="opportunity.link_hash")


def find(token: str) -> OpportunityQuestion | None:
    """The question behind a link; unknown and deleted look alike."""
    mine = OpportunityQuestion.objects.select_related("opportunity", "organization")
    return mine.filter(token_hash=token_hash(token)).first()


def first_sent(key: str) -> Receipt | None:
    """The question that this form asked when it was sent before."""
    found = OpportunityQuestion.objects.select_related("opportunity").filter(idempotency_key=key_hash(key)).first()
    return Receipt(found, key) if found else None


def ask(*, opportunity: Opportunity, asked: Asked, key: str, by: models.Model | None = None) -> Receipt:
    """Keep the question and say to the organisation that something waits. The same `key` again keeps nothing new.

    Raises NotOpen when the opportunity is over.
    """
    before = first_sent(key)
    if before:
        return before
    if not opportunity.is_open(dates.today()):
        raise NotOpen
    try:
        return _ask(opportunity=opportunity, asked=asked, key=key, by=by)
    except IntegrityError:  # the same form, sent twice at once: the other one was first
        before = first_sent(key)
        if before is None:
            raise
        return before


@transaction.atomic
def _ask(*, opportunity: Opportunity, asked: Asked, key: str, by: models.Model | None) -> Receipt:
    question = OpportunityQuestion(
        organization=opportunity.organization,
        opportunity=opportunity,
        idempotency_key=key_hash(key),
        answer_by=asked.answer_by,
        nickname=asked.nickname,
        email=asked.email or None,
        phone=asked.phone or None,
        safe_time=asked.safe_time or None,
        question=asked.question,
        erase_on=dates.today() + KEPT_FOR,
    )
    receipt = Receipt(question, key)
    question.token_hash = token_hash(receipt.token)
    question.save(force_insert=True)
    audit.record("opportunity.asked", by=by, target=question, opportunity=opportunity.pk)
    _tell_the_organization(question)
    _confirm(receipt)
    return receipt


def receivers(question: OpportunityQuestion) -> list[User]:
    """Who is told: the organisation's administrators; the secretariat where there is none."""
    holding = RoleAssignment.objects.active().select_related("user")
    own = holding.filter(role=ADMINISTRATOR, user__organization=question.organization_id)
    rows = list(own) or list(holding.filter(role=SECRETARIAT))
    return list({row.user_id: row.user for row in rows}.values())


def _tell_the_organization(question: OpportunityQuestion) -> None:
    """Without content: only that something waits, and where."""
    for user in receivers(question):
        outbox.post(
            kind=MAIL_WAITING,
            to=user.email,
            template="directory/mail/question_waiting",
            context={"path": reverse("members:opportunities"), "user": user.pk, "question": str(question.pk)},
            key=f"opportunity_question:{question.pk}:waiting:{user.pk}",
        )


def _confirm(receipt: Receipt) -> None:
    """A neutral mail with the link, if an address was given. The token lives in the encrypted context alone."""
    question = receipt.question
    if not question.email:
        return
    outbox.post(
        kind=MAIL_CONFIRMED,
        to=question.email,
        template="directory/mail/question_confirmed",
        context={
            "link": settings.BASE_URL + receipt.path,
            "question": str(question.pk),
            "until": dates.japanese_date_long(question.erase_on),
        },
        key=f"opportunity_question:{question.pk}:confirmed",
    )


@transaction.atomic
def mark_answered(*, question: OpportunityQuestion, by: User) -> bool:
    """Somebody has answered, by mail or telephone. True when this call did it. Kept 90 days from now."""
    changed = (
        OpportunityQuestion.objects.visible_to(by)
        .waiting()
        .filter(pk=question.pk)
        .update(
            state=QuestionState.ANSWERED, answered_at=dates.now(), answered_by=by, erase_on=dates.today() + KEPT_FOR
        )
    )
    if changed:
        audit.record("opportunity.answered", by=by, target=question)
    return bool(changed)


@transaction.atomic
def withdraw(*, question: OpportunityQuestion, by: models.Model | None = None) -> bool:
    """The person takes it back: what they wrote is emptied at once. True when this call did it."""
    emptied: dict[str, None] = dict.fromkeys(PERSONAL)
    changed = (
        OpportunityQuestion.objects.filter(pk=question.pk)
        .exclude(state=QuestionState.WITHDRAWN)
        .update(state=QuestionState.WITHDRAWN, **emptied)
    )
    if changed:
        question.refresh_from_db()
        audit.record("opportunity.withdrawn", by=by, target=question)
    return bool(changed)


def forget_due(*, on: dt.date) -> int:
    """Delete the questions whose day has come (JST); how many."""
    forgotten = 0
    for question in OpportunityQuestion.objects.filter(erase_on__lte=on).only("pk"):
        with transaction.atomic():
            deleted, _rows = OpportunityQuestion.objects.filter(pk=question.pk).delete()
            if deleted:
                audit.record("opportunity.forgotten", by=None, target=question)
                forgotten += 1
    return forgotten


def still_waiting(question: OpportunityQuestion, user: User) -> bool:
    """The mail to this person still makes sense: it waits, and they may see it."""
    return OpportunityQuestion.objects.visible_to(user).waiting().filter(pk=question.pk).exists()

"""What members say about a proposal, and what the secretariat answers."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms import audit, dates
from directory.actions import charter_news as news
from directory.actions.charter import allow
from directory.enums import CharterState
from directory.models import CharterComment, CharterVersion, User
from directory.permissions import may_change_comment, may_comment, may_keep_rules
from directory.queries.articles import articles_of


def _said(text: str) -> str:
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("There is nothing written yet.")})
    return text


@transaction.atomic
def comment(*, by: User, version: CharterVersion, article: str, text: str) -> CharterComment:
    """Say something about one article (its label), or about the whole (""). Signed with name and organisation."""
    allow(may_comment(by, version))
    if article and article not in {each.label for each in articles_of(version.text)}:
        raise ValidationError({"text": _("This proposal has no such article.")})
    made = CharterComment.objects.create(
        version=version, article=article, text=_said(text), author=by, organization=by.organization
    )
    audit.record("charter.commented", by=by, target=made)
    return made


@transaction.atomic
def change(*, by: User, comment: CharterComment, text: str) -> None:
    """The author says it differently, while comments are open. An answer to the earlier words does not stand."""
    allow(may_change_comment(by, comment))
    comment.text, comment.changed_at = _said(text), dates.now()
    comment.answer, comment.answered_at, comment.answered_by = None, None, None
    comment.save()
    audit.record("charter.comment_changed", by=by, target=comment)


@transaction.atomic
def take_back(*, by: User, comment: CharterComment) -> None:
    """The author takes it back: nobody reads it any more, and its words are not kept."""
    allow(may_change_comment(by, comment))
    comment.text, comment.answer, comment.withdrawn_at = "", None, dates.now()
    comment.save()
    audit.record("charter.comment_taken_back", by=by, target=comment)


@transaction.atomic
def answer(*, by: User, comment: CharterComment, text: str) -> None:
    """The secretariat answers, also after comments have closed, until the proposal is decided or withdrawn."""
    allow(may_keep_rules(by) and comment.withdrawn_at is None)
    if comment.version.state != CharterState.PROPOSED:
        raise ValidationError({"text": _("This proposal is not open any more.")})
    comment.answer, comment.answered_at, comment.answered_by = _said(text), dates.now(), by
    comment.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record("charter.comment_answered", by=by, target=comment)
    if comment.author is not None and comment.author != by:
        news.tell_author(comment)

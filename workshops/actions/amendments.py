"""Verbs of those who were there: how minutes should read, that they may stay so; and the answers to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms import audit
from cms.dates import now
from cms.guard import Dismissal
from workshops.actions import minutes_news as news
from workshops.actions.minutes import Stale, count_up, locked_row, look, put
from workshops.enums import AmendmentState
from workshops.models import Amendment, Consent, Minutes, Paragraph
from workshops.queries.minutes import Verb


@transaction.atomic
def propose(
    *, by: Any, paragraph: Paragraph, text: str, reason: str = "", dismissals: Iterable[Dismissal] = ()
) -> Amendment:
    """How somebody who was there would like it to read. A second wish for the same paragraph replaces the first."""
    minutes = locked_row(by, paragraph.minutes, Verb.AMEND)
    paragraph = minutes.paragraphs.get(pk=paragraph.pk)
    if text == paragraph.text:
        raise ValidationError({"text": [_("This is how it reads already.")]})
    look(minutes, {"text": text, "reason": reason}, dismissals)
    words = {"before": paragraph.text, "text": text, "reason": reason, "minutes": minutes}
    amendment, _new = Amendment.objects.update_or_create(
        paragraph=paragraph, proposed_by=by, state=AmendmentState.OPEN, defaults=words
    )
    news.tell(minutes, news.PROPOSED, people=news.those_who_answer(minutes), step=str(amendment.pk))
    audit.record("minutes.change_proposed", by=by, target=amendment)
    return amendment


@transaction.atomic
def take_back(*, by: Any, amendment: Amendment) -> Amendment:
    """One's own wish, while nobody has answered it."""
    Minutes.objects.select_for_update().get(pk=amendment.minutes_id)
    amendment = Amendment.objects.get(pk=amendment.pk)
    if amendment.proposed_by_id != by.pk:
        raise PermissionDenied
    _still_open(amendment)
    amendment.state = AmendmentState.WITHDRAWN
    amendment.save()
    audit.record("minutes.change_taken_back", by=by, target=amendment)
    return amendment


@transaction.atomic
def take(
    *,
    by: Any,
    amendment: Amendment,
    text: str,
    version: int,
    answer: str = "",
    dismissals: Iterable[Dismissal] = (),
) -> Amendment:
    """Take a change in, in these words. Raises Stale when the paragraph is no longer the version that was read."""
    minutes = locked_row(by, amendment.minutes, Verb.ANSWER)
    amendment = Amendment.objects.select_related("paragraph").get(pk=amendment.pk)
    _still_open(amendment)
    if amendment.paragraph.version != version:
        raise Stale([amendment.paragraph])
    look(minutes, {"text": text, "answer": answer}, dismissals)
    if text != amendment.paragraph.text:
        put(amendment.paragraph, text, by)
        count_up(minutes)
    return _answer(amendment, AmendmentState.TAKEN, by, answer)


@transaction.atomic
def decline(*, by: Any, amendment: Amendment, answer: str, dismissals: Iterable[Dismissal] = ()) -> Amendment:
    """Leave it as it is, with a word on why."""
    minutes = locked_row(by, amendment.minutes, Verb.ANSWER)
    amendment = Amendment.objects.get(pk=amendment.pk)
    _still_open(amendment)
    if not answer.strip():
        raise ValidationError({"answer": [_("Please say in a few words why.")]})
    look(minutes, {"answer": answer}, dismissals)
    return _answer(amendment, AmendmentState.DECLINED, by, answer)


def _still_open(amendment: Amendment) -> None:
    if amendment.state != AmendmentState.OPEN:
        raise ValidationError({"": [_("This change has been answered already.")]})


def _answer(amendment: Amendment, state: AmendmentState, by: Any, answer: str) -> Amendment:
    amendment.state, amendment.answered_by, amendment.answered_at, amendment.answer = state, by, now(), answer
    amendment.save()
    news.tell(amendment.minutes, news.ANSWERED, people=[amendment.proposed_by], step=str(amendment.pk))
    audit.record("minutes.change_answered", by=by, target=amendment, state=state)
    return amendment


@transaction.atomic
def consent(*, by: Any, minutes: Minutes, version: int) -> Consent:
    """ "It may stay so", for the words that were read. ValidationError when they have changed since."""
    minutes = locked_row(by, minutes, Verb.CONSENT)
    if minutes.version != version:
        raise ValidationError(_("The words have changed while you were reading. Please look once more."))
    given, _new = Consent.objects.update_or_create(minutes=minutes, user=by, defaults={"version": version})
    audit.record("minutes.agreed", by=by, target=minutes, version=version)
    return given

"""Cards of what was learned: handed in, looked through by a second person, shown together with others, taken out.

The audit trail says who did what, never with which card: otherwise it would be the way back from a card to an
organisation, and from there to a case.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.exceptions import PermissionDenied
from django.db import transaction

from casebook.actions.guarding import cleared, kept
from casebook.actions.release import OPENS
from casebook.enums import CardState, RetireReason
from casebook.models import CARD_TEXTS, Case, LearningCard
from casebook.models.learning import packed
from casebook.permissions import (
    can_check_card,
    can_learn_from,
    can_retire_card,
    can_rewrite_card,
    can_take_back_card,
)
from casebook.queries.learning import card_reviewers
from cms import audit, dates
from cms.guard import Dismissal
from cms.guard.storing import remembered
from cms.search.private import words_for
from directory import unsent
from directory.actions.notifications import notify
from directory.models import Mute, Notification, User

TO_CHECK, RETURNED = "card_to_check", "card_returned"
TOGETHER = 3  # fewer would say whose case was just closed
QUARTERS = (1, 4, 7, 10)  # on the first of these months all go out, however few
CODED = ("fiscal_year", "life_stage", "outcome", "materials")


def _locked(card: LearningCard) -> LearningCard:
    return LearningCard.objects.select_for_update().get(pk=card.pk)


@transaction.atomic
def hand_in(
    *,
    by: User,
    case: Case,
    coded: Mapping[str, Any],
    texts: Mapping[str, str],
    dismissals: Iterable[Dismissal] = (),
) -> LearningCard:
    """Write down what was learned from an own closed case. The card does not know which.

    Raises PermissionDenied, OpenFindings, GuardUnavailable; then nothing is stored.
    """
    if not can_learn_from(by, case):
        raise PermissionDenied
    card = LearningCard(author=by)
    _write(card, coded, texts, dismissals)
    audit.record("card.handed_in", by=by)
    _tell_reviewers(card, by)
    return card


@transaction.atomic
def rewrite(
    *,
    by: User,
    card: LearningCard,
    coded: Mapping[str, Any],
    texts: Mapping[str, str],
    dismissals: Iterable[Dismissal] = (),
) -> LearningCard:
    """Hand a card in again that came back. Raises PermissionDenied, OpenFindings, GuardUnavailable."""
    card = _locked(card)
    if not can_rewrite_card(by, card):
        raise PermissionDenied
    card.state, card.reviewer_note = CardState.WAITING, None
    _write(card, coded, texts, dismissals)
    _forget_news(card)
    audit.record("card.handed_in", by=by)
    _tell_reviewers(card, by)
    return card


def _write(
    card: LearningCard, coded: Mapping[str, Any], texts: Mapping[str, str], dismissals: Iterable[Dismissal]
) -> None:
    found = cleared(texts, dismissals)
    for name in CARD_TEXTS:
        setattr(card, name, texts.get(name) or None)
    for name in CODED:
        setattr(card, name, coded[name])
    card.concerns, card.bodies = packed(coded["concerns"]), packed(coded["bodies"])
    card.dismissals = kept(found.dismissals)
    card.words = words_for(*(texts.get(name) or "" for name in CARD_TEXTS))
    card.save()


def _tell_reviewers(card: LearningCard, author: User) -> None:
    notify(kind=TO_CHECK, people=card_reviewers(author), target=card.pk, key=f"card:{card.pk}:check")


def _forget_news(card: LearningCard) -> None:
    """News about a card is addressed to its author, or leaves the author out: both would say who that was."""
    for rows in (Notification.objects, Mute.objects):
        rows.filter(target=str(card.pk)).delete()
    unsent.forget(str(card.pk))


@transaction.atomic
def take_back(*, by: User, card: LearningCard) -> None:
    """The author thinks better of it: nothing of the card is left."""
    card = _locked(card)
    if not can_take_back_card(by, card):
        raise PermissionDenied
    _forget_news(card)
    card.delete()
    audit.record("card.taken_back", by=by)


def _for_check(by: User, card: LearningCard) -> LearningCard:
    card = _locked(card)
    if not can_check_card(by, card):
        raise PermissionDenied
    return card


@transaction.atomic
def accept(*, by: User, card: LearningCard) -> LearningCard:
    """It may be shown, and is so with the others on the first of next month. Raises OpenFindings, GuardUnavailable."""
    card = _for_check(by, card)
    cleared(card.texts, remembered(card.dismissals))
    card.state, card.goes_out_on = CardState.READY, first_of_next_month(dates.today())
    card.save(update_fields=["state", "goes_out_on"])
    _forget_news(card)
    audit.record("card.accepted", by=by)
    return card


@transaction.atomic
def give_back(*, by: User, card: LearningCard, note: str, dismissals: Iterable[Dismissal] = ()) -> LearningCard:
    """Ask the author to say it otherwise. The note passes the guard too; only the author sees it."""
    card = _for_check(by, card)
    cleared({"note": note}, dismissals)
    card.state, card.reviewer_note = CardState.RETURNED, note
    card.save(update_fields=["state", "reviewer_note"])
    _forget_news(card)
    audit.record("card.given_back", by=by)
    if card.author is not None:
        notify(kind=RETURNED, people=[card.author], target=card.pk, key=f"card:{card.pk}:back")
    return card


def first_of_next_month(day: dt.date) -> dt.date:
    """The day on which what is accepted on `day` may go out."""
    return day.replace(day=1) + relativedelta(months=1)


@transaction.atomic
def show_due(*, at: dt.datetime) -> int:
    """On the first of a month, in the morning: all accepted cards at once, and nobody knows any more whose they were.

    Fewer than three wait for the next first; on the first of a quarter all go. Returns how many went out.
    """
    now = dates.jst(at)
    if now.time() < OPENS:
        return 0
    due = LearningCard.objects.select_for_update().filter(state=CardState.READY, goes_out_on__lte=now.date())
    cards = list(due.values_list("pk", flat=True))
    if not cards:
        return 0
    ready = LearningCard.objects.filter(pk__in=cards)
    if len(cards) < TOGETHER and now.month not in QUARTERS:
        ready.update(goes_out_on=first_of_next_month(now.date()))
        return 0
    ready.update(state=CardState.SHOWN, author=None, goes_out_on=None, reviewer_note=None)
    audit.record("cards.shown", by=None, count=len(cards))
    return len(cards)


@transaction.atomic
def retire(*, by: User, card: LearningCard, reason: str) -> LearningCard:
    """Take a card out of the library; its words are gone. The secretariat, with a coded reason."""
    card = _locked(card)
    if not can_retire_card(by, card):
        raise PermissionDenied
    card.state, card.retired_for = CardState.RETIRED, RetireReason(reason)
    for name in (*CARD_TEXTS, "words", "dismissals"):
        setattr(card, name, None)
    card.save()
    audit.record("card.retired", by=by, target=card, reason=str(reason))
    return card

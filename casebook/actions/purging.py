"""Leaving no trace: what is emptied and deleted when a case is withdrawn, runs out, or is judged to be too telling (CB-16).

What stays is a skeleton: number, state, days, organisation, author. Rows that hang on a case by a foreign key with
CASCADE go with its words; what outlives them (incidents, numbers of copies) says PROTECT and registers a purger here.
tests/casebook/test_no_trace.py fills every noun with words and looks for them afterwards, everywhere.
"""

import json
from collections.abc import Callable

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse

from casebook.actions.exchange import purge_exchange
from casebook.enums import EMPTY_STATES, CaseState
from casebook.models import Case
from cms import dates
from cms.enums import MailState
from cms.models import Mail, SentForm
from directory import unsent
from directory.models import Mute, Notification, User

Purger = Callable[[Case], None]
KEPT = frozenset({
    "id", "number", "organization", "author", "state", "legal_basis", "created_at", "changed_at", "submitted_at",
    "first_read_at", "opens_at", "released_at", "ended_at", "review_on", "expires_on",
})  # fmt: skip
_purgers: dict[str, Purger] = {}


def register_purger(noun: str, purger: Purger) -> None:
    """In ready(): `purger` empties what a noun that outlives its case holds of it."""
    _purgers[noun] = purger


def purge(case: Case, *, state: CaseState, by: User | None) -> None:
    """Empty a case for good, inside the caller's transaction; the caller holds the row and records why.

    Raises ValueError for a state that is not one of the empty ones.
    """
    if state not in EMPTY_STATES:
        raise ValueError(f"{state} is no state of an emptied case.")
    for purger in _purgers.values():
        purger(case)
    purge_exchange(case, by=by)
    for model, name in hanging_on_cases():
        model._base_manager.filter(**{name: case.pk}).delete()
    _forget_news(case)
    _forget_mail(case)
    unsent.forget(str(case.pk))
    # Forms sent before stay known, so that none is taken twice; they lead to the list, no more to the case.
    SentForm.objects.filter(led_to__contains=str(case.pk)).update(led_to=reverse("members:case_list"))
    _to_skeleton(case, state)


def hanging_on_cases() -> list[tuple[type[models.Model], str]]:
    """Models of this room whose rows go with the case they point to, and the name of that key."""
    return [
        (model, field.name)
        for model in apps.get_app_config("casebook").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model is Case
        and field.remote_field.on_delete is models.CASCADE
    ]


def _to_skeleton(case: Case, state: CaseState) -> None:
    """Every field that is not named in KEPT is as on the first day: a field somebody adds is emptied too."""
    for field in case._meta.concrete_fields:
        if field.name not in KEPT:
            setattr(case, field.attname, field.get_default())
    case.state, case.ended_at = state, case.ended_at or dates.now()
    case.save()
    for link in case._meta.many_to_many:
        getattr(case, link.name).clear()


def _forget_news(case: Case) -> None:
    """News about it, and the wish not to hear of it."""
    pk = str(case.pk)
    Notification.objects.filter(Q(target=pk) | Q(key__contains=pk)).delete()
    Mute.objects.filter(target=pk).delete()


def _forget_mail(case: Case) -> None:
    """Mails that speak of it, sent or not: recipient and context go; what still waited is not sent.

    They hold number and address alone. Found by reading them, so that no kind of mail has to be known here.
    """
    now, pk = dates.now(), str(case.pk)
    rows = Mail.objects.filter(emptied_at__isnull=True)
    found = [mail.pk for mail in rows.only("key", "context").iterator() if _speaks_of(mail, pk, case.number)]
    gone = Mail.objects.filter(pk__in=found)
    gone.filter(state=MailState.QUEUED).update(state=MailState.DROPPED, last_error="thing_gone", ended_at=now)
    gone.update(recipient=None, context=None, attachments=None, emptied_at=now)


def _speaks_of(mail: Mail, pk: str, number: str) -> bool:
    said = json.dumps(mail.context or {})
    return pk in mail.key or pk in said or number in said

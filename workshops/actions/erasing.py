"""What residents wrote goes at the time that was promised to them; what is counted stays."""

import datetime as dt

from django.db import transaction

from cms import audit
from workshops.models import Answer, Feedback, Registration, RegistrationLink
from workshops.models.registrations import ERASED


def erase_due(*, on: dt.date) -> int:
    """Empty the personal fields of registrations whose day has come (JST); how many. Seats and numbers stay."""
    due = Registration.objects.filter(erase_on__lte=on).exclude(token_hash__startswith=ERASED)
    return sum(erase(registration) for registration in due.only("pk"))


@transaction.atomic
def erase(registration: Registration) -> bool:
    """Empty one. False when another process was first."""
    mark = f"{ERASED}{registration.pk}"
    mine = Registration.objects.filter(pk=registration.pk).exclude(token_hash=mark)
    changed = mine.update(
        name="",
        email=None,
        phone=None,
        companions=None,
        supports=None,
        note=None,
        email_hash="",
        token_hash=mark,
        code_hash=mark,
        idempotency_key=mark,
    )
    RegistrationLink.objects.filter(registration=registration.pk).delete()
    if changed:
        audit.record("registration.erased", by=None, target=registration)
    return bool(changed)


@transaction.atomic
def erase_answers(*, on: dt.date) -> int:
    """Delete the answers whose own day has come, before or after that of their registration; how many."""
    deleted, _by_model = Answer.objects.filter(erase_on__lte=on).delete()
    if deleted:
        audit.record("answers.erased", by=None, answers=deleted)
    return deleted


@transaction.atomic
def erase_words(*, on: dt.date) -> int:
    """Empty the words of feedback whose day has come; how many. The face that was chosen stays, to be counted."""
    emptied = Feedback.objects.filter(erase_on__lte=on, words__isnull=False).update(words=None, may_quote=False)
    if emptied:
        audit.record("feedback.erased", by=None, answers=emptied)
    return emptied

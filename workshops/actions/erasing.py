"""What residents wrote goes at the time that was promised to them; what is counted stays."""

import datetime as dt

from django.db import transaction

from cms import audit
from workshops.models import Registration

#: Marks of an erased registration: its link, code and form open nothing any more.
ERASED = "erased:"


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
    if changed:
        audit.record("registration.erased", by=None, target=registration)
    return bool(changed)

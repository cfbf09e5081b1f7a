"""Sessions: ending all of a person, forgetting what has run out."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from directory.models import User


@transaction.atomic
def end_all(user: User) -> int:
    """Every device of this person is a stranger's from the next request on; how many there were."""
    keys = list(UserSession.objects.filter(user=user).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=user).delete()
    return len(keys)


def forget_ended(now: dt.datetime) -> int:
    """Sessions past their last moment, and devices without a session; how many sessions were deleted."""
    count, _ = Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return count

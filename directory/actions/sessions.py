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
    """Devices whose session is past its last moment or gone; how many. The sessions themselves go with cms.receivers."""
    lasting = Session.objects.filter(expire_date__gte=now).values("session_key")
    count, _ = UserSession.objects.exclude(session_key__in=lasting).delete()
    return count

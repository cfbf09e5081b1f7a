"""News as it looks in the middle of a week: some read, some not, one thing muted; and a digest that could not be sent."""

import datetime as dt
from itertools import groupby
from operator import attrgetter

from django.utils import timezone

from cms.enums import MailState
from cms.models import Mail
from directory.actions import notifications as news
from directory.models import Notification, User
from home.actions import digests
from home.enums import Rhythm

# How long ago the latest piece of a person's news came in, the one before it, and so on.
HOURS_AGO = (1, 3, 20, 26, 45, 52, 70, 76, 95, 100, 120, 143)
UNREAD = 4


def build(staff: dict[str, User]) -> None:
    """After everything that tells somebody something."""
    spread()
    mute_the_oldest(staff["member"])
    digests.choose(by=staff["orgadmin"], rhythm=Rhythm.WEEKLY, hour=9, on_days_off=False)
    a_digest_that_failed(staff["partner"])


def spread() -> None:
    """All of it was told at once, when the city was put in: over the week it goes, what is older has been read."""
    now = timezone.now()
    rows = list(Notification.objects.order_by("user", "-pk"))
    for _user, own in groupby(rows, key=attrgetter("user_id")):
        for place, row in enumerate(own):
            row.created_at = now - dt.timedelta(hours=HOURS_AGO[min(place, len(HOURS_AGO) - 1)], minutes=place * 7 % 60)
            row.read_at = None if place < UNREAD else row.created_at + dt.timedelta(hours=2)
    Notification.objects.bulk_update(rows, ["created_at", "read_at"], batch_size=200)


def mute_the_oldest(user: User) -> None:
    """So that "what you do not want to hear of" shows something."""
    row = Notification.objects.filter(user=user).order_by("created_at", "pk").first()
    if row is not None:
        news.mute(by=user, kind=row.kind, target=row.target)


def a_digest_that_failed(user: User) -> None:
    """For the office's screen of mail: the other side did not take it."""
    now = timezone.now()
    if digests.write(to=user, until=now, at=now):
        Mail.objects.filter(kind=digests.MAIL_KIND).update(
            state=MailState.FAILED, attempts=1, last_error="SMTPRecipientsRefused", ended_at=now
        )

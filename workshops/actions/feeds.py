"""A member's own calendar feed: give it an address, take the address back."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from cms import audit
from workshops import keys
from workshops.models import PersonalFeed


@transaction.atomic
def make_feed(*, by: Any) -> str:
    """A new address; the one before ends at once. Returns its secret part, which is stored nowhere."""
    token = keys.new_feed_token()
    PersonalFeed.objects.filter(user=by).delete()
    feed = PersonalFeed.objects.create(user=by, token_hash=keys.feed_hash(token))
    audit.record("calendar_feed.made", by=by, target=feed)
    return token


@transaction.atomic
def end_feed(*, by: Any) -> None:
    """The address leads nowhere any more. Without one, nothing happens."""
    feed = PersonalFeed.objects.filter(user=by).first()
    if feed:
        audit.record("calendar_feed.ended", by=by, target=feed)
        feed.delete()

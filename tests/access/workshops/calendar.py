"""Access rows: the calendar, its feeds, a member's own feed."""

from typing import Any

from tests.access import WORKSPACE, Row, all_of, everyone
from tests.factories.events import make_event
from workshops.actions.feeds import make_feed


def build(world: Any) -> None:
    """A closed study session of organisation A, and the feed of its member."""
    make_event(
        title=world.canary("study.title"),
        summary=world.canary("study.summary"),
        venue_name="会議室",
        host=world.org_a,
        page=False,
    )
    world.feed_token = make_feed(by=world.users["member"])
    world.canaries["feed.token"] = world.feed_token


ROWS: list[Row] = [
    everyone("workshops:event_list"),
    everyone(
        "workshops:event_month", kwargs=lambda world: {"year": 2026, "month": 12}, wrong={"year": 1899, "month": 1}
    ),
    everyone("workshops:events_ics"),
    everyone("workshops:event_feed"),
    everyone("workshops:event_subscribe"),
    everyone("workshops:event_ics", kwargs=lambda world: {"slug": world.event.slug}, wrong={"slug": "nowhere"}),
    everyone("workshops:personal_feed", kwargs=lambda world: {"token": world.feed_token}, wrong={"token": "f" * 40}),
    Row(
        "members:calendar_feed",
        get=all_of(WORKSPACE, 200),
        post=all_of(WORKSPACE, 200),
        otherwise=403,
    ),
]

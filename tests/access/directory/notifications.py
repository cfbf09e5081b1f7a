"""Access rows: news for people."""

from typing import Any

from directory.actions import notifications as actions
from directory.models import Notification
from directory.queries.notifications import Kind, register_kind
from tests.access import WORKSPACE, Row, all_of

KIND = "matrix_news"


def build(world: Any) -> None:
    """News for the member of organisation A whose sentence is private; and one that is muted."""
    words = world.canary("notification.sentence")
    register_kind(Kind(KIND, "試験", lambda user, targets: set(targets), lambda row: words, lambda row: "/members/"))
    member = world.users["member"]
    for target in ("1", "2"):
        actions.notify(kind=KIND, people=[member], target=target, key=f"matrix:{target}")
    world.news = Notification.objects.get(user=member, kind=KIND, target="1")
    world.mute = actions.mute(by=member, kind=KIND, target="2")


OWN = {"member": 302}
OF_A = frozenset({"member", "colleague", "orgadmin", "counsellor", "supervisor"})
OF_B = frozenset({"member_b", "partner"})
OFFICE = frozenset({"secretariat", "both"})
# Titles of things, in the list and on the home: those alone who may open the thing itself.
TITLES = {
    "notification.sentence": frozenset({"member"}),
    "inquiry.title": OF_A | OF_B,
    "declined.title": OF_B,
    "poll.title": OF_A | OF_B,
    "meeting.title": OF_A | OF_B | OFFICE,
    "study.title": OF_A | OFFICE | {"member_b", "excluded"},
    "material.title": OF_A | OFFICE | {"member_b", "excluded"},
}

ROWS: list[Row] = [
    Row("members:notifications", get=all_of(WORKSPACE, 200), shows=TITLES),
    Row("members:notifications_read", post=all_of(WORKSPACE, 302), otherwise=405),
    Row("members:notification_open", kwargs=lambda world: {"pk": world.news.pk}, wrong={"pk": 999_999}, get=OWN),
    Row(
        "members:notification_mute",
        kwargs=lambda world: {"pk": world.news.pk},
        wrong={"pk": 999_999},
        post=OWN,
        otherwise=405,
    ),
    Row(
        "members:notification_hear",
        kwargs=lambda world: {"pk": world.mute.pk},
        wrong={"pk": 999_999},
        post=OWN,
        otherwise=405,
    ),
]

"""Access rows: numbers that two people look at, reports of residents, questions to owners."""

from typing import Any

from cms import dates
from directory.actions import freshness, numbers
from directory.enums import WrongThing
from directory.models import DeskOwner, DeskQuestion, DeskReport
from tests.access import SECRETARIAT, Row, all_of, everyone
from tests.factories.desks import make_desk

NO_ID = 999_999
TOKEN = "a-token-that-was-mailed-to-one-person"


def build(world: Any) -> None:
    """A desk of organisation A with all that can wait: a change, a hold, a report, an owner, a question."""
    desk = world.kept_desk = make_desk(
        {"value": "0865-63-0911", "hours": "24/7"}, name="番号の窓口", organization=world.org_a
    )
    world.number_change = numbers.propose(desk=desk, kind="mail", new="new@example.jp", by=world.users["editor"])
    channel = desk.channels.get()
    world.number_hold = numbers.hide(desk=desk, kind=channel.kind, value=channel.value, by=world.users["editor"])
    world.report = DeskReport.objects.create(
        desk=desk, what=WrongThing.NUMBER, words=world.canary("report.words"), sender="x"
    )
    DeskOwner.objects.create(desk=desk, email=world.canary("owner.email"))
    DeskQuestion.objects.create(
        desk=desk, token_hash=freshness.hash_of(TOKEN), expires_at=dates.now() + freshness.LINK_VALID_FOR
    )


def of_desk(world: Any) -> dict[str, Any]:
    return {"slug": world.kept_desk.slug}


ROWS: list[Row] = [
    everyone("directory:desk_report", post=422, kwargs=of_desk, wrong={"slug": "nosuch1"}),
    everyone("directory:desk_checked", post=409, kwargs=lambda world: {"token": TOKEN}, wrong={"token": "nosuch"}),
    Row(
        "members:desk_hide",
        kwargs=of_desk,
        wrong={"slug": "nosuch1"},
        get={"orgadmin": 200, "secretariat": 200, "both": 200},
        post={"orgadmin": 302, "secretariat": 302, "both": 302},
        otherwise=403,
    ),
    Row(
        "members:office_desks",
        get=all_of(SECRETARIAT, 200) | {"admin": 403},
        otherwise=405,
        shows={"report.words": SECRETARIAT},
    ),
    Row(
        "members:office_desk",
        kwargs=of_desk,
        wrong={"slug": "nosuch1"},
        get=all_of(SECRETARIAT, 200) | {"admin": 403},
        post=all_of(SECRETARIAT, 302) | {"admin": 403},
        data=lambda world: {"act": "ask"},
        shows={"report.words": SECRETARIAT, "owner.email": SECRETARIAT},
    ),
    Row(
        "members:office_number",
        kwargs=lambda world: {"pk": world.number_change.pk},
        wrong={"pk": NO_ID},
        get=all_of(SECRETARIAT, 200) | {"admin": 403},
        post=all_of(SECRETARIAT, 302) | {"admin": 403},
        data=lambda world: {"act": "confirm"},
    ),
    Row(
        "members:office_number_lift",
        kwargs=lambda world: {"pk": world.number_hold.pk},
        wrong={"pk": NO_ID},
        post=all_of(SECRETARIAT, 302) | {"admin": 403},
        otherwise=405,
    ),
    Row(
        "members:office_report_done",
        kwargs=lambda world: {"pk": world.report.pk},
        wrong={"pk": NO_ID},
        post=all_of(SECRETARIAT, 302) | {"admin": 403},
        otherwise=405,
    ),
]

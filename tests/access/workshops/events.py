"""Access rows of the room `workshops`."""

from typing import Any

from cms.models import Mail
from tests.access import EVERYONE, SECRETARIAT, Row, all_of, everyone
from tests.factories.events import make_event, make_occurrence, make_registration


def build(world: Any) -> None:
    """A public event and somebody who registered for it: what they wrote is the office's and their own."""
    world.event = make_event(title="みんなの集い")
    receipt = make_registration(
        make_occurrence(world.event),
        name=world.canary("registration.name"),
        companions=[world.canary("registration.companions")],
        people=2,
        note=world.canary("registration.note"),
        email=f"{world.canary('registration.email')}@example.jp",
        phone="0000-00-0009",
    )
    world.registration_token = receipt.token
    world.canaries["registration.token"] = receipt.token
    world.canaries["registration.code"] = receipt.code
    assert Mail.objects.filter(kind="registration.confirmed").exists()


def the_event(world: Any) -> dict[str, Any]:
    return {"pk": world.event.pk}


def the_link(world: Any) -> dict[str, Any]:
    return {"token": world.registration_token}


WRITTEN = ("registration.name", "registration.companions", "registration.note")
OFFICE_SEES = dict.fromkeys((*WRITTEN, "registration.email"), SECRETARIAT)
# The holder of the link sees what they wrote; the address only with its end covered, except where it is changed.
HOLDER_SEES = dict.fromkeys((*WRITTEN, "registration.token"), EVERYONE)
FORGED = {"token": "f" * 40}


ROWS: list[Row] = [
    everyone(
        "workshops:register", kwargs=lambda world: {"slug": world.event.slug}, wrong={"slug": "nowhere"}, post=422
    ),
    everyone("workshops:registration_code", post=422),
    everyone("workshops:registration", kwargs=the_link, wrong=FORGED, shows=HOLDER_SEES),
    everyone(
        "workshops:registration_change",
        kwargs=the_link,
        wrong=FORGED,
        post=422,
        shows=HOLDER_SEES | {"registration.email": EVERYONE},
    ),
    everyone(
        "workshops:registration_withdraw",
        kwargs=the_link,
        wrong=FORGED,
        post=302,
        shows={"registration.token": EVERYONE},
    ),
    everyone("workshops:registration_calendar", kwargs=the_link, wrong=FORGED),
    Row(
        "members:office_events",
        get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 405),
        otherwise=403,
        shows=dict.fromkeys(("study.title", "event.proposal"), SECRETARIAT),
    ),
    Row(
        "members:office_registrations",
        kwargs=the_event,
        wrong={"pk": 999_999},
        get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 405),
        otherwise=403,
        shows=OFFICE_SEES,
    ),
    Row(
        "members:office_registrations_csv",
        kwargs=the_event,
        wrong={"pk": 999_999},
        post=all_of(SECRETARIAT, 200),
        otherwise=405,
        shows=OFFICE_SEES,
    ),
    Row(
        "members:office_registrations_xlsx",
        kwargs=the_event,
        wrong={"pk": 999_999},
        post=all_of(SECRETARIAT, 200),
        otherwise=405,
        shows=OFFICE_SEES,
    ),
]

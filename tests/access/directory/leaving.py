"""Access rows: own people one by one, roles asked for, the yearly confirmation, the zip, lists, the inventory."""

import datetime as dt
from typing import Any

from cms import dates
from directory.actions import attestations, roles
from directory.models import Attestation, Membership
from tests.access import OFFICE, SECRETARIAT, Row, all_of
from tests.factories.people import make_user

TOO_HIGH = 999_999


def build(world: Any) -> None:
    """A person of organisation A whose address only their administrators and the office see; what waits for an answer."""
    world.colleague = make_user(
        "colleague", organization=world.org_a, email=f"{world.canary('person.email')}@example.jp", name="同僚"
    )
    world.role_request = roles.ask_for(
        user=world.colleague, role="member", organization=world.org_a, by=world.users["orgadmin"]
    )
    start = dates.today()
    world.round = attestations.plan(
        starts_on=start, due_on=start + dt.timedelta(days=20), final_on=start + dt.timedelta(days=50), by=None
    )
    world.attestation = Attestation.objects.get(user=world.colleague)
    world.membership_of_a = Membership.objects.filter(organization=world.org_a).first() or Membership.objects.create(
        organization=world.org_a, tier="core", since=start
    )


def a_person(world: Any) -> dict[str, Any]:
    return {"pk": world.colleague.pk}


OWN = {"person.email": {"orgadmin"}}
OF_OFFICE = {"person.email": OFFICE}
ROWS: list[Row] = [
    Row(
        "members:person",
        kwargs=a_person,
        wrong={"pk": TOO_HIGH},
        get={"orgadmin": 200},
        post={"orgadmin": 302},
        data=lambda world: {"do": "give", "role": "partner"},
        otherwise=403,
        shows=OWN,
    ),
    Row(
        "members:person_remove",
        kwargs=a_person,
        wrong={"pk": TOO_HIGH},
        get={"orgadmin": 200},
        post={"orgadmin": 302},
        otherwise=403,
        shows=OWN,
    ),
    Row(
        "members:role_request_withdraw",
        kwargs=lambda world: {"pk": world.role_request.pk},
        wrong={"pk": TOO_HIGH},
        post={"orgadmin": 302},
        otherwise=405,
    ),
    Row(
        "members:attestation",
        get={"orgadmin": 200},
        post={"orgadmin": 302},
        data=lambda world: {"all": "1"},
        otherwise=403,
    ),
    Row("members:takeaway", get={"orgadmin": 200}, post={"orgadmin": 200}, otherwise=403),
    Row(
        "members:office_person",
        kwargs=a_person,
        wrong={"pk": TOO_HIGH},
        get=all_of(OFFICE, 200),
        post=all_of(OFFICE, 302),
        data=lambda world: {"role": "partner"},
        otherwise=403,
        shows=OF_OFFICE,
    ),
    Row(
        "members:office_person_remove",
        kwargs=a_person,
        wrong={"pk": TOO_HIGH},
        get=all_of(OFFICE, 200),
        post=all_of(OFFICE, 302),
        otherwise=403,
        shows=OF_OFFICE,
    ),
    Row(
        "members:office_role_requests",
        get=all_of(OFFICE, 200),
        post=all_of(OFFICE, 302),
        data=lambda world: {"request": world.role_request.pk, "answer": "give"},
        otherwise=403,
        shows=OF_OFFICE,
    ),
    Row("members:office_inventory", get=all_of(OFFICE, 200), otherwise=403, shows=OF_OFFICE),
    Row(
        "members:office_attestation",
        get=all_of(SECRETARIAT, 200) | {"admin": 403},
        post=all_of(SECRETARIAT, 302) | {"admin": 403},
        data=lambda world: {"here": world.attestation.pk},
        otherwise=403,
    ),
    Row(
        "members:office_people_import",
        get=all_of(SECRETARIAT, 200) | {"admin": 403},
        post=all_of(SECRETARIAT, 200) | {"admin": 403},
        otherwise=403,
    ),
    Row(
        "members:office_register_import",
        get=all_of(SECRETARIAT, 200) | {"admin": 403},
        post=all_of(SECRETARIAT, 200) | {"admin": 403},
        otherwise=403,
    ),
    Row(
        "members:office_takeaway",
        kwargs=lambda world: {"pk": world.membership_of_a.pk},
        wrong={"pk": TOO_HIGH},
        get=all_of(SECRETARIAT, 200) | {"admin": 403},
        post=all_of(SECRETARIAT, 200) | {"admin": 403},
        otherwise=403,
    ),
]

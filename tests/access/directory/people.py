"""Access rows: people, invitations, roles, the audit trail."""

from typing import Any

from cms.models import Mail
from directory.actions import people
from directory.models import Invitation, RoleAssignment
from tests.access import EVERYONE, OFFICE, SECRETARIAT, Row, all_of, everyone

NO_ID = "00000000-0000-4000-8000-000000000000"


def build(world: Any) -> None:
    """An open invitation of organisation A, whose address nobody sees, and a role to end."""
    world.invitation = people.invite(
        by=world.users["secretariat"],
        email=f"{world.canary('invitation.email')}@example.jp",
        name="招かれた人",
        organization=world.org_a,
        role="member",
    )
    mail = Mail.objects.get(key=f"invitation:{world.invitation.pk}")
    world.invitation_token = mail.context["path"].rstrip("/").split("/")[-1]
    world.canaries["invitation.token"] = world.invitation_token
    world.assignment = RoleAssignment.objects.filter(user=world.users["partner"]).get()
    assert Invitation.objects.count() == 1


def an_invitation(world: Any) -> dict[str, Any]:
    return {"pk": world.invitation.pk}


INSIDE_ACCOUNT = EVERYONE - {"stranger"}
ROWS: list[Row] = [
    # The holder of the link sees the link: it is in the form's own address.
    everyone(
        "invitation",
        kwargs=lambda world: {"token": world.invitation_token},
        post=200,
        shows={"invitation.token": EVERYONE},
    ),
    Row("mfa_needed", get=all_of(INSIDE_ACCOUNT, 200) | {"stranger": 302}, post=all_of(EVERYONE, 405)),
    Row("go_on", get=all_of(EVERYONE, 302), post=all_of(EVERYONE, 405)),
    Row("unsent_form", get=all_of(EVERYONE, 302), post=all_of(EVERYONE, 405)),
    Row("file_ready", get=all_of(INSIDE_ACCOUNT, 200) | {"stranger": 302}, post=all_of(EVERYONE, 405)),
    Row(
        "members:people",
        get={"orgadmin": 200},
        post={"orgadmin": 200},
        otherwise=403,
        shows={"person.email": {"orgadmin"}},
    ),
    Row(
        "members:invitation_withdraw",
        kwargs=an_invitation,
        wrong={"pk": NO_ID},
        post={"orgadmin": 302, "secretariat": 302, "both": 302},
        otherwise=405,
    ),
    Row(
        "members:office_people",
        get=all_of(OFFICE, 200),
        post=all_of(SECRETARIAT, 200) | {"admin": 403},
        otherwise=403,
        shows={"person.email": OFFICE},
    ),
    Row(
        "members:office_role_end",
        kwargs=lambda world: {"pk": world.assignment.pk},
        wrong={"pk": 999_999},
        get=all_of(OFFICE, 200),
        post=all_of(OFFICE, 302),
        otherwise=403,
    ),
    Row(
        "members:office_factors",
        kwargs=lambda world: {"pk": world.users["partner"].pk},
        wrong={"pk": 999_999},
        get=all_of(SECRETARIAT, 200),
        post=all_of(SECRETARIAT, 200),  # the form comes back: nothing was chosen
        otherwise=403,
    ),
    Row(
        "members:office_invitation_withdraw",
        kwargs=an_invitation,
        wrong={"pk": NO_ID},
        post=all_of(SECRETARIAT, 302) | {"admin": 403},
        otherwise=405,
    ),
    Row("members:audit_acts", get={"auditor": 200}, otherwise=403),
]

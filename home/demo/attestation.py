"""The yearly confirmation under way, a role that waits for the secretariat, and somebody without an organisation."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from cms.dates import today
from directory.actions import attestations
from directory.actions.people import assign_role
from directory.actions.roles import ask_for
from directory.models import Attestation, Organization, User
from home.demo.organizations import FUNE
from home.demo.people import DOMAIN, PASSWORD

# login, name, works for, role
COLLEAGUES = [
    ("colleague", "早瀬 みどり", FUNE, "colleague"),
    ("fune2", "帆足 ゆう", FUNE, "member"),
    ("minsei", "江口 とし子", None, "colleague"),
]


def build(staff: dict[str, User], organizations: dict[str, Organization]) -> None:
    """Three more people; of NPO法人ふね one asks for cases and nobody is confirmed yet."""
    hashed = make_password(PASSWORD)
    made = {}
    for login, name, works_for, role in COLLEAGUES:
        email, organization = f"{login}@{DOMAIN}", organizations[works_for] if works_for else None
        user = User.objects.create(email=email, password=hashed, name=name, organization=organization)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        assign_role(user=user, role=role, organization=organization, by=staff["secretariat"])
        made[login] = user
    ask_for(user=made["colleague"], role="member", organization=organizations[FUNE], by=staff["orgadmin"])
    start = today()
    attestations.plan(
        starts_on=start, due_on=start + dt.timedelta(days=21), final_on=start + dt.timedelta(days=52), by=None
    )
    done = Attestation.objects.exclude(organization=organizations[FUNE]).exclude(user=made["minsei"])
    attestations.still_here(attestations=done.select_related("user"), by=staff["secretariat"])

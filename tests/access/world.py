"""A small city in which every private field holds a word that must never be seen by the wrong eyes."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from typing import Any

from django.test import Client

from cms import dates
from directory.models import RoleAssignment
from tests.access import ACTORS, ROLES
from tests.factories.people import make_organization, make_user, satisfy_mfa, sign_in

ROOMS = ("cms", "directory", "workshops", "casebook", "home")


class World:
    """Organisations, people with their clients, and what the rooms add."""

    def __init__(self) -> None:
        self.canaries: dict[str, str] = {}
        self.org_a = make_organization(name="みなもの会A", is_public=True)
        self.org_b = make_organization(name="みなもの会B", is_public=True)
        self.org_x = make_organization(name="外された会")
        self.city = make_organization(name="みなも市", kind="city", is_public=True)
        self.users: dict[str, Any] = {"stranger": None}
        self.clients: dict[str, Client] = {"stranger": Client()}
        for actor in ACTORS[1:]:
            self.add(actor)
        for room in ROOMS:
            import_module(f"tests.access.{room}").build(self)

    def add(self, actor: str) -> None:
        """Make the person and sign them in, second factor in place."""
        organization = {"member_b": self.org_b, "excluded": self.org_x, "partner": self.org_b}.get(actor, self.org_a)
        if actor in {"secretariat", "editor", "publisher", "auditor", "admin", "both", "reviewer"}:
            organization = self.city
        roles = {"both": ("editor", "secretariat"), "member_b": ("member",), "excluded": ("member",)}.get(
            actor, (actor,)
        )
        flags = {"is_superuser": True, "is_staff": True} if actor == "superuser" else {}
        if actor not in ROLES:
            roles = ()
        user = make_user(*roles, organization=organization, email=f"{actor}@example.jp", name=f"名前{actor}", **flags)
        if actor == "ex_member":
            yesterday = dates.today() - dt.timedelta(days=1)
            RoleAssignment.objects.create(
                user=user, role="member", organization=organization, since=yesterday, until=dates.today()
            )
        satisfy_mfa(user)
        client = Client()
        sign_in(client, user)
        self.users[actor], self.clients[actor] = user, client

    def canary(self, name: str) -> str:
        """A word found nowhere else, for the private field of that name."""
        word = f"ZZカナリア{len(self.canaries):03d}{name.replace('.', '').replace('_', '')}"
        self.canaries[name] = word
        return word

"""Two organisations and a thing to hand on: any row with a UUID will do, here an invitation nobody else looks at."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from cms import dates
from directory.actions import handover_news, handovers, notifications
from directory.enums import HandoverState, Side
from directory.models import Handover, Invitation, User
from directory.models import handovers as nouns
from directory.models.handovers import Subject
from directory.permissions import can
from directory.queries import notifications as kinds_of_news
from directory.roles import Permission
from tests.factories.people import make_organization, make_user

KIND = "matter"


def may_see(user: Any) -> Any:
    """Whoever reads cases, unless the thing is closed to their organisation."""
    if not can(user, Permission.CASES_READ):
        return Invitation.objects.none().values("pk")
    return Invitation.objects.exclude(organization=user.organization_id).values("pk")


def may_act(user: Any, handover: Handover, side: str) -> bool:
    """The asking person alone; on the other side whoever makes offers."""
    if side == Side.ASKING:
        return handover.proposed_by_id == user.pk and can(user, Permission.CASES_WRITE)
    return can(user, Permission.CASES_OFFER)


def people(handover: Handover) -> list[User]:
    """Everybody of the receiving side who makes offers."""
    return [user for user in handover.to_organization.people.all() if can(user, Permission.CASES_OFFER)]


def numbers(keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Each thing is called Z9."""
    return dict.fromkeys(keys, "Z9")


@contextmanager
def registered() -> Iterator[None]:
    """While this lasts the house knows about matters."""
    subject = Subject(KIND, may_see, may_act, people, numbers, lambda key: f"/members/matters/{key}/", "試験")
    handover_news.register(subject)
    try:
        yield
    finally:
        del nouns._subjects[KIND]
        for name in (handover_news.kind_of(KIND), handover_news.office_kind_of(KIND)):
            del kinds_of_news._kinds[name]


@dataclass
class Scene:
    """Who is who."""

    matter: Any
    asker: User
    receiver: User

    def propose(self, **more: Any) -> Handover:
        """The asker asks."""
        to = more.pop("to", self.receiver.organization)
        return handovers.propose(by=self.asker, kind=KIND, subject=self.matter.pk, to=to, **more)

    def brought_to(self, state: str) -> Handover:
        """A hand-over that has come so far, by its own verbs."""
        made = self.propose()
        if state in {HandoverState.ACCEPTED, HandoverState.DONE}:
            made = handovers.accept(by=self.receiver, handover=made)
        if state == HandoverState.DONE:
            made = handovers.done(by=self.receiver, handover=made)
        if state == HandoverState.DECLINED:
            made = handovers.decline(by=self.receiver, handover=made, reason="full")
        if state == HandoverState.WITHDRAWN:
            made = handovers.withdraw(by=self.asker, handover=made)
        return made


def make_scene() -> Scene:
    """An asker, a receiver, a matter."""
    matter = Invitation.objects.create(
        name="", role="member", token_hash=uuid.uuid4().hex, email_hash="", expires_at=dates.now()
    )
    return Scene(
        matter,
        make_user("member", organization=make_organization()),
        make_user("member", organization=make_organization()),
    )


def lines(user: User) -> list[str]:
    """What the news of this person says, the newest first."""
    rows = list(notifications.shown_to(user, user.notifications.all()))
    return [kinds_of_news.sentence(row) for row in rows]

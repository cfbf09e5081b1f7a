"""Access rows: the members' directory. What stands there is read by whoever works here, while the organisation is a member."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cms.dates import now
from cms.forms import checked_upload
from directory.actions import register
from directory.models import ActivityNote, ActivityPicture, MemberProfile, Membership, PersonCard, Resource
from tests.access import SECRETARIAT, WORKSPACE, Row, all_of
from tests.factories.people import make_organization, make_user
from tests.factories.uploads import photo, upload

NONE = {"pk": "00000000-0000-4000-8000-000000000000"}
NO_NUMBER = {"pk": 999_999}
KEEPERS = SECRETARIAT | {"orgadmin"}
PROFILE = ("does", "serves", "area", "reach")
CARD = ("does", "knows", "languages", "reach")


def build(world: Any) -> None:
    """Organisation A tells about itself; one that left; a person who agreed, one who did not, one without organisation."""
    if not Membership.objects.filter(organization=world.org_a).exists():
        register.admit(organization=world.org_a, tier="core", since=dt.date(2025, 4, 1), by=None)
    MemberProfile.objects.create(
        organization=world.org_a, phone="0000-00-0001", **{each: world.canary(f"profile.{each}") for each in PROFILE}
    )
    world.resource = make_resource(world, world.org_a, "resource")
    world.note = ActivityNote.objects.create(
        organization=world.org_a, title=world.canary("note.title"), text=world.canary("note.text")
    )
    picture = checked_upload(upload(photo("JPEG"), "a.jpg"), megabytes=1)
    world.picture = ActivityPicture.objects.create(
        note=world.note, described=world.canary("picture.described"), **ActivityPicture.of(picture, by=None)
    )
    left = make_organization(name="脱退した会")
    register.admit(organization=left, tier="core", since=dt.date(2025, 4, 1), until=dt.date(2026, 4, 1), by=None)
    MemberProfile.objects.create(organization=left, does=world.canary("left.does"))
    make_resource(world, left, "left.resource")
    make_card(world, "card", make_user("member", organization=world.org_a), agreed=True)
    make_card(world, "hidden", make_user("member", organization=world.org_a))
    make_card(world, "gone", make_user("member", organization=left), agreed=True)
    make_card(world, "no_role", make_user(organization=world.org_a), agreed=True)


def make_resource(world: Any, organization: Any, name: str) -> Resource:
    words = {each: world.canary(f"{name}.{each}") for each in ("words", "conditions", "when_text")}
    return Resource.objects.create(organization=organization, direction="offer", kind="place", **words)


def make_card(world: Any, name: str, user: Any, *, agreed: bool = False) -> None:
    words = {each: world.canary(f"{name}.{each}") for each in CARD}
    PersonCard.objects.create(user=user, agreed_at=now() if agreed else None, **words)


def the_organization(world: Any) -> dict[str, Any]:
    return {"pk": world.org_a.pk}


def the_resource(world: Any) -> dict[str, Any]:
    return {"pk": world.resource.pk}


def the_note(world: Any) -> dict[str, Any]:
    return {"pk": world.note.pk}


def the_picture(world: Any) -> dict[str, Any]:
    return {"pk": world.picture.pk}


def seen(*names: str, by: frozenset[str] = WORKSPACE) -> dict[str, frozenset[str]]:
    return dict.fromkeys(names, by)


A_CARD = seen(*(f"card.{each}" for each in CARD))
A_LINE = seen("resource.words", "resource.when_text")
A_RESOURCE = A_LINE | seen("resource.conditions")
A_NOTE = seen("note.title", "note.text", "picture.described")
READ: dict[str, Any] = {"get": all_of(WORKSPACE, 200), "post": all_of(WORKSPACE, 405), "otherwise": 403}


def kept(route: str, kwargs: Any, wrong: Any, **more: Any) -> Row:
    """Written by the own administrator and the secretariat."""
    form = {"get": all_of(KEEPERS, 200), "post": all_of(KEEPERS, 422), "otherwise": 403}
    return Row(route, kwargs=kwargs, wrong=wrong, **{**form, **more})


def done(route: str, kwargs: Any, wrong: Any) -> Row:
    """A button of theirs."""
    return Row(route, kwargs=kwargs, wrong=wrong, post=all_of(KEEPERS, 302), otherwise=405)


ROWS: list[Row] = [
    # introductions are cut by the style sheet, not here: the whole profile is members' knowledge
    Row("members:organizations", **READ, shows=A_LINE | seen("profile.does")),
    Row(
        "members:organization",
        kwargs=the_organization,
        wrong=NO_NUMBER,
        **READ,
        shows=A_CARD | A_RESOURCE | A_NOTE | seen(*(f"profile.{each}" for each in PROFILE)),
    ),
    Row("members:wishes", **READ, shows=A_LINE),
    Row("members:people_cards", **READ, shows=A_CARD),
    Row("members:activity_picture", kwargs=the_picture, wrong=NONE, **READ),
    Row("members:own_card", get=all_of(WORKSPACE, 200), post=all_of(WORKSPACE, 302), otherwise=403),
    kept(
        "members:profile_edit",
        the_organization,
        NO_NUMBER,
        post=all_of(KEEPERS, 302),  # every field may stay empty
        shows=seen(*(f"profile.{each}" for each in PROFILE), by=KEEPERS),
    ),
    done("members:profile_confirm", the_organization, NO_NUMBER),
    kept("members:resource_new", the_organization, NO_NUMBER),
    kept("members:resource_edit", the_resource, NONE, shows=dict.fromkeys(A_RESOURCE, KEEPERS)),
    done("members:resource_remove", the_resource, NONE),
    kept("members:note_new", the_organization, NO_NUMBER),
    kept("members:note_edit", the_note, NONE, shows=dict.fromkeys(A_NOTE, KEEPERS)),
    done("members:note_remove", the_note, NONE),
    done("members:activity_picture_remove", the_picture, NONE),
]

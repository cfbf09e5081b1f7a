"""Preferences: kinds shown or muted, and when mail comes; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from directory.actions.notifications import mute
from directory.models import Mute
from directory.queries.notifications import kinds_for
from home.models import DigestSettings
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db
SCREEN = "/members/notifications/preferences/"


def test_defaults_then_own_choice(login: Callable[..., Any]) -> None:
    client, user = login("member", organization=make_organization())
    names = [kind.name for kind in kinds_for(user)]
    form = client.get(SCREEN).context["form"]
    assert form.initial == {"heard": names, "rhythm": "daily", "hour": 8, "on_days_off": False}
    data = {
        "heard": [name for name in names if name != "case_shared"],
        "rhythm": "weekly",
        "hour": "18",
        "on_days_off": "on",
    }
    assert client.post(SCREEN, data).status_code == 302
    row = DigestSettings.objects.get(user=user)
    assert (row.rhythm, row.hour, row.on_days_off) == ("weekly", 18, True)
    assert list(Mute.objects.values_list("user", "kind", "target")) == [(user.pk, "case_shared", "")]
    assert client.post(SCREEN, {**data, "heard": names}).status_code == 302
    assert not Mute.objects.exists()
    assert DigestSettings.objects.count() == 1


def test_muted_things_and_kinds_of_other_roles_stay(login: Callable[..., Any]) -> None:
    client, user = login("counsellor")
    Mute.objects.create(user=user, kind="case_shared")  # from the time when they worked with cases
    mute(by=user, kind="case_closed", target="1")
    assert "case_shared" not in [kind.name for kind in kinds_for(user)]
    before = Mute.objects.count()
    assert (
        client.post(SCREEN, {"rhythm": "never", "hour": "8", "heard": [k.name for k in kinds_for(user)]}).status_code
        == 302
    )
    assert Mute.objects.count() == before


@pytest.mark.parametrize(
    ("wrong", "beside"),
    [({"rhythm": ""}, "rhythm"), ({"rhythm": "hourly"}, "rhythm"), ({"hour": "3"}, "hour"), ({"heard": ["nothing"]}, "heard")],
)  # fmt: skip
def test_bad_input_is_said_beside_the_field(login: Callable[..., Any], wrong: dict[str, Any], beside: str) -> None:
    client, _user = login("member", organization=make_organization())
    response = client.post(SCREEN, {"rhythm": "weekly", "hour": "9", "on_days_off": "on", "heard": [], **wrong})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [beside]
    assert "checked" in response.content.decode()
    assert not DigestSettings.objects.exists()

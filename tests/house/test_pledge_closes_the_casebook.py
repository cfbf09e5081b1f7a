"""Without a pledge the casebook is closed, with every count and mail of it; and nothing else is."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import resolve, reverse

from casebook.actions.news import tell
from casebook.queries import waiting_count
from cms import outbox
from cms.models import Mail
from directory.gate import door_of
from directory.models import Pledge
from directory.roles import Door
from tests.access.world import World
from tests.factories.cases import make_released
from tests.factories.people import sign_in
from tests.house.test_access_matrix import ROWS, ask, in_members, words_seen

pytestmark = pytest.mark.django_db
CASES = ("case.",)


def unpledged(world: World, actor: str) -> None:
    """The same person, as if they had accepted nothing."""
    Pledge.objects.filter(user=world.users[actor]).delete()
    world.users[actor].forget_roles()
    client = Client()
    sign_in(client, world.users[actor])
    world.clients[actor] = client


def answers(world: World, actor: str) -> dict[str, tuple[Door, int, set[str]]]:
    """Each members' route: its door, the status, the private words of cases in the answer."""
    found = {}
    for row in (row for rows in ROWS.values() for row in rows if in_members(row.route)):
        url = reverse(row.route, kwargs=row.kwargs(world))
        response = ask(world, actor, "GET", url, {})
        words = {name for name in words_seen(world, response) if name.startswith(CASES)}
        found[row.route] = (door_of(resolve(url)), response.status_code, words)
    return found


@pytest.mark.parametrize("actor", ["member", "secretariat"])
def test_only_the_casebook_closes(actor: str) -> None:
    world = World()
    before = answers(world, actor)
    unpledged(world, actor)
    after = answers(world, actor)
    inside = {route for route, (door, _status, _words) in before.items() if door == Door.CASEBOOK}
    assert {route for route in inside if after[route][1] != 302} == set()
    changed = {route: (before[route][1], after[route][1]) for route in before if before[route][1] != after[route][1]}
    assert set(changed) <= inside
    assert {route for route, (_door, _status, words) in after.items() if words} == set()
    if actor == "member":  # the negative control: with a pledge this person does read words of cases
        assert {route for route, (_door, _status, words) in before.items() if words} != set()


def test_it_leads_on_to_where_one_wanted_to_go() -> None:
    world = World()
    unpledged(world, "member")
    client, wanted = world.clients["member"], reverse("members:case_review_list")
    assert client.get(wanted)["Location"] == f"{reverse('members:pledge')}?next=%2Fmembers%2Fcases%2Freview%2F"
    version = world.rule_proposal.base
    for given, leads_to in (
        (wanted, wanted),
        ("https://example.org/members/", reverse("members:case_list")),
        ("//example.org/members/", reverse("members:case_list")),
        ("/members/../admin/\n", reverse("members:case_list")),
        ("/accounts/logout/", reverse("members:case_list")),
    ):
        posted = client.post(reverse("members:pledge"), {"version": version.pk, "next": given})
        assert posted["Location"] == leads_to


def test_counts_and_mails_carry_nothing() -> None:
    world = World()
    member = world.users["member_b"]
    case = make_released(author=world.users["member"], reviewer=world.users["reviewer"])
    assert waiting_count(member) > 0  # the negative control
    tell(case, "offer-1", [member])
    mail = Mail.objects.get(kind="case_news", key__endswith=f":{member.pk}", key__contains=f"{case.pk}:offer-1")
    assert outbox.may_still_send(mail)
    unpledged(world, "member_b")
    assert waiting_count(member) == 0
    assert not outbox.may_still_send(mail)
    assert str(case.number) not in world.clients["member_b"].get("/members/").content.decode()

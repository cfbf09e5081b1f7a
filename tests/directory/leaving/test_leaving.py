"""Whoever leaves, and whoever's organisation does, is refused at the next request everywhere; what they wrote stays."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from casebook.actions import news
from casebook.models import Case
from cms import dates, outbox
from cms.enums import MailState
from cms.models import AuditEvent, Mail
from directory.actions import leaving, people, register, roles
from directory.actions.notifications import notify, shown_to
from directory.models import Invitation, Membership, Notification, Organization, RoleAssignment, User
from directory.signals import membership_ended, person_left
from tests.factories.cases import make_case, make_released
from tests.factories.people import make_organization, make_user
from workshops.actions.feeds import make_feed
from workshops.models import PersonalFeed

pytestmark = pytest.mark.django_db
YESTERDAY = dt.timedelta(days=1)


def fresh(user: User) -> User:
    """The person as the next request sees them."""
    return User.objects.select_related("organization").get(pk=user.pk)


def members_paths(resolver: URLResolver | None = None, prefix: str = "", inside: bool = False) -> Iterator[str]:
    """A path of every members' route."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = prefix + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver):
            yield from members_paths(entry, here, inside or entry.namespace == "members")
        elif inside and isinstance(entry, URLPattern):
            yield "/" + filled(here)


def filled(pattern: str) -> str:
    """Arguments that exist nowhere."""
    for kind, value in (
        ("uuid", "00000000-0000-4000-8000-000000000000"),
        ("int", "1"),
        ("slug", "x"),
        ("str", "x"),
        ("month", "2026-01"),
    ):
        while f"<{kind}:" in pattern:
            start = pattern.index(f"<{kind}:")
            pattern = pattern[:start] + value + pattern[pattern.index(">", start) + 1 :]
    return pattern


@pytest.fixture
def ours() -> Organization:
    """An organisation that is a member since a year."""
    organization = make_organization(name="なぎさの家")
    Membership.objects.create(organization=organization, tier="core", since=dates.today() - dt.timedelta(days=365))
    return organization


@pytest.fixture
def admin(ours: Organization) -> User:
    return make_user("orgadmin", organization=ours)


Leave = Callable[[User, Organization, User], None]


def by_administrator(person: User, organization: Organization, admin: User) -> None:
    leaving.remove_person(user=fresh(person), by=admin)


def by_membership_ended_now(person: User, organization: Organization, admin: User) -> None:
    membership = Membership.objects.get(organization=organization)
    register.correct(
        membership=membership,
        tier=membership.tier,
        since=membership.since,
        until=dates.today(),
        by=make_user("secretariat"),
    )


def by_day_reached(person: User, organization: Organization, admin: User) -> None:
    Membership.objects.filter(organization=organization).update(until=dates.today())
    leaving.end_reached(dates.now())


def by_end_of_organization(person: User, organization: Organization, admin: User) -> None:
    Organization.objects.filter(pk=organization.pk).update(ended_on=dates.today())


def by_role_ended(person: User, organization: Organization, admin: User) -> None:
    for assignment in RoleAssignment.objects.filter(user=person):
        roles.end_role(assignment=assignment, by=make_user("secretariat"))


WAYS: dict[str, Leave] = {
    "removed": by_administrator,
    "membership": by_membership_ended_now,
    "day reached": by_day_reached,
    "organisation ended": by_end_of_organization,
    "role ended": by_role_ended,
}


@pytest.fixture(params=WAYS)
def leave(request: pytest.FixtureRequest) -> Leave:
    return WAYS[request.param]


class TestTheNextRequest:
    def test_every_members_route_is_refused(self, leave: Leave, ours: Organization, admin: User, login: Any) -> None:
        client, person = login("member", organization=ours)
        paths = sorted(set(members_paths()))
        assert len(paths) > 60
        assert client.get("/members/").status_code == 200  # the control: before, the person was inside
        leave(person, ours, admin)
        answers = {client.get(path).status_code for path in paths} | {client.post(path).status_code for path in paths}
        assert answers <= {302, 403}
        assert {client.get(path).headers.get("Location", "/accounts/login/")[:16] for path in paths} == {
            "/accounts/login/"
        }

    def test_the_calendar_feed_is_dead(self, leave: Leave, ours: Organization, admin: User, client: Client) -> None:
        person = make_user("member", organization=ours)
        token = make_feed(by=person)
        assert client.get(f"/feeds/{token}.ics").status_code == 200
        leave(person, ours, admin)
        assert client.get(f"/feeds/{token}.ics").status_code == 404

    def test_mail_in_the_queue_is_dropped(self, leave: Leave, ours: Organization, admin: User) -> None:
        person = make_user("member", organization=ours)
        news.write_to([person], make_released(), route="members:case_detail", key="k")
        ids = [mail.pk for mail in Mail.objects.filter(kind=news.CASE_NEWS) if mail.recipient == person.email]
        assert len(ids) == 1
        assert outbox.may_still_send(Mail.objects.get(pk=ids[0]))
        leave(person, ours, admin)
        assert outbox.deliver(ids[0]) == MailState.DROPPED

    def test_news_is_invisible(self, leave: Leave, ours: Organization, admin: User) -> None:
        person = make_user("orgadmin", organization=ours)
        asked = roles.ask_for(
            user=make_user("colleague", organization=ours), role="member", organization=ours, by=person
        )
        notify(kind=roles.REQUEST_ANSWERED, people=[person], target=asked.pk, key="k", answer="granted")
        assert len(shown_to(fresh(person), Notification.objects.filter(user=person))) == 1
        leave(person, ours, admin)
        assert shown_to(fresh(person), Notification.objects.filter(user=person)) == []

    def test_no_case_can_be_seen_not_even_ones_own(self, leave: Leave, ours: Organization, admin: User) -> None:
        person = make_user("member", organization=ours)
        own, other = (
            make_case(author=person),
            make_released(author=make_user("member", organization=make_organization())),
        )
        assert {case.pk for case in Case.objects.visible_to(fresh(person))} == {own.pk, other.pk}
        leave(person, ours, admin)
        assert Case.objects.visible_to(fresh(person)).count() == 0
        own.refresh_from_db()
        assert (own.author_id, own.organization_id) == (person.pk, ours.pk)  # attribution stays

    def test_the_wagtail_admin_is_closed(self, leave: Leave, ours: Organization, admin: User, login: Any) -> None:
        client, person = login("publisher", organization=ours)
        assert client.get("/admin/").status_code == 200
        leave(person, ours, admin)
        assert client.get("/admin/").status_code in {302, 403}

    def test_signing_in_again_opens_nothing(
        self, leave: Leave, ours: Organization, admin: User, client: Client
    ) -> None:
        person = make_user("member", organization=ours, password="a-long-pass-phrase")
        leave(person, ours, admin)
        client.post("/accounts/login/", {"login": person.email, "password": "a-long-pass-phrase"})
        assert client.get("/members/").status_code in {302, 403}
        assert "_auth_user_id" not in client.session

    def test_somebody_who_stays_notices_nothing(
        self, leave: Leave, ours: Organization, admin: User, login: Any
    ) -> None:
        """The control of all of the above."""
        elsewhere = make_organization()
        Membership.objects.create(organization=elsewhere, tier="core", since=dates.today() - YESTERDAY)
        client, stays = login("member", organization=elsewhere)
        token = make_feed(by=stays)
        leave(make_user("member", organization=ours), ours, admin)
        assert client.get("/members/").status_code == 200
        assert client.get(f"/feeds/{token}.ics").status_code == 200


class TestAPersonLeaves:
    def test_what_goes_and_what_stays(self, ours: Organization, admin: User, login: Any) -> None:
        _client, person = login("member", organization=ours)
        UserSession.objects.create(user=person, session_key="k" * 32, ip="203.0.113.7", user_agent="")
        heard: list[Any] = []

        def hears(**news: Any) -> None:
            heard.append((news["user"].pk, news["organization"].pk, news["by"].pk))

        person_left.connect(hears)
        try:
            leaving.remove_person(user=fresh(person), by=admin)
        finally:
            person_left.disconnect(hears)
        left = fresh(person)
        assert heard == [(person.pk, ours.pk, admin.pk)]
        assert (left.organization, left.active_roles(), left.is_active) == (None, set(), True)
        assert UserSession.objects.filter(user=person).count() == 0
        assert Authenticator.objects.filter(user=person).count() == 1  # a key without a door (ADR 0037)
        assert AuditEvent.objects.filter(action="person.left", target=f"directory.user:{person.pk}").count() == 1

    def test_roles_given_to_the_person_alone_stay(self, ours: Organization, admin: User) -> None:
        person = make_user("member", organization=ours)
        roles.assign_role(user=person, role="reviewer", organization=None, by=None)
        leaving.remove_person(user=fresh(person), by=admin)
        assert fresh(person).active_roles() == {"reviewer"}

    def test_an_open_invitation_of_that_address_goes_too(self, ours: Organization, admin: User) -> None:
        person = make_user("member", organization=ours, email="nagi@example.jp")
        people.invite(by=admin, email="nagi@example.jp", name="", organization=ours, role="partner")
        leaving.remove_person(user=fresh(person), by=admin)
        assert [each.is_open for each in Invitation.objects.all()] == [False]

    def test_the_last_administrator_hands_on_first(self, ours: Organization, admin: User) -> None:
        with pytest.raises(ValidationError, match="最後の管理者"):
            leaving.remove_person(user=fresh(admin), by=admin)
        colleague = make_user("member", organization=ours)
        roles.hand_on(to=colleague, by=admin)
        assert fresh(colleague).active_roles() == {"member", "orgadmin"}
        assert fresh(admin).active_roles() == {"colleague"}
        leaving.remove_person(user=fresh(admin), by=fresh(colleague))
        assert fresh(admin).active_roles() == set()

    def test_the_secretariat_may_end_even_the_last(self, ours: Organization, admin: User) -> None:
        leaving.remove_person(user=fresh(admin), by=make_user("secretariat"))
        assert fresh(admin).active_roles() == set()

    @pytest.mark.parametrize("role", ["secretariat", "admin"])
    def test_nobody_ends_the_last_one_who_keeps_the_office(self, role: str) -> None:
        last = make_user(role)
        with pytest.raises(ValidationError, match="だけです"):
            leaving.remove_person(user=last, by=make_user("admin" if role == "secretariat" else "secretariat"))
        make_user(role)
        leaving.remove_person(user=fresh(last), by=make_user("admin" if role == "secretariat" else "secretariat"))
        assert fresh(last).active_roles() == set()

    def test_an_administrator_does_not_take_the_office_away(self, ours: Organization, admin: User) -> None:
        keeper = make_user("secretariat", organization=ours)
        make_user("secretariat")
        with pytest.raises(ValidationError):
            leaving.remove_person(user=keeper, by=admin)
        assert fresh(keeper).active_roles() == {"secretariat"}

    @pytest.mark.parametrize("role", ["member", "partner", "colleague", "counsellor", "reviewer", "editor", "auditor"])
    def test_others_may_not(self, ours: Organization, role: str) -> None:
        with pytest.raises(PermissionDenied):
            leaving.remove_person(user=make_user("member", organization=ours), by=make_user(role, organization=ours))

    def test_nor_the_administrator_of_another_organisation(self, ours: Organization) -> None:
        other = make_user("orgadmin", organization=make_organization())
        with pytest.raises(PermissionDenied):
            leaving.remove_person(user=make_user("member", organization=ours), by=other)


class TestAnOrganisationLeaves:
    def told(self, act: Callable[[], Any]) -> list[int]:
        heard: list[int] = []

        def hears(**news: Any) -> None:
            heard.append(news["organization"].pk)

        membership_ended.connect(hears)
        try:
            act()
        finally:
            membership_ended.disconnect(hears)
        return heard

    def test_it_is_announced_once(self, ours: Organization) -> None:
        membership = Membership.objects.get()
        end = {"tier": "core", "since": membership.since, "until": dates.today(), "by": None}
        assert self.told(lambda: register.correct(membership=membership, **end)) == [ours.pk]
        assert self.told(lambda: register.correct(membership=membership, **end)) == []
        assert self.told(lambda: leaving.end_reached(dates.now())) == []

    def test_when_the_day_comes(self, ours: Organization, frozen: Any) -> None:
        membership = Membership.objects.get()
        until = dates.today() + dt.timedelta(days=3)
        ahead = {"tier": "core", "since": membership.since, "until": until, "by": None}
        assert self.told(lambda: register.correct(membership=membership, **ahead)) == []
        frozen(f"{until}T00:00:30+09:00")
        assert self.told(lambda: leaving.end_reached(dates.now())) == [ours.pk]
        assert self.told(lambda: leaving.end_reached(dates.now())) == []

    def test_moving_to_the_other_tier_is_no_end(self, ours: Organization) -> None:
        person = make_user("member", organization=ours)
        assert (
            self.told(
                lambda: register.move(membership=Membership.objects.get(), tier="partner", on=dates.today(), by=None)
            )
            == []
        )
        assert fresh(person).active_roles() == {"member"}

    def test_a_mistake_set_right_brings_everything_back(self, ours: Organization) -> None:
        person = make_user("publisher", organization=ours)
        membership = Membership.objects.get()
        both = {"tier": "core", "since": membership.since, "by": None}
        register.correct(membership=membership, until=dates.today(), **both)
        assert (fresh(person).active_roles(), person.groups.count()) == (set(), 0)
        register.correct(membership=membership, until=None, **both)
        assert (fresh(person).active_roles(), person.groups.count()) == ({"publisher"}, 1)
        assert self.told(lambda: register.correct(membership=membership, until=dates.today(), **both)) == [ours.pk]

    def test_open_invitations_and_feeds_go(self, ours: Organization, admin: User) -> None:
        make_feed(by=admin)
        people.invite(by=admin, email="a@example.jp", name="", organization=ours, role="member")
        by_membership_ended_now(admin, ours, admin)
        assert [each.is_open for each in Invitation.objects.all()] == [False]
        assert PersonalFeed.objects.count() == 0

    def test_an_ended_organisation_ends_its_membership(self, ours: Organization) -> None:
        by_end_of_organization(make_user(), ours, make_user())
        assert self.told(lambda: leaving.end_reached(dates.now())) == [ours.pk]
        assert Membership.objects.get().until == dates.today()

    def test_an_individual_without_an_organisation_is_not_touched(self, ours: Organization, admin: User) -> None:
        alone = make_user("member")
        by_membership_ended_now(admin, ours, admin)
        assert fresh(alone).active_roles() == {"member"}


class TestARoleHoldsOnlyThere:
    def test_an_organisation_that_was_never_a_member_stands_by_itself(self) -> None:
        assert make_user("member", organization=make_organization()).active_roles() == {"member"}

    def test_one_that_begins_tomorrow_may_prepare(self) -> None:
        soon = make_organization()
        Membership.objects.create(organization=soon, tier="core", since=dates.today() + YESTERDAY)
        assert make_user("member", organization=soon).active_roles() == {"member"}

    def test_a_row_that_was_a_mistake_counts_for_nothing(self) -> None:
        organization = make_organization()
        Membership.objects.create(organization=organization, tier="core", since=dates.today(), until=dates.today())
        assert make_user("member", organization=organization).active_roles() == {"member"}

    def test_a_role_for_an_organisation_one_does_not_belong_to_opens_nothing(self, ours: Organization) -> None:
        person = make_user(organization=make_organization())
        roles.assign_role(user=person, role="orgadmin", organization=ours, by=None)
        assert fresh(person).active_roles() == set()

    def test_the_city_is_an_organisation_like_any_other(self) -> None:
        city = make_organization(kind="city")
        Membership.objects.create(organization=city, tier="core", since=dates.today() - YESTERDAY, until=dates.today())
        assert make_user("secretariat", organization=city).active_roles() == set()

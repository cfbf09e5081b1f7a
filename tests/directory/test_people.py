"""Invitations and roles."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from cms import dates
from cms.models import AuditEvent, Mail
from directory.actions import people
from directory.models import Invitation, Organization, RoleAssignment, User
from directory.permissions import can
from directory.roles import ROLES, Permission
from tests.factories.people import make_organization, make_user, satisfy_mfa

pytestmark = pytest.mark.django_db


def link_of(mail: Mail) -> str:
    """The path in an invitation's mail."""
    return str(mail.context["path"])


@pytest.fixture
def asked() -> tuple[User, Organization, Invitation, str]:
    """(who asked, organisation, invitation, link)."""
    by, organization = make_user("secretariat"), make_organization()
    invitation = people.invite(by=by, email="Nagi@Example.jp ", name="水野", organization=organization, role="member")
    return by, organization, invitation, link_of(Mail.objects.get(kind="invitation"))


class TestWhoMayInvite:
    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_only_the_secretariat_invites_anybody(self, role: str) -> None:
        user = make_user(role, organization=make_organization())
        assert people.may_invite(user, organization=None, role="auditor") == (role == "secretariat")

    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_an_administrator_invites_own_people_to_ordinary_roles(self, role: str) -> None:
        own = make_organization()
        admin = make_user("orgadmin", organization=own)
        assert people.may_invite(admin, organization=own, role=role) == (role in {"colleague", "member", "partner"})
        assert people.may_invite(admin, organization=make_organization(), role=role) is False

    def test_the_action_refuses_who_may_not(self) -> None:
        with pytest.raises(PermissionDenied):
            people.invite(by=make_user("member"), email="a@example.jp", name="", organization=None, role="member")
        assert Invitation.objects.count() == 0


class TestInvitation:
    def test_the_token_is_in_the_mail_and_nowhere_else(self, asked: Any) -> None:
        _, _, invitation, link = asked
        token = link.rstrip("/").split("/")[-1]
        assert len(token) >= 43
        with connection.cursor() as cursor:
            for table in ("directory_invitation", "cms_mail", "cms_auditevent"):
                cursor.execute(f"SELECT * FROM {table}")
                dump = str(cursor.fetchall())
                assert (token in dump, "nagi@example.jp" in dump) == (False, False)
        assert invitation.token_hash != token

    def test_accepting_makes_a_verified_person_with_the_role(self, asked: Any, client: Client) -> None:
        by, organization, invitation, link = asked
        assert client.get(link).status_code == 200
        response = client.post(
            link, {"name": "水野 なぎ", "password": "ながい合言葉の文です", "repeated": "ながい合言葉の文です"}
        )
        assert (response.status_code, response.url) == (302, "/members/")
        user = User.objects.get(email="nagi@example.jp")
        assert (user.name, user.organization, user.active_roles()) == ("水野 なぎ", organization, {"member"})
        assert EmailAddress.objects.get(user=user).verified
        assert RoleAssignment.objects.get(user=user).granted_by == by
        invitation.refresh_from_db()
        assert (invitation.email, invitation.is_open) == (None, False)
        assert [e.action for e in AuditEvent.objects.order_by("pk")][-3:] == [
            "person.invited",
            "role.assigned",
            "person.accepted",
        ]

    @pytest.mark.parametrize(
        ("data", "field"),
        [
            ({"name": "", "password": "ながい合言葉の文です", "repeated": "ながい合言葉の文です"}, "name"),
            ({"name": "水野", "password": "短い", "repeated": "短い"}, "password"),
            ({"name": "水野", "password": "ながい合言葉の文です", "repeated": "ちがう合言葉の文です"}, "repeated"),
            ({"name": "水" * 151, "password": "ながい合言葉の文です", "repeated": "ながい合言葉の文です"}, "name"),
            ({"name": "水\x00野", "password": "ながい合言葉の文です", "repeated": "ながい合言葉の文です"}, "name"),
        ],
    )
    def test_what_is_wrong_is_said_beside_the_field(self, asked: Any, client: Client, data: Any, field: str) -> None:
        response = client.post(asked[3], data)
        assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
        assert not User.objects.filter(email="nagi@example.jp").exists()

    def test_used_withdrawn_expired_and_wrong_links_look_alike(self, asked: Any, client: Client, frozen: Any) -> None:
        by, organization, invitation, link = asked
        wrong = client.get("/accounts/invitation/" + "x" * 43 + "/")
        people.withdraw(by=by, invitation=invitation)
        withdrawn = client.get(link)
        people.invite(by=by, email="b@example.jp", name="", organization=organization, role="member")
        later = link_of(Mail.objects.order_by("-pk")[0])
        frozen((dates.now() + dt.timedelta(days=15)).isoformat())
        expired = client.get(later)
        assert [r.status_code for r in (wrong, withdrawn, expired)] == [404, 404, 404]
        bodies = {re.sub(rb"invitation/[^\"/]+|[\w-]{64}", b"", response.content) for response in (wrong, withdrawn)}
        assert len(bodies) == 1

    def test_a_second_invitation_ends_the_first(self, asked: Any, client: Client) -> None:
        by, organization, _, link = asked
        people.invite(by=by, email="nagi@example.jp", name="", organization=organization, role="member")
        assert client.get(link).status_code == 404

    def test_the_same_link_twice_makes_one_person(self, asked: Any) -> None:
        invitation = asked[2]
        people.accept(invitation=invitation, name="水野", password="a-long-pass-phrase")
        with pytest.raises(ValidationError):
            people.accept(
                invitation=Invitation.objects.get(pk=invitation.pk), name="水野", password="other-pass-phrase"
            )
        assert User.objects.filter(email="nagi@example.jp").count() == 1

    def test_somebody_with_an_account_takes_on_the_role_without_a_new_password(
        self, asked: Any, client: Client
    ) -> None:
        user = make_user("partner", email="nagi@example.jp", password="the-old-pass-phrase")
        assert client.post(asked[3]).url == "/accounts/login/"
        user = User.objects.get(pk=user.pk)
        assert user.active_roles() == {"member", "partner"}
        assert user.check_password("the-old-pass-phrase")

    def test_a_withdrawn_invitation_is_not_mailed(self, asked: Any) -> None:
        from directory.receivers import invitation_stands

        by, _, invitation, _ = asked
        mail = Mail.objects.get(kind="invitation")
        assert invitation_stands(mail) is True
        people.withdraw(by=by, invitation=invitation)
        assert invitation_stands(mail) is False


class TestRoles:
    def test_communications_get_wagtails_groups_and_lose_them(self) -> None:
        user, admin = make_user("editor"), make_user("secretariat")
        assert list(user.groups.values_list("name", flat=True)) == ["Editors"]
        people.end_role(assignment=RoleAssignment.objects.get(user=user), by=admin)
        assert user.groups.count() == 0
        assert Group.objects.filter(name="Editors").exists()

    def test_the_database_allows_one_open_row_a_role(self) -> None:
        user = make_user("member")
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleAssignment.objects.create(user=user, role="member")
        again = people.assign_role(user=user, role="member", organization=None, by=None)
        assert RoleAssignment.objects.get(user=user) == again

    def test_the_database_refuses_an_end_before_the_beginning(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleAssignment.objects.create(user=make_user(), role="member", since="2026-01-02", until="2026-01-01")

    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_who_may_end_a_role(self, role: str) -> None:
        actor, assignment = make_user(role), RoleAssignment.objects.get(user=make_user("member"))
        if role in {"secretariat", "admin"}:
            people.end_role(assignment=assignment, by=actor)
            assert not RoleAssignment.objects.active().filter(pk=assignment.pk).exists()
        else:
            with pytest.raises(PermissionDenied):
                people.end_role(assignment=assignment, by=actor)

    def test_case_of_an_address_does_not_make_two_people(self) -> None:
        make_user(email="a@example.jp")
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(email="A@example.jp")

    def test_is_superuser_grants_no_permission(self) -> None:
        user = make_user(is_superuser=True)
        assert [p for p in Permission if can(user, p)] == []

    @pytest.mark.parametrize("name", ["髙﨑 𠮷子", "葛󠄀城", "水野🌊", "ヴァン デル ベルク"])
    def test_names_come_back_as_written(self, name: str) -> None:
        assert User.objects.get(pk=make_user(name=name).pk).name == name


class TestSecondFactor:
    def test_totp_secrets_are_not_readable_in_the_database(self) -> None:
        satisfy_mfa(make_user())
        with connection.cursor() as cursor:
            cursor.execute("SELECT data FROM mfa_authenticator")
            assert "JBSWY3DPEHPK3PXP" not in str(cursor.fetchall())
        assert Authenticator.objects.get().wrap().validate_code("000000") is False


class TestScreens:
    def test_the_office_invites_and_shows_the_open_invitation(self, login: Callable[..., Any]) -> None:
        client, _ = login("secretariat")
        data = {"email": "c@example.jp", "name": "花", "role": "auditor", "organization": ""}
        assert client.post("/members/office/people/", data).status_code == 302
        assert Invitation.objects.get().role == "auditor"
        assert "花" in client.get("/members/office/people/").content.decode()

    def test_a_wrong_address_keeps_what_was_typed(self, login: Callable[..., Any]) -> None:
        client, _ = login("secretariat")
        response = client.post("/members/office/people/", {"email": "nagi@", "name": "花", "role": "member"})
        assert list(response.context["form"].errors) == ["email"]
        assert 'value="花"' in response.content.decode()

    def test_an_administrator_sees_own_people_only(self, login: Callable[..., Any]) -> None:
        own, other = make_organization(), make_organization()
        make_user("member", organization=own, name="うちの人")
        make_user("member", organization=other, name="よその人")
        page = login("orgadmin", organization=own)[0].get("/members/people/").content.decode()
        assert ("うちの人" in page, "よその人" in page) == (True, False)

    def test_the_number_of_queries_does_not_grow_with_the_people(
        self, login: Callable[..., Any], django_assert_max_num_queries: Any
    ) -> None:
        client, _ = login("secretariat")
        for _n in range(30):
            make_user("member", organization=make_organization())
        with django_assert_max_num_queries(24):
            assert client.get("/members/office/people/").status_code == 200

"""Roles asked for, the yearly confirmation, the zip, lists, the inventory."""

import csv
import datetime as dt
import io
import json
import zipfile
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cms import dates, exports, outbox
from cms.models import AuditEvent, Mail
from directory.actions import attestations, lists, people, roles, takeaway
from directory.enums import Confirmed, RequestState
from directory.importing.lists import membership_columns, people_columns, read_list
from directory.models import Attestation, Invitation, Membership, Notification, Organization, RoleRequest, User
from directory.queries.inventory import FILTERS, everybody, narrowed
from directory.roles import NEVER_REST, ROLES
from tests.factories.people import charter_in_force, make_organization, make_user

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def fresh(user: User) -> User:
    """As the next request sees them."""
    return User.objects.select_related("organization").get(pk=user.pk)


@pytest.fixture
def ours() -> Organization:
    return make_organization(name="NPO法人ふね")


@pytest.fixture
def admin(ours: Organization) -> User:
    return make_user("orgadmin", organization=ours)


class TestRolesAskedFor:
    def accepted(self, by: User, role: str, organization: Organization) -> User:
        invitation = people.invite(by=by, email="new@example.jp", name="", organization=organization, role=role)
        return people.accept(invitation=invitation, name="新しい人", password="a-long-pass-phrase")

    def test_an_administrators_guest_waits_for_the_casebook_and_nothing_else(self, ours: Any, admin: User) -> None:
        secretariat = make_user("secretariat")
        guest = self.accepted(admin, "member", ours)
        assert fresh(guest).active_roles() == {"colleague"}
        assert Notification.objects.filter(user=secretariat, kind=roles.REQUEST_WAITS).count() == 1
        roles.answer(request=RoleRequest.objects.get(), give=True, by=secretariat)
        assert fresh(guest).active_roles() == {"member"}

    def test_the_secretariats_guest_does_not_wait(self, ours: Organization) -> None:
        assert fresh(self.accepted(make_user("secretariat"), "member", ours)).active_roles() == {"member"}

    def test_a_refusal_leaves_the_rest(self, ours: Organization, admin: User) -> None:
        guest = self.accepted(admin, "partner", ours)
        asked = roles.answer(request=RoleRequest.objects.get(), give=False, by=make_user("secretariat"))
        assert fresh(guest).active_roles() == {"colleague"}
        assert RoleRequest.objects.get(pk=asked.pk).state == RequestState.REFUSED
        with pytest.raises(ValidationError):
            roles.answer(request=asked, give=True, by=make_user("secretariat"))

    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_what_an_administrator_may_give(self, role: str, ours: Organization, admin: User) -> None:
        person = make_user("counsellor", organization=ours)
        if role in {"colleague", "orgadmin"}:
            roles.give_role(user=person, role=role, by=admin)
            assert role in fresh(person).active_roles()
        elif role in {"member", "partner"}:
            roles.give_role(user=person, role=role, by=admin)
            assert (role in fresh(person).active_roles(), RoleRequest.objects.waiting().count()) == (False, 1)
        else:
            with pytest.raises(PermissionDenied):
                roles.give_role(user=person, role=role, by=admin)

    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_who_answers(self, role: str, ours: Organization, admin: User) -> None:
        asked = roles.ask_for(user=make_user(organization=ours), role="member", organization=ours, by=admin)
        by = make_user(role, organization=ours)
        if role in {"secretariat", "admin"}:
            roles.answer(request=asked, give=True, by=by)
            assert RoleRequest.objects.waiting().count() == 0
        else:
            with pytest.raises(PermissionDenied):
                roles.answer(request=asked, give=True, by=by)

    def test_nobody_gives_themselves_a_role(self) -> None:
        keeper = make_user("secretariat")
        with pytest.raises(ValidationError):
            roles.give_by_office(user=keeper, role="admin", by=keeper)

    def test_one_person_works_for_one_organisation(self, ours: Organization) -> None:
        person = make_user("member", organization=make_organization(), email="new@example.jp")
        with pytest.raises(ValidationError, match="先に"):
            self.accepted(make_user("secretariat"), "partner", ours)
        assert fresh(person).active_roles() == {"member"}


class TestTheYearlyConfirmation:
    @pytest.fixture
    def april(self, frozen: Any, ours: Organization, admin: User) -> dict[str, User]:
        """1 April: the round has opened by itself."""
        frozen("2027-03-31T12:00+09:00")
        found = {
            "admin": admin,
            "member": make_user("member", organization=ours),
            "colleague": make_user("colleague", organization=ours),
            "alone": make_user("member"),
            "secretariat": make_user("secretariat"),
        }
        assert attestations.step(dates.now()) == 0
        frozen("2027-04-01T00:01+09:00")
        attestations.step(dates.now())
        return found

    def roles_of(self, april: dict[str, User]) -> dict[str, set[str]]:
        return {name: fresh(user).active_roles() for name, user in april.items()}

    def test_it_opens_by_itself_once(self, april: dict[str, User]) -> None:
        assert Attestation.objects.waiting().count() == 5
        mails = {mail.recipient for mail in Mail.objects.filter(kind=attestations.WAITS)}
        assert mails == {april["admin"].email, april["secretariat"].email}
        attestations.step(dates.now())
        assert (Attestation.objects.count(), Mail.objects.filter(kind=attestations.WAITS).count()) == (5, 2)

    @pytest.mark.parametrize(
        ("day", "member", "colleague"),
        [
            ("2027-04-30", True, True),
            ("2027-05-01", False, True),
            ("2027-05-31", False, True),
            ("2027-06-01", False, False),
        ],
    )
    def test_what_nobody_confirms_rests_by_itself(
        self, april: dict[str, User], frozen: Any, day: str, member: bool, colleague: bool
    ) -> None:
        frozen(f"{day}T00:00:01+09:00")
        held = self.roles_of(april)
        assert (bool(held["member"]), bool(held["alone"])) == (member, member)
        assert (bool(held["colleague"]), bool(held["admin"])) == (colleague, colleague)
        assert held["secretariat"] == {"secretariat"}  # somebody must be able to wake the others

    def test_a_press_confirms_and_wakes(self, april: dict[str, User], frozen: Any, ours: Organization) -> None:
        frozen("2027-05-10T09:00+09:00")
        mine = Attestation.objects.visible_to(fresh(april["admin"]))
        assert attestations.still_here(attestations=mine.waiting(), by=fresh(april["admin"])) == 3
        frozen("2027-06-10T09:00+09:00")
        held = self.roles_of(april)
        assert (held["member"], held["colleague"], held["admin"]) == ({"member"}, {"colleague"}, {"orgadmin"})
        assert held["alone"] == set()

    def test_warnings_fourteen_and_three_days_before(self, april: dict[str, User], frozen: Any) -> None:
        told = []
        for day in range(2, 31):
            frozen(f"2027-04-{day:02d}T09:00+09:00")
            attestations.step(dates.now())
            told.append(Mail.objects.filter(kind=attestations.WAITS).count())
        assert [day for day, count in enumerate(told[1:], start=3) if count > told[day - 3]] == [16, 27]
        assert Notification.objects.filter(user=april["member"], kind=attestations.OWN).count() == 2

    def test_a_mail_is_not_sent_when_all_is_done(self, april: dict[str, User]) -> None:
        mail = next(m for m in Mail.objects.filter(kind=attestations.WAITS) if m.recipient == april["admin"].email)
        assert outbox.may_still_send(mail)
        mine = Attestation.objects.visible_to(fresh(april["admin"]))
        attestations.still_here(attestations=mine.waiting(), by=fresh(april["admin"]))
        assert not outbox.may_still_send(mail)
        assert april["admin"].name not in str(mail.context)

    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_who_confirms_whom(self, april: dict[str, User], role: str, ours: Organization) -> None:
        one = Attestation.objects.get(user=april["member"])
        theirs, elsewhere = make_user(role, organization=ours), make_user(role, organization=make_organization())
        assert attestations.may_answer(theirs, one) == (role in {"orgadmin", "secretariat"})
        assert attestations.may_answer(elsewhere, one) == (role == "secretariat")

    def test_whoever_leaves_is_not_asked_for_any_more(self, april: dict[str, User]) -> None:
        from directory.actions import leaving

        leaving.remove_person(user=fresh(april["member"]), by=fresh(april["admin"]))
        assert Attestation.objects.get(user=april["member"]).answer == Confirmed.LEFT

    def test_the_screen_takes_one_press(self, login: Any, ours: Organization) -> None:
        client, _ = login("orgadmin", organization=ours)
        make_user("member", organization=ours)
        today = dates.today()
        attestations.plan(starts_on=today, due_on=today + DAY, final_on=today + DAY, by=None)
        assert client.post("/members/people/attestation/", {"all": "1"}).status_code == 302
        assert Attestation.objects.waiting().count() == 0

    def test_days_out_of_order_are_refused_beside_the_field(self, login: Any) -> None:
        client, _ = login("secretariat")
        data = {"plan": "1", "starts_on": "2030-04-10", "due_on": "2030-04-01", "final_on": "2030-05-31"}
        form = client.post("/members/office/people/attestation/", data).context["form"]
        assert list(form.errors) == ["due_on"]


class TestTakingAlong:
    def test_own_things_and_nobody_elses(self, ours: Organization, admin: User) -> None:
        other = make_user("member", organization=make_organization(name="よその会"), name="よその人")
        mine = make_user("member", organization=ours, name="=HYPERLINK(1)")
        archive = zipfile.ZipFile(takeaway.pack(organization=ours, by=admin))
        names = {name.partition(".")[0] for name in archive.namelist()}
        assert names == {*takeaway.providers(), "README"}
        whole = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8")
        assert (mine.email in whole, other.email in whole, "よその" in whole) == (True, False, False)
        table = archive.read("people.csv")
        assert table.startswith(b"\xef\xbb\xbf")
        assert "'=HYPERLINK(1)" in [row[0] for row in csv.reader(io.StringIO(table.decode("utf-8-sig")))]
        assert "=HYPERLINK(1)" in [next(iter(row.values())) for row in json.loads(archive.read("people.json"))]
        assert AuditEvent.objects.filter(action="organization.taken_along").count() == 1

    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_who_may(self, role: str, ours: Organization) -> None:
        assert takeaway.may_take(make_user(role, organization=ours), ours) == (role in {"orgadmin", "secretariat"})
        elsewhere = make_user(role, organization=make_organization())
        assert takeaway.may_take(elsewhere, ours) == (role == "secretariat")

    def test_it_asks_once_more_who_it_is(self, login: Any, ours: Organization) -> None:
        old, _ = login("orgadmin", organization=ours, recent=False)
        new, _ = login("orgadmin", organization=ours)
        answers = [client.post("/members/people/takeaway/") for client in (old, new)]
        assert [answer.status_code for answer in answers] == [302, 200]
        assert answers[1]["Content-Type"] == "application/zip"


class TestLists:
    def test_memberships_dry_then_for_good_then_the_same(self, ours: Organization) -> None:
        by = make_user("secretariat")
        text = "団体,会員区分,はじまり,おわり\r\nNPO法人ふね,コアメンバー,2026/4/1,\r\nどこにもない会,パートナー,2026-04-01,\r\nNPO法人ふね,コアでない,2026-04-01,\r\n"
        header = ",".join(column.headings[0] for column in membership_columns().values())
        text = header + text[text.index("\r\n") :]
        listing = read_list(text, membership_columns())
        dry = lists.import_memberships(listing=listing, by=by, dry_run=True)
        assert (dry.new, dry.refused, Membership.objects.count()) == (1, 2, 0)
        assert [(each.line, bool(each.column)) for each in dry.refusals] == [(3, True), (4, True)]
        done = lists.import_memberships(listing=listing, by=by)
        assert (done.new, Membership.objects.get().since) == (1, dt.date(2026, 4, 1))
        again = lists.import_memberships(listing=listing, by=by)
        assert (again.new, again.changed, again.same) == (0, 0, 1)

    def test_the_registers_own_table_comes_back_unchanged(self, ours: Organization, login: Any) -> None:
        Membership.objects.create(organization=ours, tier="core", since=dt.date(2025, 4, 1))
        client, by = login("secretariat")
        table = client.get("/members/office/register/csv/?all=1").content.decode("utf-8")
        outcome = lists.import_memberships(listing=read_list(table, membership_columns()), by=by)
        assert (outcome.same, outcome.new, outcome.changed, outcome.refusals) == (1, 0, 0, [])

    def test_people_are_invited_never_made(self, ours: Organization, login: Any) -> None:
        client, _ = login("secretariat")
        heads = [column.headings[0] for column in people_columns().values()]
        text = (
            "\t".join(heads)
            + "\nA@example.jp\t水野\tNPO法人ふね\tパートナー\nnope\t\t\tpartner\na@example.jp\t\t\tpartner\n"
        )
        before = User.objects.count()
        looked = client.post("/members/office/people/import/", {"text": text})
        assert (looked.context["outcome"].new, looked.context["outcome"].refused) == (1, 2)
        assert (Invitation.objects.count(), Mail.objects.count()) == (0, 0)
        assert client.post("/members/office/people/import/", {"text": text, "write": "1"}).status_code == 302
        assert (Invitation.objects.get().role, Mail.objects.count(), User.objects.count()) == ("partner", 1, before)

    def test_a_list_without_its_columns_is_said_beside_the_field(self, login: Any) -> None:
        client, _ = login("secretariat")
        form = client.post("/members/office/register/import/", {"text": "何か,別の\n1,2\n"}).context["form"]
        assert (list(form.errors), "何か" in form["text"].value()) == (["text"], True)


class TestTheInventory:
    def test_a_line_a_role_with_the_month_only(self, login: Any, ours: Organization, frozen: Any) -> None:
        frozen("2026-11-22T16:20+09:00")
        person = make_user("member", organization=ours, name="+水野")
        User.objects.filter(pk=person.pk).update(last_login=dates.now())
        client, _ = login("secretariat")
        answer = client.get("/members/office/people/inventory.csv")
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        mine = next(row for row in rows if row[1] == person.email)
        assert (mine[0], mine[7], mine[8], mine[9]) == ("'+水野", "2026-11", "0", "1")
        assert answer.content.startswith(exports.BYTE_ORDER_MARK.encode())
        assert ("16:20" in answer.content.decode(), AuditEvent.objects.filter(action="person.exported").count()) == (
            False,
            0,
        )

    def test_filters(self, ours: Organization, login: Any) -> None:
        charter_in_force()
        _, sure = login("auditor")
        User.objects.filter(pk=sure.pk).update(last_login=dates.now())
        late, gone = make_user("member", organization=ours, pledged=False), make_user()
        found = {code: {user.pk for user in narrowed(everybody(), code)} for code in FILTERS}
        assert found == {
            "factor": {late.pk},
            "pledge": {late.pk},
            "unseen": {late.pk},
            "ends": set(),
            "confirm": set(),
            "none": {gone.pk},
        }

    @pytest.mark.parametrize("address", ["/members/people/", "/members/office/people/"])
    def test_queries_do_not_grow(
        self, login: Any, ours: Organization, address: str, django_assert_num_queries: Any
    ) -> None:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        client, _ = login("orgadmin", "secretariat", organization=ours)
        make_user("member", organization=ours)
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for _each in range(12):
            make_user("member", organization=ours)
        with CaptureQueriesContext(connection) as many:
            client.get(address)
        assert len(few) == len(many)


def test_whoever_keeps_the_office_never_rests() -> None:
    assert sorted(NEVER_REST) == ["admin", "secretariat"]

"""The register: as of any day, never twice at one time, for residents and for the office."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from cms.models import AuditEvent
from directory.actions import register
from directory.models import Membership, RoleStatement
from directory.queries import register_on
from tests.factories.bodies import make_body, make_member, sit
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db

PUBLIC, OFFICE = "/about/members/", "/members/office/register/"
D = dt.date.fromisoformat


@pytest.fixture
def town(frozen: Any) -> dict[str, Any]:
    """Six organisations with pasts of every kind; today is 3 December 2026."""
    frozen("2026-12-03T10:00+09:00")
    made = {name: make_organization(name=name, kana=name, is_public=True) for name in "ABCDE"}
    made["F"] = make_organization(name="F", kana="F", is_public=False)
    made["E"].ended_on = D("2026-06-01")
    made["E"].save()
    for name, tier, since, until in (
        ("A", "core", "2025-04-01", None),
        ("B", "partner", "2025-04-01", "2026-04-01"),  # became a core member
        ("B", "core", "2026-04-01", None),
        ("C", "partner", "2025-04-01", "2025-10-01"),  # paused, came back
        ("C", "partner", "2026-10-01", None),
        ("D", "core", "2027-04-01", None),  # to come
        ("E", "partner", "2025-04-01", None),  # ended without anybody writing it down
        ("F", "partner", "2025-04-01", None),  # not named to residents
    ):
        make_member(since, until, tier, organization=made[name])
    return made


MATRIX = [
    ("2025-03-31", [], 0),
    ("2025-04-01", ["A core", "B partner", "C partner", "E partner"], 1),
    ("2025-09-30", ["A core", "B partner", "C partner", "E partner"], 1),
    ("2025-10-01", ["A core", "B partner", "E partner"], 1),
    ("2026-03-31", ["A core", "B partner", "E partner"], 1),
    ("2026-04-01", ["A core", "B core", "E partner"], 1),
    ("2026-05-31", ["A core", "B core", "E partner"], 1),
    ("2026-06-01", ["A core", "B core"], 1),
    ("2026-10-01", ["A core", "B core", "C partner"], 1),
    ("2026-12-03", ["A core", "B core", "C partner"], 1),
    ("2027-04-01", ["A core", "B core", "D core", "C partner"], 1),
]


def test_as_of_each_day(town: dict[str, Any], client: Client, login: Callable[..., Any]) -> None:
    office, _user = login("secretariat")
    for on, expected, hidden in MATRIX:
        found = register_on(D(on))
        assert ([f"{m.organization.name} {m.tier}" for m in found.members], found.hidden) == (expected, hidden), on
        shown = client.get(PUBLIC, {"on": on})
        assert [m.organization.name for m in shown.context["register"].members] == [e[0] for e in expected], on
        inside = office.get(OFFICE, {"on": on}).context["register"]
        assert {m.organization.name for m in inside.members} == {e[0] for e in expected} | (
            {"F"} if hidden else set()
        ), on


@pytest.mark.parametrize("typed", ["2025-10-01", "2025/10/1", "２０２５年１０月１日", " 2025.10.01 "])
def test_a_day_as_people_write_it(town: dict[str, Any], client: Client, typed: str) -> None:
    page = client.get(PUBLIC, {"on": typed})
    assert page.context["register"].on == D("2025-10-01")
    assert "2025年（令和7年）10月1日（水）現在" in page.content.decode()


@pytest.mark.parametrize("typed", ["きのう", "2025-02-30", "0001-01-01", "99999-01-01", "2025-04-01' OR 1=1"])
def test_a_day_that_is_none_is_said_beside_the_field(town: dict[str, Any], client: Client, typed: str) -> None:
    page = client.get(PUBLIC, {"on": typed, "kind": "npo"})
    assert page.status_code == 200
    assert page.context["form"].errors["on"] == ["日付は、2025-04-01 のように入れてください。"]
    assert page.context["form"]["on"].value() == typed, "nothing typed is lost"
    assert page.context["kind"] == "npo"
    assert page.context["register"].on == D("2026-12-03")


def test_unknown_kinds_are_refused_without_a_fall(town: dict[str, Any], client: Client) -> None:
    page = client.get(PUBLIC, {"kind": "zz"})
    assert (page.status_code, page.context["kind"]) == (200, "")


def test_every_kind_can_be_asked_for(client: Client) -> None:
    """Also one that has no row in the table of roles: a box of the chart may stand for it."""
    RoleStatement.objects.create(kind="npo", label="支援団体", duties=["支える"])
    make_member(kind="school", name="潮見高校")
    make_member(kind="npo", name="なぎさの家")
    page = client.get(PUBLIC, {"kind": "school"})
    assert [member.organization.name for member in page.context["register"].members] == ["潮見高校"]
    assert "支援団体" in page.content.decode()


def test_people_without_an_organisation_are_counted_never_named(client: Client, frozen: Any) -> None:
    frozen("2026-12-03T10:00+09:00")
    council, other = make_body(is_pf=True), make_body()
    sit(council, "民生委員", "2025-04-01", headcount=87)
    sit(council, "福祉委員", "2025-04-01", "2026-04-01", headcount=24)
    sit(council, "学識経験者")
    sit(other, "傍聴人", headcount=3)
    told = {seat.title: seat.headcount for seat in register_on(D("2026-12-03")).people}
    assert told == {"民生委員": 87, "学識経験者": None}
    body = client.get(PUBLIC).content.decode()
    assert "87人" in body
    assert "傍聴人" not in body
    assert "0人" not in body, "unknown is not nought"


OVERLAPS = [
    ("2025-04-01", None, "2026-01-01", None),
    ("2025-04-01", None, "2024-01-01", "2025-04-02"),
    ("2025-04-01", "2026-04-01", "2026-03-31", None),
    ("2025-04-01", "2026-04-01", "2025-06-01", "2025-07-01"),
    ("2025-06-01", "2025-07-01", "2025-04-01", "2026-04-01"),
    ("2025-04-01", "2026-04-01", "2025-04-01", "2026-04-01"),
]
APART = [
    ("2025-04-01", "2026-04-01", "2026-04-01", None),
    ("2025-04-01", None, "2024-01-01", "2025-04-01"),
    ("2025-04-01", None, "2026-01-01", "2026-01-01"),  # holds no day
    ("2025-04-01", "2025-04-01", "2025-04-01", None),
]


@pytest.mark.parametrize(("since", "until", "other", "end"), OVERLAPS)
def test_one_membership_at_a_time(since: str, until: str | None, other: str, end: str | None) -> None:
    first = make_member(since, until)
    with pytest.raises(ValidationError) as refused:
        make_member(other, end, organization=first.organization)
    assert "この団体は" in refused.value.message_dict["since"][0]
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(("since", "until", "other", "end"), OVERLAPS)
def test_the_database_itself_refuses(since: str, until: str | None, other: str, end: str | None) -> None:
    """Past the action, on both databases; also when a row is changed into another's time."""
    first = make_member(since, until)
    row = {"organization": first.organization, "since": D(other), "until": D(end) if end else None}
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(**row)
    elsewhere = Membership.objects.create(organization=make_organization(), since=row["since"], until=row["until"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=elsewhere.pk).update(organization=first.organization)


@pytest.mark.parametrize(("since", "until", "other", "end"), APART)
def test_times_that_only_touch_are_welcome(since: str, until: str | None, other: str, end: str | None) -> None:
    first = make_member(since, until)
    make_member(other, end, organization=first.organization)
    assert Membership.objects.filter(organization=first.organization).count() == 2


def test_moving_to_the_other_tier_keeps_the_past() -> None:
    by = make_user("secretariat")
    kept = make_member("2025-04-01", tier="partner")
    register.move(membership=kept, tier="core", on=D("2026-04-01"), by=by)
    rows = Membership.objects.order_by("since").values_list("tier", "since", "until")
    assert list(rows) == [("partner", D("2025-04-01"), D("2026-04-01")), ("core", D("2026-04-01"), None)]
    told = AuditEvent.objects.filter(actor=str(by.pk)).order_by("pk").values_list("action", flat=True)
    assert list(told) == ["membership.ended", "membership.admitted"]
    for on in ("2025-04-01", "2024-01-01"):
        with pytest.raises(ValidationError):
            register.move(membership=kept, tier="core", on=D(on), by=by)


def test_the_office_admits_corrects_and_moves(town: dict[str, Any], login: Callable[..., Any]) -> None:
    office, _user = login("secretariat")
    new = make_organization(name="新しい会", is_public=True)
    answer = office.post(OFFICE, {"organization": new.pk, "tier": "partner", "since": "2026/12/1", "until": ""})
    assert answer.status_code == 302
    kept = Membership.objects.get(organization=new)
    again = office.post(OFFICE, {"organization": new.pk, "tier": "core", "since": "2026-12-10", "until": ""})
    assert again.status_code == 200
    page = again.content.decode()
    assert "先に、そちらの終わりの日を入れてください。" in page
    assert "2026年（令和8年）12月1日" in page
    assert 'value="2026-12-10"' in page, "nothing typed is lost"
    one = f"{OFFICE}{kept.pk}/"
    wrong = office.post(one, {"tier": "partner", "since": "2026-12-01", "until": "2026-11-01"})
    assert wrong.context["form"].errors["until"] == ["終わりが、始まりより前になっています。"]
    assert office.post(one, {"move": "1", "move-on": "2026-12-02"}).status_code == 302
    assert office.post(one, {"tier": "partner", "since": "2026-11-01", "until": "2026-12-02"}).status_code == 302
    rows = Membership.objects.filter(organization=new).order_by("since").values_list("tier", "since", "until")
    assert list(rows) == [("partner", D("2026-11-01"), D("2026-12-02")), ("core", D("2026-12-02"), None)]
    assert "コアメンバー" in office.get(one).content.decode()


def test_the_table_as_csv(town: dict[str, Any], login: Callable[..., Any]) -> None:
    office, _user = login("secretariat")
    answer = office.get(f"{OFFICE}csv/", {"on": "2025-04-01"})
    assert answer["Content-Disposition"] == 'attachment; filename="members-20250401.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["団体"], row["会員区分"], row["参加した日"], row["終わりの日（この日は含まない）"]) for row in rows][
        :2
    ] == [
        ("A", "コアメンバー", "2025-04-01", ""),
        ("B", "パートナー", "2025-04-01", "2026-04-01"),
    ]
    every = office.get(f"{OFFICE}csv/", {"all": "1"}).content.decode("utf-8-sig").splitlines()
    assert len(every) == 1 + Membership.objects.count()


def test_as_many_questions_for_many_members(
    client: Client, login: Callable[..., Any], django_assert_max_num_queries: Any, frozen: Any
) -> None:
    frozen("2026-12-03T10:00+09:00")
    office, _user = login("secretariat")
    counts = []
    for more in (2, 15):
        for _each in range(more):
            make_member()
        row = []
        for browser, address in ((client, PUBLIC), (office, OFFICE), (office, f"{OFFICE}csv/")):
            with django_assert_max_num_queries(40) as asked:
                browser.get(address)
            row.append(len(asked))
        counts.append(row)
    assert counts[0] == counts[1], counts

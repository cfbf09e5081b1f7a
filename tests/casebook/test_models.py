"""Who may see which case; what the database itself refuses."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from wagtail.models import ModelLogEntry, Page, ReferenceIndex
from wagtail.search.index import get_indexed_models

from casebook.actions import cases, closing, eyes, release
from casebook.enums import CaseState
from casebook.models import Access, AppendOnly, Case, Offer
from casebook.models.cases import new_number
from casebook.queries import readers_of, reviewers_of
from cms import dates
from directory.actions.people import end_role
from directory.models import BodyMembership, User
from tests.factories.bodies import make_body
from tests.factories.cases import (
    TEXTS,
    make_approved,
    make_author,
    make_case,
    make_handed_in,
    make_offer,
    make_released,
    make_reviewer,
    make_submitted,
)
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db


def sees(user: Any, case: Case) -> bool:
    """As a fresh request would find it."""
    user = User.objects.get(pk=user.pk)
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


ROLES = (
    "member",
    "partner",
    "orgadmin",
    "counsellor",
    "supervisor",
    "secretariat",
    "reviewer",
    "editor",
    "auditor",
    "admin",
)


def seen_by_role(case: Case) -> set[str]:
    """Roles of which a newcomer of another organisation sees the case."""
    return {role for role in ROLES if sees(make_user(role, organization=make_organization()), case)}


def test_a_draft_is_seen_by_its_author_alone() -> None:
    author = make_author()
    case = make_case(author=author)
    colleague = make_user("member", "secretariat", "reviewer", organization=author.organization)
    assert sees(author, case)
    assert not sees(colleague, case)
    assert seen_by_role(case) == set()


def test_a_submitted_case_is_seen_by_author_and_reviewers() -> None:
    case = make_submitted()
    assert sees(case.author, case)
    assert seen_by_role(case) == {"reviewer", "secretariat"}


def test_a_submitted_case_that_is_assigned_is_seen_by_that_reviewer() -> None:
    case, mine, other = make_submitted(), make_reviewer(), make_reviewer()
    Case.objects.filter(pk=case.pk).update(reviewer=mine)
    assert (sees(mine, case), sees(other, case)) == (True, False)


@pytest.mark.parametrize(
    ("audience", "expected"),
    [("core", {"member", "secretariat"}), ("all", {"member", "partner", "secretariat"}), ("chosen", set())],
)
def test_a_released_case_is_seen_by_its_audience(audience: str, expected: set[str]) -> None:
    case = make_released(audience=audience, shared_with=[make_organization()])
    assert seen_by_role(case) == expected


def test_chosen_organisations_see_it_and_excluded_ones_never() -> None:
    chosen, excluded = make_organization(), make_organization()
    one, two = (make_user("partner", organization=body) for body in (chosen, excluded))
    case = make_released(audience="chosen", shared_with=[chosen, excluded], excluded=[excluded])
    everyone = make_released(audience="all", excluded=[excluded])
    assert (sees(one, case), sees(two, case)) == (True, False)
    assert (sees(one, everyone), sees(two, everyone)) == (True, False)


def test_an_excluded_organisation_does_not_review_it_either() -> None:
    excluded = make_organization()
    case = make_submitted(excluded=[excluded])
    assert not sees(make_reviewer(organization=excluded), case)
    assert sees(make_reviewer(), case)


def test_colleagues_of_the_author_see_it_once_released() -> None:
    author = make_author()
    partner = make_user("partner", organization=author.organization)
    assert sees(partner, make_released(author=author, audience="core"))


def test_neither_former_members_nor_ended_organisations_nor_superusers_see_anything() -> None:
    case = make_released(audience="all")
    former = make_author()
    before = sees(former, case)
    end_role(assignment=former.role_assignments.get(), by=make_user("secretariat"))
    ended = make_organization()
    of_ended = make_user("member", organization=ended)
    type(ended).objects.filter(pk=ended.pk).update(ended_on=dates.today())
    gone = make_author()
    User.objects.filter(pk=gone.pk).update(is_active=False)
    superuser = make_user(organization=make_organization(), is_superuser=True, is_staff=True)
    assert before is True
    assert [sees(user, case) for user in (former, of_ended, gone, superuser)] == [False] * 4
    assert not Case.objects.visible_to(AnonymousUser()).exists()


def test_an_author_who_moved_to_another_organisation_loses_the_draft() -> None:
    case = make_case()
    User.objects.filter(pk=case.author_id).update(organization=make_organization())
    assert not sees(case.author, case)


@pytest.mark.parametrize("state", [CaseState.RELEASED, CaseState.CLOSED])
def test_an_expired_case_is_gone_for_everybody(state: str) -> None:
    case = make_released()
    assert sees(case.author, case)
    Case.objects.filter(pk=case.pk).update(state=state, outcome="found", expires_on=dates.today())
    assert not sees(case.author, case)
    assert seen_by_role(case) == set()


@pytest.mark.parametrize("audience", ["core", "all", "chosen"])
def test_readers_and_reviewers_are_those_for_whom_visible_to_holds(audience: str) -> None:
    bodies = [make_organization() for _number in range(4)]
    people = [make_user(role, organization=body) for body in bodies for role in ROLES]
    people.append(make_user("secretariat"))
    type(bodies[3]).objects.filter(pk=bodies[3].pk).update(ended_on=dates.today())
    changes: dict[str, Any] = {"audience": audience, "shared_with": bodies[:2], "excluded": [bodies[1]]}
    case, waiting = make_released(**changes), make_submitted(**changes)
    everybody = User.objects.all()
    assert {u.pk for u in readers_of(case)} == {u.pk for u in everybody if sees(u, case)}
    assert {u.pk for u in reviewers_of(waiting)} == {
        u.pk for u in everybody if sees(u, waiting) and u != waiting.author
    }
    assert {u.pk for u in readers_of(case)} & {p.pk for p in people} != set()


def test_answers_of_not_now_are_seen_by_the_two_sides_only() -> None:
    case = make_released()
    helper, other = make_author(), make_author()
    offer = make_offer(case, by=helper, stance="cannot", text="")
    shown = {
        user.pk: Offer.objects.visible_to(user).filter(pk=offer.pk).exists() for user in (case.author, helper, other)
    }
    assert shown == {case.author_id: True, helper.pk: True, other.pk: False}


def test_numbers_say_nothing() -> None:
    numbers = {new_number() for _time in range(200)}
    assert len(numbers) > 190
    assert {len(number) for number in numbers} == {7}


@pytest.mark.parametrize(
    "change",
    [
        {"legal_basis": "council"},
        {"state": "released"},
        {"state": "closed"},
        {"state": "withdrawn"},
    ],
)
def test_the_database_refuses_what_must_not_be(change: dict[str, Any]) -> None:
    case = make_case()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**change)


def test_the_database_wants_three_different_people() -> None:
    case = make_submitted()
    soon = dates.today() + dt.timedelta(days=9)
    change = {"state": "released", "released_at": dates.now(), "expires_on": soon}
    for same in ({"released_by": case.author}, {"released_by": case.first_read_by}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**change, **same)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**change, released_by=make_reviewer(), first_read_by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(first_read_by=case.author)
    assert Case.objects.filter(pk=case.pk).update(**change, released_by=make_reviewer()) == 1


def test_a_case_handed_in_is_seen_by_its_author_and_the_colleague_who_was_asked() -> None:
    case = make_handed_in()
    assert seen_by_role(case) == set()
    assert [sees(user, case) for user in (case.author, case.first_reader)] == [True, True]
    assert not sees(make_user("member", organization=case.organization), case)
    release.pass_on(by=case.first_reader, case=case)
    assert not sees(case.first_reader, case)


def test_without_a_colleague_the_secretariat_reads_first() -> None:
    case = make_case()
    case = cases.submit(by=case.author, case=case, first_reader=None)
    assert seen_by_role(case) == {"secretariat"}
    office = make_user("secretariat")
    passed = release.pass_on(by=office, case=case)
    assert (passed.state, passed.first_read_by) == (CaseState.SUBMITTED, office)
    with pytest.raises(PermissionDenied):
        release.release(by=office, case=passed)


def test_with_a_colleague_one_of_them_is_asked_and_nobody_else() -> None:
    case = make_case()
    colleague = make_user("partner", organization=case.organization)
    for wrong in (None, case.author, make_author(), make_user("colleague", organization=case.organization)):
        with pytest.raises(cases.NoSuchReader):
            cases.submit(by=case.author, case=case, first_reader=wrong)
    assert cases.submit(by=case.author, case=case, first_reader=colleague).first_reader == colleague


def test_an_approved_case_is_its_authors_until_the_morning() -> None:
    case = make_approved()
    assert seen_by_role(case) == set()
    assert sees(case.author, case)
    assert release.open_due(at=case.opens_at - dt.timedelta(seconds=1)) == 0
    assert release.open_due(at=case.opens_at) == 1
    assert seen_by_role(case) == {"member", "secretariat"}
    assert release.open_due(at=case.opens_at) == 0


def test_a_stopped_case_is_seen_by_nobody_here_and_by_the_secretariat_elsewhere() -> None:
    made = [make_case(), make_handed_in(), make_submitted(), make_approved(), make_released()]
    Case.objects.update(stopped_at=dates.now())
    for case in made:
        assert seen_by_role(case) == set()
        assert not sees(case.author, case)
        stopped = {role for role in ROLES if Case.objects.stopped_for(make_user(role)).filter(pk=case.pk).exists()}
        assert stopped == {"secretariat"}
    assert release.open_due(at=dates.now() + dt.timedelta(days=2)) == 0


def test_a_group_reads_what_was_written_for_it() -> None:
    inside, outside = make_organization(), make_organization()
    group = make_body(kind="working")
    BodyMembership.objects.create(body=group, organization=inside)
    case = make_released(audience="group", group=group)
    assert sees(make_user("partner", organization=inside), case)
    assert not sees(make_user("member", organization=outside), case)
    assert {u.organization for u in readers_of(case)} == {inside, case.organization}
    BodyMembership.objects.update(until=dates.today())
    assert not sees(make_user("partner", organization=inside), case)


def test_the_access_log_is_only_added_to() -> None:
    case = make_released()
    line = eyes.note_reading(by=make_author(), case=case)
    for change in (line.delete, line.save, Access.objects.all().delete, lambda: Access.objects.update(user=1)):
        with pytest.raises(AppendOnly):
            change()
    assert Access.objects.get().user == line.user


def raw_rows() -> str:
    """Everything the database holds of this room, as stored."""
    tables = [t for t in connection.introspection.table_names() if t.startswith(("casebook_", "cms_mail", "cms_audit"))]
    with connection.cursor() as cursor:
        rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += cursor.fetchall()
    return repr(rows)


def test_a_dump_of_the_database_holds_no_word_of_a_case() -> None:
    words = {name: f"ひみつ{name}" for name in TEXTS}
    case = make_released(**words)
    make_offer(case, text="ひみつの申し出")
    closing.close(by=case.author, case=case, outcome="found", note="ひみつの結果")
    dump = raw_rows()
    assert "ひみつ" not in dump
    assert case.number in dump  # the control: the dump does hold the row


def test_wagtail_knows_nothing_of_cases() -> None:
    case = make_released()
    make_offer(case)
    ours = {f"casebook.{model._meta.model_name}" for model in apps.get_app_config("casebook").get_models()}
    indexed = {model._meta.label_lower for model in ReferenceIndex.indexed_models}
    assert ours & indexed == set()
    assert "home.contentpage" in indexed  # the control
    assert [model for model in get_indexed_models() if model._meta.app_label == "casebook"] == []
    assert not ReferenceIndex.objects.filter(base_content_type__app_label="casebook").exists()
    assert not ModelLogEntry.objects.filter(content_type__app_label="casebook").exists()
    assert not any(issubclass(model, Page) for model in apps.get_app_config("casebook").get_models())


def test_the_name_of_a_case_in_logs_is_its_number() -> None:
    case = make_case()
    assert (str(case), repr(case)) == (case.number, f"<Case: {case.number}>")

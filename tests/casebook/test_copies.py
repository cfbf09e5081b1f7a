"""Papers: each print has a number and a line in the log; who may tick it off, and what others see of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from casebook.actions import copies
from casebook.enums import Eye
from casebook.models import Access, CopyState, PrintedCopy
from casebook.models.copies import new_copy_number
from cms.models import AuditEvent
from tests.casebook.test_brake import make_office
from tests.factories.cases import make_author, make_case, make_released
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db
Login = Callable[..., Any]


def url(name: str, *args: Any) -> str:
    return reverse(f"members:{name}", args=args)


def test_each_print_has_a_number_that_says_nothing_and_a_line_in_the_log() -> None:
    case, reader = make_released(), make_author()
    one, two = (copies.print_copy(by=reader, case=case) for _time in range(2))
    assert one.number != two.number
    lines = Access.objects.of_case(case.pk).filter(how=Eye.PRINT).order_by("pk").values_list("user", "copy")
    assert list(lines) == [(reader.pk, one.number), (reader.pk, two.number)]
    assert AuditEvent.objects.filter(action="case.printed").count() == 2
    numbers = {new_copy_number() for _time in range(100)}
    assert {len(number) for number in numbers} == {9}
    assert len(numbers) > 95


def test_a_taken_number_is_not_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    case, reader = make_released(), make_author()
    taken = copies.print_copy(by=reader, case=case).number
    field = PrintedCopy._meta.get_field("number")
    monkeypatch.setattr(field, "_get_default", lambda: taken)
    assert copies.print_copy(by=reader, case=case).number != taken


def test_only_readers_of_a_shared_case_print() -> None:
    draft, case = make_case(), make_released()
    for user, which in ((draft.author, draft), (make_user("reviewer", organization=make_organization()), case)):
        with pytest.raises(PermissionDenied):
            copies.print_copy(by=user, case=which)
    assert not PrintedCopy.objects.exists()
    assert not Access.objects.filter(how=Eye.PRINT).exists()


def test_the_paper_bears_whose_it_is_and_cannot_be_opened_again(login: Login) -> None:
    client, reader = login("member", organization=make_organization(name="とまり木"), name="水野さくら")
    case = make_released()
    assert client.get(url("case_print", case.pk)).status_code == 405
    page = client.post(url("case_print", case.pk)).content.decode()
    copy = PrintedCopy.objects.get()
    for word in (copy.number, "水野さくら", "とまり木", "複写しない・会議のあと回収", case.situation, case.number):
        assert word in page
    assert "style=" not in page
    assert (copy.printed_by, copy.organization, copy.state) == (reader, reader.organization, CopyState.OUT)


def test_ticked_off_by_who_printed_or_by_the_office_and_by_nobody_else(login: Login) -> None:
    client, reader = login("member", organization=make_organization())
    case = make_released(author=make_author())
    copy = copies.print_copy(by=reader, case=case)
    other, _user = login("member", organization=case.organization)
    assert other.post(url("copy_settle", copy.pk), {"state": "destroyed"}).status_code == 404
    assert client.post(url("copy_settle", copy.pk), {"state": "destroyed"}).status_code == 302
    copy.refresh_from_db()
    assert (copy.state, copy.settled_by) == (CopyState.DESTROYED, reader)
    assert client.post(url("copy_settle", copy.pk), {"state": "out"}).status_code == 302
    assert client.post(url("copy_settle", copy.pk), {"state": "burnt"}).status_code == 302
    copy.refresh_from_db()
    assert (copy.state, copy.settled_by, copy.settled_at) == (CopyState.OUT, None, None)
    office = make_office()
    copies.settle(by=office, copy=copy, state=CopyState.RETURNED)
    copies.settle(by=office, copy=copy, state=CopyState.RETURNED)
    acts = list(AuditEvent.objects.filter(action="copy.settled").order_by("pk").values_list("actor", "codes__state"))
    assert acts == [(str(reader.pk), "destroyed"), (str(reader.pk), "out"), (str(office.pk), "returned")]


def test_the_side_that_asks_sees_numbers_and_organisations_never_persons(login: Login) -> None:
    asking, author = login("member", organization=make_organization())
    case = make_released(author=author)
    reader = make_author(organization=make_organization(name="とまり木"), name="水野さくら")
    stranger, _user = login("member", organization=make_organization())
    copy = copies.print_copy(by=reader, case=case)
    page = asking.get(url("case_detail", case.pk)).content.decode()
    assert copy.number in page
    assert "とまり木" in page
    copies_part = page[page.index('id="copies"') : page.index("番号つきで印刷する")]
    assert "水野さくら" not in copies_part
    assert copy.number not in stranger.get(url("case_detail", case.pk)).content.decode()
    assert copy.number not in asking.get(url("case_copies")).content.decode()
    office, _user = login("secretariat", organization=make_organization())
    listed = office.get(url("case_copies")).content.decode()
    assert copy.number in listed
    assert "水野さくら" in listed


def test_the_database_wants_a_name_for_each_tick() -> None:
    copy = copies.print_copy(by=make_author(), case=make_released())
    with pytest.raises(IntegrityError), transaction.atomic():
        PrintedCopy.objects.filter(pk=copy.pk).update(state="returned")

"""From a consultation to a case: codes alone go along, and nothing anywhere leads from the one to the other."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from casebook.models import Case
from cms.models import SentForm
from directory.actions.consultations import sending
from directory.models import Concern, DeskSeat
from directory.models.consultations.contact import Contact
from tests.factories.cases import CODED, TEXTS
from tests.factories.consultations import make_consultation, make_reception
from tests.factories.people import make_user, satisfy_mfa, sign_in

pytestmark = pytest.mark.django_db


def url(name: str, *args: Any) -> str:
    return reverse(f"members:{name}", args=args)


@pytest.fixture
def concerns() -> list[str]:
    return list(Concern.objects.order_by("code").values_list("code", flat=True)[:4])


@pytest.fixture
def someone() -> Callable[..., tuple[Client, Any]]:
    """Somebody with these roles, at that desk if `seat`."""

    def make(*roles: str, desk: Any, seat: bool = True) -> tuple[Client, Any]:
        user, client = make_user(*roles, organization=desk.organization), Client()
        if seat:
            DeskSeat.objects.create(desk=desk, user=user)
        satisfy_mfa(user)
        sign_in(client, user)
        return client, user

    return make


def written(desk: Any, concerns: list[str], life_stage: str = "l6") -> Any:
    """A consultation with everything in it."""
    contact = Contact(way="phone", phone="0000-00-0001", note="ZZメモ")
    said = sending.Said(route="r3", life_stage=life_stage, concerns=tuple(concerns), name="ZZ名前", contact=contact)
    return make_consultation(desk, text="ZZ本文", said=said)


def test_only_who_reads_it_and_may_write_cases(someone: Any, concerns: list[str]) -> None:
    desk = make_reception().desk
    it = written(desk, concerns)
    address = url("case_from_consultation", it.pk)
    expected = {("counsellor", "member"): 200, ("supervisor", "partner"): 200, ("counsellor", "reviewer"): 404}
    for roles, status in expected.items():
        assert (roles, someone(*roles, desk=desk)[0].get(address).status_code) == (roles, status)
    assert someone("counsellor", "member", desk=desk, seat=False)[0].get(address).status_code == 404
    assert someone("counsellor", desk=desk)[0].get(address).status_code == 403  # no door to cases
    client, _user = someone("counsellor", "member", desk=desk)
    assert client.get(url("case_from_consultation", uuid4())).status_code == 404
    assert client.post(address).status_code == 405


def test_the_page_shows_codes_and_the_form_carries_nothing_else(someone: Any, concerns: list[str]) -> None:
    desk = make_reception().desk
    it = written(desk, concerns)
    client, _user = someone("counsellor", "member", desk=desk)
    answer = client.get(url("case_from_consultation", it.pk))
    page = answer.content.decode()
    assert answer.context["form"].initial == {"life_stage": "l6", "concerns": concerns[:3], "involved": ["b8"]}
    assert [word for word in ("ZZ", "0000-00-0001", it.number) if word in page] == []
    form = page[page.index(f'action="{url("case_from_codes")}"') :].split("</form>")[0]
    assert str(it.pk) not in form
    assert str(it.pk) in page  # negative control: the way back is there


def test_the_form_of_a_case_opens_with_them_filled_in(someone: Any, concerns: list[str]) -> None:
    client, _user = someone("counsellor", "member", desk=make_reception().desk)
    answer = client.post(url("case_from_codes"), {"life_stage": "l6", "concerns": concerns[:2], "involved": ["b8"]})
    form = answer.context["form"]
    assert (answer.status_code, form.is_bound, Case.objects.count()) == (200, False, 0)
    assert [form[name].value() for name in ("life_stage", "concerns", "involved")] == ["l6", concerns[:2], ["b8"]]
    assert f'action="{url("case_new")}"' in answer.content.decode()
    assert client.post(url("case_from_codes"), {}).context["form"]["life_stage"].value() == "-"  # to be chosen
    assert client.get(url("case_from_codes")).status_code == 405


@pytest.mark.parametrize(
    "sent",
    [{"life_stage": "l99"}, {"life_stage": "長男"}, {"concerns": ["田中さん"]}, {"involved": ["b77"]}],
)
def test_what_is_no_code_is_refused(someone: Any, sent: dict[str, Any]) -> None:
    client, _user = someone("counsellor", "member", desk=make_reception().desk)
    assert client.post(url("case_from_codes"), sent).status_code == 404


def test_more_concerns_than_a_case_takes_are_refused(someone: Any, concerns: list[str]) -> None:
    client, _user = someone("counsellor", "member", desk=make_reception().desk)
    assert client.post(url("case_from_codes"), {"concerns": concerns}).status_code == 404


def test_who_may_not_write_cases_opens_no_form(someone: Any) -> None:
    client, _user = someone("counsellor", "reviewer", desk=make_reception().desk)
    assert client.post(url("case_from_codes"), {"life_stage": "l6"}).status_code == 404


def rows() -> Iterator[str]:
    """Every row of every table as text, and what the sessions hold."""
    for model in apps.get_models():
        for row in model._base_manager.values():
            yield f"{model._meta.label} {json.dumps(row, default=str, ensure_ascii=False)}"
    for session in Session.objects.all():
        yield f"session {json.dumps(session.get_decoded(), default=str)}"


def both(lines: Iterator[str] | list[str], one: set[str], other: set[str]) -> list[str]:
    """Lines that hold something of the one and something of the other."""
    return [line for line in lines if any(word in line for word in one) and any(word in line for word in other)]


def test_nothing_leads_from_the_case_to_the_consultation_or_back(
    someone: Any, caplog: pytest.LogCaptureFixture
) -> None:
    desk = make_reception().desk
    it = written(desk, CODED["concerns"], CODED["life_stage"])  # with others it would fit too few people
    client, _user = someone("counsellor", "member", desk=desk)
    caplog.set_level(logging.DEBUG)
    before = set(rows())
    shown = client.get(url("case_from_consultation", it.pk))
    codes = shown.context["form"].initial
    came_from = {"HTTP_REFERER": f"http://testserver{url('case_from_consultation', it.pk)}"}
    client.post(url("case_from_codes"), codes, **came_from)
    came_from = {"HTTP_REFERER": f"http://testserver{url('case_from_codes')}"}
    made = client.post(url("case_new"), {**CODED, **TEXTS, **codes, "coarsen": ""}, **came_from)
    assert made.status_code == 302, made.context["form"].errors
    case = Case.objects.get()
    assert (case.life_stage, case.concerns, case.involved) == ("l4", ["k5"], ["b8"])

    of_case, of_it = {str(case.pk), case.pk.hex, case.number}, {str(it.pk), it.pk.hex, it.number}
    after = list(rows())
    assert both(after, of_case, of_it) == []
    assert both(caplog.messages, of_case, of_it) == []
    # What came since: the one look at the consultation as every look is noted, and else nothing that names it.
    new = [line for line in after if line not in before]
    named = [line.split()[0] for line in new if any(word in line for word in of_it)]
    assert sorted(named) == ["cms.AuditEvent", "directory.Consultation"]  # and its state: read
    assert [line for line in new if line.startswith("casebook.") and any(word in line for word in of_it)] == []
    led = list(SentForm.objects.values_list("led_to", flat=True))
    assert led == [url("case_detail", case.pk)]


def test_the_search_would_find_a_link(concerns: list[str]) -> None:
    """Negative control."""
    it = written(make_reception().desk, concerns)
    SentForm.objects.create(mark="m", led_to=f"/x/{it.pk}/K7F-204/")
    assert len(both(rows(), {"K7F-204"}, {str(it.pk)})) == 1

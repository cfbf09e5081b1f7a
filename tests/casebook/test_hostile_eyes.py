"""What somebody would try who wants to see more than they may, or to leave no trace of having seen it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from casebook.actions import brake, cases, copies, eyes, incidents, keeping, release
from casebook.enums import CaseState, Eye
from casebook.models import Access, Case, Incident, PrintedCopy
from casebook.permissions import can_release
from casebook.queries import can_see, reviewers_of
from cms import dates
from cms.models import AuditEvent, SentForm
from directory.models import Notification
from tests.access import without_csrf
from tests.factories.cases import make_author, make_case, make_handed_in, make_released, make_submitted
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db
Login = Callable[..., Any]


def url(name: str, *args: Any) -> str:
    return reverse(f"members:{name}", args=args)


# --- a page that comes back shows the words as well ---------------------------------------------------------------


def test_a_decision_that_comes_back_shows_the_words_and_leaves_a_line(login: Login) -> None:
    client, reviewer = login("reviewer", organization=make_organization())
    case = make_submitted()
    page = client.post(url("case_decide", case.pk), {})
    assert case.headline in page.content.decode()
    assert [(row.case, row.how) for row in Access.objects.filter(user=reviewer.pk)] == [(case.pk, Eye.REVIEW)]


def test_a_decision_that_comes_back_counts_for_the_budget(login: Login, settings: Any) -> None:
    settings.CASES_AN_HOUR_STOP = 2
    client, _reviewer = login("reviewer", organization=make_organization())
    case = make_submitted()
    answers = [client.post(url("case_decide", case.pk), {}) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert case.headline not in answers[-1].content.decode()


def test_who_is_stopped_at_a_form_is_reported_like_everybody(login: Login, settings: Any) -> None:
    settings.CASES_AN_HOUR_STOP = 1
    client, reader = login("member", organization=make_organization())
    case = make_released()
    answers = [client.post(url("case_offer", case.pk), {}) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 429, 429]
    assert AuditEvent.objects.filter(action="reading.stopped", actor=str(reader.pk)).count() == 1


def test_a_note_of_the_first_reader_that_comes_back_leaves_a_line(login: Login) -> None:
    author = make_author()
    reading, reader = login("partner", organization=author.organization)
    case = make_handed_in(author=author, first_reader=reader)
    page = reading.post(url("case_ask_again", case.pk), {})
    assert case.headline in page.content.decode()
    assert [(row.case, row.how) for row in Access.objects.filter(user=reader.pk)] == [(case.pk, Eye.FIRST)]


# --- the reviewer is somebody outside -----------------------------------------------------------------------------


def test_no_reviewer_of_the_organisation_that_wrote_it() -> None:
    case = make_submitted()
    inside, outside = (
        make_user("reviewer", organization=case.organization),
        make_user("reviewer", organization=make_organization()),
    )
    assert [can_see(who, case) and can_release(who, case) for who in (inside, outside)] == [False, True]
    assert list(reviewers_of(case)) == [outside]
    assert list(Case.objects.waiting_for_review(inside)) == []
    with pytest.raises(PermissionDenied):
        release.release(by=inside, case=case)


def test_the_secretariat_checks_also_for_its_own_house() -> None:
    city = make_organization(kind="city")
    case = make_submitted(author=make_author(organization=city))
    office = make_user("secretariat", organization=city)
    assert can_see(office, case)
    assert can_release(office, case)
    assert office in reviewers_of(case)


# --- what was rewritten -------------------------------------------------------------------------------------------


def test_a_wording_that_does_not_stand_in_the_text_is_not_kept() -> None:
    forged = [("PERSON", "山田花子"), ("PERSON", "Aさん"), ("PHONE", "")]
    case = make_case(rewritten=forged)
    assert case.rewritten == [["PERSON", "Aさん"], ["PHONE", ""]]
    cases.write(
        by=case.author,
        case=case,
        coded=coded_of(case),
        texts={**case.texts, "situation": "数年のあいだ家で過ごしてきた。"},
    )
    case.refresh_from_db()
    assert case.rewritten == [["PHONE", ""]]


def coded_of(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in cases.CODED}


# --- codes that are none ------------------------------------------------------------------------------------------


def test_a_sex_that_is_no_code_is_said_beside_the_field(login: Login) -> None:
    from tests.casebook.members.test_writing import POSTED

    client, _author = login("member", organization=make_organization())
    page = client.post(url("case_new"), {**POSTED, "sex": "zz"})
    assert page.status_code == 200
    assert not Case.objects.exists()


# --- the brake was pressed a moment ago ---------------------------------------------------------------------------


def test_a_stopped_case_stands_still_also_for_who_had_it_open() -> None:
    case = make_released()
    brake.stop(by=make_author(), case=case)
    with pytest.raises(PermissionDenied):
        cases.withdraw(by=case.author, case=case)
    handed = make_handed_in()
    brake.stop(by=handed.first_reader, case=handed)
    with pytest.raises(PermissionDenied):
        cases.take_back_to_draft(by=handed.author, case=handed)
    assert [Case.objects.get(pk=each.pk).state for each in (case, handed)] == [CaseState.RELEASED, CaseState.FIRST]


def test_a_case_that_goes_while_it_is_printed_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    case, reader = make_released(), make_author()
    note = eyes.note_print

    def note_and_withdraw(**line: Any) -> Any:
        cases.withdraw(by=case.author, case=case)
        return note(**line)

    monkeypatch.setattr(eyes, "note_print", note_and_withdraw)
    with pytest.raises(PermissionDenied):
        copies.print_copy(by=reader, case=case)
    assert not PrintedCopy.objects.exists()


# --- the secretariat of an organisation that shall not see it ------------------------------------------------------


def test_an_excluded_secretariat_keeps_the_clock_without_knowing_who_asked_or_read(login: Login) -> None:
    theirs, office = login("secretariat", organization=make_organization())
    case = make_released(excluded=[office.organization])
    reader = make_author()
    reader.name = "汐見 よみ子"
    reader.save()
    eyes.note_reading(by=reader, case=case)
    incident = brake.stop(by=reader, case=case)
    free, keeper = login("secretariat", organization=make_organization())
    incidents.write_step(by=keeper, incident=incident, act="author", done_on=dates.today(), note="書いた側と話した。")
    told = (case.organization.name, "汐見 よみ子", "書いた側と話した。")
    pages = [client.get(url("office_incident", incident.pk)).content.decode() for client in (free, theirs)]
    assert [[word for word in told if word in page] for page in pages] == [list(told), []]
    assert Incident.objects.visible_to(office).exists()


def test_an_excluded_secretariat_sees_no_papers_of_it(login: Login) -> None:
    theirs, office = login("secretariat", organization=make_organization())
    free, _keeper = login("secretariat", organization=make_organization())
    case = make_released(excluded=[office.organization])
    paper = copies.print_copy(by=make_author(), case=case)
    pages = [client.get(url("case_copies")).content.decode() for client in (free, theirs)]
    assert [[word for word in (paper.number, case.number) if word in page] for page in pages] == [
        [paper.number, case.number],
        [],
    ]
    assert theirs.post(url("copy_settle", paper.pk), {"state": "returned"}).status_code == 404


# --- what leads to a case that is gone -----------------------------------------------------------------------------


def test_a_form_sent_once_more_leads_to_no_case_that_is_gone(login: Login) -> None:
    from tests.casebook.members.test_writing import POSTED

    client, author = login("member", organization=make_organization())
    client.post(url("case_new"), POSTED)
    case = Case.objects.get()
    assert SentForm.objects.filter(led_to__contains=str(case.pk)).count() == 1
    cases.withdraw(by=author, case=case)
    assert not SentForm.objects.filter(led_to__contains=str(case.pk)).exists()
    again = client.post(url("case_new"), POSTED)
    assert (again.status_code, again.headers["Location"]) == (302, url("case_list"))
    assert Case.objects.count() == 1


# --- who was shut out since -----------------------------------------------------------------------------------------


def test_who_read_it_once_and_may_no_more_learns_nothing_of_a_stop(login: Login) -> None:
    client, before = login("member", organization=make_organization())
    still, reader = login("member", organization=make_organization())
    case = make_released()
    for each in (before, reader):
        eyes.note_reading(by=each, case=case)
    case.excluded.add(before.organization)
    missing = client.post(url("case_stop", uuid4()))
    brake.stop(by=make_author(), case=case)
    answers = [each.post(url("case_stop", case.pk)) for each in (client, still)]
    assert [answer.status_code for answer in answers] == [404, 302]
    assert without_csrf(answers[0].content) == without_csrf(missing.content)
    with pytest.raises(PermissionDenied):
        brake.stop(by=before, case=case)


# --- words that nobody looks at -------------------------------------------------------------------------------------


@pytest.mark.parametrize("waiting", [make_handed_in, make_submitted])
def test_a_case_that_nobody_reads_is_not_kept_for_ever(waiting: Callable[..., Case]) -> None:
    now, case = dates.now(), waiting()
    assert keeping.every_night(now + dt.timedelta(days=89))["cases_given_back"] == 0
    then = now + dt.timedelta(days=91)
    with time_machine.travel(then, tick=False):
        assert keeping.every_night(then)["cases_given_back"] == 1
    case.refresh_from_db()
    assert (case.state, case.first_reader, case.first_read_by) == (CaseState.DRAFT, None, None)
    assert case.changed_at == then
    assert Notification.objects.filter(user=case.author, kind="case_returned").count() == 1
    keeping.every_night(then + dt.timedelta(days=91))
    case.refresh_from_db()
    assert (case.state, case.situation) == (CaseState.EXPIRED, None)

"""Incidents: the days of the law, the acts, who decides, what a decision does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casebook.actions import brake, copies, eyes, incidents
from casebook.actions.guarding import OpenFindings
from casebook.enums import CaseState
from casebook.models import Access, Act, Case, Incident, IncidentStep
from casebook.models.incidents import nth_day
from casebook.queries.incidents import spread_of, verdicts_open_to
from cms import dates
from cms.models import AuditEvent, Mail
from directory.models import Notification, Pledge
from tests.casebook.test_brake import make_office, sentences
from tests.factories.cases import make_author, make_offer, make_released
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db
Login = Callable[..., Any]
DAY = dt.date


def url(name: str, *args: Any) -> str:
    return reverse(f"members:{name}", args=args)


def make_incident(case: Case | None = None) -> Incident:
    """A released case that a reader has stopped."""
    return brake.stop(by=make_author(), case=case or make_released())


@pytest.mark.parametrize(
    ("aware", "quick", "full", "malicious"),
    [
        # an ordinary month; over a leap day; over the end of the year; February without a leap day
        (DAY(2026, 11, 20), DAY(2026, 11, 24), DAY(2026, 12, 19), DAY(2027, 1, 18)),
        (DAY(2028, 2, 28), DAY(2028, 3, 3), DAY(2028, 3, 28), DAY(2028, 4, 27)),
        (DAY(2026, 12, 30), DAY(2027, 1, 3), DAY(2027, 1, 28), DAY(2027, 2, 27)),
        (DAY(2027, 1, 31), DAY(2027, 2, 4), DAY(2027, 3, 1), DAY(2027, 3, 31)),
    ],
)
def test_the_day_of_awareness_is_the_first(aware: DAY, quick: DAY, full: DAY, malicious: DAY) -> None:
    row = Incident(aware_on=aware)
    assert (row.quick_due, row.full_due) == (quick, full)
    row.malicious = "yes"
    assert (row.quick_due, row.full_due) == (quick, malicious)
    assert nth_day(aware, 1) == aware


def test_awareness_is_the_day_in_japan(frozen: Callable[[str], Any]) -> None:
    case = make_released()
    frozen("2026-11-30T15:30+00:00")  # half past midnight of the first of December in Japan
    assert make_incident(case).aware_on == DAY(2026, 12, 1)


def test_only_three_times_no_stops_the_clock() -> None:
    row = Incident(aware_on=DAY(2026, 11, 20))
    assert row.wants_report
    row.sensitive = row.many = "no"
    assert row.wants_report
    row.malicious = "no"
    assert (row.wants_report, row.deadlines([])) == (False, [])
    row.many = "yes"
    assert [deadline.act for deadline in row.deadlines([])] == [Act.QUICK, Act.FULL]


def test_facts_move_the_clock_back_and_never_forward() -> None:
    incident, office = make_incident(), make_office()
    earlier = dates.today() - dt.timedelta(days=2)
    known = {"sensitive": "yes", "many": "no", "malicious": "unknown"}
    changed = incidents.write_facts(by=office, incident=incident, aware_on=earlier, **known)
    assert changed.quick_due == earlier + dt.timedelta(days=4)
    with pytest.raises(incidents.InTheFuture):
        incidents.write_facts(by=office, incident=incident, aware_on=dates.today() + dt.timedelta(days=1), **known)


def test_acts_have_a_day_that_can_be_and_their_words_pass_the_guard() -> None:
    incident, office = make_incident(), make_office()
    tomorrow, yesterday = (dates.today() + dt.timedelta(days=n) for n in (1, -1))
    for day in (tomorrow, yesterday):
        with pytest.raises(incidents.InTheFuture):
            incidents.write_step(by=office, incident=incident, act="quick", done_on=day)
    with pytest.raises(OpenFindings):
        incidents.write_step(
            by=office, incident=incident, act="author", done_on=dates.today(), note="田中さんの電話は090-1234-5678。"
        )
    with pytest.raises(PermissionDenied):
        incidents.write_step(by=office, incident=incident, act="ruled", done_on=dates.today())
    with pytest.raises(PermissionDenied):
        incidents.write_step(by=make_author(), incident=incident, act="quick", done_on=dates.today())
    incidents.write_step(by=office, incident=incident, act="quick", done_on=dates.today(), note="書類で出した。")
    assert [deadline.is_open for deadline in incident.deadlines(incident.steps.all())] == [False, True]
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM casebook_incidentstep WHERE note IS NOT NULL")
        assert all("書類" not in row[0] for row in cursor.fetchall())
    trail = repr(list(AuditEvent.objects.filter(action="incident.step").values_list("codes", flat=True)))
    assert "書類" not in trail


def test_shown_again_as_it_was_and_no_reader_is_bothered() -> None:
    case, reader, office = make_released(), make_author(), make_office()
    offer = make_offer(case)
    before = {name: getattr(case, name) for name in ("state", "situation", "released_at", "expires_on", "review_on")}
    incident = brake.stop(by=reader, case=case)
    news, mails = Notification.objects.count(), Mail.objects.count()
    incidents.rule(by=office, incident=incident, verdict="unfounded")
    case.refresh_from_db()
    assert {name: getattr(case, name) for name in before} == before
    assert Case.objects.visible_to(reader).filter(pk=case.pk).exists()
    assert case.offers.get() == offer
    assert Mail.objects.count() == mails
    assert Notification.objects.count() == news + 2  # the author, and who pressed
    assert "止めていただいた事例を、事務局が見ました。気づいてくださって、ありがとうございます。" in sentences(reader)
    again = brake.stop(by=reader, case=case)
    assert again != incident


def test_mended_by_its_author_with_all_its_words_and_both_checks_again() -> None:
    case, office = make_released(), make_office()
    incident = make_incident(case)
    incidents.rule(by=office, incident=incident, verdict="mend", note="もう少し、おおまかに書いてください。")
    case.refresh_from_db()
    assert (case.state, case.released_by, case.first_read_by, case.expires_on) == (CaseState.DRAFT, None, None, None)
    assert case.situation != ""
    assert case.reviewer_note == "もう少し、おおまかに書いてください。"
    assert Case.objects.visible_to(case.author).filter(pk=case.pk).exists()
    assert not Case.objects.visible_to(make_author()).filter(pk=case.pk).exists()


def test_deleted_as_if_withdrawn() -> None:
    case, office = make_released(), make_office()
    incident = make_incident(case)
    incidents.write_step(by=office, incident=incident, act="author", done_on=dates.today(), note="話した。")
    incidents.rule(by=office, incident=incident, verdict="erase")
    case.refresh_from_db()
    assert (case.state, case.situation, case.life_stage, case.stopped_at) == (CaseState.WITHDRAWN, None, "", None)
    assert set(incident.steps.values_list("note", flat=True)) == {None}
    assert sentences(case.author)[0].startswith(f"事例 {case.number} は、事務局が消しました。")


class TestWhoDecides:
    """A named person of the secretariat; nobody judges a case of the own organisation."""

    def test_not_an_ordinary_member_not_an_excluded_one_not_twice(self) -> None:
        case = make_released(excluded=[excluded := make_organization()])
        incident, office = make_incident(case), make_office()
        for user in (make_author(), make_office(organization=excluded), case.author):
            assert verdicts_open_to(user, incident) == []
            with pytest.raises(PermissionDenied):
                incidents.rule(by=user, incident=incident, verdict="unfounded")
        incidents.rule(by=office, incident=incident, verdict="unfounded")
        with pytest.raises(PermissionDenied):
            incidents.rule(by=office, incident=incident, verdict="erase")
        incident.refresh_from_db()
        assert (incident.ruled_by, incident.verdict) == (office, "unfounded")

    def test_of_the_own_organisation_only_the_careful_ways_and_only_when_nobody_else_is_there(self) -> None:
        case = make_released()
        own = make_office(organization=case.organization)
        incident = make_incident(case)
        assert verdicts_open_to(own, incident) == ["mend", "erase"]
        with pytest.raises(PermissionDenied):
            incidents.rule(by=own, incident=incident, verdict="unfounded")
        make_office()
        assert verdicts_open_to(own, incident) == []

    def test_the_author_alone_in_the_office_may_delete(self) -> None:
        from tests.factories.people import make_user

        author = make_user("member", "secretariat", organization=make_organization())
        incident = make_incident(make_released(author=author))
        assert verdicts_open_to(author, incident) == ["erase"]
        make_office(organization=author.organization)
        assert verdicts_open_to(author, incident) == []

    def test_without_a_pledge_nothing_is_read_and_nothing_decided(self, login: Login) -> None:
        client, office = login("secretariat", organization=make_organization())
        case = make_released(situation="ひみつの合図がある。")
        incident = make_incident(case)
        assert "ひみつの合図" in client.get(url("office_incident", incident.pk)).content.decode()
        Pledge.objects.filter(user=office).delete()
        page = client.get(url("office_incident", incident.pk))
        assert (page.status_code, "ひみつの合図" in page.content.decode()) == (200, False)
        assert client.post(url("office_incident_verdict", incident.pk), {"rule-verdict": "erase"}).status_code == 404

    def test_the_database_wants_a_name_and_one_open_incident(self) -> None:
        incident = make_incident()
        with pytest.raises(IntegrityError), transaction.atomic():
            Incident.objects.filter(pk=incident.pk).update(verdict="erase")
        with pytest.raises(IntegrityError), transaction.atomic():
            Incident.objects.create(case=incident.case, opened_by=incident.opened_by)


def test_closed_only_when_all_is_reported() -> None:
    incident, office = make_incident(), make_office()
    with pytest.raises(incidents.NotYet):
        incidents.end(by=office, incident=incident)
    incidents.rule(by=office, incident=incident, verdict="erase")
    incidents.write_step(by=office, incident=incident, act="author", done_on=dates.today(), note="電話で話した。")
    for act in ("quick", "person", "full"):
        with pytest.raises(incidents.NotYet):
            incidents.end(by=office, incident=incident)
        incidents.write_step(by=office, incident=incident, act=act, done_on=dates.today())
    incidents.end(by=office, incident=incident)
    incident.refresh_from_db()
    assert incident.ended_by == office
    assert set(incident.steps.values_list("note", flat=True)) == {None}  # the case is gone: so are the notes
    with pytest.raises(PermissionDenied):
        incidents.write_step(by=office, incident=incident, act="note", done_on=dates.today())


def test_with_three_times_no_it_closes_without_a_report() -> None:
    incident, office = make_incident(), make_office()
    incidents.write_facts(
        by=office, incident=incident, sensitive="no", many="no", malicious="no", aware_on=incident.aware_on
    )
    incidents.rule(by=office, incident=incident, verdict="unfounded")
    incidents.end(by=office, incident=incident)
    assert Incident.objects.running().count() == 0


def test_the_office_is_reminded_before_and_after_the_day_once_each() -> None:
    incident = make_incident()
    make_office(), make_office()
    told: list[int] = [
        incidents.remind_due(incident.aware_on + dt.timedelta(days=days)) for days in range(45) for _twice in (1, 2)
    ]
    first = told[::2]
    assert told[1::2] == [0] * 45  # the same night again tells nobody
    due = [day for day, count in enumerate(first) if count]
    quick, full = [2, 3, 4], [22, 27, 28, 29]
    late_quick, late_full = [5, 12, 19, 26, 33, 40], [30, 37, 44]
    assert due == sorted({*quick, *full, *late_quick, *late_full})
    office = make_office()
    incidents.write_step(by=office, incident=incident, act="quick", done_on=dates.today())
    incidents.write_step(by=office, incident=incident, act="full", done_on=dates.today())
    assert incidents.remind_due(incident.aware_on + dt.timedelta(days=60)) == 0


def test_how_far_it_had_gone() -> None:
    case, reader, office = make_released(), make_author(), make_office()
    glancer = make_author()
    eyes.note_reading(by=reader, case=case)
    eyes.note_list(by=glancer, cases=[case.pk])
    eyes.note_list(by=reader, cases=[case.pk])
    paper = copies.print_copy(by=reader, case=case)
    spread = spread_of(case)
    assert [(each.name, each.organization) for each in spread.people] == [(reader.name, reader.organization.name)]
    assert (spread.organizations, spread.headline_only, spread.copies, spread.copies_out) == (1, 1, [paper], 1)
    brake.stop(by=reader, case=case)
    assert f"紙 {paper.number} を、事務局へ返すか、裁断してください。" in sentences(reader)
    assert sentences(office) != []


class TestScreens:
    """The office's two pages."""

    def test_it_reads_the_words_decides_and_closes(self, login: Login) -> None:
        client, office = login("secretariat", organization=make_organization())
        case = make_released(situation="ひみつの合図がある。")
        incident = make_incident(case)
        assert "あと4日" in client.get(url("office_incidents")).content.decode()
        page = client.get(url("office_incident", incident.pk)).content.decode()
        assert "ひみつの合図" in page
        lines = Access.objects.filter(case=case.pk, user=office.pk).count()
        assert lines == 1
        posted = client.post(
            url("office_incident_facts", incident.pk),
            {"sensitive": "no", "many": "no", "malicious": "no", "aware_on": dates.today().isoformat()},
        )
        assert posted.status_code == 302
        trace = {"step-act": "author", "step-done_on": dates.today().isoformat(), "step-note": "田中さんと話した。"}
        back = client.post(url("office_incident_step", incident.pk), trace)
        assert (back.status_code, "田中" in back.content.decode()) == (200, True)
        assert not IncidentStep.objects.filter(act="author").exists()
        assert client.post(url("office_incident_step", incident.pk), {**trace, "step-note": ""}).status_code == 302
        bare = client.post(url("office_incident_verdict", incident.pk), {"rule-verdict": "mend"})
        assert "どこを直すかを、書いた人に短く伝えてください。" in bare.content.decode()
        done = client.post(url("office_incident_verdict", incident.pk), {"rule-verdict": "unfounded"})
        assert done.status_code == 302
        assert client.post(url("office_incident_end", incident.pk)).status_code == 302
        assert "ひみつの合図" not in client.get(url("office_incident", incident.pk)).content.decode()
        assert Incident.objects.get().ended_by == office

    def test_a_verdict_asks_once_more_who_it_is(self, login: Login) -> None:
        client, _office = login("secretariat", organization=make_organization(), recent=False)
        incident = make_incident()
        answer = client.post(url("office_incident_verdict", incident.pk), {"rule-verdict": "erase"})
        assert answer.status_code == 302
        assert "/accounts/" in answer["Location"]
        incident.refresh_from_db()
        assert incident.verdict == ""

    def test_the_navigation_counts_what_runs(self, login: Login) -> None:
        client, _office = login("secretariat", organization=make_organization())
        make_incident()
        page = client.get(url("office_incidents"))
        lines = [line for group in page.context["members_more"]() for line in group["lines"]]
        assert [line["count"] for line in lines if line["url_name"] == "members:office_incidents"] == [1]

    def test_the_list_asks_as_often_with_many_as_with_one(self, login: Login) -> None:
        client, _office = login("secretariat", organization=make_organization())
        make_incident()
        client.get(url("office_incidents"))

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                client.get(url("office_incidents"))
            return len(captured)

        few = queries()
        for _number in range(4):
            make_incident()
        assert queries() == few

    def test_one_incident_asks_as_often_with_many_readers(self, login: Login) -> None:
        client, _office = login("secretariat", organization=make_organization())
        case = make_released()
        eyes.note_reading(by=make_author(), case=case)
        incident = make_incident(case)
        client.get(url("office_incident", incident.pk))

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                client.get(url("office_incident", incident.pk))
            return len(captured)

        few = queries()
        for _number in range(4):
            reader = make_author()
            eyes.note_reading(by=reader, case=case)
            IncidentStep.objects.create(incident=incident, act="note", by=reader)
        assert queries() == few

"""Leaving no trace: whichever way a case goes, none of its words is left anywhere; before, only the key opens them."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from casebook.actions import brake, cases, copies, incidents, keeping
from casebook.actions.purging import KEPT, hanging_on_cases, purge
from casebook.enums import CaseState
from casebook.models import Case, Incident, Offer, PrintedCopy
from cms import dates, outbox
from cms.models import AuditEvent, Mail
from cms.signals import purging
from directory.models import Handover, Mute, Notification
from tests.casebook.no_trace import (
    NOT_OF_CASES,
    Planted,
    dump,
    elsewhere,
    found,
    nouns,
    opened,
    readings,
    rows_as_they_lie,
)
from tests.casebook.test_brake import make_office, sentences
from tests.factories.cases import make_author, make_case, make_offer, make_released
from tests.factories.people import make_organization

Login = Callable[..., Any]


def url(name: str, *args: Any) -> str:
    return reverse(f"members:{name}", args=args)


def withdrawn(case: Case, incident: Incident, office: Any) -> None:
    """Shown again, then taken back by its author."""
    incidents.rule(by=office, incident=incident, verdict="unfounded")
    cases.withdraw(by=case.author, case=case)


def expired(case: Case, incident: Incident, office: Any) -> None:
    """Shown again, then its last day comes."""
    incidents.rule(by=office, incident=incident, verdict="unfounded")
    Case.objects.filter(pk=case.pk).update(expires_on=dates.today())
    purging.send(sender=None, now=dates.now())


def erased(case: Case, incident: Incident, office: Any) -> None:
    """The secretariat finds that somebody can be recognised."""
    incidents.rule(by=office, incident=incident, verdict="erase")


WAYS = [(withdrawn, CaseState.WITHDRAWN), (expired, CaseState.EXPIRED), (erased, CaseState.WITHDRAWN)]


def lived_through(login: Login, case: Case) -> tuple[Planted, Incident, Any]:
    """Read, answered, printed, stopped, looked at by the office: by the screens, so that all they leave is there."""
    reader, reading = login("member", organization=make_organization())
    office, keeper = login("secretariat", organization=make_organization())
    make_offer(case)
    planted = Planted(case)
    reader.get(url("case_detail", case.pk))
    reader.post(url("case_print", case.pk))
    Incident.objects.all().delete()  # the row that only held words: now a true one
    incident = brake.stop(by=reading, case=case)
    incidents.write_step(by=keeper, incident=incident, act="author", done_on=dates.today())
    planted.plant(type(incident.steps.get(act="author")), incident.steps.filter(act="author"))
    office.get(url("office_incident", incident.pk))
    outbox.deliver_due()
    return planted, incident, keeper


@pytest.mark.django_db
@pytest.mark.parametrize(("goes", "state"), WAYS, ids=["withdrawn", "expired", "erased"])
def test_no_word_is_left_anywhere(
    login: Login, caplog: pytest.LogCaptureFixture, goes: Callable[..., None], state: str
) -> None:
    case = make_released()
    with caplog.at_level(logging.DEBUG):
        planted, incident, keeper = lived_through(login, case)
        words = planted.words
        assert set(found(words, opened())) == set(words)  # the control: somebody with the key finds each of them
        assert found(words, rows_as_they_lie()) == []
        lines = readings(case)
        goes(case, incident, keeper)
    case.refresh_from_db()
    assert case.state == state
    for place in (opened(), rows_as_they_lie(), elsewhere(), caplog.text):
        assert found(words, place) == []
    assert readings(case) == lines
    assert lines > 0


@pytest.mark.django_db(transaction=True)
def test_a_dump_of_the_database_holds_no_word_before_or_after(login: Login) -> None:
    case = make_released()
    planted, incident, keeper = lived_through(login, case)
    before = dump()
    assert case.number in before  # the control: the dump does hold the row
    assert found(planted.words, before) == []
    erased(case, incident, keeper)
    assert found(planted.words, dump()) == []


@pytest.mark.django_db
def test_every_noun_with_words_is_planted_and_none_is_forgotten() -> None:
    planted = Planted(make_released())
    assert {place.partition(".")[0] for place in planted.words} >= {model.__name__ for model in nouns()}
    assert {"Case", "Offer", "IncidentStep"} <= {model.__name__ for model in nouns()}
    assert not NOT_OF_CASES & {model.__name__ for model in nouns()}


@pytest.mark.django_db
def test_a_purger_that_is_missing_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from casebook.actions import purging as module

    case = make_released()
    planted = Planted(case)
    monkeypatch.setattr(module, "_purgers", {})
    monkeypatch.setattr(module, "hanging_on_cases", list)
    cases.withdraw(by=case.author, case=case)
    left = {place.partition(".")[0] for place in found(planted.words, opened())}
    assert "IncidentStep" in left
    assert "Case" not in left


@pytest.mark.django_db
def test_what_stays_is_a_skeleton() -> None:
    case = make_released(excluded=[make_organization()])
    day = case.expires_on
    cases.withdraw(by=case.author, case=case)
    case.refresh_from_db()
    kept = {
        field.name for field in Case._meta.concrete_fields if getattr(case, field.attname) not in ("", None, [], {})
    }
    assert kept - KEPT == {"audience"}
    assert (case.audience, case.expires_on, case.excluded.count(), case.shared_with.count()) == ("chosen", day, 0, 0)
    assert case.number
    with pytest.raises(ValueError, match="no state"):
        purge(case, state=CaseState.CLOSED, by=None)


@pytest.mark.django_db
def test_rows_that_go_along_are_told_by_their_key() -> None:
    going = {model.__name__ for model, _name in hanging_on_cases()}
    assert going >= {"Offer"}
    assert not going & {"Incident", "PrintedCopy"}


@pytest.mark.django_db
def test_news_mutes_mails_and_handovers_go_along() -> None:
    case, reader = make_released(), make_author()
    make_offer(case, by=reader)
    Mute.objects.create(user=reader, kind="case_shared", target=str(case.pk))
    outbox.deliver_due()
    waiting = Mail.objects.filter(key__startswith=f"case:{case.pk}")
    sent = waiting.filter(state="sent").count()
    make_offer(case)
    other = make_released()
    assert sent > 0
    assert waiting.filter(state="queued").exists()
    cases.withdraw(by=case.author, case=case)
    assert set(waiting.values_list("recipient", "context")) == {(None, None)}
    assert not waiting.filter(state="queued").exists()
    assert not Notification.objects.filter(target=str(case.pk)).exists()
    assert not Mute.objects.filter(target=str(case.pk)).exists()
    assert not Handover.objects.open().filter(subject=case.pk).exists()
    assert not Offer.objects.filter(case=case).exists()
    assert Notification.objects.filter(target=str(other.pk)).exists()  # the control: another case keeps its news
    assert outbox.deliver_due() >= 0


class TestDays:
    """What the clock does to cases."""

    pytestmark = pytest.mark.django_db

    def test_the_last_day_empties_it_once(self) -> None:
        case, other = make_released(), make_released()
        Case.objects.filter(pk=case.pk).update(expires_on=dates.today())
        assert keeping.expire_due(dates.today() - dt.timedelta(days=1)) == 0
        assert (keeping.expire_due(dates.today()), keeping.expire_due(dates.today())) == (1, 0)
        case.refresh_from_db()
        other.refresh_from_db()
        assert (case.state, case.situation, other.state) == (CaseState.EXPIRED, None, CaseState.RELEASED)
        assert AuditEvent.objects.filter(action="case.expired", actor="").count() == 1

    def test_a_stopped_case_waits_for_its_verdict(self) -> None:
        case, office = make_released(), make_office()
        incident = brake.stop(by=make_author(), case=case)
        Case.objects.filter(pk=case.pk).update(expires_on=dates.today())
        assert keeping.expire_due(dates.today()) == 0
        incidents.rule(by=office, incident=incident, verdict="unfounded")
        assert not Case.objects.visible_to(case.author).filter(pk=case.pk).exists()
        assert keeping.expire_due(dates.today()) == 1

    def test_a_draft_is_warned_of_after_sixty_days_and_gone_after_ninety(self) -> None:
        case = make_case()
        start = case.changed_at

        def night(days: int) -> tuple[int, int]:
            done = keeping.every_night(start + dt.timedelta(days=days, minutes=1))
            return done["drafts_fading"], done["drafts_deleted"]

        assert [night(days) for days in (59, 60, 61, 89)] == [(0, 0), (1, 0), (0, 0), (0, 0)]
        assert f"下書き {case.number} は、2か月のあいだ手が入っていません。" in sentences(case.author)[0]
        assert keeping.deleted_on(case) == dates.jst(start + dt.timedelta(days=90)).date()
        assert night(90) == (0, 1)
        case.refresh_from_db()
        assert (case.state, case.situation) == (CaseState.EXPIRED, None)

    def test_a_draft_that_came_back_begins_anew(self) -> None:
        from casebook.actions import release
        from tests.factories.cases import make_handed_in

        case = make_handed_in()
        Case.objects.filter(pk=case.pk).update(changed_at=dates.now() - dt.timedelta(days=200))
        release.ask_again(by=case.first_reader, case=case, note="もう少し、おおまかに。")
        assert keeping.every_night(dates.now())["drafts_deleted"] == 0

    def test_after_half_a_year_the_author_is_asked_once_and_may_keep_it(self, login: Login) -> None:
        client, author = login("member", organization=make_organization())
        case = make_released(author=author)
        day = case.review_on
        assert client.post(url("case_still_needed", case.pk)).status_code == 404
        Case.objects.filter(pk=case.pk).update(review_on=dates.today())
        assert (keeping.ask_authors(dates.today()), keeping.ask_authors(dates.today())) == (1, 0)
        page = client.get(url("case_detail", case.pk)).content.decode()
        assert url("case_still_needed", case.pk) in page
        assert client.post(url("case_still_needed", case.pk)).status_code == 302
        case.refresh_from_db()
        assert case.review_on == day
        assert client.post(url("case_still_needed", case.pk)).status_code == 404  # once is enough
        soon = dates.today() + dt.timedelta(days=20)
        Case.objects.filter(pk=case.pk).update(review_on=dates.today(), expires_on=soon)
        case.refresh_from_db()
        assert keeping.still_needed(by=author, case=case).review_on == soon
        with pytest.raises(PermissionDenied):
            keeping.still_needed(by=make_author(), case=case)


@pytest.mark.django_db
def test_waiting_forms_of_other_cases_stay_and_old_ones_go() -> None:
    from directory import unsent

    one, other = Planted(make_released()), make_released()
    again = Planted.__new__(Planted)
    again.case, again.words = other, {}
    again.leave_a_form()
    cases.withdraw(by=one.case.author, case=one.case)
    assert found(one.words, opened()) == []
    assert found(again.words, opened()) == ["session.unsent"]
    assert unsent.forget_old() == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unsent, "KEPT_FOR", -1)
        assert unsent.forget_old() == 1
    assert found(again.words, opened()) == []


@pytest.mark.django_db
def test_papers_outlive_the_words_and_are_called_back() -> None:
    case, reader = make_released(), make_author()
    paper = copies.print_copy(by=reader, case=case)
    cases.withdraw(by=case.author, case=case)
    assert PrintedCopy.objects.get() == paper
    assert any(paper.number in sentence for sentence in sentences(reader))
    assert connection.vendor in {"sqlite", "postgresql"}

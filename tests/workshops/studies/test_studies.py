"""Study sessions: whom they mean, seats that are never oversold, who is told, what stays inside."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms import outbox
from cms.models import Mail
from directory.models import Notification
from tests.factories.materials import make_material
from tests.factories.people import make_organization, make_user
from tests.factories.studies import make_study
from workshops.actions import studies
from workshops.actions.capacity import CalledOff, Full
from workshops.actions.events import Plan
from workshops.actions.registrations import Closed
from workshops.enums import StudyAnswer
from workshops.models import Event, Registration, StudyReply, StudySession
from workshops.queries.events import of_a_member
from workshops.queries.studies import audience_of, waiting_for_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def host() -> Any:
    return make_user("orgadmin", organization=make_organization(name="なぎさの家"))


class TestWhomItMeans:
    """visible_to and audience_of say the same."""

    ROLES = ("member", "partner", "orgadmin", "counsellor", "supervisor", "secretariat", "reviewer")
    OUTSIDE = ("editor", "publisher", "auditor", "admin")

    @pytest.mark.parametrize(
        ("audience", "meant"),
        [("members", set(ROLES)), ("core", {"member", "secretariat"}), ("chosen", {"partner", "secretariat"})],
    )
    def test_by_role(self, host: Any, audience: str, meant: set[str]) -> None:
        invited = make_organization()
        people = {
            role: make_user(role, organization=invited if role == "partner" else make_organization())
            for role in (*self.ROLES, *self.OUTSIDE)
        }
        study = make_study(by=host, audience=audience, invited=[invited])
        sees = {role for role, user in people.items() if StudySession.objects.visible_to(user).exists()}
        assert sees == meant
        told = {role for role, user in people.items() if user in audience_of(study)}
        assert told == meant - ({"secretariat"} if audience == "chosen" else set())

    def test_the_own_organisation_sees_what_it_holds(self, host: Any) -> None:
        study = make_study(by=host, audience="core")
        colleague = make_user("counsellor", organization=host.organization)
        assert list(StudySession.objects.visible_to(colleague)) == [study]
        assert list(StudySession.objects.held_by(colleague)) == []
        assert list(StudySession.objects.held_by(host)) == [study]

    def test_an_organisation_that_left_sees_nothing(self, host: Any) -> None:
        gone = make_user("member", organization=make_organization())
        make_study(by=host)
        assert StudySession.objects.visible_to(gone).count() == 1
        gone.organization.ended_on = dt.date(2026, 1, 1)
        gone.organization.save()
        gone.forget_roles()
        assert StudySession.objects.visible_to(gone).count() == 0

    def test_it_is_no_public_event(self, host: Any) -> None:
        study = make_study(by=host, title="だれにも見えない会")
        stranger = Client()
        assert list(Event.objects.public()) == []
        for path in ("/events/", f"/events/{study.event.slug}/", "/events.ics", "/open-data/events.csv"):
            response = stranger.get(path)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            assert "だれにも見えない会" not in body.decode("utf-8-sig", "replace")
        assert stranger.get(f"/events/{study.event.slug}/register/").status_code == 404


class TestAnswers:
    """The last answer counts, and holds a seat only where somebody comes."""

    def test_coming_takes_a_seat_and_staying_away_frees_it(self, host: Any) -> None:
        study = make_study(by=host, capacity=2)
        person = make_user("member", organization=make_organization())
        studies.answer(session=study, by=person, answer="venue", wish="順番をききたい")
        date = studies.date_of(study)
        assert (date.taken, date.online_taken) == (1, 0)
        studies.answer(session=study, by=person, answer="online")
        date = studies.date_of(study)
        assert (date.taken, date.online_taken) == (0, 1)
        studies.answer(session=study, by=person, answer="absent")
        date = studies.date_of(study)
        assert (date.taken, date.online_taken) == (0, 0)
        assert StudyReply.objects.get().registration is None
        assert {row.state for row in Registration.objects.all()} == {"cancelled"}

    def test_the_same_answer_again_takes_no_second_seat(self, host: Any) -> None:
        study = make_study(by=host, capacity=5)
        person = make_user("member", organization=make_organization())
        for _time in range(2):
            studies.answer(session=study, by=person, answer="venue")
        assert (studies.date_of(study).taken, Registration.objects.count()) == (1, 1)

    def test_a_full_hall_refuses_and_the_earlier_answer_stands(self, host: Any) -> None:
        study = make_study(by=host, capacity=1)
        first, second = (make_user("member", organization=make_organization()) for _n in range(2))
        studies.answer(session=study, by=first, answer="venue")
        studies.answer(session=study, by=second, answer="online")
        with pytest.raises(Full):
            studies.answer(session=study, by=second, answer="venue")
        assert StudyReply.objects.get(user=second).answer == "online"
        date = studies.date_of(study)
        assert (date.taken, date.online_taken) == (1, 1)

    def test_nobody_answers_after_it_began_or_was_called_off(self, host: Any) -> None:
        study = make_study(by=host)
        person = make_user("member", organization=make_organization())
        with time_machine.travel(studies.date_of(study).starts_at + dt.timedelta(minutes=1)), pytest.raises(Closed):
            studies.answer(session=study, by=person, answer="venue")
        studies.call_off(session=study, by=host)
        study = StudySession.objects.get()
        with pytest.raises(CalledOff):
            studies.answer(session=study, by=person, answer="venue")
        assert StudyReply.objects.count() == 0

    def test_the_database_refuses_a_seat_of_somebody_absent(self, host: Any) -> None:
        study = make_study(by=host)
        person = make_user("member", organization=make_organization())
        reply = studies.answer(session=study, by=person, answer="venue")
        with pytest.raises(IntegrityError), transaction.atomic():
            StudyReply.objects.filter(pk=reply.pk).update(answer=StudyAnswer.ABSENT)

    def test_who_reads_a_wish(self, host: Any) -> None:
        study = make_study(by=host)
        person = make_user("member", organization=make_organization())
        colleague = make_user("counsellor", organization=person.organization)
        other = make_user("member", organization=make_organization())
        secretariat = make_user("secretariat", organization=make_organization())
        studies.answer(session=study, by=person, answer="absent", wish="ひみつのねがい")
        reading = {
            name: StudyReply.objects.visible_to(user).count()
            for name, user in {
                "person": person, "colleague": colleague, "other": other, "host": host, "secretariat": secretariat,
            }.items()
        }  # fmt: skip
        assert reading == {"person": 1, "colleague": 1, "other": 0, "host": 1, "secretariat": 1}


class TestWhoIsTold:
    """News inside for whoever is meant; a neutral mail for those who come."""

    def test_everybody_meant_hears_once_but_not_who_holds_it(self, host: Any) -> None:
        person = make_user("member", organization=make_organization())
        make_study(by=host)
        assert [(n.user, n.kind) for n in Notification.objects.all()] == [(person, studies.CALLED)]

    def test_another_time_is_told_to_those_who_come_without_a_word_of_it(self, host: Any) -> None:
        study = make_study(by=host, title="だれにも見えない会", venue_name="ひみつの家")
        comes, stays = (make_user("member", organization=make_organization()) for _n in range(2))
        studies.answer(session=study, by=comes, answer="online")
        studies.answer(session=study, by=stays, answer="absent")
        date = studies.date_of(study)
        later = date.starts_at + dt.timedelta(days=1)
        plan = Plan(starts_at=later, ends_at=None, pk=date.pk)
        studies.change(session=study, by=host, plan=plan, invited=[])
        outbox.deliver_due()
        (mail,) = Mail.objects.filter(kind=studies.MAIL_KIND)
        assert (mail.recipient, mail.state) == (comes.email, "sent")
        told = Notification.objects.filter(kind=studies.CHANGED).values_list("user", flat=True)
        assert comes.pk in told
        assert stays.pk not in told

    def test_the_mail_is_dropped_when_the_person_left_meanwhile(self, host: Any) -> None:
        study = make_study(by=host)
        comes = make_user("member", organization=make_organization())
        studies.answer(session=study, by=comes, answer="online")
        studies.call_off(session=study, by=host)
        comes.role_assignments.all().delete()
        outbox.deliver_due()
        assert {mail.state for mail in Mail.objects.filter(kind=studies.MAIL_KIND)} == {"dropped"}

    def test_it_waits_for_an_answer_until_there_is_one(self, host: Any) -> None:
        study = make_study(by=host)
        person = make_user("member", organization=make_organization())
        assert list(waiting_for_answer(person)) == [study]
        studies.answer(session=study, by=person, answer="absent")
        assert list(waiting_for_answer(person)) == []

    def test_the_night_asks_once_more_and_tells_of_tomorrow(self, host: Any) -> None:
        study = make_study(by=host)
        day = studies.date_of(study).starts_on
        StudySession.objects.update(answer_by=day - dt.timedelta(days=3))
        comes, silent = (make_user("member", organization=make_organization()) for _n in range(2))
        studies.answer(session=study, by=comes, answer="online")
        Notification.objects.all().delete()
        nights = [studies.remind(on=day - dt.timedelta(days=n)) for n in (4, 3, 3, 2, 1, 1, 0)]
        assert nights == [0, 2, 0, 0, 1, 0, 0]  # the host has not answered either
        told = Notification.objects.order_by("pk").values_list("user", "kind")
        assert set(told) == {
            (silent.pk, studies.CALLED), (host.pk, studies.CALLED), (comes.pk, studies.TOMORROW)
        }  # fmt: skip

    def test_the_personal_calendar_holds_what_i_come_to(self, host: Any) -> None:
        study = make_study(by=host)
        person = make_user("member", organization=make_organization())
        today = dt.date(2020, 1, 1)
        assert list(of_a_member(person, since=today)) == []
        studies.answer(session=study, by=person, answer="venue")
        assert [date.event for date in of_a_member(person, since=today)] == [study.event]


class TestWhoMayHold:
    """The host's administrator and the secretariat; nobody else changes a word."""

    @pytest.mark.parametrize("role", ["member", "partner", "counsellor", "reviewer", "orgadmin"])
    def test_others_change_nothing(self, host: Any, role: str) -> None:
        study = make_study(by=host)
        other = make_user(role, organization=make_organization())
        for verb in (
            lambda: studies.call_off(session=study, by=other),
            lambda: studies.note(session=study, by=other, notes="x"),
        ):
            with pytest.raises(PermissionDenied):
                verb()
        assert not StudySession.objects.get().event.is_cancelled

    def test_a_session_made_on_the_screen(self, login: Any) -> None:
        client, admin = login("orgadmin", organization=make_organization())
        start = dt.datetime(2030, 5, 1, 14)
        data = {
            "title": "声かけの練習", "format": "venue", "venue_name": "水辺のいえ", "audience": "chosen",
            "starts_at": f"{start:%Y-%m-%dT%H:%M}", "answer_by": "2030-05-02", "capacity": "十",
        }  # fmt: skip
        response = client.post(reverse("members:study_new"), data)
        assert response.status_code == 422
        assert set(response.context["form"].errors) == {"capacity", "answer_by", "invited"}
        assert "水辺のいえ" in response.content.decode()
        response = client.post(
            reverse("members:study_new"), data | {"audience": "core", "answer_by": "", "capacity": "10"}
        )
        study = StudySession.objects.get()
        assert response["Location"] == reverse("members:study", args=[study.pk])
        assert (study.event.host, study.audience, studies.date_of(study).capacity) == (admin.organization, "core", 10)

    def test_the_online_address_is_for_those_who_take_part_online(self, host: Any, login: Any) -> None:
        study = make_study(by=host)
        client, person = login("member", organization=make_organization())
        page = reverse("members:study", args=[study.pk])
        assert study.event.online_link not in client.get(page).content.decode()
        studies.answer(session=study, by=person, answer="online")
        assert study.event.online_link in client.get(page).content.decode()


def test_a_material_stands_there_only_for_whom_it_is_meant(host: Any, login: Any) -> None:
    study = make_study(by=host)
    client, person = login("partner", organization=make_organization())
    shown = make_material(by=host, title="みんなの紙", audience="members")
    own = make_material(by=host, title="うちだけの紙", audience="own")
    study.materials.set([shown, own])
    assert list(client.get(reverse("members:study", args=[study.pk])).context["materials"]) == [shown]
    own.organization = person.organization
    own.save()
    assert set(client.get(reverse("members:study", args=[study.pk])).context["materials"]) == {shown, own}


def test_the_list_asks_the_same_number_of_questions(host: Any, login: Any) -> None:
    client, _person = login("member", organization=make_organization())
    client.get(reverse("members:studies"))

    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse("members:studies")).status_code == 200
        return len(asked)

    make_study(by=host)
    one = questions()
    for _n in range(9):
        make_study(by=host)
    assert questions() == one

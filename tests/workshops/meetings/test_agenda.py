"""Agenda, wishes, papers, and meetings that speak under another law."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse

from directory.models import Notification
from tests.factories.bodies import make_body, sit
from tests.factories.meetings import make_called, make_meeting, make_office, make_upload
from tests.factories.people import make_organization, make_user
from workshops.actions import agenda, meetings, papers
from workshops.enums import LegalBasis, PointState
from workshops.models import Paper, PaperDownload, WantedPoint
from workshops.queries.meetings import agenda_of, length_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def body() -> Any:
    return make_body()


@pytest.fixture
def person(body: Any) -> Any:
    organization = make_organization()
    sit(body, organization, "2025-04-01")
    return make_user("member", organization=organization)


def test_points_keep_their_order_and_their_minutes_are_summed(body: Any) -> None:
    office = make_office()
    meeting = make_meeting(body, by=office)
    made = [agenda.write_point(by=office, meeting=meeting, title=t, minutes=40) for t in ("一", "二", "三")]
    agenda.move_point(by=office, meeting=meeting, item=made[2], up=True)
    agenda.move_point(by=office, meeting=meeting, item=made[0], up=True)
    assert [item.title for item in meeting.agenda.all()] == ["一", "三", "二"]
    found = length_of(meeting)
    assert (found.minutes, found.length, found.too_long_by) == (120, 90, 30)


@pytest.mark.parametrize(
    ("written", "kept"), [("k7f-204", "K7F-204"), ("K7F-204、M5A-031 K7F-204", "K7F-204 M5A-031"), ("", "")]
)
def test_cases_are_numbers_only(body: Any, written: str, kept: str) -> None:
    office = make_office()
    meeting = make_meeting(body, by=office)
    assert agenda.write_point(by=office, meeting=meeting, title="相談", cases=written).cases == kept
    with pytest.raises(ValidationError):
        agenda.write_point(by=office, meeting=meeting, title="相談", cases="K7F-204 の山田さん")


def test_a_wish_is_taken_or_declined_with_a_word(body: Any, person: Any) -> None:
    office = make_office()
    meeting = make_called(body, by=office)
    first = agenda.want(by=person, meeting=meeting, title="正月の電話番", why="空いている", minutes=10)
    second = agenda.want(by=person, meeting=meeting, title="名札")
    item = agenda.take(by=office, point=first)
    assert (item.title, item.minutes, item.led_by) == ("正月の電話番", 10, str(person.organization))
    with pytest.raises(ValidationError):
        agenda.decline(by=office, point=second, answer=" ")
    agenda.decline(by=office, point=second, answer="来月に")
    assert [(p.state, p.answer) for p in WantedPoint.objects.all()] == [
        (PointState.TAKEN, ""),
        (PointState.DECLINED, "来月に"),
    ]
    told = Notification.objects.filter(user=person, codes__what__in=["taken", "declined"])
    assert told.count() == 2
    with pytest.raises(ValidationError):
        agenda.take(by=office, point=first)
    with pytest.raises(PermissionDenied):
        agenda.decline(by=person, point=second, answer="x")


def test_a_newer_version_replaces_and_both_stay(body: Any, person: Any) -> None:
    office = make_office()
    meeting = make_called(body, by=office)
    item = agenda.write_point(by=office, meeting=meeting, title="窓口")
    first = papers.put(by=office, meeting=meeting, upload=make_upload("一"), title="窓口の表", item=item)
    second = papers.put(by=office, meeting=meeting, upload=make_upload("二"), replaces=first)
    assert (second.number, second.version, second.title, second.item) == (1, 2, "窓口の表", item)
    lines, loose = agenda_of(meeting, person)
    assert ([line.papers for line in lines], loose) == ([[second]], [])
    with pytest.raises(ValidationError):
        papers.put(by=office, meeting=meeting, upload=make_upload("三"), replaces=first)


def test_papers_are_streamed_to_who_sees_the_meeting_and_it_is_written_down(body: Any, person: Any, login: Any) -> None:
    office = make_office()
    paper = papers.put(by=office, meeting=make_called(body, by=office), upload=make_upload("水辺の窓口"))
    client, reader = login("counsellor", organization=person.organization)
    url = reverse("members:meeting_paper", kwargs={"pk": paper.pk})
    answer = client.get(url)
    assert b"".join(answer.streaming_content) == "水辺の窓口".encode()
    assert answer["Content-Disposition"].startswith("attachment")
    assert [(each.paper, each.user) for each in PaperDownload.objects.all()] == [(paper, reader)]
    stranger, _user = login("member", organization=make_organization())
    assert stranger.get(url).status_code == 404
    assert PaperDownload.objects.count() == 1


def test_a_paper_taken_back_is_deleted_and_leaves_a_line(
    body: Any, person: Any, django_capture_on_commit_callbacks: Any
) -> None:
    office = make_office()
    paper = papers.put(by=office, meeting=make_called(body, by=office), upload=make_upload())
    name, storage = paper.file.name, paper.file.storage
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        papers.take_back(by=office, paper=paper)
    assert not storage.exists(name)
    assert Paper.objects.filter(pk=paper.pk).exists()
    with pytest.raises(Http404):
        papers.hand_out(by=person, paper=paper)


@pytest.mark.parametrize("basis", [value for value in LegalBasis.values if value != LegalBasis.ANONYMOUS])
def test_under_another_law_no_word_and_no_paper_is_taken(body: Any, person: Any, login: Any, basis: str) -> None:
    office = make_office()
    with pytest.raises(ValidationError):
        make_meeting(body, by=office, legal_basis=basis, purpose="だれかのこと")
    meeting = meetings.call(by=office, meeting=make_meeting(body, by=office, legal_basis=basis))
    agenda.write_point(by=office, meeting=meeting, title="支援会議")
    for wrong in (
        lambda: agenda.write_point(by=office, meeting=meeting, title="支援会議", note="だれかのこと"),
        lambda: agenda.write_point(by=office, meeting=meeting, title="支援会議", cases="K7F-204"),
        lambda: agenda.want(by=person, meeting=meeting, title="話したい", why="だれかのこと"),
        lambda: papers.put(by=office, meeting=meeting, upload=make_upload()),
    ):
        with pytest.raises(ValidationError):
            wrong()
    client, _user = login("secretariat")
    page = client.get(reverse("members:meeting", kwargs={"pk": meeting.pk})).content.decode()
    assert "その会議の記録に書いてください" in page
    bench = client.get(reverse("members:meeting_agenda", kwargs={"pk": meeting.pk})).content.decode()
    assert 'name="note"' not in bench
    assert 'name="title"' in bench

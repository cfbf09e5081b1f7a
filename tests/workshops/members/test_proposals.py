"""An organisation proposes an event; nobody outside reads it before communications publish it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from cms import outbox
from cms.dates import now
from cms.models import Mail
from tests.factories.people import make_organization
from workshops.actions import proposals
from workshops.actions.events import Plan
from workshops.models import Event, EventPage

pytestmark = pytest.mark.django_db
LIST, NEW = "/members/event-proposals/", "/members/event-proposals/new/"
TITLE = "ボードゲームの午後"


@pytest.fixture
def host(login: Any) -> Any:
    return login("orgadmin", organization=make_organization())


def written(**fields: Any) -> dict[str, Any]:
    start = (now() + dt.timedelta(days=30)).replace(hour=5, minute=0)
    return {
        "title": TITLE,
        "summary": "ルールは、となりの人が教えてくれます。",
        "kind": "gathering",
        "format": "venue",
        "venue_name": "水辺のいえ",
        "registration_mode": "here",
        "unit": "person",
        "capacity": "10",
        "starts_at": start.strftime("%Y-%m-%dT%H:%M"),
        "contact_name": "団体の電話番",
        "contact_phone": "0000-00-0003",
    } | fields


def text(answer: Any) -> str:
    return str(answer.content.decode())


def decide(client: Any, page: EventPage, verb: str, **data: Any) -> Any:
    """A publisher presses the button of Wagtail's own workflow."""
    task = page.current_workflow_task_state
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, verb, task.pk]), data)


def test_proposed_unseen_approved_public_and_told_without_content(
    client: Client, host: Any, login: Any, django_capture_on_commit_callbacks: Any
) -> None:
    member, person = host
    assert member.post(NEW, written()).status_code == 302
    event, page = Event.objects.get(), EventPage.objects.get()
    assert (event.host, event.proposed_by, page.live) == (person.organization, person, False)
    assert TITLE not in text(client.get("/events/"))
    assert client.get(f"/events/{event.slug}/").status_code == 404
    assert "広報が確認中" in text(member.get(LIST))
    publisher, _staff = login("publisher")
    assert TITLE in text(publisher.get("/admin/events/"))
    assert "の提案" in text(publisher.get("/admin/events/"))
    assert "が提案した催しです" in text(publisher.get(f"/admin/events/{event.pk}/"))
    assert not Mail.objects.filter(kind=proposals.MAIL_KIND).exists()
    assert decide(publisher, page, "approve").status_code == 302
    assert TITLE in text(client.get(f"/events/{event.slug}/"))
    told = Mail.objects.get(kind=proposals.MAIL_KIND)
    assert told.recipient == person.email
    with django_capture_on_commit_callbacks(execute=True):
        outbox.deliver(told.pk)
    assert TITLE not in mail.outbox[-1].subject + mail.outbox[-1].body
    assert LIST in mail.outbox[-1].body
    shown = text(member.get(f"{LIST}{event.pk}/"))
    assert "公開されています" in shown
    assert member.post(f"{LIST}{event.pk}/", written(title="変えた")).status_code == 200
    assert member.post(f"{LIST}{event.pk}/withdraw/").status_code == 302
    assert Event.objects.get().title == TITLE


def test_given_back_with_a_comment_written_anew_and_taken_back(host: Any, login: Any) -> None:
    member, _person = host
    member.post(NEW, written())
    page = EventPage.objects.get()
    publisher, _staff = login("publisher")
    assert decide(publisher, page, "reject", comment="時間を書きたしてください").status_code == 302
    assert Mail.objects.filter(kind=proposals.MAIL_KIND).count() == 1
    shown = text(member.get(LIST))
    assert "時間を書きたしてください" in shown
    event = Event.objects.get()
    assert member.post(f"{LIST}{event.pk}/", written(title="ボードゲームの夕べ", capacity="12")).status_code == 302
    assert event.occurrences.get().capacity == 12
    assert EventPage.objects.get().get_latest_revision_as_object().title == "ボードゲームの夕べ"
    assert "広報が確認中" in text(member.get(LIST))
    assert member.post(f"{LIST}{event.pk}/withdraw/").status_code == 302
    assert (Event.objects.count(), EventPage.objects.count()) == (0, 0)


WRONG = [
    ({"title": ""}, "title"),
    ({"summary": ""}, "summary"),
    ({"contact_name": ""}, "contact_name"),
    ({"starts_at": "いつか"}, "starts_at"),
    ({"starts_at": "2001-01-01T10:00"}, "starts_at"),
    ({"ends_at": "2001-01-01T10:00"}, "ends_at"),
    ({"capacity": "0"}, "capacity"),
    ({"contact_email": "電子"}, "contact_email"),
]


@pytest.mark.parametrize(("fields", "name"), WRONG)
def test_bad_input_is_said_beside_the_field(host: Any, fields: dict[str, str], name: str) -> None:
    answer = host[0].post(NEW, written(venue_address="のこる文字") | fields)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]
    assert "のこる文字" in text(answer)
    assert not Event.objects.exists()


def test_another_organisations_proposal_is_not_there(host: Any, login: Any) -> None:
    host[0].post(NEW, written())
    event = Event.objects.get()
    other, stranger = login("orgadmin", organization=make_organization())
    assert TITLE not in text(other.get(LIST))
    for path in ("", "withdraw/"):
        assert other.post(f"{LIST}{event.pk}/{path}", written()).status_code == 404
    with pytest.raises(PermissionDenied):
        proposals.withdraw(event=event, by=stranger)
    assert Event.objects.count() == 1


def test_only_so_many_wait_at_once(host: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(proposals, "MOST_WAITING", 1)
    assert host[0].post(NEW, written()).status_code == 302
    answer = host[0].post(NEW, written(title="もうひとつの会"))
    assert answer.status_code == 422
    assert "確認を待っている提案が1件" in text(answer)


def test_the_list_asks_the_same_number_of_questions(host: Any, django_assert_max_num_queries: Any) -> None:
    member, person = host
    counts = []
    for number in range(4):
        plan = Plan(now() + dt.timedelta(days=30 + number))
        proposals.propose(by=person, plans=[plan], title=f"会{number}", summary="会")
        if number in (0, 3):
            with django_assert_max_num_queries(60) as asked:
                member.get(LIST)
            counts.append(len(asked))
    assert counts[0] == counts[1]

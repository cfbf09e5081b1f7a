"""The brake: one press hides a case from everybody but the secretariat, tells those who must know, and is forgiven."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from casebook.actions import brake, eyes, incidents
from casebook.actions.brake import say_why
from casebook.models import Case, Incident, IncidentStep
from casebook.receivers import may_still_read
from cms import outbox
from cms.models import AuditEvent, Mail
from directory.models import Notification, User
from directory.queries.notifications import kinds, shown_to
from tests.factories.cases import (
    make_approved,
    make_author,
    make_case,
    make_handed_in,
    make_offer,
    make_released,
    make_submitted,
)
from tests.factories.people import make_organization, make_user, satisfy_mfa, sign_in

pytestmark = pytest.mark.django_db
Login = Callable[..., Any]


def url(name: str, *args: Any) -> str:
    return reverse(f"members:{name}", args=args)


def fresh(user: Any) -> Any:
    """As the next request would find the person."""
    return User.objects.get(pk=user.pk)


def make_office(**fields: Any) -> Any:
    """Somebody of the secretariat, of another organisation."""
    fields.setdefault("organization", make_organization())
    return make_user("secretariat", **fields)


def sentences(user: Any) -> list[str]:
    """What the person's list of news says now."""
    rows = shown_to(fresh(user), Notification.objects.visible_to(user))
    return [kinds()[row.kind].sentence(row) for row in rows]


def test_one_press_hides_it_from_everybody_but_the_secretariat() -> None:
    case, reader, office = make_released(), make_author(), make_office()
    assert Case.objects.visible_to(reader).filter(pk=case.pk).exists()
    incident = brake.stop(by=reader, case=case)
    seen = [u.pk for u in User.objects.all() if Case.objects.visible_to(u).filter(pk=case.pk).exists()]
    stopped = [u.pk for u in User.objects.all() if Case.objects.stopped_for(u).filter(pk=case.pk).exists()]
    assert (seen, stopped) == ([], [office.pk])
    assert (incident.opened_by, incident.verdict, incident.case) == (reader, "", case)
    acts = list(AuditEvent.objects.filter(action="case.stopped").values_list("actor", "codes"))
    assert acts == [(str(reader.pk), {"incident": incident.number})]


@pytest.mark.parametrize("make", [make_handed_in, make_submitted, make_approved, make_released])
def test_in_every_state_that_others_see(make: Callable[..., Case]) -> None:
    case = make()
    brake.stop(by=case.author, case=case)
    case.refresh_from_db()
    assert case.stopped_at is not None


def test_a_draft_has_no_brake_and_strangers_have_none() -> None:
    draft, released = make_case(), make_released()
    for user, case in ((draft.author, draft), (make_user("colleague", organization=make_organization()), released)):
        with pytest.raises(PermissionDenied):
            brake.stop(by=user, case=case)
    assert not Incident.objects.exists()


def test_pressed_twice_and_by_two_is_one_incident() -> None:
    case, one, two, stranger = make_released(), make_author(), make_author(), make_author()
    eyes.note_reading(by=two, case=case)
    first = brake.stop(by=one, case=case)
    eyes.note_reading(by=one, case=case)
    assert brake.stop(by=one, case=case) == first
    assert brake.stop(by=two, case=case) == first
    with pytest.raises(PermissionDenied):  # never had it before their eyes: nothing tells them that it is there
        brake.stop(by=stranger, case=case)
    assert Incident.objects.count() == 1
    pressed = IncidentStep.objects.filter(act="pressed").values_list("by", flat=True)
    assert sorted(pressed) == sorted([one.pk, two.pk])
    assert AuditEvent.objects.filter(action="case.stopped").count() == 1


def test_the_office_hears_at_once_and_the_mail_says_nothing_of_the_case() -> None:
    case, office = make_released(), make_office()
    other = make_user("secretariat", organization=office.organization)
    Mail.objects.all().delete()
    incident = brake.stop(by=make_author(), case=case)
    outbox.deliver_due()
    assert sorted(to for message in mail.outbox for to in message.to) == sorted([office.email, other.email])
    for message in mail.outbox:
        assert message.subject == "止められた事例があります"
        assert case.number not in message.subject + message.body
        assert incident.number not in message.subject + message.body
        assert url("office_incidents") in message.body
    assert sentences(office) == ["止められた事例があります。見てください。"]


def test_the_author_hears_by_number_and_can_do_nothing_meanwhile(login: Login) -> None:
    client, author = login("member", organization=make_organization())
    case = make_released(author=author)
    brake.stop(by=make_author(), case=case)
    assert sentences(author)[0] == f"事例 {case.number} は、いま止まっています。事務局が見て、ご連絡します。"
    for name in ("case_detail", "case_withdraw", "case_close"):
        assert client.get(url(name, case.pk)).status_code == 404
    assert client.post(url("case_withdraw", case.pk)).status_code == 404


def test_mails_and_news_about_it_stop_by_themselves() -> None:
    case, reader = make_released(), make_author()
    make_offer(case)
    waiting = Mail.objects.filter(kind="case_news")
    before = [may_still_read(row) for row in waiting]
    assert any(before)  # the control: without the brake they would go
    told = list(Notification.objects.filter(target=str(case.pk)))

    def shown() -> list[Notification]:
        return [row for user in User.objects.all() for row in shown_to(user, told) if row.user_id == user.pk]

    assert shown() != []
    brake.stop(by=reader, case=case)
    assert [may_still_read(row) for row in waiting] == [False] * len(before)
    assert shown() == []


def test_the_page_says_what_happened_and_asks_gently(login: Login) -> None:
    client, reader = login("member", organization=make_organization())
    case = make_released()
    answer = client.post(url("case_stop", case.pk))
    assert (answer.status_code, answer["Location"]) == (302, url("case_stopped", case.pk))
    page = client.get(url("case_stopped", case.pk)).content.decode()
    assert "止めました" in page
    assert case.number not in page
    assert client.post(url("case_stopped", case.pk), {"reason": "rare"}).status_code == 302
    assert client.post(url("case_stopped", case.pk), {"reason": "mistake"}).status_code == 302
    assert list(IncidentStep.objects.filter(act="reason").values_list("by", "code")) == [(reader.pk, "mistake")]
    assert client.post(url("case_stopped", case.pk), {"reason": "words of one's own"}).status_code == 200
    assert client.post(url("case_stop", case.pk))["Location"] == url("case_stopped", case.pk)


def test_others_cannot_tell_a_stopped_case_from_a_missing_one(login: Login) -> None:
    client, _reader = login("member", organization=make_organization())
    case = make_released()
    brake.stop(by=make_author(), case=case)
    missing = Case(pk="00000000-0000-0000-0000-000000000000")
    for name in ("case_stop", "case_stopped", "case_print", "case_still_needed"):
        answers = [client.post(url(name, each.pk)) for each in (case, missing)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content


def test_only_who_pressed_says_why_and_only_until_it_is_decided() -> None:
    case, reader, office = make_released(), make_author(), make_office()
    incident = brake.stop(by=reader, case=case)
    with pytest.raises(PermissionDenied):
        say_why(by=make_author(), incident=incident, reason="rare")
    incidents.rule(by=office, incident=incident, verdict="unfounded")
    with pytest.raises(PermissionDenied):
        say_why(by=reader, incident=incident, reason="rare")


def test_the_brake_stands_on_every_page_of_a_case(login: Login) -> None:
    case = make_released()
    reader, _user = login("member", organization=make_organization())
    waiting, first = make_submitted(), make_handed_in()
    reviewer, _user = login("reviewer", organization=make_organization())
    colleague, own = Client(), first.first_reader
    assert url("case_stop", case.pk) in reader.get(url("case_detail", case.pk)).content.decode()
    assert url("case_stop", waiting.pk) in reviewer.get(url("case_review", waiting.pk)).content.decode()
    satisfy_mfa(own)
    sign_in(colleague, own)
    assert url("case_stop", first.pk) in colleague.get(url("case_first_reading", first.pk)).content.decode()

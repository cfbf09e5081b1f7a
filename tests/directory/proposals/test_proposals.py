"""An organisation proposes; residents go on reading the approved version; communications approve; everything follows."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import WorkflowState

from cms import outbox
from cms.models import AuditEvent, Mail
from directory.actions import numbers, proposals
from directory.models import ConsultationDesk, NumberChange
from directory.queries.differences import differences
from directory.queries.own_desks import ProposalState, own_desks
from tests.directory.proposals.posting import form_data, propose
from tests.factories.desks import make_desk
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db
OLD, NEW = "ひとりで抱えないで", "話すだけで大丈夫です"


@pytest.fixture
def desk() -> ConsultationDesk:
    made = make_desk({"value": "0865-63-8515"}, name="ささえの窓口", description=OLD, organization=make_organization())
    made.save_revision().publish()
    made.refresh_from_db()
    return made


@pytest.fixture
def admin(login: Any, desk: ConsultationDesk) -> Any:
    return login("orgadmin", organization=desk.organization)


def decide(client: Any, desk: ConsultationDesk, verb: str, **data: Any) -> Any:
    """A publisher presses the button of Wagtail's own workflow."""
    task = desk.current_workflow_task_state
    name = "wagtailsnippets_directory_consultationdesk:workflow_action"
    return client.post(reverse(name, args=[desk.pk, verb, task.pk]), data)


def page(client: Any, desk: ConsultationDesk) -> str:
    return client.get(desk.get_absolute_url()).content.decode()


def everywhere(client: Any, desk: ConsultationDesk) -> dict[str, str]:
    """What residents and machines read about the desk, by surface."""
    answers = {
        "page": desk.get_absolute_url(),
        "csv": "/open-data/desks.csv",
        "api": f"/api/hsds/services/{hsds_id(desk)}",
        "print": "/help/card/",
    }
    found = {}
    for surface, address in answers.items():
        response = client.get(address)
        assert response.status_code == 200, surface
        body = b"".join(response.streaming_content) if response.streaming else response.content
        found[surface] = body.decode("unicode-escape" if surface == "api" and rb"\u" in body else "utf-8-sig")
    return found


def hsds_id(desk: ConsultationDesk) -> str:
    from directory.hsds import ids

    return str(ids.service_id(desk.slug))


def test_old_stays_public_until_staff_approve_then_everything_follows(
    client: Any, admin: Any, login: Any, desk: ConsultationDesk
) -> None:
    member, person = admin
    answer = propose(member, desk, name="あたらしい名の窓口", channels__0__hours="24/7")
    assert answer.status_code == 302, answer.context["form"].errors
    before = everywhere(client, desk)
    assert {
        surface: ("ささえの窓口" in text, "あたらしい名" in text) for surface, text in before.items()
    } == dict.fromkeys(before, (True, False))
    publisher, _staff = login("publisher")
    assert decide(publisher, desk, "approve").status_code == 302
    after = everywhere(client, desk)
    assert {
        surface: ("ささえの窓口" in text, "あたらしい名" in text) for surface, text in after.items()
    } == dict.fromkeys(after, (False, True))
    assert {surface for surface, text in after.items() if "24時間" in text or "24/7" in text} == set(after)
    assert AuditEvent.objects.filter(action="desk.proposed").count() == 1
    told = Mail.objects.get(kind=proposals.MAIL_KIND)
    assert told.recipient == person.email


def test_a_proposed_number_waits_even_after_approval(
    client: Any, admin: Any, login: Any, desk: ConsultationDesk
) -> None:
    member, person = admin
    propose(member, desk, description=NEW, channels__0__value="0865-63-4955")
    publisher, staff = login("publisher")
    decide(publisher, desk, "approve")
    text = page(client, desk)
    assert (NEW in text, "0865-63-8515" in text, "0865-63-4955" in text) == (True, True, False)
    change = NumberChange.objects.waiting().get()
    assert change.proposed_by == person
    numbers.confirm(change=change, by=staff)
    text = page(client, desk)
    assert ("0865-63-8515" in text, "0865-63-4955" in text) == (False, True)


def test_staff_see_the_difference_and_may_give_it_back(admin: Any, login: Any, desk: ConsultationDesk) -> None:
    member, _person = admin
    propose(member, desk, description=NEW)
    publisher, _staff = login("publisher")
    compare = reverse("wagtailsnippets_directory_consultationdesk:revisions_compare", args=[desk.pk, "live", "latest"])
    shown = publisher.get(compare).content.decode()
    assert ("抱えないで" in shown, "大丈夫です" in shown) == (True, True)
    assert (
        reverse("wagtailsnippets_directory_consultationdesk:edit", args=[desk.pk])
        in publisher.get("/admin/").content.decode()
    )
    decide(publisher, desk, "reject", comment="「話すだけで」の前に対象を書いてください")
    own = own_desks(desk.organization)[0]
    assert (own.state, own.comment) == (ProposalState.RETURNED, "「話すだけで」の前に対象を書いてください")
    assert "「話すだけで」の前に" in member.get(reverse("members:desks")).content.decode()
    assert propose(member, desk, description=NEW + "（15歳から）").status_code == 302
    assert own_desks(desk.organization)[0].state is ProposalState.WAITING
    assert WorkflowState.objects.active().count() == 1


def test_taking_it_back_leaves_nothing_behind(client: Any, admin: Any, desk: ConsultationDesk) -> None:
    member, _person = admin
    propose(member, desk, description=NEW)
    propose(member, desk, description=NEW + "！")
    assert member.post(reverse("members:desk_withdraw", args=[desk.slug])).status_code == 302
    desk.refresh_from_db()
    assert (desk.get_latest_revision_as_object().description, desk.has_unpublished_changes) == (OLD, False)
    assert own_desks(desk.organization)[0].state is ProposalState.NONE
    again = member.post(reverse("members:desk_withdraw", args=[desk.slug]), follow=True)
    assert "確認を待っている提案は、もうありません" in again.content.decode()


def test_a_draft_of_communications_survives_a_withdrawn_proposal(
    admin: Any, login: Any, desk: ConsultationDesk
) -> None:
    _client, editor = login("editor")
    draft = desk.get_latest_revision_as_object()
    draft.reply_time = "3日以内"
    draft.save_revision(user=editor)
    desk.refresh_from_db()
    member, _person = admin
    propose(member, desk, description=NEW)
    member.post(reverse("members:desk_withdraw", args=[desk.slug]))
    desk.refresh_from_db()
    newest = desk.get_latest_revision_as_object()
    assert (newest.reply_time, newest.description, desk.has_unpublished_changes) == ("3日以内", OLD, True)


def test_a_new_desk_is_seen_by_nobody_until_it_is_approved(
    client: Any, admin: Any, login: Any, desk: ConsultationDesk
) -> None:
    member, _person = admin
    blank = ConsultationDesk(organization=desk.organization)
    data = form_data(blank, name="新しい窓口", channels__0__kind="phone", channels__0__value="0865-63-0911")
    assert member.post(reverse("members:desk_new"), data).status_code == 302
    new = ConsultationDesk.objects.get(name="新しい窓口")
    assert client.get(new.get_absolute_url()).status_code == 404
    assert "新しい窓口" not in client.get("/help/").content.decode()
    publisher, _staff = login("publisher")
    decide(publisher, new, "approve")
    assert "0865-63-0911" in page(client, new)
    other = form_data(blank, name="やめた窓口")
    member.post(reverse("members:desk_new"), other)
    gone = ConsultationDesk.objects.get(name="やめた窓口")
    member.post(reverse("members:desk_withdraw", args=[gone.slug]))
    assert not ConsultationDesk.objects.filter(pk=gone.pk).exists()


def test_only_so_many_new_desks_wait(admin: Any, desk: ConsultationDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposals, "MOST_UNPUBLISHED", 1)
    member, _person = admin
    blank = ConsultationDesk(organization=desk.organization)
    member.post(reverse("members:desk_new"), form_data(blank, name="一つ目"))
    answer = member.post(reverse("members:desk_new"), form_data(blank, name="二つ目"))
    assert answer.status_code == 200
    assert "二つ目" in answer.content.decode()
    assert not ConsultationDesk.objects.filter(name="二つ目").exists()


def test_what_was_typed_comes_back_with_a_sentence(admin: Any, desk: ConsultationDesk) -> None:
    member, _person = admin
    before = desk.revisions.count()
    answer = propose(
        member,
        desk,
        channels__0__value="でんわ",
        channels__0__hours="月-金",
        age_min="30",
        age_max="20",
        description=NEW,
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert {"でんわ", "月-金", NEW} <= {each for each in ("でんわ", "月-金", NEW) if each in text}
    assert "上の年齢" in text or "年齢" in text
    assert desk.revisions.count() == before
    assert own_desks(desk.organization)[0].state is ProposalState.NONE


@pytest.mark.parametrize("role", ["member", "partner", "counsellor", "secretariat", "editor"])
def test_other_roles_of_the_organisation_do_not_propose(login: Any, desk: ConsultationDesk, role: str) -> None:
    _client, person = login(role, organization=desk.organization)
    with pytest.raises(PermissionDenied):
        proposals.propose(desk=desk, by=person)


def test_another_organisation_finds_no_such_desk(login: Any, desk: ConsultationDesk) -> None:
    other, person = login("orgadmin", organization=make_organization())
    with pytest.raises(PermissionDenied):
        proposals.propose(desk=desk, by=person)
    for name in ("desk_propose", "desk_proposal"):
        foreign = other.get(reverse(f"members:{name}", args=[desk.slug]))
        missing = other.get(reverse(f"members:{name}", args=["nosuchone"]))
        assert (foreign.status_code, missing.status_code) == (404, 404)


def test_the_mail_carries_no_name_and_stops_when_the_role_ends(admin: Any, login: Any, desk: ConsultationDesk) -> None:
    member, person = admin
    propose(member, desk, description=NEW)
    publisher, _staff = login("publisher")
    decide(publisher, desk, "approve")
    outbox.deliver_due()
    own = [each for each in mail.outbox if each.to == [person.email]]
    assert [("ささえ" in each.subject + each.body, "/members/desks/" in each.body) for each in own] == [(False, True)]
    row = Mail.objects.get(kind=proposals.MAIL_KIND)
    person.role_assignments.all().delete()
    person.forget_roles()
    from directory.receivers import proposal_mail_stands

    row.context = {"user": person.pk, "desk": desk.pk}
    assert proposal_mail_stands(row) is False


def test_differences_name_each_field_and_channel(desk: ConsultationDesk) -> None:
    after = ConsultationDesk.objects.get(pk=desk.pk)
    after.description, after.age_min = NEW, 15
    channel = after.channels.all()[0]
    channel.hours = "24/7"
    after.channels = [channel]
    parts = differences(desk, after)
    assert [(part.kind, [(d.label, d.old, d.new) for d in part.differences]) for part in parts] == [
        ("desk", [("説明", (OLD,), (NEW,)), ("何歳から", (), ("15",))]),
        ("changed", [("受付時間", ("平日8時30分～16時30分",), ("24時間・365日",))]),
    ]
    assert differences(desk, desk.get_latest_revision_as_object()) == []


def test_the_list_asks_a_constant_number_of_queries(desk: ConsultationDesk, django_assert_num_queries: Any) -> None:
    own_desks(desk.organization)
    with django_assert_num_queries(4):
        own_desks(desk.organization)
    for _each in range(5):
        make_desk(organization=desk.organization)
    with django_assert_num_queries(4):
        assert len(own_desks(desk.organization)) == 6

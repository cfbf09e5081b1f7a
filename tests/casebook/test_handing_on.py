"""A case is handed on: from an offer that was taken up, with a clock; the refusals; the track; who sees what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casebook.actions import closing, handing_on, offers
from casebook.actions.exchange import purge_exchange
from casebook.actions.guarding import OpenFindings
from casebook.models import Case, Offer
from casebook.queries.exchange import HANDED_ON, exchange_of, those_who_receive
from cms import dates, outbox
from cms.models import AuditEvent, Mail
from directory.actions import handovers
from directory.actions.handovers import AlreadyAsked, NobodyThere
from directory.models import Handover
from directory.queries.notifications import sentence, shown_to
from home.queries.waiting.exchange import exchange_tasks
from tests.access import without_csrf
from tests.factories.cases import make_author, make_offer, make_released
from tests.factories.people import make_organization, make_user, satisfy_mfa, sign_in

pytestmark = pytest.mark.django_db
Login = Callable[..., Any]
Clock = Callable[[str], Any]
TRACE = "田中さんの電話は090-1234-5678。"


def make_accepted(case: Case, *, by: Any = None, stance: str = "handle") -> Offer:
    """An offer the author has taken up."""
    offer = make_offer(case, by=by or make_author(), stance=stance)
    return offers.answer(by=case.author, offer=offer, accept=True)


def make_handover(case: Case, *, by: Any = None, **more: Any) -> Handover:
    """The author asks; `by` is who made the offer."""
    return handing_on.propose(by=case.author, offer=make_accepted(case, by=by), **more)


def url(name: str, *args: Any) -> str:
    return reverse(f"members:{name}", args=args)


def seen(client: Any, case: Any) -> str:
    return client.get(url("case_detail", case.pk)).content.decode()


def news_of(user: Any) -> list[str]:
    """The sentences of this person's news, the newest first."""
    return [sentence(row) for row in shown_to(user, user.notifications.all())]


# --- rules ---------------------------------------------------------------------------------------------------


def test_only_the_author_asks_and_only_from_an_offer_of_hands_that_was_taken_up() -> None:
    case, helper = make_released(), make_author()
    offer = make_offer(case, by=helper, stance="together")
    with pytest.raises(PermissionDenied):
        handing_on.propose(by=case.author, offer=offer)  # not taken up
    offers.answer(by=case.author, offer=offer, accept=True)
    for by in (helper, make_author(), make_author(organization=case.organization), make_user("secretariat")):
        with pytest.raises(PermissionDenied):
            handing_on.propose(by=by, offer=offer)
    with pytest.raises(PermissionDenied):
        handing_on.propose(by=case.author, offer=make_accepted(case, stance="information"))
    made = handing_on.propose(by=case.author, offer=offer)
    assert (made.to_organization, made.days_left) == (helper.organization, 7)
    with pytest.raises(AlreadyAsked):
        handing_on.propose(by=case.author, offer=offer)


def test_nobody_is_asked_who_cannot_see_the_case() -> None:
    case, helper = make_released(), make_author()
    offer = make_accepted(case, by=helper)
    case.excluded.add(helper.organization)
    with pytest.raises(NobodyThere):
        handing_on.propose(by=case.author, offer=offer)


def test_who_made_the_offer_hears_of_it_and_colleagues_when_they_have_gone() -> None:
    case, helper = make_released(), make_author()
    colleague = make_author(organization=helper.organization)
    row = make_handover(case, by=helper)
    assert those_who_receive(row) == [helper]
    assert news_of(helper)[0] == f"{case.number}：別の団体から、引きつぎの相談が届いています。"
    assert news_of(colleague) == [f"事例 {case.number} が共有されました。"] or news_of(colleague) == []
    helper.role_assignments.all().delete()
    assert those_who_receive(row) == [colleague]
    assert handovers.accept(by=colleague, handover=row).state == "accepted"


def test_a_third_organisation_and_the_secretariat_see_nothing_of_it() -> None:
    case = make_released()
    row = make_handover(case)
    for user in (make_author(), make_user("secretariat", organization=make_organization()), make_user("admin")):
        assert not Handover.objects.visible_to(user).exists()
        with pytest.raises(PermissionDenied):
            handovers.accept(by=user, handover=row)
    assert exchange_of(make_author(), case).handovers == []


def test_words_of_a_refusal_pass_the_guard() -> None:
    case, helper = make_released(), make_author()
    row = make_handover(case, by=helper)
    with pytest.raises(OpenFindings):
        handing_on.decline(by=helper, handover=row, reason="full", note=TRACE)
    assert Handover.objects.get().state == "proposed"
    handing_on.decline(by=helper, handover=row, reason="full", note="来月なら空きがあります。")
    assert Handover.objects.get().note == "来月なら空きがあります。"


def test_what_happens_to_it_when_the_case_is_stopped_closed_or_gone() -> None:
    stopped, closed, gone = make_released(), make_released(), make_released()
    helper = make_author()
    row = make_handover(stopped, by=helper)
    Case.objects.filter(pk=stopped.pk).update(stopped_at=timezone.now())
    assert not Handover.objects.visible_to(helper).filter(pk=row.pk).exists()
    assert not outbox.may_still_send(Mail.objects.get(kind="handover"))
    with pytest.raises(PermissionDenied):
        handovers.accept(by=helper, handover=row)

    waiting, taken = make_handover(closed, by=helper), make_handover(closed)
    handovers.accept(by=make_author(organization=taken.to_organization), handover=taken)
    closing.close(by=closed.author, case=closed, outcome="found")
    states = dict(Handover.objects.values_list("pk", "state"))
    assert (states[waiting.pk], states[taken.pk]) == ("withdrawn", "accepted")

    declined = make_handover(gone, by=helper)
    handing_on.decline(by=helper, handover=declined, reason="far", note="場所が遠いです。")
    purge_exchange(gone)
    declined.refresh_from_db()
    assert (declined.note, declined.reason) == (None, "far")


def test_the_trail_of_a_hand_over_holds_no_word() -> None:
    case, helper = make_released(), make_author()
    handing_on.decline(by=helper, handover=make_handover(case, by=helper), reason="full", note="ひとこと。")
    rows = AuditEvent.objects.filter(action__startswith="handover").order_by("pk")
    assert [row.action for row in rows] == ["handover.proposed", "handover.declined"]
    assert {key for row in rows for key in row.codes} == {"kind", "subject", "answer_by", "reason"}


# --- screens -------------------------------------------------------------------------------------------------


def test_the_whole_way_on_screen(login: Login) -> None:
    mine, author = login("member", organization=make_organization(name="みなと学習会"))
    theirs, helper = login("member", organization=make_organization(name="なぎさの家"))
    third, _third = login("member", organization=make_organization())
    case = make_released(author=author)
    offer = make_accepted(case, by=helper)
    assert "引きつぎをお願いする" in seen(mine, case)
    assert "引きつぎをお願いする" not in seen(theirs, case)
    form = mine.get(url("handover_propose", case.pk, offer.pk)).content.decode()
    assert "お名前や連絡先は、ここでは伝えません。" in form
    assert str(dates.today() + dt.timedelta(days=7)) in form
    day = dates.today() + dt.timedelta(days=2)
    assert mine.post(url("handover_propose", case.pk, offer.pk), {"answer_by": day}).status_code == 302
    row = Handover.objects.get()
    for client in (mine, theirs):
        assert seen(client, case).count("返事はあと2日") == 2  # on the track, and beside the hand-over
    assert "みなと学習会から、引き受けてもらえるかとの相談です。" in seen(theirs, case)
    assert "返事はあと" not in seen(third, case)
    assert "引きつぎをお願いする" not in seen(mine, case)
    accepted = theirs.post(url("handover_accept", case.pk, row.pk), follow=True).content.decode()
    assert "くわしいことは、電話か対面で話してください。" in accepted
    assert "なぎさの家" in seen(mine, case)
    assert theirs.post(url("handover_done", case.pk, row.pk)).status_code == 302
    assert "つながりました" in seen(mine, case)
    assert Handover.objects.get().state == "done"
    assert "引きつぎをお願いする" not in seen(mine, case)  # it is done: nothing to ask again


def test_a_refusal_needs_a_reason_and_loses_nothing(login: Login) -> None:
    theirs, helper = login("member", organization=make_organization())
    case = make_released()
    row = make_handover(case, by=helper)
    address = url("handover_decline", case.pk, row.pk)
    missing = theirs.post(address, {"note": "来月なら空きがあります。"})
    assert missing.context["form"].errors["reason"]
    assert "来月なら空きがあります。" in missing.content.decode()
    marked = theirs.post(address, {"reason": "full", "note": TRACE})
    assert (marked.context["form"].open_count, Handover.objects.get().state) == (2, "proposed")
    assert theirs.post(address, {"reason": "full", "note": "来月なら空きがあります。"}).status_code == 302
    mine = Client()
    satisfy_mfa(case.author)
    sign_in(mine, case.author)
    page = seen(mine, case)
    assert "来月なら空きがあります。" in page
    assert "いまは、受け入れる余裕がない" in page
    assert "引きつぎをお願いする" in page  # one may ask again, or somebody else
    assert theirs.get(address).status_code == 404


@pytest.mark.parametrize("days", [-1, 31])
def test_a_day_that_cannot_be_is_told_beside_the_field(login: Login, days: int) -> None:
    mine, author = login("member", organization=make_organization())
    case = make_released(author=author)
    offer = make_accepted(case)
    page = mine.post(url("handover_propose", case.pk, offer.pk), {"answer_by": dates.today() + dt.timedelta(days=days)})
    assert page.context["form"].errors["answer_by"]
    assert not Handover.objects.exists()


def test_taking_back_before_and_after_it_was_taken_on(login: Login) -> None:
    mine, author = login("member", organization=make_organization())
    case, helper = make_released(author=author), make_author()
    row = make_handover(case, by=helper)
    address = url("handover_withdraw", case.pk, row.pk)
    assert "理由" not in mine.get(address).content.decode().partition("<main")[2].partition("</main")[0]
    handovers.accept(by=helper, handover=row)
    asked = mine.post(address, {})
    assert asked.status_code == 200
    assert "取り下げる理由" in asked.content.decode()
    assert mine.post(address, {"reason": "ended"}).status_code == 200  # not one a person may choose
    assert mine.post(address, {"reason": "changed"}).status_code == 302
    assert (Handover.objects.get().state, Handover.objects.get().reason) == ("withdrawn", "changed")
    assert mine.get(address).status_code == 404
    late = mine.post(address, {"reason": "changed"}, follow=True).content.decode()
    assert "いまの様子を見てください。" in late


def test_the_receiving_side_gives_back_what_it_cannot_go_on_with(login: Login) -> None:
    theirs, helper = login("member", organization=make_organization())
    case = make_released()
    row = make_handover(case, by=helper)
    assert theirs.get(url("handover_withdraw", case.pk, row.pk)).status_code == 404  # it declines instead
    handovers.accept(by=helper, handover=row)
    assert "続けられなくなった" in seen(theirs, case)
    assert theirs.post(url("handover_withdraw", case.pk, row.pk), {"reason": "unable"}).status_code == 302
    assert Handover.objects.get().reason == "unable"


def test_too_late_is_said_kindly(login: Login) -> None:
    theirs, helper = login("member", organization=make_organization())
    case = make_released()
    row = make_handover(case, by=helper)
    handovers.withdraw(by=case.author, handover=row)
    for name, posted in (("accept", {}), ("done", {}), ("decline", {"reason": "full", "note": ""})):
        page = theirs.post(url(f"handover_{name}", case.pk, row.pk), posted, follow=True).content.decode()
        assert "いまの様子を見てください。" in page


def test_the_wrong_side_and_strangers_meet_a_page_that_does_not_exist(login: Login) -> None:
    mine, author = login("member", organization=make_organization())
    third, _third = login("member", organization=make_organization())
    case = make_released(author=author)
    row = make_handover(case)
    for name in ("accept", "done", "decline"):
        assert mine.post(url(f"handover_{name}", case.pk, row.pk), {"reason": "full"}).status_code == 404
    for name in ("accept", "done", "decline", "withdraw"):
        there = third.post(url(f"handover_{name}", case.pk, row.pk), {"reason": "full"})
        nowhere = third.post(url(f"handover_{name}", case.pk, uuid4()), {"reason": "full"})
        assert (there.status_code, without_csrf(there.content)) == (404, without_csrf(nowhere.content))
    other = make_released(author=author)
    assert mine.post(url("handover_withdraw", other.pk, row.pk)).status_code == 404
    assert Handover.objects.get().state == "proposed"


# --- what waits ----------------------------------------------------------------------------------------------


def titles(user: Any) -> list[str]:
    """What the home says waits of the exchange; asked afresh, as in a new request."""
    user.forget_roles()
    return [str(task.title) for task in exchange_tasks(user)]


def test_what_waits_on_the_home(frozen: Clock) -> None:
    from tests.casebook.test_questions import make_question

    frozen("2026-12-01T10:00+09:00")
    case, helper = make_released(), make_author()
    number = case.number
    question = make_question(case)
    row = make_handover(case, by=helper)
    asked = make_question(case, offer=Offer.objects.get())
    office = make_user("secretariat", organization=make_organization())
    assert titles(case.author) == [f"事例 {number} への質問"]
    assert titles(question.asked_by) == titles(office) == titles(make_author()) == []
    assert set(titles(helper)) == {f"事例 {number} の引きつぎの相談", f"事例 {number} の申し出への質問"}
    (task,) = [task for task in exchange_tasks(helper) if "相談" in str(task.title)]
    assert (task.due, task.url) == (row.answer_by, url("case_detail", case.pk) + "#handover")
    frozen("2026-12-12T10:00+09:00")
    handovers.remind(timezone.now())
    assert titles(office) == [f"事例 {number} の引きつぎに返事がありません"]
    handovers.accept(by=helper, handover=row)
    assert titles(office) == []
    assert f"事例 {number} を引き受けています" in titles(helper)
    assert asked.is_open
    assert Handover.objects.of(HANDED_ON, case.pk).get().state == "accepted"


def test_a_promise_whose_day_is_over_waits_for_the_author(frozen: Clock) -> None:
    frozen("2026-12-01T10:00+09:00")
    case = make_released()
    offer = make_offer(case, stance="handle", due_on=dt.date(2026, 12, 5))
    offers.answer(by=case.author, offer=offer, accept=True)
    assert titles(case.author) == []
    frozen("2026-12-06T10:00+09:00")
    assert titles(case.author) == [f"事例 {case.number}：約束の日がすぎました"]
    assert titles(offer.offered_by) == []  # they have their own line: their promise (waiting.cases)

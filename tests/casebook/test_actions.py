"""The rules of the verbs: guard, second person, one answer an organisation, withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from casebook.actions import cases, closing, offers, release
from casebook.actions.guarding import OpenFindings
from casebook.enums import CaseState, Check, OfferState
from casebook.models import Case, Offer
from casebook.receivers import may_still_read
from cms.guard import Dismissal, GuardUnavailable, Kind, Reason, engine
from cms.guard.review import key_of
from cms.models import AuditEvent, Mail
from tests.factories.cases import (
    CODED,
    TEXTS,
    all_said,
    make_author,
    make_case,
    make_handed_in,
    make_offer,
    make_released,
    make_reviewer,
    make_submitted,
)
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db
TRACE = "田中さんの電話は090-1234-5678。"


@pytest.fixture
def guard_down(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Breaks the guard from this moment on."""

    def broken(flat: Any) -> Any:
        raise RuntimeError

    return lambda: monkeypatch.setattr(engine, "RULES", (broken,))


def colleague_of(case: Case) -> Any:
    """Somebody else who writes cases for the same organisation."""
    return make_user("partner", organization=case.organization)


def verbs(case: Case, handed_in: Case, waiting: Case, released: Case) -> dict[str, Callable[[], Any]]:
    """Every verb that takes words or moves them to more eyes."""
    return {
        "write": lambda: cases.write(by=case.author, coded=CODED, texts=TEXTS),
        "edit": lambda: cases.write(by=case.author, case=case, coded=CODED, texts=TEXTS),
        "submit": lambda: cases.submit(by=case.author, case=case, first_reader=colleague_of(case)),
        "pass on": lambda: release.pass_on(by=handed_in.first_reader, case=handed_in),
        "ask again": lambda: release.ask_again(
            by=handed_in.first_reader, case=handed_in, note="もう少し、おおまかに。"
        ),
        "release": lambda: release.release(by=make_reviewer(), case=waiting, said=release.Said(checks=Check.values)),
        "return": lambda: release.give_back(by=make_reviewer(), case=waiting, note="もう少し、おおまかに。"),
        "offer": lambda: make_offer(released),
        "close": lambda: closing.close(by=released.author, case=released, outcome="found", note="よかった。"),
    }


def test_with_the_guard_down_nothing_is_stored_and_nothing_goes_out(guard_down: Callable[[], None]) -> None:
    made = make_case(), make_handed_in(), make_submitted(), make_released()
    colleague_of(made[0])
    before = list(Case.objects.order_by("pk").values_list("pk", "state")), Offer.objects.count(), Mail.objects.count()
    guard_down()
    for verb in verbs(*made).values():
        with pytest.raises(GuardUnavailable):
            verb()
    after = list(Case.objects.order_by("pk").values_list("pk", "state")), Offer.objects.count(), Mail.objects.count()
    assert after == before


def test_with_the_guard_up_each_of_these_verbs_works() -> None:
    def fresh() -> dict[str, Callable[[], Any]]:
        return verbs(make_case(), make_handed_in(), make_submitted(), make_released())

    for name in fresh():
        assert fresh()[name]() is not None


@pytest.mark.parametrize("field", list(TEXTS))
def test_a_text_with_an_open_mark_is_never_stored(field: str) -> None:
    author = make_author()
    with pytest.raises(OpenFindings) as caught:
        make_case(author=author, **{field: TRACE})
    assert not Case.objects.exists()
    assert "田中" not in str(caught.value)
    with pytest.raises(OpenFindings):
        make_offer(make_released(), text=TRACE)
    with pytest.raises(OpenFindings):
        closing.close(by=(case := make_released()).author, case=case, outcome="found", note=TRACE)
    with pytest.raises(OpenFindings):
        release.give_back(by=make_reviewer(), case=make_submitted(), note=TRACE)


def test_a_dismissed_mark_is_stored_with_its_reason_and_without_its_words() -> None:
    dismissal = Dismissal(key_of(Kind.AGE, "34歳"), Kind.AGE, Reason.COMMON)
    case = make_case(situation="34歳くらいの人は、市内に多い。", dismissals=[dismissal])
    assert Case.objects.get(pk=case.pk).dismissed == [dismissal]
    assert "34" not in str([{k: v for k, v in d.items() if k != "key"} for d in case.dismissals])
    assert AuditEvent.objects.filter(action="case.written").get().codes == {"dismissed": 1}


def test_an_organisation_that_joined_since_stops_the_handing_in() -> None:
    case = make_case(tried="光と風と夢の見学にさそった。")
    make_organization(name="光と風と夢")
    with pytest.raises(OpenFindings):
        cases.submit(by=case.author, case=case)
    assert Case.objects.get(pk=case.pk).state == CaseState.DRAFT


def test_another_legal_basis_stores_no_text() -> None:
    with pytest.raises(cases.NotAnonymous):
        make_case(legal_basis="conference")
    assert not Case.objects.exists()


def test_the_author_never_releases_whatever_their_roles() -> None:
    author = make_user("member", "reviewer", "secretariat", organization=make_organization())
    case = make_submitted(author=author)
    with pytest.raises(PermissionDenied):
        release.release(by=author, case=case)
    for role in ("member", "partner", "editor", "admin", "auditor"):
        with pytest.raises(PermissionDenied):
            release.release(by=make_user(role, organization=make_organization()), case=case)
    released = release.release(by=make_reviewer(), case=case, said=all_said(case))
    assert released.released_by_id != released.author_id


def test_a_draft_cannot_be_released_and_a_released_case_not_edited() -> None:
    with pytest.raises(PermissionDenied):
        release.release(by=make_reviewer(), case=make_case())
    case = make_released()
    with pytest.raises(PermissionDenied):
        cases.write(by=case.author, case=case, coded=CODED, texts=TEXTS)


def test_review_and_expiry_days_are_set_on_release(frozen: Callable[[str], Any]) -> None:
    frozen("2026-08-31T09:00+09:00")
    case = make_released()
    assert (str(case.review_on), str(case.expires_on)) == ("2027-02-28", "2027-08-31")


def test_an_organisation_answers_once_until_it_takes_the_answer_back() -> None:
    case, helper = make_released(), make_author()
    first = make_offer(case, by=helper)
    with pytest.raises(offers.AlreadyAnswered):
        make_offer(case, by=make_author(organization=helper.organization))
    offers.withdraw_offer(by=helper, offer=first)
    first.refresh_from_db()
    assert (first.text, first.state) == (None, OfferState.WITHDRAWN)
    assert make_offer(case, by=helper).state == OfferState.OFFERED


def test_nobody_answers_an_own_a_foreign_or_a_closed_case() -> None:
    author = make_author()
    case = make_released(author=author, audience="chosen", shared_with=[make_organization()])
    closed = make_released()
    closing.close(by=closed.author, case=closed, outcome="none")
    for by, target in (
        (make_author(organization=author.organization), case),
        (make_author(), case),
        (make_author(), closed),
    ):
        with pytest.raises(PermissionDenied):
            make_offer(target, by=by)


def test_only_the_author_takes_an_answer_up() -> None:
    case = make_released()
    offer = make_offer(case)
    for by in (make_author(), offer.offered_by, make_author(organization=case.organization)):
        with pytest.raises(PermissionDenied):
            offers.answer(by=by, offer=offer, accept=True)
    assert offers.answer(by=case.author, offer=offer, accept=True).state == OfferState.ACCEPTED


def test_withdrawal_takes_all_words_away_for_everybody() -> None:
    case = make_released()
    make_offer(case)
    cases.withdraw(by=case.author, case=case)
    case.refresh_from_db()
    assert set(case.texts.values()) | {case.dismissals, case.outcome_note} == {"", None}
    assert not Offer.objects.exists()
    assert not Case.objects.visible_to(case.author).exists()


def test_news_carries_number_and_link_and_goes_only_to_those_who_still_see() -> None:
    reader = make_reviewer()
    case = make_submitted()
    mail = next(mail for mail in Mail.objects.all() if mail.recipient == reader.email)
    assert mail.context == {
        "number": case.number,
        "path": f"/members/cases/{case.pk}/review/",
        "case": str(case.pk),
        "user": reader.pk,
    }
    assert may_still_read(mail) is True
    case.excluded.add(reader.organization)
    assert may_still_read(mail) is False


def test_the_trail_of_a_case_holds_codes_only() -> None:
    case = make_released(reviewer=make_reviewer())
    make_offer(case)
    trail = list(AuditEvent.objects.filter(action__startswith=("case")).order_by("pk").values_list("action", "codes"))
    assert trail == [
        ("case.written", {"dismissed": 0}),
        ("case.submitted", {}),
        ("case.passed_on", {}),
        ("case.released", {"dismissed": 0}),
        ("case.opened", {}),
    ]

"""First reader and anonymity check: every mark decided, every box ticked, nothing chosen lost, nothing told too much."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from casebook.actions import cases, release
from casebook.enums import CaseState, Check, Verdict
from casebook.models import Case, ReviewDecision
from casebook.queries.flags import flagged
from casebook.queries.way import way_of
from cms.guard import Dismissal, Kind, Reason
from cms.guard.review import key_of
from tests.access import without_csrf
from tests.factories.cases import make_approved, make_handed_in, make_reviewer, make_submitted
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db
Login = Callable[..., Any]
SITUATION = "Aさんは30代で、34歳くらいの人と同じ悩みをもつ。市内の会社につとめていた。"
MARKED: dict[str, Any] = {
    "situation": SITUATION,
    "dismissals": [Dismissal(key_of(Kind.AGE, "34歳"), Kind.AGE, Reason.COMMON)],
    "rewritten": [("PERSON", "A"), ("AGE", "30代"), ("ORGANIZATION", "市内の会社"), ("PHONE", "")],
}
ALL_CHECKS = {f"check-{check}": "on" for check in Check.values}


def url(name: str, *args: Any) -> str:
    return reverse(f"members:{name}", args=args)


def fine(case: Case) -> dict[str, str]:
    return {f"flag-{flag.key}": "fine" for flag in flagged(case).flags}


def test_marks_are_numbered_in_the_text_without_first_wordings() -> None:
    found = flagged(make_submitted(**MARKED))
    assert [(f.number, f.words, f.rewritten, f.reason) for f in found.flags] == [
        (1, "A", True, None),
        (2, "30代", True, None),
        (3, "34歳", False, Reason.COMMON),
        (4, "市内の会社", True, None),
    ]
    assert found.left_out == 1
    assert "".join(piece.text for piece in found.texts["situation"]) == SITUATION


def test_a_wording_that_stands_no_more_is_no_mark() -> None:
    case = make_submitted(rewritten=[("PERSON", "Bさん"), ("AGE", "80代")])
    assert flagged(case).flags == []


def test_a_letter_marks_people_only() -> None:
    case = make_submitted(situation="NPAという言葉を、Aさんが話した。", rewritten=[("PERSON", "A")])
    (flag,) = flagged(case).flags
    assert [(start, end) for _name, start, end in flag.places] == [(10, 11)]


def test_what_is_left_is_said_and_what_was_chosen_stays(login: Login) -> None:
    client, _user = login("reviewer", organization=make_organization())
    case = make_submitted(**MARKED)
    chosen = {**fine(case), **ALL_CHECKS, "verdict": "release"}
    third = next(name for name in chosen if name.endswith(flagged(case).flags[2].key))
    half = {**chosen, third: "coarser"}
    del half["check-news"]
    page = client.post(url("case_decide", case.pk), half)
    body = page.content.decode()
    assert "「出してよい」まで、あと2つ" in body
    assert body.count(" checked") == len(fine(case)) + len(ALL_CHECKS) - 1 + 1
    assert "disabled" not in body
    case.refresh_from_db()
    assert (case.state, ReviewDecision.objects.count()) == (CaseState.SUBMITTED, 0)


def test_nothing_is_chosen_beforehand(login: Login) -> None:
    client, _user = login("reviewer", organization=make_organization())
    body = client.get(url("case_review", make_submitted(**MARKED).pk)).content.decode()
    assert " checked" not in body


def test_a_decision_is_kept_as_codes(login: Login) -> None:
    client, reviewer = login("reviewer", organization=make_organization())
    case = make_submitted(**MARKED)
    done = client.post(url("case_decide", case.pk), {**fine(case), **ALL_CHECKS, "verdict": "release"})
    assert done.status_code == 302
    (kept,) = ReviewDecision.objects.all()
    assert (kept.reviewer, kept.round, kept.verdict, kept.checks) == (reviewer, 1, Verdict.RELEASE, Check.values)
    assert {row["said"] for row in kept.flags} == {"fine"}
    assert [word for word in ("34歳", "Aさん", "会社") if word in str(kept.flags)] == []
    assert (kept.level, kept.persons) == ("green", 20)


def test_the_action_itself_refuses_what_is_not_finished() -> None:
    case, reviewer = make_submitted(**MARKED), make_reviewer()
    with pytest.raises(release.NotFinished) as left:
        release.release(by=reviewer, case=case, said=release.Said(checks=Check.values))
    assert len(left.value.flags) == 4
    flags = {flag.key: "fine" for flag in flagged(case).flags}
    with pytest.raises(release.NotFinished) as left:
        release.release(by=reviewer, case=case, said=release.Said(flags=flags, checks=Check.values[:-1]))
    assert left.value.checks == [Check.values[-1]]


def test_a_refused_case_goes_back_and_says_where_to_go(login: Login) -> None:
    author, author_user = login("member", organization=make_organization())
    client, _user = login("reviewer", organization=make_organization())
    case = make_submitted(author=author_user, **MARKED)
    assert client.post(url("case_decide", case.pk), {"verdict": "refuse"}).status_code == 200
    assert client.post(url("case_decide", case.pk), {"verdict": "refuse", "refusal": "names"}).status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.DRAFT
    way = way_of(case)
    assert way is not None
    assert way.refused is not None
    assert way.refused.get_refusal_display() == "実名で話せる場で、話し合うほうがよいです"
    assert author.get(url("case_detail", case.pk)).status_code == 200


def test_rarity_is_asked_again_with_the_tables_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    case = make_submitted()
    Case.objects.filter(pk=case.pk).update(concerns=["k3", "k5"])
    with pytest.raises(release.TooRare):
        release.release(by=make_reviewer(), case=case, said=release.Said(checks=Check.values))
    handed = make_handed_in()
    taken = cases.take_back_to_draft(by=handed.author, case=handed)
    Case.objects.filter(pk=taken.pk).update(concerns=["k3", "k5"])
    with pytest.raises(cases.TooRare):
        cases.submit(by=taken.author, case=taken, first_reader=handed.first_reader)


def test_an_assigned_case_is_seen_by_that_reviewer_and_can_be_freed_again(login: Login) -> None:
    office, _office_user = login("secretariat", organization=make_organization())
    first, first_user = login("reviewer", organization=make_organization())
    second, _second_user = login("reviewer", organization=make_organization())
    case = make_submitted()
    assert office.post(url("case_assign", case.pk), {"reviewer": first_user.pk}).status_code == 302
    assert [c.get(url("case_review", case.pk)).status_code for c in (first, second, office)] == [200, 404, 404]
    listed = office.get(url("case_review_list")).content.decode()
    assert case.number in listed
    assert case.headline not in listed
    assert office.post(url("case_assign", case.pk), {"reviewer": ""}).status_code == 302
    assert second.get(url("case_review", case.pk)).status_code == 200


def test_nobody_assigns_the_author_or_who_has_read_it_nor_a_case_of_their_own(login: Login) -> None:
    office, office_user = login("secretariat", organization=make_organization())
    author = make_user("member", "reviewer", organization=make_organization())
    case = make_submitted(author=author)
    for person in (author.pk, case.first_read_by_id, "0", "x"):
        office.post(url("case_assign", case.pk), {"reviewer": person})
        case.refresh_from_db()
        assert case.reviewer_id is None
    office.get(url("case_review_list"))  # what the office was told has been read
    there, nowhere = (office.post(url("case_assign", pk)) for pk in (make_approved().pk, uuid4()))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert without_csrf(there.content) == without_csrf(nowhere.content)
    assert office_user.is_authenticated


def test_the_first_reader_sees_every_mark_and_no_first_wording(login: Login) -> None:
    home = make_organization()
    reader, reader_user = login("partner", organization=home)
    author = make_user("member", organization=home)
    case = make_handed_in(author=author, first_reader=reader_user, **MARKED)
    page = reader.get(url("case_first_reading", case.pk)).content.decode()
    assert '<span class="to">市内の会社</span>' in page
    assert "ほかに、1か所を消してあります" in page
    asked = reader.post(url("case_ask_again", case.pk), {"back-note": "山田さんのことですか。"})
    assert asked.status_code == 200
    case.refresh_from_db()
    assert (case.state, case.reviewer_note) == (CaseState.FIRST, None)


def test_a_withdrawn_case_takes_its_decisions_along() -> None:
    case = make_approved(**MARKED)
    assert ReviewDecision.objects.count() == 1
    cases.withdraw(by=case.author, case=case)
    assert not ReviewDecision.objects.exists()
    assert Case.objects.get().rewritten is None


def test_decisions_are_seen_by_reviewers_of_visible_cases_alone() -> None:
    case, reviewer = make_submitted(), make_reviewer()
    release.give_back(by=reviewer, case=case, note="もう少し、おおまかに。")
    assert not ReviewDecision.objects.visible_to(reviewer).exists()
    assert not ReviewDecision.objects.visible_to(case.author).exists()


def test_the_morning_after_a_stop_or_a_change_of_mind_opens_nothing() -> None:
    stopped, taken = make_approved(), make_approved()
    Case.objects.filter(pk=stopped.pk).update(stopped_at=stopped.changed_at)
    cases.take_back_to_draft(by=taken.author, case=taken)
    at = max(case.opens_at for case in (stopped, taken) if case.opens_at)
    assert release.open_due(at=at) == 0
    assert set(Case.objects.values_list("state", flat=True)) == {CaseState.APPROVED, CaseState.DRAFT}

"""Questions and answers: who may, both ways; the guard; nothing typed is lost; the asking side stays without a name."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.urls import reverse

from casebook.actions import cases, closing, questions
from casebook.actions.exchange import purge_exchange
from casebook.actions.guarding import OpenFindings
from casebook.actions.questions import TooLate
from casebook.models import Case, Offer, Question
from casebook.queries.exchange import those_who_answer
from cms.guard import GuardUnavailable, engine
from cms.models import AuditEvent, Mail
from directory.models import Notification
from tests.access import without_csrf
from tests.factories.cases import make_author, make_offer, make_released
from tests.factories.people import make_organization, make_user, satisfy_mfa, sign_in

pytestmark = pytest.mark.django_db
Login = Callable[..., Any]
TRACE = "田中さんの電話は090-1234-5678。"
ASKED = "週に何回くらいなら、外に出られますか。"
ANSWER = "週に1回、1時間くらいです。"


def make_question(case: Case, *, by: Any = None, offer: Offer | None = None, text: str = ASKED) -> Question:
    """A question of a reader, or of the author about an offer."""
    if offer is not None:
        return questions.ask_about(by=by or case.author, offer=offer, text=text)
    return questions.ask(by=by or make_author(), case=case, text=text)


def url(name: str, *args: Any) -> str:
    return reverse(f"members:{name}", args=args)


def colleague_of(user: Any, role: str = "member") -> Any:
    return make_user(role, organization=user.organization)


# --- who may -------------------------------------------------------------------------------------------------


def test_readers_of_other_organisations_ask_while_it_waits_for_answers() -> None:
    case = make_released()
    for by in (make_author(), make_user("secretariat", organization=make_organization())):
        assert questions.ask(by=by, case=case, text=ASKED).organization == by.organization
    excluded = make_author()
    case.excluded.add(excluded.organization)
    refused = (
        case.author,
        colleague_of(case.author),
        excluded,
        make_user("colleague", organization=make_organization()),
        make_user("reviewer", organization=make_organization()),
        make_user("partner", organization=make_organization()),  # the case is for core members
        make_user("secretariat"),  # without an organisation
    )
    for by in refused:
        with pytest.raises(PermissionDenied):
            questions.ask(by=by, case=case, text=ASKED)
    assert Question.objects.count() == 2


def test_nobody_asks_about_a_closed_case() -> None:
    case = make_released()
    question = make_question(case)
    closing.close(by=case.author, case=case, outcome="none")
    with pytest.raises(PermissionDenied):
        make_question(case)
    with pytest.raises(PermissionDenied):
        questions.answer(by=case.author, question=question, text=ANSWER)


def test_the_authors_side_answers_and_nobody_else() -> None:
    case = make_released()
    question = make_question(case)
    for by in (question.asked_by, make_author(), colleague_of(case.author, "colleague"), make_user("secretariat")):
        with pytest.raises(PermissionDenied):
            questions.answer(by=by, question=question, text=ANSWER)
    answered = questions.answer(by=colleague_of(case.author), question=question, text=ANSWER)
    assert (answered.answer, answered.is_open) == (ANSWER, False)
    with pytest.raises(TooLate):
        questions.answer(by=case.author, question=question, text="ちがう答え。")
    assert Question.objects.get().answer == ANSWER


def test_a_question_back_to_an_offer_is_the_authors_and_answered_by_who_offered() -> None:
    case, helper = make_released(), make_author()
    offer = make_offer(case, by=helper)
    for by in (helper, make_author(), colleague_of(case.author)):
        with pytest.raises(PermissionDenied):
            questions.ask_about(by=by, offer=offer, text=ASKED)
    question = make_question(case, offer=offer)
    for by in (case.author, make_author(), colleague_of(helper, "colleague")):
        with pytest.raises(PermissionDenied):
            questions.answer(by=by, question=question, text=ANSWER)
    assert questions.answer(by=colleague_of(helper), question=question, text=ANSWER).answer == ANSWER


def test_taking_back_is_for_who_asked_while_nobody_has_answered() -> None:
    case = make_released()
    asked = make_question(case)
    for by in (case.author, make_author(), colleague_of(asked.asked_by)):
        with pytest.raises(PermissionDenied):
            questions.take_back(by=by, question=asked)
    questions.take_back(by=asked.asked_by, question=asked)
    assert not Question.objects.exists()
    with pytest.raises(TooLate):
        questions.answer(by=case.author, question=asked, text=ANSWER)
    answered = make_question(case)
    questions.answer(by=case.author, question=answered, text=ANSWER)
    with pytest.raises(TooLate):
        questions.take_back(by=answered.asked_by, question=answered)


def test_a_question_is_seen_with_its_case_and_its_offer() -> None:
    case, helper = make_released(), make_author()
    plain = make_question(case)
    offer = make_offer(case, by=helper)
    about = make_question(case, offer=offer)
    third, stranger = make_author(), make_user("colleague", organization=make_organization())

    def seen(user: Any) -> set[Any]:
        return set(Question.objects.visible_to(user))

    assert seen(third) == seen(helper) == seen(case.author) == {plain, about}
    assert seen(stranger) == set()
    Offer.objects.update(stance="cannot")  # then only the two sides see the offer, and what was said about it
    assert (seen(third), seen(helper), seen(case.author)) == ({plain}, {plain, about}, {plain, about})
    case.excluded.add(third.organization)
    assert seen(third) == set()


# --- guard, trail, news --------------------------------------------------------------------------------------


def test_both_pass_the_guard_and_the_guard_down_lets_nothing_in(monkeypatch: pytest.MonkeyPatch) -> None:
    case = make_released()
    with pytest.raises(OpenFindings):
        make_question(case, text=TRACE)
    question = make_question(case)
    with pytest.raises(OpenFindings):
        questions.answer(by=case.author, question=question, text=TRACE)

    def broken(flat: Any) -> Any:
        raise RuntimeError

    monkeypatch.setattr(engine, "RULES", (broken,))
    with pytest.raises(GuardUnavailable):
        make_question(case)
    with pytest.raises(GuardUnavailable):
        questions.answer(by=case.author, question=question, text=ANSWER)
    assert (Question.objects.count(), Question.objects.get().answer) == (1, None)


def test_words_are_sealed_in_the_database() -> None:
    question = make_question(make_released())
    questions.answer(by=question.case.author, question=question, text=ANSWER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, answer FROM casebook_question")
        row = cursor.fetchone()
    assert ASKED[:4] not in row[0]
    assert ANSWER[:4] not in row[1]


def test_an_answer_is_whole_or_not_there() -> None:
    question = make_question(make_released())
    with pytest.raises(IntegrityError, match="question_answered_as_a_whole"), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(answered_by=question.asked_by)


def test_news_is_told_without_words_to_the_person_who_has_to_answer() -> None:
    case, helper = make_released(), make_author()
    Mail.objects.all().delete()
    question = make_question(case)
    assert those_who_answer(question) == [case.author]
    mail = Mail.objects.get()
    assert (mail.recipient, mail.context and sorted(mail.context)) == (
        case.author.email,
        ["case", "number", "path", "user"],
    )
    questions.answer(by=case.author, question=question, text=ANSWER)
    assert Mail.objects.count() == 1  # the answer waits for tomorrow's digest
    assert Notification.objects.filter(kind="case_reply", user=question.asked_by).count() == 1
    offer = make_offer(case, by=helper)
    assert those_who_answer(make_question(case, offer=offer)) == [helper]


def test_when_the_author_has_left_the_colleagues_hear_of_it() -> None:
    case = make_released()
    colleague = Case.objects.get(pk=case.pk).first_read_by
    case.author.role_assignments.all().delete()
    question = make_question(case)
    assert those_who_answer(question) == [colleague]


def test_the_trail_holds_codes_only() -> None:
    case = make_released()
    question = make_question(case)
    questions.answer(by=case.author, question=question, text=ANSWER)
    trail = AuditEvent.objects.filter(action__startswith="question").order_by("pk").values_list("action", "codes")
    assert list(trail) == [
        ("question.asked", {"case": str(case.pk), "offer": None}),
        ("question.answered", {"case": str(case.pk)}),
    ]


def test_all_of_it_goes_with_the_case() -> None:
    case = make_released()
    make_question(case, offer=make_offer(case))
    make_question(case)
    purge_exchange(case)
    assert (Question.objects.count(), Offer.objects.count()) == (0, 0)
    other = make_released()
    make_question(other)
    cases.withdraw(by=other.author, case=other)
    assert not Question.objects.exists()


# --- screens -------------------------------------------------------------------------------------------------


def test_asked_and_answered_on_screen_without_the_name_of_the_asking_side(login: Login) -> None:
    mine, author = login("member", organization=make_organization(name="みなと学習会"))
    theirs, reader = login("member", organization=make_organization(name="なぎさの家"))
    case = make_released(author=author)
    assert "質問する" in theirs.get(url("case_detail", case.pk)).content.decode()
    assert theirs.post(url("case_ask", case.pk), {"text": ASKED}).status_code == 302
    question = Question.objects.get()
    page = mine.get(url("case_detail", case.pk)).content.decode()
    assert ASKED in page
    assert "なぎさの家" in page
    assert mine.get(url("question_answer", case.pk, question.pk)).status_code == 200
    assert mine.post(url("question_answer", case.pk, question.pk), {"text": ANSWER}).status_code == 302
    page = theirs.get(url("case_detail", case.pk)).content.decode()
    assert ANSWER in page
    assert "事例を出した団体" in page
    assert "みなと学習会" not in page
    assert reader.name not in page.partition("<main")[2]


def test_an_offer_is_asked_about_on_screen(login: Login) -> None:
    mine, author = login("member", organization=make_organization(name="みなと学習会"))
    theirs, helper = login("member", organization=make_organization())
    case = make_released(author=author)
    offer = make_offer(case, by=helper)
    assert mine.post(url("offer_ask", case.pk, offer.pk), {"text": ASKED}).status_code == 302
    page = theirs.get(url("case_detail", case.pk)).content.decode()
    assert ASKED in page
    assert "みなと学習会" not in page
    question = Question.objects.get()
    answer = theirs.get(url("question_answer", case.pk, question.pk)).content.decode()
    assert "みなと学習会" not in answer
    assert theirs.post(url("question_answer", case.pk, question.pk), {"text": ANSWER}).status_code == 302
    assert Question.objects.get().answer == ANSWER


def test_marks_come_back_beside_the_words_and_nothing_is_lost(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs, _reader = login("member", organization=make_organization())
    case = make_released()
    page = theirs.post(url("case_ask", case.pk), {"text": TRACE})
    assert (page.status_code, page.context["form"].open_count, Question.objects.count()) == (200, 2, 0)
    assert TRACE in page.content.decode()
    empty = theirs.post(url("case_ask", case.pk), {"text": ""})
    assert empty.context["form"].errors["text"]
    assert 'id="id_text"' in empty.content.decode()

    def broken(flat: Any) -> Any:
        raise RuntimeError

    monkeypatch.setattr(engine, "RULES", (broken,))
    down = theirs.post(url("case_ask", case.pk), {"text": ASKED})
    assert (down.status_code, ASKED in down.content.decode()) == (503, True)


def test_who_comes_second_with_an_answer_keeps_what_they_wrote(login: Login) -> None:
    mine, author = login("member", organization=make_organization())
    case = make_released(author=author)
    question = make_question(case)
    questions.answer(by=author, question=question, text=ANSWER)
    late = mine.post(url("question_answer", case.pk, question.pk), {"text": "もうひとつの答え。"}).content.decode()
    assert "もうひとつの答え。" in late
    assert "ほかの人が、先に答えました。" in late
    assert mine.get(url("question_answer", case.pk, question.pk)).status_code == 404


def test_a_question_sent_twice_is_asked_once(login: Login) -> None:
    theirs, _reader = login("member", organization=make_organization())
    case = make_released()
    page = theirs.get(url("case_ask", case.pk)).content.decode()
    key = page.partition('name="form_key" value="')[2].partition('"')[0]
    for _time in range(2):
        assert theirs.post(url("case_ask", case.pk), {"text": ASKED, "form_key": key}).status_code == 302
    assert Question.objects.count() == 1


def test_a_foreign_question_is_byte_identical_with_none(login: Login) -> None:
    client, _user = login("member", organization=make_organization())
    hidden = make_released(audience="chosen", shared_with=[make_organization()])
    offer = Offer.objects.create(
        case=hidden, organization=make_organization(), offered_by=make_author(), stance="handle"
    )
    question = make_question(hidden, offer=offer)
    visible = make_released()
    for route in ("question_answer", "question_take_back"):
        nothing = client.post(url(route, visible.pk, visible.pk), {"text": ANSWER})
        for case in (hidden, visible):
            there = client.post(url(route, case.pk, question.pk), {"text": ANSWER})
            assert (there.status_code, without_csrf(there.content)) == (404, without_csrf(nothing.content))


def test_only_the_two_sides_get_their_verbs_on_the_page(login: Login, client: Client) -> None:
    case = make_released()
    question = make_question(case)
    answer, back = url("question_answer", case.pk, question.pk), url("question_take_back", case.pk, question.pk)

    def verbs(user: Any) -> tuple[bool, bool]:
        sign_in(client, user)
        page = client.get(url("case_detail", case.pk)).content.decode()
        return answer in page, back in page

    people = [case.author, question.asked_by, make_author(), colleague_of(question.asked_by)]
    for user in people:
        satisfy_mfa(user)
    assert [verbs(user) for user in people] == [(True, False), (False, True), (False, False), (False, False)]
    offers_before = Offer.objects.count()
    sign_in(client, question.asked_by)
    assert client.post(back).status_code == 302
    assert (Question.objects.count(), Offer.objects.count()) == (0, offers_before)


# --- two at one moment -----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_answered_twice_and_taken_back_at_once_one_wins() -> None:
    case = make_released()
    colleague = colleague_of(case.author)
    for _round in range(3):
        question = make_question(case)
        gate = threading.Barrier(3)

        def at_once(deed: Callable[[], Any], gate: threading.Barrier = gate) -> str:
            try:
                gate.wait()
                deed()
                return "done"
            except TooLate:
                return "too late"
            finally:
                connections.close_all()

        deeds: list[Callable[[], Any]] = [
            lambda row=question: questions.answer(by=case.author, question=row, text=ANSWER),  # type: ignore[misc]
            lambda row=question: questions.answer(by=colleague, question=row, text=ANSWER),  # type: ignore[misc]
            lambda row=question: questions.take_back(by=row.asked_by, question=row),  # type: ignore[misc]
        ]
        with ThreadPoolExecutor(3) as pool:
            assert Counter(pool.map(at_once, deeds)) == {"done": 1, "too late": 2}

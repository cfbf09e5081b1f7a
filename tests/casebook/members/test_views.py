"""What the screens add: nothing typed is lost, nothing leaks, the list stays quick."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casebook.models import Case, Offer
from cms.guard import engine
from tests.access import without_csrf
from tests.factories.cases import CODED, TEXTS, make_case, make_offer, make_released, make_submitted
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db
POSTED = {**CODED, **TEXTS}
Login = Callable[..., Any]
SECRET = "ひみつの合図"


def url(name: str, *args: Any) -> str:
    return reverse(f"members:{name}", args=args)


def keys(form: Any) -> dict[str, str]:
    """Words of each mark → its key."""
    return {mark.concern.words: mark.concern.key for mark in form.marks()}


def test_a_case_that_may_not_be_seen_is_byte_identical_with_none(login: Login) -> None:
    client, _user = login("member", organization=make_organization())
    draft = make_case(headline=SECRET)
    for name in ("case_detail", "case_edit", "case_review", "case_offer", "case_close", "case_withdraw"):
        there, nowhere = client.get(url(name, draft.pk)), client.get(url(name, uuid4()))
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert without_csrf(there.content) == without_csrf(nowhere.content)
        assert SECRET not in there.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "case_submit",
        "case_decide",
        "case_assign",
        "case_take_back",
        "case_pass_on",
        "case_ask_again",
        "case_close",
        "case_withdraw",
        "case_offer",
    ],
)
def test_a_foreign_case_cannot_be_moved(login: Login, name: str) -> None:
    client, _user = login("member", "reviewer", organization=make_organization())
    draft = make_case()
    assert client.post(url(name, draft.pk), {}).status_code == 404
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_an_answer_is_reached_through_its_own_case_only(login: Login) -> None:
    client, author = login("member", organization=make_organization())
    mine, other = make_released(author=author), make_released()
    offer = make_offer(other)
    assert client.post(url("offer_accept", mine.pk, offer.pk)).status_code == 404
    assert client.post(url("offer_accept", other.pk, offer.pk)).status_code == 404
    assert Offer.objects.get().state == "offered"


def test_nothing_typed_is_lost_when_the_guard_is_down(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(flat: Any) -> Any:
        raise RuntimeError(flat.text)

    client, _user = login("member", organization=make_organization())
    monkeypatch.setattr(engine, "RULES", (broken,))
    answer = client.post(url("case_new"), POSTED)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert not Case.objects.exists()
    assert "確かめるしくみが動いていません。" in page
    assert [text for text in TEXTS.values() if text not in page] == []


def test_a_mark_without_decision_or_reason_stays_open(login: Login) -> None:
    client, _user = login("member", organization=make_organization())
    posted = {**POSTED, "situation": "34歳くらいの人は、市内に多い。"}
    (key,) = keys(client.post(url("case_new"), posted).context["form"]).values()
    for half in ({f"fix-{key}": "keep"}, {f"fix-{key}": "own"}, {f"fix-{key}": "keep", f"why-{key}": "自由"}):
        page = client.post(url("case_new"), {**posted, **half})
        assert page.context["form"].open_count == 1
        assert page.context["form"].marks()[0].error
    assert not Case.objects.exists()
    done = client.post(url("case_new"), {**posted, f"fix-{key}": "keep", f"why-{key}": "common"})
    assert done.status_code == 302
    assert [(d.key, d.reason) for d in Case.objects.get().dismissed] == [(key, "common")]


def test_an_edited_case_keeps_its_dismissals_and_asks_about_new_marks_only(login: Login) -> None:
    client, author = login("member", organization=make_organization())
    posted = {**POSTED, "situation": "34歳くらいの人は、市内に多い。"}
    (key,) = keys(client.post(url("case_new"), posted).context["form"]).values()
    client.post(url("case_new"), {**posted, f"fix-{key}": "keep", f"why-{key}": "common"})
    case = Case.objects.get()
    assert client.post(url("case_edit", case.pk), {**posted, "tried": "見学した。"}).status_code == 302
    page = client.post(url("case_edit", case.pk), {**posted, "tried": "田中さんと見学した。"})
    assert (page.context["form"].open_count, len(page.context["form"].marks())) == (1, 2)
    assert author == Case.objects.get().author


def test_the_authors_own_names_are_looked_for_and_not_kept(login: Login) -> None:
    client, _user = login("member", organization=make_organization())
    posted = {**POSTED, "tried": "ひよりは見学を断った。", "names_in_it": "ひより、光と風と夢"}
    form = client.post(url("case_new"), posted).context["form"]
    assert list(keys(form)) == ["ひより"]
    key = keys(form)["ひより"]
    assert client.post(url("case_new"), {**posted, f"fix-{key}": "to:Bさん"}).status_code == 302
    assert Case.objects.get().tried == "Bさんは見学を断った。"


def test_wrong_input_is_told_beside_the_field_and_kept(login: Login) -> None:
    client, _user = login("member", organization=make_organization())
    wrong = {
        "concerns": ["k1", "k2", "k3", "k4"],
        "audience": "chosen",
        "headline": "あ" * 41,
        "life_stage": "x",
    }
    page = client.post(url("case_new"), {**POSTED, **wrong})
    assert set(page.context["form"].errors) == {*wrong, "shared_with"} - {"audience"}
    assert TEXTS["asked"] in page.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "words", ["\x00ふつう", "髙﨑𠮷", "🙂" * 40, "\ud800", "あ" * 10_000, "<script>alert(1)</script>"]
)
def test_strange_words_never_break_the_form(login: Login, words: str) -> None:
    client, _user = login("member", organization=make_organization())
    answer = client.post(url("case_new"), {**POSTED, "situation": words.encode("utf-8", "replace").decode()})
    assert answer.status_code in {200, 302, 400}
    assert "<script>alert" not in answer.content.decode()


def test_the_reviewer_must_tick_every_box(login: Login) -> None:
    client, _user = login("reviewer", organization=make_organization())
    case = make_submitted()
    page = client.post(url("case_decide", case.pk), {"verdict": "release", "check-aloud": "on"})
    assert (page.status_code, page.context["form"].left) == (200, 5)
    case.refresh_from_db()
    assert case.state == "submitted"


def test_a_returned_case_shows_the_words_to_its_author_alone(login: Login) -> None:
    author, author_user = login("member", organization=make_organization())
    reviewer, _reviewer = login("reviewer", organization=make_organization())
    case = make_submitted(author=author_user)
    note = "仕事のことを、もう少しおおまかに。"
    assert reviewer.post(url("case_decide", case.pk), {"verdict": "return", "note": note}).status_code == 302
    assert note in author.get(url("case_detail", case.pk)).content.decode()
    assert reviewer.get(url("case_detail", case.pk)).status_code == 404


def test_readers_are_named_to_the_asking_organisation_only(login: Login) -> None:
    author, author_user = login("member", organization=make_organization())
    body = make_organization(name="とまり木")
    reader, _reader = login("member", organization=body, name="岸 みなみ")
    third, _third = login("member", organization=make_organization())
    case = make_released(author=author_user)
    reader.get(url("case_detail", case.pk))
    assert "岸 みなみ" in author.get(url("case_detail", case.pk)).content.decode()
    assert "岸 みなみ" not in third.get(url("case_detail", case.pk)).content.decode()


def test_no_word_of_a_case_reaches_a_log(login: Login, caplog: pytest.LogCaptureFixture) -> None:
    client, author = login("member", organization=make_organization())
    with caplog.at_level(logging.DEBUG):
        client.post(url("case_new"), {**POSTED, "headline": SECRET})
        client.post(url("case_new"), {**POSTED, "headline": f"{SECRET} 090-1234-5678"})
        client.post(url("case_submit", Case.objects.get().pk))
    shown = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert [line for line in shown if SECRET in line] == []
    assert Case.objects.get().headline == SECRET
    assert author.is_authenticated


def queries_of(client: Any, path: str) -> int:
    """Counted on the second visit: the first fills the caches of site and settings."""
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_list_asks_as_often_for_many_cases_as_for_two(login: Login) -> None:
    client, _user = login("member", organization=make_organization())
    for _number in range(2):
        make_offer(make_released())
    few = queries_of(client, url("case_list"))
    for _number in range(8):
        make_offer(make_released())
    assert queries_of(client, url("case_list")) == few


def test_a_case_asks_as_often_with_many_answers_and_readers_as_with_one(login: Login) -> None:
    client, author = login("member", organization=make_organization())
    case = make_released(author=author)

    def read_and_answered() -> None:
        other, helper = login("member", organization=make_organization())
        other.get(url("case_detail", case.pk))
        make_offer(case, by=helper)

    read_and_answered()
    few = queries_of(client, url("case_detail", case.pk))
    for _number in range(4):
        read_and_answered()
    assert queries_of(client, url("case_detail", case.pk)) == few

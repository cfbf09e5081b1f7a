"""Writing: what is decided stays decided, what is typed is never lost, what does not belong here is not stored."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from casebook.enums import Household, LifeStage
from casebook.models import Case
from cms.guard import engine
from directory import unsent
from tests.factories.cases import CODED, TEXTS, make_case
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db
Login = Callable[..., Any]
POSTED = {**CODED, **TEXTS}
TRACE = "田中さん（34歳）は4月12日に来た。"


def url(name: str, *args: Any) -> str:
    return reverse(f"members:{name}", args=args)


def fixes(form: Any) -> dict[str, str]:
    """The first proposal for every mark."""
    return {f"fix-{mark.concern.key}": f"to:{mark.concern.proposals[0]}" for mark in form.marks()}


def test_new_wordings_are_kept_and_first_ones_nowhere(login: Login) -> None:
    client, _user = login("member", organization=make_organization())
    form = client.post(url("case_new"), {**POSTED, "situation": TRACE}).context["form"]
    client.post(url("case_new"), {**POSTED, "situation": TRACE, **fixes(form)})
    case = Case.objects.get()
    assert case.rewritten == [["PERSON", "A"], ["AGE", "30代"], ["DATE", "春ごろ"]]
    assert [word for word in ("田中", "34歳", "4月12日") if word in json.dumps([case.texts, case.rewritten])] == []


def test_what_the_script_has_already_rewritten_is_counted(login: Login) -> None:
    client, _user = login("member", organization=make_organization())
    sent = {**POSTED, "situation": "Aさんは、ときどき来る。", "fixed_so_far": json.dumps([["PERSON", "A"]])}
    assert client.post(url("case_new"), sent).status_code == 302
    assert Case.objects.get().rewritten == [["PERSON", "A"]]


@pytest.mark.parametrize(
    "sent", ["x", "[", "{}", '["PERSON"]', '[["NOBODY","A"]]', "[" * 9000, '[["PERSON",1]]', "null"]
)
def test_whatever_the_page_sends_as_rewritten_never_breaks_it(login: Login, sent: str) -> None:
    client, _user = login("member", organization=make_organization())
    assert client.post(url("case_new"), {**POSTED, "fixed_so_far": sent}).status_code == 302
    assert Case.objects.get().rewritten == []


def test_letters_go_on_over_all_texts(login: Login) -> None:
    client, _user = login("member", organization=make_organization())
    posted = {**POSTED, "situation": "田中さんが話した。佐藤さんは聞いた。", "tried": "田中さんと山本さんが来た。"}
    form = client.post(url("case_new"), posted).context["form"]
    assert [(m.concern.words, m.concern.proposals[0]) for m in form.marks()] == [
        ("田中", "A"),
        ("佐藤", "B"),
        ("山本", "C"),
    ]


def test_a_text_that_is_too_long_comes_back_whole_while_other_marks_are_decided(login: Login) -> None:
    client, _user = login("member", organization=make_organization())
    long = "あ" * 41
    form = client.post(url("case_new"), {**POSTED, "situation": TRACE}).context["form"]
    page = client.post(url("case_new"), {**POSTED, "situation": TRACE, "headline": long, **fixes(form)})
    assert long in page.content.decode()


def test_another_legal_basis_shows_the_way_and_keeps_the_words_on_the_page_only(login: Login) -> None:
    client, _user = login("member", organization=make_organization())
    page = client.post(url("case_new"), {**POSTED, "situation": TRACE, "legal_basis": "conference", "consent": ""})
    body = page.content.decode()
    assert set(page.context["form"].errors) == {"legal_basis"}
    assert TRACE in body
    assert "支援会議や協議会は事務局が準備します" in body
    assert not Case.objects.exists()


@pytest.mark.parametrize(("consent", "asked"), [("oral", "consent_time"), ("unneeded", "judged_by")])
def test_a_ground_asks_for_its_code(login: Login, consent: str, asked: str) -> None:
    client, _user = login("member", organization=make_organization())
    page = client.post(url("case_new"), {**POSTED, "consent": consent, "consent_time": "", "judged_by": ""})
    assert set(page.context["form"].errors) == {asked}
    codes = {"consent_time": "c2", "judged_by": "j1"}
    assert client.post(url("case_new"), {**POSTED, "consent": consent, **codes}).status_code == 302
    case = Case.objects.get()
    assert {"consent_time": case.consent_time, "judged_by": case.judged_by} == {
        name: code if name == asked else "" for name, code in codes.items()
    }


def test_stage_and_household_may_be_coarse_or_unwritten_but_not_forgotten(login: Login) -> None:
    client, _user = login("member", organization=make_organization())
    page = client.post(url("case_new"), {**POSTED, "life_stage": "-", "household": "-"})
    assert set(page.context["form"].errors) == {"life_stage", "household"}
    coarse = {"life_stage": LifeStage.YOUNGER.value, "household": Household.NOT_GIVEN.value}
    assert client.post(url("case_new"), {**POSTED, **coarse}).status_code == 302
    case = Case.objects.get()
    assert (case.life_stage, case.household) == ("m1", "")


def test_too_few_people_for_so_many_readers_is_said_beside_the_audience(login: Login) -> None:
    client, _user = login("member", organization=make_organization())
    rare = {**POSTED, "concerns": ["k3", "k5"], "audience": "all"}
    page = client.post(url("case_new"), rare)
    assert set(page.context["form"].errors) == {"audience"}
    assert TEXTS["asked"] in page.content.decode()
    assert not Case.objects.exists()
    done = client.post(url("case_new"), {**rare, "coarsen": "concerns:k3"})
    assert done.status_code == 302
    assert Case.objects.get().concerns == ["k5"]


def test_a_rare_combination_for_few_readers_is_asked_about_once(login: Login) -> None:
    client, _user = login("member", organization=make_organization())
    other = make_user("member", organization=make_organization()).organization
    rare = {**POSTED, "concerns": ["k3", "k5"], "audience": "chosen", "shared_with": [other.pk]}
    page = client.post(url("case_new"), rare)
    assert page.context["form"].has_rare
    assert not Case.objects.exists()
    half = client.post(url("case_new"), {**rare, "coarsen": "", "situation": TRACE})
    looked = half.context["form"].looked
    assert not half.context["form"].has_rare
    again = client.post(url("case_new"), {**rare, "situation": TRACE, "looked": looked, **fixes(half.context["form"])})
    assert again.status_code == 302


@pytest.mark.parametrize("step", ["life_stage:l9", "concerns:zz", "x", ":", "sex:"])
def test_a_step_that_is_none_changes_nothing(login: Login, step: str) -> None:
    client, _user = login("member", organization=make_organization())
    assert client.post(url("case_new"), {**POSTED, "coarsen": step}).status_code == 302
    assert Case.objects.get().concerns == ["k5"]


def test_the_page_says_how_many_organisations_may_read(login: Login) -> None:
    client, _user = login("member", organization=make_organization())
    others = [make_user("member", organization=make_organization()).organization for _number in range(3)]
    make_user("partner", organization=make_organization())
    page = client.get(url("case_new"))
    assert page.context["form"].reached == 1
    assert "コアメンバー（4団体）" in page.content.decode()
    chosen = {"audience": "chosen", "shared_with": [o.pk for o in others], "excluded": [others[0].pk], "asked": ""}
    assert client.post(url("case_new"), {**POSTED, **chosen}).context["form"].reached == 3


def test_an_edited_draft_adds_to_what_was_rewritten(login: Login) -> None:
    client, author = login("member", organization=make_organization())
    case = make_case(author=author, rewritten=[["PERSON", "A"]])
    form = client.post(url("case_edit", case.pk), {**POSTED, "tried": "34歳と聞いた。"}).context["form"]
    client.post(url("case_edit", case.pk), {**POSTED, "tried": "34歳と聞いた。", **fixes(form)})
    case.refresh_from_db()
    assert case.rewritten == [["PERSON", "A"], ["AGE", "30代"]]


def test_nobody_but_its_author_sees_a_draft_and_the_page_is_never_kept(login: Login) -> None:
    home = make_organization()
    client, author = login("member", organization=home)
    colleague, _user = login("member", organization=home)
    office, _office = login("secretariat", organization=make_organization())
    case = make_case(author=author)
    assert [c.get(url("case_edit", case.pk)).status_code for c in (client, colleague, office)] == [200, 404, 404]
    page = client.get(url("case_edit", case.pk))
    assert "no-store" in page["Cache-Control"]
    assert 'autocomplete="off"' in page.content.decode()


def test_a_session_that_ends_while_writing_loses_nothing_and_stores_nothing_in_the_clear(login: Login) -> None:
    client, _user = login("member", organization=make_organization())
    session = client.session
    session["session_seen"] = session["session_began"] = 1
    session.save()
    answer = client.post(url("case_new"), {**POSTED, "situation": TRACE, "concerns": ["k5", "k1"]})
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]
    kept = client.session[unsent.KEY]
    assert "田中" not in json.dumps(kept, ensure_ascii=False)
    assert not Case.objects.exists()


def test_the_guard_down_says_so_before_anything_is_stored(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(flat: Any) -> Any:
        raise RuntimeError(flat.text)

    client, author = login("member", organization=make_organization())
    case = make_case(author=author)
    monkeypatch.setattr(engine, "RULES", (broken,))
    page = client.post(url("case_edit", case.pk), {**POSTED, "tried": "べつの文。"})
    case.refresh_from_db()
    assert (page.status_code, case.tried) == (503, TEXTS["tried"])

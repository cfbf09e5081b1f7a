"""A case with a dozen traces of a person: cleared by clicks and by keyboard, read by two others, out in the morning.

Once with everything a desk has, once on a phone without JavaScript. The first wordings are looked for afterwards: they are
in no table, no mail, no page and not in the browser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from playwright.sync_api import Page, expect

from casebook.actions import release
from casebook.enums import CaseState
from casebook.models import Case, ReviewDecision
from tests.factories.cases import CODED
from tests.factories.people import make_organization
from tests.journeys.conftest import DESK, PHONE, axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SITUATION = (
    "田中さん（34歳）は、水辺町2丁目の家で母親と暮らしている。平成3年5月6日生まれ。令和6年10月14日に家族から相談があり、"
    "若葉小学校のころから人の多い所が苦手だったという。電話は090-1234-5678、メールはtanaka@example.jp、〒700-0001。"
)
TRIED = "なぎさ病院の佐藤先生が見学にさそった。日本で唯一の五つ子の三番目だと、田中さんは話した。"
ASKED = "午前中に、人の少ない場所で、週に1回だけ過ごせるところはありませんか。"
TRACES = (
    "田中", "34歳", "水辺町", "平成3年", "5月6日", "10月14日", "若葉小", "090-1234-5678", "tanaka", "700-0001",
    "なぎさ病院", "佐藤", "五つ子",
)  # fmt: skip
LEAST = 12
OWN = "きょうだいが多い"
ROUNDS = 5


@pytest.fixture
def people(person: Callable[..., Any]) -> dict[str, Any]:
    """Author and colleague of one organisation, a reviewer and a reader of others."""
    home, other, city = (make_organization(name=name) for name in ("なぎさの家", "とまり木", "みなも市"))
    return {
        "author": person("member", organization=home),
        "colleague": person("partner", organization=home, name="瀬戸 まこと"),
        "reviewer": person("reviewer", organization=city),
        "reader": person("member", organization=other),
    }


def write(page: Page) -> None:
    """The form, filled in as somebody in a hurry would."""
    page.locator("input[name=consent][value=oral]").check()
    for name in ("consent_time", "life_stage", "household", "relative_time"):
        page.locator(f"select[name={name}]").select_option(str(CODED[name]))
    for name in ("concerns", "involved"):
        page.locator(f"input[name={name}][value={CODED[name][0]}]").check()
    page.locator("input[name=audience][value=core]").check()
    for name, words in (
        ("headline", "通う先が決まらない"),
        ("situation", SITUATION),
        ("tried", TRIED),
        ("asked", ASKED),
    ):
        page.locator(f"[name={name}]").fill(words)


def send(page: Page) -> None:
    """Check, and wait for the answer."""
    with page.expect_navigation():
        page.locator("form.case-form [data-again]").click()


def decide(mark: Any, number: int, *, by_keyboard: bool) -> None:
    """Take the first proposal, or write something where there is none."""
    radios = mark.locator("input[type=radio]")
    if not mark.locator("input[value^='to:']").count():
        mark.locator("input[value=own]").check()
        mark.locator("input[type=text]").fill(OWN if number % 2 else "（ふせます）")
    elif by_keyboard:
        radios.first.press("1")
    else:
        radios.first.check()


def clear(page: Page, *, script: bool) -> int:
    """Decide every mark, round after round, until the draft is kept. How many marks the first round had."""
    first = 0
    for round_ in range(ROUNDS):
        marks = page.locator("fieldset[data-mark]")
        if round_ == 0:
            first = marks.count()
        for number in range(marks.count()):
            decide(marks.nth(number), number, by_keyboard=script and number % 2 == 1)
        if script and round_ == 0:
            taken_back_and_done_again(page)
        send(page)
        if re.search(r"/cases/[0-9a-f-]{36}/$", page.url):
            return first
        expect(page.locator("fieldset[data-mark]").first).to_be_visible()
    raise AssertionError(page.locator("main").inner_text())


def taken_back_and_done_again(page: Page) -> None:
    """Two steps back, each seen in the text, and both taken again."""
    expect(page.locator("[data-count]")).to_have_text("ぜんぶ決まりました。もう一度たしかめてください。")
    expect(page.locator("textarea[name=situation]")).not_to_have_value(re.compile("34歳"))
    undo = page.get_by_role("button", name="一つ前にもどす")
    undo.click()
    expect(page.locator("[data-count]")).to_have_text("のこり1か所")
    undo.click()
    expect(page.locator("[data-count]")).to_have_text("のこり2か所")
    for _again in range(2):  # what is decided leaves the selection, so the first of the rest each time
        decide(page.locator("fieldset[data-mark]:not(.done)").first, 1, by_keyboard=False)
    expect(page.locator("[data-count]")).to_have_text("ぜんぶ決まりました。もう一度たしかめてください。")


def everything_stored() -> str:
    """All rows of all tables, as text."""
    return "\n".join(str(list(model._base_manager.values_list())) for model in apps.get_models())


@pytest.mark.parametrize(("size", "script"), [(DESK, True), (PHONE, False)], ids=["desk", "phone, no script"])
def test_a_dozen_traces_are_cleared_and_the_case_goes_out(
    visit: Callable[..., Any],
    people: dict[str, Any],
    post_office: Callable[[], list[Any]],
    size: dict[str, int],
    script: bool,
) -> None:
    window = visit(size=size, javascript=script)
    window.sign_in(people["author"].email)
    page = window.goto("/members/cases/new/")
    if script:
        assert axe_faults(page) == []
    write(page)
    send(page)
    expect(page.locator("fieldset[data-mark]").first).to_be_visible()
    assert not Case.objects.exists()
    if script:
        assert axe_faults(page) == []
    assert clear(page, script=script) >= LEAST

    case = Case.objects.get()
    assert [trace for trace in TRACES if trace in str(case.texts)] == []
    if script:
        assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    page.get_by_label("瀬戸 まこと").check()
    page.locator("form[action$='/submit/'] button").click()
    expect(page.get_by_text("さんが読んでいます")).to_be_visible()

    colleague = visit(size=size, javascript=script)
    colleague.sign_in(people["colleague"].email)
    page = colleague.goto(f"/members/cases/{case.pk}/first-reading/")
    expect(page.locator(".find.fixed").first).to_be_visible()
    page.get_by_role("button", name="匿名化の確認へ送る").click()
    page.wait_for_url("**/members/cases/")

    reviewer = visit(size=size, javascript=script)
    reviewer.sign_in(people["reviewer"].email)
    page = reviewer.goto(f"/members/cases/{case.pk}/review/")
    page.locator("input[name=verdict][value=release]").check()
    page.get_by_role("button", name="この答えで決める").click()
    expect(page.get_by_text("「出してよい」まで、あと").first).to_be_visible()
    if script:
        assert axe_faults(page) == []
    for fine in page.locator(".flagrow input[value=fine]").all():
        fine.check()
    for box in page.locator("input[name^=check-]").all():
        box.check()
    page.get_by_role("button", name="この答えで決める").click()
    page.wait_for_url("**/members/cases/review/")
    assert ReviewDecision.objects.get().verdict == "release"

    case.refresh_from_db()
    assert (case.state, release.open_due(at=case.opens_at)) == (CaseState.APPROVED, 1)
    reader = visit(size=size, javascript=script)
    reader.sign_in(people["reader"].email)
    page = reader.goto(f"/members/cases/{case.pk}/")
    expect(page.get_by_text(ASKED)).to_be_visible()
    expect(page.get_by_text("なぎさの家")).to_have_count(0)

    stored, mails = everything_stored(), "".join(mail.subject + str(mail.body) for mail in post_office())
    assert [trace for trace in TRACES if trace in stored + mails + page.content()] == []

"""The brake and a paper, in a real browser: without JavaScript, on a telephone and on a desk."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from casebook.models import Case, Incident, PrintedCopy
from tests.factories.cases import make_released
from tests.factories.people import make_organization
from tests.journeys.conftest import DESK, PHONE, Visit, axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Person = Callable[..., Any]


def path(name: str, *args: Any) -> str:
    return reverse(f"members:{name}", args=args)


def plain(page: Any) -> list[str]:
    """Nothing wrong for assistive technology, nothing wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return axe_faults(page) + (["too wide"] if wide else [])


def test_somebody_stops_a_case_and_the_secretariat_decides(visit: Callable[..., Visit], person: Person) -> None:
    reader = person("member", organization=make_organization(name="とまり木"), name="水野 さくら")
    office = person("secretariat", organization=make_organization(name="福祉総務課"), name="浜 ゆう")
    case = make_released()
    window = visit(javascript=False, size=PHONE)
    page = window.sign_in(reader.email)
    window.goto(path("case_detail", case.pk))
    page.get_by_role("button", name="止める（特定されるおそれ）").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path('case_stopped', case.pk)}")
    assert page.get_by_role("heading", level=1).inner_text() == "止めました"
    page.get_by_label("めずらしい話で、この町なら思い当たる").check()
    page.get_by_role("button", name="事務局に伝える").click()
    assert page.goto(window.base + path("case_detail", case.pk)).status == 404  # type: ignore[union-attr]

    desk = visit(size=DESK)
    page = desk.sign_in(office.email)
    desk.goto(path("office_incidents"))
    assert plain(page) == []
    page.get_by_role("link", name=re.compile("^インシデント ")).click()
    assert "めずらしい話で" in page.inner_text("main")
    assert "あと4日" in page.inner_text("main")
    assert plain(page) == []
    page.get_by_label("特定のおそれはなかった（もとどおり見えるようにする）").check()
    page.get_by_role("button", name="この内容で決める").click()
    page.wait_for_load_state()
    assert Incident.objects.get().verdict == "unfounded"
    assert window.page.goto(window.base + path("case_detail", case.pk)).status == 200  # type: ignore[union-attr]
    small = visit(size=PHONE)
    page = small.sign_in(reader.email)
    for name, args in (("case_stopped", [case.pk]), ("case_copies", [])):
        small.goto(path(name, *args))
        assert plain(page) == []


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not on this machine")
def test_every_sheet_of_a_paper_bears_its_number_and_whose_it_is(
    visit: Callable[..., Visit], person: Person, tmp_path: Path
) -> None:
    reader = person("member", organization=make_organization(name="とまり木"), name="水野さくら")
    case = make_released()
    Case.objects.filter(pk=case.pk).update(
        situation="月に二回、家で話をしている。" * 200
    )  # no case is so long: for several sheets
    window = visit(size=DESK)
    page = window.sign_in(reader.email)
    window.goto(path("case_detail", case.pk))
    page.get_by_role("button", name="番号つきで印刷する").click()
    page.wait_for_url(f"**{path('case_print', case.pk)}")
    copy = PrintedCopy.objects.get()
    assert plain(page) == []
    file = tmp_path / "paper.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    sheets = sheets_of(file)
    assert len(sheets) == 3
    for sheet in sheets:
        assert copy.number in sheet
        assert "水野さくら" in sheet
        assert "複写しない・会議のあと回収" in sheet
    assert "もう一度印刷すると" not in "".join(sheets)  # the help stays on the screen


def sheets_of(file: Path) -> list[str]:
    """The text of each page, without blanks."""
    text = subprocess.run(["pdftotext", str(file), "-"], check=True, capture_output=True, text=True).stdout
    return [re.sub(r"\s", "", sheet) for sheet in text.split("\f") if sheet.strip()]

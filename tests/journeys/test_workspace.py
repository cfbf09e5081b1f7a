"""Into the workspace: an invitation, a passkey, the pledge that opens the casebook, a material given, renewed, taken."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from directory.models import Pledge, User
from tests.factories.corpus import pdf
from tests.factories.people import charter_in_force
from tests.journeys.conftest import PHONE, axe_faults
from tests.journeys.test_accounts import accept, keep_the_codes, letter, with_a_device
from workshops.models import Material, MaterialDownload

__all__ = ["letter"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def papers(tmp_path: Path) -> dict[str, str]:
    """Two files as people have them on their phone, and one that only pretends to be one."""
    files = {
        "進行.pdf": pdf(b""),
        "進行 第2版.pdf": pdf(b"/Lang (ja)"),
        "にせもの.pdf": b"<html><script>alert(1)</script></html>",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return {name: str(tmp_path / name) for name in files}


def test_from_the_invitation_to_a_material_in_use(
    visit: Callable[..., Any], letter: str, papers: dict[str, str]
) -> None:
    version = charter_in_force()
    window = visit(size=PHONE)
    page = window.goto(letter)
    with_a_device(page)
    accept(page)
    page.locator("a[href='/accounts/2fa/webauthn/add/']").click()
    page.locator("#mfa_webauthn_add").click()
    keep_the_codes(page)

    # The casebook waits for the pledge; every other page does not.
    page.locator("nav a[href='/members/cases/']").first.click()
    page.wait_for_url(re.compile("/members/rules/pledge/"))
    assert axe_faults(page) == []
    page.get_by_role("button", name="読みました").or_(page.locator("main form[method=post] .btn")).first.click()
    page.wait_for_url("**/members/cases/")
    assert list(Pledge.objects.filter(user__email="nagi@example.jp").values_list("version", flat=True)) == [version.pk]

    # A material: the false file is named, what was typed and the true file stay.
    page.locator("nav a[href='/members/materials/']").first.click()
    page.locator("a[href='/members/materials/new/']").first.click()
    page.fill("[name=title]", "断られたあとの声かけ")
    page.fill("[name=purpose]", "三つの場面で練習します。")
    page.set_input_files("[name=files_slides]", papers["進行.pdf"])
    page.set_input_files("[name=files_other]", papers["にせもの.pdf"])
    page.locator("main form button.btn").last.click()
    expect(page.locator("main .err").first).to_contain_text("にせもの.pdf")
    expect(page.locator("[name=title]")).to_have_value("断られたあとの声かけ")
    assert axe_faults(page) == []
    assert Material.objects.count() == 0
    page.locator("main form button.btn").last.click()
    page.wait_for_url(re.compile(r"/members/materials/[0-9a-z]+/$"))
    assert axe_faults(page) == []
    material = Material.objects.get()

    # A new version; the earlier one stays to be seen.
    page.locator("a[href$='/version/']").first.click()
    page.fill("[name=note]", "言いかたを一つ足しました。")
    page.set_input_files("[name=files_slides]", papers["進行 第2版.pdf"])
    page.locator("main form button.btn").last.click()
    page.wait_for_url(re.compile(r"/members/materials/[0-9a-z]+/$"))
    expect(page.locator("main")).to_contain_text("第2版")
    material.refresh_from_db()
    assert material.version_number == 2

    with page.expect_download() as download:
        page.locator("main a[href*='/members/materials/files/']:visible").first.click()
    assert download.value.path().read_bytes()[:5] == b"%PDF-"
    taken = MaterialDownload.objects.get()
    assert taken.user == User.objects.get(email="nagi@example.jp")

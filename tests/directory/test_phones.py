"""Numbers that ring, and samples that must not."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import override_settings

from directory.phones import PhoneKind, clean_phone, phone

READ = [
    ("0865-63-8515", "+81865638515", "0865-63-8515", "tel:+81865638515", PhoneKind.E164),
    ("０８６５−６３−８５１５", "+81865638515", "0865-63-8515", "tel:+81865638515", PhoneKind.E164),
    ("0865ー63ー8515", "+81865638515", "0865-63-8515", "tel:+81865638515", PhoneKind.E164),
    (" 0865 63 8515 ", "+81865638515", "0865-63-8515", "tel:+81865638515", PhoneKind.E164),
    ("(0436)50-2312", "+81436502312", "0436-50-2312", "tel:+81436502312", PhoneKind.E164),
    ("+81 865-63-8515", "+81865638515", "0865-63-8515", "tel:+81865638515", PhoneKind.E164),
    ("0120494949", "+81120494949", "0120-494-949", "tel:+81120494949", PhoneKind.E164),
    ("#9999", "#9999", "#9999", "tel:%239999", PhoneKind.SHORT),
    ("＃９９９９", "#9999", "#9999", "tel:%239999", PhoneKind.SHORT),
    ("189", "189", "189", "tel:189", PhoneKind.SHORT),
]


@pytest.mark.parametrize(("typed", "stored", "display", "href", "kind"), READ)
def test_numbers(typed: str, stored: str, display: str, href: str, kind: PhoneKind) -> None:
    assert clean_phone(typed) == stored
    shown = phone(stored)
    assert (shown.kind, shown.display, shown.href, shown.is_sample) == (kind, display, href, False)


@pytest.mark.parametrize(
    "typed", ["0120-CALL", "内線12", "電話", "0865-63-8515 内線2", "", "abc", "１２３あ", "\x00", "0865-63-8515;ext=1"]
)
def test_letters_are_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValidationError) as caught:
        clean_phone(typed)
    assert caught.value.code == "letters"
    assert caught.value.messages == [
        "電話番号は、数字とハイフンで書いてください。例：0865-63-8515。内線などは「補足」の欄へ。"
    ]


@pytest.mark.parametrize("typed", ["12345", "9999-99-9999", "03-1234-5678 #12", "0" * 40, "+", "#"])
def test_numbers_that_cannot_ring(typed: str) -> None:
    with pytest.raises(ValidationError) as caught:
        clean_phone(typed)
    assert caught.value.code == "impossible"


def test_samples_only_in_the_demo() -> None:
    with pytest.raises(ValidationError) as caught:
        clean_phone("0000-00-0001")
    assert caught.value.code == "sample"
    with override_settings(DEMO=True):
        assert clean_phone("００００-00-0001") == "0000-00-0001"
    shown = phone("0000-00-0001")
    assert (shown.is_sample, shown.href, shown.display) == (True, "", "0000-00-0001")

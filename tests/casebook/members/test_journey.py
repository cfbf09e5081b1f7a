"""The main line: written, checked, released by another person, answered, taken up, closed; all by the screens."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from casebook.enums import CaseState, Check, OfferState, Outcome
from casebook.models import Access, Case, Offer
from cms import outbox
from tests.factories.cases import CODED, TEXTS, opened
from tests.factories.people import make_organization

POSTED = {**CODED, **TEXTS}


@pytest.mark.django_db
def test_a_case_from_the_first_line_to_the_outcome(login: Callable[..., Any]) -> None:
    asking, other, city = (make_organization(name=name) for name in ("なぎさの家", "とまり木", "みなも市"))
    author, author_user = login("member", organization=asking)
    helper, helper_user = login("member", organization=other)
    reviewer, _reviewer_user = login("reviewer", organization=city)
    colleague, colleague_user = login("partner", organization=asking)

    written = author.post(reverse("members:case_new"), POSTED)
    case = Case.objects.get()
    assert (written.status_code, written["Location"]) == (302, reverse("members:case_detail", args=[case.pk]))
    assert helper.get(reverse("members:case_detail", args=[case.pk])).status_code == 404

    handed_in = author.post(reverse("members:case_submit", args=[case.pk]), {"first_reader": colleague_user.pk})
    assert handed_in.status_code == 302
    assert reviewer.get(reverse("members:case_review", args=[case.pk])).status_code == 404
    first = colleague.get(reverse("members:case_first_reading", args=[case.pk])).content.decode()
    assert TEXTS["asked"] in first
    assert colleague.post(reverse("members:case_pass_on", args=[case.pk])).status_code == 302
    review = reviewer.get(reverse("members:case_review", args=[case.pk]))
    assert TEXTS["asked"] in review.content.decode()
    assert asking.name not in review.content.decode()

    decision = {"verdict": "release", **{f"check-{check}": "on" for check in Check.values}}
    released = reviewer.post(reverse("members:case_decide", args=[case.pk]), decision)
    assert (released.status_code, released["Location"]) == (302, reverse("members:case_review_list"))

    assert helper.get(reverse("members:case_detail", args=[case.pk])).status_code == 404
    opened(Case.objects.get())
    seen = helper.get(reverse("members:case_detail", args=[case.pk])).content.decode()
    assert TEXTS["situation"] in seen
    assert asking.name not in seen
    answer = {"stance": "together", "text": "午前の会議室が空いています。"}
    assert helper.post(reverse("members:case_offer", args=[case.pk]), answer).status_code == 302
    offer = Offer.objects.get()
    assert author.post(reverse("members:offer_accept", args=[case.pk, offer.pk])).status_code == 302
    assert asking.name in helper.get(reverse("members:case_detail", args=[case.pk])).content.decode()

    closing = {"outcome": "found", "note": "少しずつ外へ出る日がふえた。"}
    assert author.post(reverse("members:case_close", args=[case.pk]), closing).status_code == 302
    case.refresh_from_db()
    offer.refresh_from_db()
    assert (case.state, case.outcome, offer.state) == (CaseState.CLOSED, Outcome.FOUND, OfferState.ACCEPTED)
    assert list(Access.objects.order_by("pk").values_list("user", "how")) == [
        (colleague_user.pk, "first"),
        (_reviewer_user.pk, "review"),
        (helper_user.pk, "view"),
        (helper_user.pk, "view"),
    ]

    outbox.deliver_due()
    assert {case.number in message.subject for message in mail.outbox} == {True}
    written_words = [*TEXTS.values(), answer["text"], closing["note"]]
    assert [w for w in written_words for m in mail.outbox if w in m.subject + str(m.body)] == []
    assert {author_user.email, helper_user.email} <= {to for message in mail.outbox for to in message.to}


@pytest.mark.django_db
def test_a_text_with_marks_comes_back_and_is_not_stored(login: Callable[..., Any]) -> None:
    author, _user = login("member", organization=make_organization())
    trace = "田中さん（34歳）は4月12日に来た。電話は090-1234-5678。"
    page = author.post(reverse("members:case_new"), {**POSTED, "situation": trace})
    form = page.context["form"]
    assert page.status_code == 200
    assert [mark.concern.words for mark in form.marks()] == ["田中", "34歳", "4月12日", "090-1234-5678"]
    assert Case.objects.count() == 0
    body = page.content.decode()
    assert "印がなくても、安全とはかぎりません。" in body
    assert TEXTS["asked"] in body
    assert re.search(r'<span class="find" data-at="[0-9a-f]{16}">田中<sup>1</sup></span>', body)

    fixes = {f"fix-{mark.concern.key}": f"to:{mark.concern.proposals[0]}" for mark in form.marks()}
    again = author.post(reverse("members:case_new"), {**POSTED, "situation": trace, **fixes})
    assert again.status_code == 302
    case = Case.objects.get()
    assert case.situation == "Aさん（30代）は春ごろに来た。電話は（連絡先は伏せます）。"
    assert case.changed == {"PERSON": 1, "AGE": 1, "DATE": 1, "PHONE": 1}

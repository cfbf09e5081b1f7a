"""The screens of the rules: what is typed is kept, what is foreign is not found, what differs is said in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from cms import dates
from directory.actions import charter as actions
from directory.models import CharterComment, CharterVersion
from tests.directory.charter.making import accept, make_charter, make_version
from tests.directory.charter.test_talk import proposed
from tests.factories.people import make_organization, make_user

pytestmark = pytest.mark.django_db
Login = Callable[..., Any]
BASE = "第1条（目的）\nまもる。\n\n第2条（記録）\n残す。"


def test_written_article_by_article_it_becomes_one_text(login: Login) -> None:
    client, user = login("member", organization=make_organization())
    CharterVersion.objects.update(text=BASE)
    held = CharterVersion.objects.get()
    started = client.post(reverse("members:rule_start", args=[held.pk]))
    draft = CharterVersion.objects.get(base=held)
    assert started["Location"] == reverse("members:rule_edit", args=[draft.pk])
    posted = {
        "changes": "参加を足します。",
        "article": ["第1条（目的）\r\nまもる。\r\n第2条（参加）\r\n来る。", "", "第3条（記録）\r\n残す。"],
        "propose": "1",
    }
    answer = client.post(reverse("members:rule_edit", args=[draft.pk]), posted)
    assert answer["Location"] == reverse("members:rule_propose", args=[draft.pk])
    draft.refresh_from_db()
    assert draft.text == "第1条（目的）\nまもる。\n第2条（参加）\n来る。\n\n第3条（記録）\n残す。"
    assert (draft.proposed_by, draft.organization) == (user, user.organization)


def test_differences_are_marked_for_the_eye_and_said_in_words(login: Login) -> None:
    client, user = login("member", organization=make_organization())
    CharterVersion.objects.update(text=BASE)
    proposal = proposed(user, BASE.replace("残す。", "一年だけ残す。"))
    page = client.get(reverse("members:rule_version", args=[proposal.pk])).content.decode()
    assert '<ins><span class="vh">［追加：</span>一年だけ<span class="vh">］</span></ins>' in page
    assert "変わりません" in page
    plain = client.get(reverse("members:rule_version", args=[proposal.pk]) + "?plain=1").content.decode()
    assert "<ins><span" not in plain


def test_an_empty_comment_comes_back_beside_its_article(login: Login) -> None:
    client, _user = login("member", organization=make_organization())
    proposal = proposed(make_user("secretariat", organization=make_organization(kind="city"), pledged=False))
    url = reverse("members:rule_comment", args=[proposal.pk])
    answer = client.post(url, {"form": "c1", "article": "第1条", "c1-text": "  "})
    assert answer.status_code == 422
    assert "まだ何も書かれていません。" in answer.content.decode()
    long = client.post(url, {"form": "c1", "article": "第1条", "c1-text": "長い" * 2001})
    assert "長い" * 2001 in long.content.decode()
    assert CharterComment.objects.count() == 0
    said = client.post(url, {"form": "c1", "article": "第1条", "c1-text": "よいです。"})
    assert said["Location"] == f"{proposal.get_absolute_url()}#said-{CharterComment.objects.get().pk}"


def test_two_versions_are_compared_only_when_both_may_be_read(login: Login) -> None:
    client, _user = login("member", organization=make_organization())
    held = CharterVersion.objects.get()
    foreign, _together = actions.start(
        by=make_user("member", organization=make_organization(), pledged=False), charter=make_charter()
    )
    url = reverse("members:rule_compare")
    statuses = {
        given: client.get(url, {"a": held.pk, "b": given}).status_code
        for given in (held.pk, foreign.pk, 999_999, "x", "", "９")
    }
    assert statuses == {held.pk: 200, foreign.pk: 404, 999_999: 404, "x": 404, "": 404, "９": 404}


def test_the_library_asks_the_same_however_much_there_is(login: Login, django_assert_max_num_queries: Any) -> None:
    client, user = login("member", organization=make_organization())
    url = reverse("members:rules")
    client.get(url)
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(60) as asked:
            client.get(url)
        counts.append(len(asked))
        for _each in range(3):
            proposed(user, f"第1条（目的）\n{CharterVersion.objects.count()}")
            actions.start(by=user, charter=make_charter())
    assert counts[0] == counts[1]


def test_the_page_of_the_pledge_shows_what_changed_and_takes_no_other_version(login: Login) -> None:
    client, user = login("member", organization=make_organization(), pledged=False)
    first = make_version(1, dates.today() - dt.timedelta(days=30), text=BASE)
    accept(user, first)
    held = make_version(2, dates.today(), text=BASE.replace("残す。", "一年だけ残す。"))
    page = client.get(reverse("members:pledge")).content.decode()
    assert "誓約した第1版から変わったところ" in page
    refused = client.post(reverse("members:pledge"), {"version": first.pk})
    assert "いまは、別の版が効いています。" in refused.content.decode()
    assert client.post(reverse("members:pledge"), {"version": held.pk}).status_code == 302


def test_the_list_of_pledges_leaves_as_csv(login: Login) -> None:
    client, office = login("secretariat", organization=make_organization(name="みなも市", kind="city"))
    make_user("member", organization=make_organization(name="=会"), name="湊", pledged=False)
    rows = client.get(reverse("members:office_rules_csv")).content.decode("utf-8-sig").splitlines()
    assert rows[1].startswith("'=会,湊,まだ誓約していません,,")
    assert rows[2].startswith(f"みなも市,{office.name},誓約ずみ,1,")


def test_a_notice_stands_over_the_members_pages_and_only_while_something_waits(login: Login) -> None:
    client, user = login("member", organization=make_organization(), pledged=False)
    held = make_version(1, dates.today())
    assert "pledge-notice" in client.get(reverse("members:rules")).content.decode()
    accept(user, held)
    assert "pledge-notice" not in client.get(reverse("members:rules")).content.decode()

"""News for people: written as codes, shown while the thing may be seen, muted without loss, counted honestly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.signals import purging
from directory.actions import notifications as actions
from directory.models import Mute, Notification, User
from directory.queries import notifications as queries
from directory.queries.notifications import Kind, register_kind
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
LIST = "/members/notifications/"


@pytest.fixture
def seen() -> Iterator[dict[str, str]]:
    """Kinds of this test: two of a family "stone", one of its own; what may be seen now, by key → title."""
    things = {"1": "石いち", "2": "石に"}

    def those(user: Any, targets: Sequence[str]) -> dict[str, str]:
        User.objects.filter(pk=user.pk).exists()  # a kind asks the database once
        return {target: things[target] for target in targets if target in things}

    def only_keys(user: Any, targets: Sequence[str]) -> set[str]:
        return set(targets)

    for name, words in (("stone_found", "が見つかりました。"), ("stone_moved", "が動きました。")):
        register_kind(
            Kind(name, name, those, lambda row, words=words: row.thing + words, lambda row: "/members/", thing="stone")
        )
    register_kind(Kind("rain", "雨", only_keys, lambda row: f"雨 {row.codes['mm']}", lambda row: "/members/?rain"))
    before = dict(queries._kinds)
    yield things
    for name in ("stone_found", "stone_moved", "rain"):
        before.pop(name)
    queries._kinds.clear()
    queries._kinds.update(before)


def tell(user: User, kind: str = "stone_found", target: str = "1", key: str = "k1", **codes: Any) -> None:
    actions.notify(kind=kind, people=[user], target=target, key=key, **codes)


# --- writing -------------------------------------------------------------------------------------


def test_once_a_person(seen: Any) -> None:
    one, two = make_user("member"), make_user("member")
    assert actions.notify(kind="rain", people=[one, two, one], target=7, key="rain:7", mm=3) == 2
    actions.notify(kind="rain", people=[one], target=7, key="rain:7", mm=4)
    assert sorted(Notification.objects.values_list("user", "target", "key", "codes__mm")) == sorted(
        [
            (one.pk, "7", "rain:7", 3),
            (two.pk, "7", "rain:7", 3),
        ]
    )


@pytest.mark.parametrize(
    "given",
    [
        {"key": "k", "target": "1", "title": "会議のお知らせ"},
        {"key": "k", "target": "石"},
        {"key": "はな", "target": "1"},
        {"key": "", "target": "1"},
        {"key": "k" * 121, "target": "1"},
        {"key": "k", "target": "1", "words": "two words"},
        {"key": "k", "target": "1", "ratio": 0.5},
    ],
)
def test_codes_only(seen: Any, given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not a code"):
        actions.notify(kind="rain", people=[make_user()], **given)
    assert Notification.objects.count() == 0


# --- what may be shown ----------------------------------------------------------------------------


def test_rows_vanish_with_the_right_to_see_and_do_not_count(seen: dict[str, str]) -> None:
    user = make_user("member")
    tell(user, target="1", key="a")
    tell(user, target="2", key="b")
    tell(user, kind="nobody_knows", target="1", key="c")
    assert (len(queries.topics(user)), queries.unread_count(user)) == (2, 2)
    del seen["2"]
    assert ([topic.newest.target for topic in queries.topics(user)], queries.unread_count(user)) == (["1"], 1)


def test_news_of_one_thing_is_one_entry(seen: Any, frozen: Callable[[str], Any]) -> None:
    clock = frozen("2026-12-03T09:00+09:00")
    user = make_user("member")
    for number, (kind, target) in enumerate([("stone_found", "1"), ("stone_found", "2"), ("stone_moved", "1")]):
        tell(user, kind=kind, target=target, key=str(number))
        clock.shift(dt.timedelta(minutes=1))
    topics = queries.topics(user)
    assert [[words for _row, words in topic.lines] for topic in topics] == [
        ["石いちが動きました。", "石いちが見つかりました。"],
        ["石にが見つかりました。"],
    ]
    assert queries.unread_count(user) == 2
    assert actions.mark_read(user, kind="stone_found", target="1") == 2  # both kinds speak of it
    assert queries.unread_count(user) == 1


def test_only_the_latest_are_looked_at_and_the_count_agrees(seen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "LATEST", 3)
    user = make_user("member")
    for number in range(5):
        tell(user, kind="rain", target=str(number), key=str(number), mm=number)
    assert len(queries.topics(user)) == queries.unread_count(user) == 3


# --- muting -----------------------------------------------------------------------------------------


def test_muting_a_thing_and_hearing_of_it_again(seen: Any) -> None:
    user = make_user("member")
    tell(user, key="a")
    tell(user, target="2", key="b")
    mute = actions.mute(by=user, kind="stone_found", target="1")
    tell(user, kind="stone_moved", key="c")  # muted: the family goes together
    assert [topic.newest.target for topic in queries.topics(user)] == ["2"]
    assert queries.unread_count(user) == 1
    assert [(each.label, each.words) for each in queries.muted_things(user)] == [
        ("stone_found", "石いちが見つかりました。")
    ]
    actions.unmute(by=user, mute=mute)
    assert sorted(topic.newest.target for topic in queries.topics(user)) == ["1", "2"]
    assert not Mute.objects.exists()


def test_a_muted_thing_is_not_named_when_it_may_not_be_seen(seen: dict[str, str]) -> None:
    user = make_user("member")
    tell(user)
    actions.mute(by=user, kind="stone_found", target="1")
    del seen["1"]
    assert [each.words for each in queries.muted_things(user)] == [""]


def test_muting_kinds_leaves_things_alone(seen: Any) -> None:
    user = make_user("member")
    tell(user, kind="rain", target="7", key="a", mm=1)
    tell(user, key="b")
    actions.mute(by=user, kind="stone_found", target="2")
    actions.mute_kinds(by=user, names=["rain"], among=["rain", "stone_found", "unknown"])
    assert queries.muted_kinds(user) == {"rain"}
    assert [topic.newest.kind for topic in queries.topics(user)] == ["stone_found"]
    actions.mute_kinds(by=user, names=[], among=["rain"])
    assert queries.muted_kinds(user) == set()
    assert len(queries.topics(user)) == 2
    assert Mute.objects.exclude(target="").count() == 2


def test_mutes_are_each_persons_own(seen: Any) -> None:
    one, two = make_user("member"), make_user("member")
    actions.mute(by=one, kind="rain", target="7")
    actions.notify(kind="rain", people=[one, two], target=7, key="x", mm=1)
    assert (queries.unread_count(one), queries.unread_count(two)) == (0, 1)


# --- the screen -----------------------------------------------------------------------------------


def test_the_list_marks_what_is_unread_in_words(seen: Any, login: Callable[..., Any]) -> None:
    client, user = login("member")
    tell(user)
    text = client.get(LIST).content.decode()
    assert text.count(">未読<") == 1
    assert "石いちが見つかりました。" in text
    assert '<span class="n">1<' in text  # in the navigation too
    row = Notification.objects.get()
    response = client.get(f"{LIST}{row.pk}/")
    assert (response.status_code, response.url) == (302, "/members/")
    text = client.get(LIST).content.decode()
    assert "石いちが見つかりました。" in text
    assert ">未読<" not in text
    assert '<span class="n">' not in text


def test_looking_ahead_marks_nothing(seen: Any, login: Callable[..., Any]) -> None:
    client, user = login("member")
    tell(user)
    address = f"{LIST}{Notification.objects.get().pk}/"
    assert client.head(address).status_code == 302
    assert client.get(address, headers={"Sec-Purpose": "prefetch;prerender"}).status_code == 302
    assert queries.unread_count(user) == 1
    client.get(address)
    assert queries.unread_count(user) == 0


def test_foreign_and_closed_news_is_missing(seen: dict[str, str], login: Callable[..., Any]) -> None:
    client, user = login("member")
    tell(make_user("member"), key="theirs")
    tell(user, key="mine", target="2")
    theirs, mine = Notification.objects.order_by("pk")
    del seen["2"]
    for pk in (theirs.pk, mine.pk, 999_999, 10**30):
        assert client.get(f"{LIST}{pk}/").status_code == 404
        assert client.post(f"{LIST}{pk}/mute/").status_code == 404
    assert Notification.objects.unread().count() == 2
    assert not Mute.objects.exists()


def test_muting_can_be_undone_at_once(seen: Any, login: Callable[..., Any]) -> None:
    client, user = login("member")
    tell(user)
    response = client.post(f"{LIST}{Notification.objects.get().pk}/mute/", follow=True)
    mute = response.context["just_muted"]
    text = response.content.decode()
    assert "取り消す" in text
    assert "石いちが見つかりました。" in text  # among what is muted
    assert response.context["page"].object_list == []
    client.post(f"{LIST}muted/{mute.pk}/hear/")
    assert queries.unread_count(user) == 1


def test_nobody_undoes_for_another(seen: Any, login: Callable[..., Any]) -> None:
    client, _user = login("member")
    mute = actions.mute(by=make_user("member"), kind="rain", target="7")
    assert client.post(f"{LIST}muted/{mute.pk}/hear/").status_code == 404
    assert client.get(LIST, {"muted": str(mute.pk)}).context["just_muted"] is None
    assert client.get(LIST, {"muted": "9" * 5000}).status_code == 200
    assert Mute.objects.filter(pk=mute.pk).exists()


def test_mark_all_as_read(seen: Any, login: Callable[..., Any]) -> None:
    client, user = login("member")
    tell(user, key="a")
    tell(make_user(), key="b")
    assert client.post(f"{LIST}read/").status_code == 302
    assert queries.unread_count(user) == 0
    assert Notification.objects.unread().count() == 1


def test_an_empty_list_says_so(login: Callable[..., Any]) -> None:
    text = login("member")[0].get(LIST).content.decode()
    assert "新しいお知らせはありません。" in text
    assert "すべて既読にする" not in text


def test_pages(seen: Any, login: Callable[..., Any]) -> None:
    client, user = login("member")
    for number in range(25):
        tell(user, kind="rain", target=str(number), key=str(number), mm=number)
    assert len(client.get(LIST).context["page"].object_list) == 20
    assert len(client.get(LIST, {"page": "2"}).context["page"].object_list) == 5


def test_a_constant_number_of_questions(seen: Any, login: Callable[..., Any]) -> None:
    client, user = login("member")
    asked = []
    for number in (1, 50):
        for each in range(number):
            tell(user, kind="rain", target=str(each), key=f"r{each}", mm=each)
        tell(user, key="s")
        with CaptureQueriesContext(connection) as seen_queries:
            assert client.get(LIST).status_code == 200
        asked.append(len(seen_queries))
    assert asked[0] == asked[1]
    with CaptureQueriesContext(connection) as counting:
        assert queries.unread_count(user) == 51
    assert len(counting) == 2  # the rows, and one question of the kind "stone" ("rain" asks nothing)


def test_old_news_is_forgotten(seen: Any) -> None:
    user = make_user("member")
    tell(user, key="old")
    Notification.objects.update(created_at=timezone.now() - dt.timedelta(days=181))
    tell(user, key="new")
    answers = [answer for _receiver, answer in purging.send(sender=None, now=timezone.now())]
    assert {"notifications": 1} in answers
    assert list(Notification.objects.values_list("key", flat=True)) == ["new"]

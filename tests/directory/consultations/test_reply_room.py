"""The person's room: how it stands, who reads along, writing on, and nothing lost."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms import dates, keys
from directory.actions.consultations import receiving, sending
from directory.enums import ConsultationState, HandingEvent
from directory.models import Consultation, Hold, Message
from directory.public.consult.reply import SALT
from directory.queries.consultations.reply import EVENTS, SOMETHING, room_of
from tests.directory.consultations import rooms
from tests.factories.consultations import WORDS, delete_as_told, make_counsellor, make_reception, send
from tests.house.messages import ROOT

pytestmark = pytest.mark.django_db

ROOM = "/consult/reply/"
NOON = "2026-12-03T12:00+09:00"
State = ConsultationState


class Scene:
    """A desk with one counsellor, a consultation there, and a browser in which its room is open."""

    def __init__(self) -> None:
        self.desk = make_reception(people=0).desk
        self.counsellor = make_counsellor(self.desk, name="相談 花子")
        sent = send(self.desk)
        self.it, self.words = sent.consultation, " ".join(sent.code)
        self.browser = Client()
        assert self.enter().status_code == 302

    def enter(self, browser: Client | None = None, **fields: str) -> Any:
        return (browser or self.browser).post(ROOM, {"code": self.words, **fields})

    def page(self) -> str:
        return main_of(self.browser.get(ROOM))

    def write(self, text: str, key: str | None = None) -> Any:
        fields = rooms.of(self.it, text=text, key=keys.new_form_key(SALT) if key is None else key)
        return self.browser.post(ROOM, fields)

    def answer(self, text: str = "読みました。ねむれていますか。") -> None:
        receiving.answer(by=self.counsellor, consultation=self.it, text=text, form_key=text)

    def said(self) -> list[str | None]:
        return list(self.it.messages.filter(author="person").values_list("text", flat=True))


def main_of(response: Any) -> str:
    """What stands between the head and the foot of a page, in one line."""
    body = response.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"[ \n]+", " ", body)


def track(page: str) -> list[tuple[str, str]]:
    """(state, words) of the points of the track."""
    found = re.findall(r'<li class="(done|now|todo)"[^>]*>(.*?)</li>', page)
    return [(state, re.sub(r"<[^>]+>", "", words)) for state, words in found]


def test_the_way_from_the_first_word_to_the_end(frozen: Any) -> None:
    frozen(NOON)
    scene = Scene()
    page = scene.page()
    assert '<h1 class="mt8">届いています </h1>' in page
    assert "12月7日（月）17時までに、返事を書きます" in page
    assert "返事がくるまで、消えません" in page
    assert [state for state, _words in track(page)] == ["now", "todo", "todo", "todo", "todo"]
    frozen("2026-12-04T09:00+09:00")
    receiving.read(by=scene.counsellor, consultation=scene.it)
    scene.enter()
    assert "読みました。返事は、これから書きます" in scene.page()
    scene.answer()
    page = scene.page()
    assert ("返事がきています" in page, "いまは、あなたの番です" in page) == (True, True)
    assert "2027年（令和9年）3月4日（木）にいったんおわりになり、その90日あとに消えます" in page
    frozen("2026-12-05T09:00+09:00")
    scene.enter()
    assert scene.write("はい、あまり。").status_code == 302
    page = scene.page()
    assert "つづきが届きました" in page
    assert track(page) == [
        ("done", "届いた12/3"), ("done", "読んだ12/4"), ("done", "返事12/4"), ("now", "つづき12/5"), ("todo", "おわり"),
    ]  # fmt: skip
    receiving.close(by=scene.counsellor, consultation=scene.it, outcome="o1")
    page = scene.page()
    assert "いったん、おわりにしています" in page
    assert "2027年（令和9年）3月5日（金）に消えます。また書くと、のびます" in page
    assert track(page)[-1] == ("now", "おわり12/5")
    scene.write("もう一度いいですか")  # opens it again
    assert "つづきが届きました" in scene.page()


def test_late_and_the_way_to_call(frozen: Any) -> None:
    frozen(NOON)
    scene = Scene()
    frozen("2026-12-08T10:00+09:00")  # a Tuesday; the desk's telephone is on
    scene.enter()
    page = scene.page()
    assert "遅れています、ごめんなさい。" in page
    card = page.split('class="now-card')[1].split("</section>")[0]
    assert 'href="tel:+81865638515"' in card
    frozen("2026-12-08T22:00+09:00")
    scene.enter()
    card = scene.page().split('class="now-card')[1].split("</section>")[0]
    assert ("0865-63-8515" in card, "tel:" in card, scene.desk.get_absolute_url() in card) == (True, False, True)


def test_another_way_of_contact_and_being_set_aside_are_said_plainly() -> None:
    scene = Scene()
    receiving.write_note(by=scene.counsellor, consultation=scene.it, text="電話した", kind="phone")
    page = scene.page()
    assert ("窓口から連絡しました" in page, "電話した" in page) == (True, False)
    assert f"{scene.desk.name}が、ほかの方法で連絡をとりました" in page
    receiving.set_aside(by=scene.counsellor, consultation=scene.it)
    page = scene.page()
    assert "お知らせや広告として受けとりました" in page
    assert "ちがうときは、ひとこと書いてください" in page


def test_who_reads_it_and_never_a_counsellors_name() -> None:
    scene = Scene()
    make_counsellor(scene.desk)
    make_counsellor(scene.desk, is_active=False)
    scene.answer("おはようございます")
    page = scene.page()
    assert "おはようございます" in page
    assert f"{scene.desk.name}　相談員" in page
    assert re.sub(r"<[^>]+>", "", page).count("相談員 2人") == 1
    assert ("花子" in page, scene.it.number in page, str(scene.it.pk) in page) == (False, False, False)


def test_every_event_that_is_written_has_its_words() -> None:
    written = {
        name
        for path in (ROOT / "directory").rglob("*.py")
        for name in re.findall(r'states\.note\(\w+, "(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert "closed" in written
    assert written | {str(event) for event in HandingEvent} == set(EVENTS)
    scene = Scene()
    Message.objects.create(consultation=scene.it, author="note", desk=scene.desk, event="of_tomorrow")
    assert str(SOMETHING) in scene.page()


def test_the_questions_to_the_database_do_not_grow_with_the_messages() -> None:
    scene = Scene()
    scene.answer("はじめ")
    scene.page()
    with CaptureQueriesContext(connection) as few:
        scene.page()
    for number in range(12):
        Message.objects.create(consultation=scene.it, desk=scene.desk, author="desk", text=f"{number}")
        Message.objects.create(consultation=scene.it, text=f"{number}")
        Message.objects.create(consultation=scene.it, desk=scene.desk, author="note", event="contacted")
    with CaptureQueriesContext(connection) as many:
        page = scene.page()
    assert page.count('<li class="mine">') == 13
    assert len(few) == len(many) <= 30


def test_what_a_person_writes_is_shown_as_it_is_and_is_no_html() -> None:
    scene = Scene()
    scene.write("<script>alert(1)</script>\n\n二段め %(desk)s {{ x }}")
    page = scene.page()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</p> <p>二段め %(desk)s {{ x }}</p>" in page


# --- writing on ------------------------------------------------------------------------------------------


def test_sent_twice_it_is_one_message_and_other_words_are_another() -> None:
    scene = Scene()
    key = keys.new_form_key(SALT)
    for words in ("つづきです", "つづきです", " つづきです\r\n", "直したつづき"):
        assert scene.write(words, key).status_code == 302
    assert scene.said() == [WORDS, "つづきです", "直したつづき"]


def test_mistakes_lose_nothing() -> None:
    scene = Scene()
    empty = scene.write("   ")
    assert (empty.status_code, "ひとことで大丈夫です" in main_of(empty)) == (422, True)
    long = "あ" * (sending.LONGEST + 1)
    refused = scene.write(long)
    assert (refused.status_code, long in main_of(refused)) == (422, True)
    forged = scene.write("だいじな文", key="ours:not")
    assert (forged.status_code, "だいじな文" in main_of(forged)) == (422, True)
    key = re.search(r'name="key" value="([^"]+)"', main_of(forged))
    assert key
    assert scene.write("だいじな文", key[1]).status_code == 302
    assert scene.said() == [WORDS, "だいじな文"]


def test_what_comes_after_the_hour_waits_in_the_box_until_the_room_is_open_again(frozen: Any) -> None:
    frozen(NOON)
    scene = Scene()
    frozen("2026-12-03T13:30+09:00")
    key = keys.new_form_key(SALT)
    late = scene.write("一時間かけて書いたもの", key)
    assert late.status_code == 409
    assert "部屋が閉じています" in main_of(late)
    assert "一時間かけて書いたもの" in main_of(late)
    assert key in main_of(late)
    wrong = scene.browser.post(ROOM, {"code": "さくら", "text": "一時間かけて書いたもの", "key": key})
    assert (wrong.status_code, "一時間かけて書いたもの" in main_of(wrong)) == (422, True)
    again = scene.enter(text="一時間かけて書いたもの", key=key)
    page = main_of(again)
    assert (again.status_code, "まだ送っていません" in page, "一時間かけて書いたもの</textarea>" in page) == (
        200,
        True,
        True,
    )
    assert scene.said() == [WORDS]
    assert scene.write("一時間かけて書いたもの").status_code == 302
    assert scene.said() == [WORDS, "一時間かけて書いたもの"]


def test_two_windows_and_it_is_taken_back_in_one() -> None:
    scene = Scene()
    other = Client()
    scene.enter(other)
    sending.take_back(consultation=scene.it)
    refused = scene.write("まにあいますか")
    page = main_of(refused)
    assert refused.status_code == 422
    assert ("まにあいますか</textarea>" in page, "もう送れません" in page) == (True, True)
    assert '<button class="btn">' not in page
    assert "とりさげました" in main_of(other.get(ROOM))


@pytest.mark.parametrize("how", ["deleted", "kept", "over"])
def test_open_windows_say_the_same_however_the_room_came_to_its_end(frozen: Any, how: str) -> None:
    """Deleted, deleted and kept for a reason, an hour over: one answer to looking and one to writing."""
    frozen(NOON)
    scene = Scene()
    fresh = scene.browser.get(ROOM)
    if how == "over":
        frozen("2026-12-03T13:01+09:00")
    else:
        if how == "kept":
            Hold.objects.create(
                consultation=scene.it, desk=scene.desk, reason="law", until=dates.today() + dt.timedelta(days=3)
            )
        assert delete_as_told(scene.it) is (how == "deleted")
    stranger = Client()
    looked, written = scene.browser.get(ROOM), scene.write("届きますか", key="k")
    assert WORDS not in main_of(looked)
    assert WORDS in main_of(fresh)
    assert without_csrf(main_of(looked)) == without_csrf(main_of(stranger.get(ROOM)))
    other = stranger.post(ROOM, rooms.of(scene.it, text="届きますか", key="k"))
    assert (written.status_code, other.status_code) == (409, 409)
    assert without_csrf(main_of(written)) == without_csrf(main_of(other))
    for page in ("more", "take-back", "delete"):
        assert scene.browser.get(f"{ROOM}{page}/")["Location"] == ROOM


def without_csrf(page: str) -> str:
    return re.sub(r"[A-Za-z0-9]{64}", "", page)


def test_the_track_knows_only_what_happened() -> None:
    """Withdrawn before anybody read it: read and answered stay open, the end is now."""
    scene = Scene()
    sending.take_back(consultation=scene.it)
    room = room_of(Consultation.objects.get(pk=scene.it.pk))
    assert [step.state for step in room.track] == ["done", "todo", "todo", "todo", "now"]
    assert (room.watchers, room.can_write, room.is_lit) == ([], False, False)

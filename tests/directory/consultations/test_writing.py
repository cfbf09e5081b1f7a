"""Writing without an account, by the screens: who reads it, what is kept meanwhile, what comes of it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client
from django.utils import timezone

from cms import dates, throttle
from cms.models import Mail, SiteSettings
from directory.actions.consultations import visits
from directory.models import Consultation, ConsultVisit, DeskReception, Message, Notification
from directory.public.consult import cookies, posting
from directory.receivers.consultations import forget_visits_in_time
from tests.factories.consultations import make_counsellor, make_reception

pytestmark = pytest.mark.django_db
TEXT = "よる、ねむれません。\nだれにも話していません。"
URGENT = "もう死にたいです"


@pytest.fixture(autouse=True)
def fresh(settings: Any) -> None:
    """Nobody has been counted yet; a test fills in a form at once."""
    cache.clear()
    settings.THROTTLE_FACTOR = 1000


@pytest.fixture
def front() -> DeskReception:
    """The desk that receives what names none."""
    return make_reception(people=3, receiving=True)


def form_of(client: Client, path: str = "/consult/") -> dict[str, str]:
    """The fields of the page with the box, as a browser would send them."""
    page = client.get(path).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(key|desk)" value="([^"]*)"', page))
    text = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)
    assert text
    return {"key": hidden["key"], "desk": hidden.get("desk", ""), "text": text[1].strip(), "website": ""}


def write(client: Client, text: str = TEXT, **more: str) -> Any:
    return client.post("/consult/", {**form_of(client), "text": text, **more})


def words_on(client: Client) -> list[str]:
    """The six words, as the page shows them."""
    return re.findall(r"<li>(\w{3})</li>", client.get("/consult/sent/").content.decode())


def test_numbers_first_then_who_reads_it_then_the_button(client: Client, front: DeskReception) -> None:
    response = client.get("/consult/")
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    places = [main.index(sign) for sign in ('href="tel:119"', "<textarea", front.desk.name, "90日", "data-send")]
    assert places == sorted(places)
    for sentence in ("相談員3人だけ", "119・110に知らせることがあります", "あなたに聞いてからでないと", "先に伝えます"):
        assert sentence in main
    assert len(re.findall(r"\srequired", main)) <= 2
    boxes = [box for box in re.findall(r"<(?:textarea|input)[^>]*>", main) if not re.search("csrf|checkbox", box)]
    assert len(boxes) == 4
    assert all('autocomplete="off"' in box for box in boxes)
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert 'data-exit data-forget="/consult/leave/"' in page
    assert cookies.NAME not in response.cookies  # looking keeps nothing
    assert not ConsultVisit.objects.exists()


def test_a_letter_from_the_first_word_to_the_six_words(client: Client, front: DeskReception) -> None:
    response = write(client)
    assert (response.status_code, response["Location"]) == (302, "/consult/sent/")
    consultation = Consultation.objects.get()
    assert (consultation.desk, consultation.is_undirected, consultation.method) == (front.desk, True, "web")
    assert Message.objects.get().text == TEXT
    words = words_on(client)
    assert len(words) == 6
    assert words_on(client) == words  # loaded again
    page = client.get("/consult/sent/").content.decode()
    assert front.desk.name in page
    assert "/consult/reply/more/" in page
    assert words_on(Client()) == []
    cookie = response.cookies[cookies.NAME]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == ("/consult/", True, "Lax", "")
    assert Notification.objects.filter(kind="consultation_arrived").count() == 3


def test_the_same_form_again_is_one_letter_and_shows_the_same_words(client: Client, front: DeskReception) -> None:
    form = {**form_of(client), "text": TEXT}
    client.post("/consult/", form)
    words = words_on(client)
    client.post("/consult/", form)
    assert (Consultation.objects.count(), Message.objects.count(), words_on(client)) == (1, 1, words)
    # Our first answer never arrived: no cookie either. The form itself leads to the words.
    other = Client()
    other.post("/consult/", form)
    assert (Consultation.objects.count(), words_on(other)) == (1, words)
    # They wrote on meanwhile: the rest is a further message of the same letter.
    other.post("/consult/", {**form, "text": TEXT + "\nつづき"})
    other.post("/consult/", {**form, "text": TEXT + "\nつづき"})
    assert (Consultation.objects.count(), [m.text for m in Message.objects.all()]) == (1, [TEXT, TEXT + "\nつづき"])
    # Somebody has left: then the form shows nothing any more.
    other.get("/consult/leave/")
    third = Client()
    third.post("/consult/", form)
    assert (Consultation.objects.count(), words_on(third)) == (1, [])
    assert "届きました" not in third.get("/consult/sent/").content.decode()


def test_what_is_begun_lies_encrypted_for_an_hour_and_goes_on_the_way_out(client: Client, front: DeskReception) -> None:
    form = form_of(client)
    assert client.post("/consult/save/", {**form, "text": "書きかけ"}).status_code == 204
    assert ConsultVisit.objects.get().draft == {"text": "書きかけ", "desk": ""}
    assert form_of(client)["text"] == "書きかけ"
    assert form_of(Client())["text"] == ""
    left = client.get("/consult/leave/")
    assert (left.status_code, left["Location"]) == (302, SiteSettings().quick_exit_url)
    assert (ConsultVisit.objects.count(), client.cookies[cookies.NAME].value) == (0, "")
    client.post("/consult/save/", {**form, "text": "ふたたび"})
    assert client.post("/consult/leave/").status_code == 204  # the browser tells it by itself
    client.cookies[cookies.NAME] = "of-a-visit-that-was-ended"
    client.post("/consult/save/", {**form, "text": "おくれて届いた"})  # was on its way when they left
    assert not ConsultVisit.objects.exists()
    client.get("/consult/")  # a page of ours again: from here on it may begin anew
    client.post("/consult/save/", {**form, "text": "あらためて"})
    later = timezone.now() + visits.LASTS + dt.timedelta(seconds=1)
    assert forget_visits_in_time(None, later) == {"visits_forgotten": 1}


def test_on_a_device_of_others_nothing_is_kept_and_nothing_lost(client: Client, front: DeskReception) -> None:
    other = make_reception()
    form = {**form_of(client), "text": TEXT}
    client.post("/consult/save/", form)
    client.post("/consult/save/", {**form, "shared": "on"})
    assert ConsultVisit.objects.get().draft is None
    page = client.post("/consult/desk/", {**form, "shared": "on"})
    assert (page.status_code, TEXT in page.content.decode()) == (200, True)
    back = client.post("/consult/desk/", {**form, "shared": "on", "to": other.desk.slug}).content.decode()
    assert TEXT in back
    assert other.desk.name in back
    assert re.search(r'name="shared"[^>]* checked', back)
    empty = client.post("/consult/", {**form, "text": "", "shared": "on"})
    assert (empty.status_code, ConsultVisit.objects.get().draft) == (422, None)


def test_a_chosen_desk_and_the_way_there_and_back(client: Client, front: DeskReception) -> None:
    chosen, closed = make_reception(people=2, reply_days=1), make_reception(people=0)
    form = {**form_of(client), "text": TEXT}
    assert client.post("/consult/desk/", form)["Location"] == "/consult/desk/"
    page = client.get("/consult/desk/").content.decode()
    offered = set(re.findall(r'name="to" value="([^"]*)"', page))
    assert offered == {"", front.desk.slug, chosen.desk.slug}
    assert client.post("/consult/desk/", {"to": chosen.desk.slug})["Location"] == "/consult/"
    form = form_of(client)
    assert (form["text"], form["desk"]) == (TEXT, chosen.desk.slug)
    page = client.get("/consult/").content.decode()
    assert "相談員2人だけ" in page
    goes_on = f"この窓口で受けられないときは、{front.desk.name}（{front.desk.organization.name}）にうつります。"
    assert goes_on in page
    client.post("/consult/", form)
    assert (Consultation.objects.get().desk, Consultation.objects.get().is_undirected) == (chosen.desk, False)
    # In the address by its neutral slug; one that takes nothing is said, and it goes to whom the page names instead.
    assert form_of(Client(), f"/consult/?d={chosen.desk.slug}")["desk"] == chosen.desk.slug
    assert "いま文字では受けとれません" in client.get(f"/consult/?d={closed.desk.slug}").content.decode()
    refused = write(client, desk=closed.desk.slug)
    assert (refused.status_code, Consultation.objects.count()) == (422, 1)
    assert write(client, URGENT, desk=closed.desk.slug).status_code == 302
    assert Consultation.objects.get(is_urgent=True).desk == front.desk


def test_doors_from_desks_that_take_letters(client: Client, front: DeskReception) -> None:
    silent = make_reception(people=0)
    assert f"/consult/?d={front.desk.slug}" in client.get(f"/help/{front.desk.slug}/").content.decode()
    assert "/consult/" not in client.get(f"/help/{silent.desk.slug}/").content.decode()
    page = client.get("/help/").content.decode()
    assert re.findall(r'href="(/consult/[^"]*)"', page) == ["/consult/", f"/consult/?d={front.desk.slug}"]
    assert 'href="/consult/"' in client.post("/search/", {"worry": "ねむれない"}).content.decode()
    DeskReception.objects.update(takes=False, is_receiving=False)
    assert "/consult/" not in client.get("/help/").content.decode()


def test_nobody_receives(client: Client, front: DeskReception) -> None:
    form = {**form_of(client), "text": TEXT}
    DeskReception.objects.update(takes=False, is_receiving=False)
    answer = client.post("/consult/", form)
    page = answer.content.decode()
    assert (answer.status_code, Consultation.objects.count()) == (422, 0)
    assert TEXT in page
    assert 'href="tel:119"' in page
    assert form_of(client)["text"] == TEXT
    client.get("/consult/leave/")
    page = client.get("/consult/").content.decode()
    assert "受けとれる窓口がありません" in page
    assert "<textarea" not in page


@pytest.mark.parametrize(
    ("text", "says"), [("", "ひとことだけ"), ("あ" * 10_001, "10000文字"), ("\r\n ", "ひとことだけ")]
)
def test_empty_or_too_long(client: Client, front: DeskReception, text: str, says: str) -> None:
    answer = write(client, text)
    page = answer.content.decode()
    assert answer.status_code == 422
    error = re.search(r'id="c_text_error">(.*?)</p>', page, re.DOTALL)
    assert error
    assert says in error[1].replace(",", "")
    assert text.strip() in page
    assert write(client, "あ\r\n" * 5_000).status_code == 302  # lines end once


def test_by_script_the_answer_is_a_word(client: Client, front: DeskReception) -> None:
    headers = {"Accept": "application/json"}
    form = form_of(client)
    empty = client.post("/consult/", form, headers=headers)
    assert (empty.status_code, set(empty.json())) == (422, {"says", "key"})
    taken = client.post("/consult/", {**form, "text": TEXT}, headers=headers)
    assert (taken.status_code, taken.json()) == (200, {"next": "/consult/sent/"})
    assert len(words_on(client)) == 6
    # A saving that was on its way comes late: what was sent is no draft any more.
    client.post("/consult/save/", {**form, "text": TEXT})
    assert ConsultVisit.objects.get().draft is None


def test_robots_are_asked_again_and_distress_is_never_stopped(
    client: Client, front: DeskReception, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.THROTTLE_FACTOR = 1
    form = form_of(client)
    old = dates.now() - dt.timedelta(hours=25)
    with monkeypatch.context() as back_then:
        back_then.setattr("time.time", lambda: old.timestamp())
        old_key = posting.new_key()
    ways = [{}, {"website": "x"}, {"key": "forged"}, {"key": old_key}, {"key": ""}]
    refused = [client.post("/consult/", {**form, "text": TEXT, **way}) for way in ways]
    assert [answer.status_code for answer in refused] == [422] * 5
    assert all(TEXT in answer.content.decode() for answer in refused)
    assert all(form["key"] not in answer.content.decode() for answer in refused)  # the next press has a key of its own
    assert Consultation.objects.count() == 0
    taken = [client.post("/consult/", {**form_of(client), "text": URGENT, **way}) for way in ways]
    assert [answer.status_code for answer in taken] == [302] * 5
    assert Consultation.objects.filter(is_urgent=True).count() == 5


def test_a_flood_is_slowed_down_distress_and_a_dead_cache_are_not(
    client: Client, front: DeskReception, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.THROTTLE_FACTOR = 1
    monkeypatch.setattr(posting, "SHORTEST", dt.timedelta())
    for _time in range(19):
        throttle.allow("consult.send", "127.0.0.1", limit=20, seconds=600)
    assert [write(client).status_code for _time in range(2)] == [302, 422]
    assert write(client, URGENT).status_code == 302

    def down(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(LocMemCache, "add", down)
    assert write(client).status_code == 302


def test_urgent_words_call_somebody_and_show_the_numbers_again(client: Client, front: DeskReception) -> None:
    on_call = make_counsellor(front.desk)
    DeskReception.objects.update(on_call=on_call)
    write(client, URGENT)
    assert [mail.recipient for mail in Mail.objects.all()] == [on_call.email]
    main = client.get("/consult/sent/").content.decode().split("<main", 1)[1]
    assert main.index('href="tel:119"') < main.index("words6")


def test_nothing_is_taken_by_get(client: Client, front: DeskReception) -> None:
    client.get("/consult/", {"text": TEXT, "desk": front.desk.slug})
    assert form_of(client, "/consult/?text=abc")["text"] == ""
    assert (Consultation.objects.count(), ConsultVisit.objects.count()) == (0, 0)
    assert client.get("/consult/save/").status_code == 405

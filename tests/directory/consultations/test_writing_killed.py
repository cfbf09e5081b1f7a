"""kill -9 while somebody sends: what was acknowledged is there once, what was not is not there or is found by its form."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from cms.models import Mail
from cms.settings import production
from directory import codes
from directory.models import Consultation, ConsultVisit, DeskReception, Message, Notification
from directory.public.consult import cookies
from tests.cms.processes import environment
from tests.factories.consultations import make_reception

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "もう死にたい。だれにも話していません。"

# A real server that stands still at a named point, and says so.
SERVER = """
import sys, time
from importlib import import_module
from wsgiref.simple_server import WSGIServer, WSGIRequestHandler
from socketserver import ThreadingMixIn
import django
django.setup()
from django.core.wsgi import get_wsgi_application
module, name, when = sys.argv[1:4]
place = import_module(module)
real = getattr(place, name)

def stand(*args, **keywords):
    answer = real(*args, **keywords) if when == "after" else None
    print("here", flush=True)
    time.sleep(600)
    return answer

setattr(place, name, stand)

class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

server = Server(("127.0.0.1", 0), WSGIRequestHandler)
server.set_app(get_wsgi_application())
print(server.server_port, flush=True)
server.serve_forever()
"""


def kill_while_sending(folder: Path, point: tuple[str, str, str], path: str, body: str, cookie: str) -> bytes:
    """Send that form to a server that stands still at the point, kill it outright; what came back until then."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, *point],
        env=environment(folder, ALLOWED_HOSTS="127.0.0.1", SECRET_KEY=settings.SECRET_KEY),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
            sent = body.encode()
            head = (
                f"POST {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(sent)}\r\n\r\n"
            )
            line.sendall(head.encode() + sent)
            assert process.stdout.readline() == "here\n"
            process.send_signal(signal.SIGKILL)
            process.wait()
            return b"".join(iter(lambda: line.recv(4096), b""))
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def rows() -> tuple[int, int, int, int]:
    """(letters, messages, news to counsellors, mails to the person on call)."""
    news = Notification.objects.filter(kind="consultation_arrived").count()
    return Consultation.objects.count(), Message.objects.count(), news, Mail.objects.count()


@pytest.fixture
def front(settings: Any) -> DeskReception:
    """The desk that receives, with two people; nobody waits between two pages."""
    cache.clear()
    settings.THROTTLE_FACTOR = 1000
    settings.SLOW_HASH_COST = production.SLOW_HASH_COST  # as the other process has it
    return make_reception(people=2, receiving=True)


def page_of(client: Client) -> tuple[dict[str, str], str]:
    """The form of the page and the cookies that go with it."""
    page = client.get("/consult/").content.decode()
    fields = dict(re.findall(r'name="(key|csrfmiddlewaretoken)" value="([^"]*)"', page))
    return {**fields, "desk": "", "text": TEXT}, "; ".join(
        f"{name}={each.value}" for name, each in client.cookies.items()
    )


BEFORE = ("directory.actions.consultations.sending", "_locked", "before")  # nothing is written
HALF = ("directory.actions.consultations.news", "arrived", "before")  # letter and words, not committed
ALL = ("directory.actions.consultations.news", "arrived", "after")  # the news, too
COMMITTED = ("directory.public.consult.posting", "received", "before")  # nobody was told


@pytest.mark.parametrize(
    ("point", "kept", "had_a_visit"),
    [
        pytest.param(COMMITTED, True, False, id="committed, first request"),
        pytest.param(ALL, False, True, id="all written, with a draft"),
        *(
            pytest.param(point, point == COMMITTED, had, marks=pytest.mark.prove, id=f"{name}, {had}")
            for name, point, had in (
                ("before", BEFORE, False),
                ("before", BEFORE, True),
                ("half", HALF, False),
                ("half", HALF, True),
                ("all", ALL, False),
                ("committed", COMMITTED, True),
            )
        ),
    ],
)
def test_the_server_dies_while_a_letter_is_sent(
    tmp_path: Path, front: DeskReception, point: tuple[str, str, str], kept: bool, had_a_visit: bool
) -> None:
    client = Client()
    fields, cookie = page_of(client)
    if had_a_visit:
        client.post("/consult/save/", {**fields, "text": "書きかけ"})
        cookie += f"; {cookies.NAME}={client.cookies[cookies.NAME].value}"
    answer = kill_while_sending(tmp_path, point, "/consult/", urlencode(fields), cookie)
    assert answer == b""  # nothing was acknowledged
    assert rows() == ((1, 1, 2, 2) if kept else (0, 0, 0, 0))
    if had_a_visit and not kept:
        assert ConsultVisit.objects.get().draft == {"text": "書きかけ", "desk": ""}
    assert client.post("/consult/", fields).status_code == 302  # the browser sends it once more
    assert rows() == (1, 1, 2, 2)
    words = re.findall(r"<li>(\w{3})</li>", client.get("/consult/sent/").content.decode())
    assert Consultation.objects.by_code(codes.code_hash(tuple(words))).count() == 1  # and they can come back


@pytest.mark.prove
def test_the_server_dies_while_a_draft_is_kept(tmp_path: Path, front: DeskReception) -> None:
    client = Client()
    fields, cookie = page_of(client)
    client.post("/consult/save/", {**fields, "text": "書きかけ"})
    cookie += f"; {cookies.NAME}={client.cookies[cookies.NAME].value}"
    point = ("directory.actions.consultations.visits", "keep", "after")
    assert kill_while_sending(tmp_path, point, "/consult/save/", urlencode(fields), cookie) == b""
    assert ConsultVisit.objects.get().draft == {"text": "書きかけ", "desk": ""}  # the one before; the page has the rest
    assert client.post("/consult/", fields).status_code == 302
    assert rows() == (1, 1, 2, 2)

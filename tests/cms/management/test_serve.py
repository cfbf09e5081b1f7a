"""`make run`: starts, says where, stops without leaving anything behind."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError

from cms.management.commands import serve
from tests.cms.processes import environment, until
from tests.factories.people import make_user


def children(pid: int) -> list[int]:
    """Process ids below one, at any depth."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            own = int(status.parent.name)
            found += [own, *children(own)]
    return found


def alive(pid: int) -> bool:
    """Whether a process still runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def running(transactional_db: None, tmp_path: Path) -> Any:
    """A started server, its port, and its output so far."""
    make_user("editor", email="editor@minamo.example", password="minamo-demo")
    log = tmp_path / "log"
    with log.open("wb") as out:
        where = environment(tmp_path, DEMO="1", PYTHONUNBUFFERED="1")
        command = [sys.executable, "manage.py", "serve", "--port", "0"]
        process = subprocess.Popen(command, env=where, cwd=settings.BASE_DIR, stdout=out, stderr=subprocess.STDOUT)
    try:
        assert until(lambda: "Ctrl-C" in log.read_text() or process.poll() is not None, seconds=120), log.read_text()
        assert "Ctrl-C" in log.read_text(), log.read_text()
        yield process, log
    finally:
        process.kill()
        process.wait()


def test_starts_answers_and_stops(running: Any) -> None:
    process, log = running
    text = log.read_text()
    port = int(re.findall(r"http://localhost:(\d+)/", text)[0])
    assert [line.split() for line in text.splitlines() if "@" in line] == [
        ["editor", "editor@minamo.example", "minamo-demo"]
    ]
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    client.request("GET", "/healthz", headers={"Host": "localhost"})
    assert client.getresponse().status == 200
    client.close()
    below = children(process.pid)
    assert len(below) == 4  # gunicorn, its two workers, the mail worker
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    assert [pid for pid in below if alive(pid)] == []


@pytest.mark.prove
def test_killed_outright_it_leaves_nobody_behind(running: Any) -> None:
    process, _log = running
    below = children(process.pid)
    process.kill()
    assert until(lambda: not any(alive(pid) for pid in below))


@pytest.mark.prove
def test_when_one_ends_all_end(running: Any) -> None:
    process, log = running
    worker = next(pid for pid in children(process.pid) if b"outbox_worker" in Path(f"/proc/{pid}/cmdline").read_bytes())
    os.kill(worker, signal.SIGKILL)
    assert process.wait(timeout=30) == signal.SIGKILL
    assert "ended by itself" in log.read_text()


def test_a_port_in_use_is_said_at_once() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=str(port)):
            serve.free_port(port)


@pytest.mark.django_db
def test_only_people_of_the_demo_city_are_shown() -> None:
    make_user("editor", email="editor@minamo.example")
    make_user("editor", email="tanaka@minamo.example")
    make_user("auditor", email="auditor@city.example")
    make_user(email="member@minamo.example")
    assert serve.demo_logins() == [("editor", "editor@minamo.example", "minamo-demo")]

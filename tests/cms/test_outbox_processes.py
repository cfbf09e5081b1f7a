"""The outbox when workers race, and when one is killed with a mail in its hands."""

import asyncio
import datetime as dt
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import connections
from django.utils import timezone

from cms import outbox
from cms.models import Mail
from tests.cms.processes import environment, until
from tests.cms.test_outbox import Postbox, allowed, post, postbox, templates

__all__ = ["allowed", "postbox", "templates"]
pytestmark = pytest.mark.django_db(transaction=True)

# A worker that is killed while the server has its mail and has not said "250" yet.
WORKER = """
import sys
import django
from django.conf import settings
settings.TEMPLATES[0]["DIRS"].append(sys.argv[1])
django.setup()
from cms import outbox
outbox.register_kind("test", lambda mail: True)
outbox.deliver_due()
"""


def test_twenty_mails_and_six_workers(allowed: dict[str, bool]) -> None:
    for number in range(20):
        post(key=f"test:{number}")
    gate = threading.Barrier(6)

    def work() -> None:
        gate.wait()
        try:
            outbox.deliver_due()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(django_mail.outbox) == 20
    assert sorted(Mail.objects.values_list("state", "attempts")) == [("sent", 1)] * 20


def test_a_killed_worker_loses_nothing(
    allowed: dict[str, bool], postbox: Postbox, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached = threading.Event()

    async def hang(server: Any, session: Any, envelope: Any) -> str:
        reached.set()
        await asyncio.sleep(60)
        return "250 OK"

    monkeypatch.setattr(postbox, "handle_DATA", hang, raising=False)
    mail = post()
    where = environment(tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{settings.EMAIL_PORT}")
    worker = subprocess.Popen([sys.executable, "-c", WORKER, str(tmp_path)], env=where)
    try:
        assert until(reached.is_set)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    monkeypatch.undo()
    monkeypatch.setitem(outbox._kinds, "test", lambda mail: True)

    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.claimed_at is None) == ("queued", 1, False)
    assert outbox.deliver_due() == 0
    Mail.objects.update(claimed_at=timezone.now() - dt.timedelta(minutes=11))
    assert outbox.deliver_due() == 1
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("sent", 2)
    assert [message["Message-ID"] for message in postbox.messages] == [mail.message_id]

"""Forms as a browser sends them: opened, and then sent by several hands at one moment."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections
from django.test import Client

from cms.once import FIELD

KEY = re.compile(rf'<input type="hidden" name="{FIELD}" value="([^"]+)" autocomplete="off">')


def key_on(client: Client, url: str) -> str:
    """The key in the form of that page."""
    found = KEY.search(client.get(url).content.decode())
    assert found, f"no form key on {url}"
    return found[1]


def post_together(clients: Iterable[Client], url: str, data: dict[str, Any]) -> list[Any]:
    """All of them send this form at one moment; the answers in their order."""
    senders = list(clients)
    gate = threading.Barrier(len(senders))

    def send(client: Client) -> Any:
        try:
            gate.wait()
            return client.post(url, data)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(senders)) as pool:
        return list(pool.map(send, senders))


def browser_tabs(client: Client, number: int) -> list[Client]:
    """The same browser several times: each click opens a line of its own."""
    tabs = [Client() for _ in range(number)]
    for tab in tabs:
        tab.cookies = client.cookies
    return tabs

"""A small OpenID Connect provider on a local socket: real HTTP, one person at a time."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT, SECRET = "tsunagari", "a-secret-of-the-city-that-is-long-enough"


class Provider:
    """`claims` is whoever sits in front of it; `asked` what it was asked; None as claims: the person pressed cancel."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] | None = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.challenges: dict[str, str] = {}
        self.url = ""

    def authorize(self, query: dict[str, str]) -> str:
        """The address the browser is sent back to."""
        if self.claims is None:
            return f"{query['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': query['state']})}"
        code = f"code{len(self.challenges)}"
        self.challenges[code] = query["code_challenge"]
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        """Only for our client, and only for whoever began (PKCE)."""
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        verifier = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        assert verifier == self.challenges.pop(form["code"])
        assert (form["client_id"], form["client_secret"]) == (CLIENT, SECRET)
        now = int(time.time())
        said = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, **(self.claims or {})}
        signed = jwt.encode(said, SECRET, algorithm="HS256")
        return {"access_token": "opaque", "token_type": "Bearer", "expires_in": 60, "id_token": signed}

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }


def handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self, body: dict[str, Any]) -> None:
            text = json.dumps(body).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            provider.asked.append((parts.path, query))
            if parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorize(query))
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif parts.path == "/userinfo":
                self.answer({k: v for k, v in (provider.claims or {}).items() if k != "amr"})
            else:
                self.answer(provider.configuration())

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.answer(provider.token({name: values[-1] for name, values in form.items()}))

        def log_message(self, *args: Any) -> None:
            """Silent."""

    return Handler


@contextmanager
def running() -> Iterator[Provider]:
    """It listens on a port of its own until the test is over."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(provider))
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""The site and its mail worker together, on this machine only: `make run`."""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

HOST = "127.0.0.1"  # never wider: in production nginx and gunicorn are started by the system (deploy/)
DEMO_ADDRESSES = "@minamo.example"
DEMO_PASSWORD = "minamo-demo"  # noqa: S105  printed at every start; these people exist in the demo city only
STARTS_WITHIN = 120.0
STOPS_WITHIN = 8.0
PR_SET_PDEATHSIG = 1


def default_port() -> int:
    """The port of BASE_URL, which mails and feeds use."""
    return urlsplit(settings.BASE_URL).port or 8000


def free_port(port: int) -> int:
    """The port itself (0: any free one). Raises CommandError at once when somebody else has it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} cannot be used on this machine ({error}). Choose another: make run PORT={port + 1}"
            ) from error
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether the site answers."""
    client = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        client.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
        return client.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()


def demo_logins() -> list[tuple[str, str, str]]:
    """Role, e-mail, password of each person of the demo city whose address says a role that they hold."""
    people = get_user_model().objects.filter(email__endswith=DEMO_ADDRESSES, is_active=True).order_by("pk")
    logins = []
    for person in people:
        role = person.email.removesuffix(DEMO_ADDRESSES)  # type: ignore[attr-defined]
        if role in person.active_roles():  # type: ignore[attr-defined]
            logins.append((role, person.email, DEMO_PASSWORD))  # type: ignore[attr-defined]
    return logins


def die_with_parent() -> Callable[[], None] | None:
    """On Linux a child is told when its parent is killed outright, so that none is left behind."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Company:
    """Processes that live and end together, each in a group of its own: Ctrl-C reaches only their parent."""

    def __init__(self) -> None:
        self.members: list[subprocess.Popen[bytes]] = []
        self.stopping = False

    def start(self, command: list[str], environment: dict[str, str]) -> None:
        """One more."""
        preexec = die_with_parent()
        self.members.append(
            subprocess.Popen(command, env=environment, start_new_session=True, preexec_fn=preexec)  # noqa: S603
        )

    def on_signal(self, signum: int, frame: FrameType | None) -> None:
        """INT, TERM, HUP."""
        self.stopping = True

    def ended(self) -> int | None:
        """The exit code of one that ended by itself, else None."""
        return next((member.returncode for member in self.members if member.poll() is not None), None)

    def wait(self) -> int:
        """Until a signal (0) or until one ends by itself (its code, never 0)."""
        while not self.stopping:
            code = self.ended()
            if code is not None:
                return abs(code) or 1
            time.sleep(0.2)
        return 0

    def stop(self) -> None:
        """TERM to every group, KILL to what is still there after a while."""
        for member in self.members:
            self.tell(member, signal.SIGTERM)
        deadline = time.monotonic() + STOPS_WITHIN
        for member in self.members:
            with suppress(subprocess.TimeoutExpired):
                member.wait(max(0.1, deadline - time.monotonic()))
            self.tell(member, signal.SIGKILL)
            member.wait()

    @staticmethod
    def tell(member: "subprocess.Popen[bytes]", signum: signal.Signals) -> None:
        """A signal to the member and its children."""
        with suppress(ProcessLookupError):
            os.killpg(member.pid, signum)


class Command(BaseCommand):
    help = "Run the site and its mail worker on localhost until Ctrl-C."
    requires_system_checks = []  # the processes that it starts would repeat them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=default_port(), help="0 takes any free port")
        parser.add_argument("--reload", action="store_true", help="start the site anew when code changes")

    def handle(self, *args: Any, **options: Any) -> None:
        port = free_port(options["port"])
        environment = {**os.environ, "PORT": str(port), "BASE_URL": self.base_url(port)}
        company = Company()
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, company.on_signal)
        try:
            company.start(self.web(port, reload=options["reload"]), environment)
            company.start([sys.executable, str(settings.BASE_DIR / "manage.py"), "outbox_worker"], environment)
            self.announce(company, port)
            code = company.wait()
        finally:
            company.stop()
        if code:
            self.stderr.write(f"A process ended by itself (code {code}); the other was stopped.")
            sys.exit(code)

    def base_url(self, port: int) -> str:
        """Mails of this run lead to this port."""
        parts = urlsplit(settings.BASE_URL)
        return f"http://localhost:{port}" if parts.hostname in {"localhost", HOST} else settings.BASE_URL

    def web(self, port: int, *, reload: bool) -> list[str]:
        """gunicorn. No access log: addresses of pages tell what somebody reads."""
        command = [sys.executable, "-m", "gunicorn", "cms.wsgi:application", "--bind", f"{HOST}:{port}"]
        command += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--graceful-timeout", "5"]
        command += ["--log-level", "warning", "--no-control-socket", "--chdir", str(settings.BASE_DIR)]
        return [*command, "--reload" if reload else "--preload"]

    def announce(self, company: Company, port: int) -> None:
        """Say where it is, when it is there."""
        deadline = time.monotonic() + STARTS_WITHIN
        while not answers(port):
            if company.stopping or company.ended() is not None:
                return
            if time.monotonic() > deadline:
                self.stderr.write(f"The site has not answered for {STARTS_WITHIN:.0f} seconds; it goes on starting.")
                return
            time.sleep(0.2)
        self.stdout.write(f"\nhttp://localhost:{port}/\n")
        for role, email, password in demo_logins() if settings.DEMO else []:
            self.stdout.write(f"  {role:<14}{email:<36}{password}")
        self.stdout.write("Ctrl-C stops it.\n")
        self.stdout.flush()
        connections.close_all()

"""The background process: it runs tasks of the outbox backend, and on every tick does what has come due."""

import logging
import time

from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from cms import outbox
from cms.signals import ticking

logger = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between two looks at the task table
TICK = 20.0  # seconds between two looks at the mail itself: retries, mails with a time, claims of dead workers
PUBLISH = 60.0  # seconds between two looks at pages whose hour of publishing or ending has come


def tell_the_rooms() -> dict[str, int]:
    """Each room does what has come due; one room's trouble stops no other. What was done, as counts."""
    done: dict[str, int] = {}
    for receiver, answer in ticking.send_robust(sender=OutboxWorker, at=timezone.now()):
        if isinstance(answer, Exception):
            logger.error("tick of %s: %s", receiver.__module__, type(answer).__name__)
        else:
            done |= answer or {}
    return done


class OutboxWorker:
    """Runs until it gets INT or TERM; finishes the mail in its hands first."""

    def __init__(self, name: str) -> None:
        self.worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="outbox",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
        )
        self.next_tick = 0.0
        self.next_publishing = 0.0

    def run(self) -> None:
        """The loop."""
        self.worker.configure_signals()
        while self.worker.running:
            self.step()
            if self.worker.running:
                time.sleep(PAUSE)

    def step(self) -> None:
        """Tasks that wait; and, when it is time, a tick. A database that is away for a while ends nothing."""
        try:
            self.worker.run()
            if time.monotonic() >= self.next_tick:
                self.next_tick = time.monotonic() + TICK
                self.tick()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("outbox worker: %s; trying again", type(error).__name__)
        finally:
            close_old_connections()

    def tick(self) -> None:
        """A sign of life, whatever mail is due, and pages with an hour."""
        self.worker.running_task = True  # a signal now lets the current mail finish
        try:
            outbox.beat(timezone.now())
            tell_the_rooms()
            outbox.deliver_due()
            if time.monotonic() >= self.next_publishing:
                self.next_publishing = time.monotonic() + PUBLISH
                call_command("publish_scheduled", verbosity=0)
        finally:
            self.worker.running_task = False

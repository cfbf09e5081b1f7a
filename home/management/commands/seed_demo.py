"""`manage.py seed_demo`: the demo city, on a database that does not have it yet."""

import contextlib
import logging
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.demo import building, people


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Hundreds of "page published" lines help nobody who waits for the first screen."""
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


class Command(BaseCommand):
    help = "Fills an empty database with the fictional city みなも市. Does nothing where it is already."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only with DEMO=1: sample numbers and known passwords do not belong into a real city.")
        if building.exists():
            self.stdout.write("The demo city is here already; nothing was changed.")
            return
        with quiet():
            building.build()
        self.stdout.write(f"みなも市 is ready. Logins: <role>@{people.DOMAIN}, password {people.PASSWORD}.")

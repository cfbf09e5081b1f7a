"""The process that sends mail."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.crypto import get_random_string

from cms import outbox
from cms.tasks import OutboxWorker, tell_the_rooms


class Command(BaseCommand):
    help = (
        "Send mail from the outbox until stopped (INT, TERM). Any number may run; production runs it beside the site."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due now, then end (for cron)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            outbox.beat(timezone.now())
            tell_the_rooms()
            self.stdout.write(str(outbox.deliver_due()))
            return
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # it tells of every empty look
        logging.getLogger("django_tasks").setLevel(logging.ERROR)
        OutboxWorker(get_random_string(32)).run()

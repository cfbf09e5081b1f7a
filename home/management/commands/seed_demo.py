"""`manage.py seed_demo`: the demo city, on a database that does not have it yet."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.demo import building, people


class Command(BaseCommand):
    help = "Fills an empty database with the fictional city みなも市. Does nothing where it is already."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only with DEMO=1: sample numbers and known passwords do not belong into a real city.")
        if building.exists():
            self.stdout.write("The demo city is here already; nothing was changed.")
            return
        building.build()
        self.stdout.write(f"みなも市 is ready. Logins: <role>@{people.DOMAIN}, password {people.PASSWORD}.")

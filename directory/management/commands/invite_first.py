"""manage.py invite_first --email … --name …: the first person of the secretariat, who invites everybody else."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from directory.actions import accounts


class Command(BaseCommand):
    """Exit 0: the link stands on stdout. 1: somebody holds the role already. 2: that is no address."""

    help = "Invite the first person of the secretariat; prints the link (it works once, for 14 days)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        try:
            path = accounts.invite_first(email=options["email"], name=options["name"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=1) from error
        self.stdout.write(settings.BASE_URL + path)

"""manage.py reset_factors --email …: for a secretariat of one person, who cannot ask a colleague."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.actions import accounts
from directory.enums import FactorProof, FactorReason
from directory.models import User


class Command(BaseCommand):
    """Exit 0: done, the person gets a mail. 1: nobody has that address."""

    help = "Take away a person's second factors, password and sessions; a mail leads them back in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--reason", choices=FactorReason.values, default=FactorReason.LOST.value)
        parser.add_argument("--proof", choices=FactorProof.values, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower(), is_active=True).first()
        if user is None:
            raise CommandError("No account has this address.", returncode=1)
        count = accounts.reset_factors(user=user, reason=options["reason"], proof=options["proof"], by=None)
        self.stdout.write(str(count))

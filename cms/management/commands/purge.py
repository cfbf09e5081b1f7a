"""Remove what the house promised to remove by now."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.signals import purging


class Command(BaseCommand):
    help = "Remove what has reached the end of its time; run it every night. Prints one JSON line of counts."

    def handle(self, *args: Any, **options: Any) -> None:
        counts: dict[str, int] = {}
        failed = []
        for receiver, answer in purging.send_robust(sender=Command, now=timezone.now()):
            if isinstance(answer, Exception):
                failed.append(f"{receiver.__module__}: {type(answer).__name__}")
            else:
                counts |= answer or {}
        self.stdout.write(json.dumps(counts))
        for line in failed:  # one room's trouble stops no other
            self.stderr.write(line)
        if failed:
            sys.exit(1)

"""`manage.py prepare`: everything `make run` needs before the server starts; safe to repeat."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import BaseCommand, call_command

from cms import encryption


class Command(BaseCommand):
    """Key file, migrations, and on the very first run of a demo the demo city and the search index."""

    help = "Key file, database, demo city on the first run only"

    def handle(self, *args: Any, **options: Any) -> None:
        encryption.ready()
        call_command("migrate", verbosity=0, interactive=False)
        if apps.get_model("directory", "User").objects.exists():
            return
        if settings.DEMO:
            self.stdout.write("First run: building the demo city …")
            call_command("seed_demo")
        call_command("update_index", verbosity=0)  # the pages that migrations made are searched too

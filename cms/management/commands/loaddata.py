"""Django's loaddata, which leaves encrypted values of a dump as they are."""

from typing import Any

from django.core.management.commands import loaddata

from cms.encryption import tokens_expected


class Command(loaddata.Command):
    """A dump holds tokens, never plain text (cms.encryption); they are stored as tokens again."""

    def handle(self, *args: Any, **options: Any) -> None:
        with tokens_expected():
            super().handle(*args, **options)

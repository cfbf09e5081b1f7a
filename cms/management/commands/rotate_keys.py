"""Change the key that fields are encrypted with."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms import rotation
from cms.encryption import KeyRing, keyring, make_key_file, new_key, resealers, store_ring


class Command(BaseCommand):
    help = (
        "Add a key and encrypt everything with it. Stopped half-way, --resume goes on. --drop-old then removes the "
        "keys that no value needs any more (keep the old key file with the backups made before)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--first", action="store_true", help="make the key file of a new installation")
        how.add_argument("--resume", action="store_true", help="add no key, only encrypt what is on older ones")
        how.add_argument("--drop-old", action="store_true", help="remove all keys but the current one")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["first"]:
            self.first()
        elif options["drop_old"]:
            self.drop_old()
        else:
            if not options["resume"]:
                self.add_key()
            self.reseal()

    def first(self) -> None:
        """Production makes its key file once, by hand, and says where it is."""
        path = Path(settings.KEY_FILE)
        if path.exists():
            raise CommandError(f"{path} exists. It is not touched.")
        make_key_file(path)
        self.stdout.write(f"{path} made. Back it up apart from the database: without it nothing can be read.")

    def add_key(self) -> None:
        """The new key comes first; running processes read the file again by themselves."""
        ring = keyring()
        store_ring(KeyRing(keys={**dict([new_key()]), **ring.keys}, hash_key=ring.hash_key))
        self.stdout.write(f"key {keyring().current} added to {settings.KEY_FILE}")

    def reseal(self) -> None:
        """Every column, then what rooms keep elsewhere."""
        for model, field in rotation.sealed_columns():
            done = rotation.reseal_column(model, field)
            if done:
                self.stdout.write(f"{model._meta.label}.{field.name}: {done}")
        for again in resealers:
            self.stdout.write(f"{again.__module__}: {again()}")

    def drop_old(self) -> None:
        """Only when nothing needs them, nor will in a moment. Exit 1 when something does."""
        if rotation.somebody_may_still_use_older_keys():
            self.stderr.write(
                "Something that began before the newest key may still be written. Run it again in a moment."
            )
            sys.exit(1)
        left = rotation.left_on_other_keys()
        if left:
            self.stderr.write(f"{left} values are still on older keys. Run: manage.py rotate_keys --resume")
            sys.exit(1)
        for again in resealers:
            again()
        ring = keyring()
        store_ring(KeyRing(keys={ring.current: ring.keys[ring.current]}, hash_key=ring.hash_key))
        self.stdout.write(f"{len(ring.keys) - 1} old keys removed")

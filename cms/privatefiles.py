"""Files that only some may read: outside MEDIA, under names that say nothing, through a view that asks first."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import IO, Any, NoReturn
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

# What a browser may do with such a file if it opens it after all: nothing.
SANDBOX = "default-src 'none'; sandbox"


class PrivateStorage(FileSystemStorage):
    """The folder PRIVATE_ROOT. It has no address: no web server may ever be pointed at it."""

    def __init__(self) -> None:
        super().__init__(location=settings.PRIVATE_ROOT, file_permissions_mode=0o600, directory_permissions_mode=0o700)

    def url(self, name: str | None) -> NoReturn:
        raise ValueError("A private file has no address; a view streams it.")


def private_storage() -> Storage:
    """For ``FileField(storage=private_storage)``: STORAGES["private"] (S3) where a city has one, else the folder."""
    return storages["private"] if "private" in settings.STORAGES else PrivateStorage()


def random_name(instance: models.Model, filename: str) -> str:
    """For ``FileField(upload_to=random_name)``: a folder a kind, a random name, the ending in plain ASCII."""
    ending = PurePosixPath(filename).suffix.lower()
    safe = ending if ending[1:].isascii() and ending[1:].isalnum() and len(ending) <= 6 else ""
    return f"{instance._meta.model_name}/{uuid4().hex}{safe}"


def stream(file: IO[bytes] | Any, *, name: str, media_type: str) -> FileResponse:
    """The answer that saves a private file. The caller has asked whether this reader may; `name` may be Japanese."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=media_type)
    response["Accept-Ranges"] = "none"  # whole or not at all: a piece would escape the log
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = SANDBOX
    return response


def forget_content(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """The row is gone: once that is certain, its content goes too."""
    transaction.on_commit(partial(instance.file.storage.delete, instance.file.name))


class KeptFile(models.Model):
    """A private file and what is known about it; subclassed by the nouns that hold files (a paper, a handout).

    The content goes when the row has gone, whatever deleted it. Made from what `cms.forms.UploadField` returns (`KeptFile.of(upload)` gives the values), never from a raw upload.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    file = models.FileField(storage=private_storage, upload_to=random_name)
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))  # bytes
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # One receiver a kind: one for all senders would slow every deletion in the house.
        super().__init_subclass__(**kwargs)
        post_delete.connect(forget_content, sender=cls, dispatch_uid=f"cms.forget_content.{cls.__qualname__}")

    def __str__(self) -> str:
        return str(self.pk)

    @staticmethod
    def of(upload: Any, *, by: Any) -> dict[str, Any]:
        """The fields of a row for a checked upload (cms.forms.CheckedUpload)."""
        return {
            "file": upload.content,
            "name": upload.name,
            "media_type": upload.media_type,
            "size": upload.size,
            "sha256": upload.sha256,
            "uploaded_by": by,
        }

    def answer(self) -> FileResponse:
        """The streamed file. The caller has asked whether this reader may."""
        return stream(self.file.open("rb"), name=self.name, media_type=self.media_type)


# --- what was left behind -------------------------------------------------------------------------------


def kinds_of_files() -> list[type[KeptFile]]:
    """Every model that keeps private files."""
    return [model for model in apps.get_models() if issubclass(model, KeptFile)]


def forget_orphans(before: dt.datetime) -> int:
    """Delete files that no row names and that are older than that moment; how many there were.

    A process that dies between writing a file and committing its row leaves one behind.
    """
    storage, gone = private_storage(), 0
    for model in kinds_of_files():
        for name in stored(storage, str(model._meta.model_name)):
            if storage.get_modified_time(name) < before and not model._default_manager.filter(file=name).exists():
                storage.delete(name)
                gone += 1
    return gone


def stored(storage: Storage, folder: str) -> Iterator[str]:
    """Names of the files in a folder; nothing when it was never made."""
    try:
        names = storage.listdir(folder)[1]
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in names)

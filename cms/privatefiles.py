"""Files that only some may read: outside MEDIA, under names that say nothing, through a view that asks first."""

from pathlib import PurePosixPath
from typing import IO, Any, NoReturn
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import models
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
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = SANDBOX
    return response


class KeptFile(models.Model):
    """A private file and what is known about it; subclassed by the nouns that hold files (a paper, a handout).

    Made from what `cms.forms.UploadField` returns (`KeptFile.of(upload)` gives the values), never from a raw upload.
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

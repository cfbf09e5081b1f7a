"""The first of the upload handlers: it lets no request fill the disk, and says so to the form instead of failing.

What is beyond the limit is read and thrown away, so that the rest of the form arrives; the file stands in
`request.FILES` without its content, marked `was_cut`, and `UploadField` refuses it with a sentence.
"""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MEGABYTE = 1024 * 1024
FILE_AT_MOST = 40 * MEGABYTE  # above every field's own limit: those give the exact sentence
REQUEST_AT_MOST = 120 * MEGABYTE  # all files of one form together


class CutUpload(UploadedFile):
    """A file that was too large to be taken in; its size is what arrived."""

    was_cut = True


class CappedUpload(FileUploadHandler):
    """Counts, and swallows what is too much."""

    chunk_size = 64 * 1024

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.in_request = self.in_file = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.in_file = 0

    @property
    def is_too_much(self) -> bool:
        """This file, or all of the request."""
        return self.in_file > FILE_AT_MOST or self.in_request > REQUEST_AT_MOST

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """None hands nothing on to the next handler."""
        self.in_file += len(raw_data)
        self.in_request += len(raw_data)
        return None if self.is_too_much else raw_data

    def file_complete(self, file_size: int) -> CutUpload | None:
        """The mark, in place of what the next handlers have of it."""
        if not self.is_too_much:
            return None
        return CutUpload(ContentFile(b""), self.file_name, self.content_type, self.in_file)

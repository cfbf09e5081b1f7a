"""Files to download: judged by their content, and without the names of those who wrote them."""

import csv
import io
import re
from pathlib import PurePosixPath
from typing import IO, Any

from django.core.files.base import ContentFile, File

from cms.uploads.archives import OFFICE_PARTS, check_archive, rewritten
from cms.uploads.pdf import check_pdf, without_authors
from cms.uploads.verdicts import computing_table, differs, other_encoding

CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
#: Text that a program takes for something else.
PRETENDING = re.compile(
    rb"\s*(?:<!doctype|<html|<head|<body|<script|<svg|<\?xml|<\?php|%PDF-|\{\\rtf|#!/)", re.IGNORECASE
)
#: =A1, @SUM and +CMD are computed; -5, +81 and a lone dash are not.
COMPUTED = re.compile(r"\s*(?:[=@]\s*[^\s=@]|[+-]\s*[^\d\s.,()+\-].*[(!|])")


def check_file(file: IO[bytes] | Any, name: str) -> None:
    """Raises ValidationError unless the content is what the ending says, and nothing in it runs."""
    ending = ending_of(name)
    file.seek(0)
    try:
        if ending == "pdf":
            check_pdf(file)
        elif ending in {"zip", *OFFICE_PARTS}:
            check_archive(file, ending)
        elif ending in {"csv", "txt"}:
            check_text(file.read(), ending)
    finally:
        file.seek(0)


def cleaned_document(file: IO[bytes] | Any, name: str) -> File[Any]:
    """The judged file, without its authors' names; text as it came."""
    check_file(file, name)
    ending = ending_of(name)
    if ending in OFFICE_PARTS:
        return ContentFile(rewritten(file, ending), name=name)
    if ending == "pdf":
        return ContentFile(without_authors(file.read()), name=name)
    return file  # type: ignore[return-value]


def ending_of(name: str) -> str:
    """In lower case, without its dot."""
    return PurePosixPath(name).suffix.lower().lstrip(".")


def check_text(content: bytes, ending: str) -> None:
    """Text in UTF-8 or CP932, without the signs of something else; a table without cells that compute."""
    if content.startswith(UTF16_MARKS):
        raise other_encoding()
    if CONTROL_BYTES.search(content) or PRETENDING.match(content.removeprefix(b"\xef\xbb\xbf")):
        raise differs(ending)
    text = decoded(content, ending)
    if ending == "csv" and computes(text):
        raise computing_table()


def decoded(content: bytes, ending: str) -> str:
    """The text. Raises ValidationError for any other encoding."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise differs(ending)


def computes(text: str) -> bool:
    """Whether a spreadsheet would compute a cell of the table."""
    if not any(sign in text for sign in "=@+-"):
        return False
    try:
        return any(COMPUTED.match(cell) for row in csv.reader(io.StringIO(text)) for cell in row)
    except csv.Error:  # a cell of more than 128 KB
        return bool(re.search(r"(?m)(?:^|,|\")\s*[=@]\s*\S", text))

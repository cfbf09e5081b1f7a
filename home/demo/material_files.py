"""Small files for the demo city, made by code: a PDF page of Japanese text, a Word file, slides, a table."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape

import typst
from django.core.files.uploadedfile import SimpleUploadedFile

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def file(title: str, ending: str, lines: list[str]) -> SimpleUploadedFile:
    """A file with that title and those lines, as a member would upload it."""
    made = {"pdf": pdf, "docx": word, "xlsx": table, "csv": csv}[ending]
    return SimpleUploadedFile(f"{title}.{ending}", made(title, lines))


def pdf(title: str, lines: list[str]) -> bytes:
    """One page, set by the same program as the print pieces."""
    quoted = [line.replace("\\", "\\\\").replace('"', '\\"') for line in (title, *lines)]
    body = "".join(f'#par("{line}")\n' for line in quoted[1:])
    source = f'#set page(paper: "a5", margin: 18mm)\n#set text(lang: "ja", size: 11pt)\n#heading("{quoted[0]}")\n{body}'
    return bytes(typst.compile(source.encode()))


def word(title: str, lines: list[str]) -> bytes:
    """The smallest Word file that Word opens."""
    rows = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in (title, *lines))
    return packed({
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{KINDS}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}"><w:body>{rows}</w:body></w:document>',
    })  # fmt: skip


def table(title: str, lines: list[str]) -> bytes:
    """A workbook with a line a row."""
    from openpyxl import Workbook  # noqa: PLC0415 — a second of import that only the demo pays

    book, out = Workbook(), io.BytesIO()
    sheet: Any = book.active
    for line in (title, *lines):
        sheet.append(line.split("｜"))
    book.save(out)
    return out.getvalue()


def csv(title: str, lines: list[str]) -> bytes:
    """A table as text."""
    return "\r\n".join(line.replace("｜", ",") for line in (title, *lines)).encode("utf-8-sig")


def packed(parts: dict[str, str]) -> bytes:
    """An Office file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()

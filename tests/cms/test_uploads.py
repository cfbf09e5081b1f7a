"""Uploads are judged by their content."""

import io
import struct
import warnings
import zlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from cms.uploads import check_file, cleaned_picture
from tests.factories.uploads import PDF, archive, photo, upload


def code(content: bytes, name: str) -> str:
    """Why a file is refused; "" when it is taken."""
    try:
        check_file(upload(content, name), name)
    except ValidationError as error:
        return str(error.code)
    return ""


def office(**parts: bytes) -> bytes:
    """A Word file with more parts."""
    return archive(**{"[Content_Types]_dot_xml": b"<t/>", "word__document_dot_xml": b"<w/>", **parts})


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (PDF, "a.pdf", ""),
        (PDF, "A.PDF", ""),
        (b"", "a.pdf", "content"),
        (b"<html><script>alert(1)</script>" + PDF, "a.pdf", "content"),
        (PDF.replace(b"%%EOF", b""), "a.pdf", "content"),
        (PDF.replace(b"/Type", b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>/Type"), "a.pdf", "active"),
        (PDF.replace(b"/Type", b"/S/Launch/Type"), "a.pdf", "active"),
        (PDF.replace(b"/Type", b"/EmbeddedFiles 3 0 R/Type"), "a.pdf", "active"),
        (office(), "a.docx", ""),
        (office(), "a.xlsx", "content"),
        (PDF, "a.docx", "content"),
        (office(word__vbaProject_dot_bin=b"x"), "a.docx", "active"),
        (office(word__embeddings__oleObject1_dot_bin=b"x"), "a.docx", "active"),
        (archive(a_dot_txt=b"x"), "a.zip", ""),
        (archive(a_dot_txt=b"\0" * 60_000_000), "a.zip", "unpacked"),
        (b"PK\x03\x04 cut off", "a.zip", "content"),
        ("名前,数\r\n".encode(), "a.csv", ""),
        ("名前,数\r\n".encode("cp932"), "a.csv", ""),
        ("名前".encode("utf-16"), "a.csv", "encoding"),
        (b"\x7fELF\0\0", "a.txt", "content"),
    ],
)
def test_files(content: bytes, name: str, expected: str) -> None:
    assert code(content, name) == expected


def test_the_file_can_be_read_afterwards() -> None:
    file = upload(PDF, "a.pdf")
    check_file(file, "a.pdf")
    assert file.read() == PDF


def huge_png(side: int) -> bytes:
    """A small file that says it is very large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (huge_png(7_000), "pixels"),
        (huge_png(12_000), "pixels"),
        (huge_png(60_000), "pixels"),
        (photo("JPEG")[:200], "broken"),
        (b"", "broken"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "broken"),
    ],
)
def test_pictures_that_are_refused(content: bytes, expected: str) -> None:
    with pytest.raises(ValidationError) as refused:
        cleaned_picture(upload(content, "a.png"))
    assert refused.value.code == expected


def test_another_format_is_refused() -> None:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "TIFF")
    with pytest.raises(ValidationError) as refused:
        cleaned_picture(upload(out.getvalue(), "a.jpg"))
    assert refused.value.code == "format"


def test_the_ending_becomes_true() -> None:
    assert cleaned_picture(upload(photo("PNG"), "a.jpg")).name == "a.png"


def test_what_follows_the_picture_is_gone() -> None:
    cleaned = cleaned_picture(upload(photo("JPEG") + b"PK\x03\x04<script>", "a.jpg")).read()
    assert b"<script>" not in cleaned


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "LA", "1", "I;16"])
def test_every_mode_of_png(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, "PNG")
    assert Image.open(cleaned_picture(upload(out.getvalue(), "a.png"))).size == (8, 8)


def test_transparency_and_colour_profile_stay() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG", icc_profile=b"profile")
    cleaned = Image.open(cleaned_picture(upload(out.getvalue(), "a.png")))
    assert cleaned.getpixel((0, 0)) == (0, 0, 0, 0)
    assert cleaned.info["icc_profile"] == b"profile"


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_an_animation_keeps_moving(kind: str) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    options: dict[str, Any] = {"save_all": True, "append_images": frames[1:], "duration": 70}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frames[0].save(out, kind, **options)
    cleaned = Image.open(cleaned_picture(upload(out.getvalue(), f"a.{kind.lower()}")))
    assert cleaned.n_frames == 3
    cleaned.load()
    assert cleaned.info["duration"] == 70

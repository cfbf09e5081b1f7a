"""What people upload is judged by its content. Pictures are drawn anew, so that nothing hides in them."""

import contextlib
import io
import re
import struct
import warnings
import zipfile
from pathlib import PurePosixPath
from typing import IO, Any

import pillow_heif
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, ImageSequence

pillow_heif.register_heif_opener()  # type: ignore[no-untyped-call,unused-ignore]

# Format as Pillow names it → ending and options of the picture we write instead.
PICTURE_FORMATS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "JPEG": ("JPEG", "jpg", {"quality": 90, "optimize": True, "progressive": True}),
    "MPO": ("JPEG", "jpg", {"quality": 90, "optimize": True, "progressive": True}),
    "HEIF": ("JPEG", "jpg", {"quality": 90, "optimize": True, "progressive": True}),
    "PNG": ("PNG", "png", {"optimize": True}),
    "GIF": ("GIF", "gif", {}),
    "WEBP": ("WEBP", "webp", {"quality": 90, "method": 4}),
}
ANIMATED = {"GIF", "WEBP"}

# What Pillow raises for pictures that are broken or only pretend to be pictures.
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, struct.error, MemoryError)

HEAD_BYTES = 1024
UNPACKED_AT_MOST = 200 * 1024 * 1024
UNPACKED_RATIO_AT_MOST = 200
MACRO_PARTS = ("vbaproject.bin", "/activex/", "/embeddings/")
OFFICE_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
PDF_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)  # compressed parts hold any bytes by chance
PDF_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)\b")
CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class CleanPicture(ContentFile):
    """A picture that has been drawn anew: it need not be once more."""


# --- pictures -------------------------------------------------------------------------------------


def cleaned_picture(file: IO[bytes] | Any) -> CleanPicture:
    """The same picture, upright, without EXIF, position, comments, thumbnails and whatever follows its end.

    HEIC becomes JPEG. The colour profile stays. Raises ValidationError when it is no picture we take, or too large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            file.seek(0)
            with Image.open(file) as picture:
                return redrawn(picture, file.name or "")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_many_pixels() from error
    except UNREADABLE as error:
        raise ValidationError(_("This picture cannot be read. Save it again as JPEG or PNG."), code="broken") from error


def redrawn(picture: Image.Image, name: str) -> CleanPicture:
    """The picture written anew, under a name whose ending is true."""
    if picture.format not in PICTURE_FORMATS:
        raise ValidationError(_("Pictures are JPEG, PNG, WebP, GIF or HEIC."), code="format")
    frames = getattr(picture, "n_frames", 1) if picture.format in ANIMATED else 1
    if picture.width * picture.height * frames > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise too_many_pixels()
    target, ending, options = PICTURE_FORMATS[picture.format]
    out = io.BytesIO()
    if frames > 1:
        save_frames(picture, out, target, options)
    else:
        bare(ImageOps.exif_transpose(picture), target).save(out, target, **profile(picture), **options)
    return CleanPicture(out.getvalue(), name=str(PurePosixPath(name or "picture").with_suffix(f".{ending}")))


def bare(picture: Image.Image, target: str) -> Image.Image:
    """Pixels only, in a mode that the target can hold."""
    if target == "JPEG" and picture.mode not in {"RGB", "L", "CMYK"}:
        picture = on_white(picture)
    copy = picture.copy()
    copy.info = {key: value for key, value in picture.info.items() if key == "transparency"}
    return copy


def on_white(picture: Image.Image) -> Image.Image:
    """Transparent places become paper: JPEG has none."""
    rgba = picture.convert("RGBA")
    paper = Image.new("RGB", rgba.size, "white")
    paper.paste(rgba, mask=rgba.getchannel("A"))
    return paper


def profile(picture: Image.Image) -> dict[str, Any]:
    """The colour profile as an option of save(); without it phone pictures turn pale."""
    icc = picture.info.get("icc_profile")
    return {"icc_profile": icc} if icc else {}


def save_frames(picture: Image.Image, out: IO[bytes], target: str, options: dict[str, Any]) -> None:
    """An animation, frame by frame, with its timing."""
    frames, durations = [], []
    for frame in ImageSequence.Iterator(picture):
        copy = frame.convert("RGBA")
        durations.append(int(frame.info.get("duration", 100)))  # WebP knows it only once the frame was read
        copy.info = {}
        frames.append(copy)
    timing = {"duration": durations, "loop": picture.info.get("loop", 0)}
    frames[0].save(out, target, save_all=True, append_images=frames[1:], **timing, **options)


def too_many_pixels() -> ValidationError:
    """The refusal of a picture that would fill the memory."""
    millions = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000
    message = _("This picture is too large: at most %(millions)s million pixels.")
    return ValidationError(message, code="pixels", params={"millions": millions})


# --- files to download ----------------------------------------------------------------------------------


def check_file(file: IO[bytes] | Any, name: str) -> None:
    """Raises ValidationError unless the content is what the ending says, and nothing in it runs."""
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    file.seek(0)
    try:
        if ending == "pdf":
            check_pdf(file)
        elif ending in {"zip", *OFFICE_PARTS}:
            check_archive(file, ending)
        elif ending in {"csv", "txt"}:
            check_text(file.read())
    finally:
        file.seek(0)


def differs(ending: str) -> ValidationError:
    """The refusal of a file that is not what its name says."""
    message = _("The content is not what the ending .%(ending)s says.")
    return ValidationError(message, code="content", params={"ending": ending})


def check_pdf(file: IO[bytes]) -> None:
    """A PDF begins as one (no HTML before it), has an end, and holds no script, launch action or attachment."""
    content = file.read()
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-HEAD_BYTES * 2 :]:
        raise differs("pdf")
    if PDF_ACTIVE.search(PDF_STREAM.sub(b"", content)):
        raise ValidationError(
            _("This PDF holds scripts or attachments. Print it to a new PDF and upload that."), code="active"
        )


def check_archive(file: IO[bytes], ending: str) -> None:
    """A readable archive of bearable size; an Office file has its main part and no macros."""
    parts = parts_of(file, ending)
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if unpacked > UNPACKED_AT_MOST or (unpacked > 10_000_000 and unpacked / packed > UNPACKED_RATIO_AT_MOST):
        raise ValidationError(_("This file becomes too large when it is unpacked."), code="unpacked")
    names = {part.filename.lower() for part in parts}
    if ending in OFFICE_PARTS:
        if OFFICE_PARTS[ending] not in names or "[content_types].xml" not in names:
            raise differs(ending)
        if any(mark in name for name in names for mark in MACRO_PARTS):
            raise ValidationError(_("This file holds macros or other files. Save it without them."), code="active")


def parts_of(file: IO[bytes], ending: str) -> list[zipfile.ZipInfo]:
    """The table of contents of an archive; nothing is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
        raise differs(ending) from error


def check_text(content: bytes) -> None:
    """Text in UTF-8 or CP932, without the signs of something else."""
    if CONTROL_BYTES.search(content) or content.startswith(UTF16_MARKS):
        raise differs("txt")
    for encoding in ("utf-8-sig", "cp932"):
        with contextlib.suppress(UnicodeDecodeError):
            content.decode(encoding)
            return
    raise differs("txt")

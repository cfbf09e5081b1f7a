"""Pictures are drawn anew, so that nothing hides in them."""

import io
import struct
import warnings
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

# An animation may have so many frames; each costs a drawing.
FRAMES_AT_MOST = 300


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
                return redrawn(picture, getattr(file, "name", None) or "", frames_in(picture, file))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_many_pixels() from error
    except UNREADABLE as error:
        raise ValidationError(_("This picture cannot be read. Save it again as JPEG or PNG."), code="broken") from error


def frames_in(picture: Image.Image, file: IO[bytes]) -> int:
    """How many drawings an animation has; 1 for every other picture. Pillow would walk through all of a GIF's."""
    if picture.format == "GIF":
        place = file.tell()
        file.seek(0)
        count = gif_frames(file.read())
        file.seek(place)
        return count
    return int(getattr(picture, "n_frames", 1)) if picture.format in ANIMATED else 1


def gif_frames(data: bytes) -> int:
    """Drawings in a GIF, counted along its blocks up to one more than we take; at least 1."""

    def table(flags: int) -> int:
        return 3 * (2 << (flags & 7)) if flags & 0x80 else 0

    frames, at = 0, 13 + table(data[10])
    while at + 10 < len(data) and data[at] in (0x21, 0x2C) and frames <= FRAMES_AT_MOST:
        if data[at] == 0x2C:
            frames += 1
            at += 11 + table(data[at + 9])
        else:
            at += 2
        while at < len(data) and data[at]:
            at += data[at] + 1
        at += 1
    return max(frames, 1)


def redrawn(picture: Image.Image, name: str, frames: int = 1) -> CleanPicture:
    """The picture written anew, under a name whose ending is true."""
    if picture.format not in PICTURE_FORMATS:
        raise ValidationError(_("Pictures are JPEG, PNG, WebP, GIF or HEIC."), code="format")
    if frames > FRAMES_AT_MOST:
        message = _("This animation has more than %(frames)s pictures. Make it shorter, or send a single picture.")
        raise ValidationError(message, code="frames", params={"frames": FRAMES_AT_MOST})
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

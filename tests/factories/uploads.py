"""Pictures and files as people upload them."""

import io
import zipfile

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

pillow_heif.register_heif_opener()

CAMERA = "ZZ-CANARY-CAMERA"
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
SIDEWAYS = 6  # the camera was held upright: to be turned by 90 degrees
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "heic"}


def camera_data() -> Image.Exif:
    """Maker, orientation and a place in Osaka."""
    exif = Image.Exif()
    exif[MAKE] = CAMERA
    exif[ORIENTATION] = SIDEWAYS
    exif.get_ifd(GPS).update({1: "N", 2: (34.0, 41.0, 37.0), 3: "E", 4: (135.0, 30.0, 8.0)})
    return exif


def photo(kind: str, size: tuple[int, int] = (120, 80)) -> bytes:
    """A picture of that format as a telephone makes it, with camera data."""
    out = io.BytesIO()
    options = {"pnginfo": PngInfo()} if kind == "PNG" else {}
    if kind == "PNG":
        options["pnginfo"].add_text("Comment", CAMERA)
    if kind == "JPEG":
        options["comment"] = CAMERA.encode()
    Image.new("RGB", size, "teal").save(out, kind, exif=camera_data(), **options)
    return out.getvalue()


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    """What a form hands on."""
    return SimpleUploadedFile(name, content)


def archive(**parts: bytes) -> bytes:
    """A zip; in the names "__" stands for "/" and "_dot_" for "."."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nstream\n/JS by chance\nendstream\ntrailer<<>>\n%%EOF\n"

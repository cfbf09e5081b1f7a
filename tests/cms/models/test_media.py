"""Pictures forget where they were taken, whatever way they came."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images.forms import get_image_form
from wagtail.images.models import Image as StockImage
from wagtail.models import Collection

from cms.models import File, Picture
from tests.factories.uploads import CAMERA, FORMATS, GPS, MAKE, PDF, photo, upload

pytestmark = pytest.mark.django_db
KINDS = pytest.mark.parametrize("kind", FORMATS)


def traces(content: bytes) -> dict[str, Any]:
    """What a picture still tells."""
    exif = Image.open(io.BytesIO(content)).getexif()
    return {"make": exif.get(MAKE), "place": dict(exif.get_ifd(GPS)), "canary": CAMERA.encode() in content}


SILENT = {"make": None, "place": {}, "canary": False}


def by_save(kind: str) -> Picture:
    """As a command makes one."""
    picture = Picture(title="海", file=upload(photo(kind), f"sea.{FORMATS[kind]}"))
    picture.save()
    return picture


def by_create(kind: str) -> Picture:
    """As most code makes one."""
    return Picture.objects.create(title="海", file=upload(photo(kind), f"sea.{FORMATS[kind]}"))


def by_form(kind: str) -> Picture:
    """As staff make one."""
    form = get_image_form(Picture)(
        {"title": "海", "collection": Collection.get_first_root_node().pk},
        {"file": upload(photo(kind), f"sea.{FORMATS[kind]}")},
    )
    assert form.errors == {}
    return form.save()


def by_file_save(kind: str) -> Picture:
    """As Wagtail makes one of an upload that waited for its title."""
    picture = Picture(title="海")
    picture.file.save(f"sea.{FORMATS[kind]}", ContentFile(photo(kind)), save=False)
    picture._set_image_file_metadata()
    picture.save()
    return picture


@KINDS
@pytest.mark.parametrize("way", [by_save, by_create, by_form, by_file_save])
def test_the_original_is_silent_and_upright(kind: str, way: Callable[[str], Picture]) -> None:
    assert traces(photo(kind)) != SILENT  # negative control: the camera wrote it
    picture = way(kind)
    with picture.file.open("rb") as file:
        content = file.read()
    assert traces(content) == SILENT
    assert (picture.width, picture.height) == Image.open(io.BytesIO(content)).size
    if kind != "HEIF":  # a HEIC is turned by its own box, the EXIF of it must be left alone
        assert (picture.width, picture.height) == (80, 120)
    if picture.file_size is not None:
        assert picture.file_size == len(content)
    assert picture.file.name.endswith(".jpg" if kind == "HEIF" else FORMATS[kind])


@KINDS
def test_renditions_are_silent(kind: str) -> None:
    rendition = by_form(kind).get_rendition("width-60|format-jpeg")
    with rendition.file.open("rb") as file:
        assert traces(file.read()) == SILENT


def test_stock_wagtail_would_keep_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without our field the camera's data reaches the storage."""
    stock = StockImage(title="海", file=upload(photo("JPEG"), "sea.jpg"))
    stock.file.save("sea.jpg", stock.file.file, save=False)
    with stock.file.open("rb") as file:
        assert traces(file.read())["make"] == CAMERA


def test_replacing_a_picture_cleans_the_new_one() -> None:
    picture = by_form("PNG")
    form = get_image_form(Picture)(
        {"title": "海", "collection": Collection.get_first_root_node().pk},
        {"file": upload(photo("JPEG"), "other.jpg")},
        instance=picture,
    )
    assert form.is_valid(), form.errors
    with form.save().file.open("rb") as file:
        assert traces(file.read()) == SILENT


def test_editing_the_title_leaves_the_file_alone() -> None:
    picture = by_form("JPEG")
    with picture.file.open("rb") as file:
        before = file.read()
    picture = Picture.objects.get()
    picture.title = "山"
    picture.full_clean()
    picture.save()
    with Picture.objects.get().file.open("rb") as file:
        assert file.read() == before


def test_a_broken_picture_is_refused_beside_its_field() -> None:
    form = get_image_form(Picture)(
        {"title": "海", "collection": Collection.get_first_root_node().pk},
        {"file": upload(photo("JPEG")[:300], "sea.jpg")},
    )
    assert list(form.errors) == ["file"]
    with pytest.raises(ValidationError):
        Picture(title="海").file.save("sea.jpg", ContentFile(photo("JPEG", size=(800, 600))[:-900]), save=False)
    assert Picture.objects.count() == 0


def test_a_file_is_what_its_ending_says() -> None:
    File.objects.create(title="案内", file=upload(PDF, "guide.pdf"))
    with pytest.raises(ValidationError) as refused:
        File.objects.create(title="案内", file=upload(b"<script>alert(1)</script>", "guide.pdf"))
    assert list(refused.value.message_dict) == ["file"]
    assert File.objects.count() == 1

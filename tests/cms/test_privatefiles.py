"""Private files have no address and no telling name."""

import io
import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from cms.models import Mail
from cms.privatefiles import PrivateStorage, private_storage, random_name, stream


def test_stored_for_one_pair_of_eyes(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path / "private"
    storage = private_storage()
    name = storage.save("a/b.pdf", ContentFile(b"x"))
    path = tmp_path / "private" / name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with pytest.raises(ValueError, match="no address"):
        storage.url(name)


def test_not_inside_what_the_web_server_shows(settings: Any) -> None:
    root = Path(PrivateStorage().location)
    assert not root.is_relative_to(Path(settings.MEDIA_ROOT))


@pytest.mark.parametrize(
    ("given", "ending"),
    [("田中さん相談.PDF", ".pdf"), ("a.tar.gz", ".gz"), ("../../etc/passwd", ""), ("a.<b>", ""), ("a.日本", "")],
)
def test_the_name_says_nothing(given: str, ending: str) -> None:
    name = random_name(Mail(), given)
    assert name.startswith("mail/")
    assert name[37:] == ending
    assert random_name(Mail(), given) != name


def test_streamed_as_a_download_that_nobody_keeps() -> None:
    response = stream(io.BytesIO(b"abc"), name="資料.pdf", media_type="application/pdf")
    assert b"".join(response.streaming_content) == b"abc"  # type: ignore[arg-type]
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E8%B3%87%E6%96%99.pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"

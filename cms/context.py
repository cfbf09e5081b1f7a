"""What every template may use."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from cms import dates
from cms.models import SiteSettings

THEMES = ("dusk", "day")
SIZES = ("large",)
FURIGANA = ("on",)


@dataclass(frozen=True)
class Reader:
    """What a reader chose for this browser; kept in cookies, never on the server."""

    theme: str = ""
    size: str = ""
    furigana: bool = False


def reader_of(request: HttpRequest) -> Reader:
    """The reader's choices; an unknown value counts as none."""
    theme, size = request.COOKIES.get("theme", ""), request.COOKIES.get("size", "")
    return Reader(
        theme=theme if theme in THEMES else "",
        size=size if size in SIZES else "",
        furigana=request.COOKIES.get("furigana", "") in FURIGANA,
    )


def site(request: HttpRequest) -> dict[str, Any]:
    """Site settings, the reader's choices, the Japanese clock, and whether this is a demo."""
    return {
        "site_settings": SiteSettings.for_request(request),
        "reader": reader_of(request),
        "now_jst": dates.now(),
        "demo": settings.DEMO,
        "base_url": settings.BASE_URL,
    }

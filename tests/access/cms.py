"""Access rows of the frame: health, and the routes of installed packages by prefix."""

from typing import Any

from tests.access import EVERYONE, Row, everyone


def build(world: Any) -> None:
    """Nothing: the frame owns no screens."""


ROWS: list[Row] = [
    everyone("healthz"),
    everyone("readyz", 503),  # no worker runs in tests
    everyone("security_txt"),
]

# Routes of installed packages: one row a prefix. Who may pass the gate; everybody else is refused on every route.
PACKAGES: dict[str, frozenset[str]] = {
    "admin/": frozenset({"editor", "publisher", "both"}),
    "accounts/": EVERYONE,
    "documents/": EVERYONE,
    "media/": EVERYONE,
    "": EVERYONE,  # Wagtail's page serving
}
ALLOWED_ADMIN = [
    "wagtailadmin_home",
    "wagtailadmin_explore_root",
    "wagtailimages:index",
    "wagtaildocs:index",
]

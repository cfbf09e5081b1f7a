"""What a page is made of. Every page of ours offers the same pieces, in the reader's order of need."""

from typing import Any

from wagtail import blocks

TEXT_FEATURES = ["bold", "ol", "ul", "link", "document-link"]
LINE_FEATURES = ["bold", "link"]

TABLE_OPTIONS: dict[str, Any] = {"minSpareRows": 0, "startRows": 3, "startCols": 3, "renderer": "text"}


def content_blocks() -> list[tuple[str, blocks.Block]]:
    """The pieces for a StreamField of content. Names are stored in the database: never rename one."""
    return []

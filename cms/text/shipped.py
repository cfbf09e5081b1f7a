"""The words that come with the site, and a fingerprint by which an upgrade knows what staff have left alone."""

import hashlib
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
ROWS: list[dict[str, Any]] = json.loads((FOLDER / "terms.json").read_text(encoding="utf-8"))


def fingerprint(label: str, reading: str, aliases: str, related: str) -> str:
    """SHA-256 of a term's texts."""
    return hashlib.sha256("\0".join((label, reading, aliases, related)).encode()).hexdigest()

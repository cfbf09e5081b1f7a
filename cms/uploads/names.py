"""The name of an upload as people wrote it, made harmless for every computer it may land on."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST_NAME = 120  # characters
LONGEST_BYTES = 240  # in UTF-8: file systems take 255
# Words that Windows takes for devices, whatever ending follows.
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
NOT_ON_WINDOWS = re.compile(r'[<>:"|?*]')
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def harmless_name(raw: str) -> str:
    """Without folders, invisible letters and turned-round text, composed (NFC); never empty, not long."""
    name = unicodedata.normalize("NFC", raw).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(sign for sign in name if unicodedata.category(sign) not in INVISIBLE)
    path = PurePosixPath(NOT_ON_WINDOWS.sub("_", name).strip(" .\u3000") or "file")
    ending = path.suffix[:20]
    stem = path.stem.rstrip(" .")[: LONGEST_NAME - len(ending)] or "file"
    while len((stem + ending).encode()) > LONGEST_BYTES:
        stem = stem[:-1]
    return ("_" if DEVICES.fullmatch(stem.split(".")[0].strip()) else "") + stem + ending

"""Which texts still lack their Japanese: `python -m tests.house.messages` lists them by room, exit 1 when any.

Collects msgids from Python (gettext calls) and templates (Django's own templatize) without gettext's tools.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("cms", "directory", "workshops", "casebook", "home")
CALLS = {
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "_",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
}
Message = tuple[str | None, str]  # context, id


def python_messages(source: str) -> Iterator[Message]:
    """Messages of one Python file."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in CALLS or not node.args:
            continue
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if "pgettext" in name:
            if len(texts) >= 2:
                yield texts[0], texts[1]
        elif texts:
            yield None, texts[0]


def template_messages(source: str) -> Iterator[Message]:
    """Messages of one template, read from Django's translation of it into gettext calls."""
    from django.utils.translation.template import templatize

    code = templatize(source)
    for match in re.finditer(r"(p?n?gettext)\(", code):
        texts = arguments(code, match.end())
        if "pgettext" in match[1] and len(texts) >= 2:
            yield texts[0], texts[1]
        elif texts and "pgettext" not in match[1]:
            yield None, texts[0]


def arguments(code: str, start: int) -> list[str]:
    """The strings of the call whose arguments begin at `start`; brackets inside a text are no end of it."""
    for end in (found.start() for found in re.finditer(r"\)", code[start:])):
        try:
            call = ast.parse(f"f({code[start : start + end]})", mode="eval").body
        except SyntaxError:
            continue
        assert isinstance(call, ast.Call)
        return [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    return []


def room_of(path: Path) -> str:
    """The room whose catalogue holds a file's texts."""
    parts = path.relative_to(ROOT).parts
    if parts[0] == "templates":
        return parts[1] if parts[1] in ROOMS else "cms"
    return parts[0]


def files() -> Iterator[Path]:
    """Source files of the rooms and all templates."""
    for room in ROOMS:
        yield from sorted(p for p in (ROOT / room).rglob("*.py") if "migrations" not in p.parts)
    for pattern in ("*.html", "*.txt", "*.svg"):
        yield from sorted((ROOT / "templates").rglob(pattern))


def used() -> dict[str, dict[Message, Path]]:
    """Room → message → a file that says it."""
    found: dict[str, dict[Message, Path]] = {room: {} for room in ROOMS}
    for path in files():
        source = path.read_text(encoding="utf-8")
        reader = python_messages if path.suffix == ".py" else template_messages
        for message in reader(source):
            found[room_of(path)].setdefault(message, path)
    return found


def catalogue(room: str) -> dict[Message, polib.POEntry]:
    """The room's Japanese."""
    path = ROOT / "locale" / room / "ja" / "LC_MESSAGES" / "django.po"
    return {(e.msgctxt, e.msgid): e for e in polib.pofile(str(path))} if path.exists() else {}


def translated(entry: polib.POEntry | None) -> bool:
    """It has Japanese, and is not marked as doubtful."""
    if entry is None or "fuzzy" in entry.flags:
        return False
    return bool(entry.msgstr or (entry.msgstr_plural and all(entry.msgstr_plural.values())))


def missing() -> dict[str, list[tuple[Message, Path]]]:
    """Room → messages without Japanese in any of our catalogues."""
    catalogues = {room: catalogue(room) for room in ROOMS}
    known = {key for entries in catalogues.values() for key, entry in entries.items() if translated(entry)}
    return {
        room: [(message, path) for message, path in messages.items() if message not in known]
        for room, messages in used().items()
    }


def placeholders(text: str) -> list[str]:
    """%(name)s and {name} in a text, sorted."""
    return sorted(re.findall(r"%\(\w+\)[sd]|\{\w+\}", text))


def main() -> int:
    gaps = missing()
    for room, messages in gaps.items():
        for (context, text), path in messages:
            print(f"{room}: {path.relative_to(ROOT)}: {text!r}" + (f" [{context}]" if context else ""))
    return 1 if any(gaps.values()) else 0


if __name__ == "__main__":
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    sys.exit(main())

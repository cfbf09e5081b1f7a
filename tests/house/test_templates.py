"""Templates: each is used, none carries inline script or style."""

import re
from pathlib import Path

from django.apps import apps
from wagtail.models import Page

from tests.house.messages import ROOMS, ROOT

TEMPLATES = ROOT / "templates"
# Found by name by Django, allauth or Wagtail, not by our code.
BY_CONVENTION = re.compile(
    r"^((40[034]|429)\.html|403_csrf\.html|500\.html|security\.txt|(account|mfa|usersessions|allauth|socialaccount|wagtailadmin)/.*)$"
)


def names() -> set[str]:
    return {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file()}


def mentioned() -> str:
    """All source text that may name a template."""
    paths = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")] + list(TEMPLATES.rglob("*.*"))
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def used(name: str, text: str) -> bool:
    stem = name.removesuffix(".html")
    if BY_CONVENTION.match(name) or f'"{name}"' in text or f"'{name}'" in text:
        return True
    if re.match(r"components/(icons|drawings)/", name):
        return f'"{Path(name).stem}"' in text
    if "/mail/" in name:  # a mail is named without its two endings
        return f'"{re.sub(r"(.subject)?.txt$", "", name)}"' in text
    return any(model.template == name for model in apps.get_models() if issubclass(model, Page)) or f'"{stem}"' in text


def test_every_template_is_used() -> None:
    text = mentioned()
    assert sorted(name for name in names() if not used(name, text)) == []


def test_an_unused_template_is_noticed() -> None:
    assert used("home/nobody_names_this.html", mentioned()) is False


def test_no_inline_script_style_or_handler() -> None:
    inline = re.compile(
        r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")", re.I
    )
    found = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        for match in inline.finditer(path.read_text(encoding="utf-8")):
            found.append(f"{path.relative_to(TEMPLATES)}: {match[0]}")
    assert [line for line in found if not line.startswith("500.html")] == []


def test_no_address_of_another_host_in_what_a_browser_loads() -> None:
    outside = re.compile(
        r"(?:src|srcset|action|data-src)=\"(?:https?:)?//|<link[^>]+href=\"(?:https?:)?//|url\(['\"]?(?:https?:)?//"
    )
    paths = list(TEMPLATES.rglob("*.html")) + [p for room in ROOMS for p in (ROOT / room).rglob("static/**/*.css")]
    assert [str(path) for path in paths if outside.search(path.read_text(encoding="utf-8"))] == []


# --- rooms: import-linter reads Python only ---------------------------------------------------------------

LOWER = {
    "cms": {"cms"},
    "directory": {"cms", "directory"},
    "workshops": {"cms", "directory", "workshops"},
    "casebook": {"cms", "directory", "casebook"},
    "home": set(ROOMS),
}
LOADED = re.compile(r"{%\s*load\s+(?:[\w ]+\sfrom\s+)?([\w. ]+?)\s*%}")
DRAWN_IN = re.compile(r"{%\s*(?:include|extends)\s+\"([^\"]+)\"")


def libraries() -> dict[str, str]:
    """Tag library → the room it belongs to; those of packages are not in it."""
    return {
        path.stem: room
        for room in ROOMS
        for path in (ROOT / room / "templatetags").glob("*.py")
        if path.stem != "__init__"
    }


def foreign(room: str, text: str) -> list[str]:
    """What a template of that room takes from rooms that it may not know. Addresses (`url`) may name any room."""
    owner = libraries()
    loaded = [name for found in LOADED.findall(text) for name in found.split()]
    drawn = [name for name in DRAWN_IN.findall(text) if name.split("/")[0] in ROOMS]
    return [name for name in loaded if owner.get(name, "cms") not in LOWER[room]] + [
        name for name in drawn if name.split("/")[0] not in LOWER[room]
    ]


def test_a_template_takes_tags_and_parts_from_its_own_room_and_those_below() -> None:
    paths = [(room, path) for room in ROOMS for path in sorted((TEMPLATES / room).rglob("*.*"))]
    faults = [
        f"{path.relative_to(TEMPLATES)}: {name}"
        for room, path in paths
        for name in foreign(room, path.read_text(encoding="utf-8"))
    ]
    assert faults == []


def test_a_template_that_reaches_up_is_noticed() -> None:
    text = (
        '{% load i18n dates meetings %}{% include "workshops/components/public_meetings.html" %}{% url "home:search" %}'
    )
    assert foreign("directory", text) == ["meetings", "workshops/components/public_meetings.html"]
    assert foreign("casebook", text) == foreign("directory", text)
    assert foreign("home", text) == []
    assert foreign("directory", "{% load meetings_of_body from meetings %}") == ["meetings"]


def test_names_of_libraries_are_used_once() -> None:
    stems = [
        path.stem for room in ROOMS for path in (ROOT / room / "templatetags").glob("*.py") if path.stem != "__init__"
    ]
    assert sorted(stems) == sorted(set(stems))

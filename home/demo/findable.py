"""By what the events of the demo city are found: whom they are meant for, what makes coming possible."""

from __future__ import annotations

from typing import Any

from home.demo.events import LIBRARY, MIZUBE_HALL, MIZUBE_ROOM, ONLINE, WELFARE, Plain
from workshops.enums import Access, EventKind, Target

AT = {
    MIZUBE_HALL: (Access.WHEELCHAIR, Access.TOILET, Access.QUIET, Access.NURSING),
    MIZUBE_ROOM: (Access.WHEELCHAIR, Access.TOILET, Access.QUIET),
    LIBRARY: (Access.WHEELCHAIR, Access.TOILET, Access.WRITING),
    WELFARE: (Access.WHEELCHAIR, Access.TOILET, Access.PARKING, Access.WRITING),
    ONLINE: (Access.CAMERA_OFF,),
}
SAID = {"手話通訳": Access.SIGN, "字幕": Access.CAPTIONS, "要約筆記": Access.CAPTIONS, "託児": Access.CHILDCARE}
BY_THEME = {
    "親子": (Target.CHILDREN, Target.PARENTS),
    "若者": (Target.YOUTH, Target.WITHDRAWN),
    "家族": (Target.PARENTS, Target.SUPPORTERS),
    "からだ": (Target.MEN, Target.ELDERLY),
}


def found_by(plain: Plain) -> dict[str, Any]:
    """Codes for `targets` and `access_facts`, in the order of their lists."""
    words = str(plain.more.get("accessibility", ""))
    facts = {*AT.get(plain.place, ()), *(fact for word, fact in SAID.items() if word in words)}
    whom = {target for theme in plain.themes for target in BY_THEME.get(theme, ())}
    if plain.kind == EventKind.HELPING:
        whom.add(Target.SUPPORTERS)
    return {
        "targets": [code for code in Target.values if code in (whom or {Target.ANYBODY})],
        "access_facts": [code for code in Access.values if code in facts],
    }

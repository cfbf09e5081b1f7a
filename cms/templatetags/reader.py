"""The reader's tools: larger text, dusk and furigana, by a posted form and a cookie, without JavaScript."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

# In this order: each browser also names the ones below it, each system the ones below it.
BROWSERS = (("Edg", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


@register.filter
def device(user_agent: str) -> str:
    """「Firefox / Windows」 from what a browser says of itself; "Another device" when it is not known."""
    known = [next((name for sign, name in signs if sign in user_agent), "") for signs in (BROWSERS, SYSTEMS)]
    return " / ".join(name for name in known if name) or _("Another device")


@register.simple_tag(takes_context=True)
def reader_attributes(context: template.Context) -> SafeString:
    """`` data-theme="dusk" data-size="large"`` for ``<html>``, as the reader chose."""
    reader = context.get("reader")
    given = [("theme", getattr(reader, "theme", "")), ("size", getattr(reader, "size", ""))]
    given.append(("furigana", "on" if getattr(reader, "furigana", False) else ""))
    return SafeString("".join(format_html(' data-{}="{}"', name, value) for name, value in given if value))


@register.inclusion_tag("components/reader_tools.html", takes_context=True)
def reader_tools(context: template.Context, place: str = "head") -> dict[str, Any]:
    """Buttons that post ``size``, ``theme`` or ``furigana`` and ``next`` to ``home:reader_settings``; ``place``: head or foot."""
    reader = context.get("reader")
    large, dusk = getattr(reader, "size", "") == "large", getattr(reader, "theme", "") == "dusk"
    kana = getattr(reader, "furigana", False)
    request = context.get("request")
    return {
        "place": place,
        "next": request.get_full_path() if request else "/",
        "csrf_token": context.get("csrf_token"),
        "tools": [
            {"name": "size", "value": "" if large else "large", "icon": "larger-text",
             "label": _("Normal text size") if large else _("Larger text")},
            {"name": "theme", "value": "" if dusk else "dusk", "icon": "day" if dusk else "dusk",
             "label": _("Day colours") if dusk else _("Dusk colours")},
            {"name": "furigana", "value": "" if kana else "on", "icon": "furigana",
             "label": _("Without furigana") if kana else _("With furigana")},
        ],
    }  # fmt: skip

"""Materials in a few words: a file's kind and size, a licence's short name, a use."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from workshops.enums import Licence

register = template.Library()

NAMES = {"docx": "Word", "xlsx": "Excel", "pptx": "PowerPoint"}
SHORT = {Licence.BY: "CC BY 4.0", Licence.ZERO: "CC0"}
KILOBYTE = 1024


@register.filter
def file_words(file: Any) -> str:
    """「PDF 1.2MB」「Word 40KB」."""
    ending = file.name.rsplit(".", 1)[-1].lower()
    kind = NAMES.get(ending) or (_("picture") if file.media_type.startswith("image/") else ending.upper())
    return f"{kind} {size_words(file.size)}"


def size_words(size: int) -> str:
    """「1.2MB」 from a megabyte on, else 「40KB」, at least 1."""
    if size >= KILOBYTE * KILOBYTE:
        return f"{size / KILOBYTE / KILOBYTE:.1f}MB"
    return f"{max(1, round(size / KILOBYTE))}KB"


@register.filter
def licence_short(material: Any) -> str:
    """「CC BY 4.0」「メンバーのあいだだけ」."""
    if material.licence == Licence.MEMBERS:
        return pgettext("licence", "Among members only")
    return SHORT.get(Licence(material.licence)) or pgettext("licence", "Ask before use")


@register.filter
def length_words(minutes: int | None) -> str:
    """「90分」; from three hours on 「半日」."""
    if not minutes:
        return ""
    return _("Half a day") if 180 <= minutes <= 300 else _("%(minutes)d minutes") % {"minutes": minutes}


@register.filter
def own_use(use: Any, user: Any) -> bool:
    """This person may take the use back."""
    return bool(user.organization_id and use.organization_id == user.organization_id)

"""The design system in templates: icons, windows, drawings, fields, error summary.

Drawings are template fragments under ``templates/components/``; nothing here holds SVG.
"""

import functools
from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField, Textarea
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms import once
from cms.templatetags import streets

register = template.Library()

WINDOW_STATES = ("on", "all", "soon", "off", "full")
WINDOW_SIZES = ("", "card", "inline", "tiny")
DOORS = {"warm": "door-warm", "plain": "door-plain"}
CONTROL_CLASSES = {"select": "select", "textarea": "area"}
CHOICE_WIDGETS = ("radio", "checkbox-group")


@functools.cache
def fragment(name: str) -> SafeString:
    """A drawing without variables; read once a process. Unknown names raise TemplateDoesNotExist."""
    return SafeString(render_to_string(f"components/{name}.svg").strip())


@register.simple_tag
def icon(name: str) -> SafeString:
    """``{% icon "phone" %}``: an inline icon, hidden from screen readers; always put it beside words."""
    return fragment(f"icons/{name}")


@register.simple_tag
def drawing(name: str) -> SafeString:
    """``{% drawing "street" %}``: street, gate-key, gate-device, empty-window, three-lights, shore."""
    return fragment(f"drawings/{name}")


@register.simple_tag
def door(kind: str = "plain") -> SafeString:
    """``{% door "warm" %}`` (open, a person in it) or ``{% door "plain" %}`` (closed, a lantern beside it)."""
    return drawing(DOORS[kind])


@register.simple_tag
def logo() -> SafeString:
    """Two threads tying round one lamp."""
    return drawing("logo")


@register.simple_tag
def form_key() -> SafeString:
    """``{% form_key %}`` beside ``{% csrf_token %}``: sent twice, the form is taken once (cms.once)."""
    # No browser may put an old page's key into a new page.
    return format_html('<input type="hidden" name="{}" value="{}" autocomplete="off">', once.FIELD, once.new_key())


@register.inclusion_tag("components/window.svg")
def window(state: str = "off", size: str = "") -> dict[str, str]:
    """The window of a desk: on, all (24 hours), soon (closes soon, few seats left), off, full; never without words."""
    if state not in WINDOW_STATES or size not in WINDOW_SIZES:
        raise template.TemplateSyntaxError(f"window: unknown state or size: {state!r} {size!r}")
    return {"state": state, "css": "on all" if state == "all" else state, "size": size}


@register.inclusion_tag("components/drawings/town.svg")
def town(lit: int = 0, lighthouse: bool = False) -> dict[str, Any]:
    """The town by the water with exactly ``lit`` lit windows (at most 14), from the centre outwards."""
    lit = max(0, min(lit, len(streets.ROOFS)))
    label = ngettext(
        "A town by the water; light in %(count)s window.", "A town by the water; light in %(count)s windows.", lit
    )
    return {
        "lit": lit,
        "lighthouse": lighthouse,
        "thread": streets.thread(lit),
        "knots": streets.knots(lit),
        "label": label % {"count": lit} if lit else _("A town by the water in the evening."),
    }


@register.simple_tag(takes_context=True)
def current(context: template.Context, path: str) -> SafeString:
    """`` aria-current="page"`` on the page itself, ``"true"`` on the pages below it, else nothing."""
    here = getattr(context.get("request"), "path", "")
    if here == path:
        return SafeString(' aria-current="page"')
    return SafeString(' aria-current="true"' if path != "/" and here.startswith(path) else "")


@register.filter
def is_sample(number: str | None) -> bool:
    """True for a sample number (0000-00-000x): drawn without a link, with the word for "sample"."""
    return str(number or "").startswith("0000-")


@register.filter
def tel(number: str | None) -> str:
    """The digits of a number for ``tel:`` links; keeps + and #."""
    return "".join(sign for sign in str(number or "") if sign.isdigit() or sign in "+#")


def control_of(field: BoundField) -> str:
    """Which control draws a field: input, textarea, select, radio, checkbox, checkbox-group, file or group."""
    widget = field.field.widget
    if hasattr(widget, "widgets"):
        return "group"
    kind = getattr(widget, "input_type", "")
    if kind == "checkbox" and getattr(widget, "allow_multiple_selected", False):
        return "checkbox-group"
    if kind in ("radio", "checkbox", "select", "file"):
        return kind
    return "textarea" if isinstance(widget, Textarea) else "input"


def required_word(field: BoundField, control: str, word: str | None) -> dict[str, str]:
    """The word behind a label: given, or "required", or "optional" where one may leave a box empty."""
    if word is not None:
        return {"word": word, "word_class": "must" if field.field.required else "may"}
    if field.field.required:
        return {"word": _("required"), "word_class": "must"}
    silent = control in ("checkbox", "checkbox-group")
    return {"word": "" if silent else _("may be left empty"), "word_class": "may"}


def control_attributes(field: BoundField, control: str, size: str, hint: str, extra: dict[str, Any]) -> dict[str, Any]:
    """HTML attributes of a control: our class, what describes it, whether it is wrong."""
    described = [f"{field.auto_id}_hint"] * bool(hint) + [f"{field.auto_id}_error"] * bool(field.errors)
    names = [CONTROL_CLASSES.get(control, "" if control == "checkbox" else "input"), size]
    own = field.field.widget.attrs.get("class", "")
    return {
        "class": " ".join(name for name in [*names, own] if name) or None,
        "aria-describedby": " ".join(described) or None,
        "aria-invalid": "true" if field.errors else None,
        "placeholder": False,  # vanishes as one types: what matters stands in the hint
        **{name.replace("_", "-"): value for name, value in extra.items()},
    }


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField,
    *,
    label: str = "",
    hint: str | None = None,
    word: str | None = None,
    size: str = "",
    two_up: bool = False,
    css: str = "",
    **extra: Any,
) -> dict[str, Any]:
    """``{% field form.name size="mid" autocomplete="email" %}``: label, word, hint, error, control.

    ``label`` and ``hint`` default to the form's; ``word=""`` hides the word "required"; ``size``: mid, short, otp;
    ``two_up``: choices in two columns; any other keyword becomes an attribute of the control (``_`` → ``-``).
    """
    control = control_of(bound)
    text = str(bound.help_text if hint is None else hint)
    attributes = control_attributes(bound, control, size, text, extra)
    grouped = control in CHOICE_WIDGETS
    return {
        "field": bound,
        "control": control,
        "label": label or bound.label,
        "hint": text,
        "hint_id": f"{bound.auto_id}_hint",
        "error_id": f"{bound.auto_id}_error",
        "described_by": attributes["aria-describedby"],
        "drawn": "" if grouped else bound.as_widget(attrs={k: v for k, v in attributes.items() if v is not None}),
        "grouped": grouped,
        "two_up": two_up,
        "css": css,
        **required_word(bound, control, word),
    }


def forms_in(parts: Iterable[Any]) -> Iterator[BaseForm]:
    """Forms and the forms of formsets, in the order of the page."""
    for part in parts:
        if isinstance(part, BaseFormSet):
            yield from part.forms
        elif isinstance(part, BaseForm):
            yield part


def first_control(bound: BoundField) -> str:
    """The id an error link leads to."""
    return f"{bound.auto_id}_0" if control_of(bound) in CHOICE_WIDGETS else bound.auto_id


@register.inclusion_tag("components/error_summary.html")
def error_summary(*parts: Any, message: str = "") -> dict[str, Any]:
    """``{% error_summary form formset %}``: how many things to fix, a link to each; nothing when all is well.

    ``message`` replaces the first sentence.
    """
    forms = list(forms_in(parts))
    wrong = [bound for form in forms for bound in form.visible_fields() if bound.errors]
    general = [error for form in forms for error in form.non_field_errors()]
    general += [error for part in parts if isinstance(part, BaseFormSet) for error in part.non_form_errors()]
    count = len(wrong) + len(general)
    sentence = ngettext(
        "Fix %(count)s thing and it can be sent.", "Fix %(count)s things and it can be sent.", count
    ) % {"count": count}
    links = [{"label": bound.label, "target": first_control(bound)} for bound in wrong]
    return {"count": count, "message": message or sentence, "links": links, "general": general}


@register.inclusion_tag("components/form_hidden.html")
def form_hidden(form: BaseForm) -> dict[str, Any]:
    """The hidden fields of a form (put ``{% csrf_token %}`` beside it yourself)."""
    return {"fields": form.hidden_fields()}

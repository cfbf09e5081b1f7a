"""Bodies in the Wagtail admin: what they are for, who sits in them, their history."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from directory.models import Body

SEATS = 200
PANELS = [
    FieldRowPanel([FieldPanel("name"), FieldPanel("kana")]),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("sort_order")]),
    FieldPanel("is_pf"),
    FieldPanel("purpose"),
    FieldRowPanel([FieldPanel("rhythm"), FieldPanel("openness")]),
    MultiFieldPanel(
        [FieldPanel("adopted_on"), FieldPanel("approved_by", widget=forms.Select), FieldPanel("approved_by_text")],
        heading=_("How it was decided"),
    ),
    FieldPanel("reports_to", widget=forms.Select),
    MultiFieldPanel(
        [
            HelpPanel(
                _("Organisations by name, people without an organisation by title and number. Never a person's name.")
            ),
            InlinePanel(
                "seats",
                label=_("seat in a body"),
                max_num=SEATS,
                panels=[
                    FieldRowPanel([FieldPanel("organization", widget=forms.Select), FieldPanel("role")]),
                    FieldRowPanel([FieldPanel("title"), FieldPanel("headcount")]),
                    FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
                ],
            ),
        ],
        heading=_("Who sits here, from when to when"),
    ),
    MultiFieldPanel(
        [
            InlinePanel(
                "history",
                label=_("line of the history"),
                panels=[
                    FieldRowPanel([FieldPanel("happened_on"), FieldPanel("when_text")]),
                    FieldPanel("text"),
                    FieldRowPanel([FieldPanel("reported_to", widget=forms.Select), FieldPanel("with_press")]),
                    FieldPanel("points"),
                ],
            )
        ],
        heading=_("History"),
    ),
    FieldPanel("is_public", permission="directory.publish_body"),
]


class BodyForm(WagtailAdminModelForm):
    """A body with its seats: one organisation sits once at a time."""

    def is_valid(self) -> bool:
        """Also look at the seats side by side."""
        valid = bool(super().is_valid())
        return self._seats_apart() and valid

    def _seats_apart(self) -> bool:
        """An error beside each seat that overlaps an earlier line of the same organisation."""
        seen: dict[int, list[tuple[dt.date, dt.date]]] = {}
        apart = True
        for form in filled(self, "seats"):
            organization = form.cleaned_data.get("organization")
            if organization is None:
                continue
            period = (form.cleaned_data.get("since") or dt.date.min, form.cleaned_data.get("until") or dt.date.max)
            if any(period[0] < until and since < period[1] for since, until in seen.get(organization.pk, [])):
                apart = False
                if not form.has_error("since"):  # asked again, a form says it once
                    form.add_error("since", _("This organisation already has a seat at that time."))
            seen.setdefault(organization.pk, []).append(period)
        return apart


def filled(form: Any, name: str) -> list[forms.ModelForm]:
    """The valid, filled forms of a formset that are not to be deleted."""
    formset = form.formsets.get(name)
    if formset is None:
        return []
    kept = [
        each
        for each in formset.forms
        if each not in formset.deleted_forms and each.has_changed() | bool(each.instance.pk)
    ]
    return cast("list[forms.ModelForm]", [each for each in kept if hasattr(each, "cleaned_data")])


class BodyViewSet(SnippetViewSet):
    """Bodies. Editors write, publishers show them to residents."""

    model = Body
    icon = "group"
    menu_label = _("Bodies")
    list_display = ["name", "kind", "is_pf", "is_public"]
    list_filter = ["kind", "is_public"]
    search_fields = ["name", "kana"]
    search_backend_name = None
    copy_view_enabled = False
    edit_handler = ObjectList(PANELS, base_form_class=BodyForm)

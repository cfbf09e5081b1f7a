"""Organisation charts in the Wagtail admin: boxes with numbers, lines between the numbers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from directory.models import Chart
from directory.staff.bodies import filled

MOST_BOXES, MOST_LINES = 60, 120
PANELS = [
    FieldPanel("title"),
    FieldPanel("description"),
    FieldRowPanel([FieldPanel("source"), FieldPanel("as_of"), FieldPanel("sort_order")]),
    MultiFieldPanel(
        [
            HelpPanel(
                _(
                    "Give each box a number and choose what it stands for. Where the boxes stand is worked out by itself: "
                    "the whole above its parts. What residents may not see is left out of the picture."
                )
            ),
            InlinePanel(
                "nodes",
                label=_("box"),
                min_num=1,
                max_num=MOST_BOXES,
                panels=[
                    FieldRowPanel([FieldPanel("number"), FieldPanel("is_core")]),
                    FieldRowPanel(
                        [
                            FieldPanel("body", widget=forms.Select),
                            FieldPanel("organization", widget=forms.Select),
                            FieldPanel("kind"),
                        ]
                    ),
                    FieldRowPanel([FieldPanel("label"), FieldPanel("detail")]),
                ],
            ),
        ],
        heading=_("Boxes"),
    ),
    MultiFieldPanel(
        [
            HelpPanel(
                _("From the whole to its part; from the one who reports to the one who is told; from the one who asks.")
            ),
            InlinePanel(
                "edges",
                label=_("line"),
                max_num=MOST_LINES,
                panels=[FieldRowPanel([FieldPanel("start"), FieldPanel("tie"), FieldPanel("end")])],
            ),
        ],
        heading=_("Lines"),
    ),
    FieldPanel("is_public", permission="directory.publish_chart"),
]


# What a formset says when two of its rows are the same; Django's own sentence lists names of columns.
TWICE = {"nodes": _("Two boxes have the same number."), "edges": _("This line is already there.")}


class ChartForm(WagtailAdminModelForm):
    """A chart whose numbers are each given once, and whose lines end at boxes that are there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, sentence in TWICE.items():
            if name in self.formsets:
                self.formsets[name].get_unique_error_message = lambda _check, said=sentence: said
                self.formsets[name].get_form_error = lambda said=sentence: said

    def is_valid(self) -> bool:
        """Also look at boxes and lines together."""
        valid = bool(super().is_valid())
        return self._lines_end_at_boxes() and valid

    def _lines_end_at_boxes(self) -> bool:
        """Errors stand beside the number that is wrong."""
        numbers = {None, *(form.cleaned_data.get("number") for form in filled(self, "nodes"))}
        wrong = [
            (form, name)
            for form in filled(self, "edges")
            for name in ("start", "end")
            if form.cleaned_data.get(name) not in numbers
        ]
        for form, name in wrong:
            if not form.has_error(name):  # asked again, a form says it once
                form.add_error(name, _("There is no box with this number."))
        return not wrong


class ChartViewSet(SnippetViewSet):
    """Organisation charts of the page about the partnership. Editors write, publishers show them to residents."""

    model = Chart
    icon = "site"
    menu_label = _("Organisation charts")
    list_display = ["title", "as_of", "is_public"]
    search_fields = ["title"]
    search_backend_name = None
    copy_view_enabled = False
    edit_handler = ObjectList(PANELS, base_form_class=ChartForm)

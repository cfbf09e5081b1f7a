"""Blocks of this room: tables made of events as they stand, for news, reports and the page about the partnership."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from workshops.enums import Purpose


class EventTableBlock(blocks.StructBlock):
    """Events of one purpose beside each other: when, with whom, what, what came of it (Ichihara's table)."""

    caption = blocks.CharBlock(label=_("heading of the table"), max_length=120)
    purpose = blocks.ChoiceBlock(label=_("purpose"), choices=Purpose.choices, search_index=False)
    year = blocks.IntegerBlock(
        label=_("fiscal year"),
        help_text=_("For example 2026. Empty: all years."),
        required=False,
        min_value=1990,
        max_value=2100,
    )

    class Meta:
        icon = "table"
        label = _("table of events")
        template = "workshops/blocks/event_table.html"


class EventOutlineBlock(blocks.StructBlock):
    """One event in short: when, for whom, what, with sub-themes and speakers."""

    page = blocks.PageChooserBlock(label=_("event page"), page_type="workshops.EventPage")

    class Meta:
        icon = "table"
        label = _("one event in short")
        template = "workshops/blocks/event_outline.html"


def event_blocks() -> list[tuple[str, blocks.Block[Any]]]:
    """To be added to the blocks of a page's text."""
    return [("event_table", EventTableBlock()), ("event_outline", EventOutlineBlock())]

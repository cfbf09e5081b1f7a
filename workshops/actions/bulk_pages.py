"""Many event pages at once: one by one Wagtail needs some fifty milliseconds for each, a region has thousands."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F
from django.utils import timezone
from wagtail.blocks import RichTextBlock
from wagtail.models import Page
from wagtail.search.backends import get_search_backends

from workshops.models import Event, EventIndexPage, EventPage, EventProse

_CHUNK = 500


@dataclass(frozen=True)
class NewPage:
    """What the page of an event shall say; `html` is rich text that we made ourselves."""

    event: Event
    title: str
    html: str


def add_pages(*, index: EventIndexPage, new: Sequence[NewPage], live: bool, owner: models.Model | None) -> None:
    """Append the pages below `index`, link them with their events and put them into the search index.

    In the caller's transaction, with the row of `index` locked. The pages hold no references to other objects, so
    Wagtail's reference index has nothing to learn; without a revision the editor opens the page as it is.
    """
    if not new:
        return
    pages = _page_rows(index, new, live, owner)
    _base_rows(pages)
    # The child table alone: bulk_create refuses inherited models, and the parent rows are already there.
    for start in range(0, len(pages), _CHUNK):
        some = pages[start : start + _CHUNK]
        EventPage._base_manager.all()._insert(some, EventPage._meta.local_concrete_fields, using=some[0]._state.db)
    Page.objects.filter(pk=index.pk).update(numchild=F("numchild") + len(pages))
    EventProse.objects.bulk_create(
        EventProse(event=item.event, locale=index.locale, page=page) for item, page in zip(new, pages, strict=True)
    )
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(EventPage, pages)


def body(html: str) -> list[dict[str, str]]:
    """The raw stream of one piece of text; nothing for no text."""
    return [{"type": text_block(), "value": html, "id": str(uuid.uuid4())}] if html else []


def text_block() -> str:
    """Name of the piece of an event page that holds rich text."""
    pieces = EventPage._meta.get_field("body").stream_block.child_blocks.items()
    return next(name for name, block in pieces if isinstance(block, RichTextBlock))


def _page_rows(
    index: EventIndexPage, new: Sequence[NewPage], live: bool, owner: models.Model | None
) -> list[EventPage]:
    last = index.get_last_child()
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    at = timezone.now()
    pages = []
    for number, item in enumerate(new, start=step + 1):
        page = EventPage(
            title=item.title,
            draft_title=item.title,
            slug=item.event.slug,
            body=body(item.html),
            content_type=ContentType.objects.get_for_model(EventPage),
            path=Page._get_path(index.path, index.depth + 1, number),
            depth=index.depth + 1,
            numchild=0,
            locale=index.locale,
            owner=owner,
            live=live,
            has_unpublished_changes=not live,
            first_published_at=at if live else None,
            last_published_at=at if live else None,
        )
        page.set_url_path(index)
        pages.append(page)
    return pages


def _base_rows(pages: list[EventPage]) -> None:
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    rows = Page.objects.bulk_create(Page(**{name: getattr(page, name) for name in names}) for page in pages)
    for page, row in zip(pages, rows, strict=True):
        page.id = page.page_ptr_id = row.pk
        page._state.adding, page._state.db = False, row._state.db

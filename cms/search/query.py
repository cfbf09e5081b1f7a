"""The public side of search: a reader's words in, pages and other records out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms.search.terms import current_thesaurus
from cms.search.weighing import Weighing, weigh
from cms.text.cutting import cut

MOST_HITS = 100  # of one answer: the pages of a list beyond are not asked for by anybody


@dataclass(frozen=True, slots=True)
class Hit:
    """A page or another record that answers."""

    object: Any
    score: float

    @property
    def title(self) -> str:
        """Its title, or its name."""
        return str(getattr(self.object, "title", None) or self.object)

    @property
    def url(self) -> str:
        """Where it is read; empty when nowhere."""
        found = getattr(self.object, "url", None)
        if found is None and hasattr(self.object, "get_absolute_url"):
            found = self.object.get_absolute_url()
        return found or ""


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What was found. `relaxed`: no page has all of it. `suggestion`: what the reader may have meant."""

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    relaxed: bool = False
    suggestion: str | None = None
    terms: tuple[str, ...] = ()


def search_pages(text: str, *, limit: int = 20, offset: int = 0) -> SearchAnswer:
    """The live, public pages that answer; see `answer`."""
    return answer(text, querysets=[Page.objects.live().public()], limit=limit, offset=offset)


def answer(
    text: str,
    *,
    querysets: Sequence[QuerySet[Any]],
    vocabulary: Iterable[str] = (),
    limit: int = 20,
    offset: int = 0,
) -> SearchAnswer:
    """The records of these querysets that answer, best first. Nothing a reader types raises.

    Each queryset is of an indexed model and holds only what the reader may see. `vocabulary`: names the
    caller knows (desks, organisations), for slips of typing.
    """
    thesaurus = current_thesaurus()
    backend = get_search_backend()
    weighing = weigh(cut(text, thesaurus), thesaurus, backend.how_many, vocabulary=vocabulary)
    if weighing.query is None:
        return SearchAnswer(suggestion=weighing.suggestion, terms=weighing.terms)
    return _gather(backend, weighing, querysets, max(0, limit), max(0, offset))


def _gather(
    backend: Any, weighing: Weighing, querysets: Sequence[QuerySet[Any]], limit: int, offset: int
) -> SearchAnswer:
    found: list[tuple[float, Model]] = []
    total = 0
    for queryset in querysets:
        results = backend.search(weighing.query, queryset)
        best = list(results.annotate_score("search_score")[: offset + limit])
        total += len(best) if len(best) < offset + limit else results.count()
        found += [(row.search_score, row) for row in best]
    found.sort(key=lambda pair: -pair[0])
    relaxed = not found or found[0][0] < weighing.full
    kept = _specific(found[offset : offset + limit])
    return SearchAnswer(kept, total, relaxed, weighing.suggestion, weighing.terms)


def _specific(found: Sequence[tuple[float, Any]]) -> list[Hit]:
    """Pages as what they are, one query a kind."""
    pages = [row.pk for _, row in found if type(row) is Page]
    known = {page.pk: page for page in Page.objects.filter(pk__in=pages).specific()} if pages else {}
    return [Hit(known.get(row.pk, row) if type(row) is Page else row, score) for score, row in found]

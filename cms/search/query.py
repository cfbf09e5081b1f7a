"""The public side of search: a reader's words in, pages and other records out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, Window
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms.search.terms import current_thesaurus
from cms.search.titles import title_words
from cms.search.weighing import Weighing, weigh
from cms.text.cutting import cut
from cms.text.slips import read

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

    def vocabularies() -> list[Mapping[str, str]]:
        return [thesaurus.written, read(vocabulary), title_words(querysets)]

    weighing = weigh(cut(text, thesaurus), backend, vocabularies)
    if weighing.query is None:
        return SearchAnswer(relaxed=True, suggestion=weighing.suggestion, terms=weighing.terms)
    return _gather(backend, weighing, querysets, max(0, limit), max(0, offset))


def _gather(
    backend: Any, weighing: Weighing, querysets: Sequence[QuerySet[Any]], limit: int, offset: int
) -> SearchAnswer:
    found: list[tuple[float, int, Any]] = []
    total = 0
    for number, queryset in enumerate(querysets):
        results = backend.search(weighing.query, queryset)
        scored = results.annotate_score("search_score").get_queryset()
        # The key alone: a whole page is heavy to sort. Counted in the same pass.
        counted = scored.annotate(search_total=Window(Count("*"))).values_list("search_score", "pk", "search_total")
        best = list(counted[: offset + limit])
        total += best[0][2] if best else 0
        found += [(score, number, pk) for score, pk, _ in best]
    found.sort(key=lambda one: -one[0])
    kept = _read(found[offset : offset + limit], querysets)
    return SearchAnswer(kept, total, weighing.relaxed, weighing.suggestion, weighing.terms)


def _read(found: Sequence[tuple[float, int, Any]], querysets: Sequence[QuerySet[Any]]) -> list[Hit]:
    """The records themselves, in the order found; pages as what they are."""
    rows: dict[tuple[int, Any], Any] = {}
    for number, queryset in enumerate(querysets):
        keys = [pk for _, of, pk in found if of == number]
        if keys:
            chosen: Any = queryset.filter(pk__in=keys).order_by()
            if queryset.model is Page:
                chosen = chosen.specific()
            rows |= {(number, row.pk): row for row in chosen}
    return [Hit(rows[number, pk], score) for score, number, pk in found if (number, pk) in rows]

"""The term list as search uses it: read from the database, cut once, kept until a term changes."""

from threading import Lock

from django.db.models import Count, Max

from cms.models.terms import Term
from cms.text.thesaurus import Entry, Thesaurus

_lock = Lock()
_kept: tuple[object, Thesaurus] | None = None


def current_thesaurus() -> Thesaurus:
    """The thesaurus of the terms as they are now; one small query when nothing has changed."""
    global _kept
    state = tuple(Term.objects.aggregate(Count("pk"), Max("changed_at"), Max("pk")).values())
    with _lock:
        if _kept is None or _kept[0] != state:
            _kept = (state, Thesaurus.of(entries()))
        return _kept[1]


def entries() -> list[Entry]:
    """All terms as plain entries."""
    return [
        Entry(term.label, term.reading, tuple(term.alias_list), tuple(term.related_list))
        for term in Term.objects.order_by("pk")
    ]

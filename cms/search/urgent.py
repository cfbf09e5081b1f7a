"""The urgent words in force: the shipped list and what staff have added, cut once, kept until a word changes."""

from threading import Lock

from django.db.models import Count, Max

from cms.models.urgent import UrgentWord
from cms.text.distress import Distress

_lock = Lock()
_kept: tuple[object, Distress] | None = None


def current_distress() -> Distress:
    """What is listened for now; one small query when nothing has changed."""
    global _kept
    state = tuple(UrgentWord.objects.aggregate(Count("pk"), Max("changed_at"), Max("pk")).values())
    with _lock:
        if _kept is None or _kept[0] != state:
            _kept = (state, Distress.of(UrgentWord.objects.values_list("words", "danger")))
        return _kept[1]

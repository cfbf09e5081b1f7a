"""A form whose texts the guard reads: it comes back with the marks in place, and nothing typed is lost.

Works without JavaScript: each mark is a fieldset of radios, sent along with the texts. Names of the controls:
``fix-<key>`` (to:<wording>, own, delete, keep), ``own-<key>`` (the own wording), ``why-<key>`` (why it may stay).
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.guard import (
    Certainty,
    Choice,
    Concerned,
    Decision,
    Dismissal,
    GuardUnavailable,
    Kind,
    Reason,
    Review,
    review,
)
from cms.guard.labels import KIND_LABELS, KIND_REASONS, REASON_LABELS
from cms.guard.marking import Piece, Place, cut, free, places_of

NAMES_SPLIT = re.compile(r"[\s、，,・／/]+")
LONGEST_WORDING = 100
MOST_REWRITTEN = 200
PAIR = 2
FIX = re.compile(r"fix-([0-9a-f]{16})")


@dataclass(frozen=True)
class Mark:
    """One concern as the page draws it."""

    number: int
    concern: Concerned
    fixed: bool = False
    picked: str = ""
    chosen: str = ""
    own: str = ""
    error: Any = ""

    @property
    def label(self) -> Any:
        """What it is; with less certainty where the rule is unsure."""
        return KIND_LABELS[self.concern.type]

    @property
    def why(self) -> Any:
        """Why it matters, in one sentence."""
        return KIND_REASONS[self.concern.type]

    @property
    def sure(self) -> bool:
        """Drawn with a wavy line; else dotted."""
        return self.concern.certainty == Certainty.SURE

    @property
    def reasons(self) -> list[tuple[str, Any]]:
        """Coded reasons to leave it."""
        return [(str(reason), label) for reason, label in REASON_LABELS.items()]


class Rewritten:
    """A wording that stands where a mark was decided before; drawn in green, without a number."""

    fixed = True
    rewritten = True


class GuardedForm(forms.Form):
    """Base of every form with words in it.

    `guarded` names the fields the guard reads, `kinds` what it looks for there.
    `known_names` is handed in by the room: names of organisations the guard looks for.
    """

    guarded: tuple[str, ...] = ()
    kinds: ClassVar[frozenset[Kind]] = frozenset(Kind)
    known_names: ClassVar[Callable[[], Iterable[str]]] = tuple

    names_in_it = forms.CharField(
        label=_("Names that occur in this"),
        required=False,
        max_length=300,
        help_text=_("People, schools, organisations: with them the guard looks exactly. Thrown away afterwards."),
    )
    fixed_so_far = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, stored: Iterable[Dismissal] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = tuple(stored)
        self.review: Review | None = None
        self.guard_down = False
        self.troubles: dict[str, Any] = {}

    # --- reading -----------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """Apply the decisions, read again; what stays open keeps the form from being valid."""
        cleaned = super().clean() or {}
        texts = {name: cleaned.get(name) or "" for name in self.guarded}
        names = [name for name in NAMES_SPLIT.split(cleaned.get("names_in_it") or "") if name]
        try:
            self.review = review(
                texts,
                decisions=dict(self.decisions()),
                dismissed=self.stored,
                names=type(self).known_names(),
                author_names=names,
                kinds=self.kinds,
            )
        except GuardUnavailable:
            self.guard_down = True
            down = _("The guard cannot read just now, so nothing can be stored. What you wrote is still here.")
            self.add_error(None, ValidationError(down, code="guard"))
            return cleaned
        cleaned.update({name: text for name, text in self.review.texts.items() if name in cleaned})
        self._show_changed_texts()
        if self.review.open:
            self.add_error(None, ValidationError(_("There are marks to decide about."), code="open"))
        return cleaned

    def decisions(self) -> Iterator[tuple[str, Decision]]:
        """What was chosen beside each mark. A choice without its wording or reason is none, and says so."""
        for name, chosen in self.data.items():
            match = FIX.fullmatch(name)
            if match is None:
                continue
            key = match.group(1)
            own = str(self.data.get(f"own-{key}", "")).strip()[:LONGEST_WORDING]
            why = self.data.get(f"why-{key}", "")
            if chosen == "delete":
                yield key, Decision(Choice.DELETE)
            elif chosen.startswith("to:"):
                yield key, Decision(Choice.REPLACE, chosen.removeprefix("to:")[:LONGEST_WORDING])
            elif chosen == "own" and own:
                yield key, Decision(Choice.REPLACE, own)
            elif chosen == "keep" and why in set(Reason):
                yield key, Decision(Choice.DISMISS, reason=Reason(why))
            elif chosen == "own":
                self.troubles[key] = _("Please write the new wording.")
            elif chosen == "keep":
                self.troubles[key] = _("Please choose why it may stay.")

    def _show_changed_texts(self) -> None:
        """The form that comes back holds the words as they are now, and remembers how many marks were rewritten."""
        if self.review is None:
            return
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for name, text in self.review.texts.items():
            if name in self.cleaned_data and (text != self.cleaned_data[name] or self.review.changed):
                data[self.add_prefix(name)] = text
        data[self.add_prefix("fixed_so_far")] = json.dumps(self.rewritten, ensure_ascii=False) if self.rewritten else ""
        self.data = data

    # --- what the page and the action ask ------------------------------------------------------------

    @property
    def rewritten(self) -> list[tuple[str, str]]:
        """Kind and new wording of each mark that was rewritten, over all rounds; on this page or by its script."""
        found = read_rewritten(self.cleaned_data.get("fixed_so_far") or "")
        if self.review is not None:
            found += [(str(kind), wording) for kind, wording in self.review.rewritten]
        return found[:MOST_REWRITTEN]

    @property
    def changed(self) -> Counter[str]:
        """How many marks of which kind were rewritten."""
        return Counter(kind for kind, _wording in self.rewritten)

    @property
    def dismissals(self) -> list[Dismissal]:
        """Marks called harmless, for the action."""
        return self.review.dismissals if self.review else []

    @property
    def open_count(self) -> int:
        """Marks still to decide."""
        return len(self.review.open) if self.review else 0

    @property
    def fixed_count(self) -> int:
        """Marks rewritten so far."""
        return len(self.rewritten) if self.is_bound and hasattr(self, "cleaned_data") else 0

    @property
    def only_marks_left(self) -> bool:
        """Nothing is wrong but the marks."""
        return set(self.errors) == {"__all__"} and self.has_error("__all__", "open")

    def marks(self) -> list[Mark]:
        """Open marks, then those called harmless, numbered in the order of the page."""
        if self.review is None:
            return []
        reasons = {d.key: str(d.reason) for d in self.review.dismissals}
        concerns = sorted([*self.review.open, *self.review.dismissed], key=self._place)
        return [
            Mark(
                number,
                concern,
                fixed=concern.key in reasons,
                picked="keep" if concern.key in reasons else self.data.get(f"fix-{concern.key}", ""),
                chosen=reasons.get(concern.key, "") or self.data.get(f"why-{concern.key}", ""),
                own=self.data.get(f"own-{concern.key}", ""),
                error=self.troubles.get(concern.key, ""),
            )
            for number, concern in enumerate(concerns, 1)
        ]

    def _place(self, concern: Concerned) -> tuple[int, int]:
        name, finding = concern.places[0]
        return self.guarded.index(name), finding.start

    def proof(self) -> list[dict[str, Any]]:
        """For each text: its pieces with marks, and the marks that begin there."""
        marks = self.marks()
        if self.review is None or not marks:
            return []
        return [
            {
                "label": self.fields[name].label,
                "control": self[name].auto_id,
                "pieces": list(self.pieces(name, text, marks)),
                "marks": [mark for mark in marks if mark.concern.places[0][0] == name],
            }
            for name, text in self.review.texts.items()
            if text
        ]

    def pieces(self, name: str, text: str, marks: Iterable[Mark]) -> Iterator[Piece]:
        """A text cut at its marks and at what was rewritten before."""
        places: list[Place] = places_in(name, marks)
        for kind, wording in dict.fromkeys(self.rewritten):
            found = free(places_of(wording, Kind(kind), text), places)
            places += [(start, end, Rewritten()) for start, end in found]
        return cut(text, places)


def places_in(name: str, marks: Iterable[Mark]) -> list[Place]:
    """Where the marks stand in the text of that name."""
    return [
        (finding.start, finding.end, mark) for mark in marks for where, finding in mark.concern.places if where == name
    ]


def read_rewritten(sent: str) -> list[tuple[str, str]]:
    """What the page says was rewritten before. Anything else than pairs of a kind and a wording is none."""
    try:
        pairs = json.loads(sent or "[]")
    except (ValueError, RecursionError):
        return []
    return [
        (pair[0], pair[1][:LONGEST_WORDING])
        for pair in (pairs if isinstance(pairs, list) else ())
        if isinstance(pair, list) and len(pair) == PAIR and all(isinstance(part, str) for part in pair)
        if pair[0] in set(Kind)
    ]

"""A form whose texts the guard reads: it comes back with the marks in place, and nothing typed is lost.

Works without JavaScript: each mark is a fieldset of radios, sent along with the texts. Names of the controls:
``fix-<key>`` (to:<wording>, own, delete, keep), ``own-<key>`` (the own wording), ``why-<key>`` (why it may stay).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
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

NAMES_SPLIT = re.compile(r"[\s、，,・／/]+")
LONGEST_WORDING = 100
FIX = re.compile(r"fix-([0-9a-f]{16})")

KIND_LABELS: dict[Kind, Promise] = {
    Kind.PERSON: _("The name of a person"),
    Kind.PHONE: _("A telephone number"),
    Kind.EMAIL: _("A mail address"),
    Kind.POSTCODE: _("A postcode"),
    Kind.ADDRESS: _("The name of a place"),
    Kind.ORGANIZATION: _("The name of an organisation"),
    Kind.BIRTHDATE: _("A birth date"),
    Kind.DATE: _("A day"),
    Kind.AGE: _("An age or school year"),
    Kind.ID: _("A number"),
    Kind.HANDLE: _("An account"),
    Kind.RARE: _("Something rare"),
}
KIND_REASONS: dict[Kind, Promise] = {
    Kind.PERSON: _("Letters from A in order, no initials."),
    Kind.PHONE: _("A number leads straight to somebody."),
    Kind.EMAIL: _("An address leads straight to somebody."),
    Kind.POSTCODE: _("A postcode leaves few households."),
    Kind.ADDRESS: _("In a small quarter few households remain."),
    Kind.ORGANIZATION: _("Where somebody learns, works or is cared for tells who it is."),
    Kind.BIRTHDATE: _("A birth date tells who it is."),
    Kind.DATE: _("A day can be matched with other records."),
    Kind.AGE: _("A band of ten years is enough."),
    Kind.ID: _("A number can be looked up."),
    Kind.HANDLE: _("An account leads straight to somebody."),
    Kind.RARE: _("What only one household has tells who it is. Please say it more coarsely in your own words."),
}
REASON_LABELS: dict[Reason, Promise] = {
    Reason.NOT_A_NAME: _("An ordinary word"),
    Reason.PUBLIC: _("A public office that anybody may know"),
    Reason.COMMON: _("Fits very many people"),
    Reason.LETTER: _("Already a letter or a mark"),
}


@dataclass(frozen=True)
class Mark:
    """One concern as the page draws it."""

    number: int
    concern: Concerned
    fixed: bool = False
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


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: plain, or marked."""

    text: str
    mark: Mark | None = None


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
    fixed_so_far = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

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
            if text != (self.cleaned_data.get(name) or "") or self.review.changed:
                data[self.add_prefix(name)] = text
        data[self.add_prefix("fixed_so_far")] = ",".join(f"{kind}:{n}" for kind, n in sorted(self.changed.items()))
        self.data = data

    # --- what the page and the action ask ------------------------------------------------------------

    @property
    def changed(self) -> Counter[str]:
        """How many marks of which kind were rewritten, over all rounds."""
        counts: Counter[str] = Counter()
        for part in (self.cleaned_data.get("fixed_so_far") or "").split(","):
            kind, _colon, number = part.partition(":")
            if kind in set(Kind) and number.isdecimal() and len(number) < 4:
                counts[kind] += int(number)
        if self.review is not None:
            counts.update({str(kind): n for kind, n in self.review.changed.items()})
        return counts

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
        return sum(self.changed.values()) if self.is_bound and hasattr(self, "cleaned_data") else 0

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
                chosen=reasons.get(concern.key, ""),
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
            {"label": self.fields[name].label, "pieces": list(pieces(text, name, marks)), "marks": own}
            for name, text in self.review.texts.items()
            if text
            for own in [[mark for mark in marks if mark.concern.places[0][0] == name]]
        ]


def pieces(text: str, name: str, marks: Iterable[Mark]) -> Iterator[Piece]:
    """A text cut at its marks."""
    places = sorted(
        (
            (finding.start, finding.end, mark)
            for mark in marks
            for where, finding in mark.concern.places
            if where == name
        ),
        key=lambda place: place[0],
    )
    done = 0
    for start, end, mark in places:
        if start > done:
            yield Piece(text[done:start])
        yield Piece(text[start:end], mark)
        done = end
    if done < len(text):
        yield Piece(text[done:])

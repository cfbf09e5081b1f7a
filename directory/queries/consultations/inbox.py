"""The counsellors' inbox: what waits at the desks where somebody sits, in the order in which it wants to be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms import dates
from directory.enums import (
    DESKS_TURN,
    OPEN_CONSULTATIONS,
    ConsentState,
    ConsultationState,
    ContactWay,
    HandoverState,
    OthersRead,
)
from directory.models import ConsentQuestion, Consultation, ConsultationDesk, DeskSeat, Handover, Message
from directory.models.consultations.consultations import ConsultationQuerySet
from directory.models.consultations.contact import Contact
from directory.queries.consultations import clock
from directory.queries.consultations.handing_on import KIND

A_PAGE = 20
ORDER = tuple(Consultation._meta.ordering or ())  # urgent ones first, then by the clock
FIRST_WORDS = 22  # signs of the text in a list
MINE_BESIDE = 6  # lines of "mine" beside the first tab
State = ConsultationState


def has_somebody() -> Exists:
    """A counsellor has it who still sits there today. Of somebody who has left the desk, it is nobody's."""
    return Exists(DeskSeat.objects.active().filter(desk=OuterRef("desk"), user=OuterRef("counsellor")))


class Tab(StrEnum):
    """Piles of the inbox; the values stand in addresses."""

    NOBODY = "nobody"
    MINE = "mine"
    PERSON = "person"
    HANDED = "handed"
    COLLEAGUES = "colleagues"
    ASIDE = "aside"
    ENDED = "ended"


@dataclass(frozen=True)
class Inbox:
    """Somebody before the piles of these desks (all of theirs, or the one they chose)."""

    user: Any
    desks: Sequence[ConsultationDesk]

    def seen(self) -> ConsultationQuerySet:
        """Everything of these desks; `has_somebody`: a counsellor has it who still sits there."""
        pks = [desk.pk for desk in self.desks]
        asked = ConsentQuestion.objects.filter(consultation=OuterRef("pk"), state=ConsentState.ASKED)
        proposed = Handover.objects.filter(kind=KIND, subject=OuterRef("pk"), state=HandoverState.PROPOSED)
        rows = Consultation.objects.visible_to(self.user).filter(Q(desk__in=pks) | Q(handed_from__in=pks))
        return rows.annotate(has_somebody=has_somebody(), is_asked=Exists(asked) | Exists(proposed))

    def pile(self, tab: Tab) -> Q:
        """What lies there."""
        own, is_open = Q(desk__in=[desk.pk for desk in self.desks]), Q(state__in=OPEN_CONSULTATIONS)
        return {
            Tab.NOBODY: own & is_open & Q(has_somebody=False),
            Tab.MINE: own & is_open & Q(counsellor=self.user.pk, has_somebody=True),
            Tab.PERSON: own & Q(state=State.ANSWERED),
            Tab.HANDED: is_open & (Q(handed_from__isnull=False) | Q(is_asked=True)),
            Tab.COLLEAGUES: own & is_open & Q(has_somebody=True) & ~Q(counsellor=self.user.pk),
            Tab.ASIDE: own & Q(state=State.SPAM),
            Tab.ENDED: own & Q(state=State.CLOSED),
        }[tab]

    def counts(self) -> dict[Tab, int]:
        """How many lie in each pile, in one query."""
        wanted = {tab.name: Count("pk", filter=self.pile(tab)) for tab in Tab}
        found = self.seen().order_by().aggregate(**wanted)
        return {tab: found[tab.name] for tab in Tab}

    def page(self, tab: Tab, number: Any) -> Page[Any]:
        """A page of a pile: the urgent ones first, then by the clock; what is over, the last one first."""
        found = self.seen().filter(self.pile(tab)).select_related("counsellor", "desk", "same_person_as", "handed_from")
        order = ("-closed_at", "pk") if tab in (Tab.ASIDE, Tab.ENDED) else ORDER
        page: Page[Any] = Paginator(found.with_first_words().order_by(*order), A_PAGE).get_page(number)
        page.object_list = lines_of(page.object_list)
        return page

    def mine_beside(self) -> list[Beside]:
        """The first few of the own ones, told by what they wait for; not a word of a text."""
        rows = self.seen().filter(self.pile(Tab.MINE)).order_by(*ORDER)
        now = dates.now()
        return [Beside(row, *step_of(row, now)) for row in rows.defer("name", "contact")[:MINE_BESIDE]]


@dataclass
class Line:
    """One consultation in a list."""

    consultation: Consultation
    words: str
    due: clock.Due | None
    not_now: str
    chips: list[tuple[str, str]] = field(default_factory=list)  # icon, words
    is_nameless: bool = False  # neither a name nor a way to reach them


@dataclass
class Beside:
    """One of the own ones: what it waits for, more about it, the icon, whether it presses, what to press."""

    consultation: Consultation
    step: str
    more: str
    icon: str
    hot: bool
    verb: str


def lines_of(rows: Iterable[Any]) -> list[Line]:
    """With the first words of each, opened one by one."""
    rows = list(rows)
    now = dates.now()
    texts = dict(Message.objects.filter(pk__in=[row.first_words_id for row in rows]).values_list("pk", "text"))
    return [_line(row, texts.get(row.first_words_id) or "", now) for row in rows]


def _line(row: Consultation, text: str, now: dt.datetime) -> Line:
    contact = Contact.read(row.contact)
    return Line(
        consultation=row,
        words=first_words(text),
        due=clock.due(row, now),
        not_now=clock.not_now(contact, now) if row.is_open else "",
        chips=chips_of(contact),
        is_nameless=not row.name and contact.way == ContactWay.NONE,
    )


def first_words(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= FIRST_WORDS else line[:FIRST_WORDS] + "…"


def chips_of(contact: Contact) -> list[tuple[str, str]]:
    """How somebody may be reached, in icons and words; what must not happen stands first."""
    if contact.way == ContactWay.NONE:
        return [("lock", _("neither telephone nor e-mail"))]
    found = [("phone", _("by telephone")) if contact.way == ContactWay.PHONE else ("mail", _("by a short e-mail"))]
    if only := clock.hours(contact):
        found.append(("clock", only))
    if contact.way == ContactWay.PHONE and contact.no_message:
        found.append(("no-voice", _("leave no message")))
    if contact.others_read != OthersRead.NO:
        found.append(("eye", _("others may see it")))
    return found


WEEK = dt.timedelta(days=7)
MONTH = dt.timedelta(days=30)


def step_of(row: Consultation, now: dt.datetime) -> tuple[str, str, str, bool, str]:
    """What one of the own ones waits for (see Beside)."""
    when = dates.near_words(row.moved_at)
    due = clock.due(row, now)
    promised = due.words if due else ""
    if getattr(row, "is_asked", False):
        return _("waits for an answer about handing on"), when, "hands", False, _("Look how it stands")
    if row.handed_from_id and not row.waits_for_desk:
        return _("came from another desk and is not settled yet"), when, "hands", False, _("Look how it stands")
    if row.waits_for_desk and row.answered_at:
        return _("has written again"), f"{when}　{promised}", "mail", True, pgettext("button", "Read")
    if row.waits_for_desk:
        return _("waits for the first answer"), promised, "pen", bool(due and due.late), _("Read and answer")
    silent = now - row.moved_at
    if silent >= MONTH:
        return _("may come to its end"), _("Choose one of four words for what came of it"), "check", False, _("Choose")
    if silent >= WEEK:
        more = _("A word from you, or wait: you choose")
        return _("no answer for %(length)s") % {"length": clock.length(silent)}, more, "clock", False, _("Choose")
    return _("the person's turn"), when, "clock", False, _("Look")


def desks_of(user: Any) -> list[ConsultationDesk]:
    """The desks where somebody sits, in the order of their names."""
    found = ConsultationDesk.objects.filter(pk__in=Consultation.objects.desks_of(user))
    return list(found.select_related("organization").order_by("kana", "pk"))


def waiting_count(user: Any) -> int:
    """For the navigation: what waits for a word of the desk and is this person's, or nobody's. One query."""
    waiting = Consultation.objects.kept_by(user).filter(state__in=DESKS_TURN).annotate(has_somebody=has_somebody())
    return waiting.filter(Q(has_somebody=False) | Q(counsellor=user.pk)).order_by().count()

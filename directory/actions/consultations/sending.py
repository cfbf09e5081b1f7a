"""The person's verbs: write, write on, say more, take back. No account; who holds the receipt code is the person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from cms import audit
from cms.encryption import keyed_hash
from cms.search.urgent import current_distress
from directory import codes
from directory.actions.consultations import news, states
from directory.enums import OPEN_CONSULTATIONS, ConsultationOutcome, ConsultationState, Method
from directory.models import Consultation, ConsultationDesk, DeskReception, Message
from directory.models.consultations.contact import Contact

LONGEST = 10_000  # characters of one message


class NobodyReceives(Exception):
    """The city has named no desk for what names none, or the chosen one takes nothing just now."""


class AlreadySent(Exception):
    """This form has been sent; `consultation` is what it made. Its code was shown then and is nowhere now."""

    def __init__(self, consultation: Consultation) -> None:
        super().__init__(consultation.pk)
        self.consultation = consultation


@dataclass(frozen=True)
class Said:
    """What somebody may add to the text, all of it optional. Codes of directory.enums; concerns are codes of Concern."""

    route: str = ""
    life_stage: str = ""
    heard_of: str = ""
    concerns: tuple[str, ...] = ()
    name: str = ""
    contact: Contact = field(default_factory=Contact)


@dataclass(frozen=True)
class Sent:
    """A consultation and its code: the only moment at which the code is known."""

    consultation: Consultation
    code: tuple[str, ...]


def form_hash(form_key: str) -> str:
    """What is stored of a form's key (cms.keys)."""
    return keyed_hash(form_key, purpose="directory.consultation-form")


def receiver(desk: ConsultationDesk | None) -> ConsultationDesk:
    """Who gets it: the chosen desk if it takes letters now, else the city's receiving desk. Raises NobodyReceives."""
    found = DeskReception.objects.open().filter(desk=desk).select_related("desk").first() if desk else None
    found = found or DeskReception.objects.receiving()
    if found is None:
        raise NobodyReceives
    return found.desk


def send(*, text: str, desk: ConsultationDesk | None, form_key: str, said: Said | None = None) -> Sent:
    """Keep it for good, with its code. Raises AlreadySent, NobodyReceives; ValueError for a text that is empty or too long.

    What it says decides nothing but the order at the desk: nothing is ever refused for its words.
    """
    try:
        return _send(text=text, desk=desk, form_key=form_key, said=said or Said())
    except IntegrityError:
        first = Consultation.objects.filter(form_hash=form_hash(form_key)).first()
        if first is None:
            raise
        raise AlreadySent(first) from None


@transaction.atomic
def _send(*, text: str, desk: ConsultationDesk | None, form_key: str, said: Said) -> Sent:
    words = clean(text)
    code = codes.new_code()
    consultation = Consultation(
        desk=receiver(desk),
        is_undirected=desk is None,
        code_hash=codes.code_hash(code),
        form_hash=form_hash(form_key),
        method=Method.WEB,
        is_urgent=sounds_urgent(words),
    )
    _take_over(consultation, said)
    states.to_desk(consultation)
    Message.objects.create(consultation=consultation, text=words, form_hash=consultation.form_hash)
    audit.record("consultation.received", by=None, target=consultation, desk=consultation.desk.slug)
    news.arrived(consultation)
    return Sent(consultation, code)


def clean(text: str) -> str:
    """The text as it is kept. ValueError when nothing is left or it is longer than LONGEST."""
    words = text.replace("\r\n", "\n").strip()
    if not words or len(words) > LONGEST:
        raise ValueError("Between one and LONGEST characters.")
    return words


def sounds_urgent(text: str) -> bool:
    """Whether the list of urgent words finds something: it sorts first and calls somebody; it blocks nothing."""
    return current_distress().danger_in(text) is not None


def _take_over(consultation: Consultation, said: Said) -> None:
    consultation.route, consultation.life_stage, consultation.heard_of = said.route, said.life_stage, said.heard_of
    consultation.concerns = list(said.concerns)
    consultation.name = said.name or None
    consultation.contact = said.contact.stored()


@transaction.atomic
def say_more(*, consultation: Consultation, said: Said) -> Consultation:
    """What may be added afterwards, as it stands now. Raises TooLate once it is over."""
    consultation = _of_person(consultation, OPEN_CONSULTATIONS)
    _take_over(consultation, said)
    consultation.save()
    return consultation


def _of_person(consultation: Consultation, allowed: Iterable[str]) -> Consultation:
    found = states.locked(consultation)
    if found.state not in allowed:
        raise states.TooLate
    return found


WRITABLE = (*OPEN_CONSULTATIONS, ConsultationState.CLOSED, ConsultationState.SPAM)


@transaction.atomic
def write_on(*, consultation: Consultation, text: str, form_key: str) -> Message:
    """Another message: the desk's turn again, also after an end. The same form again is the first message."""
    consultation = _of_person(consultation, WRITABLE)
    words, mark = clean(text), form_hash(form_key)
    message, made = Message.objects.get_or_create(
        form_hash=mark, defaults={"consultation": consultation, "text": words}
    )
    if not made:
        return message
    consultation.is_urgent = consultation.is_urgent or sounds_urgent(words)
    was_read = consultation.state not in (ConsultationState.RECEIVED, ConsultationState.SPAM)
    states.to_desk(consultation, read=was_read)
    news.arrived(consultation, again=message)
    return message


@transaction.atomic
def take_back(*, consultation: Consultation) -> Consultation:
    """とりさげ: no answer is wished for. From now on the person alone reads it. Raises TooLate."""
    consultation = _of_person(consultation, WRITABLE)
    states.to_end(consultation, ConsultationState.WITHDRAWN, outcome=ConsultationOutcome.TAKEN_BACK)
    states.note(consultation, "taken_back")
    audit.record("consultation.taken_back", by=None, target=consultation)
    news.over(consultation)
    return consultation

"""The person's verbs: write, write on, say more, take back. No account; who holds the receipt code is the person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from cms import audit
from cms.encryption import keyed_hash
from cms.enums import Danger
from cms.search.urgent import current_distress
from directory import codes
from directory.actions.consultations import news, states, tallies, visits
from directory.enums import CODE_STATES, OPEN_CONSULTATIONS, ConsultationOutcome, ConsultationState, Method
from directory.models import Consultation, ConsultationDesk, ConsultVisit, DeskReception, Message
from directory.models.consultations.contact import Contact

LONGEST = 10_000  # characters of one message
NUMBERS_DRAWN = 20  # of 100,000: with 5,000 consultations every twentieth is somebody else's
CALLS_SOMEBODY = (Danger.LIFE, Danger.HARM)


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
    """A consultation and its code: the only moment at which the code is known. `token`: the new cookie of its visit."""

    consultation: Consultation
    code: tuple[str, ...]
    token: str = ""


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


def send(
    *,
    text: str,
    desk: ConsultationDesk | None,
    form_key: str,
    said: Said | None = None,
    visit: ConsultVisit | None = None,
) -> Sent:
    """Keep it for good, with its code. Raises AlreadySent, NobodyReceives; ValueError for a text that is empty or too long.

    `visit` holds the code and opens the thread from the same moment on: whoever hears no answer of ours and sends the form
    again still gets the code. What is said decides nothing but the order at the desk: nothing is ever refused for its words.
    """
    return made_once(form_key, lambda: _send(text=text, desk=desk, form_key=form_key, said=said or Said(), visit=visit))


def made_once(form_key: str, make: Callable[[], Sent]) -> Sent:
    """What that form makes, with another number where somebody else has the one that was drawn. Raises AlreadySent."""
    for left in reversed(range(NUMBERS_DRAWN)):
        try:
            return make()
        except IntegrityError:
            first = Consultation.objects.filter(form_hash=form_hash(form_key)).first()
            if first is not None:
                raise AlreadySent(first) from None
            if not left:
                raise
    raise AssertionError  # for the type checker: the last one has returned or raised


@transaction.atomic
def _send(*, text: str, desk: ConsultationDesk | None, form_key: str, said: Said, visit: ConsultVisit | None) -> Sent:
    _locked(visit)
    words = clean(text)
    code = codes.new_code()
    consultation = Consultation(
        desk=receiver(desk),
        returns_to=_named_for_the_rest(),
        is_undirected=desk is None,
        code_hash=codes.code_hash(code),
        form_hash=form_hash(form_key),
        method=Method.WEB,
        is_urgent=sounds_urgent(words),
    )
    _take_over(consultation, said)
    states.to_desk(consultation)
    Message.objects.create(consultation=consultation, text=words, form_hash=consultation.form_hash)
    token = visits.hold_words(visit, consultation, code) if visit else ""
    audit.record("consultation.received", by=None, target=consultation, desk=consultation.desk.slug)
    news.arrived(consultation)
    return Sent(consultation, code, token)


def _named_for_the_rest() -> ConsultationDesk | None:
    """The desk whose name stands on the form for what the chosen one cannot take."""
    front = DeskReception.objects.receiving()
    return front.desk if front else None


def _locked(visit: ConsultVisit | None) -> ConsultVisit | None:
    """The visit's row is held, so that a late saving of the draft comes after what was sent, and finds it. None: it is gone."""
    return ConsultVisit.objects.select_for_update().filter(pk=visit.pk).first() if visit else None


@transaction.atomic
def keep_draft(*, visit: ConsultVisit, text: str, desk: str, form_key: str) -> bool:
    """Whether it was kept. `desk` is a slug, "" leaves it to us. Nothing is kept of a form that has been sent."""
    if _locked(visit) is None or Consultation.objects.filter(form_hash=form_hash(form_key)).exists():
        return False
    visits.keep(visit, draft={"text": text, "desk": desk})
    return True


def add_what_differs(*, consultation: Consultation, text: str, form_key: str) -> Message | None:
    """The same form came again with other words (the first answer was lost, and they wrote on): a further message.

    None when it says the same, or when nothing can be added any more.
    """
    words = clean(text)
    if consultation.messages.filter(form_hash=form_hash(form_key)).get().text == words:
        return None
    try:
        return write_on(consultation=consultation, text=words, form_key=f"{form_key}\0{words}")
    except states.TooLate:
        return None


def clean(text: str) -> str:
    """The text as it is kept. ValueError when nothing is left or it is longer than LONGEST."""
    words = text.replace("\r\n", "\n").strip()
    if not words or len(words) > LONGEST:
        raise ValueError("Between one and LONGEST characters.")
    return words


def sounds_urgent(text: str) -> bool:
    """Whether the list of urgent words hears a danger to life or violence: it sorts first and calls somebody.

    Being worn out (つらい、もう無理) is what most people write here; were it urgent, nothing would be.
    """
    return current_distress().danger_in(text) in CALLS_SOMEBODY


def in_distress(text: str) -> bool:
    """Whether the list hears anything at all, weariness too: no limit and no trap stops such a text."""
    return current_distress().danger_in(text) is not None


def _take_over(consultation: Consultation, said: Said) -> None:
    consultation.route, consultation.life_stage, consultation.heard_of = said.route, said.life_stage, said.heard_of
    consultation.concerns = list(said.concerns)
    consultation.name = said.name or None
    consultation.contact = said.contact.stored()


@transaction.atomic
def say_more(*, consultation: Consultation, said: Said) -> Consultation:
    """What may be added afterwards, as it stands now: also after an end, for the desk may still write. Raises TooLate."""
    consultation = _of_person(consultation, CODE_STATES)
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
    tallies.count_in(consultation)
    states.note(consultation, "taken_back")
    audit.record("consultation.taken_back", by=None, target=consultation)
    news.over(consultation)
    return consultation

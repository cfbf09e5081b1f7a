"""No word of a consultation lies anywhere but sealed; and once it is gone, nowhere at all."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import models
from django.test import Client
from django.urls import reverse

from cms import dates, encryption
from cms.encryption import EncryptedTextField, Unreadable
from cms.logs import LineFormatter
from cms.models import AuditEvent, Mail
from cms.once import new_key
from directory import unsent
from directory.actions.consultations import erasing, holding, keeping, receiving
from directory.models import Consultation, ConsultVisit, Destruction, Message, Notification
from directory.public.consult import drawing
from tests.directory.consultations import rooms
from tests.directory.consultations.planting import TOKEN, Lived, nouns
from tests.factories.consultations import delete_as_told
from tests.factories.people import make_user, satisfy_mfa, sign_in
from tests.traces import dump, dumped_data, elsewhere, found, opened, rows_as_they_lie, sealed


class Ears(logging.Handler):
    """Keeps every line as the log has it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += [record.getMessage(), LineFormatter().format(record)]


@pytest.fixture
def ears() -> Iterator[Ears]:
    """All that is logged, at DEBUG."""
    heard, root = Ears(), logging.getLogger()
    level = root.level
    root.addHandler(heard)
    root.setLevel(logging.DEBUG)
    yield heard
    root.removeHandler(heard)
    root.setLevel(level)


def deleted(life: Lived) -> None:
    """The reason for keeping it has ended; then the person deletes it on the reply page."""
    holding.lift(by=life.above, consultation=life.it)
    page = life.returning.post(reverse("directory:consult_delete"), rooms.of(life.it))
    assert page.status_code == 200


def kept_and_over(life: Lived) -> None:
    """The person deletes it, the desk keeps it, and its day comes."""
    delete_as_told(life.it)
    assert found({"text": life.words["answer"]}, opened()) == ["text"]  # shut away, not gone
    Consultation.objects.update(erase_on=dates.today())
    keeping.every_night(dates.now())


def timed_out(life: Lived) -> None:
    """Closed, warned, and nobody wrote."""
    holding.lift(by=life.above, consultation=life.it)
    receiving.close(by=life.taker, consultation=life.it, outcome="o1")
    Consultation.objects.update(erase_on=dates.today(), warned_at=dates.now())
    keeping.every_night(dates.now())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("goes", "why"), [(deleted, "person"), (kept_and_over, "hold"), (timed_out, "time")])
def test_before_it_is_sealed_and_afterwards_it_is_nowhere(
    ears: Ears, goes: Callable[[Lived], None], why: str, settings: Any, tmp_path: Any
) -> None:
    life = Lived()
    assert life.uncovered == []
    assert set(found(life.words, opened())) == set(life.words)  # with the key file each of them is readable
    backup = dump()
    assert life.it.number in backup  # the control: the dump does hold the row
    for place in (backup, rows_as_they_lie(), dumped_data()):
        assert found(life.words, place) == []
    reads_with_the_key_file_alone(backup, life, settings, tmp_path)
    mails = [f"{each.subject}{each.body}{each.extra_headers}{each.from_email}" for each in django_mail.outbox]
    assert ["zzkon-ato@example.jp"] in [each.to for each in django_mail.outbox]
    assert found(life.words, "".join(mails)) == []
    django_mail.outbox.clear()
    number = life.it.number
    goes(life)
    assert not Consultation.objects.exists()
    assert list(Destruction.objects.values_list("number", "why")) == [(number, why)]
    assert Client().post(reverse("directory:consult_reply"), {"code": life.code}).status_code == 422
    auditors_see_codes_alone(life)
    for place in (opened(), dump(), rows_as_they_lie(), dumped_data(), elsewhere(), *ears.lines):
        assert found(life.words, place) == []
    assert any("/consult/reply/" in line for line in ears.lines)
    assert not Notification.objects.filter(target=str(life.it.pk)).exists()
    assert not [row for row in Mail.objects.all() if row.context and "consultation" in row.kind]


def auditors_see_codes_alone(life: Lived) -> None:
    """The trail of its whole life, as the auditor reads it; and no other door."""
    auditor = make_user("auditor")
    satisfy_mfa(auditor)
    client = Client()
    sign_in(client, auditor)
    page = client.get(reverse("members:audit_acts")).content.decode()
    rows = AuditEvent.objects.filter(action__startswith="consultation.")
    acts = {row.action.removeprefix("consultation.") for row in rows}
    assert acts >= {
        "received",
        "read",
        "answered",
        "noted",
        "consent_asked",
        "consented",
        "moved",
        "hold_placed",
        "destroyed",
    }
    assert [row.action for row in rows if row.action not in page] == []
    assert found(life.words, page) == []
    codes = [code for row in rows for code in row.codes.values()]
    assert all(isinstance(code, int | None) or code.isascii() for code in codes)
    for name in ("consultation", "consultation_hold", "consultation_held"):
        assert client.get(life.url(name)).status_code == 403


def reads_with_the_key_file_alone(backup: str, life: Lived, settings: Any, tmp_path: Any) -> None:
    """Tokens of the dump open with our keys, and with no others."""
    field = Message._meta.get_field("text")
    assert isinstance(field, EncryptedTextField)
    tokens = [token for token in TOKEN.findall(backup) if field.opens(token)]
    assert life.words["answer"] in [encryption.unseal(token, field.place) for token in tokens]
    ours = settings.KEY_FILE
    settings.KEY_FILE = tmp_path / "others.json"
    encryption.make_key_file(settings.KEY_FILE)
    with pytest.raises(Unreadable):
        encryption.unseal(tokens[0], field.place)
    settings.KEY_FILE = ours


@pytest.mark.django_db
def test_every_noun_with_words_is_planted_and_a_forgotten_trace_would_be_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = {model.__name__ for model in nouns()}
    assert names == {"Consultation", "Message", "DeskNote", "ConsultVisit", "ConsentQuestion", "Hold"}
    columns = {f"{model.__name__}.{field.name}" for model in nouns() for field in sealed(model)}
    assert columns >= {"Consultation.name", "Consultation.contact", "ConsultVisit.code", "Message.text"}
    life = Lived()
    ConsultVisit.objects.update(code=None)
    assert life.uncovered == ["ConsultVisit.code"]  # a column nobody plants anything in is named
    holding.lift(by=life.above, consultation=life.it)
    monkeypatch.setattr(erasing, "_forgetters", [])
    erasing.delete(consultation=life.it)
    assert found(life.words, opened()) == ["session.unsent"]
    unsent.forget(str(life.it.pk))
    assert found(life.words, opened()) == []


@pytest.mark.django_db
def test_every_noun_hangs_on_the_consultation_or_on_nothing() -> None:
    """So that nothing is left behind when it is deleted, and nothing keeps it from being deleted."""
    for model in nouns():
        ties = [f for f in model._meta.concrete_fields if f.related_model is Consultation and model is not Consultation]
        assert [tie.remote_field.on_delete for tie in ties] == [models.CASCADE] * len(ties)
        assert ties or model is Consultation


# --- errors --------------------------------------------------------------------------------------------------


PLACES: list[tuple[str, str, str, dict[str, str]]] = [
    # who posts, where, what breaks below, what else is in the form
    ("person", "directory:consult", "directory.actions.consultations.sending.clean", {}),
    ("person", "directory:consult_save", "directory.actions.consultations.sending.keep_draft", {}),
    ("returning", "directory:consult_reply", "directory.actions.consultations.sending.clean", {"key": "reply"}),
    ("returning", "directory:consult_more", "directory.actions.consultations.sending.say_more", {"way": "none"}),
    ("elsewhere", "members:consultation_answer", "directory.actions.consultations.receiving.clean", {}),
    ("elsewhere", "members:consultation_note", "directory.actions.consultations.receiving.clean", {"kind": "note"}),
    ("supervisor", "members:consultation_hold", "directory.actions.consultations.holding.hold", {"reason": "law"}),
]


@pytest.mark.django_db
def test_a_failure_below_a_form_tells_nothing(ears: Ears, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the page, nor the log, nor a report by mail, also where the error itself quotes what was written."""
    from cms import keys
    from directory.public.consult import reply

    life = Lived()
    holding.lift(by=life.above, consultation=life.it)
    settings.ADMINS = [("A", "admin@example.jp")]
    handler = django_log_handler()
    for who, name, breaks, more in PLACES:
        client: Client = getattr(life, who)
        client.raise_request_exception = False
        django_mail.outbox.clear()
        ears.lines.clear()
        word = life.word(name)

        def fail(*args: Any, word: str = word, **kwargs: Any) -> None:
            raise RuntimeError(word)

        args = [life.it.pk] if name.startswith("members:") else []
        key = keys.new_form_key(reply.SALT) if more.get("key") else drawing.new_key()
        form = {"text": f"死にたい {word}", "note": word, "name": word, **rooms.of(life.it), **more}
        if "reason" in form:
            form["until"] = f"{holding.latest()}"
        with monkeypatch.context() as patch:
            patch.setattr(breaks, fail)
            answer = client.post(reverse(name, args=args), {**form, "key": key, "form_key": new_key()})
        assert answer.status_code == 500, name
        told = [answer.content.decode(), *ears.lines, *(f"{m.body}{m.alternatives}" for m in django_mail.outbox)]
        assert any("RuntimeError" in line for line in ears.lines), name  # the controls: log and mail do tell of it
        assert len(django_mail.outbox) == 1, name
        assert [word in each for each in told] == [False] * len(told), name
    logging.getLogger("django.request").removeHandler(handler)


def django_log_handler() -> logging.Handler:
    """What Django itself would send to administrators, with every variable."""
    from django.utils.log import AdminEmailHandler

    handler = AdminEmailHandler(include_html=True)
    handler.setLevel(logging.ERROR)
    logging.getLogger("django.request").addHandler(handler)
    return handler


# --- what waits, and who reads what ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_answer_whose_session_had_ended_waits_sealed_and_goes_with_the_consultation(
    frozen: Callable[[str], Any],
) -> None:
    clock = frozen("2026-12-03T10:00+09:00")
    life = Lived()
    path, client = life.url("consultation_answer"), life.elsewhere

    def too_late(word: str) -> None:
        client.get(path)
        clock.shift(dt.timedelta(minutes=31))
        sent_off = client.post(path, {"text": word, "form_key": new_key()})
        assert sent_off.headers["Location"] == "/accounts/login/?next=%2Faccounts%2Funsent%2F"
        assert found({"late": word}, opened()) == ["late"]
        assert found({"late": word}, rows_as_they_lie()) == []

    first, second = life.word("late answer"), life.word("too late answer")
    too_late(first)
    sign_in(client, life.taker)
    page = client.get("/accounts/unsent/").content.decode()
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert fields["text"] == first
    assert client.post(path, fields).status_code == 302
    assert first in [message.text for message in life.it.messages.all()]
    too_late(second)
    holding.lift(by=life.above, consultation=life.it)
    erasing.delete(consultation=life.it)
    assert found({"first": first, "second": second}, opened()) == []
    sign_in(client, life.taker)
    assert client.get("/accounts/unsent/").status_code == 302

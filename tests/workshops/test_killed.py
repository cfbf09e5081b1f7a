"""kill -9 at named points: what was acknowledged is there once, what was not is not there or is found by its key."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import mail as django_mail

from cms import outbox
from cms.dates import now
from cms.enums import MailState
from cms.models import Mail
from tests.cms.processes import environment
from tests.factories.events import make_occurrence, make_registration
from workshops.actions import registrations, waiting
from workshops.actions.capacity import recount
from workshops.actions.registrations import AlreadyRegistered, Party
from workshops.enums import CapacityPolicy, RegistrationState
from workshops.models import Occurrence, Registration

pytestmark = pytest.mark.django_db(transaction=True)

# A process that does one thing and stands still at a named point until it is killed: before the call, or behind it.
PROCESS = """
import sys, time
import django
django.setup()
from importlib import import_module
deed, module, name, when = sys.argv[1:5]
from workshops.actions import registrations, waiting
from workshops.models import Occurrence, Registration

def stand(*_args, **_more):
    print("here", flush=True)
    time.sleep(600)

place = import_module(module)
real = getattr(place, name)

def wrapped(*args, **keywords):
    if when == "before":
        stand()
    answer = real(*args, **keywords)
    stand()
    return answer

if when != "never":
    setattr(place, name, wrapped)
if deed == "register":
    occurrence = Occurrence.objects.select_related("event").get(pk=sys.argv[5])
    party = registrations.Party("なぎ", 2, email="nagi@example.jp")
    registrations.register(occurrence=occurrence, party=party, key=sys.argv[6])
elif deed == "withdraw":
    registration = Registration.objects.select_related("occurrence__event").get(pk=sys.argv[5])
    registrations.withdraw(registration=registration)
elif deed == "deliver":
    from cms import outbox
    outbox.deliver_due()
stand()
"""
KEY = "k" * 24


def kill_at(folder: Path, *arguments: str) -> None:
    """Run the process until it stands at its point, then kill it outright."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROCESS, *arguments], env=environment(folder), stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        if process.stdout:
            process.stdout.close()


@pytest.mark.parametrize(
    ("module", "name", "when", "written"),
    [
        ("workshops.actions.waiting", "take", "after", False),  # the counter has gone up, nothing is committed
        ("workshops.actions.registrations", "keep_answers", "before", False),  # the row is written, not committed
        ("workshops.actions.registrations", "confirm", "after", False),  # the mail is written, too
        ("workshops.actions.registrations", "confirm", "never", True),  # committed, nobody was told
    ],
)
def test_the_web_process_dies(tmp_path: Path, module: str, name: str, when: str, written: bool) -> None:
    occurrence = make_occurrence(capacity=3, unit="person")
    kill_at(tmp_path, "register", module, name, when, str(occurrence.pk), KEY)
    assert Registration.objects.count() == Mail.objects.count() == int(written)
    assert recount(occurrence=occurrence) == ((2, 2) if written else (0, 0))
    again = Party("なぎ", 2, email="nagi@example.jp")  # the person presses the button once more
    if written:
        with pytest.raises(AlreadyRegistered):
            registrations.register(occurrence=occurrence, party=again, key=KEY)
    else:
        registrations.register(occurrence=occurrence, party=again, key=KEY)
    assert (Registration.objects.count(), recount(occurrence=occurrence)) == (1, (2, 2))
    outbox.deliver_due()
    assert [message.to for message in django_mail.outbox] == [["nagi@example.jp"]]


@pytest.mark.parametrize(
    ("module", "name", "when", "moved"),
    [
        ("workshops.actions.registrations", "give_back", "after", False),  # seats are free, the next is not asked yet
        ("workshops.actions.waiting", "_offer", "after", False),  # offered, not committed
        ("workshops.actions.waiting", "_offer", "never", True),
    ],
)
def test_whoever_waits_is_asked_in_the_same_breath_or_not_at_all(
    tmp_path: Path, module: str, name: str, when: str, moved: bool
) -> None:
    occurrence = make_occurrence(capacity=2, unit="person")
    Occurrence.objects.filter(pk=occurrence.pk).update(policy=CapacityPolicy.WAITLIST)
    occurrence.refresh_from_db()
    holder = make_registration(occurrence, people=2).registration
    make_registration(occurrence, people=2, email="next@example.jp")
    kill_at(tmp_path, "withdraw", module, name, when, str(holder.pk))
    states = sorted(Registration.objects.values_list("state", flat=True))
    assert states == (
        [RegistrationState.CANCELLED, RegistrationState.OFFERED]
        if moved
        else [RegistrationState.ACTIVE, RegistrationState.WAITING]
    )
    assert recount(occurrence=occurrence) == (2, 2)
    assert Mail.objects.filter(kind=waiting.MAIL_OFFERED).count() == int(moved)


def test_the_worker_dies_between_the_servers_yes_and_its_own_note(tmp_path: Path) -> None:
    """At least once: the repeat carries the same Message-ID, so that the mail programme shows one (design §3.7)."""
    make_registration(make_occurrence(capacity=3), email="nagi@example.jp")
    kill_at(tmp_path, "deliver", "cms.outbox", "ended", "before")
    handed_over = [path.read_text(encoding="utf-8", errors="replace") for path in (tmp_path / "mail").iterdir()]
    row = Mail.objects.get()
    assert (len(handed_over), row.state) == (1, MailState.QUEUED)
    assert outbox.deliver_due() == 0  # the dead worker's claim holds for ten minutes
    Mail.objects.update(claimed_at=now() - dt.timedelta(minutes=11))
    assert outbox.deliver_due() == 1
    message_id = django_mail.outbox[0].extra_headers["Message-ID"]
    assert f"Message-ID: {message_id}" in handed_over[0]
    assert Mail.objects.get().state == MailState.SENT

"""Keys are changed while the house is open."""

import threading
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from cms import rotation
from cms.encryption import keyring, resealers
from cms.models import Mail
from tests.cms.test_encryption import make_mail, own_keys
from tests.factories.people import make_user, satisfy_mfa

__all__ = ["own_keys"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def told(own_keys: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What the command said. Nobody else writes here: older keys may be dropped at once."""
    monkeypatch.setattr(rotation, "GRACE", 0)

    def run(*options: str) -> str:
        call_command("rotate_keys", *options)
        return str(capsys.readouterr().out)

    return run


def key_ids() -> set[str]:
    """Ids of the keys that stored values were made with."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT recipient FROM cms_mail")
        return {token.split(".")[1] for (token,) in cursor.fetchall()}


def test_every_encrypted_field_is_found() -> None:
    found = {field.place for _model, field in rotation.sealed_columns()}
    assert {"cms.mail.recipient", "cms.mail.context", "cms.mail.attachments"} <= found


def test_everything_moves_to_the_new_key(told: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    for number in range(5):
        make_mail(recipient=f"reader {number}")
    old = keyring().current
    told()
    assert keyring().current != old
    assert list(keyring().keys) == [keyring().current, old]
    assert key_ids() == {keyring().current}
    told("--drop-old")
    assert list(keyring().keys) == [keyring().current]
    assert sorted(Mail.objects.values_list("recipient", flat=True)) == [f"reader {n}" for n in range(5)]


def test_a_second_run_changes_nothing(told: Any) -> None:
    make_mail(recipient="a")
    told()
    assert told("--resume") == "".join(f"{again.__module__}: {again()}\n" for again in resealers)


def test_stopped_half_way_it_goes_on(told: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        make_mail(recipient=f"reader {number}")
    once = rotation.reseal_value
    calls: list[object] = []

    def dies_at_the_second(model: Any, field: Any, pk: object, token: str) -> int:
        calls.append(pk)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return once(model, field, pk, token)

    monkeypatch.setattr(rotation, "reseal_value", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        told()
    assert len(key_ids()) == 2
    with pytest.raises(SystemExit) as stopped:
        call_command("rotate_keys", "--drop-old")
    assert stopped.value.code == 1
    monkeypatch.setattr(rotation, "reseal_value", once)
    told("--resume")
    assert key_ids() == {keyring().current}


def test_older_keys_stay_while_somebody_may_still_use_them(told: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    make_mail(recipient="a")
    told()
    monkeypatch.setattr(rotation, "GRACE", 60)
    with pytest.raises(SystemExit) as stopped:
        told("--drop-old")
    assert (stopped.value.code, len(keyring().keys)) == (1, 2)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_older_keys_stay_while_a_transaction_from_before_runs(told: Any) -> None:
    """It has sealed with the older key what nobody else sees yet."""
    begun, go_on = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            make_mail(recipient="late")
            begun.set()
            go_on.wait(10)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait(10)
    told()
    with pytest.raises(SystemExit):
        told("--drop-old")
    go_on.set()
    writer.join()
    told("--resume")
    told("--drop-old")
    assert (Mail.objects.get().recipient, len(keyring().keys)) == ("late", 1)


def test_a_value_written_meanwhile_wins(told: Any) -> None:
    mail = make_mail(recipient="old")
    model, field = next(pair for pair in rotation.sealed_columns() if pair[1].place == "cms.mail.recipient")
    with connection.cursor() as cursor:
        cursor.execute("SELECT recipient FROM cms_mail")
        token = cursor.fetchone()[0]
    Mail.objects.filter(pk=mail.pk).update(recipient="new")
    assert rotation.reseal_value(model, field, mail.pk, token) == 0
    assert Mail.objects.get().recipient == "new"


def test_the_first_key_file_is_made_once(own_keys: Path, settings: Any, told: Any) -> None:
    settings.KEY_FILE_MADE_WHEN_MISSING = False
    assert str(own_keys) in told("--first")
    before = own_keys.read_text()
    with pytest.raises(CommandError, match="not touched"):
        told("--first")
    assert own_keys.read_text() == before


def test_second_factors_move_too(told: Any) -> None:
    """They are sealed by allauth through our adapter, not by a field: forgotten, they would lock everybody out."""
    user = make_user()
    satisfy_mfa(user)
    told()
    told("--drop-old")
    factor = Authenticator.objects.get(user=user)
    assert factor.data["secret"].split(".")[1] == keyring().current
    assert get_adapter().decrypt(factor.data["secret"]) == "JBSWY3DPEHPK3PXP"

"""Encrypted fields: they come back, and nothing else gives them away."""

import io
import json
import stat
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.models import Case, Value, When
from hypothesis import given
from hypothesis import strategies as st

from cms import encryption
from cms.encryption import KeyRing, Unreadable, keyed_hash, keyring, new_ring, seal, store_ring, unseal
from cms.models import Mail

CANARY = "ZZ-CANARY-秘密-7731"
characters = st.characters(exclude_categories=["Cs"])


@pytest.fixture
def own_keys(settings: Any, tmp_path: Path) -> Path:
    """A key file of this test."""
    settings.KEY_FILE = tmp_path / "keys" / "keys.json"
    return Path(settings.KEY_FILE)


def make_mail(**fields: Any) -> Mail:
    """A row with encrypted fields."""
    number = Mail.objects.count()
    defaults = {"kind": "test", "key": f"k{number}", "message_id": f"<{number}@test>", "template": "t"}
    return Mail.objects.create(**{**defaults, **fields})


def stored(mail: Mail, column: str) -> str:
    """What the database really holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM cms_mail WHERE id = %s", [mail.pk])
        return str(cursor.fetchone()[0])


@given(st.text(characters, max_size=300))
def test_text_comes_back(text: str) -> None:
    assert unseal(seal(text, "a.b.c"), "a.b.c") == text


def test_a_lone_surrogate_becomes_a_question_mark() -> None:
    assert unseal(seal("a\ud800b", "a.b.c"), "a.b.c") == "a?b"


def test_two_tokens_of_one_text_differ() -> None:
    assert seal("x", "a.b.c") != seal("x", "a.b.c")


def test_another_place_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"a\.b\.d"):
        unseal(seal("x", "a.b.c"), "a.b.d")


@pytest.mark.parametrize("token", ["", "plain text", "v1", "v1.", "v2.a.b", "v1.ab"])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(Unreadable, match="not encrypted"):
        unseal(token, "a.b.c")


def test_a_changed_token_is_refused() -> None:
    token = seal("x", "a.b.c")
    with pytest.raises(Unreadable, match="does not open"):
        unseal(token[:-4] + ("AAA=" if not token.endswith("AAA=") else "BBB="), "a.b.c")
    with pytest.raises(Unreadable, match="does not open"):
        unseal(token + "!", "a.b.c")


def test_a_missing_key_is_named(own_keys: Path) -> None:
    token = seal("x", "a.b.c")
    store_ring(new_ring())
    with pytest.raises(Unreadable, match=token.split(".")[1]):
        unseal(token, "a.b.c")


def test_a_wrong_key_under_the_right_name_is_refused(own_keys: Path) -> None:
    token = seal("x", "a.b.c")
    ring = keyring()
    store_ring(KeyRing(keys={ring.current: new_ring().hash_key}, hash_key=ring.hash_key))
    with pytest.raises(Unreadable, match="does not open"):
        unseal(token, "a.b.c")


def test_the_error_holds_no_text(own_keys: Path) -> None:
    token = seal(CANARY, "a.b.c")
    with pytest.raises(Unreadable) as caught:
        unseal(token, "x")
    assert CANARY not in str(caught.value)
    assert token not in str(caught.value)


def test_hashes_are_equal_only_for_the_same_purpose_and_key(own_keys: Path) -> None:
    first = keyed_hash("090", purpose="a")
    assert keyed_hash("090", purpose="a") == first
    assert keyed_hash("090", purpose="b") != first
    assert keyed_hash("091", purpose="a") != first
    assert len(first) == 64
    store_ring(new_ring())
    assert keyed_hash("090", purpose="a") != first


def test_the_key_file_is_made_once_by_many_at_once(own_keys: Path) -> None:
    seen: list[str] = []
    gate = threading.Barrier(8)

    def ask() -> None:
        gate.wait()
        seen.append(keyring().current)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen)) == 1
    assert stat.S_IMODE(own_keys.stat().st_mode) == 0o600
    assert list(own_keys.parent.iterdir()) == [own_keys]


def test_a_missing_key_file_is_never_made_in_production(own_keys: Path, settings: Any) -> None:
    settings.KEY_FILE_MADE_WHEN_MISSING = False
    with pytest.raises(ImproperlyConfigured, match="rotate_keys --first"):
        seal("x", "a.b.c")
    assert not own_keys.exists()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"keys": [], "hash_key": "AAAA"}', '{"keys": 3, "hash_key": ""}'])
def test_what_is_no_key_file_is_told(own_keys: Path, content: str) -> None:
    own_keys.parent.mkdir()
    own_keys.write_text(content)
    with pytest.raises(ImproperlyConfigured):
        keyring()


@pytest.mark.django_db
class TestFields:
    def test_round_trip_through_every_way_of_writing(self) -> None:
        mail = make_mail(recipient="髙﨑𠮷 <a@b>", context={"a": [1, "二", None]}, attachments=[])
        Mail.objects.filter(pk=mail.pk).update(recipient="新しい")
        fresh = Mail.objects.get(pk=mail.pk)
        assert (fresh.recipient, fresh.context, fresh.attachments) == ("新しい", {"a": [1, "二", None]}, [])
        fresh.recipient = "bulk"
        Mail.objects.bulk_update([fresh], ["recipient"])
        assert list(Mail.objects.values_list("recipient", flat=True)) == ["bulk"]
        made = Mail(kind="test", key="bulk", message_id="<b>", template="t", recipient=CANARY)
        Mail.objects.bulk_create([made])
        assert Mail.objects.get(key="bulk").recipient == CANARY
        assert CANARY not in stored(made, "recipient")

    def test_null_is_null_and_empty_is_sealed(self) -> None:
        assert make_mail(recipient=None).recipient is None
        empty = make_mail(recipient="")
        assert stored(empty, "recipient").startswith("v1.")
        assert Mail.objects.filter(recipient__isnull=True).count() == 1

    def test_a_value_moved_to_another_column_is_refused(self) -> None:
        mail = make_mail(recipient="a", context={})
        with connection.cursor() as cursor:
            cursor.execute("UPDATE cms_mail SET context = recipient WHERE id = %s", [mail.pk])
        with pytest.raises(Unreadable):
            Mail.objects.get(pk=mail.pk)

    @pytest.mark.parametrize("lookup", ["", "__exact", "__contains", "__in", "__startswith", "__length", "__gt"])
    def test_questions_about_the_text_are_refused(self, lookup: str) -> None:
        with pytest.raises(FieldError, match="encrypted"):
            list(Mail.objects.filter(**{f"recipient{lookup}": "a"}))

    def test_expressions_are_refused(self) -> None:
        mail = make_mail(recipient="a")
        mail.recipient = Value("b")
        with pytest.raises(FieldError, match="not an expression"):
            mail.save()

    def test_a_case_of_plain_values_is_refused(self) -> None:
        make_mail(recipient="a")
        with pytest.raises(FieldError, match="not an expression"):
            Mail.objects.update(recipient=Case(When(pk__gt=0, then=Value(CANARY))))

    def test_json_takes_dicts_and_lists_only(self) -> None:
        with pytest.raises(TypeError, match="dict or a list"):
            make_mail(context=5)

    def test_unique_or_indexed_is_an_error(self) -> None:
        field = encryption.EncryptedTextField(unique=True)
        field.set_attributes_from_name("x")
        field.model = Mail
        assert "cms.E010" in [message.id for message in field.check()]

    def test_a_dump_holds_tokens_and_can_be_loaded(self, tmp_path: Path) -> None:
        mail = make_mail(recipient=CANARY, context={"text": CANARY}, kind="visible-kind")
        dump = tmp_path / "dump.json"
        call_command("dumpdata", "cms.mail", output=str(dump), verbosity=0)
        text = dump.read_text(encoding="utf-8")
        assert "visible-kind" in text  # negative control: the row is there
        assert CANARY not in text
        assert json.dumps(CANARY)[1:-1] not in text
        mail.delete()
        call_command("loaddata", str(dump), verbosity=0)
        loaded = Mail.objects.get()
        assert (loaded.recipient, loaded.context) == (CANARY, {"text": CANARY})

    def test_a_pasted_token_stays_text(self) -> None:
        """Somebody with a stolen backup types a token into a form: it is not opened for them."""
        token = seal(CANARY, "cms.mail.recipient")
        assert make_mail(recipient=token).recipient == token
        loaded = Mail.objects.get()
        assert loaded.recipient == token

    def test_a_token_in_a_dump_of_another_column_stays_text(self) -> None:
        foreign = seal(CANARY, "cms.mail.context")
        with encryption.tokens_expected():
            make_mail(recipient=foreign)
        assert Mail.objects.get().recipient == foreign

    def test_the_database_file_holds_no_canary(self) -> None:
        make_mail(recipient=CANARY, kind="visible-kind")
        out = io.StringIO()
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM cms_mail")
            out.write(repr(cursor.fetchall()))
        assert "visible-kind" in out.getvalue()
        assert CANARY not in out.getvalue()

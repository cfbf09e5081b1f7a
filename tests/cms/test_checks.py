"""What `check --deploy` refuses, and that the sample values pass."""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings

from cms import checks

ENV = Path(django_settings.BASE_DIR) / "deploy" / "example.env"


def found() -> set[str]:
    """Ids of the findings."""
    return {message.id for message in checks.installation(None) if message.id}


@pytest.fixture
def city(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SimpleNamespace:
    """Settings of an installation that is right."""
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    right = SimpleNamespace(
        ALLOWED_HOSTS=["a.example"],
        BASE_DIR=django_settings.BASE_DIR,
        BASE_URL="https://a.example",
        SOCIALACCOUNT_PROVIDERS={},
        DATABASES={"default": {"ENGINE": "django.db.backends.postgresql"}},
        DEBUG=False,
        DEFAULT_FROM_EMAIL="a@city.example",
        DEMO=False,
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        KEY_FILE=tmp_path / "keys.json",
        KEY_FILE_MADE_WHEN_MISSING=False,
        MEDIA_ROOT=django_settings.MEDIA_ROOT,
        MFA_REQUIRED=True,
        NEUTRAL_FROM_EMAIL="info@mail.example",
        STATIC_ROOT=None,
        STORAGES={"default": disk},
        THROTTLE_FACTOR=1,
        WEB_HOSTS=1,
    )
    monkeypatch.setattr(checks, "settings", right)
    return right


def test_an_installation_that_is_right(city: SimpleNamespace) -> None:
    assert found() == set()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DEMO", True, "cms.E001"),
        ("DEBUG", True, "cms.E002"),
        ("MFA_REQUIRED", False, "cms.E003"),
        ("THROTTLE_FACTOR", 100, "cms.E004"),
        ("DATABASES", {"default": {"ENGINE": "django.db.backends.sqlite3"}}, "cms.E005"),
        ("EMAIL_BACKEND", "cms.mailfiles.EmailBackend", "cms.E008"),
        ("BASE_URL", "http://a.example", "cms.E009"),
        ("ALLOWED_HOSTS", ["b.example"], "cms.E011"),
        ("ALLOWED_HOSTS", ["a.example", "*"], "cms.E012"),
        ("DEFAULT_FROM_EMAIL", "noreply@localhost", "cms.E013"),
        ("NEUTRAL_FROM_EMAIL", "a@city.example", "cms.W001"),
        ("KEY_FILE", django_settings.BASE_DIR / "var" / "keys.json", "cms.E014"),
        ("KEY_FILE_MADE_WHEN_MISSING", True, "cms.E015"),
    ],
)
def test_each_mistake_is_named(city: SimpleNamespace, name: str, value: object, expected: str) -> None:
    setattr(city, name, value)
    assert found() == {expected}


def test_several_hosts_need_shared_storage(city: SimpleNamespace) -> None:
    city.WEB_HOSTS = 2
    assert found() == {"cms.E006", "cms.E007"}
    shared = {"BACKEND": "storages.backends.s3.S3Storage"}
    city.STORAGES = {"default": shared, "private": shared}
    assert found() == set()


def test_a_key_file_that_others_may_read(city: SimpleNamespace) -> None:
    city.KEY_FILE.write_text("{}")
    city.KEY_FILE.chmod(0o640)
    assert found() == {"cms.E016"}
    city.KEY_FILE.chmod(0o600)
    assert found() == set()


def test_a_missing_key_file_is_told_but_stops_nothing(city: SimpleNamespace) -> None:
    assert [message.id for message in checks.key_file_exists(None)] == ["cms.I001"]
    city.KEY_FILE.write_text("{}")
    assert checks.key_file_exists(None) == []


def sample() -> dict[str, str]:
    """deploy/example.env as systemd and a shell read it."""
    lines = ENV.read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    return {name: " ".join(shlex.split(value)) for name, _sign, value in pairs}


@pytest.mark.parametrize(("changes", "code"), [({}, 0), ({"DEMO": "1"}, 1), ({"MFA_REQUIRED": "0"}, 1)])
def test_the_sample_values_pass_and_others_do_not(changes: dict[str, str], code: int) -> None:
    environment = {"PATH": os.environ["PATH"], **sample(), **changes}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    run = subprocess.run(command, env=environment, cwd=django_settings.BASE_DIR, capture_output=True, check=False)
    assert run.returncode == code, run.stderr.decode()

"""What goes every night."""

import datetime as dt
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from wagtail.admin.models import FormState
from wagtail.models import UploadedFile

from cms.models import Mail
from cms.signals import purging
from tests.cms.test_encryption import make_mail
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def purge(capsys: Any) -> dict[str, int]:
    """The command's counts for this room."""
    call_command("purge")
    counts = json.loads(capsys.readouterr().out)
    return {name: counts[name] for name in ("mail_emptied", "sessions", "tasks", "previews", "uploads")}


def test_what_is_over_goes_and_the_rest_stays(capsys: Any, frozen: Any) -> None:
    clock = frozen("2026-12-03T02:00+09:00")
    now = timezone.now()
    make_mail(recipient="a", state="sent", sent_at=now, ended_at=now)
    Session.objects.create(session_key="a", session_data="", expire_date=now + dt.timedelta(hours=12))
    kind = ContentType.objects.get_for_model(Mail)
    draft = {"data": urlencode({"title": "下書き"}), "last_updated_at": now}
    FormState.objects.create(user=make_user(), content_type=kind, object_id="1", **draft)
    upload = UploadedFile.objects.create(file=ContentFile(b"x", name="sea.jpg"))
    nothing = dict.fromkeys(("mail_emptied", "sessions", "tasks", "previews", "uploads"), 0)
    assert purge(capsys) == nothing
    clock.shift(dt.timedelta(days=31))
    assert purge(capsys) == {**nothing, "mail_emptied": 1, "sessions": 1, "previews": 1, "uploads": 1}
    assert not upload.file.storage.exists(upload.file.name)
    assert Mail.objects.get().recipient is None
    assert purge(capsys) == nothing


def test_one_rooms_trouble_stops_no_other(capsys: Any) -> None:
    def fails(**kwargs: Any) -> None:
        raise RuntimeError("with private text")

    purging.connect(fails)
    try:
        with pytest.raises(SystemExit) as stopped:
            call_command("purge")
    finally:
        purging.disconnect(fails)
    out = capsys.readouterr()
    assert stopped.value.code == 1
    assert "mail_emptied" in json.loads(out.out)
    assert "RuntimeError" in out.err
    assert "private text" not in out.err

"""The audit trail takes codes, keeps them, and lets nobody change them."""

from typing import Any

import pytest
from django.utils import timezone

from cms.audit import record
from cms.models import AppendOnly, AuditEvent
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def test_a_row_holds_numbers_and_codes() -> None:
    user = make_user(name="試験 花子")
    event = record("case.released", by=user, target=user, audience="core", count=3, reason=None)
    event.refresh_from_db()
    assert (event.action, event.actor, event.target) == ("case.released", str(user.pk), f"directory.user:{user.pk}")
    assert event.codes == {"audience": "core", "count": 3, "reason": None}
    assert "花子" not in str(event)


def test_the_system_has_no_number() -> None:
    assert record("mail.dropped", by=None).actor == ""


@pytest.mark.parametrize("text", ["花子", "two words", "a@example.jp", "x" * 81, "a\nb", 1.5, ["a"], {"a": 1}])
def test_text_is_refused(text: Any) -> None:
    with pytest.raises(ValueError, match="not a code"):
        record("case.read", by=None, reason=text)
    assert AuditEvent.objects.count() == 0


@pytest.mark.parametrize("action", ["", "Case.read", "case read", "case..read", "事例", "case.read\n"])
def test_an_action_is_dotted_ascii(action: str) -> None:
    with pytest.raises(ValueError, match="dotted"):
        record(action, by=None)


def test_nothing_changes_or_goes() -> None:
    event = record("case.read", by=None)
    ways: list[Any] = [
        event.save,
        event.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(action="x"),
        lambda: AuditEvent.objects.bulk_update([event], ["action"]),
        lambda: AuditEvent.objects.update_or_create(pk=event.pk, defaults={"action": "x"}),
        lambda: AuditEvent._base_manager.filter(pk=event.pk).delete(),
    ]
    for way in ways:
        with pytest.raises(AppendOnly):
            way()
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["case.read"]


def test_it_says_when() -> None:
    before = timezone.now()
    assert before <= record("case.read", by=None).at <= timezone.now()

"""What was written before there were chains: it gets its mark and its place."""

from __future__ import annotations

import uuid

import pytest
from django.core.management import call_command
from django.utils import timezone

from casebook.models import Access
from cms import chains
from cms.audit import seal_events
from cms.models import AuditEvent, AuditSeal
from tests.factories.chains import ask, drop_triggers, run, triggers_of


@pytest.mark.django_db(transaction=True)
def test_old_rows_are_chained_and_the_refusal_can_be_made_again() -> None:
    call_command("migrate", "casebook", "0002", verbosity=0)
    call_command("migrate", "cms", "0009", verbosity=0)
    assert [triggers_of(table) for table in ("casebook_access", "cms_auditevent")] == [[], []]
    now = timezone.now()
    for number in range(3):
        run(
            "INSERT INTO casebook_access (\"case\", \"user\", organization, how, at) VALUES (%s, %s, NULL, 'view', %s)",
            uuid.UUID(int=number).hex, number, now,
        )  # fmt: skip
        run(
            "INSERT INTO cms_auditevent (at, action, actor, target, codes) VALUES (%s, 'case.read', %s, '', '{\"a\": 1}')",
            now, str(number),
        )  # fmt: skip
    call_command("migrate", verbosity=0)
    assert [len(triggers_of(table)) for table in ("casebook_access", "cms_auditevent")] == [2, 2]
    assert all(act.is_ours for act in AuditEvent.objects.all())
    assert seal_events() == 3
    Access.objects.create(user=4, organization=None, how="export")
    assert [chains.verify(name).ok for name in (Access.CHAIN, AuditSeal.CHAIN)] == [True, True]
    assert ask("SELECT MAX(seq) FROM casebook_access") == [(4,)]
    drop_triggers("casebook_access")
    run('UPDATE casebook_access SET "user" = 9 WHERE seq = 2')
    assert chains.verify(Access.CHAIN).first_bad == 2

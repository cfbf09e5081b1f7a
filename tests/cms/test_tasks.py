"""The background process, one step at a time."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import DatabaseError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from cms import outbox, tasks
from cms.models import Mail
from tests.cms.test_outbox import allowed, post, templates

__all__ = ["allowed", "templates"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_step_does_the_tasks_and_says_that_it_lives(allowed: dict[str, bool]) -> None:
    post()
    assert DBTaskResult.objects.get().status == "READY"
    tasks.OutboxWorker("w").step()
    assert len(django_mail.outbox) == 1
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert outbox.worker_alive() is True


def test_a_mail_whose_task_was_lost_is_found_by_the_tick(allowed: dict[str, bool]) -> None:
    post()
    DBTaskResult.objects.all().delete()
    worker = tasks.OutboxWorker("w")
    worker.step()
    assert Mail.objects.get().state == "sent"
    post(key="test:2")
    DBTaskResult.objects.all().delete()
    worker.step()  # the next tick is not yet due
    assert Mail.objects.filter(state="queued").count() == 1


def test_a_database_that_is_away_ends_nothing(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    worker = tasks.OutboxWorker("w")

    def away() -> None:
        raise DatabaseError("text with a password in it")

    monkeypatch.setattr(worker.worker, "run", away)
    worker.step()
    assert "DatabaseError" in caplog.text
    assert "password" not in caplog.text


def test_pages_with_an_hour_are_published() -> None:
    home = Page.objects.filter(depth=2).get().specific
    home.title = "新しい題"
    home.go_live_at = timezone.now() + dt.timedelta(seconds=1)
    home.save_revision(approved_go_live_at=timezone.now() - dt.timedelta(minutes=1))
    tasks.OutboxWorker("w").step()
    assert Page.objects.get(pk=home.pk).title == "新しい題"

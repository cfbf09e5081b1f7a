"""What this room does when it is told."""

import datetime as dt
from typing import Any

from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import FormState
from wagtail.models import UploadedFile

from cms import audit, outbox
from cms.models.sentforms import KEPT as FORMS_KEPT
from cms.models.sentforms import SentForm
from cms.privatefiles import forget_orphans
from cms.signals import purging, ticking

TASKS_KEPT = dt.timedelta(days=7)
DRAFTS_KEPT = dt.timedelta(days=1)
LONGEST_TRANSACTION = dt.timedelta(days=1)  # an act that was written longer ago has been visible for long


@receiver(purging, dispatch_uid="cms.purge")
def purge(sender: object, now: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Mail forgets its reader; ended sessions, done tasks, previews, half-finished uploads and keys of forms go."""
    return {
        "mail_emptied": outbox.empty_old(now),
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
        "tasks": DBTaskResult.objects.exclude(status="READY").filter(enqueued_at__lt=now - TASKS_KEPT).delete()[0],
        "previews": FormState.objects.filter(last_updated_at__lt=now - DRAFTS_KEPT).delete()[0],
        "private_files": forget_orphans(now - DRAFTS_KEPT),
        "uploads": remove_uploads(now - DRAFTS_KEPT),
        "sent_forms": SentForm.objects.filter(at__lt=now - FORMS_KEPT).delete()[0],
    }


@receiver(ticking, dispatch_uid="cms.seal_events")
def seal_events(sender: object, at: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Every few seconds: what was written into the audit trail gets its place in the chain."""
    return {"acts_sealed": audit.seal_events(since=at - LONGEST_TRANSACTION)}


def remove_uploads(before: dt.datetime) -> int:
    """Uploads that were never finished, with their content: they are as they came, camera data and all."""
    removed = 0
    for upload in UploadedFile.objects.all():
        storage, name = upload.file.storage, upload.file.name
        if not storage.exists(name) or storage.get_modified_time(name) < before:
            storage.delete(name)
            upload.delete()
            removed += 1
    return removed

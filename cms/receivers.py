"""What this room does when it is told."""

import datetime as dt
from typing import Any

from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import FormState
from wagtail.models import UploadedFile

from cms import outbox
from cms.privatefiles import forget_orphans
from cms.signals import purging

TASKS_KEPT = dt.timedelta(days=7)
DRAFTS_KEPT = dt.timedelta(days=1)


@receiver(purging, dispatch_uid="cms.purge")
def purge(sender: object, now: dt.datetime, **kwargs: Any) -> dict[str, int]:
    """Mail forgets its reader; ended sessions, done tasks, previews and half-finished uploads go."""
    return {
        "mail_emptied": outbox.empty_old(now),
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
        "tasks": DBTaskResult.objects.exclude(status="READY").filter(enqueued_at__lt=now - TASKS_KEPT).delete()[0],
        "previews": FormState.objects.filter(last_updated_at__lt=now - DRAFTS_KEPT).delete()[0],
        "private_files": forget_orphans(now - DRAFTS_KEPT),
        "uploads": remove_uploads(now - DRAFTS_KEPT),
    }


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

"""The office's view of mail: what failed, what waits, why, and trying again. Never an address, never a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Min, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from cms import outbox
from cms.enums import MailState
from cms.models import Mail
from directory.members.people import signed_in
from directory.models import User
from directory.permissions import can
from directory.roles import Permission

PAGE_SIZE = 50

UNREACHED = gettext_lazy("The mail server could not be reached.")
REASONS: dict[str, str | Promise] = {
    "SMTPRecipientsRefused": gettext_lazy(
        "The other side does not take mail for this address: misspelt, given up, or full. Please ask the person."
    ),
    "SMTPDataError": gettext_lazy("The other side did not accept the mail itself, often because it took it for spam."),
    "SMTPSenderRefused": gettext_lazy("The mail server does not accept our sender's address."),
    "SMTPAuthenticationError": gettext_lazy("The mail server does not accept our login."),
    **dict.fromkeys(
        (
            "ConnectionRefusedError",
            "ConnectionResetError",
            "OSError",
            "SMTPConnectError",
            "SMTPServerDisconnected",
            "TimeoutError",
            "gaierror",
        ),
        UNREACHED,
    ),
}
UNKNOWN = gettext_lazy("Something went wrong in the system itself. Please tell whoever runs it.")


@dataclass(frozen=True)
class Line:
    """One mail as the office may see it."""

    mail: Mail
    kind: str
    reason: str | Promise


def line(mail: Mail) -> Line:
    """The kind and the reason in words."""
    reason = REASONS.get(mail.last_error, UNKNOWN) if mail.last_error else ""
    return Line(mail, outbox.label_of(mail.kind), reason)


def kept() -> QuerySet[Mail]:
    """Failed and waiting mail that still has something to say. After thirty days a failed one has not."""
    return Mail.objects.filter(state__in=[MailState.FAILED, MailState.QUEUED], emptied_at__isnull=True)


def by_kind() -> list[dict[str, Any]]:
    """How many of each kind failed and wait; what failed most first."""
    rows = kept().order_by().values("kind").annotate(
        failed=Count("pk", filter=Q(state=MailState.FAILED)),
        waiting=Count("pk", filter=Q(state=MailState.QUEUED)),
        oldest=Min("created_at"),
    )  # fmt: skip
    named = [{**row, "label": outbox.label_of(row["kind"])} for row in rows]
    return sorted(named, key=lambda row: (-row["failed"], -row["waiting"], row["kind"]))


def postmaster(request: HttpRequest) -> User:
    """Raises PermissionDenied for whoever does not look after mail."""
    user = signed_in(request)
    if not can(user, Permission.MAIL_READ):
        raise PermissionDenied
    return user


def one_by_one() -> QuerySet[Mail]:
    """Failed mail first, then what waits after an attempt; what has not been tried yet is only counted."""
    rows = kept().exclude(state=MailState.QUEUED, attempts=0).order_by("state", "-pk")
    return rows.defer("recipient", "context", "attachments")


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """Counts by kind; then one by one what failed, or waits for another attempt."""
    postmaster(request)
    page = Paginator(one_by_one(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": [line(each) for each in page], "kinds": by_kind()}
    return render(request, "home/members/office_mail.html", context)


@require_POST
def mail_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed mail afresh."""
    user = postmaster(request)
    if outbox.send_again(get_object_or_404(Mail.objects.failed(), pk=pk), by=user):
        messages.success(request, _("The mail is tried again."))
    else:
        messages.warning(request, _("This mail has been emptied after thirty days and cannot be sent any more."))
    return redirect("members:office_mail")


@require_POST
def mail_kind_again(request: HttpRequest) -> HttpResponse:
    """Try all failed mails of a kind afresh."""
    user = postmaster(request)
    count = outbox.send_kind_again(request.POST.get("kind", ""), by=user)
    if not count:
        raise Http404
    words = ngettext("%(n)d mail is tried again.", "%(n)d mails are tried again.", count)
    messages.success(request, words % {"n": count})
    return redirect("members:office_mail")

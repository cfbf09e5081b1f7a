"""The office's view of mail: what waits, what failed, and trying again. Never an address, never a text."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cms import outbox
from cms.enums import MailState
from cms.models import Mail
from directory.members.people import signed_in
from directory.permissions import can
from directory.roles import Permission

PAGE_SIZE = 50


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """Failed mail first, then what waits."""
    if not can(request.user, Permission.MAIL_READ):
        raise PermissionDenied
    rows = Mail.objects.filter(state__in=[MailState.FAILED, MailState.QUEUED]).order_by("state", "-pk")
    page = Paginator(rows.defer("recipient", "context", "attachments"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "home/members/office_mail.html", {"page": page})


@require_POST
def mail_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed mail afresh."""
    user = signed_in(request)
    if not can(user, Permission.MAIL_READ):
        raise PermissionDenied
    outbox.send_again(get_object_or_404(Mail.objects.failed(), pk=pk), by=user)
    messages.success(request, _("The mail is tried again."))
    return redirect("members:office_mail")

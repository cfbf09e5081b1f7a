"""The auditor's room: who did what and when, in codes, without any text."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.models import AuditEvent
from directory.permissions import can
from directory.roles import Permission

PAGE_SIZE = 100


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """The audit trail, newest first."""
    if not can(request.user, Permission.AUDIT_READ):
        raise PermissionDenied
    page = Paginator(AuditEvent.objects.order_by("-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "directory/members/audit.html", {"page": page})

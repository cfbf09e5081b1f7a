"""The one gate: who may enter the members' rooms and the staff's workplace.

Everything in the URL namespace `members`, and `/admin/`: stranger → login; no active role whose doors include the
room → 403; a second factor is missing where it is required → the page that says how; the casebook without a pledge
to the charter in force → the page of the pledge; otherwise the view.
Inside, a foreign id is 404 like a missing one: that is the views' affair.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse
from django.utils.http import urlencode

from directory.models.pledges import pledge_stands
from directory.permissions import may_enter
from directory.reauthentication import has_second_factor
from directory.roles import Door

MEMBERS = "members"
ADMIN_PREFIX = "/admin/"
# Never kept by a browser or a proxy, never indexed (design §3.3).
PRIVATE_PREFIXES = (
    "/members/",
    "/accounts/",
    "/registrations/",
    "/consult/",
    "/feeds/",
    "/volunteer/questions/",
    "/help/checked/",
)
AFTER_MFA = "after_mfa"


def door_of(match: ResolverMatch) -> Door:
    """The door of a members' route, told by the module of its view."""
    module = match.func.__module__
    if ".members.office" in module:
        return Door.OFFICE
    if ".members.audit" in module:
        return Door.AUDIT
    if ".members.consultations" in module:
        return Door.CONSULTATIONS
    if module.startswith("casebook."):
        return Door.CASEBOOK
    return Door.WORKSPACE


def to_the_pledge(request: HttpRequest) -> str:
    """The page of the pledge; it leads on to what was asked for."""
    page = reverse("members:pledge")
    return f"{page}?{urlencode({'next': request.get_full_path()})}" if request.method in {"GET", "HEAD"} else page


class MembersGate:
    """Middleware, after authentication and allauth."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        inside = match is not None and match.namespaces[:1] == [MEMBERS]
        # By prefix too: an address under /members/ that leads nowhere has no match.
        if inside or request.path.startswith(PRIVATE_PREFIXES):
            response["Cache-Control"] = "private, no-store"
            response["X-Robots-Tag"] = "noindex"
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Decide before the view runs."""
        match = request.resolver_match
        if match is None:
            return None
        if match.namespaces[:1] == [MEMBERS]:
            return self.refusal(request, door_of(match))
        if request.path.startswith(ADMIN_PREFIX) and match.url_name != "admin_login":
            return self.refusal(request, Door.WAGTAIL)
        return None

    def refusal(self, request: HttpRequest, door: Door) -> HttpResponse | None:
        """None lets the request through."""
        user = request.user
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may_enter(user, door):
            raise PermissionDenied
        if settings.MFA_REQUIRED and not has_second_factor(request):
            request.session[AFTER_MFA] = request.get_full_path()
            return redirect("mfa_needed")
        if door == Door.CASEBOOK and not pledge_stands(user):
            return redirect(to_the_pledge(request))
        return None

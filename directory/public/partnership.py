"""For residents: who takes part, as of any day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.forms import AsOfForm, plain_kinds
from directory.models import RoleStatement
from directory.queries import landmarks, register_on


def kinds_with_names() -> list[tuple[str, str]]:
    """Kinds as the city's table of roles calls them, in its order; those without a row after them."""
    rows: dict[str, str] = {}
    for row in RoleStatement.objects.all():
        rows.setdefault(row.kind, row.label)
    return list((rows | {kind: rows.get(kind, name) for kind, name in plain_kinds()}).items())


@require_safe
def member_list(request: HttpRequest) -> HttpResponse:
    """`/about/members/?on=2025-04-01&kind=npo`: the register of members on that day."""
    form = AsOfForm(request.GET, kinds_with_names())
    kind = form.chosen_kind
    context = {
        "form": form,
        "kind": kind,
        "kind_name": dict(form.fields["kind"].choices).get(kind, ""),  # type: ignore[attr-defined]
        "register": register_on(form.day, kind=kind),
        "landmarks": landmarks(),
    }
    return render(request, "directory/public/member_list.html", context)

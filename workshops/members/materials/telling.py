"""What becomes of a material: where it was used, taken down, put back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cms.once import once
from workshops.actions import materials as actions
from workshops.members.materials.forms import UseForm
from workshops.members.materials.giving import may_or_refuse, sent
from workshops.members.materials.reading import kept_or_404
from workshops.members.receiving import actor
from workshops.models import Material, MaterialUse
from workshops.permissions import may_give_materials


@require_http_methods(["GET", "HEAD", "POST"])
@once
def material_use(request: HttpRequest, code: str) -> HttpResponse:
    """Tell where it was used and what came of it: any organisation that may read it."""
    one = get_object_or_404(Material.objects.visible_to(request.user).standing(), public_id=code)
    may_or_refuse(request)
    form = UseForm(sent(request))
    if form.is_bound and form.is_valid():
        actions.tell_use(by=actor(request), material=one, **form.cleaned_data)
        messages.success(request, _("Thank you. It stands with the material now."))
        return redirect("members:material", code=one.public_id)
    context = {"material": one, "form": form}
    return render(request, "workshops/members/materials/use.html", context, status=422 if form.errors else 200)


@require_POST
def material_use_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a told use back: the own organisation's, or the secretariat's hand."""
    visible = Material.objects.visible_to(request.user)
    use = get_object_or_404(MaterialUse.objects.filter(material__in=visible).select_related("material"), pk=pk)
    try:
        actions.take_back_use(by=actor(request), use=use)
    except PermissionDenied:
        raise Http404 from None
    messages.success(request, _("It is taken back."))
    return redirect("members:material", code=use.material.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def material_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take it down: asked once, done at once."""
    one = kept_or_404(request, code)
    may_or_refuse(request)
    if request.method == "POST":
        actions.withdraw(by=actor(request), material=one)
        messages.success(request, _("It is taken down. Nobody else sees it now."))
        return redirect("members:material", code=one.public_id)
    return render(request, "workshops/members/materials/withdraw.html", {"material": one})


@require_POST
def material_put_back(request: HttpRequest, code: str) -> HttpResponse:
    """It may be read again."""
    one = kept_or_404(request, code)
    if not may_give_materials(request.user):
        raise PermissionDenied
    actions.put_back(by=actor(request), material=one)
    messages.success(request, _("It can be read again."))
    return redirect("members:material", code=one.public_id)

"""担い手募集 for residents: small things to help with, and a way to ask without any promise."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms import dates, keys, throttle
from directory.actions import opportunities as actions
from directory.models import Opportunity, VolunteerIndexPage
from directory.public.opportunity_forms import QuestionForm, VolunteerForm
from directory.public.toggles import Toggle, toggles_of
from directory.queries.opportunities import find_opportunities

A_PAGE = 12
#: Quicker than this nobody writes; divided by settings.THROTTLE_FACTOR.
SHORTEST = dt.timedelta(seconds=2)
#: A form that was open longer gets a new key (what was written stays).
LONGEST = dt.timedelta(hours=24)
WISHES: dict[str, str | Promise] = {
    "rhythms": gettext_lazy("How often"),
    "paid": gettext_lazy("Pay or expenses"),
    "minutes": gettext_lazy("How long"),
    "once": gettext_lazy("One may try it once"),
    "online": gettext_lazy("From home"),
    "young": gettext_lazy("Under 18, too"),
}


def toggles(form: VolunteerForm) -> list[Toggle]:
    """Half an hour, once, from home, under 18."""
    common = (
        ("m", "1", gettext_lazy("Up to 30 minutes"), "clock"),
        ("e", "1", gettext_lazy("One may try it once"), "hands"),
        ("o", "1", gettext_lazy("From home"), "home"),
        ("u", "1", gettext_lazy("Under 18, too"), "person"),
    )
    return toggles_of(form.query, common, single="m")


@require_safe
def opportunity_list(request: HttpRequest) -> HttpResponse:
    """`/volunteer/`: what one can help with, the short and dated ones first."""
    form = VolunteerForm(request.GET)
    listed = find_opportunities(form.filters(), dates.today(), request.user)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": VolunteerIndexPage.objects.live().first(),
        "form": form,
        "listed": listed,
        "shown": Paginator(listed.found, A_PAGE).get_page(request.GET.get("page")),
        "dropped": [WISHES[name] for name in listed.dropped],
        "toggles": toggles(form),
        "query": query.urlencode(),
    }
    return render(request, "directory/public/opportunity_list.html", context)


def of_slug(request: HttpRequest, slug: str) -> Opportunity:
    """A published opportunity, or 404."""
    rows = Opportunity.objects.visible_to(request.user).select_related("organization", "place")
    return get_object_or_404(rows, slug=slug)


@require_safe
def opportunity_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """`/volunteer/<slug>/`: what it is, how long, with whom; one that is over says so and shows others."""
    opportunity = of_slug(request, slug)
    today = dates.today()
    others = Opportunity.objects.visible_to(request.user).open_on(today).select_related("organization", "place")
    context = {
        "opportunity": opportunity,
        "is_open": opportunity.is_open(today),
        "is_fresh": opportunity.is_fresh(today),
        "others": others.exclude(pk=opportunity.pk)[:3],
    }
    return render(request, "directory/public/opportunity_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """`/volunteer/<slug>/ask/`: the short form; when sent, a page with the link to take it back, shown once."""
    opportunity = of_slug(request, slug)
    if request.method == "POST":
        response = sent(request, opportunity)
        add_never_cache_headers(response)
        return response
    if not opportunity.is_open(dates.today()):
        return redirect(opportunity)
    form = QuestionForm(initial={"key": keys.new_form_key(actions.FORM_SALT)}, auto_id="q_%s")
    response = drawn(request, opportunity, form)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def drawn(request: HttpRequest, opportunity: Opportunity, form: QuestionForm) -> HttpResponse:
    """The form, with what is kept of it."""
    context = {"opportunity": opportunity, "form": form, "erased_on": dates.today() + actions.KEPT_FOR}
    return render(request, "directory/public/opportunity_ask.html", context, status=422 if form.errors else 200)


def sent(request: HttpRequest, opportunity: Opportunity) -> HttpResponse:
    """Take a sent form."""
    form = QuestionForm(request.POST, auto_id="q_%s")
    try:
        key, age = keys.read_form_key(request.POST.get("key", ""), actions.FORM_SALT)
    except keys.NotOurs:
        return again(
            request, opportunity, form, _("This form could not be recognised. Please press the button once more.")
        )
    before = actions.first_sent(key)
    if before:
        return done(request, before)
    refusal = robot(request, age)
    if refusal:
        return again(request, opportunity, form, refusal, keep_key=age < LONGEST)
    if not form.is_valid():
        return drawn(request, opportunity, form)
    try:
        receipt = actions.ask(opportunity=opportunity, asked=form.asked(), key=key)
    except actions.NotOpen:
        messages.info(request, _("One can no longer ask about this. Nothing was stored."))
        return redirect(opportunity)
    return done(request, receipt)


def robot(request: HttpRequest, age: dt.timedelta) -> str:
    """Why this does not look like a person at a form, or ""."""
    if request.POST.get("website"):
        return _("Something was written in a field that must stay empty. Please press the button once more.")
    if age < SHORTEST / settings.THROTTLE_FACTOR:
        return _("That was very quick. Please look it over and press the button once more.")
    if age > LONGEST:
        return _("This form was open for a long time. Please look it over and press the button once more.")
    if not throttle.allow("opportunity.ask", throttle.address(request), limit=10, seconds=600):
        return _("Many questions came from your connection just now. Please wait ten minutes, or call.")
    return ""


def again(
    request: HttpRequest, opportunity: Opportunity, form: QuestionForm, sentence: str, *, keep_key: bool = False
) -> HttpResponse:
    """The same form with everything that was written, and a sentence."""
    data = request.POST.copy()
    data["website"] = ""
    if not keep_key:
        data["key"] = keys.new_form_key(actions.FORM_SALT)
    form.data = data
    form.add_error(None, sentence)
    return drawn(request, opportunity, form)


def done(request: HttpRequest, receipt: actions.Receipt) -> HttpResponse:
    """The page after asking. Reloading it sends the same form again, which stores nothing twice."""
    return render(
        request, "directory/public/opportunity_asked.html", {"question": receipt.question, "receipt": receipt}
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, token: str) -> HttpResponse:
    """`/volunteer/questions/<token>/`: what became of it, and taking it back. Looking changes nothing."""
    found = actions.find(token)
    if found is None:
        return render(request, "directory/public/question_unknown.html", status=404)
    if request.method == "POST":
        if actions.withdraw(question=found):
            messages.success(request, _("It is taken back, and what you wrote is deleted."))
        return redirect("directory:question", token=token)
    return render(request, "directory/public/question.html", {"question": found})

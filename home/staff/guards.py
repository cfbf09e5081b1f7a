"""What communications staff cannot do by mistake: take a page of the URL map away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from home.models.addresses import is_kept

TAKES_AWAY = {"delete", "move", "unpublish"}


def refuse(request: HttpRequest, page: Page) -> HttpResponse:
    """Back to the tree, with a sentence that says why and what to do instead."""
    messages.error(
        request,
        _("“%(title)s” stays where it is: menus, mails and printed papers lead to it. Change its text instead.")
        % {"title": page.title},
    )
    parent = page.get_parent()
    return redirect("wagtailadmin_explore", parent.pk if parent else page.pk)


def keep_page(request: HttpRequest, page: Page, *args: Any) -> HttpResponse | None:
    """Hook before deleting, moving or unpublishing one page."""
    return refuse(request, page) if is_kept(page) else None


def keep_pages(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Hook before a bulk action."""
    if action_type not in TAKES_AWAY:
        return None
    kept = [thing for thing in objects if isinstance(thing, Page) and is_kept(thing)]
    return refuse(request, kept[0]) if kept else None

"""The charter (運営ルール) in the members' room: the library, one version, two versions side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cms import dates
from directory.enums import CharterState
from directory.members.charter_forms import CommentForm
from directory.members.people import signed_in
from directory.models import CharterComment, CharterVersion, User
from directory.models.pledges import pledge_state
from directory.permissions import (
    may_comment,
    may_keep_rules,
    may_propose_rules,
    may_take_back,
    may_write_draft,
)
from directory.queries import rules as queries
from directory.queries.articles import Article, ArticlePair, articles_of
from directory.queries.pledges import needs_pledge


@dataclass
class Row:
    """One article on the page of a version: how it reads, how it differs, what was said about it."""

    number: int
    article: Article
    pair: ArticlePair | None = None
    comments: list[CharterComment] = field(default_factory=list)
    form: Form | None = None


def readable(request: HttpRequest, pk: Any) -> tuple[User, CharterVersion]:
    """The version, if this person may read it; a draft of others is not found, like a missing one."""
    user = signed_in(request)
    seen = CharterVersion.objects.visible_to(user).select_related("charter", "base", "organization", "proposed_by")
    return user, get_object_or_404(seen, pk=pk)


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """`/members/rules/`: every set of rules: what holds, what comes, what is talked about, what was."""
    user = signed_in(request)
    context: dict[str, Any] = {
        "documents": queries.library(user, dates.today()),
        "may_propose": may_propose_rules(user),
        "may_keep": may_keep_rules(user),
        "own_state": pledge_state(user) if needs_pledge(user) else None,
    }
    return render(request, "directory/members/rules.html", context)


@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """`/members/rules/<id>/`: one version; a proposal with its differences and what is said about them."""
    user, read = readable(request, pk)
    return version_page(request, user, read)


def version_page(
    request: HttpRequest,
    user: User,
    read: CharterVersion,
    *,
    form: Form | None = None,
    article: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a version; `form` is a comment on `article` that came back."""
    before = queries.version_before(read)
    compared = queries.comparison(before.text, read.text) if before else None
    shows_changes = compared is not None and read.state != CharterState.DECIDED and not request.GET.get("plain")
    comments = list(
        CharterComment.objects.visible_to(user).filter(version=read).select_related("author", "organization")
    )
    context: dict[str, Any] = {
        "version": read,
        "before": before,
        "compared": compared,
        "shows_changes": shows_changes,
        "rows": rows_of(read, compared if shows_changes else None, comments, form, article),
        "about_all": [each for each in comments if not each.article],
        "form_about_all": form if form is not None and not article else CommentForm(prefix="c0"),
        "comment_count": len(comments),
        "outdated": queries.is_outdated(read, queries.newest_decided(read.charter)),
        "is_in_force": CharterVersion.objects.in_force(dates.today()).filter(pk=read.pk).exists(),
        "may_comment": may_comment(user, read),
        "may_write": may_write_draft(user, read),
        "may_take_back": may_take_back(user, read),
        "may_propose": may_propose_rules(user),
        "may_keep": may_keep_rules(user),
        "today": dates.today(),
    }
    return render(request, "directory/members/rule_version.html", context, status=status)


def rows_of(
    read: CharterVersion,
    compared: queries.Comparison | None,
    comments: list[CharterComment],
    form: Form | None,
    article: str,
) -> list[Row]:
    """The articles, each with its comments and an empty form, or the one that came back."""
    said = queries.comments_by_article(comments)
    rows = (
        [Row(number, pair.shown, pair) for number, pair in enumerate(compared.pairs, start=1)]
        if compared
        else [Row(number, each) for number, each in enumerate(articles_of(read.text), start=1)]
    )
    for row in rows:
        gone = row.pair is not None and row.pair.new is None
        if row.article.label and not gone:
            row.comments = said.get(row.article.label, [])
            came_back = form is not None and article == row.article.label
            row.form = form if came_back else CommentForm(prefix=f"c{row.number}")
    return rows


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """`/members/rules/compare/?a=…&b=…`: from one version to another, article by article."""
    user, later = readable(request, number_in(request, "b"))
    _same, earlier = readable(request, number_in(request, "a"))
    if earlier.charter_id != later.charter_id:
        raise Http404
    context: dict[str, Any] = {
        "earlier": earlier,
        "later": later,
        "compared": queries.comparison(earlier.text, later.text),
        "choices": queries.comparable(user, later.charter),
    }
    return render(request, "directory/members/rule_compare.html", context)


def number_in(request: HttpRequest, name: str) -> int:
    """A key out of the address; 0, which nothing has, for anything else."""
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 18 else 0

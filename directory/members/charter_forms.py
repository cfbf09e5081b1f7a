"""Forms of the charter: a new document, the words of a draft, comments, the decision."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms import dates
from directory.forms import DayField
from directory.models.charter import LONGEST_TEXT

COMMENT_DAYS = 21  # offered; the proposer chooses
LONGEST_COMMENT = 4000


class DocumentForm(forms.Form):
    """A new set of rules."""

    title = forms.CharField(label=_("Title"), max_length=100)
    purpose = forms.CharField(label=_("What it is for, in one sentence"), max_length=200, required=False)
    is_pledged = forms.BooleanField(
        label=_("Everybody accepts it before the casebook opens"),
        required=False,
        help_text=_("One set of rules alone can be that."),
    )
    with_first_text = forms.BooleanField(
        label=_("Begin with the words we offer"),
        required=False,
        help_text=_("Twelve short articles about taking part, cases, pledge and changes. All of it can be changed."),
    )


class DraftForm(forms.Form):
    """The words of a draft. They come whole (`text`), or article by article (`article`, several)."""

    changes = forms.CharField(
        label=_("What changes, and why"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a few plain sentences. This is what people read first."),
    )
    text = forms.CharField(
        label=_("The whole text"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 40}),
        help_text=_("A line like “第1条（目的）” begins an article."),
    )

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(_whole(data) if data is not None else None, **kwargs)


def _whole(data: QueryDict) -> dict[str, str]:
    """What was posted, the articles joined to one text."""
    given = {name: data.get(name, "") for name in ("changes", "text")}
    if "article" in data:
        given["text"] = "\n\n".join(article.strip("\r\n") for article in data.getlist("article") if article.strip())
    return given


class ProposeForm(forms.Form):
    """Until when people may say what they think."""

    comments_until = DayField(label=_("Comments until"), help_text=_("The last day on which members can comment."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("comments_until", dates.today() + dt.timedelta(days=COMMENT_DAYS))


class CommentForm(forms.Form):
    """What one thinks of an article, or of the whole; or the secretariat's answer."""

    text = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST_COMMENT,
        required=False,  # the action says it, in its own words
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DecisionForm(forms.Form):
    """What a meeting decided."""

    decided_where = forms.CharField(
        label=_("Where it was decided"),
        max_length=100,
        help_text=_("The meeting, for example “コアメンバー会議（第4回）”."),
    )
    decided_on = DayField(label=_("Day of the decision"), initial=dates.today)
    in_force_from = DayField(
        label=_("In force from"), help_text=_("From this day everybody has fourteen days to read and accept it.")
    )
    is_urgent = forms.BooleanField(
        label=_("Urgent: no fourteen days"),
        required=False,
        help_text=_("From the first day the casebook stays closed to everybody who has not accepted this version yet."),
    )
    urgent_because = forms.CharField(
        label=_("Why it is urgent"), max_length=200, required=False, help_text=_("Everybody reads this sentence.")
    )

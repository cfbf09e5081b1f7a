"""Questions about a case, and answers to them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casebook.members.forms.guarded import GuardedForm, text


class QuestionForm(GuardedForm):
    """One question."""

    guarded = ("text",)

    text = text(
        pgettext_lazy("field", "Your question"),
        rows=3,
        longest=300,
        help_text=_("What you would need to know to be able to help. Not who it is. Up to 300 characters."),
    )


class AnswerForm(GuardedForm):
    """The answer to one question."""

    guarded = ("text",)

    text = text(
        pgettext_lazy("field", "Your answer"),
        rows=4,
        longest=400,
        help_text=_("Only what is needed to help. If you cannot tell it here, say so. Up to 400 characters."),
    )

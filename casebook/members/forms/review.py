"""The anonymity check: every mark, the checklist, the verdict."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casebook.actions.release import Said
from casebook.enums import Check, FlagChoice, Refusal, Verdict
from casebook.members.forms.guarded import GuardedForm, text
from casebook.queries.audience import all_reviewers
from casebook.queries.flags import Flag
from directory.models import User

CHECK_HINTS = {
    Check.ALOUD: _("Read as in a town where everybody knows everybody"),
    Check.FAMILY: _("Also the person themselves, reading it"),
    Check.NEWS: _("Days, injuries, accidents, awards and the like"),
    Check.COMBINATION: _("The three lights show green or yellow"),
    Check.NEEDLESS: _("What can be left out is left out"),
    Check.AUDIENCE: _("It stays within what the person agreed to"),
}
VERDICT_HINTS = {
    Verdict.RELEASE: _("It goes out in the morning, together with other cases"),
    Verdict.RETURN: _("What to say more coarsely, and how. Only the author reads it"),
    Verdict.REFUSE: _("The author is told where one can speak with names"),
}


class ReturnForm(GuardedForm):
    """What the author should say more coarsely."""

    guarded = ("note",)

    note = text(
        _("Words to the author"),
        rows=4,
        longest=400,
        help_text=_("Seen by the author alone. Please write no names here either. Up to 400 characters."),
    )


class DecisionForm(GuardedForm):
    """One verdict over all marks and boxes. Nothing is chosen beforehand; what was chosen is never lost.

    A mark's radio is called ``flag-<key>``, a box ``check-<code>``.
    """

    guarded = ("note",)

    verdict = forms.ChoiceField(label=_("What do you decide?"), choices=Verdict.choices, widget=forms.RadioSelect)
    refusal = forms.ChoiceField(
        label=_("Why it does not go out"), choices=[("", _("Please choose")), *Refusal.choices], required=False
    )
    note = text(
        _("Words to the author"),
        rows=4,
        longest=400,
        required=False,
        help_text=_("Seen by the author alone. Please write no names here either. Up to 400 characters."),
    )

    def __init__(self, *args: Any, flags: list[Flag], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.flags = flags

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        verdict = cleaned.get("verdict")
        if verdict == Verdict.RETURN and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("Please write what should be said more coarsely."))
        if verdict == Verdict.REFUSE and not cleaned.get("refusal"):
            self.add_error("refusal", _("Please choose why it does not go out."))
        if verdict == Verdict.RELEASE and (self.flags_left or self.checks_left):
            self.add_error("verdict", _("Some marks or boxes are left before it may go out."))
        return cleaned

    # --- what was said ------------------------------------------------------------------------------

    @property
    def said(self) -> Said:
        """As the action takes it."""
        flags = {flag.key: self.chosen(flag) for flag in self.flags if self.chosen(flag)}
        return Said(flags=flags, checks=[check for check in Check if self.is_ticked(check)])

    def chosen(self, flag: Flag) -> str:
        """What was said to a mark; "" = nothing yet."""
        code = self.data.get(f"flag-{flag.key}", "") if self.is_bound else ""
        return code if code in FlagChoice.values else ""

    def is_ticked(self, check: Check) -> bool:
        """Whether a box is ticked."""
        return self.is_bound and f"check-{check}" in self.data

    @property
    def flags_left(self) -> list[Flag]:
        """Marks that were not found fine."""
        return [flag for flag in self.flags if self.chosen(flag) != FlagChoice.FINE]

    @property
    def checks_left(self) -> list[Check]:
        """Boxes that are not ticked."""
        return [check for check in Check if not self.is_ticked(check)]

    @property
    def left(self) -> int:
        """How many things stand before "it may go out"."""
        return len(self.flags_left) + len(self.checks_left)

    # --- what the page draws ------------------------------------------------------------------------

    def rows(self) -> list[dict[str, Any]]:
        """Each mark of the case with its three choices."""
        return [
            {
                "flag": flag,
                "chosen": self.chosen(flag),
                "choices": [(code, label, code == self.chosen(flag)) for code, label in FlagChoice.choices],
            }
            for flag in self.flags
        ]

    def boxes(self) -> list[dict[str, Any]]:
        """The checklist."""
        return [
            {"code": check.value, "label": check.label, "hint": CHECK_HINTS[check], "ticked": self.is_ticked(check)}
            for check in Check
        ]

    def verdicts(self) -> list[dict[str, Any]]:
        """The three verdicts."""
        chosen = self["verdict"].value()
        return [
            {"code": verdict.value, "label": verdict.label, "hint": VERDICT_HINTS[verdict], "chosen": verdict == chosen}
            for verdict in Verdict
        ]


class AssignForm(forms.Form):
    """Who checks a waiting case. Nobody: whoever comes first."""

    reviewer = forms.ModelChoiceField(
        label=_("Who checks it"), queryset=User.objects.none(), required=False, empty_label=_("Whoever comes first")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reviewer"]
        field.queryset = all_reviewers()  # type: ignore[attr-defined]
        field.label_from_instance = lambda user: user.name  # type: ignore[attr-defined]

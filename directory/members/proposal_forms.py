"""The short form by which an organisation proposes how its desk should read."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import ClusterForm

from directory.enums import BarrierFact, Whose
from directory.forms.hours import HoursField
from directory.models import Channel, Concern, ConsultationDesk
from directory.models.channels import FACT_FIELDS

MOST_CHANNELS = 12


class ChannelForm(ClusterForm):
    """One way to reach the desk."""

    hours = HoursField(label=_("opening hours"), required=False)

    class Meta:
        model = Channel
        fields: ClassVar[list[str]] = ["kind", "value", "hours", "hours_text", "last_reception", *FACT_FIELDS, "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fact in BarrierFact:
            self.fields[fact.value].required = False

    @property
    def facts(self) -> list[forms.BoundField]:
        """The ticks that say what makes it easier."""
        return [self[name] for name in FACT_FIELDS]


class DeskProposalForm(ClusterForm):
    """A desk in its organisation's words. What only communications decide (slug, national line, dates) is not here."""

    concerns = forms.ModelMultipleChoiceField(
        label=_("concerns"), queryset=Concern.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = ConsultationDesk
        fields: ClassVar[list[str]] = [
            "name", "kana", "aliases", "worries", "description", "concerns", "for_self", "for_family", "for_supporters",
            "age_min", "age_max", "audience", "area", "promises", "reply_time", "website",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {"description": forms.Textarea(attrs={"rows": 5})}
        formsets: ClassVar[dict[str, Any]] = {
            "channels": {"form": ChannelForm, "extra": 1, "min_num": 0, "max_num": MOST_CHANNELS, "validate_max": True}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concerns"].queryset = Concern.objects.all()  # type: ignore[attr-defined]

    @property
    def whose(self) -> list[forms.BoundField]:
        """The ticks that say whose worry it listens to."""
        return [self[each.value] for each in Whose]

    @property
    def channels(self) -> Any:
        """The formset of channels."""
        return self.formsets["channels"]

    def clean(self) -> dict[str, Any]:
        """Ages in order: said beside the field, before the database says it."""
        data: dict[str, Any] = super().clean() or {}
        low, high = data.get("age_min"), data.get("age_max")
        if low is not None and high is not None and low > high:
            self.add_error("age_max", _("The upper age is below the lower one."))
        return data

    def proposed(self) -> ConsultationDesk:
        """The desk in memory, as it would read."""
        desk: ConsultationDesk = self.save(commit=False)
        return desk

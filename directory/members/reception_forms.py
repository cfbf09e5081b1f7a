"""How one desk receives, as a form: the office has it for every desk, a supervisor for the own ones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from directory.actions.consultations import receptions as actions
from directory.models import DeskSeat, User
from directory.permissions import supervises
from directory.queries.consultations.receptions import DeskRow, candidates, reply_words

ASK_AGAIN = ("seat", "confirm")  # what lets somebody read wants a fresh sign-in


class ReceptionForm(forms.Form):
    """Whether letters come, how soon they are answered, who is called."""

    takes = forms.BooleanField(
        label=gettext_lazy("Takes written consultations"),
        required=False,
        help_text=gettext_lazy("Residents can choose this desk when they write."),
    )
    reply_days = forms.TypedChoiceField(
        label=gettext_lazy("How soon this desk answers"),
        coerce=int,
        help_text=gettext_lazy("Residents read it before they write. The clock of each consultation runs by it."),
    )
    on_call = forms.ModelChoiceField(
        label=gettext_lazy("Called when it is urgent"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Everybody at the desk"),
        help_text=gettext_lazy("Gets a mail at once. It says that something waits, and nothing else."),
    )

    def __init__(self, data: QueryDict | None, *, row: DeskRow, auto_id: str) -> None:
        kept = row.reception
        initial = {"takes": kept.takes, "reply_days": kept.reply_days, "on_call": row.on_call}
        super().__init__(data, auto_id=auto_id, initial=initial)
        people = User.objects.filter(pk__in=[seat.user_id for seat in row.seats])
        self.fields["on_call"].queryset = people  # type: ignore[attr-defined]
        self.fields["reply_days"].choices = [(days, reply_words(days)) for days in actions.REPLY_DAYS]  # type: ignore[attr-defined]


class SeatForm(forms.Form):
    """Who receives here."""

    user = forms.ModelChoiceField(
        label=pgettext_lazy("seat", "Person"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("Please choose"),
        error_messages={"required": gettext_lazy("Please choose a person.")},
    )
    is_deputy = forms.BooleanField(
        label=gettext_lazy("Stands in"),
        required=False,
        help_text=gettext_lazy("Receives too, and is named as the one who takes over when others are away."),
    )

    def __init__(self, data: QueryDict | None, *, row: DeskRow, by: User, auto_id: str) -> None:
        super().__init__(data, auto_id=auto_id)
        self.fields["user"].queryset = candidates(row.desk).exclude(pk=by.pk)  # type: ignore[attr-defined]


class Receiving:
    """The forms of one desk, bound to what was posted; `done` when it was carried out."""

    def __init__(self, request: HttpRequest, row: DeskRow, *, by: User) -> None:
        self.request, self.row, self.by = request, row, by
        act = request.POST.get("act", "")
        self.reception = ReceptionForm(request.POST if act == "reception" else None, row=row, auto_id="r_%s")
        self.seat = SeatForm(request.POST if act == "seat" else None, row=row, by=by, auto_id="s_%s")
        self.done = request.method == "POST" and self._act(act)

    @property
    def context(self) -> dict[str, Any]:
        """For the template."""
        nobody = not candidates(self.row.desk).exclude(pk=self.by.pk).exists()
        return {
            "row": self.row, "reception_form": self.reception, "seat_form": self.seat, "nobody_to_seat": nobody,
            "may_confirm": supervises(self.by, self.row.desk),
        }  # fmt: skip

    def _act(self, act: str) -> bool:
        if act == "reception":
            return self.reception.is_valid() and self._tried(self._set, self.reception, _("The desk is up to date."))
        if act == "seat":
            return self.seat.is_valid() and self._seated()
        if act == "confirm":
            return self._tried(
                lambda: actions.confirm(by=self.by, seat=self._named()), None, _("They receive here from now on.")
            )
        if act == "refuse":
            return self._tried(
                lambda: actions.refuse(by=self.by, seat=self._named()), None, _("They do not receive here.")
            )
        if act == "unseat":
            self._tried(self._unseat, None, _("They read nothing here any more."))
            return True
        if act == "receiving":
            said = _("This desk receives for the whole city from now on.")
            self._tried(lambda: actions.name_receiving(by=self.by, desk=self.row.desk), None, said)
            return True
        raise Http404

    def _set(self) -> object:
        return actions.set_reception(by=self.by, desk=self.row.desk, **self.reception.cleaned_data)

    def _seated(self) -> bool:
        done: list[DeskSeat] = []
        tried = self._tried(lambda: done.append(self._seat()), self.seat, "")
        if done:
            said = _("A supervisor of the desk was asked. They receive here after that yes.")
            messages.success(self.request, said if done[0].waits else _("They receive here from now on."))
        return tried

    def _seat(self) -> DeskSeat:
        return actions.seat(by=self.by, desk=self.row.desk, **self.seat.cleaned_data)

    def _unseat(self) -> object:
        return actions.unseat(by=self.by, seat=self._named())

    def _named(self) -> DeskSeat:
        """The seat of this desk that the button belongs to."""
        pk = self.request.POST.get("seat", "")
        found = DeskSeat.objects.filter(desk=self.row.desk, pk=int(pk) if pk.isdecimal() else 0).first()
        if found is None:
            raise Http404
        return found

    def _tried(self, do: Any, form: forms.Form | None, words: str) -> bool:
        """A refusal stands above the form it belongs to; without a form, on the page that follows."""
        try:
            do()
        except ValidationError as refused:
            if form is None:
                messages.error(self.request, " ".join(refused.messages))
            else:
                form.add_error(next(iter(form.fields)), refused.messages)
            return False
        if words:
            messages.success(self.request, words)
        return True

"""Forms of who comes: answers beforehand, the list on the day, guests."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from cms.forms import PlainText
from directory.models import Department, Organization
from workshops.enums import AttendanceMode, AttendanceRole
from workshops.members.forms import Number
from workshops.models import Attendance, Meeting


class ComingForm(forms.Form):
    """Do you come, and how many."""

    mode = forms.ChoiceField(
        label=gettext_lazy("Do you come"),
        choices=[
            (AttendanceMode.VENUE.value, gettext_lazy("We come to the venue")),
            (AttendanceMode.ONLINE.value, gettext_lazy("We take part online")),
            (AttendanceMode.ABSENT.value, gettext_lazy("We cannot come")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose whether you come.")},
    )
    expected = Number(label=gettext_lazy("how many will come"))


class LineForm(forms.Form):
    """One line of the list on the day."""

    mode = forms.ChoiceField(
        label=gettext_lazy("attendance"),
        choices=[
            (AttendanceMode.VENUE.value, pgettext_lazy("on the day", "here")),
            (AttendanceMode.ONLINE.value, pgettext_lazy("on the day", "online")),
            (AttendanceMode.ABSENT.value, pgettext_lazy("on the day", "absent")),
            (AttendanceMode.ASKED.value, pgettext_lazy("on the day", "not known")),
        ],
        widget=forms.RadioSelect,
    )
    headcount = Number(label=gettext_lazy("how many people"))

    @classmethod
    def of(cls, row: Attendance, data: Any = None) -> LineForm:
        """The line as it stands; before the day, as it was answered."""
        known = row.mode != AttendanceMode.ASKED
        return cls(
            data,
            prefix=f"a{row.pk}",
            initial={
                "mode": row.mode if known else row.reply,
                "headcount": row.headcount if known else row.expected,
            },
        )


class PeopleForm(forms.Form):
    """People without a seat, under a title."""

    title = PlainText(
        label=gettext_lazy("Who they are"),
        max_length=60,
        help_text=gettext_lazy("For example: 民生委員, the press, students. Never a private person's name."),
        error_messages={"required": gettext_lazy("Please write what they are, for example: press.")},
    )
    role = forms.ChoiceField(
        label=gettext_lazy("role"),
        choices=[(role.value, role.label) for role in AttendanceRole if role != AttendanceRole.OFFICE],
        initial=AttendanceRole.GUEST,
    )
    headcount = Number(label=gettext_lazy("how many people"))


class InviteForm(forms.Form):
    """Departments, and organisations without a seat."""

    departments = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Departments"),
        queryset=Department.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    organizations = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Organisations without a seat"),
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = meeting.attendance.all()
        there = [row.department_id for row in rows if row.department_id]
        plain = [row.organization_id for row in rows if row.organization_id and not row.department_id]
        departments: Any = self.fields["departments"]
        departments.queryset = Department.objects.filter(ended_on=None).exclude(pk__in=there)
        organizations: Any = self.fields["organizations"]
        organizations.queryset = Organization.objects.filter(ended_on=None).exclude(pk__in=plain)

"""Fields and forms that more than one door of the room shows."""

from directory.forms.register import AsOfForm, DayField, plain_kinds

__all__ = ["AsOfForm", "DayField", "plain_kinds"]

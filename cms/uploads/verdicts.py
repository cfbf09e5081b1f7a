"""The refusals: one sentence for the person, one code for the tests."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def differs(ending: str) -> ValidationError:
    """The file is not what its name says."""
    message = _("The content is not what the ending .%(ending)s says.")
    return ValidationError(message, code="content", params={"ending": ending})


def too_large_inside() -> ValidationError:
    """A small file that would fill the memory of whoever opens it."""
    return ValidationError(_("This file becomes too large when it is unpacked."), code="unpacked")


def active_pdf() -> ValidationError:
    """It would do something when it is opened."""
    return ValidationError(
        _("This PDF holds scripts or attachments. Print it to a new PDF and upload that."), code="active"
    )


def closed_pdf() -> ValidationError:
    """Nobody can look inside: a password, or packed in a way that no ordinary program uses."""
    return ValidationError(
        _("This PDF is locked, or packed so that we cannot look inside. Print it to a new PDF and upload that."),
        code="closed",
    )


def active_office() -> ValidationError:
    """Macros, ActiveX, embedded files."""
    return ValidationError(_("This file holds macros or other files. Save it without them."), code="active")


def fetching_office() -> ValidationError:
    """It would ask another computer for something when it is opened, or name a folder of the own network."""
    return ValidationError(
        _("This file fetches things from elsewhere (a template, a linked workbook, a picture). Break the links and save it again."),
        code="fetches",
    )  # fmt: skip


def computing_table() -> ValidationError:
    """A cell that a spreadsheet program would compute."""
    return ValidationError(
        _("A cell begins with = + - or @, and a spreadsheet would compute it. Take the sign away or send an Excel file."),
        code="formula",
    )  # fmt: skip


def other_encoding() -> ValidationError:
    """UTF-16: what Excel calls Unicode text."""
    return ValidationError(
        _("This text is written in UTF-16 (Excel's “Unicode text”). Save it as UTF-8."), code="encoding"
    )

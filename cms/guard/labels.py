"""What the guard's findings and reasons are called on pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.guard.findings import Kind
from cms.guard.review import Reason

KIND_LABELS: dict[Kind, Promise] = {
    Kind.PERSON: _("The name of a person"),
    Kind.PHONE: _("A telephone number"),
    Kind.EMAIL: _("A mail address"),
    Kind.POSTCODE: _("A postcode"),
    Kind.ADDRESS: _("The name of a place"),
    Kind.ORGANIZATION: _("The name of an organisation"),
    Kind.BIRTHDATE: _("A birth date"),
    Kind.DATE: _("A day"),
    Kind.AGE: _("An age or school year"),
    Kind.ID: _("A number"),
    Kind.HANDLE: _("An account"),
    Kind.RARE: _("Something rare"),
}
KIND_REASONS: dict[Kind, Promise] = {
    Kind.PERSON: _("Letters from A in order, no initials."),
    Kind.PHONE: _("A number leads straight to somebody."),
    Kind.EMAIL: _("An address leads straight to somebody."),
    Kind.POSTCODE: _("A postcode leaves few households."),
    Kind.ADDRESS: _("In a small quarter few households remain."),
    Kind.ORGANIZATION: _("Where somebody learns, works or is cared for tells who it is."),
    Kind.BIRTHDATE: _("A birth date tells who it is."),
    Kind.DATE: _("A day can be matched with other records."),
    Kind.AGE: _("A band of ten years is enough."),
    Kind.ID: _("A number can be looked up."),
    Kind.HANDLE: _("An account leads straight to somebody."),
    Kind.RARE: _("What only one household has tells who it is. Please say it more coarsely in your own words."),
}
REASON_LABELS: dict[Reason, Promise] = {
    Reason.NOT_A_NAME: _("An ordinary word"),
    Reason.PUBLIC: _("A public office that anybody may know"),
    Reason.COMMON: _("Fits very many people"),
    Reason.LETTER: _("Already a letter or a mark"),
}

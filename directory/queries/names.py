"""Names that the guard looks for."""

from directory.enums import OrganizationKind
from directory.models import Organization


def known_names() -> list[str]:
    """Names and other names of organisations. The city's own is no trace of a person."""
    rows = Organization.objects.exclude(kind=OrganizationKind.CITY).values_list("name", "aliases")
    return [name for own, aliases in rows for name in (own, *aliases) if name]

"""Which reader a file wants."""

from django.utils.translation import gettext as _

from cms.importing.tables import NotATable
from directory.importing.hsds import read_services
from directory.importing.records import Known, Reading
from directory.importing.table import read_table

CSV, HSDS = "csv", "hsds"
FORMATS = (CSV, HSDS)
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def looks_like(data: bytes) -> str:
    """JSON begins with a bracket; everything else is taken for a table."""
    head = data[:64]
    for mark in MARKS:
        head = head.removeprefix(mark)
    return HSDS if head.replace(b"\0", b"").lstrip()[:1] in (b"{", b"[") else CSV


def read_desks(data: bytes, known: Known, *, file_format: str = "") -> Reading:
    """The desks in a file. `file_format` blank: by its first sign. Raises NotATable when it is not what it claims."""
    seen = looks_like(data)
    if file_format and seen != file_format and data.strip():
        words = {CSV: _("this is JSON, not a table (CSV)"), HSDS: _("this is not JSON")}
        raise NotATable(words[file_format])
    return read_services(data, known) if seen == HSDS else read_table(data, known)

"""What reading a file yields: desks, refusals, remarks. Only what the file says: a blank cell says nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cms.importing.tables import Refusal


@dataclass(frozen=True)
class Known:
    """What a reader must know of this site. `concerns`: code or name → code."""

    municipality: str
    concerns: Mapping[str, str]


@dataclass(frozen=True)
class ChannelRow:
    """A way to reach a desk. `values` go by the names of `Channel`; `kind` is always among them."""

    line: int
    values: dict[str, Any]


@dataclass(frozen=True)
class DeskRow:
    """A desk as the file tells it. `values` go by the names of `ConsultationDesk`.

    `own_id`: the slug it may have here. `source`: its name in the other system, blank if it has none.
    `flat`: the file holds text in the form of open data (`cms.exports.tabular`), so compare in that form.
    """

    line: int
    own_id: str
    source: str
    organization: str
    organization_kind: str
    values: dict[str, Any]
    concerns: tuple[str, ...] | None
    channels: tuple[ChannelRow, ...]
    flat: bool

    @property
    def name(self) -> str:
        """How messages call it."""
        return str(self.values["name"])


@dataclass(frozen=True)
class Reading:
    """A whole file: `read` desks, of them `rows` usable and `refused` kept out."""

    rows: tuple[DeskRow, ...]
    refusals: tuple[Refusal, ...] = ()
    remarks: tuple[Refusal, ...] = ()
    read: int = 0

    @property
    def refused(self) -> int:
        """Number of desks kept out (one may have several refusals)."""
        return self.read - len(self.rows)


@dataclass
class Notes:
    """Refusals and remarks while a file is read. `broken`: lines with a refusal."""

    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[Refusal] = field(default_factory=list)

    def refuse(self, line: int, column: str, reason: str) -> None:
        """Keeps the desk of that line out."""
        self.refusals.append(Refusal(line, column, reason))

    def remark(self, line: int, column: str, reason: str) -> None:
        """Keeps nothing out."""
        self.remarks.append(Refusal(line, column, reason))

    @property
    def broken(self) -> set[int]:
        """Lines with at least one refusal."""
        return {refusal.line for refusal in self.refusals}

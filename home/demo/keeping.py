"""What waits in the office of a lively city: a new number, a hidden one, reports of residents, an owner to ask."""

from __future__ import annotations

from uuid import UUID

from directory.actions import freshness, numbers, reports
from directory.enums import ChannelKind, HoldReason, WrongThing
from directory.models import ConsultationDesk, User

TOLD = (
    ("ことばの橋（通訳つき）", WrongThing.HOURS, "水曜日の15時に行ったら、もう閉まっていました。", "192.0.2.10"),
    ("図書館のすみ", WrongThing.TEXT, "", "192.0.2.11"),
)


def build(staff: dict[str, User]) -> None:
    """The editor typed a number and hid another; two residents told of mistakes; one owner is named."""
    desks = {desk.name: desk for desk in ConsultationDesk.objects.all()}
    editor, secretariat = staff["editor"], staff["secretariat"]
    kind = ChannelKind.PHONE
    evening = desks["よりそい電話みなも"]
    numbers.propose(desk=evening, kind=kind, old="0000-00-0002", new="0000-00-0000", by=editor)
    food = desks["食べものの相談"]
    numbers.hide(desk=food, kind=kind, value="0000-00-0008", by=editor, reason=HoldReason.DEAD)
    for number, (name, what, words, address) in enumerate(TOLD):
        reports.report(desk=desks[name], what=what, words=words, address=address, key=str(UUID(int=number)))
    west = desks["西部地域包括支援センター"]
    freshness.name_owner(desk=west, email="houkatsu-west@minamo.example", by=secretariat)

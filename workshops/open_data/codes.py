"""Words of closed columns of events.csv, with their code tables. Japanese: they are part of what is published."""

from __future__ import annotations

from cms.open_data import CodeTable
from workshops.enums import EventKind, EventStatus

#: Kind → the category as municipal tables name it; `workshops.importing.mapping` reads each back as the same kind.
KINDS = {
    EventKind.GATHERING: "交流",
    EventKind.FAMILY: "子育て",
    EventKind.HANDS: "文化・手しごと",
    EventKind.TALK: "講座・学び",
    EventKind.CONSULTATION: "相談",
    EventKind.HELPING: "ボランティア",
    EventKind.OTHER: "その他",
}
STATES = {
    EventStatus.SCHEDULED: "予定どおり",
    EventStatus.POSTPONED: "延期",
    EventStatus.CANCELLED: "中止",
}
FREE, PAID = "無料", "有料"

MEANINGS_OF_KINDS = {
    "交流": "集まって過ごす",
    "子育て": "親子、家族、ご近所",
    "文化・手しごと": "つくる、動く",
    "講座・学び": "話を聞く、学ぶ",
    "相談": "相談できる時間",
    "ボランティア": "手伝う、支える",
    "その他": "上のどれでもない",
}
MEANINGS_OF_STATES = {
    "予定どおり": "開かれる",
    "延期": "日をあらためる。新しい日は、まだ決まっていない",
    "中止": "開かれない",
}
MEANINGS_OF_FEES = {FREE: "お金はかからない", PAID: "お金がかかる。いくらかは、料金の列にある"}

TABLES = (
    CodeTable("event-kinds", "イベント種類", lambda: MEANINGS_OF_KINDS.items()),
    CodeTable("event-states", "状態", lambda: MEANINGS_OF_STATES.items()),
    CodeTable("event-fees", "料金種別", lambda: MEANINGS_OF_FEES.items()),
)

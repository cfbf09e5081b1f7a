"""What `/open-data/` says about the table of events."""

from __future__ import annotations

from cms.open_data import Dataset, Profile
from workshops.open_data.codes import TABLES
from workshops.open_data.columns import columns_of
from workshops.open_data.profiles import PROFILES
from workshops.open_data.table import table_of, updated_on

FIRST = PROFILES[0]

EVENTS = Dataset(
    key="events",
    title="催し",
    description=(
        "このサイトで公開している催しの一覧です。1回ごとに1行で、終わったものも、中止や延期になったものも入っています。"
        "市町村が使っている3つの書式で受けとれます。"
    ),
    columns=columns_of(FIRST),
    table=table_of(FIRST),
    updated_on=updated_on,
    codes=TABLES,
    keywords=("催し", "イベント一覧", "推奨データセット", "ベースレジストリ"),
    notes=(
        "同じ催しが何回かあるときは、回ごとに1行です。番号の「-」の前が同じものが、同じ催しです。",
        "ほかの市町村の表から取りこんだ催しは、職員が直していない項目を、もとの表の言葉のまま載せています。",
        "空のセルは「分からない」または「決まりがない」です。0ではありません。",
        "= + - @ で始まる文は、表計算ソフトが式として動かさないように、先頭に ' を1つつけてあります。取りのぞくと元の文になります。",
        "オンラインの催しに入るための住所と、申しこんだ人のことは、この表にはありません。",
    ),
    place=20,
    profiles=tuple(Profile(each.key, each.title, each.note, columns_of(each), table_of(each)) for each in PROFILES),
)

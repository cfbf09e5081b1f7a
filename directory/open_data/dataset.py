"""What `/open-data/` says about the table of desks."""

from cms.open_data import Dataset
from directory.open_data.codes import TABLES
from directory.open_data.columns import COLUMNS
from directory.open_data.table import table, updated_on

DESKS = Dataset(
    key="desks",
    title="相談窓口",
    description=(
        "市と、市内の団体が開いている相談窓口の一覧です。電話、メール、チャット、来所など、連絡の手段ごとに1行で、"
        "受付時間と、名前を言わなくてよいか、声を出さずにすむかなどが分かります。"
    ),
    columns=COLUMNS,
    table=table,
    updated_on=updated_on,
    codes=TABLES,
    keywords=("相談窓口", "孤独・孤立", "受付時間", "HSDS"),
    notes=(
        "1つの窓口に手段がいくつかあるときは、行もいくつかになります。窓口のことは、どの行にも同じものが入ります。数えるときは、IDでまとめてください。",
        "受付時間は、OpenStreetMapのopening_hoursの書式です。サイトの「いま話せます」も、同じ1行から計算しています。",
        "空のセルは「分からない」または「決まりがない」です。0ではありません。",
        "= + - @ で始まる文は、表計算ソフトが式として動かさないように、先頭に ' を1つつけてあります。取りのぞくと元の文になります。",
        "番号を確かめているあいだの手段は、この表からもすぐに消えます。長く手元に置かず、使うたびに読みなおしてください。",
    ),
    apis=(
        ("/api/hsds/", "HSDS 3.0 の読み取りAPI（JSON）。同じ窓口を、国際的な書式で"),
        ("/api/docs", "APIの説明"),
    ),
)

"""Columns of desks.csv: one row a channel; what is said of the desk is repeated on each of its rows.

Headings follow the common blocks of the 自治体標準オープンデータセット (全国地方公共団体コード, ID, 名称, 名称_カナ, 電話番号 …); for
consultation desks themselves there is no standard table. The keys are field names; `directory.importing` reads the
same table back. A column is never renamed or given another meaning: a new one is added at the end.
"""

from cms.open_data import Column

TEXT, NUMBER, DATE, FLAG, MARK, CODE, URL = (
    "文字列", "整数", "日付", "真偽（1か0）", "目印（1か空）", "コード", "URL",
)  # fmt: skip

#: Of the desk, before the channel.
DESK: dict[str, Column] = {
    "municipality": Column("全国地方公共団体コード", TEXT, "この表を公開している市のコード。6けた、最後は検査数字", example="122190"),
    "id": Column("ID", TEXT, "窓口の番号。変わりません。窓口のページの住所 /help/（ID）/ と同じです", example="k7m2p9x"),
    "municipality_name": Column("地方公共団体名", TEXT, "この表を公開している市の名前"),
    "name": Column("名称", TEXT, "窓口の名前", example="みなもほっと電話"),
    "kana": Column("名称_カナ", TEXT, "名前の読み", example="ミナモホットデンワ"),
    "organization": Column("団体名", TEXT, "窓口を開いている団体の名前"),
    "organization_kind": Column("団体種別_コード", CODE, "団体の種類", codes="organization-kinds", example="npo"),
    "description": Column("説明", TEXT, "どんなところか。改行は空白になっています"),
    "for_self": Column("対象_本人", FLAG, "本人の相談を受ける", example="1"),
    "for_family": Column("対象_家族", FLAG, "家族の相談を受ける", example="0"),
    "for_supporters": Column("対象_まわりの人", FLAG, "友人、近所の人、支援する人の相談を受ける", example="0"),
    "age_min": Column("対象年齢_下限", NUMBER, "この年齢から（その年齢をふくむ）。空：下限なし、または不明", "歳", example="15"),
    "age_max": Column("対象年齢_上限", NUMBER, "この年齢まで（その年齢をふくむ）。空：上限なし、または不明", "歳", example="39"),
    "age_as_of": Column("対象年齢_基準日", DATE, "年齢を数える日。空：相談する日"),
    "audience": Column("対象者", TEXT, "だれのための窓口か、言葉で"),
    "area": Column("対象地域", TEXT, "どの地域のための窓口か、言葉で"),
    "is_national": Column("全国の窓口", FLAG, "市の外の、全国共通の窓口", example="0"),
    "reply_time": Column("返事の目安", TEXT, "返事が来るまでの時間、言葉で"),
    "opened_on": Column("開設時期", TEXT, "始まった年、年月、または日（YYYY、YYYY-MM、YYYY-MM-DD）", example="2021-05"),
    "website": Column("URL", URL, "窓口のウェブサイト"),
    "assured_on": Column("最終確認日", DATE, "内容を窓口に確かめた日", example="2026-11-01"),
    "updated_on": Column("更新日", DATE, "このサイトで内容を最後に公開した日", example="2026-11-01"),
}  # fmt: skip

#: Of the channel. The value stands in the column of its kind; the others are blank.
CHANNEL: dict[str, Column] = {
    "order": Column("手段_番号", NUMBER, "その窓口の何番目の手段か", example="1"),
    "kind": Column("手段_コード", CODE, "連絡の手段", codes="channel-kinds", example="phone"),
    "phone": Column("電話番号", TEXT, "国内の書き方。#や3けたの番号はそのまま", example="0000-00-0004"),
    "number_kind": Column("番号種別_コード", CODE, "電話番号・ファクス番号の種類。見本はつながりません", codes="number-kinds", example="sample"),
    "fax": Column("FAX番号", TEXT, "国内の書き方"),
    "mail": Column("連絡先メールアドレス", TEXT, "メールで相談する宛先"),
    "form": Column("連絡先FormURL", URL, "相談フォーム"),
    "link": Column("連絡先URL", URL, "チャット、LINE、オンライン面談の住所"),
    "place": Column("所在地_連結表記", TEXT, "来所する所、手紙の宛先", example="市役所1階 5番窓口"),
    "hours": Column("受付時間_OSM", TEXT, "OpenStreetMapのopening_hoursの書式。PHは日本の祝日（振替休日と国民の休日をふくむ）。空：不明", example="Mo-Fr 08:30-17:15; PH off"),
    "hours_words": Column("受付時間_特記事項", TEXT, "受付時間を日本語で言ったもの", example="平日8時30分～17時15分"),
    "holidays": Column("祝日_コード", CODE, "祝日の受付。空：受付時間が不明", codes="holiday-rules", example="closed"),
    "last_reception": Column("最終受付", NUMBER, "受付が終わる何分前までに連絡するか。空：決まりがない、または不明", "分前", example="30"),
    "no_voice": Column("声を出さずにすむ", MARK, "1：そのように窓口が言っている。空：言っていない（「できない」ではありません）"),
    "anonymous": Column("名前を言わなくてよい", MARK, "同上", example="1"),
    "face_not_shown": Column("顔を見せずにすむ", MARK, "同上"),
    "meets_in_person": Column("会って話せる", MARK, "同上"),
    "comes_home": Column("家に来てもらえる", MARK, "同上"),
    "family_unaware": Column("家族に知られない", MARK, "同上"),
    "free": Column("無料", MARK, "同上。通話料や通信料はかかることがあります", example="1"),
    "note": Column("補足", TEXT, "内線、係の名など"),
}  # fmt: skip

#: Of the desk again, one value a cell: 別名_1, 別名_2 …; as many columns as the desk with the most needs.
GROUPS: dict[str, Column] = {
    "concerns": Column("困りごと_コード", CODE, "窓口が聞いている困りごと", codes="concerns", example="k2", repeats=True),
    "worries": Column("こんなとき", TEXT, "相談する人の言葉で、1つに1文", example="悩みや不安で、ねむれない", repeats=True),
    "promises": Column("約束", TEXT, "相談する人への約束", example="名前は言わなくて大丈夫です", repeats=True),
    "aliases": Column("別名", TEXT, "ほかの呼び名", repeats=True),
}  # fmt: skip
FEWEST = {"concerns": 3, "worries": 3, "promises": 2, "aliases": 1}  # columns of a group, at least

COLUMNS: tuple[Column, ...] = (*DESK.values(), *CHANNEL.values(), *GROUPS.values())


def heading(column: Column, number: int) -> str:
    """「別名_2」: the heading of a repeated column; `number` counts from 1."""
    return f"{column.heading}_{number}"

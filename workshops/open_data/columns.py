"""What each field of events.csv means, whatever heading a layout gives it."""

from __future__ import annotations

from cms.open_data import Column
from workshops.open_data.profiles import EventProfile

TEXT, NUMBER, DATE, TIME, CODE, URL, DEGREES = "文字列", "整数", "日付", "時刻", "コード", "URL", "数値"

#: Field → (kind, meaning, unit, code table, example).
MEANINGS: dict[str, tuple[str, str, str, str, str]] = {
    "id": (TEXT, "1回ごとの番号。変わりません。「-」の前は催しのページの住所と同じです", "", "", "k7m2p9x-12"),
    "municipality": (TEXT, "催しの表を公開した自治体のコード。6けた、最後は検査数字", "", "", "122190"),
    "municipality_name": (TEXT, "この表を公開している市の名前", "", "", ""),
    "title": (TEXT, "催しの名前", "", "", "灯りをつくる夕べ"),
    "title_kana": (TEXT, "名前の読み。空：分からない", "", "", ""),
    "title_en": (TEXT, "英語の名前", "", "", ""),
    "short_title": (TEXT, "通称", "", "", ""),
    "subtitle": (TEXT, "サブタイトル", "", "", ""),
    "summary": (TEXT, "短い説明", "", "", ""),
    "description": (TEXT, "どんな催しか。改行は空白になっています", "", "", ""),
    "sub_events": (TEXT, "中で行われる催し", "", "", ""),
    "kind": (CODE, "催しの種類。取りこんだ催しは、もとの表の言葉のまま", "", "event-kinds", "交流"),
    "url": (URL, "催しのページ", "", "", ""),
    "page_url": (URL, "このサイトの催しのページ", "", "", ""),
    "image_url": (URL, "画像", "", "", ""),
    "status": (CODE, "開かれるか。空：もとの表が言っていない", "", "event-states", "予定どおり"),
    "industry": (TEXT, "対象となる産業。もとの表にあるときだけ", "", "", ""),
    "stage": (TEXT, "ステージ。もとの表にあるときだけ", "", "", ""),
    "start_date": (DATE, "始まる日。YYYY-MM-DD、日本の日", "", "", "2026-12-19"),
    "end_date": (DATE, "終わる日。1日の催しは、始まる日と同じ", "", "", "2026-12-19"),
    "start_time": (TIME, "始まる時刻。HH:MM、日本標準時。空：終日、または分からない", "", "", "15:00"),
    "end_time": (TIME, "終わる時刻。24:00は、その日の終わり。空：分からない", "", "", "17:30"),
    "schedule_note": (TEXT, "日時について、言葉で", "", "", ""),
    "venue": (TEXT, "会場。画面ごしだけの催しは「オンライン」", "", "", "水辺のいえ"),
    "place": (TEXT, "会場、または集合場所。画面ごしだけの催しは「オンライン」", "", "", "水辺のいえ"),
    "meeting_place": (TEXT, "集まるところ。もとの表にあるときだけ", "", "", ""),
    "postcode": (TEXT, "郵便番号", "", "", ""),
    "prefecture": (TEXT, "住所のうち、都道府県", "", "", ""),
    "city": (TEXT, "住所のうち、市区町村", "", "", ""),
    "town": (TEXT, "住所のうち、市区町村より後。町名と丁目を分けられないときは、ここにまとめて", "", "", ""),
    "street": (TEXT, "住所のうち、丁目より後", "", "", ""),
    "address": (TEXT, "住所を1つにつなげたもの", "", "", ""),
    "building": (TEXT, "建物の名前、階", "", "", ""),
    "latitude": (DEGREES, "緯度（世界測地系）", "度", "", ""),
    "longitude": (DEGREES, "経度（世界測地系）", "度", "", ""),
    "host": (TEXT, "開く団体", "", "", ""),
    "co_hosts": (TEXT, "いっしょに開く団体", "", "", ""),
    "other_hosts": (TEXT, "そのほかの団体。もとの表にあるときだけ", "", "", ""),
    "audience": (TEXT, "だれのための催しか", "", "", ""),
    "capacity": (NUMBER, "定員。組などで数えるときや、会場とオンラインがあるときは、備考に言葉でも書きます。空：決まりがない、または分からない", "人（または備考の単位）", "", "12"),
    "fee": (NUMBER, "料金。0：無料。空：分からない、または1つの数で言えない", "円", "", "0"),
    "fee_note": (TEXT, "料金について、言葉で", "", "", ""),
    "fee_kind": (CODE, "料金がかかるか。空：分からない", "", "event-fees", "無料"),
    "languages": (TEXT, "外国語のこと。もとの表にあるときだけ", "", "", ""),
    "apply_by_date": (TEXT, "申込の終わりの日。YYYY-MM-DD。もとの表が言葉で言っているときは、その言葉", "", "", ""),
    "apply_by_time": (TEXT, "申込の終わりの時刻。HH:MM", "", "", ""),
    "how_to_apply": (TEXT, "申込のしかた", "", "", "申込不要"),
    "access": (TEXT, "行きかた", "", "", ""),
    "parking": (TEXT, "駐車場", "", "", ""),
    "bicycles": (TEXT, "駐輪場", "", "", ""),
    "contact_name": (TEXT, "問い合わせ先", "", "", ""),
    "contact_phone": (TEXT, "問い合わせ先の電話番号", "", "", ""),
    "contact_extension": (TEXT, "内線番号", "", "", ""),
    "contact_email": (TEXT, "問い合わせ先のメールアドレス", "", "", ""),
    "notes": (TEXT, "そのほか。定員の数えかた、来やすくするためのこと（車いす、字幕など）", "", "", ""),
}  # fmt: skip


def columns_of(profile: EventProfile) -> tuple[Column, ...]:
    """The layout's columns with their meaning."""
    return tuple(Column(heading, *_said(field)) for heading, field in profile.all_columns)


def _said(field: str) -> tuple[str, str, str, str, str]:
    return MEANINGS[field]

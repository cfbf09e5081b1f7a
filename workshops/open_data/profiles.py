"""The published layouts of an event table, as data: which heading stands where, and which of our fields fills it.

Sources: 推奨データセット 06 イベント一覧 (its complete list of columns), the event layout of the base registry of 2022 (50
columns, as in the seventy municipal files at hand), and the part of the present 自治体標準オープンデータセット No.12 that could be
verified. The last is therefore called 「準拠（予定）」. What this site adds to a layout stands after its own columns.
"""

from __future__ import annotations

from dataclasses import dataclass

#: 推奨データセット 06 has no column that says an event is off, and No.12 none that we could verify: readers must learn it.
ADDED_06 = (("カテゴリー", "kind"), ("状態", "status"))
ADDED_12 = (("開始時間", "start_time"), ("終了時間", "end_time"), ("状態", "status"))


@dataclass(frozen=True)
class EventProfile:
    """A layout: `columns` are (heading, field) in the published order; `added` are ours, behind them."""

    key: str
    title: str
    note: str
    columns: tuple[tuple[str, str], ...]
    added: tuple[tuple[str, str], ...] = ()

    @property
    def all_columns(self) -> tuple[tuple[str, str], ...]:
        """In the order of the file."""
        return self.columns + self.added


BASE_REGISTRY = EventProfile(
    key="base-registry-2022",
    title="ベースレジストリ 2022（50列）",
    note="デジタル庁のベースレジストリの催しの表（2022年）。列の順番も同じです。",
    columns=(
        ("NO", "id"), ("都道府県コード又は市区町村コード", "municipality"), ("名称", "title"), ("名称(カナ)", "title_kana"),
        ("名称(英字)", "title_en"), ("名称(通称)", "short_title"), ("サブタイトル", "subtitle"), ("概要", "summary"),
        ("説明", "description"), ("サブイベント", "sub_events"), ("イベント種類", "kind"), ("URL", "url"), ("画像URL", "image_url"),
        ("状態", "status"), ("対象となる産業", "industry"), ("ステージ", "stage"), ("開始日", "start_date"), ("終了日", "end_date"),
        ("開始時刻", "start_time"), ("終了時刻", "end_time"), ("日時備考", "schedule_note"), ("場所名称", "venue"),
        ("集合場所", "meeting_place"), ("郵便番号", "postcode"), ("住所都道府県", "prefecture"), ("住所市区町村", "city"),
        ("住所町名", "town"), ("住所丁目以下", "street"), ("建物名等", "building"), ("緯度", "latitude"), ("経度", "longitude"),
        ("主催団体", "host"), ("共催団体", "co_hosts"), ("その他関係団体", "other_hosts"), ("対象者", "audience"), ("定員", "capacity"),
        ("料金(基本)", "fee"), ("料金(詳細)", "fee_note"), ("外国語対応", "languages"), ("申込期限日", "apply_by_date"),
        ("申込期限時刻", "apply_by_time"), ("申込方法", "how_to_apply"), ("アクセス方法", "access"), ("駐車場情報", "parking"),
        ("駐輪場情報", "bicycles"), ("連絡先名称", "contact_name"), ("連絡先電話番号", "contact_phone"),
        ("連絡先内線番号", "contact_extension"), ("連絡先メールアドレス", "contact_email"), ("備考", "notes"),
    ),
)  # fmt: skip

RECOMMENDED_06 = EventProfile(
    key="recommended-06",
    title="推奨データセット 06（旧）",
    note="推奨データセットの「イベント一覧」。終わりのカテゴリーと状態は、このサイトが加えた列です。",
    columns=(
        ("都道府県コード又は市区町村コード", "municipality"), ("NO", "id"), ("都道府県名", "prefecture"), ("市区町村名", "city"),
        ("イベント名", "title"), ("イベント名_カナ", "title_kana"), ("イベント名_英語", "title_en"), ("開始日", "start_date"),
        ("終了日", "end_date"), ("開始時間", "start_time"), ("終了時間", "end_time"), ("開始日時特記事項", "schedule_note"),
        ("説明", "description"), ("料金(基本)", "fee"), ("料金(詳細)", "fee_note"), ("連絡先名称", "contact_name"),
        ("連絡先電話番号", "contact_phone"), ("連絡先内線番号", "contact_extension"), ("主催者", "host"), ("場所名称", "place"),
        ("住所", "address"), ("方書", "building"), ("緯度", "latitude"), ("経度", "longitude"), ("アクセス方法", "access"),
        ("駐車場情報", "parking"), ("定員", "capacity"), ("参加申込終了日", "apply_by_date"), ("参加申込終了時間", "apply_by_time"),
        ("参加申込方法", "how_to_apply"), ("URL", "url"), ("備考", "notes"),
    ),
    added=ADDED_06,
)  # fmt: skip

STANDARD_12 = EventProfile(
    key="standard-12",
    title="No.12 準拠（予定）",
    note=(
        "自治体標準オープンデータセットNo.12のうち、確かめられた列だけです。正式な列の順番を確かめるまでは「準拠（予定）」です。"
        "終わりの開始時間、終了時間、状態は、このサイトが加えた列です。"
    ),
    columns=(
        ("全国地方公共団体コード", "municipality"), ("ID", "id"), ("地方公共団体名", "municipality_name"), ("イベント名", "title"),
        ("コンテンツURL", "page_url"), ("開始日", "start_date"), ("終了日", "end_date"), ("場所名称", "place"),
        ("所在地_連結表記", "address"), ("所在地_都道府県", "prefecture"), ("所在地_市区町村", "city"), ("緯度", "latitude"),
        ("経度", "longitude"), ("イベント種類", "kind"), ("料金種別", "fee_kind"), ("URL", "url"),
    ),
    added=ADDED_12,
)  # fmt: skip

#: The first is what `/open-data/events.csv` gives when nothing is asked for.
PROFILES: tuple[EventProfile, ...] = (BASE_REGISTRY, RECOMMENDED_06, STANDARD_12)
BY_KEY = {profile.key: profile for profile in PROFILES}

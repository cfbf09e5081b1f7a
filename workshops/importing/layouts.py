"""The published column layouts, as data.

Sources: the 2022 event layout of the base registry (ベースレジストリ, 50 columns; verified against 70
municipal files) and 推奨データセット 06 イベント一覧 with the later editions' extra columns, and the part of No.12 that could be verified.
How the same layouts are written is in `workshops.open_data.profiles`.
A field lists the headings it goes by; the first is the official one and is shown when it is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

#: Text longer than this is refused rather than cut (characters).
LINE = 255
NOTE = 2_000
PROSE = 20_000


@dataclass(frozen=True)
class Layout:
    """One generation of the table: which heading carries which field, and what it cannot do without."""

    name: str
    headings: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]


#: Field → the longest text it may hold.
LIMITS: Mapping[str, int] = {
    "title": LINE,
    "title_kana": LINE,
    "title_en": LINE,
    "short_title": LINE,
    "subtitle": LINE,
    "venue": LINE,
    "meeting_place": LINE,
    "postcode": 20,
    "prefecture": 20,
    "city": 60,
    "town": 120,
    "street": 120,
    "building": 120,
    "host": LINE,
    "contact_name": LINE,
    "contact_phone": 60,
    "contact_extension": 60,
    "fee_note": 500,
    "description": PROSE,
    "summary": PROSE,
}

#: The fields every row is known by (see `keys`) and the ones that give its extent: without these columns
#: the same events would come in a second time, or with a wrong length.
_KEY_AND_TIME = (
    "municipality",
    "title",
    "start_date",
    "end_date",
    "start_time",
    "end_time",
    "venue",
)

#: NO tells only whether a row is one of ours: other publishers renumber it with every edition.
_SHARED: dict[str, tuple[str, ...]] = {
    "id": ("NO", "ID"),
    "municipality": (
        "都道府県コード又は市区町村コード",
        "都道府県コード又は市町村コード",
        "全国地方公共団体コード",
        "市区町村コード",
    ),
    "description": ("説明",),
    "start_date": ("開始日",),
    "end_date": ("終了日",),
    "venue": ("場所名称",),
    "building": ("建物名等", "方書", "建物名等(方書)"),
    "latitude": ("緯度",),
    "longitude": ("経度",),
    "capacity": ("定員",),
    "fee": ("料金(基本)",),
    "fee_note": ("料金(詳細)",),
    "access": ("アクセス方法",),
    "parking": ("駐車場情報",),
    "contact_name": ("連絡先名称",),
    "contact_phone": ("連絡先電話番号",),
    "contact_extension": ("連絡先内線番号",),
    "contact_email": ("連絡先メールアドレス",),
    "url": ("URL", "コンテンツURL"),
    "notes": ("備考",),
}

BASE_REGISTRY = Layout(
    name="base-registry-2022",
    headings=_SHARED
    | {
        "title": ("名称",),
        "title_kana": ("名称(カナ)", "名称_カナ"),
        "title_en": ("名称(英字)", "名称_英字"),
        "short_title": ("名称(通称)", "名称_通称"),
        "subtitle": ("サブタイトル",),
        "summary": ("概要",),
        "sub_events": ("サブイベント",),
        "kind": ("イベント種類",),
        "image_url": ("画像URL",),
        "status": ("状態",),
        "industry": ("対象となる産業",),
        "stage": ("ステージ",),
        "start_time": ("開始時刻",),
        "end_time": ("終了時刻",),
        "schedule_note": ("日時備考",),
        "meeting_place": ("集合場所",),
        "postcode": ("郵便番号",),
        "prefecture": ("住所都道府県",),
        "city": ("住所市区町村",),
        "town": ("住所町名",),
        "street": ("住所丁目以下",),
        "host": ("主催団体",),
        "co_hosts": ("共催団体",),
        "other_hosts": ("その他関係団体",),
        "audience": ("対象者",),
        "languages": ("外国語対応",),
        "apply_by_date": ("申込期限日",),
        "apply_by_time": ("申込期限時刻",),
        "how_to_apply": ("申込方法",),
        "bicycles": ("駐輪場情報",),
    },
    required=_KEY_AND_TIME,
)

RECOMMENDED_06 = Layout(
    name="recommended-06",
    headings=_SHARED
    | {
        "title": ("イベント名",),
        "title_kana": ("イベント名_カナ", "イベント名(カナ)"),
        "title_en": ("イベント名_英語", "イベント名_英字", "イベント名(英語)"),
        "prefecture": ("都道府県名",),
        "city": ("市区町村名", "地方公共団体名"),
        "start_time": ("開始時間", "開始時刻"),
        "end_time": ("終了時間", "終了時刻"),
        "schedule_note": ("開始日時特記事項",),
        "host": ("主催者", "主催団体"),
        "street": ("住所", "所在地_連結表記"),
        "apply_by_date": ("参加申込終了日",),
        "apply_by_time": ("参加申込終了時間", "参加申込終了時刻"),
        "how_to_apply": ("参加申込方法",),
        "kind": ("カテゴリー", "カテゴリ", "イベント種類"),
        "audience": ("対象者", "対象年齢"),
        "image_url": ("画像", "画像URL"),
        "status": ("状態",),
    },
    required=_KEY_AND_TIME,
)

STANDARD_12 = Layout(
    name="standard-12",
    headings={
        "id": ("ID",),
        "municipality": ("全国地方公共団体コード",),
        "title": ("イベント名",),
        "start_date": ("開始日",),
        "end_date": ("終了日",),
        "start_time": ("開始時間",),
        "end_time": ("終了時間",),
        "venue": ("場所名称",),
        "prefecture": ("所在地_都道府県",),
        "city": ("所在地_市区町村",),
        "street": ("所在地_連結表記",),
        "latitude": ("緯度",),
        "longitude": ("経度",),
        "kind": ("イベント種類",),
        "fee": ("料金種別",),
        "status": ("状態",),
        "url": ("URL", "コンテンツURL"),
    },
    required=_KEY_AND_TIME,
)

LAYOUTS = (BASE_REGISTRY, RECOMMENDED_06, STANDARD_12)

#: Every field a row may carry, in the order of the layouts.
FIELDS: tuple[str, ...] = tuple(dict.fromkeys([*BASE_REGISTRY.headings, *RECOMMENDED_06.headings]))

#: Words in 状態 that say the event does not take place.
CANCELLED_WORDS = ("中止", "cancel", "キャンセル")
#: Words in 状態 that say its day is put off.
POSTPONED_WORDS = ("延期", "postponed")
#: Words in 開始時刻 for an event without a clock.
ALL_DAY_WORDS = frozenset({"終日", "一日中", "24時間"})

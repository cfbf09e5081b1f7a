"""What is on in the city: past with results, coming with registrations, full, nearly full, called off, online."""

from dataclasses import dataclass, field
from typing import Any

from home.demo import organizations as org
from workshops.enums import EventKind as Kind
from workshops.enums import Format, RegistrationMode, Unit

HERE, NONE, ELSEWHERE = RegistrationMode.HERE, RegistrationMode.NONE, RegistrationMode.ELSEWHERE
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
MIZUBE_HALL, MIZUBE_ROOM = "水辺のいえ　ホール", "水辺のいえ　和室"
LIBRARY, HALL, WELFARE = "中央図書館　集会室", "市民会館　小ホール", "福祉会館　会議室"
ONLINE = "オンライン"
EASY = "段差なし\n車いすのトイレ\n静かに休める部屋"


@dataclass(frozen=True)
class Plain:
    """An event as a host would write it. `weeks` from this one, several for a series; `came`: how it went."""

    title: str
    weeks: tuple[int, ...]
    day: int
    start: str
    end: str
    host: str
    place: str
    kind: Kind
    summary: str
    mode: RegistrationMode = NONE
    capacity: int | None = None
    unit: Unit = Unit.PERSON
    parties: tuple[int, ...] = ()  # sizes of the parties that have registered
    themes: tuple[str, ...] = ()
    fee: str = "無料"
    off: bool = False
    came: tuple[int, str] | None = None  # how many, what came of it
    more: dict[str, Any] = field(default_factory=dict)


EVENTS = [
    # --- over -------------------------------------------------------------------------------------
    Plain("市民のつどい「となりの灯り」", (-2,), SAT, "13:30", "15:30", org.CITY, HALL, Kind.TALK,
          "四人の話を聞き、会場のみなさんと話しあいました。", HERE, 150, themes=("まなび",), came=(152, "参加者どうしの交流が生まれた"),
          more={"accessibility": EASY + "\n手話通訳\n要約筆記"}),
    Plain("ほっこり みんなの集い　秋の回", (-5,), SAT, "13:30", "15:30", org.MIZUBE, MIZUBE_ROOM, Kind.FAMILY,
          "家から出にくいお子さんと家族の、静かな午後。", HERE, 6, Unit.PARTY, themes=("親子",), came=(4, "4組が参加")),
    Plain("オンラインで話す 不登校の親の会", (-4,), SUN, "20:00", "21:30", org.KOMOREBI, ONLINE, Kind.TALK,
          "カメラは切ったままで。聞くだけでも。", HERE, 40, themes=("親子", "まなび"), came=(60, "定員40人に対し60人が参加。横のつながりができた"),
          more={"format": Format.ONLINE}),
    Plain("グランパ・フェスタ", (-7,), SUN, "10:00", "14:00", org.CITY, "中央公民館", Kind.HELPING,
          "仕事を終えた男性と、地域の団体が出会う日。", NONE, themes=("地域",), came=(98, "98人が参加。活動を始めた人が11人")),
    Plain("つながりサポーター講座　第3回", (-3,), WED, "10:00", "11:30", org.SHAKYO, WELFARE, Kind.HELPING,
          "気になる人への、最初の一言を学びました。", HERE, 30, themes=("まなび",), came=(26, "26人が修了")),
    Plain("秋の食堂", (-6,), SAT, "11:30", "13:30", org.FOODBANK, "港倉庫2号", Kind.GATHERING,
          "こどもは無料、おとなは300円のお昼ごはん。", NONE, themes=("ごはん",), fee="こども無料、おとな300円", came=(74, "74人が食べに来た")),
    Plain("川べりの散歩", (-1,), SUN, "09:30", "11:00", org.SHIOMI, "汐見橋のたもと", Kind.GATHERING,
          "しゃべらなくてよい散歩。", NONE, themes=("からだ",), came=(9, "はじめての人が3人")),
    # --- coming soon --------------------------------------------------------------------------------
    Plain("ほっこり みんなの集い", (1,), SAT, "13:30", "15:30", org.MIZUBE, MIZUBE_ROOM, Kind.FAMILY,
          "家から出にくいお子さんと家族の、静かな午後。途中で帰ってもかまいません。", HERE, 8, Unit.PARTY, (2, 3), ("親子",),
          more={"accessibility": EASY, "party_limit": 5}),
    Plain("はじめての つながりサポーター講座", (1,), WED, "10:00", "11:30", org.SHAKYO, ONLINE, Kind.HELPING,
          "気になる人への、最初の一言。カメラは切ったままで。", HERE, 60, parties=(1, 1, 2, 1), themes=("まなび",),
          more={"format": Format.ONLINE, "accessibility": "字幕あり"}),
    Plain("灯りをつくる夕べ", (3,), SAT, "15:00", "17:30", org.MIZUBE, MIZUBE_HALL, Kind.HANDS,
          "和紙で小さな灯りをつくり、暗くなったら、いっせいにともします。", HERE, 12, Unit.PARTY, (3, 2, 2, 4, 1, 2, 3, 2, 1), ("親子", "手しごと"),
          more={"accessibility": EASY + "\n手話通訳", "co_hosts": "みなも市、汐見団地自治会", "audience": "親子、ご近所どうし、おひとりで"}),
    Plain("だれでも食堂", (0, 2, 4, 6), SAT, "11:30", "13:30", org.MIZUBE, MIZUBE_HALL, Kind.GATHERING,
          "ひとりで来て、ひとりで食べて、帰れます。", NONE, themes=("ごはん",), fee="こども無料、おとな300円"),
    Plain("グランパ・カフェ　今月の話題「眠り」", (1,), SUN, "14:00", "15:30", org.COOP, "生協　集会室", Kind.TALK,
          "保健師といっしょに、昼の過ごしかたとねむりの話を。", NONE, themes=("からだ",), fee="お茶代100円"),
    Plain("編みものの会", (0, 1, 2, 3, 4, 5), THU, "13:30", "15:30", org.MIZUBE, MIZUBE_ROOM, Kind.HANDS,
          "毛糸と針はあります。編まずに、いるだけでも。", NONE, themes=("手しごと",)),
    Plain("夜のオンライン居場所", (0, 1, 2, 3), FRI, "20:00", "22:00", org.FUNE, ONLINE, Kind.GATHERING,
          "文字だけで集まります。いつ来ても、いつ抜けても。", NONE, themes=("若者",), more={"format": Format.ONLINE}),
    Plain("ななめの部屋　文化の日", (2,), TUE, "15:30", "18:00", org.HIGH_SCHOOL, "潮見高校　図書室のとなり", Kind.GATHERING,
          "音楽をかけて、絵を描いて。15歳から20歳の人なら、だれでも。", NONE, themes=("若者",)),
    Plain("家族のための茶話会", (2,), WED, "13:30", "15:30", org.KOMOREBI, "駅前ビル3階", Kind.TALK,
          "部屋から出てこない家族のことを、話しても、聞くだけでも。", HERE, 10, parties=(1, 2, 1, 1, 2, 1, 2), themes=("家族",),
          more={"accessibility": "エレベーターあり"}),
    Plain("スマートフォンの、ひとり分教室", (2,), THU, "10:00", "12:00", org.LIBRARY, LIBRARY, Kind.TALK,
          "一人に一人がつきます。同じことを三回聞いてもかまいません。", HERE, 5, parties=(1, 1, 1, 1, 1), themes=("まなび",)),
    Plain("冬の星を見る会", (2,), FRI, "18:30", "20:00", org.SHIOMI, "汐見橋の河原", Kind.GATHERING,
          "寒いので、途中で帰ってかまいません。", HERE, 20, parties=(2, 1), themes=("からだ",), off=True),
    Plain("お金と住まいの相談日", (1, 5), TUE, "13:00", "16:00", org.SHAKYO, WELFARE, Kind.CONSULTATION,
          "一組45分。書類がそろっていなくても話せます。", HERE, 4, Unit.PARTY, (1, 2), ("くらし",)),
    Plain("外国から来た人と、ごはんをつくる", (4,), SUN, "10:30", "13:30", org.HASHI, "中央公民館　調理室", Kind.HANDS,
          "やさしい日本語で話します。", HERE, 16, parties=(2, 3, 1), themes=("ごはん", "ことば"), fee="材料代400円"),
    # --- later ----------------------------------------------------------------------------------------
    Plain("大みそかのそば", (5,), THU, "20:00", "23:00", org.MIZUBE, MIZUBE_HALL, Kind.GATHERING,
          "ひとりで過ごす夜に、あたたかいものを。", NONE, themes=("ごはん",)),
    Plain("声をきく練習", (6,), SAT, "10:00", "12:00", org.YORISOI, LIBRARY, Kind.HELPING,
          "助言をしない聞きかたを、二人組で。", HERE, 24, parties=(1, 2), themes=("まなび",)),
    Plain("みなも冬まつり　灯りの道", (7,), SAT, "16:00", "19:00", org.SHIOMI, "汐見橋から水辺のいえまで", Kind.FAMILY,
          "灯りをならべる人も、歩くだけの人も。", NONE, themes=("親子", "地域")),
    Plain("仕事をやめた人の、午後の散歩", (3, 5, 7), WED, "14:00", "15:30", org.CITY, "中央公園　時計の下", Kind.GATHERING,
          "名前も、前の仕事も聞きません。", NONE, themes=("からだ",)),
    Plain("介護する人のひと休み", (4, 8), TUE, "13:30", "15:30", org.HOUKATSU_EAST, "東部地域包括支援センター", Kind.TALK,
          "介護される方も、別の部屋でいっしょに過ごせます。", HERE, 10, Unit.HOUSEHOLD, (2, 1, 2), ("家族",)),
    Plain("民生委員と歩く、まちの見守り", (6,), SUN, "09:30", "11:30", org.MINSEI, "汐見団地　集会所", Kind.HELPING,
          "戸をたたかない見守りかたを習います。", HERE, 15, parties=(1, 1), themes=("地域",)),
    Plain("信用金庫の「家計ノート」講座", (7,), WED, "18:30", "20:00", org.SHINKIN, "みなも信用金庫　本店3階", Kind.TALK,
          "売りこみはありません。ノートを差し上げます。", ELSEWHERE, themes=("くらし",),
          more={"registration_note": "本店の窓口か、電話（0000-00-0009）へ。", "contact_phone": "0000-00-0009"}),
    Plain("冬休みの学びの場", (5, 6), MON, "10:00", "15:00", org.KOMOREBI, "駅前ビル3階", Kind.FAMILY,
          "宿題をしても、しなくても。お昼を用意します。", HERE, 12, parties=(1, 1, 2), themes=("親子", "若者")),
    Plain("手話でおしゃべり", (3, 7), THU, "18:30", "20:00", org.SHAKYO, WELFARE, Kind.TALK,
          "指で「こんばんは」から。", HERE, 20, parties=(1, 2, 1), themes=("ことば",), more={"accessibility": EASY + "\n手話通訳"}),
    Plain("つながりサポーター講座　第5回", (9,), SAT, "13:30", "15:00", org.SHAKYO, WELFARE, Kind.HELPING,
          "90分。受けた方には、小さなしるしをお渡しします。", HERE, 40, parties=(1,), themes=("まなび",)),
    Plain("春を待つ音楽会", (10,), SUN, "14:00", "16:00", org.CITY, HALL, Kind.GATHERING,
          "途中で出入りできます。からだを動かしながらでも。", HERE, 120, parties=(2, 2, 4, 1), themes=("親子", "からだ"),
          more={"accessibility": EASY + "\n×駐車場"}),
]  # fmt: skip

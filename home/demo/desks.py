"""Places to talk: two that never close, evenings, weekdays, two days a week, one that rests. Numbers are samples."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from cms.dates import today
from directory.enums import ChannelKind as Kind
from directory.enums import OrganizationKind
from directory.models import Channel, Concern, ConsultationDesk, Organization, User
from home.demo import organizations as org
from home.demo.writing import Chance

LUNCH = "Mo-Fr 09:00-12:00,13:00-17:00; PH off; Dec 29-Jan 03 off"
WEEKDAYS = "Mo-Fr 08:30-17:15; PH off; Dec 29-Jan 03 off"
PHONE, CHAT, LINE, MAIL, VISIT, HOME, LETTER = (
    Kind.PHONE, Kind.CHAT, Kind.LINE, Kind.MAIL, Kind.VISIT, Kind.HOME_VISIT, Kind.LETTER,
)  # fmt: skip
QUIET, NAMELESS, FACELESS, MEET, COMES, SECRET, FREE = (
    "no_voice", "anonymous", "face_not_shown", "meets_in_person", "comes_home", "family_unaware", "free",
)  # fmt: skip

Way = tuple[Kind, str, str, tuple[str, ...]]  # kind, value, hours, facts


@dataclass(frozen=True)
class Desk:
    """A desk as the city's staff would write it down."""

    host: str
    name: str
    kana: str
    voices: tuple[str, ...]
    concerns: str  # codes of concerns, with blanks between
    ways: tuple[Way, ...]
    description: str = ""
    promises: tuple[str, ...] = ("名前は言わなくて大丈夫です", "切りたいときに切ってかまいません")
    more: dict[str, Any] = field(default_factory=dict)
    checked: int = 20  # days ago
    reception: int | None = None  # coming by: nobody new in the last so many minutes


DESKS = [
    Desk(org.CITY, "灯台ダイヤル", "とうだいだいやる", ("どこに話せばよいか、わからない", "消えてしまいたいと思う"), "k1 k2 k8 k0",
         ((PHONE, "0000-00-0001", "24/7", (NAMELESS, FREE, FACELESS)),),
         "昼も夜も、人が出ます。話を聞き、必要なときは、ほかの窓口へいっしょにつなぎます。",
         more={"for_family": True, "for_supporters": True}),
    Desk(org.NAGISA, "なぎさの家", "なぎさのいえ", ("今夜いる場所がない", "だれかと同じ部屋にいたい"), "k2 k5 k8",
         ((PHONE, "0000-00-0003", "24/7", (NAMELESS, FREE)), (VISIT, "みなも市浜町2丁目", "24/7", (NAMELESS, MEET, FREE))),
         "いつ来てもよい家です。泊まる部屋が三つあります。何も話さなくてかまいません。", more={"for_supporters": True}),
    Desk(org.YORISOI, "よりそい電話みなも", "よりそいでんわみなも", ("眠れない夜がつらい", "今日あったことを、だれかに聞いてほしい"), "k1 k2 k0",
         ((PHONE, "0000-00-0002", "Su-Th 18:00-22:00", (NAMELESS, FREE, FACELESS)),),
         "研修を受けた市民が出ます。何も話さず、切ってもかまいません。"),
    Desk(org.YORISOI, "週末の夜の電話", "しゅうまつのよるのでんわ", ("週末になると、ひとりがこたえる",), "k1 k2",
         ((PHONE, "0000-00-0002", "Fr,Sa 20:00-02:00; Dec 29-Jan 03 02:00-26:00 off", (NAMELESS, FREE)),), "金曜と土曜の夜から、つぎの日の午前2時まで。"),
    Desk(org.FUNE, "ふね　若者の文字相談", "ふねわかもののもじそうだん", ("声に出すと泣いてしまう", "学校も仕事も、行けていない"), "k1 k2 k3 k4",
         ((CHAT, "https://fune.minamo.example/chat", "Mo-Sa 16:00-22:00", (QUIET, NAMELESS, FACELESS, FREE)),
          (LINE, "https://fune.minamo.example/line", "Mo-Sa 16:00-22:00", (QUIET, NAMELESS, FREE)),
          (MAIL, "fune@minamo.example", "", (QUIET, NAMELESS, FREE))),
         "打つのがゆっくりでも、途中でいなくなってもかまいません。", more={"age_min": 10, "age_max": 39, "reply_time": "メールは三日のうちに"}),
    Desk(org.CITY, "みなもほっと電話", "みなもほっとでんわ", ("悩みや不安を抱えていて寝れない", "孤独・孤立で不安を抱えている"), "k1 k2 k7",
         ((PHONE, "0000-00-0004", WEEKDAYS, (NAMELESS, FREE)), (VISIT, "市役所1階 5番窓口", WEEKDAYS, (MEET, FREE))),
         "最初の一言は「初めてです」で大丈夫です。どの課の話でも、ここで受けます。", more={"for_family": True, "for_supporters": True}),
    Desk(org.KOMOREBI, "みなもこどもライン", "みなもこどもらいん", ("学校に行きたくない", "家にいるのがつらい", "友だちのことで悩んでいる"), "k4 k7 k8",
         ((PHONE, "0000-00-0005", "Mo-Su 14:00-21:00", (NAMELESS, FREE, SECRET)),),
         "18歳までの人の電話です。ひみつは守ります。", promises=("ひみつは守ります", "名前は言わなくていい", "切りたいときに切っていい"), more={"age_max": 18}),
    Desk(org.SHAKYO, "くらしの相談", "くらしのそうだん", ("家賃が払えない", "借金のことを、家族に言えない", "仕事が続かない"), "k5 k7 k9",
         ((PHONE, "0000-00-0006", WEEKDAYS, (FREE,)), (VISIT, "福祉会館1階", LUNCH, (MEET, FREE)), (HOME, "", WEEKDAYS, (COMES, FREE))),
         "お金、仕事、住まい。いっしょに整理するところから始めます。", more={"for_family": True}, reception=30),
    Desk(org.CITY, "子育てほっとルーム", "こそだてほっとるーむ", ("子どもをどなってしまう", "一日だれとも話していない"), "k6 k1",
         ((PHONE, "0000-00-0007", "Mo-Fr 09:00-17:00; PH off", (FREE,)), (VISIT, "こども館2階", "Mo-Fr 09:00-17:00; PH off", (MEET, FREE))),
         "子どもを遊ばせながら話せます。", more={"audience": "小学校に入る前の子どものいる家庭"}),
    Desk(org.HOUKATSU_EAST, "東部地域包括支援センター", "とうぶちいきほうかつしえんせんたー", ("親の介護で、自分の時間がない", "近所の一人暮らしの方が心配"), "k6 k9 k2",
         ((PHONE, "0000-00-0008", "Mo-Fr 08:30-17:15; Sa 08:30-12:30; PH off", (FREE,)), (HOME, "", WEEKDAYS, (COMES, FREE))),
         "65歳から上の方と、家族の相談。お宅へうかがいます。",
         more={"age_min": 65, "for_family": True, "for_supporters": True, "area": "市の東側"}),
    Desk(org.HOUKATSU_WEST, "西部地域包括支援センター", "せいぶちいきほうかつしえんせんたー", ("親のもの忘れが増えてきた",), "k6 k9",
         ((PHONE, "0000-00-0009", WEEKDAYS, (FREE,)), (HOME, "", WEEKDAYS, (COMES, FREE))),
         "65歳から上の方と、家族の相談。お宅へうかがいます。", more={"age_min": 65, "for_family": True, "area": "市の西側"}, checked=130),
    Desk(org.KOMOREBI, "家族のための木もれ日電話", "かぞくのためのこもれびでんわ", ("子どもが部屋から出てこない", "八十代の親が、五十代の子を支えている"), "k3 k4 k7",
         ((PHONE, "0000-00-0005", "Tu,Th 13:00-16:00", (NAMELESS, FREE)), (VISIT, "学びの場（駅前ビル3階）", "Tu,Th 13:00-16:00", (MEET, FREE))),
         "同じ道を歩いた家族が出ます。", more={"for_self": False, "for_family": True}),
    Desk(org.HASHI, "ことばの橋（通訳つき）", "ことばのはし", ("日本語で説明するのがむずかしい",), "k2 k5 k6",
         ((PHONE, "0000-00-0007", "Mo,We,Fr 10:00-16:00", (FREE,)), (MAIL, "hashi@minamo.example", "", (QUIET, FREE))),
         "やさしい日本語と、六つの言葉で話せます。", more={"reply_time": "メールは一週間のうちに"}),
    Desk(org.CITY, "女性のための相談室", "じょせいのためのそうだんしつ", ("家にいると、こわい", "だれにも知られずに話したい"), "k8 k7 k6",
         ((PHONE, "0000-00-0006", "Mo-Fr 09:00-16:00; PH off", (NAMELESS, SECRET, FREE)),
          (VISIT, "場所は電話でお伝えします", "Mo-Fr 09:00-16:00; PH off", (SECRET, MEET, FREE))),
         "着信の記録が気になるときは、公衆電話からでも受けます。"),
    Desk(org.FOODBANK, "食べものの相談", "たべもののそうだん", ("今月、食べるものが足りない",), "k5",
         ((PHONE, "0000-00-0008", "Tu-Sa 10:00-15:00", (FREE,)), (VISIT, "港倉庫2号", "Tu-Sa 10:00-15:00", (MEET, FREE))),
         "箱に入れてお渡しします。中身は外から見えません。"),
    Desk(org.MINSEI, "民生委員につながる電話", "みんせいいいんにつながるでんわ", ("近所に、気になる人がいる",), "k2 k6",
         ((PHONE, "0000-00-0004", WEEKDAYS, (FREE,)),), "お住まいの地区の民生委員から、折り返します。",
         more={"for_family": True, "for_supporters": True}),
    Desk(org.LIBRARY, "図書館のすみ", "としょかんのすみ", ("話すかどうか、まだ決めていない",), "k1 k2",
         ((VISIT, "中央図書館2階 北のすみ", "We 14:00-17:00; 2027 Feb 10 off \"蔵書点検\"", (NAMELESS, MEET, FREE)),), "本を読みながら待っています。声をかけても、かけなくても。"),
    Desk(org.HIGH_SCHOOL, "ななめの部屋", "ななめのへや", ("教室に、いづらい",), "k4 k2",
         ((VISIT, "潮見高校 図書室のとなり", "Tu,Th 15:30-18:00; PH off", (NAMELESS, MEET, FREE)),), "高校生でなくても、15歳から20歳の人なら入れます。",
         more={"age_min": 15, "age_max": 20}),
    Desk(org.MIZUBE, "水辺のいえ お茶の時間", "みずべのいえおちゃのじかん", ("ひとりで食べるごはんに、あきた",), "k2",
         ((VISIT, "水辺のいえ", "We-Su 11:00-17:00; Dec 29-Jan 03 off; Aug 13-15 off", (NAMELESS, MEET)),), "お茶は100円。話しても、だまっていても。"),
    Desk(org.YORISOI, "手紙の窓口", "てがみのまどぐち", ("話すより、書くほうがいい",), "k1 k2 k0",
         ((LETTER, "みなも市浜町1丁目 よりそいみなも「手紙係」", "", (QUIET, NAMELESS, FACELESS)), (MAIL, "tegami@minamo.example", "", (QUIET, NAMELESS, FREE))),
         "返事がほしいときだけ、返す先を書いてください。", more={"reply_time": "二週間のうちに"}),
    Desk(org.SHAKYO, "日曜こども相談", "にちようこどもそうだん", ("平日は、だれにも話せない",), "k4",
         ((PHONE, "0000-00-0006", "off", (NAMELESS, FREE)),), "担当者の交代のため、しばらくお休みします。", more={"age_max": 18}),
]  # fmt: skip

# For the whole country. Number and hours are for a named person to confirm: until then nobody sees them.
NATIONAL = [
    ("孤独・孤立相談ダイヤル", "こどくこりつそうだんだいやる", "#9999", "内閣府"),
    ("児童相談所虐待対応ダイヤル", "じどうそうだんじょぎゃくたいたいおうだいやる", "189", "こども家庭庁"),
    ("DV相談ナビ", "でぃーぶいそうだんなび", "#8008", "内閣府"),
]


def save(
    desk: ConsultationDesk, ways: tuple[Way, ...], *, by: User, publish: bool, reception: int | None = None
) -> None:
    """Channels beside the desk, then a revision, published: the way the editor's button goes."""
    desk.channels = [
        Channel(kind=kind, value=value, hours=hours, sort_order=order, **dict.fromkeys(facts, True))
        for order, (kind, value, hours, facts) in enumerate(ways)
    ]
    for channel in desk.channels.all():
        channel.last_reception = reception if channel.kind == VISIT else None
        channel.clean()
    desk.live = False
    desk.save()
    revision = desk.save_revision(user=by)
    if publish:
        revision.publish(user=by)


def build(by: User, organizations: dict[str, Organization], chance: Chance) -> None:
    """The city's desks, published; national lines as drafts nobody has confirmed."""
    known = {concern.code: concern for concern in Concern.objects.all()}
    for plain in DESKS:
        desk = ConsultationDesk(
            organization=organizations[plain.host],
            slug=chance.slug(),
            name=plain.name,
            kana=plain.kana,
            worries=list(plain.voices),
            description=plain.description,
            promises=list(plain.promises),
            assured_on=today() - dt.timedelta(days=plain.checked),
            **plain.more,
        )
        desk.concerns = [known[code] for code in plain.concerns.split() if code in known]
        save(desk, plain.ways, by=by, publish=True, reception=plain.reception)
    for name, kana, number, host in NATIONAL:
        owner, _made = Organization.objects.get_or_create(name=host, defaults={"kind": OrganizationKind.PUBLIC_BODY})
        desk = ConsultationDesk(organization=owner, slug=chance.slug(), name=name, kana=kana, is_national=True)
        save(desk, ((PHONE, number, "", ()),), by=by, publish=False)

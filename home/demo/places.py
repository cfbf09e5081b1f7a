"""Where one can simply be in the city, and small things to help with. Numbers are samples; some facts stay unknown."""

import datetime as dt
import random
from typing import Any

from cms.dates import now, today
from cms.models import Theme
from directory.actions import opportunities as questions
from directory.enums import AnswerBy, Booking, Cost, Insurance, Minors, Pay, PlaceKind, Rhythm
from directory.models import Opportunity, Organization, Place, User
from home.demo import organizations as org
from home.demo.writing import Chance

QUIET = ("silence_ok", "leaving_ok", "nameless", "watching_ok")
HOLIDAYS = "; Dec 29-Jan 03 off"

# host, name, reading, kind, hours, facts, and what else is known
PLACES: list[tuple[str, str, str, PlaceKind, str, tuple[str, ...], dict[str, Any]]] = [
    (org.FUNE, "夜のひろば　みなと", "よるのひろばみなと", PlaceKind.FREE_SPACE, "Mo,We,Fr,Su 16:00-20:00" + HOLIDAYS,
     (*QUIET, "alone_seat"),
     {"description": "夕方から夜の、だれでも入れる部屋です。ゲームをする人、寝ている人、何もしない人がいます。",
      "who_comes": "4～6人くらい。10代～30代が多めです。黄色い名札の人が1人います。", "crowd_from": 4, "crowd_to": 6,
      "doing": "本、ボードゲーム、ギター、パソコンがあります。何もしなくてかまいません。",
      "arriving": "ベルはありません。そのまま奥へ。「見るだけです」で大丈夫です。",
      "greeting": "黄色い名札の人が、目だけであいさつします。近よってはきません。",
      "asking": "何も聞きません。名前を書く紙もありません。",
      "talking": "話さなくてよい席には、青い布がかかっています。", "leaving": "いつでも。声をかけずに帰れます。",
      "cost": Cost.FREE, "cost_text": "かかりません。お茶は自由に。", "booking": Booking.NONE,
      "venue_name": "東みなも駅前ビル　2階", "address": "みなも市東町1丁目3-5", "access_text": "エレベーターがあります",
      "way": "東みなも駅の南口から歩いて3分。1階はパン屋です。", "age_min": 10, "age_max": 39, "contact_phone": "0000-00-0003"}),
    (org.MIZUBE, "水辺のいえ", "みずべのいえ", PlaceKind.SALON, "We-Su 11:00-17:00; PH off" + HOLIDAYS,
     (*QUIET, "with_children", "wheelchair", "wide_toilet", "nursing"),
     {"description": "川ぞいの古い家です。お茶を飲んで、川を見て、帰る人もいます。", "aliases": ["みずべ", "川の家"],
      "who_comes": "ふだん5～10人。親子と、ひとりの大人が半々です。", "crowd_from": 5, "crowd_to": 10,
      "doing": "お茶、縁がわ、絵本、編みもの。木曜の午後は、編みものの会です。",
      "arriving": "引き戸を開けて、そのまま。くつはぬがなくてかまいません。", "greeting": "台所にいる人が「どうぞ」と言います。",
      "asking": "「お茶は、あついのと冷たいの、どちらにしますか」だけ聞きます。",
      "talking": "縁がわの席は、話しかけない約束の席です。", "leaving": "お茶を飲みおわらなくても、いつでも。",
      "cost": Cost.PAID, "cost_text": "お茶100円。なくてもいられます。", "booking": Booking.NONE,
      "venue_name": "水辺のいえ", "address": "みなも市浜町2丁目8", "way": "バス停「川口橋」のすぐ前。青い屋根です。",
      "access_text": "入口にスロープ。車いすのトイレ、おむつ台", "contact_phone": "0000-00-0005"}),
    (org.LIBRARY, "本のある部屋", "ほんのあるへや", PlaceKind.FREE_SPACE, "Tu-Fr 10:00-19:00; Sa,Su,PH 10:00-17:00" + HOLIDAYS,
     ("silence_ok", "leaving_ok", "nameless", "watching_ok", "alone_seat", "quiet_corner", "wheelchair", "wide_toilet"),
     {"description": "図書館の3階の、静かな部屋です。本を読まなくても、すわっていてかまいません。",
      "who_comes": "2～3人。ひとりの人ばかりです。", "crowd_from": 2, "crowd_to": 3,
      "arriving": "受付はありません。3階へ上がって、とびらをあけるだけ。", "talking": "だれも話しません。", "leaving": "いつでも。",
      "cost": Cost.FREE, "booking": Booking.NONE, "venue_name": "中央図書館　3階", "address": "みなも市中央1丁目1",
      "way": "市役所のとなり。エレベーターは左おくです。"}),
    (org.FOODBANK, "ひだまり食堂", "ひだまりしょくどう", PlaceKind.MEAL, "Tu,Fr 17:30-19:30" + HOLIDAYS,
     ("leaving_ok", "nameless", "with_children", "wheelchair", "alone_seat"),
     {"description": "晩ごはんの食堂です。こどもだけでも、大人だけでも入れます。", "aliases": ["こども食堂"],
      "who_comes": "20人くらい。親子と、ひとりの大人が半々です。", "crowd_from": 15, "crowd_to": 25,
      "doing": "カレー、豚汁、魚の日。食べられないものがあるときは、お皿を見せて首をふれば通じます。",
      "arriving": "入口の人に「ひとりです」「3人です」と人数だけ言います。", "greeting": "エプロンの人が席まで案内します。",
      "asking": "人数だけ。", "talking": "かべ向きの席が4つあります。", "leaving": "食べおわったら、いつでも。",
      "cost": Cost.PAID, "cost_text": "大人300円、こども無料。なくても食べられます。", "booking": Booking.NONE,
      "venue_name": "港倉庫2号", "address": "みなも市港町3丁目2", "contact_phone": "0000-00-0008"}),
    (org.KOMOREBI, "学びの場　午前の部屋", "まなびのばごぜんのへや", PlaceKind.LEARNING, "Mo-Fr 10:00-12:30; PH off" + HOLIDAYS,
     ("silence_ok", "leaving_ok", "watching_ok", "alone_seat", "quiet_corner"),
     {"description": "学校に行っていない人が、午前中に来る部屋です。勉強しなくてもかまいません。",
      "who_comes": "ふだん3～6人。小学生から高校生まで。", "crowd_from": 3, "crowd_to": 6,
      "arriving": "3階のドアに、木の札がかかっていたら開いています。", "greeting": "学生のスタッフが1人います。",
      "asking": "二回目からは、よび名を聞きます。", "talking": "ヘッドホンをしている人には、話しかけません。",
      "leaving": "時計を見て、好きなときに。", "cost": Cost.FREE, "booking": Booking.FIRST,
      "booking_text": "はじめての前の日までに、メールか電話を。家族からでもかまいません。", "venue_name": "駅前ビル3階",
      "address": "みなも市駅前1丁目4", "age_min": 6, "age_max": 18, "contact_mail": "manabi@minamo.example"}),
    (org.SHIOMI, "汐見の畑", "しおみのはたけ", PlaceKind.WORK, "Sa 09:00-11:30; Jan,Feb off",
     ("silence_ok", "leaving_ok", "watching_ok", "nameless"),
     {"description": "団地のうらの畑です。草を一本ぬいて帰る人もいます。", "who_comes": "5～8人。60代が多く、20代も2人います。",
      "crowd_from": 5, "crowd_to": 8, "doing": "水やり、草とり、収穫。土にさわらず、見ているだけでも。",
      "arriving": "水道のところに、長ぐつと手ぶくろが置いてあります。", "greeting": "帽子の人が、畑のどこかにいます。",
      "talking": "土を見ているので、だれも顔を見ません。", "leaving": "とれたものを少し持って、いつでも。",
      "cost": Cost.FREE, "venue_name": "汐見団地　うらの畑", "address": "みなも市汐見町5", "hours_note": "雨の日は休みます。"}),
    (org.FUNE, "画面ごしの焚き火", "がめんごしのたきび", PlaceKind.ONLINE, "Mo-Su 21:00-24:00",
     ("silence_ok", "leaving_ok", "faceless", "nameless", "watching_ok"),
     {"description": "焚き火の音がする、文字だけの部屋です。だまって火を見ている人がいちばん多いです。",
      "who_comes": "ふだん8～15人。どこに住んでいるかは、だれも聞きません。", "crowd_from": 8, "crowd_to": 15,
      "arriving": "ボタンを押すと、すぐ火のそばです。登録はいりません。", "greeting": "見守りの人が1人、ずっといます。",
      "asking": "何も聞きません。番号で呼ばれます。", "talking": "打たなくてかまいません。声もカメラもありません。",
      "leaving": "画面を閉じるだけ。", "cost": Cost.FREE, "booking": Booking.NONE, "is_online": True,
      "online_url": "https://fune.minamo.example/takibi", "online_text": "電話でもパソコンでも。アプリはいりません。",
      "age_min": 15, "age_max": 39}),
    (org.KOMOREBI, "家族の茶の間", "かぞくのちゃのま", PlaceKind.FAMILY, "We[2],We[4] 13:30-15:30; PH off",
     ("silence_ok", "leaving_ok", "nameless", "quiet_corner"),
     {"description": "部屋から出てこない家族のいる人が集まります。", "aliases": ["家族会", "親の会"],
      "who_comes": "6人くらい。50代から80代の親、きょうだい。", "crowd_from": 4, "crowd_to": 8,
      "doing": "順番に話します。「パス」と言えば、次の人へ。", "arriving": "和室です。座布団にすわると始まります。",
      "greeting": "同じ道を歩いた家族が2人います。", "asking": "よび名だけ。", "talking": "聞くだけの人が、毎回います。",
      "leaving": "泣いたまま帰っても、だれも追いかけません。", "cost": Cost.PAID, "cost_text": "お菓子代100円",
      "booking": Booking.NONE, "venue_name": "福祉会館　和室", "address": "みなも市中央2丁目6", "age_min": 18}),
    (org.SHAKYO, "朝のからだならし", "あさのからだならし", PlaceKind.SPORT, "Mo,Th 07:00-07:40",
     ("silence_ok", "leaving_ok", "nameless", "watching_ok", "wheelchair"),
     {"description": "公園で、音楽に合わせて体をのばします。いすでもできます。", "who_comes": "10人ほど。散歩の途中の人もいます。",
      "crowd_from": 8, "crowd_to": 12, "arriving": "時計の下に集まります。後ろのほうに立てば十分です。",
      "talking": "音楽が鳴っているので、話しません。", "leaving": "途中で歩いていく人が、毎回います。",
      "venue_name": "中央公園　時計の下", "address": "みなも市中央3丁目"}),
]  # fmt: skip

# title, host, place (its name), days from now until it takes place or closes, and what else is known
OPPORTUNITIES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("返ってきた本を、棚にもどす", org.LIBRARY, "本のある部屋",
     {"minutes": 30, "rhythm": Rhythm.SOMETIMES, "when_text": "火曜から金曜の、10時から17時のあいだ", "with_whom": "図書館の人が1人。話さなくてかまいません",
      "try_once": True, "no_skills": True, "pay": Pay.NONE, "insurance": Insurance.COVERED, "minors": Minors.YES,
      "description": "番号の順に、本をもどします。一列だけでも助かります。\nすわったままできる「本のしおりをはさむ」もあります。"}),
    ("食堂の、皿あらいと机ふき", org.FOODBANK, "ひだまり食堂",
     {"minutes": 60, "rhythm": Rhythm.WEEKLY, "when_text": "火曜・金曜の19時から", "with_whom": "エプロンの人が3、4人",
      "try_once": True, "no_skills": True, "pay": Pay.EXPENSES, "pay_text": "晩ごはんと、バス代", "insurance": Insurance.COVERED,
      "minors": Minors.CONSENT, "description": "洗う人、ふく人、ならべる人。前の日までに来られるかどうかだけ教えてください。"}),
    ("灯りをつくる夕べで、ろうそくをならべる", org.MIZUBE, "水辺のいえ",
     {"minutes": 90, "rhythm": Rhythm.ONCE, "days": 20, "when_text": "14時から", "with_whom": "6人ほどの仲間と、水辺ひろばの人",
      "no_skills": True, "pay": Pay.NONE, "insurance": Insurance.COVERED, "minors": Minors.YES,
      "description": "川べりに紙の灯りを120こ、ならべます。終わったら、見て帰れます。"}),
    ("家で、字幕を直す", org.FUNE, "",
     {"minutes": 30, "rhythm": Rhythm.SOMETIMES, "when_text": "好きなときに", "is_online": True, "with_whom": "ひとりで。分からないところは文字で聞けます",
      "try_once": True, "skills_text": "パソコンか電話で文字が打てること", "pay": Pay.PAID, "pay_text": "10分ぶん500円", "minors": Minors.NO,
      "description": "機械が作った字幕のまちがいを、聞きながら直します。顔も声も出しません。"}),
    ("夜の電話番の、となりにすわる", org.YORISOI, "",
     {"minutes": 120, "rhythm": Rhythm.MONTHLY, "when_text": "日曜から木曜の18時から20時", "where_text": "よりそいみなも　電話室",
      "with_whom": "研修を受けた電話番の人", "skills_text": "つながりサポーター講座を受けた方。聞くだけの研修から始まります",
      "pay": Pay.EXPENSES, "insurance": Insurance.COVERED, "minors": Minors.NO,
      "description": "お茶をいれ、記録の紙をわたし、終わったあとに「おつかれさま」と言う係です。電話には出ません。"}),
    ("団地の廊下で、電球をかえる", org.SHIOMI, "",
     {"minutes": 45, "rhythm": Rhythm.ONCE, "days": 11, "when_text": "9時から", "where_text": "汐見団地　3号棟", "with_whom": "自治会の人が2人",
      "no_skills": True, "pay": Pay.NONE, "minors": Minors.NO, "description": "高いところに手がとどく人を、2人さがしています。"}),
    ("畑の水やり　朝の当番", org.SHIOMI, "汐見の畑",
     {"minutes": 20, "rhythm": Rhythm.WEEKLY, "when_text": "好きな曜日を一つ。朝8時まで", "with_whom": "ひとりで", "try_once": True,
      "no_skills": True, "pay": Pay.NONE, "pay_text": "とれた野菜をどうぞ", "insurance": Insurance.COVERED, "minors": Minors.YES,
      "description": "水道のじょうろで、うね三本に水をやります。だれにも会わずに終わる日もあります。"}),
    ("編みものの会へ、毛糸をとどける", org.MIZUBE, "水辺のいえ",
     {"minutes": 30, "rhythm": Rhythm.MONTHLY, "until": 40, "when_text": "月に一度、木曜の午前", "with_whom": "毛糸をくださるお宅の方",
      "skills_text": "自転車か車", "pay": Pay.EXPENSES, "description": "市内の3軒をまわって、使わなくなった毛糸を受けとります。"}),
    ("やさしい日本語で、おしゃべりの相手", org.HASHI, "",
     {"minutes": 60, "rhythm": Rhythm.WEEKLY, "when_text": "土曜の10時から11時", "where_text": "中央公民館　2階", "is_online": True,
      "with_whom": "外国から来た人が1人か2人", "try_once": True, "no_skills": True, "insurance": Insurance.COVERED,
      "minors": Minors.YES, "description": "短く、ゆっくり、はっきり。外国語はいりません。"}),
]  # fmt: skip


THEMES = {
    PlaceKind.MEAL: "ごはん",
    PlaceKind.FAMILY: "家族",
    PlaceKind.SPORT: "からだ",
    PlaceKind.LEARNING: "まなび",
    PlaceKind.WORK: "地域",
}
ASKED_ABOUT = "家で、字幕を直す"


def publish(thing: Place | Opportunity, *, by: User) -> None:
    """Draft, then a revision, published: the way the editor's button goes."""
    thing.live = False
    thing.full_clean(exclude=["latest_revision", "live_revision"])
    thing.save()
    thing.save_revision(user=by).publish(user=by)


def places(by: User, hosts: dict[str, Organization], chance: Chance) -> dict[str, Place]:
    """The places, by name."""
    themes = {theme.name: theme for theme in Theme.objects.all()}
    made = {}
    for number, (host, name, kana, kind, hours, facts, more) in enumerate(PLACES):
        place = Place(
            organization=hosts[host], slug=chance.slug(), name=name, kana=kana, kind=kind, hours=hours,
            assured_on=today() - dt.timedelta(days=100 if number == len(PLACES) - 1 else 12 + number),
            **dict.fromkeys(facts, True), **more,
        )  # fmt: skip
        place.themes.add(*[themes[word] for word in (THEMES.get(kind),) if word in themes])
        publish(place, by=by)
        made[name] = place
    return made


def ask(opportunity: Opportunity, chance: Chance) -> None:
    """A question that waits, so that the members' screen has something to answer."""
    words = questions.Asked(
        nickname="しお", answer_by=AnswerBy.MAIL, email="shio@minamo.example",
        question="一度だけ、見にいってもよいですか。人の多い時間は苦手です。",
    )  # fmt: skip
    questions.ask(opportunity=opportunity, asked=words, key=chance.key())


def build(by: User, hosts: dict[str, Organization], chance: Chance) -> None:
    """Places, opportunities, one question. Lots of their own: what others draw stays as it was."""
    own = Chance()
    own.random = random.Random("居場所")  # noqa: S311 — sample data, no secret
    known = places(by, hosts, own)
    for title, host, place, more in OPPORTUNITIES:
        facts = dict(more)
        days, until = facts.pop("days", None), facts.pop("until", None)
        opportunity = Opportunity(
            organization=hosts[host], slug=own.slug(), title=title, place=known.get(place),
            takes_place_on=now().date() + dt.timedelta(days=days) if days else None,
            open_until=today() + dt.timedelta(days=until) if until else None,
            assured_on=today() - dt.timedelta(days=9), **facts,
        )  # fmt: skip
        publish(opportunity, by=by)
    ask(Opportunity.objects.get(title=ASKED_ABOUT), own)

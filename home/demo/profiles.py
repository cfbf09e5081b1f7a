"""What the organisations tell each other: profiles, what they bring together, what they look for, pieces, cards. All invented."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from cms import dates
from cms.forms import checked_upload
from directory.actions import profiles as actions
from directory.enums import Direction
from directory.models import ActivityNote, Concern, MemberProfile, Organization, Resource, User
from home.demo import organizations as org

WEEK, WORKDAYS = "1234567", "12345"

# organisation: what it does, whom it serves (codes, words), area, how to reach, phone, days since somebody looked at it
PROFILES: dict[str, tuple[str, list[str], str, str, str, str, int]] = {
    org.CITY: ("福祉総務課に事務局を置き、12の課の窓口をつないでいます。どの課に聞けばよいか分からないときは、まず事務局へ。",
               ["families"], "", "市内全域", "平日の8時30分から17時15分。「プラットフォームの件で」と言ってください。", "0000-00-0000", 12),
    org.SHAKYO: ("生活支援コーディネーターが3人、地区ごとに歩いています。サロンの立ちあげ、ボランティアの保険、助成金の書き方もどうぞ。",
                 ["adults", "elders", "families"], "制度のすきまにいる方", "市内全域", "地域福祉係あてに。", "0000-00-0001", 30),
    org.NAGISA: ("昼も夜も開いている家です。食べる、泊まる、ただいる。夜のあいだも、だれかが起きています。",
                 ["youth", "adults"], "今夜いる場所のない方", "市内全域、となりの市からも", "夜でも電話に出ます。", "0000-00-0002", 5),
    org.FUNE: ("10代から30代のための、文字の相談と居場所。画面ごしなら話せる人が多いので、返事を急がないことを大事にしています。",
               ["pupils", "youth"], "学校や仕事から離れている方", "市内全域（オンラインは市外も）", "火・木・土の13時から19時。", "0000-00-0003", 20),
    org.YORISOI: ("夜の電話番を週に五日。研修を受けた市民28人が、二人ひと組で受けています。",
                  ["adults", "elders"], "", "市内全域", "事務所は月・水・金の午後だけ。", "0000-00-0004", 60),
    org.KOMOREBI: ("学校に行きづらい子どもと家族の集まりを、月に二回。親だけの会もあります。",
                   ["pupils", "families"], "", "東みなも・汐見", "留守番電話に残してください。", "0000-00-0005", 90),
    org.MIZUBE: ("川ぞいの一軒家「水辺のいえ」を開いています。ごはんの会、手しごとの会。何もしない日もあります。",
                 ["adults", "elders", "families"], "", "中みなも", "開いている日に、のぞいてください。", "0000-00-0006", 15),
    org.FOODBANK: ("食べものを届けながら、玄関で5分だけ話をききます。月に約120世帯。",
                   ["adults", "families", "small"], "急に収入がなくなった世帯", "市内全域", "配達の日（火・金）の朝はつながりにくいです。", "0000-00-0007", 40),
    org.HASHI: ("やさしい日本語の会と、通訳。病院や学校への付きそいもしています。",
                ["families", "adults"], "ポルトガル語・ベトナム語・英語の方", "市内全域", "通訳は3日前までに相談してください。", "0000-00-0008", 100),
    org.SHINKIN: ("窓口や訪問で気になることがあったら、つなぐ役です。支店は市内に6つ。",
                  ["elders", "adults"], "", "市内の6支店", "本店総務部。", "0000-00-0009", 200),
    org.NEWSPAPER: ("毎朝、6200軒に配っています。新聞がたまっていたら、声をかけて、だめなら市に電話します。",
                    ["elders"], "", "汐見・中みなも", "午後2時から4時がつながりやすいです。", "", 400),
    org.COOP: ("週に一度の配達で、同じ玄関に立ちます。集会室と調理室は、組合員でなくても使えます。",
               ["families", "elders"], "", "市内全域", "組合員活動係あてに。", "0000-00-0001", 25),
    org.HOUKATSU_EAST: ("65歳から上の方と、介護をする家族の相談。家にうかがいます。",
                        ["elders", "families"], "", "東部地区", "平日の日中。急ぎのときは電話で。", "0000-00-0002", 70),
    org.HOUKATSU_WEST: ("65歳から上の方と、介護をする家族の相談。認知症カフェを月に一度。",
                        ["elders", "families"], "", "西部地区", "平日の日中。", "0000-00-0003", 380),
    org.MINSEI: ("87人の民生委員・児童委員。ご近所のいちばん近い相談役です。",
                 ["elders", "families", "small"], "", "市内全域（地区ごとに担当）", "会長または社協の事務局へ。", "", 150),
    org.LIBRARY: ("だまっていてよい場所です。窓口の案内を、トイレの中にも置いています。",
                  ["pupils", "youth", "adults", "elders"], "", "中央図書館と2つの分館", "総合案内で「プラットフォームの件」と。", "0000-00-0004", 18),
    org.HIGH_SCHOOL: ("校内の居場所「ななめの部屋」を、火曜と木曜の放課後に。先生ではない大人がいます。",
                      ["youth"], "", "校内（市内の生徒が通学）", "教頭あてに、16時以降。", "0000-00-0005", 130),
    org.SHIOMI: ("月に一度のお茶の会と、朝の声かけ。団地の412戸のうち、ひとり暮らしは170戸です。",
                 ["elders", "adults"], "", "汐見団地", "集会所の掲示板にメモを残すのがいちばん早いです。", "", 9),
}  # fmt: skip

# organisation, kind, in one line, conditions, weekdays, when in words
OFFERS = [
    (org.COOP, "place", "集会室（30人、いすと机つき）を貸せます", "一か月前から。暖房費だけいただきます。", "6", "9時から17時"),
    (org.COOP, "place", "調理室（コンロ4台）を貸せます", "衛生の責任者をひとり決めてください。", "36", ""),
    (org.MIZUBE, "place", "水辺のいえの和室、10人くらいまで", "靴をぬげる方。車いすはご相談ください。", "246", "午後"),
    (org.LIBRARY, "place", "学習室（静かに話せる部屋、8人まで）", "飲みものはふた付きで。", "234567", "10時から18時"),
    (org.SHIOMI, "place", "団地の集会所（40人）", "鍵は自治会長から。町内会の行事の日はのぞく。", "17", ""),
    (org.SHINKIN, "place", "本店2階の会議室（20人、画面つき）", "平日の17時まで。入口で名前を書きます。", WORKDAYS, ""),
    (org.HIGH_SCHOOL, "place", "体育館（雨の日の居場所づくりに）", "学校行事のない日。二週間前までに。", "67", "午前"),
    (org.FOODBANK, "goods", "お米・レトルト食品（催し用に50食まで）", "とりに来てください。アレルギー表をわたします。", "25", ""),
    (org.SHAKYO, "goods", "プロジェクターと音響一式", "貸出票に記入。保険に入っています。", WORKDAYS, ""),
    (org.NAGISA, "goods", "毛布とタオル、洗たく機", "夜のあいだも使えます。", WEEK, "24時間"),
    (org.COOP, "news", "配達のとき、ちらしを入れられます（週6000軒）", "A4まで。二週間前に原稿を。", WORKDAYS, ""),
    (org.NEWSPAPER, "news", "折りこみと、店先の掲示板", "営利でないもの。月に二回まで。", "", "毎月1日と15日"),
    (org.SHINKIN, "news", "6支店の待合にポスターを貼れます", "A3まで。三か月ごとに張りかえ。", WORKDAYS, ""),
    (org.SHAKYO, "hands", "ボランティア登録の方に声をかけられます（160人）", "内容と日が決まってから。保険は社協で。", "", ""),
    (org.MINSEI, "hands", "地区の見守りに、二人で行けます", "担当地区の委員から。", WORKDAYS, "日中"),
    (org.HIGH_SCHOOL, "hands", "高校生ボランティア（生徒会、15人ほど）", "保護者の同意が要ります。17時まで。", "6", ""),
    (org.FUNE, "know", "文字の相談の受けかた、研修に行けます", "2時間。資料代だけ。", "246", "19時から"),
    (org.YORISOI, "know", "電話番のはじめかた（ロールプレイつき）", "10人から20人くらいまで。", "3", "夜"),
    (org.HASHI, "know", "通訳（ポルトガル語・ベトナム語・英語）", "3日前までに。病院は2人で行きます。", WEEK, ""),
    (org.HOUKATSU_EAST, "know", "認知症サポーター講座の講師", "90分。10人から。", "24", ""),
    (org.CITY, "know", "個人情報と見守りの、役所側の相談", "どの課につなぐかも一緒に考えます。", WORKDAYS, ""),
    (org.KOMOREBI, "time", "不登校の親どうしで話す時間（オンラインも）", "はじめての方は個別に30分から。", "67", "10時から"),
    (org.HOUKATSU_WEST, "time", "家庭への同行訪問", "一緒にうかがえます。日は相談。", "", ""),
    (org.SHIOMI, "time", "朝の声かけに、もう1団地ぶん回れます", "7時から8時。", WORKDAYS, "朝"),
    (org.LIBRARY, "goods", "おはなし会の紙しばいセット", "二週間。送りは文書配達で。", "234567", ""),
]  # fmt: skip

# organisation, kind, in one line, conditions, weekdays
WISHES = [
    (org.KOMOREBI, "place", "土曜に、子どもが走れる部屋をさがしています", "10人くらい。静かでなくてよいところ。", "6"),
    (org.FUNE, "place", "火曜の夜に、10代が3人で使える部屋", "入口が目立たないとありがたいです。", "2"),
    (org.HASHI, "place", "日曜の日本語の会、20人ほど", "机があれば。", "7"),
    (org.YORISOI, "hands", "夜の電話番、あと6人", "研修は半日×3回。交通費が出ます。", ""),
    (org.FOODBANK, "hands", "配達の運転、火曜と金曜の午前", "自家用車でも。ガソリン代を出します。", "25"),
    (org.NAGISA, "goods", "冬の毛布、子ども用の上着", "サイズ110から150。", ""),
    (org.MIZUBE, "goods", "卓球台", "とりに行けます。", ""),
    (org.HIGH_SCHOOL, "know", "生徒に「聴くこと」を教えてくれる人", "90分、無料か実費で。", "24"),
    (org.MINSEI, "know", "文字だけのやりとりのこつを聞きたい", "委員の定例会（月1回、午前）で。", ""),
    (org.HOUKATSU_WEST, "know", "ベトナム語の方の家族会に通訳を", "月に1回、土曜。", "6"),
    (org.SHIOMI, "news", "お茶の会のちらしを、団地の外にも", "A4、300枚まで。", ""),
    (org.LIBRARY, "time", "閉館前に、ひとりでいる方に声をかける人", "名札はつけません。", "56"),
    (org.SHAKYO, "place", "ボランティア説明会の会場、60人", "駅から歩けるところ。", "6"),
    (org.CITY, "news", "「今夜話せる」カードを置いてくれるお店", "名刺大。補充に行きます。", ""),
]  # fmt: skip

# organisation, title, text, days ago, drawn picture
NOTES = [
    (org.MIZUBE, "ごはんの会、はじめて30人", "11月のごはんの会に31人が来ました。半分は名前を知りません。帰りに「来月もやるの」と聞かれたので、"
     "やります。皿を洗う人が足りなくて、来た人に頼んだら、みんな立ってくれました。それがいちばんうれしかったことです。", 9, "meal"),
    (org.FUNE, "「ひとことだけ」ボックスの一年", "文字の相談に「ひとことだけ」の入口をつけて一年。2,104通のうち、"
     "三分の一は「きょうは何も聞かれたくない」でした。返事をしない、という返事も、返事だと思っています。", 21, ""),
    (org.SHIOMI, "朝の声かけ、雪の日も", "朝7時、二人ずつ。今年から、応答がないときの連絡先を団地の全戸にうかがいました。"
     "断られたのは9軒です。断る理由も、きちんと聞けました。", 33, "town"),
    (org.NAGISA, "夜中の湯たんぽ", "冬のあいだ、湯たんぽを12個そろえました。使った人が、朝、あたためて返してくれます。", 48, ""),
]  # fmt: skip

# login, what they do, what they know, languages, how to reach, contact
CARDS = [
    ("orgadmin", "文字の相談の責任者です", "文字だけの相談の受けかた、10代との距離、夜のしめかた", "日本語、英語（読むだけ）", "メールは一日2回見ます", True),
    ("member", "夜の家の当番（週2回）", "泊まる場所のさがしかた、生活保護の申請に付きそう順番", "日本語", "夕方がつながりやすいです", True),
    ("member2", "夜の電話番、研修の係", "電話を切るときのことば、新しい人の育てかた", "日本語", "", False),
    ("member3", "親の会の世話役", "学校との話しあいのすすめかた、別室登校", "日本語、手話（あいさつ）", "", True),
    ("counsellor", "社協の相談員", "家計の立てなおし、貸付", "日本語", "社協の代表へ", False),
]  # fmt: skip


def build(people: dict[str, User], organizations: dict[str, Organization]) -> None:
    """Everything, as the organisations' administrators would write it."""
    concerns = list(Concern.objects.all())
    keeper = people["secretariat"]
    for number, (name, told) in enumerate(PROFILES.items()):
        profile = actions.keep_profile(
            organization=organizations[name],
            by=keeper,
            values=values_of(told) | {"concerns": concerns[number % 5 :: 5]},
        )
        looked = dates.today() - dt.timedelta(days=told[6])
        MemberProfile.objects.filter(pk=profile.pk).update(looked_at_on=looked)
    for name, kind, words, conditions, days, when in OFFERS:
        offer = {"kind": kind, "words": words, "conditions": conditions, "weekdays": list(days), "when_text": when}
        keep(organizations[name], keeper, Direction.OFFER, offer)
    for name, kind, words, conditions, days in WISHES:
        wish = {"kind": kind, "words": words, "conditions": conditions, "weekdays": list(days), "when_text": ""}
        keep(organizations[name], keeper, Direction.WISH, wish)
    for name, title, text, ago, picture in NOTES:
        write(organizations[name], keeper, title, text, ago, picture)
    for login, does, knows, languages, reach, is_contact in CARDS:
        told_by = {"does": does, "knows": knows, "languages": languages, "reach": reach, "is_contact": is_contact}
        actions.keep_card(by=people[login], values=told_by, agrees=True)


def values_of(told: tuple[str, list[str], str, str, str, str, int]) -> dict[str, Any]:
    """A profile's fields."""
    return dict(zip(("does", "served", "serves", "area", "reach", "phone"), told, strict=False))


def keep(organization: Organization, by: User, direction: str, values: dict[str, Any]) -> None:
    """An offer or a wish."""
    actions.keep_resource(resource=Resource(organization=organization), by=by, values={**values, "direction": direction, "until": None})  # fmt: skip


def write(organization: Organization, by: User, title: str, text: str, ago: int, picture: str) -> None:
    """A piece, with a drawn picture where there is one."""
    values = {"title": title, "text": text, "happened_on": dates.today() - dt.timedelta(days=ago)}
    upload, described = None, ""
    if picture:
        described = {
            "meal": "大きな机を囲んで、湯のみと皿がならんでいる絵",
            "town": "朝の団地の窓に、ひとつずつ灯りがついている絵",
        }[picture]
        upload = checked_upload(SimpleUploadedFile(f"{picture}.png", drawn(picture)), megabytes=2)
    actions.keep_note(
        note=ActivityNote(organization=organization), by=by, values=values, picture=upload, described=described
    )


def drawn(what: str) -> bytes:
    """A flat picture in the house's two inks and the lamp; nobody real is in it."""
    ink, lamp, paper, thread = "#00234b", "#ffd43d", "#fffaf0", "#c74700"
    sheet = Image.new("RGB", (1200, 720), paper if what == "meal" else "#dcebf7")
    pen = ImageDraw.Draw(sheet)
    if what == "meal":
        pen.rounded_rectangle((140, 300, 1060, 620), 60, fill="#e9d8b4", outline=ink, width=6)
        for place in range(6):
            left = 210 + (place % 3) * 290
            top = 330 if place < 3 else 480
            pen.ellipse((left, top, left + 150, top + 90), fill="white", outline=ink, width=5)
            pen.ellipse((left + 45, top + 22, left + 105, top + 64), fill=lamp if place % 2 else thread)
        pen.line((600, 0, 600, 150), fill=ink, width=6)
        pen.polygon([(520, 220), (680, 220), (640, 150), (560, 150)], fill=lamp, outline=ink)
    else:
        for block in range(3):
            left = 90 + block * 360
            pen.rectangle((left, 160, left + 300, 660), fill=paper, outline=ink, width=6)
            for window in range(12):
                x, y = left + 35 + (window % 3) * 85, 200 + (window // 3) * 110
                lit = (window * 7 + block * 5) % 3 == 0
                pen.rectangle((x, y, x + 60, y + 70), fill=lamp if lit else "#b9c7d6", outline=ink, width=4)
        pen.line((0, 664, 1200, 664), fill=thread, width=8)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()

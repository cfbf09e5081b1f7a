"""Who takes part. All are invented."""

import datetime as dt

from cms.dates import today
from directory.enums import OrganizationKind as Kind
from directory.enums import Tier
from directory.models import Membership, Organization

CITY = "みなも市"
SHAKYO = "みなも市社会福祉協議会"
NAGISA = "NPO法人なぎさの家"
FUNE = "NPO法人ふね"
YORISOI = "NPO法人よりそいみなも"
KOMOREBI = "NPO法人こもれび学びの場"
MIZUBE = "NPO法人水辺ひろば"
FOODBANK = "認定NPO法人みなもフードバンク"
HASHI = "ことばの橋みなも"
SHINKIN = "みなも信用金庫"
NEWSPAPER = "しおかぜ新聞販売所"
COOP = "みなも生活協同組合"
HOUKATSU_EAST = "東部地域包括支援センター"
HOUKATSU_WEST = "西部地域包括支援センター"
MINSEI = "みなも市民生委員児童委員協議会"
LIBRARY = "みなも市立中央図書館"
HIGH_SCHOOL = "みなも潮見高等学校"
SHIOMI = "汐見団地自治会"
ENDED = "みなも電話友の会"

C, P = Tier.CORE, Tier.PARTNER

# name, reading, kind, tier, what it does
ORGANIZATIONS = [
    (CITY, "みなもし", Kind.CITY, C, "事務局は福祉総務課。12の課が、それぞれの窓口で話を受けとめます。"),
    (SHAKYO, "みなもししゃかいふくしきょうぎかい", Kind.COUNCIL_OF_SOCIAL_WELFARE, C,
     "生活支援コーディネーターを置き、地域の支えあいを後ろから支えます。"),
    (NAGISA, "なぎさのいえ", Kind.NPO, C, "昼も夜も開いている家。泊まる、食べる、ただいる。24時間の電話も受けています。"),
    (FUNE, "ふね", Kind.NPO, C, "10代から30代のための文字の相談と、週に三日の居場所。"),
    (YORISOI, "よりそいみなも", Kind.NPO, C, "夜の電話番を、週に五日つづけています。研修を受けた市民が出ます。"),
    (KOMOREBI, "こもれびまなびのば", Kind.NPO, C, "学校に行きづらい子どもと、その家族の集まり。"),
    (MIZUBE, "みずべひろば", Kind.NPO, C, "水辺のいえを開いています。催し、食事の会、手しごとの会。"),
    (FOODBANK, "みなもふーどばんく", Kind.NPO, P, "食べものを届けながら、暮らしの話をききます。"),
    (HASHI, "ことばのはしみなも", Kind.NPO, P, "外国から来た方の通訳と、日本語の会。"),
    (SHINKIN, "みなもしんようきんこ", Kind.COMPANY, P, "見守りの協定。窓口で気になることがあれば、つなぎます。"),
    (NEWSPAPER, "しおかぜしんぶんはんばいしょ", Kind.COMPANY, P, "見守りの協定。新聞がたまっていたら、声をかけます。"),
    (COOP, "みなもせいかつきょうどうくみあい", Kind.COMPANY, P, "見守りの協定。配達のときの一声。集会室を貸しています。"),
    (HOUKATSU_EAST, "とうぶちいきほうかつしえんせんたー", Kind.SUPPORT_CENTER, C, "65歳から上の方と、介護をする家族の相談。"),
    (HOUKATSU_WEST, "せいぶちいきほうかつしえんせんたー", Kind.SUPPORT_CENTER, P, "65歳から上の方と、介護をする家族の相談。"),
    (MINSEI, "みなもしみんせいいいんじどういいんきょうぎかい", Kind.RESIDENTS, C,
     "87人の民生委員・児童委員。近所のいちばん近い相談役です。"),
    (LIBRARY, "みなもしりつちゅうおうとしょかん", Kind.PUBLIC_BODY, P, "だまっていてよい場所。窓口の案内を置いています。"),
    (HIGH_SCHOOL, "みなもしおみこうとうがっこう", Kind.SCHOOL, P, "生徒の居場所「ななめの部屋」を、週に二回。"),
    (SHIOMI, "しおみだんちじちかい", Kind.RESIDENTS, P, "月に一度のお茶の会と、朝の声かけ。"),
]  # fmt: skip


def build() -> dict[str, Organization]:
    """Organisations with their memberships, by name."""
    start = today() - dt.timedelta(days=280)
    made = {}
    for name, kana, kind, tier, description in ORGANIZATIONS:
        made[name] = Organization.objects.create(
            name=name, kana=kana, kind=kind, description=description, is_public=True
        )
        Membership.objects.create(organization=made[name], tier=tier, since=start)
    gone = Organization.objects.create(
        name=ENDED,
        kana="みなもでんわとものかい",
        kind=Kind.NPO,
        is_public=True,
        ended_on=today() - dt.timedelta(days=60),
    )
    Membership.objects.create(organization=gone, tier=P, since=start, until=gone.ended_on)
    return made

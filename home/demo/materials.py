"""Twenty-four materials that the members of みなも市 gave each other, with uses, versions and a log."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cms.dates import now, today
from cms.forms import checked_upload
from cms.models import Theme
from cms.models.base import ALPHABET
from directory.models import Notification, Organization, User
from home.demo import organizations as org
from home.demo.material_files import file
from home.demo.writing import Chance
from workshops.actions import materials as actions
from workshops.enums import FileRole, Licence, MaterialAudience, MaterialKind
from workshops.models import Material, MaterialDownload, MaterialFile, MaterialUse, MaterialVersion

FRESH = 10  # days for which the news of a material is still there
K, L, A, R = MaterialKind, Licence, MaterialAudience, FileRole

# title, giver, kind, minutes, people, licence, audience, versions, days since, themes, purpose, files, uses
# a file: (role, title, ending); a use: (days ago, place, people, organisation, sentence)
KITS: list[tuple[Any, ...]] = [
    ("断られたあとの声かけ", org.SHAKYO, K.KIT, 90, 12, L.BY, A.MEMBERS, 2, 9, ("声かけ", "見守り"),
     "訪ねても断られる。電話に出ない。そのあと何と言うかを、三つの場面で練習します。\n\nうまくいかなかった話から始めると、場がやわらぎます。役を演じるのが苦手な人には、観る役をお願いしてください。",
     [(R.SLIDES, "進行のスライド", "pdf"), (R.TIMETABLE, "時間の割りふり", "docx"), (R.HANDOUT, "配る紙（A4・両面）", "pdf")],
     [(52, "なぎさの家", 18, org.NAGISA, "「言い方の例が役に立った」18人のうち15人。"), (140, "東みなも公民館", 11, org.SHAKYO, "場面2は長かったので、次は15分に。")]),
    ("はじめての居場所づくり", org.FUNE, K.KIT, 240, 20, L.BY, A.MEMBERS, 3, 73, ("居場所",),
     "場所をひらく前の半日。だれのために、何をしないかを決めます。",
     [(R.SLIDES, "進行のスライド", "pdf"), (R.HANDOUT, "はじめての日カード", "pdf"), (R.OTHER, "道具と費用の表", "xlsx")],
     [(30, "水辺のいえ", 14, org.MIZUBE, "青い布の席は、ここから広まりました。"), (95, "汐見団地集会所", 9, org.SHIOMI, ""), (120, "こもれび学びの場", 7, org.KOMOREBI, "子どもにも「しないこと」を出してもらいました。")]),
    ("事例の書きかた　三つの練習", org.CITY, K.KIT, 60, 30, L.MEMBERS, A.CORE, 1, 2, ("事例", "匿名にする"),
     "だれのことか分からないように書く練習です。つくり話を三つ使います。",
     [(R.HANDOUT, "練習の文（つくり話）", "pdf"), (R.OTHER, "答えの例", "pdf")], []),
    ("見守り協定の文例", org.CITY, K.FORM, None, None, L.ZERO, A.MEMBERS, 3, 234, ("見守り", "企業"),
     "企業と見守りの協定を結ぶときの文例と、結ぶまでの手順。",
     [(R.OTHER, "文例", "docx"), (R.OTHER, "結ぶまでの手順", "pdf")],
     [(210, "みなも信用金庫", None, org.SHINKIN, "三か月で結べました。通報ではなく「知らせ」と書いたのがよかった。"), (180, "しおかぜ新聞販売所", None, org.NEWSPAPER, "")]),
    ("夜の電話番のはじめかた", org.YORISOI, K.KIT, 150, 15, L.ASK, A.CORE, 2, 40, ("電話", "声かけ"),
     "はじめて電話をとる人のための二時間半。切れたあとの自分の休ませ方まで。",
     [(R.SLIDES, "進行のスライド", "pdf"), (R.HANDOUT, "最初の一分の言葉", "pdf")],
     [(33, "よりそいみなも事務所", 6, org.YORISOI, "沈黙の練習がいちばん残った、という声。")]),
    ("文字の相談、返事の長さ", org.FUNE, K.SLIDES, 45, 20, L.BY, A.MEMBERS, 1, 5, ("若い人", "声かけ"),
     "短い一言に、どのくらいの長さで返すか。十の例で話し合います。",
     [(R.SLIDES, "十の例", "pdf")], []),
    ("民生委員さんとの顔合わせ　進め方", org.MINSEI, K.KIT, 60, 40, L.BY, A.MEMBERS, 1, 110, ("つながる",),
     "団体と民生委員が、名前と得意を知り合う一時間。名刺のいらない会です。",
     [(R.TIMETABLE, "時間の割りふり", "docx"), (R.HANDOUT, "得意カード", "pdf")],
     [(88, "西みなも公民館", 36, org.MINSEI, "「頼んでよいこと」が壁いっぱいになりました。")]),
    ("学校に行きづらい子の保護者会　案内文", org.KOMOREBI, K.FORM, None, None, L.ZERO, A.MEMBERS, 2, 61, ("若い人", "様式"),
     "来る人が「責められない」と分かる案内文。学校から配るとき用と、店に置くとき用。",
     [(R.OTHER, "学校から配る案内", "docx"), (R.OTHER, "店に置く案内", "docx")],
     [(50, "みなも潮見高等学校", None, org.HIGH_SCHOOL, "保健室の前に置いたら、持っていく人がいました。")]),
    ("買い物のついでの一声", org.COOP, K.HANDOUT, 20, 10, L.BY, A.MEMBERS, 1, 150, ("見守り", "企業"),
     "配達員とレジの人のための一枚。声をかける言葉と、気になったときの知らせ先。",
     [(R.HANDOUT, "一声カード", "pdf")],
     [(140, "みなも生活協同組合　西店", 22, org.COOP, "朝礼の10分で足りました。")]),
    ("食べものを届けるときの三つの約束", org.FOODBANK, K.HANDOUT, 15, None, L.BY, A.MEMBERS, 2, 25, ("見守り",),
     "玄関で聞かないこと、書きとめないこと、約束しないこと。",
     [(R.HANDOUT, "三つの約束", "pdf")], []),
    ("通訳さんと組む相談の手引き", org.HASHI, K.SLIDES, 60, 15, L.BY, A.MEMBERS, 1, 80, ("外国から来た方",),
     "通訳が入ると何が変わるか。席の並べ方、間のとり方、終わったあとの声かけ。",
     [(R.SLIDES, "進行のスライド", "pdf"), (R.HANDOUT, "席の並べ方", "pdf")],
     [(71, "市民相談室", 8, org.HASHI, "")]),
    ("図書館でできる「だまっていてよい」場所", org.LIBRARY, K.SLIDES, 30, None, L.ZERO, A.MEMBERS, 1, 19, ("居場所",),
     "声をかけない見守りの、二年分の工夫。",
     [(R.SLIDES, "二年の工夫", "pdf")], []),
    ("地図で見る、歩いて行ける場所", org.MIZUBE, K.KIT, 120, 24, L.BY, A.MEMBERS, 1, 12, ("居場所", "つながる"),
     "白地図に、行ける場所と行けない理由を書きこむワークショップ。",
     [(R.TIMETABLE, "時間の割りふり", "docx"), (R.HANDOUT, "白地図の作り方", "pdf"), (R.OTHER, "場所の表", "csv")], []),
    ("家族介護者のお茶会　進行メモ", org.HOUKATSU_EAST, K.HANDOUT, 90, 10, L.MEMBERS, A.MEMBERS, 2, 33, ("介護",),
     "話す順番を決めない会の、始め方と終わり方。",
     [(R.HANDOUT, "進行メモ", "docx")],
     [(20, "東部地域包括支援センター", 7, org.HOUKATSU_EAST, "時計を外したら、話が続きました。")]),
    ("認知症の方の家を訪ねる前に", org.HOUKATSU_WEST, K.HANDOUT, 20, None, L.BY, A.MEMBERS, 1, 98, ("介護", "見守り"),
     "訪ねる前に読む一枚。時間帯、立つ位置、持っていかないもの。",
     [(R.HANDOUT, "訪ねる前の一枚", "pdf")], []),
    ("相談会のふりかえり　様式", org.CITY, K.FORM, 30, None, L.ZERO, A.MEMBERS, 2, 57, ("様式",),
     "人数ではなく「次にどこへつないだか」を残す様式。",
     [(R.OTHER, "ふりかえりの様式", "xlsx"), (R.OTHER, "書きかた", "pdf")],
     [(45, "暮らしの相談会（市役所）", None, org.CITY, "")]),
    ("朝の声かけ当番表", org.SHIOMI, K.FORM, None, None, L.ZERO, A.MEMBERS, 1, 170, ("見守り", "様式"),
     "名前を書かない当番表。色の札で回します。",
     [(R.OTHER, "当番表", "xlsx")], [(160, "汐見団地", 12, org.SHIOMI, "一年続いています。")]),
    ("高校生と話す　ななめの関係", org.HIGH_SCHOOL, K.KIT, 90, 20, L.BY, A.MEMBERS, 1, 22, ("若い人", "居場所"),
     "先生でも親でもない大人として、そばにいる練習。",
     [(R.SLIDES, "進行のスライド", "pdf"), (R.HANDOUT, "聞かないことリスト", "pdf")], []),
    ("お金の心配を聞く　五つの入口", org.SHINKIN, K.SLIDES, 60, 25, L.ASK, A.MEMBERS, 1, 44, ("くらしのお金",),
     "窓口で気になったとき、どこへつなぐか。実務の順番で。",
     [(R.SLIDES, "五つの入口", "pdf")], [(28, "みなも信用金庫　本店", 16, org.SHINKIN, "「つないでよいと言ってもらう」言い方を二つ増やしました。")]),
    ("泊まれる家の一日", org.NAGISA, K.SLIDES, 40, None, L.MEMBERS, A.CORE, 1, 66, ("居場所",),
     "一日の流れと、夜の連絡の決めごと。見学の前に読んでください。",
     [(R.SLIDES, "一日の流れ", "pdf")], []),
    ("孤独・孤立を学ぶ　90分（市民向け）", org.CITY, K.KIT, 90, 60, L.BY, A.MEMBERS, 3, 16, ("学び", "つながる"),
     "自治会や会社で使える90分。数字より、ひとりの一週間から始めます。",
     [(R.SLIDES, "進行のスライド", "pdf"), (R.HANDOUT, "ひとりの一週間", "pdf"), (R.TIMETABLE, "時間の割りふり", "docx")],
     [(10, "みなも市役所　大会議室", 54, org.CITY, "アンケートの回収は48枚。「自分のことだった」が9人。"), (90, "みなも生活協同組合", 31, org.COOP, "")]),
    ("電話を切ったあとの五分", org.YORISOI, K.HANDOUT, 10, None, L.BY, A.MEMBERS, 1, 7, ("電話", "支える人"),
     "支える人が、自分の息を整えるための一枚。",
     [(R.HANDOUT, "五分のカード", "pdf")], []),
    ("つなぐときの同意の取りかた", org.SHAKYO, K.KIT, 60, 20, L.BY, A.CORE, 2, 28, ("つながる", "様式"),
     "どこまで話してよいかを、本人と一緒に決める練習。様式つき。",
     [(R.SLIDES, "進行のスライド", "pdf"), (R.OTHER, "同意の様式", "docx")],
     [(15, "市役所　第2会議室", 17, org.SHAKYO, "「言わないでほしいこと」の欄が先、に変えました。")]),
    ("準備中：冬の訪問のしおり", org.NAGISA, K.HANDOUT, 15, None, L.MEMBERS, A.OWN, 1, 1, ("見守り",),
     "団体のなかで直している途中です。",
     [(R.HANDOUT, "しおりの下書き", "docx")], []),
]  # fmt: skip
LINES = [
    "ねらい：まず聞く。すぐに助言しない。",
    "進め方：五分ずつ、順番を決めずに。",
    "おわりに：きょう持ち帰る言葉をひとつ。",
    "（この文書は見本です。登場する人と場所は架空です。）",
]
NOTES = ["はじめの版。", "使った人の声をうけて、短くしました。", "様式の欄をひとつ減らし、字を大きくしました。"]


def build(staff: dict[str, User], organizations: dict[str, Organization], chance: Chance) -> None:
    """All of them, given by somebody of the organisation or by the secretariat for it."""
    themes = {name: theme_called(name, chance) for kit in KITS for name in kit[9]}
    readers = [staff[name] for name in ("member", "partner", "orgadmin", "member2", "member3", "secretariat")]
    for number, kit in enumerate(KITS):
        material = given(kit, staff["secretariat"], organizations, themes, chance)
        used(material, kit[12], organizations)
        for offset, reader in enumerate(readers[: number % 5]):
            took(material, reader, days=kit[8] - offset)


def theme_called(name: str, chance: Chance) -> Theme:
    """The theme of that name; made when the calendar has none."""
    return Theme.objects.filter(name=name).first() or Theme.objects.create(name=name, slug=chance.slug())


def given(
    kit: tuple[Any, ...], by: User, organizations: dict[str, Organization], themes: dict[str, Theme], chance: Chance
) -> Material:
    """The material with its files, on the day it was given."""
    title, giver, kind, minutes, people, licence, audience, versions, days, names, purpose, files, _uses = kit
    draft = chance.key()
    for role, name, ending in files:
        upload = checked_upload(file(name, ending, [f"{title}　{name}", *LINES]), megabytes=20)
        actions.take_in(by=by, draft=draft, upload=upload, role=role)
    details = {"title": title, "purpose": purpose, "kind": kind, "minutes": minutes, "group_size": people}
    material = actions.give(
        by=by,
        draft=draft,
        details=details | {"licence": licence, "audience": audience},
        themes=[themes[name] for name in names],
        organization=organizations[giver],
    )
    written_back(material, versions, days, "".join(chance.random.choice(ALPHABET) for _ in range(7)))
    return material


def written_back(material: Material, versions: int, days: int, public_id: str) -> None:
    """Its earlier versions and its days, as if it had been here for long."""
    newest = now() - dt.timedelta(days=days)
    news = Notification.objects.filter(target=material.public_id)
    if days < FRESH:
        news.update(target=public_id, created_at=newest)
    else:
        news.delete()
    material.versions.all().delete()
    for number in range(1, versions + 1):
        at = newest - dt.timedelta(days=90 * (versions - number))
        MaterialVersion.objects.create(
            material=material, number=number, note=NOTES[number - 1], made_at=at, made_by=material.given_by
        )
    Material.objects.filter(pk=material.pk).update(
        version_number=versions, renewed_at=newest, created_at=newest - dt.timedelta(days=90 * (versions - 1)), public_id=public_id
    )  # fmt: skip
    material.refresh_from_db()


def used(material: Material, uses: list[tuple[Any, ...]], organizations: dict[str, Organization]) -> None:
    """Where it was used."""
    for days, place, people, who, outcome in uses:
        MaterialUse.objects.create(
            material=material, organization=organizations[who], used_on=today() - dt.timedelta(days=days), place=place,
            people=people, outcome=outcome,
        )  # fmt: skip
    actions.keep_words(material)


def took(material: Material, reader: User, *, days: int) -> None:
    """Somebody took its first file."""
    first = MaterialFile.objects.current().filter(material=material).first()
    if first is not None and Material.objects.visible_to(reader).filter(pk=material.pk).exists():
        at = now() - dt.timedelta(days=max(days, 0), hours=3)
        MaterialDownload.objects.create(file=first, user=reader, organization=reader.organization, at=at)

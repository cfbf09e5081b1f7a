"""Places told in free words: 飯給の分校跡, 平野の水車の隣, 家は坂の途中の赤い屋根, 辰巳台で一人暮らし."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat, Token
from cms.guard.lexicon import could_be_place, could_be_surname, is_common_noun, is_municipality, is_role, is_unknown
from cms.guard.wordlists import FUNCTION_WORDS, GENERIC_PLACES, TIME_WORDS, WIDE_REGIONS

PERHAPS = Certainty.PERHAPS

K = "一-龠々ヶ"
SPOT = (
    "前|先|裏|裏手|隣|となり|横|角|奥|向かい|真向かい|斜め向かい|はす向かい|向こう|脇|わき|そば|傍|下|上|手前|突き当たり|つきあたり|途中|入口|入り口|並び|ほとり|たもと|ふもと|麓|近く|跡|跡地|沿い|ぞい|"
    "石段|石段の下|坂下|坂上|曲がり角|[一二三四五2-5二]軒目|[一二三四五]けんめ|端|はずれ|外れ|対岸|川上|川下|川向こう|山側|海側|線路際|踏切脇|中ほど|境"
)
MARK = (
    "水車|鳥居|石段|橋|踏切|バス停|停留所|分校|旧道|地蔵|祠|お堂|神社|八幡様|お寺|寺|社|公園|貯水池|ため池|溜池|池|沼|堰|水門|土手|堤防|川|沢|滝|坂|峠|浜|港|船着き場|漁港|灯台|市場|集会所|公民館|火の見やぐら|消防小屋|消防団|"
    "郵便局|駐在所|交番|ポスト|自販機|床屋|酒屋|米屋|豆腐屋|商店|雑貨屋|八百屋|農協|直売所|工場|倉庫|製材所|精米所|給油所|ガソリンスタンド|スタンド|駐車場|駅|学校|小学校|中学校|小|中|保育所|幼稚園|病院|診療所|団地|アパート|墓地|井戸|大木|桜|松|銀杏|イチョウ|"
    "欅|けやき|竹やぶ|竹林|畑|田んぼ|梨園|みかん山|果樹園|牧場|豚舎|鶏舎|牛舎|ビニールハウス|鉄塔|三叉路|辻|十字路|交差点|信号|歩道橋|高架|トンネル|ガード下|銭湯|湯|旅館|食堂|パン屋|花屋|本屋|時計屋|電気屋|自転車屋|クリーニング屋|コンビニ|スーパー"
)
# 飯給の分校跡, 草刈の八幡様の石段の下, 金剛地の旧保育所跡
CHAIN = re.compile(
    rf"([{K}]{{2,5}}|[{K}ァ-ヴー]{{2,8}}(?:台|丘|町|坂|谷|原)[東西南北]?|[ぁ-ん]{{2,4}}(?:台|丘|町|坂|谷)[東西南北]?|[{K}]の[{K}])の(?:旧|元)?"
    rf"((?:[^\s。、,「」()のにをはがでとも\n]{{0,8}}(?:{MARK}))(?:の(?:[^\s。、,「」()のにをはがでとも\n]{{0,4}})?(?:{SPOT}))?(?:{SPOT})?)"
    rf"(?:、[^。、\n]{{0,8}}(?:屋根|壁|塀|門|ドア|垣根)の(?:平屋|家|一軒家|二階建て|アパート))?"
)
# 白鳥橋のたもと, 牛久の商店街の薬屋の二階
LANDMARK = re.compile(
    rf"(?<![{K}])((?:[{K}]{{1,4}}|[ぁ-ん]{{2,5}}|[ァ-ヴー]{{2,6}})(?:橋|駅|坂|川|寺|神社|稲荷|天神|八幡|湖|沼|池|峠|浜|港|通り|公園|団地|小|中|高校|小学校|中学校|病院|商店街|市場|温泉|踏切|堰|ダム|沢|滝|岬))の(?:[^\s。、,「」()のにをはがでとも\n]{{0,6}}(?:{SPOT}|{MARK}|土手|北口|南口|東口|西口|東屋|ベンチ|[二三四五2-9]階|アパート|一軒家))"
)
LONG_CHAIN = re.compile(
    rf"([{K}]{{2,5}})(?:の[^\s。、,「」()のにをはがでとも\n]{{1,8}}){{1,2}}の[^\s。、,「」()のにをはがでとも\n]{{0,6}}(?:{SPOT}|[二三四五]階|離れ|{MARK})"
)
ENDS_PLACE = re.compile(r"(?=[のにでをがはへと、。)」\s]|から|まで|です|だ|$)")


def _chains(flat: Flat) -> Iterator[Finding]:
    for match in CHAIN.finditer(flat.text):
        head = match.group(1)
        if not ENDS_PLACE.match(flat.text, match.end()) or match.start(1) not in flat.starts_set or _is_no_head(head):
            continue
        spot = re.search(rf"(?:{SPOT})$", match.group(2)) is not None
        named = could_be_place(head) or could_be_surname(head) or is_unknown(head)
        strong = could_be_place(head) and not is_common_noun(head)
        if named and (spot or strong):
            yield Finding(match.start(), match.end(), Kind.ADDRESS, PERHAPS, "corner")


def _landmarks(flat: Flat) -> Iterator[Finding]:
    for match in LANDMARK.finditer(flat.text):
        start = flat.without_lead(match.start(1), match.end(1))
        head = flat.text[start : match.end(1)]
        words = [t for t in flat.within(start, match.end(1)) if t.end <= match.end(1)]
        if not words or not ENDS_PLACE.match(flat.text, match.end()) or words[0].surface in GENERIC_PLACES:
            continue
        proper = any(t.is_proper and t.kind[1] != "数詞" for t in words)
        if (proper or is_unknown(head)) and not _is_no_head(head) and len(head) > 2 and words[0].kind[0] != "動詞":
            yield Finding(start, match.end(), Kind.ADDRESS, PERHAPS, "corner")
    for match in LONG_CHAIN.finditer(flat.text):
        head = match.group(1)
        known = (could_be_place(head) or could_be_surname(head)) and not _is_no_head(head)
        if known and ENDS_PLACE.match(flat.text, match.end()) and match.start(1) in flat.starts_set:
            yield Finding(match.start(), match.end(), Kind.ADDRESS, PERHAPS, "corner")


def _is_no_head(word: str) -> bool:
    return (
        is_municipality(word)
        or is_role(word)
        or word in WIDE_REGIONS
        or word in GENERIC_PLACES
        or word in TIME_WORDS
        or word in FUNCTION_WORDS
        or (is_common_noun(word) and not could_be_place(word) and not could_be_surname(word))
    )


# 家は 坂の途中の赤い屋根で, 祖母の家（平野の水車の隣）, ふもとのバス停から二けんめです
HOME = re.compile(
    rf"(?:家|自宅|実家|うち|住まい|すまい|近所|アパート|下宿|間借り先|居所|現住所|住所|寝泊まり先|寝場所)(?:は|が|:|\(|、)? ?([^。\n()「」はがを]{{3,34}}?(?:{SPOT}|家|平屋|一軒家|二階|離れ|アパート|[一二三四五]けんめ))(?=で(?:、|す|ある|一)|です|\)|。|だ(?:。|と)|に(?:住|ひとり|一人|あり|ある)|、|$)",
    re.M,
)
FROM_A_MARK = re.compile(
    rf"[{K}ぁ-んァ-ヴー]{{2,10}}(?:バス停|停留所|駅|橋|神社|交差点|踏切|信号|公園)から(?:[一二三四五六七八九2-9]|に|さん|よん)(?:軒|けん|本)(?:目|め)(?:の?[^。、\n]{{0,6}}(?:家|角|平屋))?"
)


def _homes(flat: Flat) -> Iterator[Finding]:
    for match in HOME.finditer(flat.text):
        words = [t for t in flat.within(*match.span(1)) if t.end <= match.end(1)]
        tells = any(
            (t.is_proper and t.kind[1] != "数詞")
            or re.fullmatch(MARK, t.surface)
            or t.surface in {"屋根", "ドア", "塀"}
            for t in words
        )
        verbs = sum(t.kind[0] in {"動詞", "助動詞"} for t in words)
        if tells and verbs < 2 and len(words) > 2:
            yield Finding(match.start(1), match.end(1), Kind.ADDRESS, PERHAPS, "way-to-a-house")
    for match in FROM_A_MARK.finditer(flat.text):
        start = flat.without_lead(match.start(), match.end() - 6)
        yield Finding(start, match.end(), Kind.ADDRESS, PERHAPS, "way-to-a-house")


# 辰巳台で一人暮らし, けやき坂公園, 滝の口の親戚, ミナミクニヨシノ アパート
QUARTER = re.compile(
    rf"(?<![{K}ァ-ヴー])([{K}ァ-ヴー]{{1,5}}(?:台|丘|が丘|ヶ丘|ケ丘|町|新田|坂|谷|野|原|崎|沢|浜|島|川|山|田|津|江|間|井|戸)[東西南北]?|[ぁ-ん]{{2,5}}(?:台|丘|が丘|町|坂|野|原)[東西南北]?)"
    r"(?=で(?:一人|ひとり|独り|二人|暮|生ま|育|生活)|に(?:住|一人|ひとり|越|引っ越|転居|嫁|移|家を|アパート)|から(?:通|越し|引っ越|転入|嫁)|へ(?:引っ越|転居|移)|の(?:自宅|実家|家(?=[にでをがは、。])|アパート|借家|親戚|本家|親類|一軒家|長屋|団地)|在住)"
)
RELATED = re.compile(
    rf"(?:^|(?<=[。、「\s]))((?:[{K}]{{2,4}}|[{K}]の[{K}]))の(?=(?:親戚|本家|親類|分家|衆|家々|人たち|年寄り|漁師|百姓|おばさん|おじさん)(?:[はがもにとの、。]|から|$))"
)
NAMED_SPOT = re.compile(
    rf"(?<![{K}ァ-ヴー])((?:[ぁ-ん]{{2,6}}|[ァ-ヴー]{{2,6}}|[{K}]{{1,4}}(?:が|ヶ|ケ|の)?)[{K}]{{0,3}}(?:公園|緑地|霊園|団地|ニュータウン|パーク|神社|稲荷|八幡宮|橋|坂|通り商店街|銀座|横丁|集会所|墓苑|海岸|埠頭|インター|ジャンクション))(?=[でにのはをへが、。)」 ]|から|まで|$)"
)
QUOTED_PLACE = re.compile(r"「([^」\n]{2,12}(?:団地|横丁|アパート|マンション|ハイツ|荘|長屋|通り|坂|台|橋))」")
BLOCK_AND_ROOM = re.compile(r"(?:団地|マンション|アパート|住宅|荘|ハイツ|コーポ)」?の ?(\d{1,3}-\d{2,4})(?!\d|-)")
SECTION = re.compile(
    rf"([{K}]{{1,4}}丁目ごみ(?:集積所|ステーション|置き場))|([{K}]{{1,4}}(?:大字|小字|字)[{K}ぁ-ん]{{1,5}}?\d{{1,5}}(?:-\d{{1,4}})*(?:番地)?)"
)


# グリーンハイツに転居, メゾン・ド・ソレイユに住む, しらさぎ通りに面した家, 第二踏切を渡って左の三軒目
DWELLINGS = "ハイツ|コーポ|ハイム|メゾン|マンション|アパート|レジデンス|荘|コート|パレス|ヴィラ|ビレッジ|タウン|ヒルズ|テラス|住宅|団地|ドミール|シャトー|カーサ|フラット|ガーデン"
DWELLING = re.compile(
    rf"(?<![ァ-ヴー{K}])((?:[ァ-ヴー]{{2,8}}|[{K}]{{1,5}}|[ぁ-ん]{{2,6}})(?:{DWELLINGS})|(?:{DWELLINGS})(?:・ド・)?[ァ-ヴー{K}]{{2,8}})(?=に(?:住|転居|入居|引っ越|越|移|帰)|で(?:一人|暮|生活)|の(?:\d|[一二三四五]階|部屋|大家|管理|住人|隣)| ?\d{{3}})"
)
FACING = re.compile(
    rf"(?<![{K}])((?:[ぁ-ん]{{2,6}}|[ァ-ヴー]{{2,6}}|[{K}]{{1,4}})(?:通り|街道|坂|ライン|道路|橋|商店街|川|土手|バイパス))(?:沿い)?(?=に面し|沿いの|のバス停|のたもと|の下に|を(?:渡|上が|下)[^。、\n]{{0,8}}(?:家|住))"
)
ACROSS = re.compile(
    rf"((?:第[一二三四五]|[{K}]{{1,4}}|[ぁ-ん]{{2,4}})?(?:踏切|橋|信号|交差点|鳥居|坂|トンネル|川|郵便局|神社)を(?:渡っ?|過ぎ|上がっ?|下っ?|曲がっ?|抜け|越え|入っ?)(?:て|た)[^。、\n]{{0,10}}(?:軒目|家|先|右手?|左手?|角|奥))"
)
LOOSE_CORNER = re.compile(
    r"((?:旧道|街道|県道|国道|土手|川|川岸|海岸|線路|川向こう|山|堤防|用水)(?:沿い|ぞい|端|べり|脇|向こう|際)?の[^。、\n「」はがを]{2,14}?(?:二階|三階|隣|脇|裏|向かい|下|奥|先|離れ|小屋|家))(?=に(?:間借り|住|小屋|一人|ひとり|寝|暮|ある)|で(?:寝|暮|一人)|。|が実家)"
)
LIVES_AT = re.compile(
    rf"(?:住まい|住所|自宅|家|実家|居所|現住所|生まれ|出身)(?:は|が|も|:) ?([{K}]{{2,5}}|[ァ-ヴー{K}]{{2,6}}(?:台|丘|町)|[ぁ-ん]{{2,4}}(?:台|丘|町|野))(?=の(?:公団|団地|アパート|借家|平屋|一軒家|長屋|社宅|奥|方)|。|で、|です|だ。|、)"
)
BLOCK_NAME = re.compile(
    rf"(?<![{K}])([{K}]{{1,4}}(?:[一二三四五六七八九]|[1-9])丁目)(?=に(?:住|越|転居)|の(?:家|自宅|実家|アパート|[{K}]{{1,4}}さん|角|団地))|([{K}]{{2,4}}町内)(?=の(?:班長|組長|世話|役員|集まり))|(?<=の家は)(字[{K}ぁ-んァ-ヴ]{{2,5}})|(字[{K}ァ-ヴノ]{{2,5}})(?=の(?:家|実家|畑|農家)|に住)"
)


def _by_use(flat: Flat) -> Iterator[Finding]:
    for pattern in (DWELLING, FACING, ACROSS, LOOSE_CORNER, BLOCK_NAME):
        for match in pattern.finditer(flat.text):
            group = match.lastindex or 1
            start = (
                flat.without_lead(match.start(group), match.end(group))
                if pattern in (DWELLING, FACING)
                else match.start(group)
            )
            word = flat.text[start : match.end(group)]
            head = next(iter(flat.within(start, match.end(group))), None)
            plain = head is None or head.surface in GENERIC_PLACES or is_role(head.surface) or head.surface == word
            if pattern in (DWELLING, FACING) and plain and not is_unknown(word):
                continue
            if pattern in (DWELLING, FACING) and head is not None and head.surface in GENERIC_PLACES:
                continue
            yield Finding(start, match.end(group), Kind.ADDRESS, PERHAPS, "named-place")
    for match in LIVES_AT.finditer(flat.text):
        word = match.group(1)
        if (could_be_place(word) or could_be_surname(word)) and not _is_no_head(word) and not is_common_noun(word):
            yield Finding(match.start(1), match.end(1), Kind.ADDRESS, PERHAPS, "place-by-use")


def _quarters(flat: Flat) -> Iterator[Finding]:
    for match in (*QUARTER.finditer(flat.text), *RELATED.finditer(flat.text)):
        word = match.group(1)
        known = could_be_place(word) or could_be_surname(word) or is_unknown(word)
        if known and not _is_no_head(word) and not is_common_noun(word) and match.start(1) in flat.starts_set:
            yield Finding(match.start(1), match.end(1), Kind.ADDRESS, PERHAPS, "quarter")
    for match in NAMED_SPOT.finditer(flat.text):
        start = flat.without_lead(match.start(1), match.end(1))
        words = [t for t in flat.within(start, match.end(1)) if t.end <= match.end(1)]
        while words and (words[0].surface in GENERIC_PLACES or not words[0].is_noun):
            words = words[1:]
        if len(words) > 1 and is_unknown(flat.text[words[0].start : match.end(1)]) and not _all_plain(words[:-1]):
            yield Finding(words[0].start, match.end(1), Kind.ADDRESS, PERHAPS, "named-place")
    for pattern in (QUOTED_PLACE, BLOCK_AND_ROOM, SECTION):
        for match in pattern.finditer(flat.text):
            group = match.lastindex or 1
            yield Finding(match.start(group), match.end(group), Kind.ADDRESS, PERHAPS, "named-place")


def _all_plain(words: list[Token]) -> bool:
    """新しい公園, 児童遊園: nothing here names."""
    return all(
        w.surface in GENERIC_PLACES
        or is_role(w.surface)
        or w.surface in TIME_WORDS
        or (w.known and not w.is_proper and w.surface[0] not in TREES and not re.fullmatch("[ぁ-ん]{3,}", w.surface))
        for w in words
    )


TREES = "桜松梅杉竹柳榎楠椿藤菊桐槙柏樫栗柿桃萩蓮"


def find(flat: Flat) -> Iterator[Finding]:
    """Corners, quarters, marks in the country."""
    yield from _chains(flat)
    yield from _landmarks(flat)
    yield from _homes(flat)
    yield from _quarters(flat)
    yield from _by_use(flat)

"""Bodies told by what somebody does there: 三友精機に就職, 丸源の大将, 勤務先：…, whatever their name ends with."""

import re
from collections.abc import Iterator

from cms.guard.bodies import is_named, is_nobodys, is_public, is_wide, modifiers, trim
from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat, Token
from cms.guard.lexicon import is_common_noun, is_new_word, is_role, is_unknown
from cms.guard.wordlists import BODY_ENDINGS, GENERIC_BODIES, words

PERHAPS = Certainty.PERHAPS

# 会社（臨海エネルギー）, 勤務先は「…」
KINDS = (
    "会社|勤務先|勤め先|職場|パート先|バイト先|アルバイト先?|派遣先|就職先|就労先|学校|がっこう|通学先|母校|出身校|在籍校|病院|通院先|入院先|転院先|かかりつけ医?|施設|入所先|通所先|利用先|預け先"
    "|園|店|所属|団体名?|事業所名?|法人名|店名|屋号|デイ|訪看|ヘルパー|配食|薬局|塾|寮"
)
IN_BRACKETS = re.compile(rf"(?:{KINDS}|主治医)(?:は|が|の名前は|名は|:)? ?[(「『]([^)」』\n]{{2,20}})[)」』]")
LABELLED = re.compile(
    rf"(?:{KINDS})(?:名)?(?: ?[:=] ?|は| )(?:\((?:株|有)\))?([^\s、。:()「」\n/]{{2,20}}?)(?=[\s、。()「」\n/]|です|の|で|に|を|だ|を|$)"
)
# … で働く, … に就職, … を退職: what stands before is a workplace, a school, a hospital.
DOES_THERE = re.compile(
    r"(?=で(?:の?(?:暮ら|生活|過ご|お世話|診て|手術|勉強|アルバ|働|勤務|勤め|アルバイト|バイト|パート|就労|仕事|夜勤|事務|レジ|調理|清掃|警備|受診|治療|リハビリ|検査|診断|面会|入浴|訓練|実習|研修を受|教え|学ん))"
    r"|に(?:勤務|勤め|つとめ|就職|入社|転職|再就職|通勤|在籍|入院|通院|通所|入所|入居|入学|入園|転校|転院|通(?:う|い|っ|わ)|預け|救急搬送|搬送|内定|採用|応募|就労|出勤|雇)"
    r"|へ(?:救急搬送|搬送|入院|転院|転校|就職|通(?:う|い|っ)|入所|入学|出勤)|を(?:退職|解雇|辞め|やめ|クビ|営む|営み|経営|退学|中退|卒業|退院|受診|首に|懲戒)"
    r"|(?:から|より)(?:転校|転院|転職|退院|内定|解雇|出向)|(?:に|へ)?(?:勤務|勤め)(?=[。、らの中で先し歴]|だ)|(?:の|で)(?:夜勤|日勤|パート|社員|従業員|正社員|派遣|契約社員|運転手|工員|旋盤工|寮|社宅|工場長|班長|総務|店長|同僚|上司|主治医|外来|病棟|先生|担任|児童|生徒|園児|教頭|校長|園長|大将|女将|おかみ|マスター|店主|おやじ|ママ|職員|スタッフ|利用者|夜警|レジ|期間工|下請け|孫請け|清掃|警備|連絡帳|配達|店員|常連|炊き出し|作業|工賃|売り場|仕分け|検品|組立|組み立て|デイ|ショート|送迎|車で|薬剤師|看護|住職|和尚|神父|経営|利用)"
    r"|の[^。、\n]{1,8}(?:で(?:働|勤|パート|バイト|夜勤)|に勤)|に(?:問い合わせ|電話し|連絡し|相談し|いた(?:こと|頃|とき))|まで(?:通|送)|(?:が|は)(?:倒産|閉店|閉鎖|潰れ|つぶれ|廃業|休業|閉ま)"
    r"|→|総務|(?:を|は)(?:辞め|やめ|クビ)|卒(?:業)?(?=[。、で後しの])|中退|出身)"
)
# 元内房電機の旋盤工
LEADS = {"元", "現", "前", "旧", "同じ", "某", "某社", "昔"}
# Not before these: somebody or somewhere else is meant.
NOT_WORDS = re.compile(
    r"^(?:日本|海外|県外|市外|市内|県内|地元|近所|自宅|実家|東京|大阪|昼間|夜間|深夜|週|月|今|別|他|近く|そこ|ここ|どこ|両方|以前|最近|本人|家族)"
)


def _is_place(words: list[Token]) -> bool:
    """Only names of places, as in 東京で働く."""
    return all(
        w.kind[2] == "地名" or w.surface in {"市", "県", "内", "方面", "駅", "地区", "町", "村", "島"} for w in words
    )


def _is_person(words: list[Token]) -> bool:
    return all(w.is_name or is_role(w.surface) or w.surface in {"さん", "様", "くん", "氏"} for w in words)


def _names_a_body(flat: Flat, words: list[Token]) -> bool:
    if not words or is_public(flat, words[0].start, words[-1].end) or NOT_WORDS.match(words[0].surface):
        return False
    if _is_place(words) or _is_person(words) or words[-1].surface in {"さん", "様", "氏", "くん"}:
        return False
    return is_named([w for w in words if not is_wide(w)]) or _is_coined_firm(words)


def _is_coined_firm(words: list[Token]) -> bool:
    """大成測量, 日の丸自動車: a trade behind words that say nothing of it, in the place of a firm."""
    whole = "".join(w.surface for w in words)
    trade = next((e for e in BODY_ENDINGS if whole.endswith(e) and len(whole) - len(e) > 1), None)
    return (
        trade is not None
        and len(words) > 1
        and all(w.surface not in GENERIC_BODIES for w in words)
        and words[0].kind[2] != "サ変可能"
        and is_unknown(whole)
    )


def _where_somebody_belongs(flat: Flat) -> Iterator[Finding]:
    """A name the dictionary holds for one, or does not know at all."""
    for match in DOES_THERE.finditer(flat.text):
        index = flat.ending_at.get(match.start())
        if index is None or not flat.tokens[index].is_noun:
            continue
        words = trim([*modifiers(flat, index), flat.tokens[index]])
        poetic = _poetic(flat, words)
        if poetic:
            yield Finding(poetic, flat.tokens[index].end, Kind.ORGANIZATION, PERHAPS, "where-somebody-belongs")
            continue
        while words and (words[0].surface in LEADS or (is_wide(words[0]) and len(words) > 2)):
            words = words[1:]
        if _names_a_body(flat, words):
            yield Finding(words[0].start, words[-1].end, Kind.ORGANIZATION, PERHAPS, "where-somebody-belongs")


def _poetic(flat: Flat, words: list[Token]) -> int | None:
    """いこいの森, はたけの子: where a name in two parts begins that says nothing else, or None."""
    if (
        not words
        or flat.text[words[0].start - 1 : words[0].start] != "の"
        or len(words) > 1
        or len(words[0].surface) > 2
    ):
        return None
    index = flat.ending_at.get(words[0].start - 1)
    if index is None:
        return None
    before = flat.tokens[index]
    good = (
        before.kind[0] in {"名詞", "動詞", "形状詞"}
        and len(before.surface) > 2
        and re.fullmatch("[ぁ-んァ-ヴー]+", before.surface)
    )
    if not good or is_nobodys(before.surface) or words[0].surface not in OF_NATURE_OR_HOUSE or before.is_name:
        return None
    first = index
    while first and flat.tokens[first - 1].is_noun and flat.tokens[first - 1].end == flat.tokens[first].start:
        first -= 1
    return flat.tokens[first].start


OF_NATURE_OR_HOUSE = frozenset(
    [
        "森",
        "家",
        "里",
        "杜",
        "郷",
        "丘",
        "園",
        "木",
        "風",
        "子",
        "海",
        "空",
        "星",
        "虹",
        "輪",
        "庭",
        "花",
        "泉",
        "木",
        "樹",
        "道",
        "村",
        "町",
        "街",
        "実",
        "種",
        "芽",
        "手",
        "船",
        "橋",
        "鳥",
        "翼",
        "鐘",
        "音",
        "葉",
        "会",
        "城",
    ]
)


def _is_coined_in_kana(flat: Flat, match: re.Match[str]) -> bool:
    """保証会社（あんしんギャランティ）: words in kana that make no word together."""
    word = match.group(1)
    words = [t for t in flat.within(*match.span(1)) if t.end <= match.end(1)]
    kana = re.fullmatch(r"[ぁ-んァ-ヴー]{4,}[一-龠]{0,2}|[一-龠]{1,2}[ぁ-んァ-ヴー]{3,}", word) is not None
    nouns = all(t.is_noun and t.surface not in GENERIC_BODIES and not is_role(t.surface) for t in words)
    return kana and nouns and is_unknown(word) and not is_new_word(word)


def _in_brackets(flat: Flat) -> Iterator[Finding]:
    for match in IN_BRACKETS.finditer(flat.text):
        run: list[Token] = []
        for word in flat.within(match.start(1), match.end(1)):
            if not word.is_noun or word.kind[1] == "数詞":
                break
            run.append(word)
        named = any(w.is_proper for w in run) or (len(run) > 1 and run[-1].surface in BODY_ENDINGS)
        coined = _is_coined_in_kana(flat, match)
        if coined:
            yield Finding(match.start(1), match.end(1), Kind.ORGANIZATION, PERHAPS, "in-brackets")
        run = run if named and not _is_place(run) else []
        if run and not is_public(flat, match.start(1), match.end(1)) and not is_role(match.group(1)):
            yield Finding(run[0].start, run[-1].end, Kind.ORGANIZATION, PERHAPS, "in-brackets")
    for match in LABELLED.finditer(flat.text):
        words = trim([t for t in flat.within(match.start(1), match.end(1)) if t.end <= match.end(1)])
        if words and _names_a_body(flat, words) and not all(w.surface in GENERIC_BODIES for w in words):
            yield Finding(words[0].start, match.end(1), Kind.ORGANIZATION, PERHAPS, "labelled-body")


# 光葉学園は, 一本の傘: after a label the whole line is the name.
WHOLE_NAME = re.compile(
    r"(?:団体名|グループ名|サークル名|店名|施設名|事業所名|会社名|学校名) ?[:] ?([^\s。、()\n]{2,20})"
)


def _whole_names(flat: Flat) -> Iterator[Finding]:
    for match in WHOLE_NAME.finditer(flat.text):
        if not re.fullmatch(r"[_\-＿○〇●×✕△▲□]+", match.group(1)) and match.group(1) not in GENERIC_BODIES:
            yield Finding(match.start(1), match.end(1), Kind.ORGANIZATION, PERHAPS, "labelled-body")


A_KIND = "スナック|会社|店|お店|施設|事業所|放課後デイ|デイ|作業所|居酒屋|塾|学童|病院|クリニック|カフェ|喫茶店|食堂|保育園|幼稚園|学校|寮|アパート|団体|サークル|グループ|工場|美容室|パチンコ屋|ホーム|教室|道場|バー|クラブ|バンド|チーム|NPO|会"
# サンフラワーというスナック, スマイルという放課後デイ
CALLED_SO = re.compile(
    rf"([一-龠々ァ-ヴーA-Za-z]{{2,12}}|(?<![ぁ-ん])[ぁ-ん]{{2,8}})(?:という|っていう|って)(?:名の|名前の)?(?:{A_KIND})"
)
# スポーツ少年団「レッドスターズ」, あゆみ（就労継続B型）
KIND_QUOTED = re.compile(
    r"(?:少年団|チーム|スナック|劇団|バンド|作業所|事業所|放課後デイ|デイサービス|グループホーム|ホーム|居酒屋|塾|学童|カラオケ店?|ゲームセンター|パチンコ店|美容室|喫茶店?|カフェ|食堂|団体|サークル|保育園|施設|店)[「『]([^」』\n]{2,14})[」』]"
)
KIND_AFTER = re.compile(
    r"(?:^|(?<=[\s、。「はがをにで]))([一-龠々ァ-ヴーぁ-ん]{2,10})\((?:就労|[AB]型|デイ|保育|高校|中学校|小学校|病院|精神科|会社|スナック|居酒屋|施設|作業所|生活介護|放課後|訪問看護|美容室|理容|床屋|喫茶|カフェ|食堂|スーパー|コンビニ|工場|クリニック|歯科|整骨院|銭湯|旅館|弁当|パン屋|印刷|建設|運送|農園|ホテル|介護|清掃|塾|保育|訪看|グループホーム|特養|老健|薬局|飲食店|学童|相談支援|ヘルパー|配食|塾)",
    re.M,
)


NO_NAMES = words(
    """
    アルバイト パート ボランティア サービス ヘルパー デイ ショート バイト リハビリ 仕事 勤務先 職場 日中 就労 通所 入所
    """
)


def _called_so(flat: Flat) -> Iterator[Finding]:
    for pattern in (CALLED_SO, KIND_QUOTED, KIND_AFTER):
        for match in pattern.finditer(flat.text):
            word = match.group(1)
            if (
                word in GENERIC_BODIES
                or is_role(word)
                or word in NO_NAMES
                or is_public(flat, match.start(1), match.end(1))
                or NOT_WORDS.match(word)
            ):
                continue
            if pattern is not KIND_QUOTED and is_common_noun(word) and not re.fullmatch("[ァ-ヴー]+|[ぁ-ん]+", word):
                continue
            yield Finding(match.start(1), match.end(1), Kind.ORGANIZATION, PERHAPS, "called-so")


# 丸源の大将, ヤマキのおやじ: a house known by who keeps it.
KEPT_BY = re.compile(
    r"(?<![一-龠々ァ-ヴー])([一-龠々]{2,5}|[ァ-ヴー]{2,8})の(?:大将|女将|おかみ|マスター|店主|おやじ|おじさん店長|若旦那|ママさん)"
)


def _kept_by_somebody(flat: Flat) -> Iterator[Finding]:
    for match in KEPT_BY.finditer(flat.text):
        word = match.group(1)
        if not is_role(word) and word not in GENERIC_BODIES and not is_common_noun(word):
            yield Finding(match.start(1), match.end(1), Kind.ORGANIZATION, PERHAPS, "kept-by")


def find(flat: Flat) -> Iterator[Finding]:
    """Bodies that somebody belongs to."""
    yield from _where_somebody_belongs(flat)
    yield from _in_brackets(flat)
    yield from _whole_names(flat)
    yield from _kept_by_somebody(flat)
    yield from _called_so(flat)

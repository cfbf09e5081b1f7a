"""Natural wordings that say less (reference: practitioners' rules, 鳥取 主任介護支援専門員研修).

Letters go from A in order of appearance, never initials, never invented names. A birth date, a postcode and a rare fact
get no automatic wording: the first two are better left out, the last only its author can put differently.
"""

import re
import string
from collections.abc import Sequence

from cms.guard.findings import Finding, Kind
from cms.guard.flat import MAP
from cms.guard.periods import first_talk, since

USED_LETTER = re.compile(r"(?<![A-Za-zＡ-Ｚａ-ｚ])([A-ZＡ-Ｚ])(?=さん|くん|君|ちゃん|様|氏|子|先生|の|は|が)")
FOLLOWED_BY_HONORIFIC = re.compile(r"\s?(?:さん|くん|君|ちゃん|様|氏|先生)")
WITHHELD = "（連絡先は伏せます）"
NUMBER_WITHHELD = "（番号は伏せます）"
PLACES = (
    (r"駅", ("市内の駅", "近くの駅")),
    (r"公園", ("市内の公園", "近くの公園")),
    (r"バス停|停留所", ("近くのバス停",)),
    (r"団地|荘|アパート|マンション|ハイツ|コーポ|メゾン|号室|号棟|\d$", ("市内の集合住宅", "市内")),
)
BODIES = (
    (r"小学校$|小$", "市内の小学校"), (r"中学校$|中$", "市内の中学校"), (r"高校$|高等学校$|高$", "高校"), (r"大学$|短大$|大$", "大学"),
    (r"幼稚園$", "幼稚園"), (r"保育[園所]$", "保育園"), (r"こども園$", "こども園"), (r"学童", "学童保育"), (r"塾$|ゼミ$|予備校$", "塾"),
    (r"病院|医院|クリニック|診療所|歯科|内科|外科|眼科|整形|医療センター", "近くの医療機関"), (r"薬局|ファーマシー", "近くの薬局"),
    (r"訪問看護", "訪問看護の事業所"), (r"ケアプラン|ケアステーション|ヘルパー", "介護の事業所"),
    (r"作業所|就労|工房|デイ", "通所の事業所"), (r"ホーム|苑$|の里$|荘$|寮$", "入所の施設"),
    (r"食堂|亭$|屋$|喫茶|カフェ|スナック|居酒屋|クラブ|キッチン|ダイニング|弁当|ラーメン", "市内の飲食店"),
    (r"商店|スーパー|ストア|マート|店$", "市内の店"), (r"寺$|教会|神社", "近くの寺社や教会"),
    (r"建設|運輸|運送|工業|製作所|工務店|電機|電装|精機|産業|物流|警備|水産|食品|自動車|樹脂|鉄工|商事|サービス|フーズ|タオル|印刷", "市内の会社"),
    (r"会$|協会$|家$", "市内の団体"),
)  # fmt: skip
SCHOOL_STAGES = (
    ("小", "小学生"), ("新小", "小学生"), ("中", "中学生"), ("新中", "中学生"), ("高専", "高校生年代"), ("高", "高校生年代"), ("新高", "高校生年代"),
    ("大", "大学生年代"), ("短", "大学生年代"), ("専", "大学生年代"), ("年", "就学前"),
)  # fmt: skip
NAMED_AGES = {
    "はたち": 20,
    "還暦": 60,
    "古希": 70,
    "古稀": 70,
    "喜寿": 77,
    "傘寿": 80,
    "米寿": 88,
    "卒寿": 90,
    "白寿": 99,
    "百寿": 100,
}
SMALL = "一二三四五六七八九"
BANDS = ((7, "就学前"), (10, "小学校低学年"), (13, "小学校高学年"), (16, "中学生"), (20, "高校生年代"))
OLDEST_BAND = 90
SOME_DAY = "ある日"


def _number(words: str) -> int | None:
    """The first number in the words, in figures or kanji."""
    match = re.search(r"\d+|[一二三四五六七八九十百]+", words.translate(MAP))
    if match is None:
        return None
    if match.group().isdecimal():
        return int(match.group())
    total = 0
    for part in re.findall(r"[一二三四五六七八九]?[百十]|[一二三四五六七八九]", match.group()):
        digit = SMALL.find(part[0]) + 1 or 1
        total += digit * {"百": 100, "十": 10}.get(part[-1], 1)
    return total or None


def age_band(words: str) -> str:
    """34歳 → 30代, 12歳 → 小学校高学年, 93歳 → 90歳以上, 小5 → 小学生."""
    plain = words.translate(MAP)
    stage = next((stage for start, stage in SCHOOL_STAGES if plain.startswith(start)), None)
    if stage:
        return stage
    if "生後" in plain:
        return "乳児"
    age = NAMED_AGES.get(plain) or _number(words)
    if age is None or (("年" in plain or "組" in plain) and not plain.startswith(("享年", "行年"))):
        return "子ども"
    for upper, band in BANDS:
        if age < upper:
            return band
    return "90歳以上" if age >= OLDEST_BAND else f"{age // 10 * 10}代"


def season(words: str) -> str:
    """10月14日 → 秋ごろ."""
    plain = words.translate(MAP)
    match = re.search(r"(\d{1,2}|[一二三四五六七八九十]{1,3})\s?(?:月|がつ|/)", plain) or re.search(
        r"[年./-]\s?(\d{1,2})\s?[./-]", plain
    )
    year_first = re.search(r"(?:\d{4}|[A-Z]\d{1,2})/(\d{1,2})/", plain)
    told = year_first or match
    month = _number(told.group(1)) if told else None
    return "冬春夏秋"[(month % 12) // 3] + "ごろ" if month and month <= 12 else "あるとき"


def _by_kind(words: str, table: Sequence[tuple[str, str]], default: str) -> str:
    return next((wording for kind, wording in table if re.search(kind, words)), default)


def _place(words: str) -> tuple[str, ...]:
    return next((wordings for kind, wordings in PLACES if re.search(kind, words)), ("市内", "近くの地区"))


def _wordings(text: str, finding: Finding, letter: str, talk: Finding | None) -> tuple[str, ...]:
    words = finding.of(text)
    match finding.type:
        case Kind.PERSON:
            return (letter if FOLLOWED_BY_HONORIFIC.match(text, finding.end) else f"{letter}さん",)
        case Kind.AGE:
            return (age_band(words),)
        case Kind.DATE:
            later = since(talk.of(text), words) if talk and talk != finding else None
            return (*([later] if later else []), season(words), SOME_DAY)
        case Kind.ADDRESS:
            return _place(words)
        case Kind.ORGANIZATION:
            return (_by_kind(words, BODIES, "市内の団体"),)
        case Kind.PHONE | Kind.EMAIL | Kind.HANDLE:
            return (WITHHELD,)
        case Kind.ID:
            return (NUMBER_WITHHELD,)
        case _:
            return ()


def _one_person(words: str, people: Sequence[str]) -> str:
    """The full name that a part of it stands for, when only one in the text has that part: 志村 → 志村 ふみ江."""
    full = {name for name in people if name != words and words in re.split(r"[ 　・]+", name)}
    return full.pop() if len(full) == 1 else words


def propose(
    text: str, findings: Sequence[Finding], letters: dict[str, str] | None = None
) -> dict[Finding, tuple[str, ...]]:
    """Wordings for each finding, best first; none where the author must find their own. None holds the words found.

    `letters` (name → letter) may be handed in and is added to: so that one person keeps one letter over several texts.
    """
    letters = {} if letters is None else letters
    proposals: dict[Finding, tuple[str, ...]] = {}
    in_order = sorted(findings, key=lambda f: f.start)
    people = [*letters, *(f.of(text) for f in in_order if f.type == Kind.PERSON)]
    talk = first_talk(text, in_order)
    for finding in in_order:
        words = finding.of(text)
        letter = ""
        if finding.type == Kind.PERSON:
            who = _one_person(words, people)
            letter = letters.get(words) or letters.get(who) or _next_letter(text, letters)
            letters[words] = letters.setdefault(who, letter)
        proposals[finding] = tuple(w for w in _wordings(text, finding, letter, talk) if words.strip() not in w)
    return proposals


def _next_letter(text: str, letters: dict[str, str]) -> str:
    used = {match.group(1).translate(MAP) for match in USED_LETTER.finditer(text)} | set(letters.values())
    return next((letter for letter in string.ascii_uppercase if letter not in used), "ある人")

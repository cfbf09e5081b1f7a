"""Natural wordings that say less (reference: practitioners' rules, 鳥取 主任介護支援専門員研修).

Letters go from A in order of appearance, never initials, never invented names. Rare facts get no automatic wording.
"""

import re
import string
from collections.abc import Sequence

from cms.guard.findings import Finding, Kind
from cms.guard.flat import MAP

USED_LETTER = re.compile(r"(?<![A-Za-zＡ-Ｚａ-ｚ])([A-ZＡ-Ｚ])(?=さん|くん|君|ちゃん|様|氏|子|先生)")
FOLLOWED_BY_HONORIFIC = re.compile(r"\s?(?:さん|くん|君|ちゃん|様|氏|先生)")
WITHHELD = "（連絡先は伏せます）"
NUMBER_WITHHELD = "（番号は伏せます）"
PLACES = (
    ("駅", "市内の駅"),
    ("公園", "市内の公園"),
    ("団地", "市内の集合住宅"),
    ("荘", "市内の集合住宅"),
    ("アパート", "市内の集合住宅"),
)
BODIES = (
    ("小学校", "市内の小学校"), ("小", "小学校"), ("中学校", "市内の中学校"), ("中", "中学校"), ("高校", "高校"), ("高等学校", "高校"),
    ("大学", "大学"), ("幼稚園", "幼稚園"), ("保育園", "保育園"), ("こども園", "こども園"), ("病院", "近くの医療機関"), ("医院", "近くの医療機関"),
    ("クリニック", "近くの医療機関"), ("診療所", "近くの医療機関"), ("歯科", "近くの医療機関"), ("薬局", "近くの薬局"), ("作業所", "通所の事業所"),
    ("工房", "通所の事業所"), ("デイサービス", "通所の事業所"), ("ホーム", "入所の施設"), ("苑", "入所の施設"), ("建設", "市内の会社"), ("運輸", "市内の会社"),
)  # fmt: skip
SCHOOL_STAGES = (("小", "小学生"), ("中", "中学生"), ("高", "高校生年代"), ("大", "大学生年代"), ("年", "就学前"))
OLDEST_BAND = 90


def _number(words: str) -> int | None:
    figures = "".join(c for c in words.translate(MAP) if c.isdecimal() or c in "一二三四五六七八九十百")
    if figures.isdecimal():
        return int(figures)
    total = 0
    for part in re.findall(r"[一二三四五六七八九]?[百十]|[一二三四五六七八九]", figures):
        digit = "一二三四五六七八九".find(part[0]) + 1 or 1
        total += digit * {"百": 100, "十": 10}.get(part[-1], 1)
    return total or None


def age_band(words: str) -> str:
    """34歳 → 30代, 12歳 → 小学校高学年, 93歳 → 90歳以上, 小5 → 小学生."""
    plain = words.translate(MAP)
    if plain.startswith(("小", "中", "高", "大", "年")):
        return next(stage for start, stage in SCHOOL_STAGES if plain.startswith(start))
    if "生後" in plain:
        return "乳児"
    age = _number(words)
    if age is None or "年" in plain:
        return "子ども"
    for upper, band in ((7, "就学前"), (10, "小学校低学年"), (13, "小学校高学年"), (16, "中学生"), (19, "高校生年代")):
        if age < upper:
            return band
    return "90歳以上" if age >= OLDEST_BAND else f"{age // 10 * 10}代"


def season(words: str) -> str:
    """10月14日 → 秋ごろ."""
    plain = words.translate(MAP)
    match = re.search(r"(\d{1,2}|[一二三四五六七八九十]{1,3})\s?[月/]", plain) or re.search(
        r"[年./-]\s?(\d{1,2})\s?[./-]", plain
    )
    month = _number(match.group(1)) if match else None
    return "冬春夏秋"[(month % 12) // 3] + "ごろ" if month else "あるとき"


def _by_ending(words: str, table: Sequence[tuple[str, str]], default: str) -> str:
    return next((wording for ending, wording in table if words.endswith(ending)), default)


def propose(
    text: str, findings: Sequence[Finding], letters: dict[str, str] | None = None
) -> dict[Finding, tuple[str, ...]]:
    """Wordings for each finding, best first; none where the author must find their own.

    `letters` (name → letter) may be handed in and is added to: so that one person keeps one letter over several texts.
    """
    letters = {} if letters is None else letters
    proposals: dict[Finding, tuple[str, ...]] = {}
    for finding in sorted(findings, key=lambda f: f.start):
        words = finding.of(text)
        match finding.type:
            case Kind.PERSON:
                letter = letters.setdefault(words, _next_letter(text, letters))
                plain = FOLLOWED_BY_HONORIFIC.match(text, finding.end) is not None
                proposals[finding] = (letter if plain else f"{letter}さん",)
            case Kind.AGE:
                proposals[finding] = (age_band(words),)
            case Kind.DATE:
                proposals[finding] = (season(words), "しばらく前")
            case Kind.ADDRESS:
                proposals[finding] = (_by_ending(words, PLACES, "市内"),)
            case Kind.ORGANIZATION:
                proposals[finding] = (_by_ending(words, BODIES, "市内の団体"),)
            case Kind.PHONE | Kind.EMAIL | Kind.HANDLE:
                proposals[finding] = (WITHHELD,)
            case Kind.ID:
                proposals[finding] = (NUMBER_WITHHELD,)
            case _:
                proposals[finding] = ()
    return proposals


def _next_letter(text: str, letters: dict[str, str]) -> str:
    used = {match.group(1).translate(MAP) for match in USED_LETTER.finditer(text)} | set(letters.values())
    return next((letter for letter in string.ascii_uppercase if letter not in used), "ある人")

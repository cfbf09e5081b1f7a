"""Names told by what stands around them: a title, a list, a form, a pair of words."""

import re
from collections import Counter
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat, Token
from cms.guard.lexicon import (
    could_be_given_name,
    could_be_name,
    could_be_place,
    could_be_surname,
    is_common_noun,
    is_new_word,
    is_role,
    is_unknown,
    sounds_like_given_name,
    sounds_like_name,
)
from cms.guard.naming import KANJI, PARTS, RELATION, is_compound, looks_like_name, without_title
from cms.guard.wordlists import HONORIFICS

SURE, PERHAPS = Certainty.SURE, Certainty.PERHAPS

TITLE = (
    "ケースワーカー|ソーシャルワーカー|ワーカー|相談員|支援員|生活支援員|指導員|保健師|看護師|医師|主治医|司書|部長|課長|係長|主任|主査|主事|所長|園長|院長|校長|教頭|教諭|担任|店長|社長|会長"
    "|弁護士|司法書士|民生委員|児童委員|委員|ヘルパー|ケアマネ|PSW|MSW|CW|SSW|SC|Dr|ドクター|理事長|施設長|工場長|管理者|職員|記者|巡査|刑事|住職|牧師|神父|選手|夫妻|宅|家の|一家|姓|夫婦|兄弟|姉妹|親子|班長|主幹|参事|助産師|薬剤師|コーチ|監督|塾長|顧問|議員|組長|区長|棟梁|親方|師匠|(?<=[一-龠])Dr"
)

BEFORE_TITLE = re.compile(rf"([{KANJI}]{{1,4}}|[ァ-ヴー]{{2,8}})(?=(?:{TITLE}))")

ARROW = re.compile(rf"(?<![{KANJI}])([{KANJI}]{{1,4}}) ?→ ?([{KANJI}]{{1,4}})(?![{KANJI}])")

SIGNED = re.compile(rf"(?:^|(?<=[。.] )|(?<=[。.]))([{KANJI}]{{2,4}}(?: [{KANJI}]{{1,3}})?)$", re.M)

# みっちー: a name that only friends use.
NICKNAME = re.compile(r"(?<![ぁ-ん])[ぁ-ん]{1,2}っ(?:ちー|ちょん|ぴー|ぺー|きー|しー)(?=[はがもをとのにだでや、。」])")

# 4 菅 suga@…: in a list of members.
LISTED = re.compile(
    rf"^ ?(?:\d{{1,2}}|[・○●*\-])[.)、]? ?([{KANJI}]{{1,4}}(?: [{KANJI}]{{1,3}})?) +(?=[A-Za-z0-9〒])", re.M
)

# A katakana word that no dictionary has: チャマリ, ドゥアルテ.
KATAKANA = re.compile(r"(?<![ァ-ヴー・])[ァ-ヴー]{2,9}(?![ァ-ヴー・])")

ENDS = r"(?=[\s、。,.;:()（）」』・/]|$)"

# 出席：市 本田、社協 野口: after a space, before a comma.
ALONE = re.compile(rf"(?<=[\s、・→])([{KANJI}]{{1,4}}){ENDS}")

# 事務局（本田）： who speaks in minutes.
SPEAKS = re.compile(rf"\(([{KANJI}]{{1,4}}|[ァ-ヴー]{{2,8}})\)(?= ?:)")

# … に小野田とある, … は吉川と読める.
WRITTEN = re.compile(
    rf"(?:[にはが]|、|「)([{KANJI}]{{2,5}}|[ァ-ヴー]{{2,8}})(?=」?と(?:ある|あり|書|記|読め|読む|名乗|刻|いう(?:名|男|女|人|方|表札)))"
)

# 名前（一華・二葉）
NAMES_IN_BRACKETS = re.compile(r"(?:名前|氏名|呼び名|子ども|きょうだい|兄弟|姉妹|家族)\(([^()\n]{2,40})\)")

ITEM = re.compile(rf"[{KANJI}]{{1,4}}|[ァ-ヴー]{{2,8}}|[ぁ-ん]{{2,5}}")

# 署名欄：斎　藤　　実, カ ワ サ キ
SPACED = re.compile(
    rf"(?:署名|氏名|名前|記入|サイン|ふりがな|フリガナ|宛名|表札)[^:\n]{{0,4}}: ?(?:フリガナ ?)?((?:[{KANJI}]|[ァ-ヴー])(?: *[{KANJI}ァ-ヴー]){{1,11}})"
)

SPACED_KANA = re.compile(
    r"(?<![^\s。、(「:])[ァ-ヴー](?: {1,3}[ァ-ヴー]){3,11}(?= *(?:様|さん|殿|$|\n|、|。))|(?<![^\s。、(「:])[ァ-ヴー](?: {1,3}[ァ-ヴー]){4,11}"
)

PAIR = re.compile(
    rf"(?<![{KANJI}])([{KANJI}]{{1,5}}) {{1,2}}([{KANJI}]{{1,3}}?|[ぁ-んァ-ヴ]{{1,3}}[子江代美枝恵]|[ぁ-ん]{{2,4}}|[ァ-ヴー]{{2,5}})(?=様|殿|氏|さん|くん|ちゃん|[^{KANJI}ァ-ヴー]|$)"
)

KATAKANA_PAIR = re.compile(r"(?<![ァ-ヴー])([ァ-ヴー]{2,7}) {1,2}([ァ-ヴー]{2,7})(?![ァ-ヴー])")

ENGLISH = re.compile(
    r"(?:[Dd]aughter|[Ss]on|[Hh]usband|[Ww]ife|[Mm]other|[Ff]ather|[Bb]rother|[Ss]ister|[Ff]riend|[Nn]eighbou?r|[Cc]lient|[Cc]oworker|[Bb]oss|[Tt]eacher|name is|I am|I'm|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?)"
    r" ([A-Z][a-z]{1,12}(?: [A-Z][a-z]{1,12})?)(?![A-Za-z])"
)

FROM = re.compile(
    r"(?:From|To|Cc|差出人|送信者) ?: ?\"?([A-Z][A-Za-z'\-]{1,14}(?: [A-Z][A-Za-z'\-]{0,14}){0,3})(?= ?[\"<\n]|$)"
)


def _before_titles(flat: Flat) -> Iterator[Finding]:
    for match in BEFORE_TITLE.finditer(flat.text):
        index = flat.ending_at.get(match.end(1))
        token = flat.tokens[index] if index is not None else None
        if match.group(1) in {"ケース", "ソーシャル", "スクール", "ヘルス"}:
            continue
        if (
            len(match.group(1)) == 1
            and flat.text.startswith(("家の", "宅"), match.end(1))
            and not (token and token.is_name)
        ):
            continue
        if (
            token
            and (
                token.is_name
                or (could_be_name(token.surface) and len(token.surface) > 1 and not is_common_noun(token.surface))
                or _is_surname_of_an_official(flat, token, match.end(1))
            )
            and not is_role(token.surface)
        ):
            yield Finding(token.start, token.end, Kind.PERSON, PERHAPS, "job-title")
        elif (
            re.fullmatch("[ァ-ヴー]{2,6}", match.group(1))
            and sounds_like_name(match.group(1))
            and not is_common_noun(match.group(1))
        ):
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "job-title")
        elif token is None or len(token.surface) == 1 or token.end > match.end(1):
            whole = not re.match(rf"[{KANJI}]", flat.text[match.start(1) - 1 : match.start(1)] or " ")
            if whole and looks_like_name(flat, match.start(1), match.end(1)) and not is_role(match.group(1)):
                yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "job-title")
            else:
                yield from _surname_before(match)


OFFICIAL = re.compile("教諭|医師|保健師|弁護士|司法書士|巡査|主査|主事|校長|園長|教頭|牧師|住職|PSW|MSW|SSW|Dr")


def _is_surname_of_an_official(flat: Flat, token: Token, end: int) -> bool:
    """遠山教諭: a word that is a surname too, alone before such a title."""
    index = flat.ending_at.get(token.start)
    alone = index is None or not flat.tokens[index].is_noun
    return alone and len(token.surface) > 1 and could_be_surname(token.surface) and bool(OFFICIAL.match(flat.text, end))


def _surname_before(match: re.Match[str]) -> Iterator[Finding]:
    """黒田保健師, which the dictionary cuts elsewhere: the longest surname that ends where the title begins."""
    run = match.group(1)
    for length in (4, 3, 2):
        word = run[-length:]
        if len(word) == length and could_be_surname(word) and not is_role(word) and not is_common_noun(word):
            yield Finding(match.end(1) - length, match.end(1), Kind.PERSON, PERHAPS, "job-title")
            return


def _stand_alone(flat: Flat) -> Iterator[Finding]:
    for pattern in (ALONE, SIGNED):
        for match in pattern.finditer(flat.text):
            word = without_title(match.group(1))
            if len(word) > 1 and _stands_for_somebody(flat, match, word, rare=pattern is ALONE):
                yield Finding(match.start(1), match.start(1) + len(word), Kind.PERSON, PERHAPS, "stands-alone")


def _stands_for_somebody(flat: Flat, match: re.Match[str], word: str, *, rare: bool) -> bool:
    first = word.split(" ")[0]
    if word in HONORIFICS or is_role(first) or _is_municipal(flat, match.end()):
        return False
    if could_be_surname(first):
        return rare or not is_common_noun(first)
    return rare and is_unknown(first) and looks_like_name(flat, match.start(1), match.start(1) + len(first))


def _written(flat: Flat) -> Iterator[Finding]:
    for match in NICKNAME.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.PERSON, PERHAPS, "nickname")
    for pattern, rule in ((SPEAKS, "speaks"), (WRITTEN, "written"), (LISTED, "listed")):
        for match in pattern.finditer(flat.text):
            word = match.group(1)
            if (could_be_surname(word) or looks_like_name(flat, match.start(1), match.end(1))) and not is_role(word):
                yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, rule)
    for match in ARROW.finditer(flat.text):
        if all(could_be_surname(match.group(group)) or is_unknown(match.group(group)) for group in (1, 2)):
            for group in (1, 2):
                yield Finding(match.start(group), match.end(group), Kind.PERSON, PERHAPS, "hands-over")


def _is_municipal(flat: Flat, end: int) -> bool:
    return flat.text[end : end + 1] in {"市", "県", "町", "村", "区"}


def _in_forms(flat: Flat) -> Iterator[Finding]:
    for match in SPACED.finditer(flat.text):
        if " " in match.group(1).strip():
            yield Finding(match.start(1), match.end(1), Kind.PERSON, SURE, "spaced")
    for match in SPACED_KANA.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.PERSON, SURE, "spaced")
    for match in NAMES_IN_BRACKETS.finditer(flat.text):
        for item in ITEM.finditer(match.group(1)):
            if not is_role(item.group()) and (
                could_be_name(item.group()) or (is_unknown(item.group()) and not re.match("[ぁ-ん]", item.group()))
            ):
                start = match.start(1) + item.start()
                yield Finding(start, start + len(item.group()), Kind.PERSON, PERHAPS, "names-in-brackets")


ERAS = {"明治", "大正", "昭和", "平成", "令和"}


def _pairs(flat: Flat) -> Iterator[Finding]:
    """斎藤 孝, スズキ イサム, 大豆生田 清: a surname, a space, a given name."""
    for match in PAIR.finditer(flat.text):
        family, given = match.groups()
        shift = RELATION.match(family)
        lead = shift.end() if shift and could_be_surname(family[shift.end() :]) and not could_be_surname(family) else 0
        family = family[lead:]
        if is_role(given) or is_role(family) or given in ERAS:
            continue
        known = could_be_surname(family)
        rare = (
            not known
            and (is_unknown(family) or could_be_place(family))
            and could_be_given_name(given)
            and 2 <= len(family) <= 4
            and not is_compound(flat, match.start(1), match.end(1))
            and not re.search(f"[{PARTS}]$", family)
        )
        good = could_be_name(given) or sounds_like_given_name(given) or is_unknown(given)
        if rare or (known and good and (lead or not (is_common_noun(family) and is_common_noun(given)))):
            end = match.start() + len(without_title(match.group()))
            yield Finding(match.start() + lead, end, Kind.PERSON, PERHAPS, "pair")
    proper = {t.start for t in flat.tokens if t.is_proper}
    for match in KATAKANA_PAIR.finditer(flat.text):
        if (
            {match.start(1), match.start(2)} & proper
            and not is_role(match.group(1))
            and match.group(1) not in {"フリガナ"}
        ):
            yield Finding(match.start(), match.end(), Kind.PERSON, PERHAPS, "pair")


def _english(flat: Flat) -> Iterator[Finding]:
    for pattern in (ENGLISH, FROM):
        for match in pattern.finditer(flat.text):
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "english")


def _unknown_katakana(flat: Flat) -> Iterator[Finding]:
    unknown = {t.start: t.end for t in flat.tokens if not t.known}
    for match in KATAKANA.finditer(flat.text):
        if unknown.get(match.start()) == match.end() and not is_role(match.group()) and not is_new_word(match.group()):
            yield Finding(match.start(), match.end(), Kind.PERSON, PERHAPS, "unknown-katakana")


def _given_names_of_one_sign(flat: Flat) -> Iterator[Finding]:
    """智は智、啓は啓: one sign that the dictionary reads as a given name, more than once."""
    single = [t for t in flat.tokens if len(t.surface) == 1 and t.is_name and t.kind[3] == "名"]
    counted = Counter(t.surface for t in single)
    for token in single:
        if counted[token.surface] > 1:
            yield Finding(token.start, token.end, Kind.PERSON, PERHAPS, "one-sign")


def find(flat: Flat) -> Iterator[Finding]:
    """Persons whom no honorific and no dictionary tells."""
    yield from _before_titles(flat)
    yield from _stand_alone(flat)
    yield from _written(flat)
    yield from _in_forms(flat)
    yield from _pairs(flat)
    yield from _english(flat)
    yield from _unknown_katakana(flat)
    yield from _given_names_of_one_sign(flat)

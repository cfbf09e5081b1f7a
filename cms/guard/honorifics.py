"""What stands before an honorific. The honorific stays outside the finding (田中さん: 田中)."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat, Token
from cms.guard.lexicon import (
    could_be_name,
    is_common_noun,
    is_role,
    is_unknown,
    sounds_like_given_name,
    sounds_like_name,
)
from cms.guard.naming import KANJI, len_of_relation
from cms.guard.wordlists import PARTICLES

SURE, PERHAPS = Certainty.SURE, Certainty.PERHAPS

HONORIFIC = re.compile(
    r"(?:さん|さま|くん|君|ちゃん|ちゃま|様|氏|先生|翁|殿|たん|どん|-?(?:san|sama|kun|chan|sensei)(?![a-z]))(?![名族々子式態相変様])"
)

# 源蔵じい, 梅ばあ: the honorific of a village; the name is in front.
OLD_ONE = re.compile(
    rf"((?<![{KANJI}])[{KANJI}]{{1,3}}|(?<![ァ-ヴー])[ァ-ヴー]{{2,4}})(?:じいさん|じいちゃん|じい|ばあさん|ばあちゃん|ばあ|爺さん|婆さん|爺|婆|姐さん|兄貴)(?=[はがもをにとの、。」 ]|$|さ|か)"
)

KANJI_BEFORE = re.compile(rf"[{KANJI}]{{1,8}} ?$")

KATAKANA_BEFORE = re.compile(r"[ァ-ヴー][ァ-ヴー・=]{0,14} ?$")

HIRAGANA_BEFORE = re.compile(r"[ぁ-んー]{1,6}$")

LATIN_BEFORE = re.compile(r"[A-Z][A-Za-z]{1,14} ?$")

PSEUDONYM_BEFORE = re.compile(r"(?:[A-Z]{1,2}[子男太]?|[○〇◯●△▲□×✕]{1,4}|[XＸx]{2,3}|某)\s?$")

NEEDS_KNOWN = {"先生", "たん", "殿", "どん"}

LONGEST_BARE = 5


def _kanji_name(flat: Flat, start: int, end: int) -> tuple[int, int] | None:
    """The name at the end of a run of kanji: 担当相談員田中 → 田中, 健太 → 健太, 民生委員 → nothing."""
    run = flat.text[start:end]
    if is_role(run):
        return None
    words = [t for t in flat.within(start, end) if t.end <= end]
    while words and words[0].start == start and len(words) > 1 and is_role(words[0].surface) and not words[0].is_name:
        words = words[1:]
        start = words[0].start
    start += len_of_relation(flat.text[start:end])
    run = flat.text[start:end]
    words = [t for t in words if t.start >= start]
    if len(run) > 2 and words and words[0].start == start:
        names: list[Token] = []
        for word in reversed(words):
            if not (word.is_name or could_be_name(word.surface)) or is_role(word.surface):
                break
            names.insert(0, word)
        if names and names[-1].end == end:
            left = flat.text[start : names[0].start]
            # 八百熊: signs that say nothing alone belong to the name.
            return (start if len(left) < 3 and not is_common_noun(left) and not is_role(left) else names[0].start), end
        if (is_role(words[-1].surface) and len(words[-1].surface) > 1) or len(run) > LONGEST_BARE:
            return None
    return start, end


BEFORE_KANA = frozenset("とのはがをにへもや、。「」\n (（・") | {""}


def _hiragana_name(flat: Flat, start: int, end: int) -> tuple[int, int] | None:
    """The name at the end of a run of hiragana: 弟のはると → はると."""
    for length in (4, 3):
        word, before = flat.text[end - length : end], flat.text[end - length - 1 : end - length]
        if end - length >= start and before in BEFORE_KANA and sounds_like_given_name(word) and not is_role(word):
            return end - length, end
    for token in flat.within(start, end):
        if token.end == end and (token.is_name or token.kind[0] == "名詞"):
            return None if is_role(token.surface) or is_role(flat.text[start:end]) else (token.start, end)
    run = flat.text[start:end]
    for cut in range(len(run) - 1):
        particle = next((p for p in PARTICLES if run[cut:].startswith(p) and len(run) - cut - len(p) >= 2), None)
        if particle and 2 <= len(run) - cut - len(particle) <= 4:
            run = run[cut + len(particle) :]
            break
    return None if is_role(run) or not 1 < len(run) <= LONGEST_BARE else (end - len(run), end)


# 薬局さん, ほけんしさん: a trade, not a name.
ROLE_BEFORE = re.compile(
    "(?:薬局|病院|銀行|学校|保育園|幼稚園|工務店|工場|本店|商店|会社|食堂|郵便局|事業所|施設|センター|ステーション|ほけんし|かんごし|ほいくし|そうだんいん|しえんいん|みんせいいいん|おいしゃ|やくしょ|しゃかいふくしし|けあまね|へるぱー|えいようし|べんごし|おまわり|かいごし|つうやく)$"
)

KANA_NAME = re.compile(r"(?<![ぁ-んァ-ヴ])[ぁ-んァ-ヴ]{2,3}$|(?<= )[ぁ-んァ-ヴ]{1,3}$")


def _with_kana_before(flat: Flat, span: tuple[int, int] | None) -> tuple[int, int] | None:
    """ふみ江, シゲ子: one sign behind kana is the end of a name."""
    if span is None or span[1] - span[0] != 1 or flat.text[span[0]] not in "子江代美枝恵":
        return span
    kana = KANA_NAME.search(flat.text, max(0, span[0] - 4), span[0])
    return (kana.start(), span[1]) if kana else span


def _before(flat: Flat, end: int) -> tuple[int, int] | None:
    """The name that ends where an honorific begins, or None."""
    head = flat.text[max(0, end - 20) : end]
    if ROLE_BEFORE.search(head):
        return None
    if PSEUDONYM_BEFORE.search(head):
        return None
    trimmed = end - (len(head) - len(head.rstrip(" ")))
    for pattern in (KANJI_BEFORE, KATAKANA_BEFORE, HIRAGANA_BEFORE, LATIN_BEFORE):
        match = pattern.search(head)
        if match is None:
            continue
        start = end - len(match.group())
        if pattern is KANJI_BEFORE:
            return _with_kana_before(flat, _kanji_name(flat, start, trimmed))
        if pattern is HIRAGANA_BEFORE:
            return _hiragana_name(flat, start, trimmed)
        return None if is_role(flat.text[start:trimmed]) else (start, trimmed)
    return None


# まさこおばちゃん, しのぶねえさん: in kana, only what sounds like a name.
ELDER = re.compile(r"([ぁ-ん]{2,4})(?=(?:ねえ|にい|姉|兄|おば|おじ|ばあ|じい)(?:さん|ちゃん)|ママ|パパ)")

# シゲ子, スミ江, タケ坊
OLD_SPELLING = re.compile(r"(?<![ァ-ヴー])[ァ-ヴ]{2,3}([子江枝美代坊恵])(?![一-龠])")

SOUND = {"子": "コ", "江": "エ", "枝": "エ", "美": "ミ", "代": "ヨ", "恵": "エ", "坊": ""}

# やっさん, まっちゃん
SHORT_FORM = re.compile(
    r"(?<![ぁ-んァ-ヴー])(?!お)[ぁ-んァ-ヴ][っッ](?:さん|ちゃん|つぁん|ちん|ぽん)|(?<=の)(?!お)[ぁ-ん]っ(?:さん|ちゃん|つぁん|ちん)"
)


def _old_ways(flat: Flat) -> Iterator[Finding]:
    for match in OLD_ONE.finditer(flat.text):
        if not is_role(match.group(1)):
            end = match.end()
            yield Finding(match.start(), end, Kind.PERSON, PERHAPS, "old-one")
    for match in ELDER.finditer(flat.text):
        for start in range(match.start(), match.end() - 1):
            word = flat.text[start : match.end()]
            if sounds_like_given_name(word) and not is_role(word) and not is_common_noun(word):
                yield Finding(start, match.end(), Kind.PERSON, PERHAPS, "old-one")
                break
    for match in OLD_SPELLING.finditer(flat.text):
        if sounds_like_given_name(match.group()[:-1] + SOUND[match.group(1)]) or match.group(1) in "坊子":
            yield Finding(match.start(), match.end(), Kind.PERSON, PERHAPS, "old-spelling")
    for match in SHORT_FORM.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.PERSON, PERHAPS, "nickname")


def _honorifics(flat: Flat) -> Iterator[Finding]:
    inside = {
        place
        for t in flat.tokens
        if t.kind[0] not in {"接尾辞", "助詞", "助動詞"}
        for place in range(t.start + 1, t.end)
    }
    for match in HONORIFIC.finditer(flat.text):
        if (
            match.start() in inside
            and match.group() not in {"ちゃん", "くん", "先生"}
            and not match.group().isascii()
            and not _name_with_honorific(flat, match)
        ):
            continue  # たくさん, 同様, 皆さん: part of a word
        if match.group().isascii() and not LATIN_BEFORE.search(flat.text[max(0, match.start() - 16) : match.start()]):
            continue
        if match.group() in NEEDS_KNOWN and not _known_before(flat, match.start()):
            continue
        span = _before(flat, match.start())
        if span:
            yield Finding(_with_surname(flat, span[0]), span[1], Kind.PERSON, SURE, "honorific")


FAMILY_BEFORE = re.compile(rf"(?<![{KANJI}])([{KANJI}]{{1,4}}) {{1,2}}$")


def _with_surname(flat: Flat, start: int) -> int:
    """李 秀英さん: the surname before the space belongs to it."""
    head = FAMILY_BEFORE.search(flat.text, max(0, start - 7), start)
    if not head or is_role(head.group(1)):
        return start
    rare = len(head.group(1)) < 4 and is_unknown(head.group(1))
    return head.start(1) if could_be_name(head.group(1)) or rare else start


def _name_with_honorific(flat: Flat, match: re.Match[str]) -> bool:
    """One word of Sudachi that is a name and its honorific together, or unknown."""
    return any(
        t.start < match.start() and t.end >= match.end() and t.is_proper
        for t in flat.within(max(0, match.start() - 12), match.end())
    )


def _known_before(flat: Flat, end: int) -> bool:
    index = flat.ending_at.get(end)
    if index is None:
        return False
    token = flat.tokens[index]
    kana = re.search(r"[ぁ-ん]{2,4}$|[ァ-ヴー]{2,8}$", flat.text[max(0, end - 5) : end])
    heard = kana is not None and sounds_like_name(kana.group()) and not is_common_noun(kana.group())
    before_no = flat.text[end - 2 : end - 1] in {"の", "、", ""} and token.kind[0] != "助詞"
    short = "ぁ" <= flat.text[end - 1] <= "ん" and before_no and token.kind[1] == "フィラー"
    known = token.is_name or could_be_name(token.surface) or (not token.known and token.kind[1] != "数詞")
    return known or heard or short or _whole_run_is_name(flat, end)


def _whole_run_is_name(flat: Flat, end: int) -> bool:
    run = re.search(rf"(?<![{KANJI}])[{KANJI}]{{2,4}}$", flat.text[max(0, end - 5) : end])
    return run is not None and could_be_name(run.group())


def find(flat: Flat) -> Iterator[Finding]:
    """Persons before an honorific."""
    yield from _honorifics(flat)
    yield from _old_ways(flat)

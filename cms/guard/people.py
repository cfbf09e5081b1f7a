"""Names of persons: what Sudachi knows, what stands before an honorific, behind a label, beside a relation."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat, Token
from cms.guard.wordlists import PARTICLES, ROLE_ENDINGS, ROLES
from cms.text.tokenizer import dictionary

SURE, PERHAPS = Certainty.SURE, Certainty.PERHAPS

KANJI = "一-鿿㐀-䶿豈-﫿𠀀-𲎯々〆ヶ"
HONORIFIC = re.compile(r"(?:さん|さま|くん|君|ちゃん|様|氏|先生|翁|たん)(?![名族々子式態相変])")
KANJI_BEFORE = re.compile(rf"[{KANJI}]{{1,8}}\s?$")
KATAKANA_BEFORE = re.compile(r"[ァ-ヴー][ァ-ヴー・=]{0,14}\s?$")
HIRAGANA_BEFORE = re.compile(r"[ぁ-んー]{1,6}$")
LATIN_BEFORE = re.compile(r"[A-Z][A-Za-z]{1,14}\s?$")
PSEUDONYM_BEFORE = re.compile(r"(?:[A-Z]{1,2}[子男太]?|[○〇◯●△▲□×✕]{1,4}|[XＸx]{2,3}|某)\s?$")
KIN = "長男|次男|三男|長女|次女|三女|息子|娘|孫|妻|夫|母|父|母親|父親|祖母|祖父|兄|姉|弟|妹|友人|同級生|叔父|叔母|伯父|伯母|本人|彼氏|彼女|恋人"
NAME_CHARS = rf"[{KANJI}]{{1,5}}|[ァ-ヴー]{{2,8}}|[ぁ-ん]{{2,5}}"
AFTER_KIN = re.compile(
    rf"(?:{KIN})(?:の|、|・|\(|「|である)\s?((?:{NAME_CHARS})(?:\s(?:{NAME_CHARS}))?)(?=[はがをもにと、(（)）」・]|からの|より|$)"
)
TITLE = (
    "ケースワーカー|ソーシャルワーカー|ワーカー|相談員|支援員|生活支援員|指導員|保健師|看護師|医師|主治医|司書|部長|課長|係長|主任|主査|主事|所長|園長|院長|校長|教頭|教諭|担任|店長|社長|会長"
    "|弁護士|司法書士|民生委員|児童委員|ヘルパー|ケアマネ|PSW|MSW|CW|Dr|ドクター|理事長|施設長|管理者|職員|記者|巡査|刑事|住職|牧師|神父|選手|夫妻|宅|家の|一家|姓|夫婦|兄弟|姉妹|親子"
)
BEFORE_TITLE = re.compile(rf"([{KANJI}]{{1,4}}|[ァ-ヴー]{{2,8}})(?=(?:{TITLE}))")
LABEL = re.compile(
    r"(?:氏名欄?|名前|お名前|フリガナ|ふりがな|対象者名?|相談者名?|担当者?|記録者?|記入者?|聞き手|世帯主|届出人|保護者|差出人|署名|講師|父|母|兄|姉|弟|妹|妻|夫|長男|長女|次男|次女|本人|祖父|祖母|子)"
    rf"\s?[::]\s?((?:{NAME_CHARS})(?:\s(?:{NAME_CHARS}))?)|(?:氏名欄?|フリガナ|ふりがな)(?:は|が|に|\s)\s?((?:{NAME_CHARS}|[A-Z]{{2,}})(?:\s(?:{NAME_CHARS}|[A-Z]{{2,}}))?)"
)
CALLED = re.compile(
    rf"「([^」\n]{{1,10}})」(?=と(?:呼ばれ|呼ん|呼ぶ|名乗|いう(?:あだ名|愛称|呼び名|名前|名)))|({NAME_CHARS})(?=と(?:呼んで|名乗|名付け|申します|いいます|言います))|(?:愛称|あだ名|通称|ニックネーム)(?:は|の|が)?「?({NAME_CHARS})"
)
LATIN = re.compile(r"(?<![A-Za-z])(?:[A-Z][a-z]{2,12}(?:\s[A-Z][a-z]{1,12}){1,3}|[A-Z]{3,12}\s[A-Z]{3,12})(?![A-Za-z])")
DOUBLE_KATAKANA = re.compile(r"(?<![ァ-ヴー])[ァ-ヴー]{2,10}[・=][ァ-ヴー]{2,10}(?![ァ-ヴー])")
LONGEST_BARE = 5


@cache
def could_be_name(word: str) -> bool:
    """Any entry of the dictionary with this spelling is a person's name."""
    return any(m.part_of_speech()[2] == "人名" for m in dictionary().lookup(word))


@cache
def is_plain_word(word: str) -> bool:
    """The dictionary knows the word, and as nobody's name."""
    entries = list(dictionary().lookup(word))
    return bool(entries) and all(m.part_of_speech()[2] != "人名" for m in entries)


def is_role(word: str) -> bool:
    """Somebody's part in the story, not their name."""
    bare = word.lstrip("おご")
    return word in ROLES or bare in ROLES or (len(word) > 2 and word.endswith(ROLE_ENDINGS))


def _kanji_name(flat: Flat, start: int, end: int) -> tuple[int, int] | None:
    """The name at the end of a run of kanji: 担当相談員田中 → 田中, 健太 → 健太, 民生委員 → nothing."""
    run = flat.text[start:end]
    if is_role(run):
        return None
    words = [t for t in flat.tokens if start <= t.start and t.end <= end]
    if len(run) > 2 and words and words[0].start == start:
        names: list[Token] = []
        for word in reversed(words):
            if not (word.is_name or could_be_name(word.surface)) or is_role(word.surface):
                break
            names.insert(0, word)
        if names and names[-1].end == end:
            return names[0].start, end
        if is_role(words[-1].surface) or len(run) > LONGEST_BARE:
            return None
    return start, end


def _hiragana_name(flat: Flat, start: int, end: int) -> tuple[int, int] | None:
    """The name at the end of a run of hiragana: 弟のはると → はると."""
    for token in flat.tokens:
        if token.end == end and token.start >= start and (token.is_name or token.kind[0] == "名詞"):
            return None if is_role(token.surface) else (token.start, end)
    run = flat.text[start:end]
    for cut in range(len(run) - 1):
        particle = next((p for p in PARTICLES if run[cut:].startswith(p) and len(run) - cut - len(p) >= 2), None)
        if particle and 2 <= len(run) - cut - len(particle) <= 4:
            run = run[cut + len(particle) :]
            break
    return None if is_role(run) or not 1 < len(run) <= LONGEST_BARE else (end - len(run), end)


def _before(flat: Flat, end: int) -> tuple[int, int] | None:
    """The name that ends where an honorific begins, or None."""
    head = flat.text[max(0, end - 20) : end]
    if PSEUDONYM_BEFORE.search(head):
        return None
    trimmed = end - (len(head) - len(head.rstrip(" ")))
    for pattern in (KANJI_BEFORE, KATAKANA_BEFORE, HIRAGANA_BEFORE, LATIN_BEFORE):
        match = pattern.search(head)
        if match is None:
            continue
        start = end - len(match.group())
        if pattern is KANJI_BEFORE:
            return _kanji_name(flat, start, trimmed)
        if pattern is HIRAGANA_BEFORE:
            return _hiragana_name(flat, start, trimmed)
        return None if is_role(flat.text[start:trimmed]) else (start, trimmed)
    return None


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
            and not _name_with_honorific(flat, match)
        ):
            continue  # たくさん, 同様, 皆さん: part of a word
        if match.group() in {"先生", "たん"} and not _known_before(flat, match.start()):
            continue
        span = _before(flat, match.start())
        if span:
            yield Finding(_with_surname(flat, span[0]), span[1], Kind.PERSON, SURE, "honorific")


FAMILY_BEFORE = re.compile(rf"(?<![{KANJI}])([{KANJI}]{{1,3}})\s$")


def _with_surname(flat: Flat, start: int) -> int:
    """李 秀英さん: the surname before the space belongs to it."""
    head = FAMILY_BEFORE.search(flat.text, max(0, start - 6), start)
    return head.start(1) if head and could_be_name(head.group(1)) and not is_role(head.group(1)) else start


def _name_with_honorific(flat: Flat, match: re.Match[str]) -> bool:
    """One word of Sudachi that is a name and its honorific together, or unknown."""
    return any(t.start < match.start() and t.end >= match.end() and t.is_proper for t in flat.tokens)


def _known_before(flat: Flat, end: int) -> bool:
    index = flat.ending_at.get(end)
    return index is not None and (flat.tokens[index].is_name or could_be_name(flat.tokens[index].surface))


def _dictionary_names(flat: Flat) -> Iterator[Finding]:
    tokens = flat.tokens
    index = 0
    while index < len(tokens):
        if not tokens[index].is_name:
            index += 1
            continue
        last = index
        while last + 1 < len(tokens) and (
            (tokens[last + 1].is_name and tokens[last + 1].start == tokens[last].end)
            or (tokens[last + 1].surface == " " and last + 2 < len(tokens) and tokens[last + 2].is_name)
        ):
            last += 2 if tokens[last + 1].surface == " " else 1
        word = flat.text[tokens[index].start : tokens[last].end]
        anonymous = PSEUDONYM_BEFORE.search(flat.text[max(0, tokens[index].start - 3) : tokens[last].end])
        # One character alone, or kana alone, is more often an ordinary word.
        telling = last > index or (len(word) > 1 and not re.fullmatch(r"[ぁ-ん]+|[a-z]+", word))
        if telling and not is_role(word) and not anonymous and not _part_of_place(flat, last):
            certainty = SURE if last > index else PERHAPS
            yield Finding(tokens[index].start, tokens[last].end, Kind.PERSON, certainty, "dictionary")
        index = last + 1


def _part_of_place(flat: Flat, index: int) -> bool:
    """高橋市, 石川県, 山田町: the name of a place follows from its ending."""
    rest = flat.text[flat.tokens[index].end : flat.tokens[index].end + 3]
    return rest.startswith(("市", "県", "区", "町", "村", "郡", "駅", "川", "山", "市役所"))


def _in_context(flat: Flat) -> Iterator[Finding]:
    for pattern, rule in ((AFTER_KIN, "relation"), (LABEL, "label"), (CALLED, "called")):
        for match in pattern.finditer(flat.text):
            group = match.lastindex or 1
            word = match.group(group)
            plain = is_plain_word(word) if rule != "called" else is_role(word)
            if (
                is_role(word)
                or plain
                or (rule == "relation" and not could_be_name(word.split(" ")[0]) and len(word) < 2)
            ):
                continue
            if rule == "relation" and re.fullmatch(r"[ぁ-ん]+", word) and not could_be_name(word):
                continue
            if rule == "relation" and _of_ordinary_words(flat, match.start(group), match.end(group)):
                continue
            yield Finding(match.start(group), match.end(group), Kind.PERSON, PERHAPS, rule)
    yield from _before_titles(flat)
    for pattern in (LATIN, DOUBLE_KATAKANA):
        for match in pattern.finditer(flat.text):
            yield Finding(match.start(), match.end(), Kind.PERSON, PERHAPS, "foreign-name")


def _before_titles(flat: Flat) -> Iterator[Finding]:
    for match in BEFORE_TITLE.finditer(flat.text):
        index = flat.ending_at.get(match.end(1))
        if index is None:
            yield from _surname_before(match)
            continue
        token = flat.tokens[index]
        if (token.is_name or (could_be_name(token.surface) and len(token.surface) > 1)) and not is_role(token.surface):
            yield Finding(token.start, token.end, Kind.PERSON, PERHAPS, "job-title")


def _of_ordinary_words(flat: Flat, start: int, end: int) -> bool:
    """母の留守中: several words that the dictionary knows, none of them anybody's name."""
    words = [t for t in flat.tokens if start <= t.start and t.end <= end]
    return len(words) > 1 and all(_is_ordinary(t) for t in words)


def _is_ordinary(token: Token) -> bool:
    if token.kind[0] == "接尾辞":
        return True
    return token.known and not token.is_name and not could_be_name(token.surface)


def _surname_before(match: re.Match[str]) -> Iterator[Finding]:
    """黒田保健師, which the dictionary cuts elsewhere: the longest surname that ends where the title begins."""
    run = match.group(1)
    for length in (3, 2):
        word = run[-length:]
        if len(word) == length and could_be_name(word) and not is_role(word):
            yield Finding(match.end(1) - length, match.end(1), Kind.PERSON, PERHAPS, "job-title")
            return


def find(flat: Flat) -> Iterator[Finding]:
    """Persons; honorifics stay outside the finding (田中さん: 田中)."""
    yield from _honorifics(flat)
    yield from _dictionary_names(flat)
    yield from _in_context(flat)


TOLD = {"label", "relation", "called"}


def recurring(flat: Flat, found: Iterable[Finding]) -> Iterator[Finding]:
    """Every bare occurrence of a name that was told elsewhere in the text (颯真くん … 颯真は …).

    A name of one sign counts where it stands by itself: 「原」, 愛の担任; not 原因, 誠に.
    """
    names: set[str] = set()
    for finding in found:
        if finding.type == Kind.PERSON and (finding.certainty == SURE or finding.rule in TOLD):
            names.update(re.split(r"[ ・]", flat.text[finding.start : finding.end]))
            names.add(flat.text[finding.start : finding.end])
    for name in names:
        pattern = re.escape(name)
        if len(name) == 1:
            pattern = rf"(?<![{KANJI}ァ-ヴー]){pattern}(?=[のはがもをとへ」、])"
        for match in re.finditer(pattern, flat.text) if name else ():
            yield Finding(match.start(), match.end(), Kind.PERSON, PERHAPS, "again")

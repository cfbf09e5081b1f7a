"""Who speaks in a chat, and who stands beside a body's name."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat
from cms.guard.lexicon import (
    could_be_given_name,
    could_be_name,
    could_be_surname,
    is_common_noun,
    is_role,
    is_unknown,
    sounds_like_given_name,
)
from cms.guard.naming import KANJI, without_title
from cms.guard.wordlists import COMMON_TWO, FUNCTION_WORDS, GENERIC_BODIES, OF_A_BODY

PERHAPS = Certainty.PERHAPS

LINE = re.compile(r"^(?:\d{1,2}:\d{2} )?([^\s:、。「」()\n][^:、。「」()\n]{0,15}?) ?:(?=[^\n/])", re.M)
TIMED = re.compile(r"^\d{1,2}:\d{2} ([^\s:、。「」()\n]{1,12}) (?=\S)", re.M)
NO_SPEAKER = re.compile(
    r"(?:員|者|長|局|係|師|士|司会|医療|学校|企業|行政|福祉|電話|日|名|所|番号|年|月|件|時間|場所|内容|方法|対象|定員|費用|備考|結果|理由|目的|経過|課題|目標|支援|相談|住所|氏|先|状況|本人|家族|母|父|父親|母親|男性|女性|子|親|先生|スタッフ|質問|回答|問い?|答え?|宛|件名|(?:^|[ 　])(?:A|Q)|(?<![a-z])(?:From|To|Cc|Bcc|Re|RE|Fw|Fwd|Subject|Date|TEL|Tel|FAX|Fax|LINE|Line|Discord|X|Twitter|Instagram|Skype|WeChat|Zoom|Mail|mail|E-mail|Email|URL|HP|ID|SNS|No|NO|DOB|Name|Address|Phone|P\\.?S)|※.*|[A-ZＡ-Ｚ](?:さん|氏|くん|子さん)?|その他|議題|結論|報告|まとめ|(?:^|第|[^A-Za-z★☆_])\d+|[一二三四五六七八九十]+)$"
)
BESIDE = re.compile(
    rf"(?:[ ・/、]|の)([{KANJI}]{{1,4}}(?: [{KANJI}]{{1,3}})?)(?=[\n、。)(:・ ]|様|さん|氏|$|と(?!い)|が|は|です|より|から)"
)


def chat(flat: Flat) -> Iterator[Finding]:
    """ゆうママ🌻：, T.ogata：: names before a colon at the beginning of lines, more than once."""
    lines = [*LINE.finditer(flat.text), *TIMED.finditer(flat.text)]
    counted = Counter(match.group(1) for match in lines)
    for match in lines:
        name = match.group(1)
        often = counted[name] > 1
        strange = re.search(r"[@_🌀-🫿☀-➿A-Za-z]", name) is not None and len(counted) > 1 and sum(counted.values()) > 2
        if (
            (often or strange)
            and not NO_SPEAKER.search(name)
            and not is_role(name)
            and (strange or not _is_heading(name))
        ):
            yield Finding(match.start(1), match.end(1), Kind.HANDLE, PERHAPS, "speaker")


def _is_heading(name: str) -> bool:
    return is_common_noun(name) or name in GENERIC_BODIES


AFTER = re.compile(
    rf"(?:さん|くん|ちゃん|君|氏|様)?(?:、|・|と|/|，)([{KANJI}]{{1,4}}|[ァ-ヴー]{{2,6}}|[ぁ-ん]{{2,4}}?)(?=[、・/のはがもをにとで。)）」\s]|さん|くん|ちゃん|君|氏|様|(?:ら|たち|ほか)|$)"
)
BEFORE = re.compile(
    rf"(?:^|(?<=[\s、。「(はがをに:の]))([{KANJI}]{{1,4}}|[ァ-ヴー]{{2,6}}|[ぁ-ん]{{2,4}})(?:さん|くん|ちゃん|君|氏|様)?(?:、|・|と|/)$"
)


def in_a_row(flat: Flat, found: Iterable[Finding]) -> Iterator[Finding]:
    """宗像、梶谷: who stands in a row with a person is one."""
    known = {(f.start, f.end) for f in found if f.type == Kind.PERSON}
    for start, end in known:
        after = AFTER.match(flat.text, end)
        before = BEFORE.search(flat.text[max(0, start - 9) : start])
        spans = [after.span(1)] if after else []
        if before:
            low = max(0, start - 9)
            spans.append((low + before.start(1), low + before.end(1)))
        for first, last in spans:
            word = flat.text[first:last]
            named = len(word) > 1 and flat.reads_as_name(first, last) and not is_role(word)
            if (first, last) not in known and (named or _may_stand_in_a_row(word)):
                yield Finding(first, last, Kind.PERSON, PERHAPS, "in-a-row")


def _may_stand_in_a_row(word: str) -> bool:
    if is_role(word) or word in FUNCTION_WORDS or word in OF_A_BODY:
        return False
    if re.match("[ぁ-ん]", word):
        return sounds_like_given_name(word) and not is_common_noun(word)
    if re.match("[ァ-ヴ]", word):
        return could_be_name(word) or (sounds_like_given_name(word) and not is_common_noun(word))
    return could_be_name(word) and (
        not is_common_noun(word) or (could_be_given_name(word) and len(word) > 1 and word not in COMMON_TWO)
    )


def beside_bodies(flat: Flat, found: Iterable[Finding]) -> Iterator[Finding]:
    """ケアプランつむぎ・名取, あおぞらの家 工藤, つくし会の向井です."""
    for finding in found:
        if finding.type != Kind.ORGANIZATION:
            continue
        match = BESIDE.match(flat.text, finding.end)
        if not match:
            continue
        first = match.group(1).split(" ")[0]
        of = flat.text[finding.end] == "の"
        known = could_be_surname(first) or (is_unknown(first) and not of and len(first) > 1)
        if known and not is_role(first) and first not in GENERIC_BODIES and not (of and is_common_noun(first)):
            end = match.start(1) + len(without_title(match.group(1)))
            yield Finding(match.start(1), end, Kind.PERSON, PERHAPS, "beside-a-body")

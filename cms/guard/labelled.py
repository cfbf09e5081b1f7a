"""Names behind a label, before an age, with what somebody is called."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat
from cms.guard.lexicon import (
    could_be_name,
    could_be_surname,
    is_common_noun,
    is_plain_word,
    is_role,
    is_unknown,
    sounds_like_given_name,
    sounds_like_name,
)
from cms.guard.naming import (
    KANJI,
    NAME_CHARS,
    PARTS,
    is_compound,
    is_name_in_kana,
    looks_like_name,
    names_somebody,
    without_title,
)
from cms.guard.wordlists import HONORIFICS

PERHAPS = Certainty.PERHAPS

LABEL_WORDS = (
    "被保護者|被害者|加害者|対象児|当事者|引率|訪問者|訪問|喪主|芸名|雅号|故人|同居人|内縁|雇用主|事業主|代理人?|弁護士|司法書士|氏名|名前|お名前|なまえ|本名|ほんとうの名前|よばれたい名前|呼ばれたい名前|呼び名|通称|愛称|旧姓|戒名|フリガナ|ふりがな|読み|対象者名?|対象|相談者名?|来談者|来所者|患者名?|利用者名?|児童名?|生徒名?|保護者名?|申請者|申込者|通告者|通報者|発見者|代表者?|副代表|副|会長|会計"
    "|担当者?|地区担当|主担当|副担当|記録者?|記入者?|作成者?|報告者?|文責|聞き手|面接者?|対応者?|受付者?|受電者?|受|相手|発|発信者?|宛先|宛|立会人?|同席者?|同行者?|出席者?|参加者?|欠席|世帯主|届出人|差出人|署名|サイン|講師|司会|通訳|担任|主治医|医師|看護師|保健師|ケアマネ|相談員|支援員|ワーカー|ヘルパー"
    "|家主|大家|保証人|後見人|キーパーソン|緊急連絡先|連絡先|父|母|兄|姉|弟|妹|夫|妻|長男|長女|次男|次女|三男|三女|本人|祖父|祖母|孫|子|叔父|叔母|伯父|伯母|姪|甥|訪問介護|訪看|福祉用具|施設長|園長|校長|民生委員"
)

LABEL = re.compile(
    rf"(?<![{KANJI}])(?:{LABEL_WORDS})欄? ?[:=→] ?((?:{NAME_CHARS}|[A-Z]{{2,}})(?: {{1,2}}(?:{NAME_CHARS}|[A-Z]{{2,}}))?)(?=[\s、。,(（)）」・/]|様|さん|氏|殿|くん|ちゃん|と|が|は|から|$)"
)

LABEL_SPACE = re.compile(
    rf"(?<![{KANJI}ぁ-んァ-ヴー])(?:{LABEL_WORDS})欄?(?: {{1,2}}|は |が )((?:[{KANJI}]{{1,5}}|[ァ-ヴー]{{2,8}}|[ぁ-ん]{{2,5}}|[A-Z]{{2,}})(?: {{1,2}}(?:[{KANJI}]{{1,4}}|[ァ-ヴー]{{2,8}}|[ぁ-ん]{{2,5}}|[A-Z]{{2,}}))?)(?=[\s、。,(（)）」・/:]|様|さん|氏|殿|くん|ちゃん|教諭|医師|$)"
)

CALLED = re.compile(
    rf"「([^」\n]{{1,10}})」(?=(?:と|って)(?:だけ)?(?:呼ばれ|呼ん|呼ぶ|呼び|よばれ|よん|名乗|いう(?:あだ名|愛称|呼び名|名前|名)))|({NAME_CHARS})(?=(?:と|って)(?:呼んで|呼ばれ|名乗|名付け|申します|もうします))|(?:愛称|あだ名|通称|ニックネーム|呼び名)(?:は|の|が|で)?「?({NAME_CHARS})(?=[」、。はが\s]|$)"
    rf"|と書いて(?!いる|いま|いた|ある|あり|あっ|おく|おき|くだ|もら|み[るま])「?({NAME_CHARS})(?=[」。、とで]|$)|「([^」\n]{{2,8}})」?でいい」?と"
)

# 佐々木（62）, りく（小3）: what stands before an age is a person.
WITH_AGE = re.compile(
    rf"([{KANJI}]{{1,4}}(?: {{1,2}}[{KANJI}]{{1,3}})?|[ァ-ヴー]{{2,8}}|[ぁ-ん]{{2,5}}?)(?:さん|くん|ちゃん|君|様|氏)?(?=[( ] ?(?:\d{{1,3}}歳|[一二三四五六七八九十百]{{1,4}}歳)|\((?:\d{{1,2}}|[小中高大][1-6]|年[長中少])[)、・,/])"
)

# 名札には もり と書いてある, 彼の名は祐介, 俺、タクヤ。
NAMED = re.compile(
    rf"(?:名札|表札|宛名|名簿|伝票|署名|通帳|保険証|ノート|手紙の差出人)(?:に|の名|の名前)?(?:は|には|が)「?({NAME_CHARS})(?=」?(?:と(?:書|あ|い|記)|。|、|だ|で))|(?:[^自\s]の名|名前|本名|名)は「?({NAME_CHARS})(?=」?(?:。|、|だ|で|と|といい|です|$))"
    rf"|(?:俺|おれ|僕|ぼく|わし|あたし)、({NAME_CHARS})(?=[。だで])|([{KANJI}]{{1,4}}(?: [{KANJI}]{{1,3}})?)(?= ?(?:宛|あて)(?:に|の|手紙|郵|て))"
)


def _labelled(flat: Flat) -> Iterator[Finding]:
    for pattern in (LABEL, LABEL_SPACE):
        for match in pattern.finditer(flat.text):
            word = match.group(1)
            first = word.split(" ")[0]
            kana = re.fullmatch("[ぁ-ん]+", first) is not None
            if (
                is_role(word)
                or is_role(first)
                or (is_plain_word(first) and not (kana and sounds_like_given_name(first)))
            ):
                continue
            if (kana or pattern is LABEL_SPACE) and not (
                could_be_name(first)
                or sounds_like_name(first)
                or (is_unknown(first) and not kana and len(first) < 4 and not re.search(rf"[{PARTS}]$", first))
            ):
                continue
            if is_unknown(first) and re.fullmatch(rf"[{KANJI}]{{4,}}", first):
                continue
            yield Finding(match.start(1), match.start(1) + len(without_title(word)), Kind.PERSON, PERHAPS, "label")
    for match in CALLED.finditer(flat.text):
        group = match.lastindex or 1
        word = match.group(group)
        kana = re.fullmatch("[ぁ-ん]+", word) is not None
        quoted = flat.text[match.start(group) - 1 : match.start(group)] == "「"
        if (
            is_role(word)
            or (not quoted and not names_somebody(word))
            or (kana and len(word) > 4 and not sounds_like_name(word))
        ):
            continue
        yield Finding(match.start(group), match.end(group), Kind.PERSON, PERHAPS, "called")


def _named(flat: Flat) -> Iterator[Finding]:
    for match in WITH_AGE.finditer(flat.text):
        word = without_title(match.group(1))
        first = word.split(" ")[0]
        kana = re.match("[ぁ-ん]", first) is not None
        if flat.text[match.start(1) - 1].isdecimal() or flat.text[match.start(1) - 1] in "年月日":
            continue
        if len(word) == 1 and (
            word in HONORIFICS or ("ぁ" <= flat.text[match.start(1) - 1] <= "ん" and not could_be_surname(word))
        ):
            continue
        if is_role(word) or is_role(first) or (is_plain_word(first) and not (kana and sounds_like_given_name(first))):
            continue
        if (kana and not sounds_like_name(first)) or is_compound(flat, match.start(1), match.end(1)):
            continue
        if (
            could_be_name(first)
            or kana
            or looks_like_name(flat, match.start(1), match.start(1) + len(first))
            or re.match("[ァ-ヴ]", first)
        ):
            yield Finding(match.start(1), match.start(1) + len(word), Kind.PERSON, PERHAPS, "with-age")
    for match in NAMED.finditer(flat.text):
        group = match.lastindex or 1
        word = match.group(group)
        if not is_role(word) and names_somebody(word) and not (is_common_noun(word) and not is_name_in_kana(word)):
            yield Finding(match.start(group), match.end(group), Kind.PERSON, PERHAPS, "named")


def find(flat: Flat) -> Iterator[Finding]:
    """Persons behind a label."""
    yield from _labelled(flat)
    yield from _named(flat)

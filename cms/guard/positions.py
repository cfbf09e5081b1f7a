"""Names told by where they stand: rosters, lists of people, behind a title, in a letter's last line, beside a school year."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat
from cms.guard.lexicon import (
    could_be_given_name,
    could_be_name,
    could_be_surname,
    hiragana,
    is_common_noun,
    is_municipality,
    is_new_word,
    is_ordinary_noun,
    is_role,
    is_unknown,
    sounds_like_given_name,
    sounds_like_name,
)
from cms.guard.naming import KANJI, PARTS
from cms.guard.relations import KIN
from cms.guard.wordlists import BRANDS, COMMON_TWO, FUNCTION_WORDS, GENERIC_BODIES, OF_A_BODY, ONE_SIGN

PERHAPS = Certainty.PERHAPS

WORD = rf"[{KANJI}]{{1,4}}|[ァ-ヴー]{{2,8}}|[ぁ-んー]{{2,5}}"
WEEKDAYS = frozenset("月火水木金土日祝休")
# 9/2 関 平: a day, then who is on duty.
ROSTER = re.compile(
    r"^[ ・*\-]?(?:\d{1,2}(?:/|月 ?)\d{1,2}日?|第?\d{1,2}週|[月火水木金土日]曜?)(?: ?\([月火水木金土日祝]\))?[ :、]+(\S[^\n]{0,40})$",
    re.M,
)
ON_DUTY = re.compile(rf"(?:^|(?<=[ 、・/→り)]))({WORD})(?=[ 、・/→(]|$)")


def _rosters(flat: Flat) -> Iterator[Finding]:
    """Only where several lines are made of names alone."""
    lines = [
        [m for m in ON_DUTY.finditer(row.group(1)) if m.group(1) not in WEEKDAYS] for row in ROSTER.finditer(flat.text)
    ]
    good = [words for words in lines if words and all(_may_be_on_duty(m.group(1)) for m in words)]
    if len(good) < 2:
        return
    for row in ROSTER.finditer(flat.text):
        for match in ON_DUTY.finditer(row.group(1)):
            yield from _called_again(flat, match.group(1))
            if _may_be_on_duty(match.group(1)):
                start = row.start(1) + match.start(1)
                yield Finding(start, start + len(match.group(1)), Kind.PERSON, PERHAPS, "listed")


def _may_be_on_duty(word: str) -> bool:
    if is_role(word) or word in WEEKDAYS:
        return False
    if len(word) == 1:
        return could_be_surname(word)
    if re.match("[ぁ-ん]", word):
        return sounds_like_name(word) and not is_common_noun(word)
    return could_be_name(word) and (not is_common_noun(word) or could_be_surname(word))


# 出席：佐久間PSW（鶴岡病院）、うるま（ぽらりす）
PRESENT = re.compile(
    r"(?:^|[ 。○●・■【])(?:出席|参加|同席|欠席|当番|メンバー|構成員?|参集|来場|スタッフ|当日の顔ぶれ|支援者|関係者)(?:者|メンバー)?(?:\(敬称略\))?】?[ :]+([^\n。]{2,160})",
    re.M,
)
ITEM = re.compile(rf"(?:^|(?<=[、・,/ ]))({WORD})(?:さん|氏|様)?(?:\(([^()]{{2,14}})\))?(?=[、・,/ ]|$)")


def _present(flat: Flat) -> Iterator[Finding]:
    rows = list(PRESENT.finditer(flat.text))
    words = [item.group(1) for row in rows for item in ITEM.finditer(row.group(1))]
    names = any(map(_is_somebody, words)) or (len(words) > 2 and all(map(_is_short, words)))
    for row in rows:
        for item in ITEM.finditer(row.group(1)):
            if not (_is_somebody(item.group(1)) or (names and _is_short(item.group(1)))):
                continue
            yield from _called_again(flat, item.group(1))
            start = row.start(1) + item.start(1)
            yield Finding(start, start + len(item.group(1)), Kind.PERSON, PERHAPS, "label")
            body = item.group(2)
            if body and not is_role(body) and body not in GENERIC_BODIES and not is_common_noun(body):
                start = row.start(1) + item.start(2)
                yield Finding(start, start + len(body), Kind.ORGANIZATION, PERHAPS, "in-brackets")


def _is_short(word: str) -> bool:
    """Beside names one or two signs are a name: 一, 薬袋."""
    known = len(word) > 1 and (word in GENERIC_BODIES or is_municipality(word))
    if re.match("[ぁ-ん]", word):
        return not is_ordinary_noun(word) and word not in FUNCTION_WORDS
    return re.fullmatch(f"[{KANJI}]{{1,2}}", word) is not None and not known and (len(word) == 1 or not is_role(word))


def _called_again(flat: Flat, word: str) -> Iterator[Finding]:
    if len(word) < 3:
        for match in re.finditer(rf"(?<![{KANJI}]){word}(?=さん|氏|様|より|から|\(\d)", flat.text):
            yield Finding(match.start(), match.end(), Kind.PERSON, PERHAPS, "label")


def _is_somebody(word: str) -> bool:
    """In a list of people: a name, or a word that nobody knows."""
    if is_role(word) or word in GENERIC_BODIES or word in FUNCTION_WORDS or is_municipality(word):
        return False
    if could_be_name(word) and (len(word) > 1 or could_be_surname(word)):
        return not is_common_noun(word) or could_be_surname(word)
    if re.match("[ぁ-んァ-ヴ]", word):
        return not is_ordinary_noun(word) and not is_new_word(word) and (sounds_like_name(word) or is_unknown(word))
    return False


# 園長鶴田より, 担任古賀から: a title before a surname.
TITLES = "園長|校長|教頭|院長|所長|施設長|理事長|部長|課長|係長|主任|担任|主治医|医師|看護師|保健師|相談員|支援員|民生委員|区長|町会長|自治会長|組長|班長|店長|社長|工場長|弁護士|司法書士|住職|神主|宮司|牧師|ヘルパー|ケアマネ|担当|大家|家主|顧問|監督|コーチ|代表|会長|講師|巡査|駐在|船頭|棟梁|親方|女将|番頭|運転手|配達員|記録|文責|司会|報告者?|作成者?|受付|対応|面接|聴取|同行|引率|書いた人|書記|記|筆"
AFTER_TITLE = re.compile(
    rf"(?:{TITLES})(?: |・|:|は|が)?([{KANJI}]{{2,4}}?|[ァ-ヴー]{{2,7}})(?=より|から|が|は|も|に|と|、|。|\n|\)|」|で|の(?:話|家|車|携帯)|$)"
)


def _after_titles(flat: Flat) -> Iterator[Finding]:
    for match in AFTER_TITLE.finditer(flat.text):
        word = match.group(1)
        if is_role(word) or (is_common_noun(word) and not flat.reads_as_name(*match.span(1))):
            continue
        if match.start(1) not in flat.starts_set:
            continue
        kana = re.match("[ァ-ヴ]", word) is not None
        if could_be_surname(word) or (kana and (sounds_like_name(word) and not is_new_word(word))):
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "job-title")


# 一度お会いした泉です。ねぎしです。
SAYS = re.compile(
    rf"(?:(?:した|いる|ている|てる|住む|通う|の|母親|父親|者)(?=[{KANJI}])|[。、「\n ]|^)([{KANJI}]{{1,4}}|[ぁ-ん]{{3,5}}|[ァ-ヴー]{{2,6}})です(?=[。、\n」]|が、)",
    re.M,
)
MET = re.compile(
    r"(?:会い|お電話|ご連絡|伺っ|参加|相談|お世話に|ご挨拶|登録|申し込|書い|連絡|お手紙|訪ね|うかがっ)[^。]{0,6}$"
)


def _is_strange(flat: Flat, match: re.Match[str]) -> bool:
    """ねぎし: a whole sentence of one word that the dictionary cuts into a noun and a rest."""
    words = [t for t in flat.within(*match.span(1)) if t.end <= match.end(1)]
    whole = match.group()[0] in "。\n「" and len(match.group(1)) < 5
    return whole and bool(words) and words[0].kind[0] == "名詞" and all(t.kind[0] in {"名詞", "動詞"} for t in words)


def _say_their_name(flat: Flat) -> Iterator[Finding]:
    for match in SAYS.finditer(flat.text):
        word = match.group(1)
        if is_role(word) or match.start(1) not in flat.starts_set:
            continue
        if re.match("[ぁ-ん]", word):
            good = is_unknown(word) and (sounds_like_name(word) or _is_strange(flat, match))
        elif re.match("[ァ-ヴ]", word):
            good = is_unknown(word) and sounds_like_name(word)
        else:
            met = MET.search(flat.text[max(0, match.start(1) - 14) : match.start(1)]) is not None
            plain = is_common_noun(word) and not flat.reads_as_name(*match.span(1))
            good = could_be_surname(word) and (met or (len(word) > 1 and not plain))
        if good:
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "introduces")


# ふりがな くすのき あゆむ, 表札は「MIZUNO」, えなみせんせい, りっくん
WRITTEN_SO = re.compile(
    r"(?:ふりがな|フリガナ|よみがな|読み仮名|カナ氏名)[ :]+([ぁ-んァ-ヴー]{2,8}(?: [ぁ-んァ-ヴー]{2,8})?)|(?:表札|名札|サイン|署名|宛名)[^。\n]{0,6}「([A-Z][A-Za-z]{2,12})」|(?<![ぁ-ん])([ぁ-ん]{2,4}|[ァ-ヴー]{2,6})(?=せんせい)|(?<![ぁ-んァ-ヴー](?<!の))(?!お)([ぁ-んァ-ヴ]っくん|[ぁ-んァ-ヴ]ー(?:たん|こ|くん|坊|やん|ぽん|りん|すけ|すか|み))(?=[はがもをにとの、。」ママパ ]|から|だけ|らしい|って|だ|です|$)"
)
# 王 小龍: a surname of one sign from China or Korea.
CHINESE = re.compile(
    rf"(?<![{KANJI}])([王李張陳劉黄周呉徐孫朱林何郭馬羅梁宋鄭謝韓唐馮于董蕭程曹袁鄧許傅沈曾彭呂蘇盧蒋蔡賈丁魏薛葉閻余潘杜戴夏鍾汪田任姜范方石姚譚廖鄒熊金崔朴尹趙権洪] [{KANJI}]{{1,2}})(?= ?\(|さん|氏|様|くん|[、。\n]|$)"
)

# 名字が小峰から吉原になった。まだ小峰って呼ぶ。
RENAMED = re.compile(
    rf"(?:名字|苗字|姓|名前|本名|旧姓)[はがも]?、? ?「?([{KANJI}]{{1,4}}|[ァ-ヴー]{{2,6}})」?から「?([{KANJI}]{{1,4}}|[ァ-ヴー]{{2,6}})」?(?:に|へ)"
)
QUOTED = re.compile(
    rf"「([{KANJI}]{{1,3}}|[ぁ-ん]{{2,4}}|[ァ-ヴー]{{2,5}})」(?=(?:に|を|が|は|と|の|も|って|から)(?!書|題|いう(?!名)))"
)


def _quoted(flat: Flat) -> Iterator[Finding]:
    for pattern in (WRITTEN_SO, CHINESE):
        for match in pattern.finditer(flat.text):
            group = match.lastindex or 1
            if not is_role(match.group(group)) and (group != 3 or sounds_like_name(match.group(group))):
                yield Finding(match.start(group), match.end(group), Kind.PERSON, PERHAPS, "called")
    for match in RENAMED.finditer(flat.text):
        for group in (1, 2):
            if not is_role(match.group(group)) and not is_municipality(match.group(group)):
                yield Finding(match.start(group), match.end(group), Kind.PERSON, PERHAPS, "called")
    for match in QUOTED.finditer(flat.text):
        word = match.group(1)
        if len(word) == 1:
            good = could_be_given_name(word) and word not in ONE_SIGN and word not in OF_A_BODY and word not in PARTS
        else:
            good = could_be_name(word) and not is_common_noun(word)
        if good and not is_role(word):
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "quoted")


KIN_KANA = "おとうと|いもうと|おにいさん|おねえさん|あに|あね|むすこ|むすめ|まご|おっと|しゅじん|つま|かない|ちち|はは|おとうさん|おかあさん|ともだち|せんせい|たんにん|こども"
GROWS = r"(?:\d|[一二三四五六七八九十]{1,3}歳|小[1-6一二三四五六]|中[1-3一二三]|高[1-3一二三]|年[長中少]|まだ|今年|保育|幼稚|小学|中学|高校|大学|卒園|卒業|入園|入学|カラオケ|無職|[^。、\n]{0,10}(?:働|通|暮|泣|笑|言|話|休|入院|アルバイト|勤))"
# 娘のことはは中二, おとうとの そうた が, 息子の望は三十四歳に, 孫の大知は…アルバイト
GREEDY = re.compile(
    rf"(?:{KIN}|{KIN_KANA}|[小中高大](?:学|校)?生|生徒|児童|園児|利用者|男の子|女の子)の ?([ぁ-んー]{{2,5}}|[ァ-ヴー]{{2,6}}|[A-Z][a-z]{{2,11}}|[{KANJI}]{{1,3}}) ?(?:(?=[はがもをと、(]|って|から)|(?=に(?:は|も|電|聞|会|渡|言)))"
)
GROWS_AFTER = re.compile(rf"[はがも](?:、)?{GROWS}")


def _of_kin(flat: Flat) -> Iterator[Finding]:
    for match in GREEDY.finditer(flat.text):
        word = match.group(1)
        if is_role(word) or word in FUNCTION_WORDS:
            continue
        if word.isascii():
            good = word not in BRANDS
        elif re.match("[ぁ-ん]", word):
            good = sounds_like_given_name(word) and not is_ordinary_noun(word)
        elif re.match("[ァ-ヴ]", word):
            good = not is_ordinary_noun(word) and not is_new_word(word)
        else:
            grows = GROWS_AFTER.match(flat.text, match.end(1)) is not None
            good = grows and could_be_given_name(word)
        if good:
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "relation")


# 妹 小4 ねね, 5年 颯
AT_SCHOOL = re.compile(
    rf"(?:[小中高][1-6]|年[長中少]|[1-6]年(?:\d組)?|\d{{1,2}}歳)[ 、・]+([{KANJI}]{{1,4}}|[ァ-ヴー]{{2,6}}|[ぁ-ん]{{2,4}})(?=[ 、。\n)・(/]|$)",
    re.M,
)
# 光が卒園した年, 光は11歳
GROWN = re.compile(
    rf"(?:^|(?<=[\n。、「]))([{KANJI}]{{1,2}}|[ぁ-ん]{{2,4}})[はが](?:\d{{1,2}}歳|[^。、\n]{{0,16}}(?:を|に)(?:卒園|卒業|入園|入学|進学|就職))",
    re.M,
)


def _at_school(flat: Flat) -> Iterator[Finding]:
    for pattern in (AT_SCHOOL, GROWN):
        for match in pattern.finditer(flat.text):
            word = match.group(1)
            if is_role(word) or word in FUNCTION_WORDS or word in COMMON_TWO or not could_be_given_name(word):
                continue
            if pattern is AT_SCHOOL and is_ordinary_noun(word) and not sounds_like_given_name(word):
                continue
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "relation")


# ちーさん, ねもっちゃん, こばやん, モーリーと並んで
NICKNAME = re.compile(
    r"(?<![ぁ-ん])([ぁ-ん]{1,2}ー)(?=さん|ちゃん|くん)|(?<![ぁ-ん])(?!お)([ぁ-ん]{2,3}っちゃん)|(?<![ぁ-ん])([ぁ-ん]{2,3}(?:やん|っち|っぺ|ぴょん|にゃん|ちん))(?=だけ|は|が|も|に|と|を|って|、|。|の)"
)
BESIDE_SOMEBODY = re.compile(
    r"(?<![ァ-ヴー・])([ァ-ヴー]{2,7})(?=と(?:並|話し|遊|一緒|けんか|会っ|組|二人|ふたり|仲)|の隣に(?:座|立|い)|に(?:会|怒られ|言われ|聞いた|電話し|頼)|が(?:来な|来て|泣|笑|言|怒|話し|教えて)|は(?:泣|笑|言|怒|来な|黙))"
)


def _nicknames(flat: Flat) -> Iterator[Finding]:
    for match in NICKNAME.finditer(flat.text):
        group = match.lastindex or 1
        if is_unknown(match.group(group)) and not is_role(match.group(group)):
            yield Finding(match.start(group), match.end(group), Kind.PERSON, PERHAPS, "called")
    for match in BESIDE_SOMEBODY.finditer(flat.text):
        word = match.group(1)
        if is_role(word) or is_new_word(word):
            continue
        if (
            could_be_name(word)
            or (is_unknown(word) and len(word) < 6)
            or (sounds_like_given_name(hiragana(word)) and not is_ordinary_noun(word))
        ):
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "called")


def find(flat: Flat) -> Iterator[Finding]:
    """Persons told by their place in a text."""
    yield from _rosters(flat)
    yield from _present(flat)
    yield from _after_titles(flat)
    yield from _say_their_name(flat)
    yield from _quoted(flat)
    yield from _of_kin(flat)
    yield from _at_school(flat)
    yield from _nicknames(flat)

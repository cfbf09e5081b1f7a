"""Names behind a relation: 長男の颯真, 店主の大久保, 父は権蔵."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat
from cms.guard.lexicon import (
    could_be_given_name,
    could_be_name,
    could_be_surname,
    is_common_noun,
    is_plain_word,
    is_role,
    is_unknown,
    sounds_like_given_name,
)
from cms.guard.naming import KANJI, NAME_CHARS, PARTS, is_called, len_of_relation, of_ordinary_words, without_title
from cms.guard.wordlists import FUNCTION_WORDS, OF_A_BODY

PERHAPS = Certainty.PERHAPS

KIN = (
    "長男|次男|三男|四男|長女|次女|三女|四女|息子|娘|孫娘|孫|曾孫|ひ孫|元妻|元夫|内縁の妻|内縁の夫|先妻|前夫|妻|夫|亡母|亡父|母方|父方|実母|実父|継母|継父|養母|養父|義母|義父|母親|父親|母|父|祖母|祖父"
    "|義兄|義姉|義弟|義妹|実兄|実姉|実弟|実妹|兄|姉|弟|妹|兄弟|姉妹|叔父|叔母|伯父|伯母|従兄|従姉|従弟|従妹|いとこ|甥|姪|倅|せがれ|嫁|婿|女房|旦那|亭主|主人|家内|双子|末っ子|上の子|下の子|うちの子|うち|里親|里子"
)

PEOPLE = (
    "友人|友だち|友達|親友|同級生|先輩|後輩|同僚|上司|部下|彼氏|彼女|恋人|交際相手|婚約者|本人|店主|班長|工場長|受付|店員|近所|隣|向かい|隣家|隣人|通訳|幹事|代表|後見人|保佐人|保証人|大家|家主|委員|民生|民生委員|児童委員|区長"
    "|担任|顧問|ヘルパー|ケアマネ|主治医|看護師|保健師|相談員|支援員|職員|スタッフ|ボランティア|利用者|入居者|患者|相談者|生徒|児童|園児|高校生|中学生|小学生|大学生|女の子|男の子|少年|少女|メンバー|常連|仲間|住人|配達員|運転手|社長|部長|課長|係長|園長|校長|教頭|院長|所長|施設長|会長|組長|町会長|市議|牧師|住職|大将|女将|名字|苗字|本名"
)

# 父は権蔵、母はスエ。娘はえりといいます。息子がともやです。
KIN_IS = re.compile(
    rf"(?:{KIN})[はが]((?:{NAME_CHARS}))(?=[、。]|です|だ(?:[。、]|と)|と(?:いい|言い|いう|申|名)|で[、。])"
)

# 長男拓（別居）
KIN_BRACKET = re.compile(rf"(?:{KIN})([{KANJI}]{{1,3}}|[ァ-ヴー]{{2,6}}|[ぁ-ん]{{2,4}})(?=\()")

# 妹のどか: the name begins with の
KIN_NO = re.compile(rf"(?:{KIN})(の[ぁ-ん]{{1,3}})(?=[はがもをにと、。]|さん|ちゃん)")

KEEPS = re.compile(
    r"(?:旧姓|本名|戒名|名字|苗字)(?:は|が|の|:)? ?([一-鿿々]{1,4}|[ァ-ヴー]{2,8})(?=[。、のでとをは)」\s]|$)"
)

# リュウって子, 田口っていう男
SAID_OF = re.compile(
    rf"([ァ-ヴー]{{2,6}}|[{KANJI}]{{1,4}}|[ぁ-ん]{{2,4}}?)って(?=(?:いう)?(?:子|こ|人|ひと|奴|やつ|男|女|先生|友|おじ|おば))"
)

ENDS_NAME = r"(?=[はがをもにとでへや、(（)）」・。\s]|から|より|だけ|まで|さん|のこと|の(?:担任|部屋|様子|帰り|名前|話|父|母|声|家|病|夫|妻|学校|件|友)|$)"

AFTER_KIN = re.compile(
    rf"(?:{KIN})(?:の|、|・|\(|「|である|(?<=[一-龠])(?=[ァ-ヴー一-龠])) ?((?:{NAME_CHARS})(?: (?:{NAME_CHARS}))?){ENDS_NAME}"
)

AFTER_PEOPLE = re.compile(
    rf"(?:{PEOPLE})(?:の|、|・|\(|「|である) ?((?:{NAME_CHARS})(?: (?:{NAME_CHARS}))?){ENDS_NAME}"
)


def _may_be_called(flat: Flat, start: int, end: int, *, kin: bool) -> bool:
    """Whether the word behind a relation (の) is a name."""
    word = flat.text[start:end].split(" ")[0]
    if is_role(word) or (re.search(rf"[{PARTS}]$", word) and not could_be_name(word)):
        return False
    if re.fullmatch("[ぁ-ん]+", word):
        return sounds_like_given_name(word) and word not in FUNCTION_WORDS and (kin or not is_common_noun(word))
    if re.fullmatch("[ァ-ヴー]+", word):
        return (
            is_unknown(word)
            or (sounds_like_given_name(word) and (kin or not is_common_noun(word)))
            or (could_be_name(word) and not is_common_noun(word))
        )
    if len(word) == 1:
        return (
            could_be_given_name(word)
            if kin and word not in OF_A_BODY
            else could_be_surname(word) and not is_common_noun(word)
        )
    if could_be_name(word):
        return True
    if is_plain_word(word) or len(word) > 3:
        return False
    return kin and is_unknown(word) and not of_ordinary_words(flat, start, end)


def _is_surely_given(word: str) -> bool:
    """What stands straight behind a relation (妻喜美子) is a name only when it is nothing else."""
    return len(word) > 1 and could_be_name(word) and not is_common_noun(word)


def _beside_relations(flat: Flat) -> Iterator[Finding]:
    for pattern, kin in ((AFTER_KIN, True), (AFTER_PEOPLE, False)):
        for match in pattern.finditer(flat.text):
            start = match.start(1) + len_of_relation(match.group(1))
            end = start + len(without_title(flat.text[start : match.end(1)]))
            direct = flat.text[match.start(1) - 1] not in "の、・(「る "
            if direct and not _is_surely_given(flat.text[start:end]):
                continue
            if _may_be_called(flat, start, end, kin=kin):
                yield Finding(start, end, Kind.PERSON, PERHAPS, "relation")


def _kin_names(flat: Flat) -> Iterator[Finding]:
    for pattern in (KIN_IS, KIN_BRACKET, KIN_NO, KEEPS, SAID_OF):
        for match in pattern.finditer(flat.text):
            word = match.group(1)
            good = sounds_like_given_name(word) if pattern is KIN_NO else is_called(word)
            kana = re.fullmatch("[ぁ-ん]+", word) is not None
            if good and not (kana and is_common_noun(word) and pattern is not KIN_NO) and word not in OF_A_BODY:
                yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "relation")


def find(flat: Flat) -> Iterator[Finding]:
    """Persons behind a relation."""
    yield from _beside_relations(flat)
    yield from _kin_names(flat)

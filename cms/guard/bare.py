"""Bare names at the head of a clause, told by what they do: みさきは…と言う."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat
from cms.guard.lexicon import (
    could_be_given_name,
    could_be_surname,
    is_common_noun,
    is_plain_word,
    is_role,
    sounds_like_given_name,
)
from cms.guard.naming import KANJI, PARTS
from cms.guard.wordlists import COMMON_TWO, FUNCTION_WORDS, OF_A_BODY, ONE_SIGN

PERHAPS = Certainty.PERHAPS

HUMAN = (
    "(?:に(?:は|も)(?:苦労|迷惑|世話|感謝|すまな|申し訳|言って|会って|内緒)|の(?:ために|せいで)|が(?:心配|不憫|かわいそう|気がかり)|の(?:担任|母親?|父親?|部屋|こと[はでをがも]|件|様子|姿|声|家|祖母|祖父|妹|弟|姉|兄|友|主治医|入院|誕生日|面会|迎え|送り|場合は)|は「|が「|と(?:話|会|二人|一緒|同居|暮ら|けんか|面談)"
    "|[はがも](?:[^。「」\n]{0,14})(?:暴れ|泣い|泣く|泣き|帰って|帰ら|帰り|言う|言わ|言い|言った|話す|話し|話さ|笑|黙|怒|休ん|休み|休む|寝て|寝た|起き(?:て|な)|過ごし|通って|通い|暮らし|来な|来て|来た|欠席|登校|入院|退院|家出|いなくな|死に|死ん|亡くな|うつむ|答え|つぶや|訴え|うなず|元気|無職|働い|同居|別居|高校|中学|小学|保育)"
    "|に(?:会|聞|伝え|電話|声を|渡|代わ|頼|叱|怒)|を(?:預|迎え|叱|連れ|抱|送り|呼|責め|心配)|、(?=[^。\n]{0,12}(?:ごめん|ありがと|おいで|聞いて|起き|来い|やめ|お前|いい加減|逃げ|許し|大丈夫|元気|悪く|早く))|って(?=(?:誰|呼|言|名前))|より(?:電話|連絡|相談)|から(?:電話|連絡|相談|聞|メール|手紙)"
    "|[、と](?:[ぁ-んァ-ヴー一-龠]{1,4})の(?:双子|兄弟|姉妹|きょうだい|二人|ふたり))"
)

BARE = re.compile(
    rf"(?:(?<=[\n。、「」(（・])|(?<=[「」。、] )|^)([ぁ-ん]{{2,5}}?|[{KANJI}]{{1,4}}|[ァ-ヴー]{{2,5}})(?={HUMAN})"
)

# Not another word: the dictionary has it as a name or not at all.
BARE_KANA = re.compile(
    r"(?:(?<=[\n。、「」(（・])|^)([ぁ-ん]{2,5}?|[ァ-ヴー]{2,5})(?=[はがもをにとの、](?![はがをにとの])|って|ママ|パパ|だけ|ばかり|おば|おじ|ばあ|じい)"
)


def _bare(flat: Flat) -> Iterator[Finding]:
    """Names at the head of a clause, without anything: みさきは…と言う."""
    starts = {t.start: t for t in flat.tokens}
    ends = flat.ending_at
    for match in BARE.finditer(flat.text):
        word = match.group(1)
        token = starts.get(match.start(1))
        if (
            token is None
            or token.kind[0] in {"助詞", "助動詞", "接続詞", "連体詞", "代名詞", "感動詞"}
            or is_role(word)
            or word in FUNCTION_WORDS
        ):
            continue
        if len(word) == 1:
            heard = could_be_surname(word) and word not in OF_A_BODY and word not in ONE_SIGN and word not in PARTS
        else:
            heard = could_be_given_name(word) or (could_be_surname(word) and not is_plain_word(word))
        if heard and not (
            is_common_noun(word) and len(word) == 2 and re.match(f"[{KANJI}]", word) and word in COMMON_TWO
        ):
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "bare-name")
    for match in BARE_KANA.finditer(flat.text):
        word = match.group(1)
        if (
            sounds_like_given_name(word)
            and not is_common_noun(word)
            and not is_role(word)
            and word not in FUNCTION_WORDS
            and match.start(1) in starts
            and match.end(1) in ends
        ):
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "bare-name")


def find(flat: Flat) -> Iterator[Finding]:
    """Persons without anything beside their name."""
    yield from _bare(flat)

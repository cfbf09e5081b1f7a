"""Exact days, and among them the days on which somebody was born."""

import re
from collections.abc import Iterable, Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat

SURE, PERHAPS = Certainty.SURE, Certainty.PERHAPS

KANJI = "一二三四五六七八九"
NUMERAL = rf"(?:\d{{1,2}}|[{KANJI}十廿卅]{{1,3}})"
ERA = r"(?:明治|大正|昭和|平成|令和|(?<![一-龠])[明大昭平令](?=\d))"
YEAR = (
    rf"(?:{ERA} ?(?:元|\d{{1,2}}|[{KANJI}十]{{1,3}}) ?年?"
    r"|(?<![A-Za-z])[MTSHR]\.? ?(?:元|\d{1,2}) ?年?|(?:19|20)\d{2} ?(?:年|ねん)?|[一二][〇零一二三四五六七八九]{3}年|同年|翌年|昨年|去年|今年)"
)
MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{KANJI}])"
DAY = rf"(?:3[01]|[12]\d|0?[1-9]|[一二三]?十[{KANJI}]?|[廿卅][{KANJI}]?|[{KANJI}])"
FULL_DATE = re.compile(
    rf"{YEAR}(?:\([^)\n]{{2,8}}\) ?年?)? ?[./\-]? ?{MONTH} ?(?:月|がつ|[./\-]) ?{DAY}(?: ?(?:日|にち))?(?!\d)"
)
COMPACT_DATE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")
MONTH_DAY = re.compile(
    rf"(?<!\d){NUMERAL} ?(?:月|がつ) ?{NUMERAL} ?(?:日|にち)(?!間)|(?:先月|今月|来月|翌月|同月|前月|先々月|再来月)の? ?{NUMERAL} ?日(?!間)"
    rf"|(?<=[月日])(?:\([月火水木金土日]\))?(?:、|・|と|から|～|~)({NUMERAL} ?日)(?!間|後|前|目|ほど|以|分|くらい|ぐらい|連続)"
)
# 9月の12日, 11月3、4日, 5月5生まれ, 8.12に訪問, 12ガツ9カ, 大晦日の夜
LOOSE_DAY = re.compile(
    rf"(?<!\d){NUMERAL} ?月の ?{NUMERAL} ?日?(?=に|の|、|。|と|は|から|まで|日)(?!間)|(?<!\d)(?:1[0-2]|0?[1-9]) ?月 ?(?:3[01]|[12]\d|0?[1-9])(?=に(?!ん|か)|、\d|[~〜・\-]\d|生まれ|から|付|\()|[〜~、・\-]((?:3[01]|[12]\d|[1-9])日)(?=と続|に|の|は|、)"
    r"|(?<![\d.A-Za-z])(?:1[0-2]|[1-9])\.(?:3[01]|[12]\d|[1-9])(?=に(?:訪|来|電|面|退|入|転|受|会)|\([月火水木金土日]\)|(?: |:)?(?:訪問|来所|受診|面談|電話|退院|入院|来談))"
    r"|\d{1,2} ?(?:ガツ|がつ) ?\d{1,2} ?(?:ニチ|カ|にち|か)|\d{1,2}がつ ?(?:ついたち|ふつか|みっか|よっか|いつか|むいか|なのか|ようか|ここのか|とおか|はつか)|(?:大晦日|大みそか|元日|元旦|クリスマスイブ)(?=の(?:夜|朝|晩|昼|未明)|に(?:来|倒|電話|亡|家|帰))"
    rf"|(?:今月|先月|来月|翌月|同月)(?:の)? ?(?:3[01]|[12]\d|[1-9])(?=に|、|。)"
)
# 24.11.3, '24/11/3, 40.6.7生, じゅういちがつみっか, 3月末日
SHORT_YEAR = re.compile(
    r"(?<![A-Za-z])[MTSHR]\.?\d{1,2}[・.](?:1[0-2]|0?[1-9])[・.](?:3[01]|[12]\d|0?[1-9])(?!\d)|"
    r"(?<![\d./A-Za-z\-])'?\d{2}([./])(?:1[0-2]|0?[1-9])\1(?:3[01]|[12]\d|0?[1-9])(?![\d./])|(?<!\d)\d{1,2}月末日"
    r"|(?:いち|に|さん|し|ご|ろく|しち|はち|く|じゅう|じゅういち|じゅうに|\d{1,2}) ?がつ ?(?:ついたち|ふつか|みっか|よっか|いつか|むいか|なのか|ようか|ここのか|とおか|はつか|(?:にじゅう|さんじゅう|じゅう)[ぁ-ん]{1,4}にち)"
)
IN_SERIES = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}((?:[,、・]\d{1,2}){1,5})(?=来|に|と|の|訪|面|欠|は)")
SLASH_DATE = re.compile(r"(?<![\d/.\-])(?:1[0-2]|0?[1-9]) ?/ ?(?:3[01]|[12]\d|0?[1-9])(?![\d/%])")
FRACTION = re.compile(r"(?:の|約|およそ|ほぼ)$")
PART_OF = re.compile(r"\s?(?:程度|以上|以下|補助|ページ|枚|回|くらい|ほど|に減|に増)")
ENGLISH_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
ENGLISH_DATE = re.compile(
    rf"(?<![A-Za-z\d])(?:{ENGLISH_MONTH}\.? (?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?|(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?: of)? {ENGLISH_MONTH})"
    r"(?:,? (?:19|20)\d{2})?(?![A-Za-z\d])"
)
# Laws, deadlines of everybody, public events: no day of a person.
RULE_DATE = re.compile(
    r"\s?(?:\([^)\n]{1,3}\))?\s?(?:から)?(?:施行|公布|付け?の?(?:通知|通達|告示)|付け?[一-龠]{2,8}第|告示|制定|改正|改訂|策定|現在|開催|公開|発行|更新|締切|締め切り|〆切|必着|消印|まで(?:に)?[^。\n]{0,16}(?:提出|応募|申し込|申込|お申し))"
)
RULE_BEFORE = re.compile(
    r"(?:締切|締め切り|〆切|施行日?|開催日|公開日|発行日?|更新日|基準日|申込期間|募集期間|申請期間)(?:は|:|日は)?\s?$"
)
BORN_AFTER = re.compile(r"\s?(?:\([^)\n]{0,8}\))?\s?(?:生(?!活|協|徒|後|命)|うまれ|誕生|born)")
BORN_BEFORE = re.compile(
    r"(?:生年月日|誕生日|たんじょう[びひ]|生まれた日|生まれ|出生|DOB|[Bb]orn|[Bb]irth|\n生|^生|[ 、,]生)[^。\n]{0,10}$"
)
# 昭和三十年生まれ: a year of birth says the age.
BIRTH_YEAR = re.compile(
    rf"(?:{ERA} ?(?:元|\d{{1,2}}|[{KANJI}十]{{1,3}}) ?年?|(?<!\d)(?:19|20)\d{{2}} ?年)(?= ?(?:生まれ|うまれ|生れ))"
)


def is_rule_date(flat: Flat, start: int, end: int) -> bool:
    """The words around say that the day is that of a law, a deadline, a public event."""
    if RULE_DATE.match(flat.text, end):
        return True
    told = RULE_BEFORE.search(flat.text[max(0, start - 12) : start]) is not None
    return told and not OF_SOMEBODY.search(_line(flat, start, end))


LINE_AT_MOST = 300


def _line(flat: Flat, start: int, end: int) -> str:
    # A text without any mark is looked at near by only: every day of it would read the whole.
    text, low, high = flat.text, max(0, start - LINE_AT_MOST), end + LINE_AT_MOST
    first = max(text.rfind("\n", low, start) + 1, text.rfind("。", low, start) + 1, low)
    last = min((p for p in (text.find("\n", end, high), text.find("。", end, high)) if p != -1), default=high)
    return text[first:last]


# 4月20日（土）説明会　会場…: a sentence or line of a programme, in which nobody does or suffers anything.
PROGRAMME = re.compile(
    r"開催|会場|定員|参加費|申込|申し込み|お申込|募集|締切|〆切|講座|イベント|日程|行事|まつり|祭|フェスタ|フェア|講演|説明会|相談会|研修|勉強会|交流会|大会|訓練|休館|休業|休診|お休み|営業|発売|公開|更新|リリース|バージョン|施行|改正|改訂|第\d+版|配布|(?<!再)発行"
    r"|年末年始|総会|告示|展示|演奏|上映|教室|開館|開講|開始予定|受付開始|受付期間|配信|収集|選挙|投票"
)
OF_SOMEBODY = re.compile(
    r"さん|様|氏|本人|母|父|祖|兄|姉|弟|妹|夫|妻|息子|娘|長男|長女|次男|次女|訪問|来所|来談|入院|退院|面談|面接|受診|通院|転院|転倒|倒れ|亡くな|死|逮捕|生まれ|診断|電話|欠席|保護|入所|退所|通報|発見|搬送|離婚|退職|入社|ケース|[A-ZＡ-Ｚ](?:さん|くん|氏)|くん|ちゃん|先生|彼|わたし|私|僕|俺|届|済み|任意継続|申込書|申請書|担当[:者]|記録者|対象[:者]"
)


HEADS_PROGRAMME = re.compile(r"[ 　■●○◆・【]*(?:日時|日程|開催日時?|期日|とき|日にち|期間)】?[ :]")


def _of_a_programme(flat: Flat, start: int, end: int) -> bool:
    """The line says when something takes place that is open to many."""
    line = _line(flat, start, end)
    if OF_SOMEBODY.search(line):
        return False
    return bool(PROGRAMME.search(line)) or (HEADS_PROGRAMME.match(line) is not None and flat.is_invitation)


def _is_fraction(flat: Flat, match: re.Match[str]) -> bool:
    before = flat.text[max(0, match.start() - 3) : match.start()]
    return bool(FRACTION.search(before) or PART_OF.match(flat.text, match.end()))


def _of_birth(flat: Flat, start: int, end: int) -> bool:
    before = flat.text[max(0, start - 18) : start]
    return bool(BORN_AFTER.match(flat.text, end) or BORN_BEFORE.search(before))


def of_persons(flat: Flat, found: Iterable[Finding]) -> Iterator[Finding]:
    """Where several traces of persons stand, a day beside 申込 or 相談会 is mostly theirs too."""
    traces = [f for f in found if f.type in {Kind.PERSON, Kind.AGE, Kind.PHONE, Kind.ADDRESS, Kind.BIRTHDATE, Kind.ID}]
    if len(traces) < 3 or flat.is_invitation:
        return
    for pattern in (FULL_DATE, MONTH_DAY):
        for match in pattern.finditer(flat.text):
            start, end = match.span(1) if match.lastindex else match.span()
            if LAW.match(flat.text, end) or LAW_LINE.search(_line(flat, start, end)):
                continue
            if len(set(PROGRAMME.findall(_line(flat, start, end)))) < 2:
                yield Finding(start, end, Kind.DATE, PERHAPS, "day")


LAW = re.compile(r"\s?(?:から)?(?:施行|公布|告示|制定|改正|改訂|開催|発売|公開)")
LAW_LINE = re.compile(r"施行|公布|告示|条例|改正|法律|要綱|規則|選挙|まつり|祭|フェスタ|講演会|展示")


def find(flat: Flat) -> Iterator[Finding]:
    """Days."""
    patterns = (
        (FULL_DATE, SURE),
        (COMPACT_DATE, PERHAPS),
        (MONTH_DAY, SURE),
        (LOOSE_DAY, PERHAPS),
        (SHORT_YEAR, PERHAPS),
        (IN_SERIES, PERHAPS),
        (SLASH_DATE, PERHAPS),
        (ENGLISH_DATE, SURE),
    )
    for pattern, certainty in patterns:
        for match in pattern.finditer(flat.text):
            start, end = match.span(1) if match.lastindex and pattern is not SHORT_YEAR else match.span()
            if is_rule_date(flat, start, end) or (pattern is SLASH_DATE and _is_fraction(flat, match)):
                continue
            born = pattern is not SLASH_DATE and _of_birth(flat, start, end)
            if not born and _of_a_programme(flat, start, end):
                continue
            yield Finding(start, end, Kind.BIRTHDATE if born else Kind.DATE, SURE if born else certainty, "day")
    for match in BIRTH_YEAR.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.BIRTHDATE, PERHAPS, "year-of-birth")

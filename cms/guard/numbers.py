"""Rules over figures and Latin letters: phones, mail, postcodes, dates, ages, identity numbers, handles."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat

SURE, PERHAPS = Certainty.SURE, Certainty.PERHAPS

EMAIL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+\-]*\s?(?:@|\(at\)|\[at\]|☆|アットマーク|アット)\s?[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}"
)
URL = re.compile(r"https?://[!-~]+|www\.[!-~]+")
OFFICIAL = re.compile(r"\.(?:go|lg)\.jp(?:/|$)")
AT_HANDLE = re.compile(r"(?<![A-Za-z0-9._%+\-])@[A-Za-z0-9_.]{3,30}")
SERVICE = (
    r"(?:LINE|ライン|X|Twitter|ツイッター|Instagram|インスタ(?:グラム)?|TikTok|WeChat|微信|Discord|Facebook"
    r"|Skype|KakaoTalk|カカオ|Zoom|mixi|Threads|YouTube)"
)
SERVICE_HANDLE = re.compile(
    rf"(?:{SERVICE}の?\s?(?:ID|アカウント名?|ユーザー名|表示名|名)?|アカウント名?|ユーザー名|ハンドル名?|(?<![A-Za-z])ID)"
    r"\s?(?:は|が|:|=)?\s?[「『(]?([A-Za-z][A-Za-z0-9_.\-]{3,29})(?![A-Za-z0-9_@])"
)

PHONE = re.compile(r"(?<![\d\-])(?:\+81[\s\-.(]{0,2}(?:\(?0\)?)?|\(?0)\d(?:[\s\-.()・]{0,2}\d){7,9}(?![\d])")
TOLL_FREE = re.compile(r"0120|0570|0800|0077|0088")  # a window's number, never a person's
LOCAL_PHONE = re.compile(r"(?<![\d\-])\d{2}-\d{4}(?![\d\-])")
LABELLED_PHONE = re.compile(
    r"(?:電話|TEL|Tel|tel|☎|携帯|ケータイ|FAX|内線)(?:番号)?\s?(?:は|:|\.)?\s?(\d{2,4}[-()]\d{3,4}(?:-\d{4})?|\d{6,11})"
)

POSTCODE = re.compile(r"〒\s?\d{3}-?\d{4}(?!\d)|(?<![\d\-])\d{3}-\d{4}(?![\d\-])|(?<=郵便番号)[は: ]{0,2}\d{7}(?!\d)")
POSTCODE_SEVEN = re.compile(r"(?:住所欄?|〒|郵便番号)[は: ]{0,2}(\d{7})(?!\d)")

NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
YEAR = (
    r"(?:(?:明治|大正|昭和|平成|令和)\s?(?:元|\d{1,2}|[一二三四五六七八九十]{1,3})\s?年?"
    r"|(?<![A-Za-z])[MTSHR]\.?\s?(?:元|\d{1,2})\s?年?|(?:19|20)\d{2}\s?年?|[一二][〇零一二三四五六七八九]{3}年|同年|翌年|昨年|去年|今年)"
)
FULL_DATE = re.compile(
    rf"{YEAR}\s?[./\-]?\s?(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?[月./\-]\s?(?:3[01]|[12]\d|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:\s?日)?(?![\d])"
)
COMPACT_DATE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")
MONTH_DAY = re.compile(
    rf"(?<!\d){NUMERAL}\s?月\s?{NUMERAL}\s?日(?!間)|(?:先月|今月|来月|翌月|同月)の?\s?{NUMERAL}\s?日(?!間)"
)
SLASH_DATE = re.compile(r"(?<![\d/.\-])(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?![\d/%])")
RULE_DATE = re.compile(
    r"\s?(?:\([月火水木金土日]\))?\s?(?:から)?(?:施行|公布|付け?の?(?:通知|通達|告示)|付け?[一-龠]{2,8}第|告示|制定|改正|現在)"
)
BORN_AFTER = re.compile(r"\s?(?:\([^)\n]{0,8}\))?\s?(?:生(?!活|協|徒|後)|うまれ|誕生)")
BORN_BEFORE = re.compile(r"(?:生年月日|誕生日|生まれ|DOB)[^。\n]{0,6}$")

AGE = re.compile(
    r"(?<![\d.])\d{1,3}\s?(?:歳|才)(?!以上|以下|未満|以降|まで|から|代|台|児|頃まで|前後|程度)"
    r"|[一二三四五六七八九十百]{1,5}歳(?!以上|以下|未満|以降|まで|から|代)|\d{1,2}\s?(?:years?\s?old)"
    r"|生後\s?\d{1,3}\s?(?:か月|ヶ月|ヵ月|カ月|ケ月|日|週)"
)
GRADE = re.compile(
    r"(?:(?<![大縮最])小(?:学校?)?|(?<![〜~の])中(?:学校?)?|(?<![最])高(?:校)?|大学院?|短大|専門学校)の?\s?[1-6一二三四五六](?:年生?|回生)"
    r"|(?<![一-龠])[小中高][1-6](?!日|時|週|か|ヶ|カ|人|名|回|件|分|つ|%|割|校|月)|(?<![\d一-龠第])[1-6]年生"
    r"|(?<![一-龠])年[長中少](?:児|組|さん)?(?=[のはがを、。)さ])"
)
# A profile in one line: 市原/17/通信.
PROFILE_AGE = re.compile(r"(?<=[一-龠ぁ-んァ-ヴーA-Za-z]/)(\d{1,2})(?=/[一-龠ぁ-んァ-ヴーA-Za-z])")
BRACKET_AGE = re.compile(r"(?<=[一-龠ぁ-んァ-ヴーa-z])\((\d{1,2})\)(?!\d)")

ID_LABELLED = re.compile(
    r"(?:被保険者|保険証|会員証|社員証|学生証|職員証|登録証|ざいりゅうカード|うけつけばんごう|受給者証?|受給|免許証?|診察券|患者|会員|社員|職員|学籍|口座|基礎年金|年金|手帳|旅券|在留カード|パスポート"
    r"|マイナンバー|個人番号|介護保険|国保|社保|住民票コード|ケース|利用者|顧客|カード|記号|(?<![一-龠付])番号)"
    r"\s?(?:の?\s?(?:番号|ばんごう|No\.?|ナンバー|記号))?\s?(?:は|が|:|=|・|、|\()?\s?(?:第|No\.?|普通|当座)?\s?"
    r"([A-Za-z]{0,3}-?\d[\d\- ]{2,}\d[A-Za-z]?|[A-Z]{2}\d{6,}[A-Z]{0,2})"
)
# 記号21010203 番号45: the number of an insurance card may be short.
CARD_NUMBER = re.compile(r"記号\s?[:は]?\s?[\d\-]{2,10}\s?[、,・]?\s?番号\s?[:は]?\s?(\d{1,8})(?!\d)")
# S-10577, CD98765432EF: letters and figures as on cards; not R8-09-1, A4, 様式の号.
CARD_CODE = re.compile(
    r"(?<![A-Za-z\d\-@_./])(?!(?:COVID|ICD|ISO|JIS|RFC|UTF|CC|SDG)[-\d])(?:[A-Z]{1,3}-\d{4,9}|[A-Z]{2}\d{6,10}[A-Z]{0,2})(?![A-Za-z\d\-@_./])"
)
MY_NUMBER = re.compile(r"(?<![\d\-])\d{4}[ \-]?\d{4}[ \-]?\d{4}(?![\d\-])")
PLATE = re.compile(r"[一-龠]{1,4}\s?\d{2,3}\s?[ぁ-ん]\s?(?:\d{2}-\d{2}|・{0,3}\s?\d{1,4})(?!\d)")
LONG_NUMBER = re.compile(r"(?<![\d.,/\-#A-Za-z])\d[\d\-]{5,}\d(?![\d.,/]|円|人|件|回|年|名|個|点|部)")
# A number of paper, not of a person: 受付番号 0436-12-3, 様式第4-36号, 市福第436-12号.
OF_PAPER = re.compile(
    r"(?:受付番?号?票?|文書番?号?|棚番?号?|様式|整理番?号?|予算|[一-龠]第|伝票番?号?|図面|型番)\s?(?:第|番号|No\.?)?\s?$"
)
PAPER_AFTER = re.compile(r"\s?という(?:受付|文書|棚|整理)")
YEARS = re.compile(r"(?:19|20)\d{2}-(?:19|20)\d{2}")


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdecimal())


def has_right_check_digit(number: str) -> bool:
    """Whether 12 figures are a possible My Number (番号利用法施行令: 11 − Σ P·Q mod 11)."""
    figures = [int(c) for c in _digits(number)]
    weights = [n + 1 if n <= 6 else n - 5 for n in range(1, 12)]
    rest = sum(p * q for p, q in zip(reversed(figures[:11]), weights, strict=True)) % 11
    return figures[11] == (0 if rest <= 1 else 11 - rest)


def _mail_and_handles(flat: Flat) -> Iterator[Finding]:
    for match in EMAIL.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.EMAIL, SURE, "mail")
    for match in URL.finditer(flat.text):
        if not OFFICIAL.search(match.group()):
            yield Finding(match.start(), match.end(), Kind.HANDLE, PERHAPS, "address-of-a-page")
    for match in AT_HANDLE.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.HANDLE, SURE, "at-handle")
    for match in SERVICE_HANDLE.finditer(flat.text):
        yield Finding(match.start(1), match.end(1), Kind.HANDLE, SURE, "account-name")


def _is_of_paper(flat: Flat, match: re.Match[str]) -> bool:
    """The words around say that the number is that of a document or a shelf."""
    before = flat.text[max(0, match.start() - 12) : match.start()]
    return bool(OF_PAPER.search(before) or PAPER_AFTER.match(flat.text, match.end()))


def _phones_and_postcodes(flat: Flat) -> Iterator[Finding]:
    for match in PHONE.finditer(flat.numbers):
        figures = _digits(match.group())
        domestic = figures[0] == "0"
        if TOLL_FREE.match(figures):
            continue
        if (domestic and len(figures) in {10, 11}) or (not domestic and 11 <= len(figures) <= 13):
            yield Finding(match.start(), match.end(), Kind.PHONE, SURE, "phone")
    for match in LOCAL_PHONE.finditer(flat.numbers):
        if _is_of_paper(flat, match):
            continue
        yield Finding(match.start(), match.end(), Kind.PHONE, PERHAPS, "local-phone")
    for match in LABELLED_PHONE.finditer(flat.numbers):
        if not TOLL_FREE.match(match.group(1)):
            yield Finding(match.start(1), match.end(1), Kind.PHONE, SURE, "labelled-phone")
    for match in POSTCODE.finditer(flat.numbers):
        yield Finding(match.start(), match.end(), Kind.POSTCODE, SURE, "postcode")
    for match in POSTCODE_SEVEN.finditer(flat.numbers):
        yield Finding(match.start(1), match.end(1), Kind.POSTCODE, SURE, "postcode")


def _dates(flat: Flat) -> Iterator[Finding]:
    for pattern, certainty in ((FULL_DATE, SURE), (COMPACT_DATE, PERHAPS), (MONTH_DAY, SURE), (SLASH_DATE, PERHAPS)):
        for match in pattern.finditer(flat.text):
            if RULE_DATE.match(flat.text, match.end()):
                continue
            before = flat.text[max(0, match.start() - 14) : match.start()]
            born = BORN_AFTER.match(flat.text, match.end()) or BORN_BEFORE.search(before)
            kind = Kind.BIRTHDATE if born and pattern is not SLASH_DATE else Kind.DATE
            yield Finding(match.start(), match.end(), kind, SURE if born else certainty, "day")


def _ages(flat: Flat) -> Iterator[Finding]:
    for match in AGE.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.AGE, SURE, "age")
    for match in GRADE.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.AGE, PERHAPS, "school-year")
    for match in BRACKET_AGE.finditer(flat.text):
        yield Finding(match.start(1), match.end(1), Kind.AGE, PERHAPS, "age-in-brackets")
    for match in PROFILE_AGE.finditer(flat.text):
        yield Finding(match.start(1), match.end(1), Kind.AGE, PERHAPS, "age-in-a-profile")


def _identity_numbers(flat: Flat) -> Iterator[Finding]:
    for match in ID_LABELLED.finditer(flat.numbers):
        yield Finding(match.start(1), match.end(1), Kind.ID, SURE, "labelled-number")
    for match in CARD_NUMBER.finditer(flat.numbers):
        yield Finding(match.start(1), match.end(1), Kind.ID, SURE, "card-number")
    for match in CARD_CODE.finditer(flat.numbers):
        yield Finding(match.start(), match.end(), Kind.ID, PERHAPS, "card-code")
    for match in MY_NUMBER.finditer(flat.numbers):
        certainty = SURE if has_right_check_digit(match.group()) else PERHAPS
        yield Finding(match.start(), match.end(), Kind.ID, certainty, "my-number")
    for match in PLATE.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.ID, SURE, "plate")
    for match in LONG_NUMBER.finditer(flat.numbers):
        free = YEARS.fullmatch(match.group()) or TOLL_FREE.match(_digits(match.group()))
        if not free and not _is_of_paper(flat, match):
            yield Finding(match.start(), match.end(), Kind.ID, PERHAPS, "long-number")


def find(flat: Flat) -> Iterator[Finding]:
    """Everything written in figures or Latin letters."""
    yield from _mail_and_handles(flat)
    yield from _phones_and_postcodes(flat)
    yield from _dates(flat)
    yield from _ages(flat)
    yield from _identity_numbers(flat)

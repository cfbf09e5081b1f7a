"""Numbers with what they count: 1人 ひとり, 3分 さんぷん, 20日 はつか, 十回 じゅっかい.

Sources of the sound changes: the NHK accent dictionary's table of counters, as ordinary grammars print it.
"""

import re
from dataclasses import dataclass
from functools import cache

from cms.text.furigana.numerals import read_number, value_of

SHORTEN = {
    "いち": "いっ",
    "ろく": "ろっ",
    "はち": "はっ",
    "じゅう": "じゅっ",
    "ひゃく": "ひゃっ",
    "びゃく": "びゃっ",
    "ぴゃく": "ぴゃっ",
}
H_TO_P = str.maketrans("はひふへほ", "ぱぴぷぺぽ")
TO_VOICED = str.maketrans("かきくけこさしすせそたちつてとはひふへほわ", "がぎぐげござじずぜぞだぢづでどばびぶべぼば")

# --- how the end of the number and the head of the counter change ----------------------------------
K_ROW = {  # 1 6 8 10 100 are cut short
    "回": "かい", "回目": "かいめ", "回分": "かいぶん", "回生": "かいせい", "件": "けん", "件目": "けんめ", "個": "こ", "個所": "かしょ",
    "箇所": "かしょ", "か所": "かしょ", "ヶ所": "かしょ", "ヵ所": "かしょ", "カ所": "かしょ", "ケ所": "かしょ", "か月": "かげつ",
    "ヶ月": "かげつ", "ヵ月": "かげつ", "カ月": "かげつ", "ケ月": "かげつ", "箇月": "かげつ", "か国": "かこく", "ヶ国": "かこく",
    "カ国": "かこく", "か年": "かねん", "ヶ年": "かねん", "巻": "かん", "期": "き", "期目": "きめ", "級": "きゅう", "曲": "きょく",
    "局": "きょく", "機": "き", "基": "き", "区": "く", "区画": "くかく", "戸": "こ", "校": "こう", "科目": "かもく", "句": "く",
    "脚": "きゃく", "客": "きゃく", "港": "こう", "缶": "かん",
}  # fmt: skip
K_VOICED = {
    "階": "かい",
    "階建て": "かいだて",
    "階建": "かいだて",
    "軒": "けん",
    "軒目": "けんめ",
}  # and 3 is voiced: さんがい
S_ROW = {  # 1 8 10 are cut short
    "歳": "さい", "歳児": "さいじ", "才": "さい", "冊": "さつ", "冊目": "さつめ", "週": "しゅう", "週間": "しゅうかん", "週目": "しゅうめ",
    "世帯": "せたい", "世代": "せだい", "世紀": "せいき", "席": "せき", "節": "せつ", "社": "しゃ", "食": "しょく", "食分": "しょくぶん",
    "種類": "しゅるい", "周": "しゅう", "周年": "しゅうねん", "章": "しょう", "色": "しょく", "隻": "せき", "首": "しゅ", "頭": "とう",
    "等": "とう", "等賞": "とうしょう", "通": "つう", "着": "ちゃく", "丁": "ちょう", "丁目": "ちょうめ", "点": "てん", "体": "たい",
    "店": "てん", "店舗": "てんぽ", "棟": "とう", "団体": "だんたい", "親等": "しんとう", "滴": "てき", "トン": "とん",
    "周目": "しゅうめ", "項": "こう", "試合": "しあい", "施設": "しせつ", "集落": "しゅうらく", "市": "し",
}  # fmt: skip
S_VOICED = {"足": "そく"}  # and 3 is voiced: さんぞく
H_B_P = {
    "本": "ほん",
    "本目": "ほんめ",
    "匹": "ひき",
    "匹目": "ひきめ",
    "杯": "はい",
    "杯目": "はいめ",
    "票": "ひょう",
    "百": "ひゃく",
}
H_P = {
    "分": "ふん",
    "分間": "ふんかん",
    "分後": "ふんご",
    "分前": "ふんまえ",
    "泊": "はく",
    "発": "はつ",
    "拍": "はく",
    "版": "はん",
    "歩": "ほ",
    "歩目": "ほめ",
}
SOFT_FOURTH = frozenset("泊")  # よんはく: 4 leaves it alone
NATIVE = {  # 1 ひと, 2 ふた
    "組": "くみ", "部屋": "へや", "晩": "ばん", "皿": "さら", "箱": "はこ", "袋": "ふくろ", "口": "くち", "言": "こと", "株": "かぶ",
    "束": "たば", "桁": "けた", "品": "しな", "切れ": "きれ", "粒": "つぶ", "玉": "たま", "握り": "にぎり", "家族": "かぞく",
    "揃い": "そろい", "通り": "とおり", "回り": "まわり", "役": "やく", "筋": "すじ", "場所": "ばしょ", "坪": "つぼ",
}  # fmt: skip
YON_TO_YO = {  # 4 is よ
    "年": "ねん", "年間": "ねんかん", "年度": "ねんど", "年生": "ねんせい", "年目": "ねんめ", "年前": "ねんまえ", "年後": "ねんご",
    "年分": "ねんぶん", "年半": "ねんはん", "年代": "ねんだい", "年制": "ねんせい", "円": "えん", "畳": "じょう", "畳半": "じょうはん",
    "人前": "にんまえ", "人組": "にんぐみ", "人家族": "にんかぞく", "人兄弟": "にんきょうだい", "人暮らし": "にんぐらし", "次": "じ",
    "時間": "じかん", "時間目": "じかんめ", "時間半": "じかんはん", "時限": "じげん", "時限目": "じげんめ", "児": "じ",
}  # fmt: skip
PLAIN = {
    "枚": "まい", "枚目": "まいめ", "台": "だい", "台目": "だいめ", "番": "ばん", "番目": "ばんめ", "番地": "ばんち", "番線": "ばんせん",
    "番街": "ばんがい", "号": "ごう", "号室": "ごうしつ", "号棟": "ごうとう", "号線": "ごうせん", "号車": "ごうしゃ", "名": "めい", "名様": "めいさま",
    "名分": "めいぶん", "度": "ど", "度目": "どめ", "倍": "ばい", "秒": "びょう", "秒間": "びょうかん", "割": "わり", "割引": "わりびき",
    "割増": "わりまし", "部": "ぶ", "面": "めん", "問": "もん", "代": "だい", "代目": "だいめ", "条": "じょう", "例": "れい",
    "列": "れつ", "列目": "れつめ", "段": "だん", "段階": "だんかい", "段目": "だんめ", "行": "ぎょう", "行目": "ぎょうめ", "番組": "ばんぐみ",
    "両": "りょう", "輪": "りん", "類": "るい", "膳": "ぜん", "字": "じ", "文字": "もじ", "万": "まん", "型": "がた", "割合": "わりあい",
    "病院": "びょういん", "大学": "だいがく", "字以内": "じいない", "学年": "がくねん", "学期": "がっき",
    "市町村": "しちょうそん", "市町": "しちょう", "町": "ちょう", "村": "そん", "県": "けん", "国": "こく", "圏域": "けんいき", "地区": "ちく",
    "地域": "ちいき", "分野": "ぶんや", "議案": "ぎあん", "自治会": "じちかい", "議題": "ぎだい", "日間": "にちかん", "年": "ねん",
    "番通報": "ばんつうほう", "円玉": "えんだま", "円札": "えんさつ", "字程度": "じていど", "語": "ご", "大": "だい", "桁": "けた",
}  # fmt: skip
PEOPLE = {
    "人": "",
    "人目": "め",
    "人分": "ぶん",
    "人用": "よう",
    "人組": "ぐみ",
    "人連れ": "づれ",
    "人部屋": "べや",
    "人乗り": "のり",
}
MONTHS = {4: "し", 7: "しち", 9: "く"}
HOURS = {0: "れい", 4: "よ", 7: "しち", 9: "く"}
DAYS = {
    2: "ふつか", 3: "みっか", 4: "よっか", 5: "いつか", 6: "むいか", 7: "なのか", 8: "ようか", 9: "ここのか", 10: "とおか",
    14: "じゅうよっか", 17: "じゅうしちにち", 19: "じゅうくにち", 20: "はつか", 24: "にじゅうよっか", 27: "にじゅうしちにち",
    29: "にじゅうくにち",
}  # fmt: skip
DAY_TAILS = {
    "日": "",
    "日間": "かん",
    "日目": "め",
    "日分": "ぶん",
    "日後": "ご",
    "日前": "まえ",
    "日付": "づけ",
    "日付け": "づけ",
}
HOUR_TAILS = {
    "時": "",
    "時半": "はん",
    "時台": "だい",
    "時頃": "ごろ",
    "時ごろ": "ごろ",
    "時過ぎ": "すぎ",
    "時前": "まえ",
    "時以降": "いこう",
}
THINGS = ("", "ひと", "ふた", "みっ", "よっ", "いつ", "むっ", "なな", "やっ", "ここの")
SOME = {
    "数": "すう",
    "何": "なん",
    "十数": "じゅうすう",
    "何十": "なんじゅう",
    "数十": "すうじゅう",
    "数百": "すうひゃく",
    "数千": "すうせん",
    "何百": "なんびゃく",
}
NAN_IS_NANI = frozenset({"色", "語", "県", "市", "国", "人組", "大学", "部", "型", "病院", "町", "地区", "分野", "口", "区", "番組", "機"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """A number and its counter as one reading; `regular`: the digits may stay as they are, only `tail` needs kana."""

    number: str
    tail: str
    regular: bool

    @property
    def reading(self) -> str:
        """All of it in hiragana."""
        return self.number + self.tail


@cache
def counters() -> tuple[str, ...]:
    """Every counter known, the longest first."""
    tables = (
        K_ROW, K_VOICED, S_ROW, S_VOICED, H_B_P, H_P, NATIVE, YON_TO_YO, PLAIN, PEOPLE, DAY_TAILS, HOUR_TAILS, {"月": "", "つ": ""},
    )  # fmt: skip
    return tuple(sorted({name for table in tables for name in table} - {"百"}, key=len, reverse=True))


@cache
def pattern() -> re.Pattern[str]:
    """A number, its large units, and a counter."""
    names = "|".join(map(re.escape, counters()))
    return re.compile(
        r"(?P<number>(?<![\d.,\uff10-\uff19])(?:[0-9\uff10-\uff19]{1,3}(?:[,\uff0c][0-9\uff10-\uff19]{3})+|[0-9\uff10-\uff19]+)"
        r"(?:[.\uff0e][0-9\uff10-\uff19]+)?(?P<large>[\u767e\u5343]?[\u4e07\u5104]|[\u767e\u5343])?"
        r"|[\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e\u5343\u4e07\u5104]+"
        rf"|\u5341\u6570|\u6570[\u5341\u767e\u5343]?|\u4f55[\u5341\u767e]?)(?P<counter>{names})(?!\u66dc)"
    )


def read_counted(written: str, counter: str) -> Counted | None:
    """How a number with a counter is read; None when this is no counting that can be read with certainty."""
    if written in SOME:
        return _some(written, counter)
    value = value_of(written)
    if value is None:
        return None
    if counter in DAY_TAILS:
        return _days(value, counter)
    if counter in PEOPLE:
        return _people(value, counter)
    if counter in HOUR_TAILS:
        number = _last_replaced(value, HOURS) if value != 10 else "じゅう"
        return Counted(number, "じ" + HOUR_TAILS[counter], number == read_number(value))
    if counter == "月":
        number = _last_replaced(value, MONTHS)
        return Counted(number, "がつ", number == read_number(value)) if value <= 12 else None
    if counter == "つ":
        return Counted(THINGS[value], "つ", False) if 0 < value < 10 else None
    return _ordinary(value, counter)


def usual(counter: str) -> str:
    """The counter as it is read where its number is no whole number (1.5時間) or too large."""
    if counter in DAY_TAILS:
        return "にち" + DAY_TAILS[counter]
    if counter in PEOPLE:
        return "にん" + PEOPLE[counter]
    if counter in HOUR_TAILS:
        return "じ" + HOUR_TAILS[counter]
    return {"月": "がつ", "つ": "つ"}.get(counter) or YON_TO_YO.get(counter) or _tail_of(counter)


def _days(value: int, counter: str) -> Counted:
    tail = DAY_TAILS[counter]
    if value in DAYS:
        return Counted(DAYS[value], tail, False)
    return Counted(read_number(value), "にち" + tail, value != 1)


def _people(value: int, counter: str) -> Counted:
    tail = PEOPLE[counter]
    if value in (1, 2):
        return Counted(("ひとり", "ふたり")[value - 1], tail, False)
    number = _last_replaced(value, {4: "よ"})
    return Counted(number, "にん" + tail, number == read_number(value))


def _last_replaced(value: int, table: dict[int, str]) -> str:
    """The number with its last digit read as the counter wants it (14 じゅうよ, 0 れい)."""
    last = value % 10
    if value == 0:
        return table.get(0, "ぜろ")
    whole = read_number(value)
    if last == 0 or last not in table:
        return whole
    usual = read_number(last)
    return whole.removesuffix(usual) + table[last]


def _ordinary(value: int, counter: str) -> Counted:
    number = read_number(value)
    if counter in NATIVE and value in (1, 2):
        return Counted(("ひと", "ふた")[value - 1], NATIVE[counter], False)
    if counter in YON_TO_YO:
        short = _last_replaced(value, {4: "よ"} | ({9: "く", 7: "しち"} if counter == "時限" else {}))
        if counter.startswith("時間") and value % 10 == 9:
            short = _last_replaced(value, {9: "く"})
        return Counted(short, YON_TO_YO[counter], short == number)
    tail = _tail_of(counter)
    changed, head = _sound(number, counter, tail)
    return Counted(changed, head, changed == number and head == tail)


def _tail_of(counter: str) -> str:
    for table in (K_ROW, K_VOICED, S_ROW, S_VOICED, H_B_P, H_P, NATIVE, PLAIN):
        if counter in table:
            return table[counter]
    raise KeyError(counter)


def _sound(number: str, counter: str, tail: str) -> tuple[str, str]:
    """The number's end and the counter's head after they have met."""
    if counter in K_ROW or counter in K_VOICED:
        voiced = counter in K_VOICED and number.endswith("さん")
        return _cut_short(number, ("いち", "ろく", "はち", "じゅう", "ひゃく", "びゃく", "ぴゃく")), _voiced(
            tail
        ) if voiced else tail
    if (counter in S_ROW or counter in S_VOICED) and tail[0] not in "だど":
        voiced = counter in S_VOICED and number.endswith("さん")
        return _cut_short(number, ("いち", "はち", "じゅう")), _voiced(tail) if voiced else tail
    if counter in H_B_P or counter in H_P:
        short = _cut_short(number, ("いち", "ろく", "はち", "じゅう", "ひゃく", "びゃく", "ぴゃく"))
        if short != number:
            return short, tail[0].translate(H_TO_P) + tail[1:]
        if number.endswith(("さん", "せん", "まん")) and counter in H_B_P:
            return number, _voiced(tail)
        if (
            number.endswith(("さん", "よん"))
            and counter in H_P
            and not (counter[0] in SOFT_FOURTH and number.endswith("よん"))
        ):
            return number, tail[0].translate(H_TO_P) + tail[1:]
    return number, tail


def _cut_short(number: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if number.endswith(ending):
            return number.removesuffix(ending) + SHORTEN[ending]
    return number


def _voiced(tail: str) -> str:
    return tail[0].translate(TO_VOICED) + tail[1:]


def _some(written: str, counter: str) -> Counted | None:
    """数人, 何本, 十数名: how many is left open."""
    number = SOME[written]
    if counter == "つ" or (counter == "月" and written != "何") or (written == "何" and counter in NAN_IS_NANI):
        return None
    if counter in DAY_TAILS:
        return Counted(number, ("じつ" if written == "数" else "にち") + DAY_TAILS[counter], False)
    tail = usual(counter)
    if written == "何":
        return Counted(number, _after_nan(counter, tail), False)
    if (
        written.endswith(("十", "百"))
        and counter not in PEOPLE
        and counter not in HOUR_TAILS
        and counter not in YON_TO_YO
    ):
        number, tail = _sound(number, counter, tail)
    return Counted(number, tail, False)


def _after_nan(counter: str, tail: str) -> str:
    """何本 なんぼん, 何分 なんぷん, 何階 なんがい."""
    if counter in H_B_P or counter in K_VOICED or counter in S_VOICED:
        return _voiced(tail)
    return tail[0].translate(H_TO_P) + tail[1:] if counter in H_P else tail

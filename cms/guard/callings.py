"""Given names that stand alone, and names that a story tells by the way: 蓮と湊を連れて, 甥が一人いて健一という, 荒木いわく, （野口記）."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat
from cms.guard.lexicon import (
    could_be_given_name,
    could_be_name,
    could_be_surname,
    is_common_noun,
    is_municipality,
    is_ordinary_noun,
    is_role,
    is_unknown,
    sounds_like_given_name,
    sounds_like_name,
)
from cms.guard.naming import KANJI
from cms.guard.relations import KIN
from cms.guard.wordlists import COMMON_TWO, ENGLISH_WORDS, FUNCTION_WORDS, GENERIC_BODIES, words

PERHAPS = Certainty.PERHAPS

# One sign that is nearly always somebody's given name when it stands alone.
ONE_SIGN_NAMES = frozenset(
    "蓮湊颯凛澪紬栞凪怜玲駿隼稔隆弘聡徹亮諒遼敦篤宏淳晃煌馨諭樹悠律翔葵楓陸匠健豪勲茂誠勝清昇修治守昭聖渚遥瞳操薫忍梓歩司猛毅寛浩洋純順潤豊恵旭櫂昂暁昌巌功甫朋萌結咲杏芹茜翠碧蒼琉瑛瑠璃璃莉朔奏伶丞佑侑俊倫傑凌匡厚卓啓喬哲圭基塁奨学岳嶺巧康廉悟惇慎慧慶憲成拓捷敬斗晋晴智朗朱柊柚栄桂桐梢梨椋楽槙櫻欽正武毬汐泰渉滉漣澄澪燎猪玄珠琢琴瑞瑶皓直真睦矩磨礼祐禎秀穂穣竣章笙紗純紘紡絢綾緋緑織羽翼聖肇芙芽苺苑茅莞菫華萩葉蕗蘭虎衛詩諄謙豪貴貫賢赳迅迪逸進遼郁鈴鉄銀錬鏡鎮陽雅雫零霞靖音響順颯馨駆駿鳴鴻鷹麗麟麦黎"
) - frozenset(
    "学正楽成直真武音響銀鏡礼順羽虎葉華詩翼織緑栄秀章進清成治守豊結純洋貴貫鈴晴成基功悟操瞳忍司歩聖修誠衛逸迅鳴麦鉄順陽梨穂直澄泉勝樹縁織律陸修康匠奏健徹清茂"
)
SOFT_ONE_SIGN = frozenset(
    "陽樹律陸匠奏健徹清茂誠修勝守進豊実光望愛幸心空海翼響学正武司忍聖瞳歩結純順洋晴直功治栄秀康鈴華詩音穂成恵悟操"
)
DOES = r"(?:小さ|生まれ|産|連れ|抱|預|迎え|帰|来|言|話|泣|笑|怒|寝|起き|学校|保育|小学|中学|高校|大学|働|暮|通|休|亡くな|死|病|入院|退院|元気|まだ|もう|今年|\d|一人|ひとり|二人|いな|いた|い(?:る|て)|好き|嫌|欲し|食べ|飲|行|出|待|見|聞|会|家|部屋|ずっと|いつも|また|何|黙|叫|殴|叩|蹴|暴|逃)"
ALONE = re.compile(
    rf"(?:^|(?<=[\n。、「」(・\s]))([{KANJI}])(?=(?:は|が|も|を|に|って|、)|の(?:こと|母|父|部屋|担任|声|誕生|友|妹|弟|姉|兄|祖|主治|件|様子|顔|学校|病))",
    re.M,
)
PAIR = re.compile(
    rf"(?:^|(?<=[\n。、「」(・\sはがをもに]))([{KANJI}]{{1,2}}|[ぁ-ん]{{2,3}})と([{KANJI}]{{1,2}}|[ぁ-ん]{{2,4}}?)(?=を(?:連れ|預|抱|迎え|育|残|産)|の(?:双子|きょうだい|兄弟|姉妹|二人|ふたり|母|父|三人)|は(?:双子|きょうだい|同)|が(?:泣|けんか|生まれ|寝))",
    re.M,
)


def _alone(flat: Flat) -> Iterator[Finding]:
    for match in ALONE.finditer(flat.text):
        sign = match.group(1)
        strict = sign in ONE_SIGN_NAMES
        soft = sign in SOFT_ONE_SIGN and re.match(rf"[はがもを]{DOES}", flat.text[match.end() : match.end() + 8])
        if (strict or soft) and flat.speaks_of_people and match.start(1) in flat.starts_set:
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "bare-name")
    for match in PAIR.finditer(flat.text):
        names = match.groups()
        if all(_given(name) for name in names):
            for group in (1, 2):
                yield Finding(match.start(group), match.end(group), Kind.PERSON, PERHAPS, "bare-name")


def _given(word: str) -> bool:
    return could_be_given_name(word) and not is_role(word) and word not in FUNCTION_WORDS and word not in COMMON_TWO


# 和子は昔の話をよくする: two signs that are a given name and nothing else.
TWO_SIGNS = re.compile(
    rf"(?:^|(?<=[\n。、「」(・\s]))([{KANJI}]{{2,3}})(?=[はがもを]|と(?:は|も|の|会|話|一緒|暮|結婚|離婚|同居)|に(?:は|も|会|聞|言|電話|頼|似)|の(?:こと|母|父|部屋|声|話|様子|夫|妻|家))",
    re.M,
)


def _two_signs(flat: Flat) -> Iterator[Finding]:
    for match in TWO_SIGNS.finditer(flat.text):
        word = match.group(1)
        plain = is_common_noun(word) and not flat.reads_as_name(*match.span(1))
        if not could_be_name(word) or plain or is_role(word) or is_municipality(word):
            continue
        if could_be_given_name(word) or (could_be_surname(word) and match.start(1) in flat.starts_set):
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "bare-name")


NAME = rf"[{KANJI}]{{1,4}}|[ァ-ヴー]{{2,7}}|[ぁ-ん]{{2,4}}"
# 記:野口, （野口記）, 野口拝
SIGNED = re.compile(
    rf"(?:^|[(。\n ])(?:記|筆|文|拝|担|受|聞き手|書記|記す)[: ]{{1,2}}([{KANJI}]{{1,4}})(?=[)。\n 、]|$)|(?:^|[(。\n 、])([{KANJI}]{{2,4}})(?: )?(?:記|拝|筆|より拝|識|記す|代筆)(?=[)。\n]|$)",
    re.M,
)
# 店長（黒川）, 亡夫茂の年金, 甥にあたる健一, 健一という甥
OF_ROLE = re.compile(
    rf"(?:店長|社長|上司|部長|課長|係長|主任|所長|院長|校長|園長|担任|主治医|大家|家主|隣人|友人|彼氏|彼女|元夫|元妻|交際相手|ケアマネ|保健師|相談員|支援員|担当者?|民生委員|区長|班長|町会長|会長|代表|講師|通訳|保証人|後見人|{KIN})\(([{KANJI}]{{1,4}}|[ァ-ヴー]{{2,7}}|[ぁ-ん]{{2,4}})(?=[)、・,])"
)
DIRECT = re.compile(
    rf"(?:亡夫|亡妻|亡父|亡母|長男|次男|三男|長女|次女|三女|夫|妻) ?([{KANJI}])(?=[のはがとをに、。)(\s・]|$)", re.M
)
# さとうです, 進「もういい」, Hanako's mother
FREQUENT = (
    "さとう|すずき|たかはし|たなか|いとう|わたなべ|やまもと|なかむら|こばやし|かとう|よしだ|やまだ|ささき|やまぐち|まつもと|いのうえ|きむら|はやし|さいとう|しみず|やまざき|いけだ|はしもと|あべ|いしかわ|やました|なかじま|いしい|おがわ|まえだ|おかだ"
    "|はせがわ|ふじた|ごとう|こんどう|むらかみ|えんどう|あおき|さかもと|ふくだ|おおた|にしむら|ふじい|おかもと|ふじわら|なかの|みうら|はらだ|まつだ|たけうち|なかがわ|うえの|もりた"
)
IN_KANA = re.compile(rf"(?<![ぁ-ん])({FREQUENT})(?=です(?:[。、\n]|$)|と ?(?:もう|申)|より(?:$|。|\n))", re.M)
SPEAKS = re.compile(rf"^([{KANJI}]{{1,3}}|[ァ-ヴー]{{2,6}})(?=「|: ?「)", re.M)
ENGLISH_OF = re.compile(
    r"(?<![A-Za-z])([A-Z][a-z]{2,11})(?='s (?:mother|father|son|daughter|school|house|husband|wife|sister|brother|room|family|teacher|friend|birthday))"
)
SO_CALLED = re.compile(
    rf"(?:{KIN}|友人|隣人|男|女|人)(?:にあたる|に当たる|である|だという|が(?:一人|ひとり)?いて、?|で)({NAME})(?=(?:という|といい|といった|だ|は|が|と|。|、|の))"
    rf"|(?:^|(?<=[、。「はがにをと ]))({NAME})(?:という|と名乗る|とかいう)(?=(?:{KIN}|名の|男|女|人|子|友|者|若者|少年|少女|老人|先生|職員|看護師|医者|医師|上司|先輩|後輩|同僚|おじ|おば|店員|客|青年))"
    rf"|({NAME})(?=と(?:呼ぶ|呼び|呼んだ|よぶ|よんで|呼ばせ))"
    rf"|(?:名は|名を|名が)「?({NAME})(?=」?(?:。|、|と|といい|だ|です))",
    re.M,
)
SAYS = re.compile(
    rf"(?:^|(?<=[\n。、「(の]))([{KANJI}]{{2,4}}|[ァ-ヴー]{{2,6}})(?=いわく|曰く|によると|によれば|の話では|の弁|からの聞き取り|談|に聞くと)",
    re.M,
)


def _told(flat: Flat) -> Iterator[Finding]:
    for match in SIGNED.finditer(flat.text):
        group = match.lastindex or 1
        if could_be_surname(match.group(group)) and not is_role(match.group(group)):
            yield Finding(match.start(group), match.end(group), Kind.PERSON, PERHAPS, "label")
    for match in DIRECT.finditer(flat.text):
        if match.group(1) in ONE_SIGN_NAMES or match.group(1) in SOFT_ONE_SIGN or match.group(1) == "優":
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "relation")
    for pattern in (OF_ROLE, SO_CALLED, SAYS):
        for match in pattern.finditer(flat.text):
            group = match.lastindex or 1
            word = match.group(group)
            called = _is_called(word) or (
                len(word) > 1 and flat.reads_as_name(*match.span(group)) and not is_role(word)
            )
            if called and match.end(group) - match.start(group) > 0:
                yield Finding(match.start(group), match.end(group), Kind.PERSON, PERHAPS, "relation")


def _say(flat: Flat) -> Iterator[Finding]:
    for match in (*IN_KANA.finditer(flat.text), *ENGLISH_OF.finditer(flat.text)):
        if match.group(1) in ENGLISH_WORDS:
            continue
        yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "introduces")
    for match in SPEAKS.finditer(flat.text):
        if _is_called(match.group(1)):
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "speaks")


def _is_called(word: str) -> bool:
    """A name, and no ordinary word."""
    if is_role(word) or word in FUNCTION_WORDS or word in GENERIC_BODIES or is_municipality(word):
        return False
    if re.match("[ぁ-ん]", word):
        return sounds_like_name(word) and not is_ordinary_noun(word)
    if re.match("[ァ-ヴ]", word):
        return (sounds_like_name(word) or is_unknown(word)) and not is_ordinary_noun(word)
    if len(word) == 1:
        return word in ONE_SIGN_NAMES or word in SOFT_ONE_SIGN
    return could_be_name(word) and (not is_common_noun(word) or sounds_like_given_name(word))


# そらとうみの双子, 孫はそらとうみ; ニックネームはゆきりん, みかという名
OF_KIN = re.compile(
    rf"(?:{KIN})[はがの、]([ぁ-ん]{{2,4}}?|[ァ-ヴー]{{2,5}}|[{KANJI}]{{1,3}})と([ぁ-ん]{{2,4}}?|[ァ-ヴー]{{2,5}}|[{KANJI}]{{1,3}})(?=の|。|が|は|です|だ|、|を|に|も)"
)
# あやへ。, 原の奥さん, サントス一家
LETTER = re.compile(rf"(?:^|(?<=[「\n]))([ぁ-ん]{{2,4}}|[{KANJI}]{{1,4}})へ(?=[」。、\n ]|$)", re.M)
HOUSE = re.compile(
    rf"(?:^|(?<=[。、「\s]))([{KANJI}]{{1,3}})の(?=(?:奥さん|おばさん|ばあさん|おばあさん|じいさん|おじいさん|おじさん|旦那|おやじ|若奥さん|嫁さん|大将|せがれ|次男坊))",
    re.M,
)
FAMILY = re.compile(r"(?<![ァ-ヴー・])([ァ-ヴー]{2,7})(?=一家|夫妻|親子|兄弟|姉妹|家の(?:子|母|父|長))")
NO_HOUSE = words(
    """
    家 寺 店 隣 宿 村 町 島 社 宮 近所 向かい 裏 前 横 米 酒 魚 肉 上 下 斜め 角 端 奥 田舎 本家 分家 地元 同じ 昔 例 噂 団地 同居
    """
)
NICK = re.compile(
    r"(?:ニックネーム|あだ名|愛称|呼び名|通り名|ペンネーム|ハンドル|芸名|源氏名|通称)(?:は|が|で|:|「) ?「?(?!と)([^\s「」。、はがをに]{2,10}?)(?=」|。|、|\n|です|だ|で|と|$)"
)


def _nick(flat: Flat) -> Iterator[Finding]:
    for match in OF_KIN.finditer(flat.text):
        if all(_given(word) for word in match.groups()):
            for group in (1, 2):
                yield Finding(match.start(group), match.end(group), Kind.PERSON, PERHAPS, "relation")
    for match in NICK.finditer(flat.text):
        if not is_role(match.group(1)) and match.group(1) not in FUNCTION_WORDS:
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "called")


def _houses(flat: Flat) -> Iterator[Finding]:
    for match in LETTER.finditer(flat.text):
        word = match.group(1)
        named = (sounds_like_given_name(word) or could_be_name(word)) and not is_municipality(word)
        ordinary = is_role(word) or word in FUNCTION_WORDS or (word[0] > "ヿ" and is_common_noun(word))
        if named and not ordinary:
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "bare-name")
    for match in HOUSE.finditer(flat.text):
        word = match.group(1)
        if could_be_surname(word) and not is_role(word) and word not in NO_HOUSE and match.start(1) in flat.starts_set:
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "relation")
    for match in FAMILY.finditer(flat.text):
        word = match.group(1)
        if not is_role(word) and (could_be_name(word) or is_unknown(word)) and not is_ordinary_noun(word):
            yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "relation")


# Names of children and of old people in kana, though the dictionary has other words of that sound.
POPULAR = words(
    """
    はる ゆい りん ひな そら うみ さくら あおい こはる みお ゆな いちか めい さき ゆき まい あい えみ かな りく れん いつき みなと はると ひなた かなた りお りこ みく もも なな ゆうと ゆうき
    けんた だいき たくみ しょう みゆ さな ゆづき つむぎ すず あかり ひかり のぞみ めぐみ まこと しのぶ かおり みどり ちひろ まゆ まき ゆか りか えり みか さち きよ つる うめ とめ よね はな しげ
    ふみ すみ たけ とし まつ みつ やえ ちよ たま くに いね とら かめ きく ぎん せつ のぶ かず ひで よし まさ
    """
)
KANA_KIN = re.compile(rf"(?:{KIN})(?:は|が|の|、)([ぁ-ん]{{2,3}})(?=。|、|で、|です|だ。|は|が|も|を)")
KANA_BARE = re.compile(
    rf"(?:^|(?<=[\n。、「]))([ぁ-ん]{{2,3}})(?=(?:[はがもに]){DOES}|から(?:逃|電話|聞|連絡|メール|LINE)|に(?:殴|言わ|会|怒|叱|頼|電話))",
    re.M,
)
OLD = re.compile(
    r"(?<![ぁ-んァ-ヴ])(お?[ぁ-ん]{2})(?=(?:ばあ|じい)(?:さん|ちゃん))|(?<![ぁ-んァ-ヴー])(お(?:[ぁ-ん]{2}|[一-龠]{1,2}))(?=さん(?!の家の人))"
)
NOT_OLD = words(
    """
    おに おか おと おば おじ おい
    """
)


def _in_kana(flat: Flat) -> Iterator[Finding]:
    for pattern in (KANA_KIN, KANA_BARE):
        for match in pattern.finditer(flat.text):
            word = match.group(1)
            if word in POPULAR and (pattern is KANA_KIN or flat.speaks_of_people) and match.start(1) in flat.starts_set:
                yield Finding(match.start(1), match.end(1), Kind.PERSON, PERHAPS, "bare-name")
    for match in OLD.finditer(flat.text):
        group = match.lastindex or 1
        word = match.group(group)
        name = word.removeprefix("お") if len(word) > 2 or group == 2 else word
        kana = name in POPULAR
        kanji = re.match(f"[{KANJI}]", name) is not None and could_be_given_name(name) and name not in NO_GIVEN
        if (kana or kanji) and not is_role(word) and not is_role(name) and word not in NOT_OLD:
            yield Finding(match.start(group), match.end(group), Kind.PERSON, PERHAPS, "old-one")


NO_GIVEN = words(
    """
    客 医者 隣 子 孫 母 父 兄 姉 爺 婆 寺 坊 嫁 嬢 花 宮 稲荷 巡 役人 友達 連れ 得意 上 代 相手 仲間 坊主 弟子 向かい 大家 侍 姫 殿 店 手伝 節介 金持
    """
)


# グエン ティ ラン: words in katakana one after another, none of them ordinary.
KATAKANA_ROW = re.compile(
    r"(?<![ァ-ヴー])(?<![ァ-ヴー] )[ァ-ヴー]{2,8}(?: [ァ-ヴー]{2,8}){1,3}(?![ァ-ヴー]| [ァ-ヴー])"
)


def _rows(flat: Flat) -> Iterator[Finding]:
    for match in KATAKANA_ROW.finditer(flat.text):
        words = match.group().split(" ")
        if all(not is_ordinary_noun(word) or could_be_name(word) for word in words) and not any(map(is_role, words)):
            yield Finding(match.start(), match.end(), Kind.PERSON, PERHAPS, "foreign-name")


def find(flat: Flat) -> Iterator[Finding]:
    """Names by the way."""
    yield from _alone(flat)
    yield from _two_signs(flat)
    yield from _told(flat)
    yield from _say(flat)
    yield from _nick(flat)
    yield from _houses(flat)
    yield from _in_kana(flat)
    yield from _rows(flat)

"""Words that the dictionary reads another way than residents do, or tears apart. Editors' terms come before these."""

from collections.abc import Iterator
from functools import cache

# Words of everyday and of municipal life. Only where one reading is right wherever the word stands.
WORDS: dict[str, str] = {
    # days and times
    "一日中": "いちにちじゅう", "1日中": "いちにちじゅう", "一年中": "いちねんじゅう", "1年中": "いちねんじゅう", "一晩中": "ひとばんじゅう",
    "一晩": "ひとばん", "一昨日": "おととい", "一昨年": "おととし", "一昨々日": "さきおととい", "明後日": "あさって",
    "三十日": "さんじゅうにち", "何曜日": "なんようび", "前々日": "ぜんぜんじつ",
    "先々週": "せんせんしゅう", "先々月": "せんせんげつ", "四十九日": "しじゅうくにち", "八十八夜": "はちじゅうはちや", "十三夜": "じゅうさんや",
    "十中八九": "じっちゅうはっく", "七五三": "しちごさん",
    "一人前": "いちにんまえ", "1人前": "いちにんまえ", "1人1人": "ひとりひとり", "一人ひとり": "ひとりひとり",
    "お一人": "おひとり", "お二人": "おふたり", "二人三脚": "ににんさんきゃく", "一日目": "いちにちめ",
    # whole, all through
    "家中": "いえじゅう", "体中": "からだじゅう", "国中": "くにじゅう", "村中": "むらじゅう", "島中": "しまじゅう",
    "そこら中": "そこらじゅう", "日本中": "にほんじゅう", "日本全国": "にほんぜんこく",
    # numbers said as words
    "三日月": "みかづき", "8050問題": "はちまるごーまるもんだい", "８０５０問題": "はちまるごーまるもんだい", "8050世帯": "はちまるごーまるせたい",
    "8050家庭": "はちまるごーまるかてい", "9060問題": "きゅうまるろくまるもんだい", "7040問題": "ななまるよんまるもんだい",
    "110番": "ひゃくとおばん", "１１０番": "ひゃくとおばん", "百十番": "ひゃくとおばん", "119番": "ひゃくじゅうきゅうばん",
    "１１９番": "ひゃくじゅうきゅうばん", "118番": "ひゃくじゅうはちばん", "100均": "ひゃっきん",
    # people
    "私": "わたし", "私事": "わたくしごと",
    "皆さん方": "みなさんがた", "皆様方": "みなさまがた", "先生方": "せんせいがた", "奥様方": "おくさまがた",
    "保護者方": "ほごしゃがた", "あなた方": "あなたがた", "貴方方": "あなたがた", "親御さん方": "おやごさんがた", "お子様方": "おこさまがた",
    "里子": "さとご",
    # the field
    "共生型": "きょうせいがた",
    "小規模多機能型": "しょうきぼたきのうがた", "地域密着型": "ちいきみっちゃくがた", "訪問型": "ほうもんがた",
    "集会所": "しゅうかいじょ", "避難所": "ひなんじょ", "休憩所": "きゅうけいじょ", "案内所": "あんないじょ", "相談所": "そうだんじょ",
    "救護所": "きゅうごじょ",
    "更生相談所": "こうせいそうだんじょ",
    # homographs that have one reading here
    "下の階": "したのかい", "上の階": "うえのかい",
    "生野菜": "なまやさい", "生魚": "なまざかな", "生肉": "なまにく",
    "空箱": "あきばこ", "寝不足": "ねぶそく", "人手不足": "ひとでぶそく", "力不足": "ちからぶそく",
    "入用": "いりよう", "大掃除": "おおそうじ", "世間話": "せけんばなし", "大荷物": "おおにもつ", "小一時間": "こいちじかん", "一対一": "いったいいち", "町立": "ちょうりつ", "村立": "そんりつ", "声なき声": "こえなきこえ", "職業安定所": "しょくぎょうあんていじょ", "思い通り": "おもいどおり",
    "一切れ": "ひときれ",
    "一工夫": "ひとくふう", "一苦労": "ひとくろう", "一安心": "ひとあんしん",
    "上総村上": "かずさむらかみ",
}  # fmt: skip

# Places of the two partnerships that gave the seed data. Readings the cities print themselves; a term corrects them.
PLACES: dict[str, str] = {
    # Kasaoka
    "神島": "こうのしま", "神島外浦": "こうのしまそとうら", "神島外港": "こうのしまそとこう", "北木島": "きたぎしま", "北木": "きたぎ", "六島": "むしま",
    "飛島": "ひしま", "大飛島": "おおびしま", "小飛島": "こびしま", "金浦": "このうら",
    "茂平": "もびら", "走出": "はしりで", "新山": "にいやま", "入田": "にゅうた",
    "美の浜": "みのはま",
    # Ichihara
    "八幡宿": "やわたじゅく",
    "椎津": "しいづ", "月崎": "つきざき", "風戸": "ふうと",
    "養老川": "ようろうがわ", "西広": "さいひろ", "廿五里": "ついへいじ",
    "片又木": "かたまたき", "山田橋": "やまだばし",
    "白金町": "しろがねちょう",
    "長柄": "ながら",
}  # fmt: skip
AMBIGUOUS_PLACES = {"市原市武士": "いちはらしたけし"}


class Matcher:
    """Finds the longest word of a list at each place. By first sign: a city's 5,000 names cost no more than ten."""

    def __init__(self, readings: dict[str, str]) -> None:
        self.readings = readings
        self.by_sign: dict[str, list[str]] = {}
        for written in sorted(readings, key=len, reverse=True):
            self.by_sign.setdefault(written[0], []).append(written)

    def found_in(self, sentence: str) -> Iterator[tuple[int, str]]:
        """(begin, word), in order and without overlap."""
        at = 0
        for begin, sign in enumerate(sentence):
            if begin < at or sign not in self.by_sign:
                continue
            word = next((one for one in self.by_sign[sign] if sentence.startswith(one, begin)), None)
            if word:
                at = begin + len(word)
                yield begin, word


@cache
def shipped() -> Matcher:
    """The matcher of the shipped words and places."""
    return Matcher({**PLACES, **AMBIGUOUS_PLACES, **WORDS})

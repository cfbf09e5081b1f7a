"""Where somebody is to be found, said without any number: 奥神集落, 安里原の給水塔, 港町の青い倉庫の隣."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat
from cms.guard.lexicon import is_common_noun, is_municipality

K = "一-龠々ヶケ"
MARK = r"給水塔|水門|踏切|踏み切り|交差点|四つ角|三叉路|堤防|土手|灯台|鳥居|火の見(?:やぐら|櫓)?|公会堂|公民館|集会所|消防小屋|分団|渡し場|船着き場|船溜まり|波止場|桟橋|水車|一本松|地蔵|祠|石段|切通し|トンネル|ため池|用水|歩道橋|陸橋|高架下|ガード下"
NAMED = re.compile(
    rf"([{K}]{{2,5}})(?=集落|部落|地区の|団地の|の(?:{MARK})|の(?:南|北|東|西)(?:斜面|はずれ|端|側の))"
    rf"|((?:[{K}]{{2,5}}|[ァ-ヴー]{{3,8}})(?:市営|町営|県営|村営|都営|府営)?(?:住宅|団地)(?:[A-Z一-十\d]{{1,2}}棟)?)(?=[。、のにでへと\s]|$)"
    rf"|([ぁ-ん]{{2,6}}(?:じんじゃ|こうえん|だんち|しょうてんがい|ばすてい|えき))(?=[ のにでまはへ])"
    rf"|([{K}の]{{1,6}}\d{{1,2}}条(?:西|東|南|北)?\d{{0,2}}丁目(?: ?[ァ-ヴーA-Za-z{K}]{{2,10}} ?\d{{2,4}})?)"
    rf"|([{K}ぁ-ん]{{2,7}}(?:通り|筋|坂|小路|横丁|新田|浜)[一二三四五六七八九十\d]{{1,2}}[ー\-の][一二三四五六七八九十\d]{{1,3}})"
    r"|((?:Sunny|Green|Royal|Blue|River|Park|Grand|Maison|Casa|Villa|Sun|Hill)[A-Za-z]* ?(?:Heights?|House|Court|Mansion|Hills?|Park|Villa|Garden)s? ?\d{0,4})"
)
# Described so that one finds it: 高架下の三本目の柱, 駅裏の三階建ての緑のアパート, 旧三輪醤油の蔵の裏手.
DESCRIBED = re.compile(
    rf"((?:旧?[{K}ァ-ヴー]{{2,6}}の|駅[裏前横]の|{MARK}の)(?:[^。、\n「」]{{1,10}}の)?(?:(?:赤|青|白|黒|緑|黄色?|茶色?)い?(?:の)?)?(?:屋根|倉庫|蔵|小屋|柱|物置|納屋|アパート|長屋|平屋|空き家|社宅|車庫|プレハブ|コンテナ))"
    r"(?=の(?:隣|裏|裏手|前|奥|下|横|二階|向かい|角)|[に。、]|で(?:寝|暮|生活|待)|$)"
)
STAYS = re.compile(rf"([{K}]{{2,4}}|[ァ-ヴー]{{3,6}})(?=まで(?:出|歩い|行っ)た|の(?:バス停|停留所|駅|駅前)で)")


def find(flat: Flat) -> Iterator[Finding]:
    """Places below the municipality."""
    for match in NAMED.finditer(flat.text):
        group = match.lastindex or 1
        word = match.group(group)
        if is_common_noun(word) or is_municipality(word):
            continue
        yield Finding(match.start(group), match.end(group), Kind.ADDRESS, Certainty.PERHAPS, "landmark")
    for match in DESCRIBED.finditer(flat.text):
        yield Finding(match.start(1), match.end(1), Kind.ADDRESS, Certainty.PERHAPS, "described-place")
    for match in STAYS.finditer(flat.text):
        word = match.group(1)
        if not is_common_noun(word) and not is_municipality(word):
            yield Finding(match.start(1), match.end(1), Kind.ADDRESS, Certainty.PERHAPS, "landmark")
    yield from _known_places(flat)


MUNICIPAL = re.compile(r"(?:[^都道府県]{2,3}[都道府県])?(?:[^市]{1,5}市)?(?:[^区]{1,4}区)?")


def _known_places(flat: Flat) -> Iterator[Finding]:
    """A hamlet, a hill, a river that the dictionary knows; without the municipality it may stand behind."""
    if not flat.speaks_of_people or flat.is_invitation:
        return
    for token in flat.tokens:
        if token.kind[1:3] != ("固有名詞", "地名") or is_municipality(token.surface):
            continue
        lead = MUNICIPAL.match(token.surface)
        rest = token.surface[lead.end() :] if lead else token.surface
        if re.match(rf"[{K}ァ-ヴ]{{2}}", rest) and not is_municipality(rest):
            yield Finding(token.end - len(rest), token.end, Kind.ADDRESS, Certainty.PERHAPS, "known-place")

"""Names of people that are the names of things: パーキンソン病, 長谷川式, 「白雪姫」を読む. Nobody's trace."""

import re

from cms.guard.findings import Finding, Kind
from cms.guard.flat import Flat

THING = re.compile(
    r"(?:氏)?(?:病|症候群|症|式|法(?!人|律|事)|スケール|スコア|分類|検査|テスト|ビネー|型|反射|指数|係数|小体|体操|療法|教育|メソッド|理論|曲線|の(?:法則|定理|原則|欲求)|賞|線|カット|ギプス|包帯|舞踏病|脳症|管|器|染色|方程式|処方|液|剤|錠|曲|協奏曲|交響曲|全集|先生の(?:本|漫画|絵本|小説))"
)
LIST_OF_THINGS = re.compile(
    r"[、・や/と]?(?:[^。\n]{0,14}[、・や/])*[^。、\n]{0,10}(?:病|症候群|症|式|スケール|検査|テスト|型)"
)
WORK = re.compile(
    r"[」』](?:を|の)(?:歌|合唱|斉唱|演奏|弾|吹|読|朗読|上演|演じ|観|見|鑑賞|踊|聞|聴|絵本|曲|劇|人形劇|紙芝居|映画|主題歌|物語|本)"
)


def names_a_thing(flat: Flat, finding: Finding) -> bool:
    """A disease, a test, a song, a tale."""
    if finding.type != Kind.PERSON:
        return False
    text, end = flat.text, finding.end
    if THING.match(text, end):
        return True
    if text[finding.start - 1 : finding.start] in {"「", "『"} and WORK.match(text, end):
        return True
    katakana = re.fullmatch("[ァ-ヴー]{3,}", text[finding.start : end]) is not None
    return katakana and re.match(r"[、・や]", text[end:]) is not None and LIST_OF_THINGS.match(text, end) is not None

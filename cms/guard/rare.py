"""Facts that make a person the only one. A short list: most rare facts no rule can know."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat

RARE = re.compile(
    r"(?:市内|町内|県内|国内|全国|日本|世界)で?(?:ただ(?:一人|ひとり)|唯一)(?:の[一-龠ァ-ヴー]{1,8})?"
    r"|唯一の[一-龠ァ-ヴー]{2,8}"
    r"|(?:市内|町内|県内|国内|全国|日本|世界)(?:初|一|最高齢|最年少)の[一-龠ァ-ヴー]{2,8}"
    r"|[三四五六]つ子(?:の[一-龠]{1,3}番目)?"
    r"|元(?:プロ[一-龠ァ-ヴー]{1,8}|Jリーガー|力士|オリンピック(?:選手|代表)|国会議員|市長|市議[一-龠]{0,4}|県議[一-龠]{0,4}|芸能人|アイドル|棋士|宝塚[一-龠]*)"
    r"|(?:新聞|テレビ|ニュース|週刊誌)(?:に|で)(?:載っ|出|取り上げ|報じ|報道)[^。、\n]{0,6}"
    r"|(?:殺人|誘拐|立てこもり|放火|強盗)(?:事件|未遂)"
    r"|(?:全国|世界|国際)大会で?(?:優勝|入賞|準優勝)"
    r"|[^。、\n\s]{0,12}(?:県記録|日本記録|世界記録|最優秀賞)[^。、\n]{0,12}"
    r"|ノーベル賞|人間国宝|文化勲章"
)


def find(flat: Flat) -> Iterator[Finding]:
    """Circumstances that stand out."""
    for match in RARE.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.RARE, Certainty.PERHAPS, "rare-fact")

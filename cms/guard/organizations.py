"""Schools, workplaces, hospitals, shops with a name of their own; public windows are not found."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat, Token
from cms.guard.wordlists import BODY_ENDINGS, GENERIC_BODIES, SHORT_BODY_ENDINGS

SURE, PERHAPS = Certainty.SURE, Certainty.PERHAPS

LEGAL_FORM = re.compile(
    r"(?:株式会社|有限会社|合同会社|\(株\)|\(有\)|㈱|㈲|NPO法人|特定非営利活動法人|社会福祉法人|医療法人(?:社団)?|学校法人|一般社団法人|公益財団法人|特養|グループホーム|ホテル|スーパー|レストラン|居酒屋|喫茶|カフェ|民宿|クラブ)"
    r"\s?[「『]?((?![のがをはにでと])[一-龠々ァ-ヴーA-Za-zぁ-ん]{2,12}?)(?=[」』\s、。の()（）でにをはがと]|$)"
)
PUBLIC = re.compile(
    r"社会福祉協議会|社協|地域包括|包括支援|市役所|区役所|町役場|役場|ハローワーク|職業安定所|児童相談所|児相|年金事務所|法テラス|国際交流協会|サポートステーション|サポステ"
    r"|いのちの電話|協会けんぽ|保健所|保健センター|福祉事務所|警察署|消防署|裁判所|税務署|民生委員|委員会|協議会|町内会|自治会|図書館|公民館|市民館|美術館|博物館|コミュニティセンター"
)


def _modifiers(flat: Flat, index: int) -> list[Token]:
    """The nouns that stand directly before a token."""
    first = index
    while first and flat.tokens[first - 1].is_noun and flat.tokens[first - 1].end == flat.tokens[first].start:
        if flat.tokens[first - 1].kind[1] == "数詞":
            break
        first -= 1
    return flat.tokens[first:index]


def _trim(words: list[Token]) -> list[Token]:
    while words and (
        words[0].surface in GENERIC_BODIES or words[0].surface.endswith(("市立", "県立", "町立", "市", "県"))
    ):
        words = words[1:]
    return words


def _by_ending(flat: Flat) -> Iterator[Finding]:
    for index, token in enumerate(flat.tokens):
        ending = next((e for e in BODY_ENDINGS if token.surface.endswith(e)), None)
        if ending is None or not token.is_noun:
            continue
        if token.surface == ending:
            words = _trim(_modifiers(flat, index))
            named = any(w.is_proper for w in words)
        else:
            words = [*_trim(_modifiers(flat, index)), token]
            named = token.is_proper and not token.is_name
        if not words or PUBLIC.search(flat.text[words[0].start : token.end + 6]):
            continue
        if ending in SHORT_BODY_ENDINGS and not named:
            continue
        if named or (
            all(w.surface not in GENERIC_BODIES for w in words) and token.surface == ending and len(words) < 3
        ):
            yield Finding(words[0].start, token.end, Kind.ORGANIZATION, SURE if named else PERHAPS, "named-ending")


def _by_legal_form(flat: Flat) -> Iterator[Finding]:
    for match in LEGAL_FORM.finditer(flat.text):
        if match.group(1) not in GENERIC_BODIES:
            yield Finding(match.start(1), match.end(1), Kind.ORGANIZATION, SURE, "legal-form")


def find(flat: Flat) -> Iterator[Finding]:
    """Bodies that point to a person."""
    yield from _by_ending(flat)
    yield from _by_legal_form(flat)

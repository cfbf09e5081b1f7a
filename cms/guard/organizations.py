"""Schools, workplaces, hospitals, shops with a name of their own; public windows are not found."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat, Token

SURE, PERHAPS = Certainty.SURE, Certainty.PERHAPS

ENDINGS = (
    "小学校 中学校 高等学校 高校 大学 短大 専門学校 幼稚園 保育園 保育所 こども園 学園 学院 塾 病院 医院 クリニック 診療所 内科 歯科 歯科医院 薬局 "
    "ホーム デイサービス 作業所 工房 園 工業 製作所 製鉄所 製紙 建設 運輸 運送 商店 商事 食堂 旅館 教会 寺 神社 会館 銀行 信用金庫 工務店 ファーム 農園 "
    "牧場 水産 電機 電工 産業 化学 自動車 交通 タクシー スーパー マート ストア ベーカリー 美容室 理容室 整骨院 スタジオ 製本 印刷 測量 商会 助産院 センター タオル エネルギー 温泉 湯 会 苑 荘 館 小 中 支店 工場 屋 亭 庵"
)
ENDING = tuple(sorted(ENDINGS.split(), key=len, reverse=True))
SHORT_ENDINGS = frozenset("園 センター 印刷 タオル エネルギー 温泉 湯 会 苑 荘 館 小 中 寺 屋 亭 庵 塾 工房".split())
LEGAL_FORM = re.compile(
    r"(?:株式会社|有限会社|合同会社|\(株\)|\(有\)|㈱|㈲|NPO法人|特定非営利活動法人|社会福祉法人|医療法人(?:社団)?|学校法人|一般社団法人|公益財団法人|特養|グループホーム|ホテル|スーパー|レストラン|居酒屋|喫茶|カフェ|民宿|クラブ)"
    r"\s?[「『]?((?![のがをはにでと])[一-龠々ァ-ヴーA-Za-zぁ-ん]{2,12}?)(?=[」』\s、。の()（）でにをはがと]|$)"
)
PUBLIC = re.compile(
    r"社会福祉協議会|社協|地域包括|包括支援|市役所|区役所|町役場|役場|ハローワーク|職業安定所|児童相談所|児相|年金事務所|法テラス|国際交流協会|サポートステーション|サポステ"
    r"|いのちの電話|協会けんぽ|保健所|保健センター|福祉事務所|警察署|消防署|裁判所|税務署|民生委員|委員会|協議会|町内会|自治会|図書館|公民館|市民館|美術館|博物館|コミュニティセンター"
)
GENERIC = frozenset(
    "総合 精神 精神科 大学 市立 県立 国立 私立 公立 都立 町立 市民 地域 特別 支援 訪問 通信 通信制 定時制 夜間 内科 外科 心療 救急 調剤 認可 無認可 母校 同 各 他 当 "
    "隣 近所 地元 某 出身 進学 専門 小規模 多機能 就労 継続 移行 放課後 認定 小 中 高 一般 個人 会社 老人 介護 有料 養護 高齢者 障害 障害者 障がい者 児童 子ども こども "
    "市内 県内 市外 県外 都内 近く 地方 大手 中小 下請け 町 村 市 県 国 前 元 新 旧 本 支 民間 単科 急性期 回復期 療養 協力 町工場 女子 男子 女性 男性 男 女 家族 "
    "入居 入所 通所 施設 学童 母子 父子 自立 援助 宿泊 シェア 学習 進 一 二 三 四 五 六 第 全 数 両 別 転校 転入 卒業 在籍 入学 医療 歯科 夫 妻 父 母 兄 姉 弟 妹 "
    "飲食 建設 電子 食品 機械 部品 金属 製造 印刷 縫製 農 水産 精密 自動車 大型 量販 家電 中古 リサイクル コンビニ ドラッグ 大 有 その この どの あの".split()
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
    while words and (words[0].surface in GENERIC or words[0].surface.endswith(("市立", "県立", "町立", "市", "県"))):
        words = words[1:]
    return words


def _by_ending(flat: Flat) -> Iterator[Finding]:
    for index, token in enumerate(flat.tokens):
        ending = next((e for e in ENDING if token.surface.endswith(e)), None)
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
        if ending in SHORT_ENDINGS and not named:
            continue
        if named or all(w.surface not in GENERIC for w in words) and token.surface == ending and len(words) < 3:
            yield Finding(words[0].start, token.end, Kind.ORGANIZATION, SURE if named else PERHAPS, "named-ending")


def _by_legal_form(flat: Flat) -> Iterator[Finding]:
    for match in LEGAL_FORM.finditer(flat.text):
        if match.group(1) not in GENERIC:
            yield Finding(match.start(1), match.end(1), Kind.ORGANIZATION, SURE, "legal-form")


def find(flat: Flat) -> Iterator[Finding]:
    """Bodies that point to a person."""
    yield from _by_ending(flat)
    yield from _by_legal_form(flat)

"""Bodies and houses whose name says nothing at all, by what somebody does there: あすなろに通所, ヤマトの配達員, 帝京に救急搬送."""

import re
from collections.abc import Iterator

from cms.guard.bodies import is_nobodys, is_public
from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat, Token
from cms.guard.lexicon import could_be_surname, is_common_noun, is_municipality, is_ordinary_noun, is_role
from cms.guard.wordlists import FUNCTION_WORDS, GENERIC_BODIES, TIME_WORDS, WIDE_REGIONS, words

PERHAPS = Certainty.PERHAPS

HEAD = r"(?:^|(?<=[\s。、「」)はがもてをとでに:・]))"
KANA = r"(?:第[一二三])?[ぁ-ん]{2,7}(?:の[一-龠])?|[ァ-ヴー]{2,10}[一-龠]{0,2}|[一-龠]{1,2}[ァ-ヴーぁ-ん]{3,6}"
BELONGS = (
    r"に(?:通所|入所|入居|通園|通い始|通って|通う|通い|通え|通わ|登録し|入社|就職|勤め|勤務|預け|預か|入院|転院|入会|在籍|転所|移っ|採用|内定|配属)|を(?:利用(?:し|中|開始|。|、)|退所|退職|解雇|辞め|やめ|休んで|クビ|退会|見学し)"
    r"|の(?:デイ|ショート|ヘルパー|訪問|送迎|職員|スタッフ|利用者|仲間|支援員|世話人|相談員|作業|配食|弁当|工賃|バザー|配達員|運転手|パート|社員|清掃|夜勤|レジ|契約社員|派遣|店員|制服|寮)(?=[をはがにでと、。のへ]|$)"
    r"|で(?:働い|働く|働き|アルバイト|バイト|パート|夜勤|レジ|清掃|作業し|入浴|リハビリ|清掃)"
)
BELONGING = re.compile(rf"{HEAD}({KANA})(?={BELONGS})", re.M)
# Everybody's word for such a place, in kana.
EVERYBODYS = words(
    """
    ここ そこ どこ あそこ うち いえ みせ おみせ まち むら いなか よそ ほか となり ちかく なか そと あちら こちら そちら いっしょ ひとり ふたり みんな じぶん いま あと まえ つぎ いつ だれ なに これ
    それ あれ すぐ また もう まだ よく たまに ときどき いつも ずっと ふつう じょうず しずか びょういん がっこう かいしゃ しせつ こうじょう ようちえん ほいくえん しょうがっこう ちゅうがっこう こうこう
    だいがく やくしょ こうみんかん まいにち まいしゅう あさ ひる よる ゆうがた こども おや ちち はは むすこ むすめ まご あに あね おとうと いもうと デイ デイケア デイサービス ショート ショートステイ
    グループホーム ホーム ケアハウス ホスピス リハビリ クリニック センター スーパー コンビニ レストラン カフェ ファミレス ファストフード ドラッグストア ホームセンター デパート モール ホテル ビル マンション
    アパート バイト パート アルバイト フルタイム シフト リモート オフィス チーム クラブ スクール フリースクール サークル サロン スナック バー パブ キャバクラ クラス コース パソコン ハローワーク ジム プール
    スポーツ ピアノ ダンス ヨガ スイミング ゼミ タクシー トラック バス ヘルパー ボランティア サービス ライン ネット オンライン アプリ スマホ テレビ ゲーム パチンコ ギャンブル アルコール タバコ カード
    ローン クレジット ガソリンスタンド コールセンター オペレーター メーカー ショップ ストア スタンド キッチン スタジオ アトリエ ギャラリー ステーション デイルーム フロア ユニット シェルター シェアハウス
    ネットカフェ カプセルホテル サウナ コインランドリー ゲームセンター ベーカリー アウトリーチ プログラム カウンセリング セミナー ワークショップ イベント スキー ヨット ベッド ケア サポート ベビーホテル ハウス
    ロッジ コンテナ プレハブ テント キャンプ モデル データ システム ソフト リサイクル ペット マッサージ ラーメン パン ケーキ ピザ うどん そば すし べんとう おむつ くすり つえ めがね くるま くるまいす
    でんしゃ ほじょきん ねんきん どちら どれ いずれ ほう ほとんど すこし ちょっと たくさん すべて ぜんぶ いくつ さいごまで はじめて むり だめ きれい ついでに ともに とも ともだち なかま
    """
)
KANA_LEAD = re.compile(
    r"(?:この|その|あの|どの|ある|いる|する|なる|した|いた|あった|ために|ように|ことに|ときに|うちに|まま|ほど|ので|から|まで|より|など|だけ|として|について|により|によって|ながら|たり|です|ます|ました|ません|もの|ひと|わたし|あなた|かれ|かのじょ|ぼく|おれ|お[ぁ-ん]{1,2}(?:さん|ちゃん)|[ぁ-ん]*(?:さん|ちゃん|くん)|[ぁ-ん]*(?:よう|そう|こと|とき|ため|ところ|あいだ|あと|たい|ない|った|ている|ていた|れる|られ|せる|しく|かく|なく|んで|って|いて|して))"
)
CHAINS = words(
    """
    イオン ヤマト セブン ローソン ファミマ マック ガスト サイゼ サイゼリヤ ユニクロ ニトリ マルエツ カインズ コメリ ベイシア ヨーカドー イトーヨーカドー ドンキ トヨタ ニッサン ホンダ スズキ スシロー
    サンドラッグ ウエルシア マツキヨ カスミ ヤオコー ダイソー スタバ ミスド ケンタ ジャスコ ベルク オーケー ライフ
    """
)


def _may_be_a_body(flat: Flat, match: re.Match[str]) -> bool:
    word = match.group(1)
    if word in EVERYBODYS or is_role(word) or is_nobodys(word) or word in GENERIC_BODIES or word in FUNCTION_WORDS:
        return False
    if match.start(1) not in flat.starts_set or match.end(1) not in flat.ending_at:
        return False
    if is_public(flat, match.start(1), match.end(1)):
        return False
    words = [t for t in flat.within(*match.span(1)) if t.end <= match.end(1)]
    if re.match("[ぁ-ん]", word):
        plain = all(
            t.kind[0] in {"名詞", "形状詞", "副詞", "動詞", "接頭辞", "感動詞"} for t in words if t.surface != "の"
        )
        verb = words[-1].kind[0] == "動詞" and len(words) == 1
        return plain and not verb and KANA_LEAD.match(word) is None
    if re.match("[ァ-ヴ]", word):
        return word in CHAINS or not is_ordinary_noun(word)
    return not is_ordinary_noun(word) and words[0].kind[1] != "数詞"


def _belonging(flat: Flat) -> Iterator[Finding]:
    for match in BELONGING.finditer(flat.text):
        if _may_be_a_body(flat, match):
            yield Finding(match.start(1), match.end(1), Kind.ORGANIZATION, PERHAPS, "belonging")


# 帝京に救急搬送, 労災に入院, 千葉東に受かった, デイはさくら, 塾は栄光
HOSPITAL = re.compile(
    r"(?<![一-龠ァ-ヴー])([一-龠]{2,4}|[一-龠]{1,3}医大)(?=(?:に|へ)(?:救急搬送|搬送|入院(?:中|し|と|。|、)|転院))"
)
PASSED = re.compile(
    r"(?<![一-龠])([一-龠]{2,4}(?:東|西|南|北|中央|商業|工業|農業|総合|第[一二三]|女子)|[一-龠]{2,4})(?=に(?:受か|合格し|落ち|進学|通う(?:高校|中学|大学)生)|を(?:受験|受けて落ち|中退|卒業))"
)
KIND_IS = re.compile(
    r"(?:デイ|塾|学童|病院|薬局|作業所|事業所|保育園|幼稚園|学校|会社|勤め先|勤務先|職場|施設|ショート|訪看|ヘルパー|店|かかりつけ|寮|道場|教室)は(?:「)?([一-龠]{2,5}|[ァ-ヴー]{2,8}|[ぁ-ん]{2,6})(?=」?(?:。|で、|です|だ。|に決))"
)
GROUP_OF = re.compile(
    r"(?:和太鼓|太鼓|合唱|コーラス|劇団|バンド|サークル|チーム|吹奏楽|少年野球|フットサル|ママさんバレー|バレー|将棋会|句会|俳句|短歌|詩吟|民謡|手話|朗読|家族会|自助グループ|NPO|NPO法人|任意団体)(?:の|・)?「?([一-龠]{1,4}|[ァ-ヴー]{3,8}|[ぁ-ん]{3,7})(?=」?(?:に(?:入|所属|参加|通|加わ)|の(?:メンバー|代表|支援|会員|練習|団員|仲間)|で(?:活動|太鼓|歌)))"
)
TRADES = "鉄筋|鳶|左官|工務|土建|建工|塗工|防水|足場|電設|化工|重機|配管|設備|板金|鋼機|組|造園土木|石材|瓦|硝子|木工|水道|解体工業|クリーン|サービス|運輸倉庫|冷熱|熱学|理化|精器|製版|鋲螺|発條|バネ|紙工|製袋|製函|梱包運輸"
TRADE_BODY = re.compile(
    rf"(?<![一-龠])((?:[一-龠]{{2,3}})(?:{TRADES}))(?=の(?:親方|現場|社長|下請け|社員|職人|仕事|寮|トラック)|に(?:雇|勤|就職|入社|\d+年|十|二十|三十|四十)|で(?:働|三十|二十|\d+年|十))"
)
LEARNS = re.compile(
    r"((?:[ぁ-ん]{2,5}|[ァ-ヴー]{2,6}|[一-龠]{2,3})(?:学級|教室|ルーム|広場|ひろば|寮|文庫|サロン|食堂|カレッジ|スペース|工房))(?=に(?:通|来|入|預)|を(?:利用|卒業|退)|の(?:支援|先生|仲間|手伝い|世話))"
)
BEGUN = re.compile(
    r"((?:寺子屋|フリースペース|居場所|学習室|ひろば|サロン|NPO|みんなの食堂)(?![がのをはにでとも])[ぁ-んァ-ヴー]{2,6}?)(?=に(?:来|通)|の(?:支援|代表|スタッフ|利用)|を利用)"
)
NO_SCHOOL = words(
    """
    精神科 心療内科 内科 外科 個室 病棟 隔離 自宅 実家 市内 県内 県外 市外 近所 近隣 他院 大学 高校 中学 本院 前日 当日 同日 翌日 直後 夜間 昨夜 今朝 深夜 緊急 任意 一緒 最初 途中 全員 総合
    試験 検定 面接 看護 介護 公立 私立 国立 都立 県立 専門 第一志望 志望 希望 通信制 定時制 全日制 普通科 特別支援 支援 無事 翌年 翌春 同時 早期 一般 療養 救急 集中 無料 本命 推薦 単位 課程
    """
)


def _in_short(flat: Flat) -> Iterator[Finding]:
    for match in LEARNS.finditer(flat.text):
        start = flat.without_lead(match.start(1), match.end(1))
        words = [t for t in flat.within(start, match.end(1)) if t.end <= match.end(1)]
        if len(words) > 1 and words[0].is_noun and not _says_a_kind(words[0]):
            yield Finding(words[0].start, match.end(1), Kind.ORGANIZATION, PERHAPS, "belonging")
    for pattern in (HOSPITAL, PASSED, TRADE_BODY, BEGUN):
        for match in pattern.finditer(flat.text):
            first = next(iter(flat.within(*match.span(1))), None)
            if first is None or first.start != match.start(1) or first.kind[2] in SAID_OF:
                continue
            wide = is_municipality(match.group(1)) and pattern is not TRADE_BODY
            if not wide and not _is_everybodys(match.group(1)) and not match.group(1).endswith(KINDS):
                yield Finding(match.start(1), match.end(1), Kind.ORGANIZATION, PERHAPS, "belonging")


def _by_kind(flat: Flat) -> Iterator[Finding]:
    for pattern in (KIND_IS, GROUP_OF):
        for match in pattern.finditer(flat.text):
            if not _is_everybodys(match.group(1)) and (pattern is GROUP_OF or _names_alone(flat, match)):
                yield Finding(match.start(1), match.end(1), Kind.ORGANIZATION, PERHAPS, "belonging")


SAID_OF = frozenset({"サ変可能", "副詞可能", "形状詞可能"})
KINDS = ("病院", "医院", "科", "学校", "高校", "大学", "室", "棟", "院")


def _says_a_kind(word: Token) -> bool:
    """個別教室, 交流サロン: the first word says what it is for."""
    plain = word.surface in GENERIC_BODIES or word.surface in EVERYBODYS or is_role(word.surface)
    return plain or word.kind[2] in SAID_OF


def _is_everybodys(word: str) -> bool:
    lists = (EVERYBODYS, NO_SCHOOL, GENERIC_BODIES, FUNCTION_WORDS, TIME_WORDS, WIDE_REGIONS)
    return is_role(word) or any(word in known for known in lists)


def _names_alone(flat: Flat, match: re.Match[str]) -> bool:
    """デイはさくら, 塾は栄光; not 病院は休み, 学校は遠い."""
    word = match.group(1)
    token = flat.tokens[flat.ending_at[match.end(1)]] if match.end(1) in flat.ending_at else None
    if token is None or token.start != match.start(1) or token.kind[0] != "名詞":
        return False
    plain = token.kind[2] in {"サ変可能", "副詞可能", "形状詞可能", "助数詞可能"}
    return not plain and (not is_common_noun(word) or could_be_surname(word) or re.match("[ぁ-ん]", word) is not None)


def find(flat: Flat) -> Iterator[Finding]:
    """Bodies told by belonging alone."""
    yield from _belonging(flat)
    yield from _in_short(flat)
    yield from _by_kind(flat)

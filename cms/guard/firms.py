"""Bodies whose name is made of ordinary words or of kana: サンライズ警備, 坂の上接骨院, つるや呉服店, FC加茂ウイングス.

The ending says what it is; what stands before it names, unless it only says what kind (動物病院, 公立高校).
"""

import re
from collections.abc import Iterator

from cms.guard.bodies import OF_NATURE, is_nobodys, is_public, is_wide
from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat, Token
from cms.guard.lexicon import could_be_surname, is_ordinary_noun, is_role, is_unknown, sounds_like_name
from cms.guard.wordlists import BODY_ENDINGS, GENERIC_BODIES, TIME_WORDS, in_order, words

PERHAPS = Certainty.PERHAPS

MORE_ENDINGS = in_order(
    """
    翻訳 管理 倶楽部 クラブ フードバンク ハウスキーピング 少年団 ゴルフ倶楽部 カントリークラブ サッカークラブ 野球団 FC 造船所 鋳鉄 鋼管 冷蔵 ギャランティ 保証 楽団 合唱団 劇団 児童館 図書室 文庫 釣具
    釣具店 製菓店 和菓子店 洋菓子店 菓子店 畳店 瓦店 板金店 石油店 写真店 時計店 手芸店 古書店 古本店 文房具店 荒物店 乾物店 茶舗 履物店 提灯店 人形店 楽器店 自動車学校 ドライビングスクール 珠算塾 道場
    そろばん塾 音楽教室 ピアノ教室 バレエ教室 書道教室 体操教室 英語教室 料理教室 ダンス教室 絵画教室 囲碁教室 水産加工 水道 水道店 設備工業 電気工事 電気商会 ガス店 米店 八百屋 魚店 精肉 理容店 美容院
    美容室 ヘアー ネイル エステ 接骨院 鍼灸 マッサージ 食堂 食品店 飯店 菜館 麺 ラーメン うどん そば 寿司 鮨 焼肉 酒場 スナック 喫茶 喫茶店 珈琲 ベーカリー パン店 ベーカリーカフェ 宿 民宿 ホテル 旅館
    ペンション 保険事務所 行政書士事務所 司法書士事務所 税理士事務所 社労士事務所 建築事務所 一級建築士事務所 介護 介護サービス ケアサービス ケアサポート 訪問介護 訪問入浴 訪問看護 訪問マッサージ
    居宅介護支援事業所 相談支援センター 相談支援事業所 就労支援センター 支援事業所 介護事業所 生活支援センター 放課後等デイサービス 放課後デイ デイ デイホーム 小規模多機能 養護学園 学習室 学習院 フリースクール
    高等学院 高等専修学校 専修学校 看護学校 看護専門学校 農業大学校 定時制 支援学校 保育室 託児所 託児室 幼児教室 産院 産婦人科 マタニティクリニック 眼科医院 内科医院 外科医院 皮フ科 ペインクリニック
    デンタルクリニック 矯正歯科 ファミリー歯科 人材 スタッフサービス 運輸 通運 梱包 引越 ランドリー クリーニング店 縫製工場 食品工場 鉄工 精工所 木工房 陶房 窯
    """
)
ENDINGS = sorted({e for e in (*BODY_ENDINGS, *MORE_ENDINGS) if len(e) > 1}, key=len, reverse=True)
ENDING = re.compile("(?:" + "|".join(map(re.escape, ENDINGS)) + ")")
FOLLOWS = re.compile(
    r"(?:[のはがをにでともへや、。,.:)」』】・/ \n→(]|$|から|より|まで|だ|経営|勤務|勤め|総務|営業|外来|さん|様|前|裏|横|隣|内(?=の|に|で)|本店|支店|[一二三四五六1-6]年|卒|中退|出身|支部)"
)
# Behind these the words before an ending may still be ordinary: somebody has named it so.
INSTITUTIONS = re.compile(
    r"(?:病院|医院|診療所|クリニック|歯科|接骨院|整骨院|治療院|薬局|学園|小学校|中学校|高校|高等学校|保育園|保育所|幼稚園|こども園|信用金庫|呉服店|酒店|商店|書店|書房|工務店|製作所|鉄工所|印刷所|美容室|美容院|旅館|倶楽部|水産|自動車|建設|運輸|運送|電機|工業|産業|製菓|酒造|警備|塗装|精機|物流|商会|商事|不動産|農園|牧場|飯店|内科|外科|整形外科|眼科|皮膚科|耳鼻科|小児科|産婦人科|フードバンク)$"
)
TRADE = re.compile(
    r"(?:造船所?|鋳鉄|鋳造|鉄工|製鋼|鋼管|工業|産業|運輸|運送|物流|建設|電機|電工|化成|化学|製菓|製薬|製紙|紡績|精機|機工|商事|通商|興業|興産|警備保障|警備|食品|水産|塗装|冷蔵|倉庫)$"
)
KIND_OF = words(
    """
    動物 精神 心療 産婦 大学 総合 中央 記念 療育 リハビリ 調剤 門前 院内 院外 処方 行きつけ 予約 紹介 専門 訪問 往診 当番 休日 夜間 救急 普通 工業 商業 農業 水産 工科 定時 通信 単位 全日 有名
    名門 進学 公私 企業 事業 保育 学校 電気 木造 建築 土木 道路 鉄道 住宅 設備 配管 内装 外壁 塗装 屋根 足場 解体 引っ越し 引越し 宅配 宅急 路線 高速 観光 貸切 深夜 夜行 乗合 巡回 送迎 福祉
    介護 個人 軽 小型 乗用 電動 自家用 社用 営業 代車 新車 廃車 盗難 大衆 社員 学生 職員 職場 院 所 園 校 館 店 本 支 温泉 和風 洋風 日帰り 老舗 格安 安い 高級 人気 料理 割烹 宴会 朝食 昼食
    夕食 日本 英 米 独 中国 韓国 台湾 フランス イタリア インド タイ ベトナム 朝鮮 市 県 国 町 村 私 公 同 各 全 他 別 当 某 近隣 隣町 隣接 地下 地上 屋上 一階 二階 駅ビル 駅前 駅裏 校内
    学内 社内 院内 施設内 館内 庁内 部活 地区 エリア 児童 生徒 少年 少女 青少年 婦人 老人 シニア 敬老 子育て 親子 ママ パパ 男 女 メンズ レディース キッズ ベビー ペット 犬 猫 花 緑 水 土 火
    オンライン ネット インターネット リモート ウェブ Web デジタル バーチャル 仮想 無料 有料 会員 会費 年会 入会 退会 部 課 係 室 棟 アルバイト パート 求人 派遣 人材 一般 一次 二次 三次 メイン
    サブ サポート サービス 体調 健康 安全 品質 在庫 金銭 服薬 生活 時間 情報 データ 進捗 予算 財産 資産 名簿 鍵 顧客 労務 人事 経営 危機 栄養 体重 血糖 血圧 衛生 施設 建物 マンション アパート
    ビル 駐車場 道路 河川 森林 自己 家計 スケジュール タスク プロジェクト 文書 ファイル 権限 利用者 参加者 患者 機械 自動 同時 逐次 日英 英日 和訳 漢文 聖書 レシート 食料 食材 備蓄 衣類 支援 相談
    就労 就業 居場所 サロン 交流 集会 運動 スポーツ 体育 野球 サッカー テニス 卓球 バレー バスケ バスケット 陸上 水泳 柔道 剣道 吹奏楽 合唱 美術 書道 茶道 華道 囲碁 将棋 写真 科学 文芸 演劇 放送
    新聞 英語 英会話 パソコン 料理 手芸 園芸 登山 釣り 旅行 ゴルフ フィットネス スイミング ダンス ヨガ 体操 ファン ナイト ライブ 放課後 学童 児童 幼児 乳児 未就園 プレ 認定 認可 無認可 事業所
    企業主導 ひまつぶし おしゃべり
    """
)
WALK_STOPS = words(
    """
    は が を に へ で と から まで より って など だけ も ので けど ても では には とは たら
    """
)
ADDRESSED = words(
    """
    さん 様 くん 君 ちゃん 氏 たち ら
    """
)


def _reaches(flat: Flat, index: int) -> int | None:
    """The first word of what may be a name that ends with this word."""
    first: int | None = None
    while index >= 0:
        word = flat.tokens[index]
        if first is not None and word.end != flat.tokens[first].start:
            break
        if not _belongs(flat, index, first):
            break
        first = index
        index -= 1
    while first is not None and flat.tokens[first].surface in {"の", "や", "も"}:
        first = first + 1 if first + 1 < len(flat.tokens) else None
    return first


def _belongs(flat: Flat, index: int, first: int | None) -> bool:
    """Whether a word stands inside a name: a noun, the の of 坂の上, the や of つるや."""
    word = flat.tokens[index]
    if word.surface == "の":
        after = flat.tokens[first].surface[:1] if first is not None else ""
        return (
            after != ""
            and after in OF_NATURE + "上下泉沢口森家木花鳥子館里窓実"
            and index > 0
            and flat.tokens[index - 1].is_noun
        )
    if word.surface == "や" and first is None:
        before = flat.tokens[index - 1] if index else None
        return before is not None and re.fullmatch("[ぁ-ん]{2,4}", before.surface) is not None
    if word.surface in ADDRESSED or word.surface in TIME_WORDS or word.kind[1] in {"数詞", "代名詞"}:
        return False
    return (
        word.is_noun
        and word.kind[0] != "補助記号"
        and word.kind[0] != "代名詞"
        and (word.kind[0] == "接尾辞" or word.kind[2] != "副詞可能")
    )


def _trimmed(words: list[Token]) -> list[Token]:
    """Without what only tells the kind."""
    while words and (
        words[0].surface in GENERIC_BODIES
        or words[0].surface in KIND_OF
        or words[0].kind[0] == "接頭辞"
        or (is_role(words[0].surface) and not words[0].is_name)
        or words[0].surface.endswith(("市立", "県立", "町立", "私立", "法人", "会社"))
    ):
        words = words[1:]
    return words


def _tells(words: list[Token], name: str, whole: str) -> bool:
    if len(name) < 2 or is_nobodys(name) or name in GENERIC_BODIES or name in KIND_OF:
        return False
    if all(w.surface in GENERIC_BODIES or w.surface in KIND_OF or w.surface == "の" for w in words):
        return False
    if any(w.is_proper and w.kind[1] != "数詞" and (not is_wide(w) or TRADE.search(whole)) for w in words):
        return True
    if not INSTITUTIONS.search(whole):
        several = len(words) > 1 and re.fullmatch("[ァ-ヴー]{4,}", name) is not None and is_unknown(name)
        single = len(words) == 1 and re.match("[ァ-ヴー]{3,}", name) is not None and not whole.endswith("管理")
        return is_unknown(whole) and (several or single)
    plain = [w for w in words if w.kind[1] != "数詞" and w.surface not in KIND_OF and w.surface not in GENERIC_BODIES]
    return bool(plain) and all(w.kind[2] not in {"サ変可能", "副詞可能", "形状詞可能"} or "の" in name for w in plain)


def _ended(flat: Flat) -> Iterator[Finding]:
    for match in ENDING.finditer(flat.text):
        if not FOLLOWS.match(flat.text, match.end()) or match.end() not in flat.ending_at:
            continue
        index = flat.ending_at.get(match.start())
        if index is None:
            index = flat.ending_at[match.end()]
            if flat.tokens[index].start > match.start():
                continue
        first = _reaches(flat, index)
        if first is None:
            continue
        words = _trimmed([w for w in flat.tokens[first : index + 1] if w.start < match.start()])
        if not words or is_public(flat, words[0].start, match.end()):
            continue
        name, whole = flat.text[words[0].start : match.start()], flat.text[words[0].start : match.end()]
        if _tells(words, name, whole):
            yield Finding(words[0].start, match.end(), Kind.ORGANIZATION, PERHAPS, "firm")


# FC加茂ウイングス, 劇団ひまわり座: clubs.
CLUB = re.compile(
    r"(?<![A-Za-z])((?:FC|SC|BC|ジュニア|リトル)[一-龠ァ-ヴー]{2,12}|[一-龠]{2,4}(?:FC|SC|ウイングス|イーグルス|タイガース|ファイターズ|ジャイアンツ|ホークス|ライオンズ|スターズ|ドルフィンズ|キッカーズ|キッズ|ボーイズ|フェニックス|ドラゴンズ|シャークス|ベアーズ|パイレーツ))(?![一-龠ァ-ヴーA-Za-z])"
)


# 夫はまるたで板前を, カーテンの相沢で週2日, 松の湯に
WORKS = "板前|調理|職人|パート|バイト|アルバイト|店員|仲居|ホステス|皿洗い|レジ|見習い|修行|修業|運転手|事務|配達|清掃|夜勤|働|勤め|検品|仕分け|社員|正社員|派遣|週[一二三四五1-7]|大工|溶接|旋盤|警備"
WORKED_AT = re.compile(
    rf"(?:(?<=[はがもて、。「:\s])|^)([ぁ-ん]{{2,6}}|[ァ-ヴー]{{2,8}}|[ァ-ヴー一-龠]{{1,6}}の[一-龠]{{2,3}})(?=で(?:{WORKS})|に勤|の(?:板前|パート|正社員|調理場|仲居))",
    re.M,
)
BATH = re.compile(r"(?:(?<=銭湯)|(?<![一-龠ァ-ヴー]))([一-龠]{1,2}の湯|[一-龠]{1,3}乃湯)(?=[にでのへはがを、。」 ]|$)")
NO_BATH = re.compile(r"[男女子足一次朝夜昼]|全員|家族|入浴")
NOT_THERE = words(
    """
    ここ そこ どこ あそこ うち いえ みせ おみせ まち むら いなか よる ひる あさ ゆう ひとり ふたり みんな いま じぶん あと まえ つぎ ほか べつ よそ ちかく となり そと なか あちら こちら そちら
    いっしょ フルタイム シフト ホテル スーパー コンビニ レストラン カフェ バイト パート リモート ホーム センター ファミレス デパート ビル マンション オフィス チーム ペア スナック バー クラブ ネット
    オンライン ハローワーク
    """
)
KANA_BODY = re.compile(
    r"(?:^|(?<=[\s、。「」(:・はがをにでへと]))([ぁ-ん]{2,6})((?:[東西南北]|中央|第[一二三四])?(?:信用金庫|整形外科|病院|中学校|小学校|高校|高等学校|大学|クリニック|歯科|医院|学園|保育園|幼稚園|支援学校|薬局|信金|バス|交通|タクシー|鉄道|観光|農協|漁協|製作所|工業|商店|工務店|建設|運送|警備|不動産|呉服店|酒店))(?=[のにでをがはへ、。)」\s(]|整形|外来|から|まで|$)",
    re.M,
)
KANA_NO_NAME = re.compile(
    r"(?:わたし|こちら|そちら|あちら|どちら|ここ|そこ|どこ|あそこ|いつ|いま|きょう|あす|あした|きのう|だれ|なに|これ|それ|あれ|こども|おや|ちち|はは|むすこ|むすめ|みんな|ほか|かれ|また|まず|もう|すぐ|なお|ただ|やはり|とくに|ちかく|となり|つぎ|まえ|おなじ|この|その|あの|どの|ある|いる|する|なる|した|いた|あった)"
)
ENGLISH_BODY = re.compile(
    r"(?<![A-Za-z])([A-Z][a-z]{2,11}(?: [A-Z][a-z]{2,11})? (?:JHS?|SHS?|Junior High(?: School)?|High School|Elementary(?: School)?|Kindergarten|Hospital|Clinic|Factory|Foods?|Church|Bakery|Farm))(?![A-Za-z])"
)


def _also_a_name(word: str) -> bool:
    """みなも: ends like a particle, and is no word with one."""
    return word.endswith("も") and len(word) > 2 and (is_unknown(word) or is_ordinary_noun(word))


def _by_place(flat: Flat) -> Iterator[Finding]:
    for match in WORKED_AT.finditer(flat.text):
        word = match.group(1)
        goods, _no, name = word.partition("の")
        if word in NOT_THERE or is_role(word) or is_nobodys(word) or match.start(1) not in flat.starts_set:
            continue
        if name and re.match("[ァ-ヴー一-龠]", goods) and not could_be_surname(name):
            continue
        if not name and re.match("[ぁ-ん]", word) and KANA_NO_NAME.match(word):
            continue
        yield Finding(match.start(1), match.end(1), Kind.ORGANIZATION, PERHAPS, "firm")
    yield from _in_kana(flat)


def _in_kana(flat: Flat) -> Iterator[Finding]:
    for match in BATH.finditer(flat.text):
        if not NO_BATH.match(match.group(1)):
            yield Finding(match.start(1), match.end(1), Kind.ORGANIZATION, PERHAPS, "firm")
    for match in KANA_BODY.finditer(flat.text):
        word = match.group(1)
        loose = word[-1] in "のなにをはがでとるたいてかくうも"
        if KANA_NO_NAME.match(word) or word.endswith(("の", "に", "を", "は", "が", "で", "な")):
            continue
        if (is_unknown(word) and not loose) or sounds_like_name(word) or _also_a_name(word):
            yield Finding(match.start(1), match.end(), Kind.ORGANIZATION, PERHAPS, "firm")
    for match in ENGLISH_BODY.finditer(flat.text):
        yield Finding(match.start(1), match.end(1), Kind.ORGANIZATION, PERHAPS, "firm")


def find(flat: Flat) -> Iterator[Finding]:
    """Bodies by what they end with, whatever the name before it."""
    yield from _ended(flat)
    yield from _by_place(flat)
    for match in CLUB.finditer(flat.text):
        yield Finding(match.start(1), match.end(1), Kind.ORGANIZATION, PERHAPS, "club")

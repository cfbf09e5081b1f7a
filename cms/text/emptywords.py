"""Words of a query that say little: how readers ask rather than what for. Keys as `words.key_of` makes them."""

from cms.text.words import Shape, words

# Nothing at all: the frame of a question.
_SILENT = """
為る 居る 有る 無い 成る 呉れる 貰う 頂く 下さる 出来る 良い 宜しい 欲しい 言う 思う 分かる 知る 教える 聞く 尋ねる 調べる 探す
見付ける 見付かる 見る 御覧 願う 何 何処 誰 何時 何故 如何 幾ら どう どれ どちら どの どんな そう こう ああ 此れ 其れ 彼れ 此処 其処
此の 其の 彼の こんな そんな 私 僕 俺 自分 事 物 所 時 為 方 人 訳 筈 積もり 様 的 等 とか 者 件 中 程 位 又 もう まだ もっと
とても 凄い 直ぐ 先ず 一寸 ちょっと 一番 色々 皆 皆さん 本当 大丈夫 可能 場合 必要 気 感じ 風 為さる 致す 参る 構う やる 遣る
"""
_SILENT_ENGLISH = """
i we you he she it they my our your me us the a an of for in on at to from by with and or is are am be do does can could
want need would like have has how where what when who why which please there any some about this that here near
"""
# Little: nearly every page of a partnership like this has them.
_FAINT = """
相談 窓口 支援 援助 サービス 情報 案内 問題 方法 仕方 使い方 やり方 遣り方 活動 利用 申し込み 申し込む 地域 市 町 市民 住民 対策 事業 制度 手続き
お知らせ 知らせ 連絡 先 一覧 場所 場 会 センター 施設 団体 関する 係る 対する 受ける 行う 開く 始める 使う 行く 来る 出る 入る 居る
困る 助ける 手伝う 考える 話 日 月 年 今 今日 明日 今週 後 前 間 際 他 内容 予定 参加 募集 開催
更新 変更 登録 確認 予約 料金 無料 受付 時間 最近 お願い 申請 希望 紹介 説明 会場
"""
SILENT_WEIGHT = 0.0
FAINT_WEIGHT = 0.3
VERB_WEIGHT = 0.55
COUNTER_WEIGHT = 0.4
_EMPTY_KINDS = {"代名詞", "連体詞", "接続詞", "感動詞", "接頭辞"}


def _keys(text: str) -> frozenset[str]:
    return frozenset(key for part in text.split() for word in words(part) for key in (word.key, *word.keys) if key)


_tables: dict[str, frozenset[str]] = {}


def _table(name: str, text: str) -> frozenset[str]:
    if name not in _tables:  # made at the first question: the dictionary costs 0.15 s
        _tables[name] = _keys(text)
    return _tables[name]


def says_little(key: str) -> bool:
    """Whether a word is on nearly every page: of no help beside another."""
    return key in _table("silent", _SILENT + _SILENT_ENGLISH) or key in _table("faint", _FAINT)


def weight_of(word: Shape) -> float:
    """How much a word of a query says, 0 to 1, before the pages are asked how rare it is."""
    kind = word.kind
    if kind[0] in _EMPTY_KINDS or word.key in _table("silent", _SILENT + _SILENT_ENGLISH):
        return SILENT_WEIGHT
    if kind[0] == "動詞" and kind[1] == "非自立可能":
        return SILENT_WEIGHT
    if kind[0] == "接尾辞" or (kind[0] == "副詞"):
        return FAINT_WEIGHT / 2
    if word.key in _table("faint", _FAINT):
        return FAINT_WEIGHT
    if kind[0] in {"動詞", "形容詞"}:
        return VERB_WEIGHT
    return 1.0

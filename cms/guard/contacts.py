"""Ways to reach somebody: telephone, mail, postcodes, accounts and the names people show in chats."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat
from cms.guard.lexicon import is_common_noun, is_role

SURE, PERHAPS = Certainty.SURE, Certainty.PERHAPS

EMAIL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+\-]* ?(?:@|\(at\)|\[at\]|☆|アットマーク|アット) ?[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}"
)
# nami.to.kaze アット example ドット jp
SPOKEN_EMAIL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._\-]* ?(?:アット(?:マーク)?|@) ?[A-Za-z0-9\-]+(?: ?(?:ドット|\.) ?[A-Za-z0-9\-]+)+"
)
SPOKEN_PHONE = re.compile(r"(?<!\d)\d{1,4}局の?\d{4}(?!\d)")
# In a sentence about games and networks whoever is quoted is mostly a screen name.
NETWORK = re.compile(
    r"ゲーム|サーバー|ギルド|フレンド|配信|チャット|掲示板|アカウント|ボイチャ|ボイスチャット|オンライン|フォロワー|レイド|ログイン|パーティー?を組"
)
QUOTED = re.compile(r"「([^「」。、\s]{2,14})」")
SAID = re.compile(r"(?:ない|ます|です|ください|よ|ね|か|る|た|い|て|だ|で|に|を|は|が|も|う|く|ろ|\?|？|!|！|さい|ん)$")
URL = re.compile(r"(?:https?://|www\.)[!-~]*[A-Za-z0-9/_\-=]")
OFFICIAL = re.compile(r"\.(?:go|lg)\.jp(?:[/:]|$)|//(?:www\.)?(?:city|town|vill|pref)\.")
AT_HANDLE = re.compile(r"(?<![A-Za-z0-9._%+\-])@[A-Za-z0-9_.]*[A-Za-z0-9_]{3}")
SERVICE = (
    r"(?:LINE|Line|ライン|X|旧?Twitter|ツイッター|Instagram|インスタ(?:グラム)?|TikTok|ティックトック|WeChat|微信|ウィーチャット|Discord|ディスコード"
    r"|Facebook|フェイスブック|Skype|スカイプ|KakaoTalk|カカオ(?:トーク)?|Zoom|mixi|Threads|YouTube|ユーチューブ|WhatsApp|Zalo|Viber|Telegram|Messenger|Signal"
    r"|Bluesky|Mastodon|note|pixiv|Twitch|Steam|PSN|SNS|ブログ|チャンネル)"
)
ACCOUNT_WORDS = r"(?:ID|アカウント名?|ユーザー名|ユーザーID|表示名|登録名|ハンドル(?:名|ネーム)?|名)"
SERVICE_HANDLE = re.compile(
    rf"(?:{SERVICE}(?:\(旧Twitter\))?の?\s?{ACCOUNT_WORDS}?|アカウント名?|ユーザー(?:名|ID)|ハンドル(?:名|ネーム)?|(?<![A-Za-z])ID)"
    r" ?(?:は|が|に|の|:|=)? ?[「『(@]{0,2}([A-Za-z0-9](?=[A-Za-z0-9_.\-#]*[A-Za-z])[A-Za-z0-9_.\-#]{2,29}[A-Za-z0-9_])(?![A-Za-z0-9_@])"
)
# Letters with figures, a bar or a point among them, as people call themselves: tomo_kuma8, nilu#0420, duc.ngoiyen99.
BARE_HANDLE = re.compile(
    r"(?<![A-Za-z0-9_@./:\-#+])(?=[A-Za-z0-9.]*[a-z])(?:[A-Za-z0-9.]*[A-Za-z][A-Za-z0-9.]*_[A-Za-z0-9_.]*[A-Za-z0-9_]"
    r"|[A-Za-z][A-Za-z.]*\.?[a-z]{2,}\d{2,6}|[A-Za-z]{2,}[A-Za-z0-9_.]*#\d{3,5})(?![A-Za-z0-9_@/\-]|\.[A-Za-z])"
)
# nekozuki.R; 「夜の海」というアカウント; 裏垢は「…」; フレンドのkumao
DOTTED = re.compile(
    r"(?<![A-Za-z0-9_@./:\-#+])[a-z][a-z0-9]{3,}\.(?!jp|com|net|org|html?|pdf|go|lg|or|co|ne|ac|txt|csv|docx?|xlsx?|png|jpe?g)[A-Za-z]{1,12}(?![A-Za-z0-9_@/\-.])"
)
NAMED_ACCOUNT = re.compile(
    r"「([^」\n]{2,18})」(?=という(?:アカウント|ハンドル|チャンネル|ユーザー|名前で|名で|配信者|投稿者|アカ|垢|プレイヤー|キャラ)|(?:の)?名(?:義)?で(?:投稿|配信|書き込|活動|発信|登録|参加)|と名乗(?:るアカ|って投稿))"
    r"|(?:アカウント|ハンドル|チャンネル|ユーザー|プレイヤー|キャラ|アイコン|裏垢|裏アカ|サブ垢|サブアカ|本垢|鍵垢|コテハン|配信|投稿|登録|表示|ゲーム内|ゲーム|掲示板|ネット)(?:の|での)?(?:名前|名)?(?:は|が|で|、|:)? ?「([^」\n]{2,18})」"
    r"|(?:フレンド|フォロワー|アカウント|アカ|垢|インスタ|TikTok|ツイッター|ギルド|ハンドル|ユーザー|チャンネル|投稿者|配信者|Discord|LINE)(?:の|は|が|で|名は|:|、| )+ ?([A-Za-z][A-Za-z0-9_.\-]{3,20})(?![A-Za-z0-9@])"
    r"|(?<![A-Za-z0-9])([A-Za-z][A-Za-z0-9_.\-]{2,20})(?=という(?:アカウント|ハンドル|ユーザー|名前|人|相手|ID)|って(?:アカ|人|垢))"
)
SHOWN_AS = re.compile(
    r"(?:ゲーム|ネット|配信|チャット|Discord|掲示板|SNS|ライブ)[^。\n]{0,8}?(?:で|では|上は)「?([^\s「」。、はがをに]{2,14}?)」?(?=と名乗)|(?:アイコン名|LINE名|HN|垢名|アカ名)([^\s「」。、はがをに:]{2,12})"
    r"|(?:YouTube|ユーチューブ|ブログ|インスタ|TikTok|note|ポッドキャスト|ニコ生|ツイキャス)(?:の|で|は)?「([^」\n]{2,18})」|(?<![A-Za-z0-9@._])([a-z][a-z0-9_.]{2,15})(?=さん|くん|ちゃん|氏)"
)
SENTENCE = re.compile(r"(?:ない|られます|ません|ます|です|ください|でした|ましょう)$")
SERVICES = re.compile(
    r"(?:LINE|Discord|Instagram|TikTok|Twitter|YouTube|Facebook|Zoom|WeChat|Zalo|Messenger|Google|Skype|Threads|Online|online|QR|App)$"
)
FILE = re.compile(r"\.(?:html?|pdf|xlsx?|docx?|pptx?|csv|txt|jpe?g|png|py|js|css|zip|json)$", re.I)
PRODUCT = re.compile(
    r"^(?:Windows|Office|Excel|Word|Android|iPhone|iPad|Covid|Web|Python|Model|Type|Ver|ver|UTF|Java|Level|No)\.?\d",
    re.I,
)
# ハンドル名 らむね, ニックネーム：みかん, 掲示板(ソラ豆)
SHOWN_NAME = re.compile(
    r"(?:ハンドル(?:名|ネーム)|アカウント名|ユーザー名|ペンネーム|ラジオネーム|投稿者名?|書き込み者|(?<![A-Za-z])HN|表示名|登録名)\s?(?::|は|が|「|『|\s|の)\s?[「『]?([^\s「」『』。、,:()]{2,15})"
    r"|(?:キャラ名?|ギルド名|配信の名前?|チャンネル名|プレイヤー名|ゲームの名前|ペンネーム|芸名|活動名|源氏名|LINE名|LINEの名前|アイコン名|ゲーム内の名前|ネット上の名前|配信者名|活動名)(?:は|が|:|「)[「 ]?([^\s「」。、]{2,12}?)(?=[」。、\s]|で|$)|(?:ブログ|チャンネル|アカウント)「([^」\n]{2,16})」"
    r"|(?:運営|管理人?|配信|投稿|作者|筆者|書き手|主催者?|ブログ|サイト)の?名(?:前|義)?(?:は|が|:)「([^」\n]{2,18})」"
    r"|(?:掲示板|投稿|書き込み|チャット|コメント)\(([^\s「」『』。、,:()の]{2,12})\)"
)
# まるこ@子ども食堂
AT_PLACE = re.compile(
    r"(?:(?<=[\s、。「(])|^)([^\s、。,:「」()@]{1,12}@[^\s、。,:「」()@A-Za-z]{1,14}?)(?=さん|様|:|\s|、|。|」|$|の)",
    re.M,
)

PHONE = re.compile(
    r"(?<![\d\-])(?:\+81[ \-.(]{0,2}(?:\(?0\)?)?|\(0|0)\d(?:[ \-.()・]{0,2}\d){7,9}(?!\d)|(?<![\d\-])0\d{1,4}の\d{2,4}の\d{3,4}(?!\d)"
)
TOLL_FREE = re.compile(r"0120|0570|0800[\-( ]|0077|0088|0000-00-000\d")  # a window's number, never a person's
LOCAL_PHONE = re.compile(r"(?<![\d\-.])\d{2}-\d{4}(?![\d\-])")
LABELLED_PHONE = re.compile(
    r"(?:電話|でんわ|TEL|Tel|tel|☎|携帯|ケータイ|FAX|ファ[クッ]ス|内線)(?:番号)?\s?(?:は|:|\.)?\s?(\d{2,4}[-()]\d{3,4}(?:-\d{4})?|\d{6,11})"
)
EXTENSION = re.compile(r"内線(?:番号)?\s?(?:は|:|\.)?\s?(\d{2,5})(?!\d)")

POSTCODE = re.compile(r"〒 ?\d{3}-?\d{4}(?!\d)|(?<![\d\-])\d{3}-\d{4}(?![\d\-])")
POSTCODE_SEVEN = re.compile(r"(?:住所欄?|〒|(?:郵便|ゆうびん)(?:番号|ばんごう))[は: ]{0,2}(\d{7})(?!\d)")
# A number of paper, not of a person: 受付番号 0436-12-3, 様式第4-36号, 市福第436-12号.
OF_PAPER = re.compile(
    r"(?:受付番?号?票?|文書番?号?|棚番?号?|様式|整理番?号?|管理番?号?|備品番?号?|図書番?号?|予算|[一-龠]第|伝票番?号?|図面|型番|品番|機種|契約|事業|起案|決裁|稟議|議案|発注|注文|請求|見積|ISBN|JAN)\s?(?:コード)?\s?(?:は|:)?\s?(?:第|番号|No\.?)?\s?$"
)
PAPER_AFTER = re.compile(r"\s?という(?:受付|文書|棚|整理)")


def is_of_paper(flat: Flat, match: re.Match[str]) -> bool:
    """The words around say that the number is that of a document or a shelf."""
    before = flat.text[max(0, match.start() - 14) : match.start()]
    return bool(OF_PAPER.search(before) or PAPER_AFTER.match(flat.text, match.end()))


def is_toll_free(number: str) -> bool:
    """A number that everybody may call: 0120…, 0570…, 0800-…."""
    figures = sum(c.isdecimal() for c in number)
    return figures in {10, 11} and bool(TOLL_FREE.match(number.lstrip("(").replace(")", "-")))


def _mail(flat: Flat) -> Iterator[Finding]:
    for match in EMAIL.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.EMAIL, SURE, "mail")
    for match in SPOKEN_EMAIL.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.EMAIL, PERHAPS, "spoken-mail")


def _handles(flat: Flat) -> Iterator[Finding]:
    for match in URL.finditer(flat.text):
        if not OFFICIAL.search(match.group()):
            yield Finding(match.start(), match.end(), Kind.HANDLE, PERHAPS, "address-of-a-page")
    for match in AT_HANDLE.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.HANDLE, SURE, "at-handle")
    for match in SERVICE_HANDLE.finditer(flat.text):
        if not FILE.search(match.group(1)) and not re.fullmatch(r"[\dXx\-]+", match.group(1)):
            yield Finding(match.start(1), match.end(1), Kind.HANDLE, SURE, "account-name")
    for match in BARE_HANDLE.finditer(flat.text):
        if not FILE.search(match.group()) and not PRODUCT.match(match.group()):
            yield Finding(match.start(), match.end(), Kind.HANDLE, PERHAPS, "letters-and-figures")
    yield from _shown(flat)


def _shown(flat: Flat) -> Iterator[Finding]:
    """Names that people show in a network."""
    for match in DOTTED.finditer(flat.text):
        yield Finding(match.start(), match.end(), Kind.HANDLE, PERHAPS, "letters-and-figures")
    for match in (*NAMED_ACCOUNT.finditer(flat.text), *SHOWN_AS.finditer(flat.text)):
        group = match.lastindex or 1
        if not SERVICES.match(match.group(group)) and not SENTENCE.search(match.group(group)):
            yield Finding(match.start(group), match.end(group), Kind.HANDLE, PERHAPS, "shown-name")
    yield from _quoted_players(flat)
    for pattern, rule in ((SHOWN_NAME, "shown-name"), (AT_PLACE, "name-at-place")):
        for match in pattern.finditer(flat.text):
            group = match.lastindex or 1
            if not SENTENCE.search(match.group(group)):
                yield Finding(match.start(group), match.end(group), Kind.HANDLE, PERHAPS, rule)


def _quoted_players(flat: Flat) -> Iterator[Finding]:
    """「たけのこ母」 in a line about a game."""
    for match in QUOTED.finditer(flat.text):
        if SAID.search(match.group(1)) or is_role(match.group(1)) or is_common_noun(match.group(1)):
            continue
        around = flat.text[max(0, match.start() - 40) : match.end() + 30]
        if NETWORK.search(around):
            yield Finding(match.start(1), match.end(1), Kind.HANDLE, PERHAPS, "quoted-player")


def _without_open_bracket(found: str) -> int:
    """How much to leave out at the start: a bracket that is not closed inside."""
    return 1 if found.startswith("(") and ")" not in found else 0


def _phones(flat: Flat) -> Iterator[Finding]:
    for match in PHONE.finditer(flat.numbers):
        figures = "".join(c for c in match.group() if c.isdecimal())
        domestic = figures[0] == "0"
        if is_toll_free(match.group()):
            continue
        if (domestic and len(figures) in {10, 11}) or (not domestic and 11 <= len(figures) <= 13):
            start = match.start() + _without_open_bracket(match.group())
            yield Finding(start, match.end(), Kind.PHONE, SURE, "phone")
    for match in SPOKEN_PHONE.finditer(flat.numbers):
        yield Finding(match.start(), match.end(), Kind.PHONE, PERHAPS, "spoken-phone")
    for match in LOCAL_PHONE.finditer(flat.numbers):
        if not is_of_paper(flat, match):
            yield Finding(match.start(), match.end(), Kind.PHONE, PERHAPS, "local-phone")
    for pattern in (LABELLED_PHONE, EXTENSION):
        for match in pattern.finditer(flat.numbers):
            if not is_toll_free(match.group(1)):
                yield Finding(match.start(1), match.end(1), Kind.PHONE, SURE, "labelled-phone")


def _postcodes(flat: Flat) -> Iterator[Finding]:
    for match in POSTCODE.finditer(flat.numbers):
        yield Finding(match.start(), match.end(), Kind.POSTCODE, SURE, "postcode")
    for match in POSTCODE_SEVEN.finditer(flat.numbers):
        yield Finding(match.start(1), match.end(1), Kind.POSTCODE, SURE, "postcode")


def find(flat: Flat) -> Iterator[Finding]:
    """Telephone, mail, postcode, account."""
    yield from _mail(flat)
    yield from _handles(flat)
    yield from _phones(flat)
    yield from _postcodes(flat)

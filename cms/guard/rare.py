"""Facts that make a person the only one. A cue, and with it the words that tell the story: most rare facts no rule can know."""

import re
from collections.abc import Iterator

from cms.guard.findings import Certainty, Finding, Kind
from cms.guard.flat import Flat

# The fact itself, ending with what it makes of somebody.
FACT = re.compile(
    r"唯一の[一-龠ァ-ヴー]{2,8}"
    r"|(?:市内|町内|県内|国内|全国|日本|世界)(?:初|一|最高齢|最年少)の[一-龠ァ-ヴー]{2,8}"
    r"|[三四五六]つ子(?:の[一-龠]{1,3}番目)?"
    r"|元(?:プロ[一-龠ァ-ヴー]{1,8}|Jリーガー|力士|横綱|(?:オリンピック|五輪|日本代表)(?:[^。、\n]{0,14}選手|代表)?|国会議員|市長|町長|村長|知事|市議[一-龠]{0,4}|県議[一-龠]{0,4}|町議[一-龠]{0,4}|村議[一-龠]{0,4}|芸能人"
    r"|アイドル|歌手|俳優|女優|アナウンサー|棋士|宝塚[一-龠]*|漫画家|騎手|横綱|警察署長)"
    r"|[一-龠ァ-ヴー]{0,8}の?(?:最後|初代|最年少|最年長|最高齢)の(?:[一-龠]{1,6}(?:長|生|人|手|員|師|匠)|優勝者)(?!は|が残|に)"
    r"|(?:[一-龠ぁ-んァ-ヴー]{1,14}の)?(?:最年少|最年長|最高齢)(?:優勝|受賞|合格|当選|記録)[一-龠]{0,3}"
    r"|ノーベル賞|人間国宝|文化勲章|(?:殺人|誘拐|立てこもり|放火|強盗)(?:事件|未遂)"
)
# Callings that few have: with 元, or told of as a life, one of them is one person.
SELDOM = (
    r"(?:落語家|噺家|講談師|漫才師|曲芸師|手品師|奇術師|腹話術師|浪曲師|能楽師|狂言師|歌舞伎役者|役者|声優|舞踊家|バレリーナ|指揮者|作曲家|作詞家|演歌歌手|オペラ歌手|ピアニスト|バイオリニスト"
    r"|船頭|海女|猟師|マタギ|鷹匠|花火師|宮大工|杜氏|刀鍛冶|刀匠|灯台守|炭焼き|紙すき職人|杜氏|蔵元|網元|樵|きこり|山伏|僧侶|尼僧|住職|宮司|神主|司祭|修道女"
    r"|パイロット|機長|潜水士|潜水夫|外交官|領事|検事|裁判官|棋士|力士|行司|騎手|調教師|闘牛士|登山家|冒険家|探検家|考古学者|天文学者|通訳官|軍医|憲兵|零戦乗り|航海士|捕鯨船員|発明家|飼育員)"
)
# Where the telling turns on it; what leads up to it in the clause belongs to it.
SELDOM_LIFE = re.compile(
    rf"元{SELDOM}|{SELDOM}(?=だった|をして(?:いた|い)|として(?:生き|働|暮ら)|でした|を(?:辞め|引退|廃業|継い))"
    r"|(?:[三四五六七]十|[3-7]0)年(?:間|以上|も|、|余り?|つづ[いけ]|続[いけ]|ひとりで|一人で)[^。\n「」]{0,14}(?:医者|医師|歯医者|産婆|助産[師婦]|校長|駐在|郵便局|銭湯|床屋|写真館|映画館|渡し船|灯台|船頭|船長)(?:を(?:して|つづけ|続け)(?:いた|きた|い)|だった)?"
    r"|(?:[三四五六七八九十]|\d+)つの(?:施設|里親|家庭|学校|病院)を(?:移っ|転々と|渡り|まわっ|回っ|替わっ)た?"
    r"|[三四五六]つ子の[^。\n「」]{2,30}(?:亡くし|失っ|なくし)た"
    r"|(?:家族|きょうだい|兄弟|姉妹|両親|親子|子ども|一家|上の[二三]人|[二三四五]人)(?:全員)?(?:を|が)?(?:とも|ともに|みな|皆|みんな|同時に)[^。、\n「」]{0,12}(?:海|山|川|火事|震災|津波|事故|戦争|空襲|病気)で(?:亡くし|失っ|なくし|亡くなっ|死)"
)
LED_UP_BY = 16  # characters of the clause before it
PLACE = r"(?:[市町村県国島]内?|全国|日本|世界|校内|業界|地区|集落|地元(?:出身)?|この[市町村島])"
PUBLIC_EYE = r"(?:新聞|テレビ|ニュース|ラジオ|週刊誌|雑誌|全国放送|地方紙|動画サイト)"
GREAT_EVENT = r"(?:オリンピック|五輪|パラリンピック|国体|甲子園|箱根駅伝|全国大会|世界大会|世界選手権|国際大会|日本選手権|紅白歌合戦|マラソン大会)"
DISASTER = r"(?:事故|火災|火事|爆発|水害|洪水|土砂崩れ|災害|震災|地震|津波|水難|遭難|沈没|墜落|落雷|倒壊)"
# A clause with one of these tells of one person. From the beginning of the clause to its end.
CUE = re.compile(
    rf"(?:{PLACE}[でに]は?)?(?:ただ ?(?:一人|ひとり|1人|二人)|たった ?(?:一人|ひとり|1人|二人)|唯一)"
    rf"|{PLACE}[でに]は?(?:[一二三四五数]|\d)(?:人|軒|組|名|例)(?:だけ|しか|のみ)|{PLACE}[でに]は?(?:一人きり|ひとりきり|[二三]番目に)|全国ニュースに|の元(?:メンバー|団員|部員|代表)"
    rf"|(?:{PLACE}|史上)で?(?:初めて|はじめて|初の|初となる|最年少|最高齢|最多|いちばん(?:若|年)|一番(?:若|年|有名))"
    rf"|{PUBLIC_EYE}(?:に|で|にも|でも|の)(?:何度も|大きく|よく)?(?:載|のっ|出|取り上げ|報じ|報道|紹介|話し|話す|しゃべ|歌っ|歌う|映|流れ|特集|取材|旅番組|番組で|司会)"
    rf"|{GREAT_EVENT}(?:に|で|の)?(?:出場|優勝|入賞|準優勝|代表|選手|メダ|出た|出て|走っ|投げ)"
    rf"|{DISASTER}[でにの][^。、\n「」]{{0,14}}(?:助け|救|生き残|生還|助かった|失っ|亡くし|なくし|巻き込まれ|遺族|被害者|生存者|沈ん|指を)"
    r"|(?:名誉[市町村県]民|叙勲|褒章|勲章|受勲|国民栄誉賞|人命救助|感謝状|表彰され|最優秀賞|グランプリ|[金銀銅]メダル|日本一に|世界一に|県記録|日本記録|世界記録|ギネス|国家検定)"
    r"|(?:校歌|社歌|市歌|県歌|銅像|顕彰碑|記念碑|壁画|看板画|ご当地キャラ)を[^。、\n]{0,8}(?:作曲|作詞|作った|作り|描い|建て|考え)"
    r"|(?:事件|事故)の(?:被害者|加害者|遺族|容疑者|生存者|生き残り|当事者|犯人|第一発見者)|(?:広報|市報|雑誌|新聞)の(?:表紙|一面)|きょうだい(?:全員|みんな)が|最年少の|最高齢の|を始めた人|カミングアウト|(?:映画|ドラマ|小説|番組)(?:の|に)(?:モデル|出演|主演)"
    rf"|元(?:日本代表|プロ|五輪|オリンピック|代表選手)|{GREAT_EVENT}[^。、\n]{{0,12}}(?:主将|選手|記録|代表|優勝|出場)|(?:全国|世界|日本|関東|アジア|県)(?:大会)?で?の?(?:第)?[一二三1-3]位"
    r"|(?:訴訟|裁判|再審)[^。、\n]{0,16}(?:原告|被告|証人|和解|弁護|無罪)|(?:として|ことで|で|と)(?:広く|よく|町中に|地元では)?知られ|と(?:言え|いえ)ば(?:誰|だれ|みんな|皆|分か|わか|すぐ)|顔写真が|実名(?:で|が)|南極|北極|エベレスト|ヒマラヤ|世界一周|宇宙飛行"
    r"|この(?:町|村|島|市|辺り|あたり|地区|集落)[でに]は?(?:最後|初代|唯一|一番|いちばん)|(?:映画|ドラマ|小説|番組|CM|紅白|舞台|ドキュメンタリー)[にでの][^。、\n]{0,10}(?:主演|出演|出た|出て|モデル|歌った|取材)|生き残り|人質|亡命|脱北|被爆|冤罪|指名手配|無期懲役"
    r"|(?:[六七八九十]|[6-9]|1\d)人(?:の)?(?:きょうだい|兄弟|姉妹)|(?:伝統工芸士|無形文化財|名工|人間国宝|現代の名工)|(?:百万|十万|一万|\d+万)人に(?:一人|1人)|(?:国内|日本|全国|世界)に(?:数|[一二三四五六七八九十\d]+)(?:人|例|名)"
    r"|(?:動画|投稿|SNS|ツイート|配信)が(?:拡散|炎上|バズ|\d+万)|炎上し|ネットで(?:話題|有名|叩)|有名(?:な|で|に|だっ)(?!人の|店|大学|企業|校)"
    r"|元(?:Jリーガー|力士|横綱|市長|町長|村長|知事|議員|国会議員|市議|県議|アイドル|歌手|俳優|女優|騎手|宝塚|アナウンサー|タカラジェンヌ|芸能人|モデル|料理長|秘書|パイロット|宇宙|外交官|領事)|隕石|落雷|雷に打たれ|熊に襲|サメに|宝くじ|億円|(?:市長選|町長選|村長選|市議選|県議選|選挙|知事選)[^。、\n]{0,8}(?:立候補|出馬|落選|当選)"
    r"|登録者[^。、\n]{0,6}(?:万人|千人)|フォロワー[^。、\n]{0,6}万|動画[^。、\n]{0,6}(?:拡散|炎上|有名|知られ)|(?:芥川|直木|文学|新人|作文|絵画|国際|ノーベル|アカデミー|レコード)賞|聖火|シベリア|抑留|引き揚げ|特攻|(?:議員|市長|知事|町長|村長|総理|大臣|芸能人|横綱|歌手|俳優)の(?:元秘書|秘書|実|元|妻|夫|息子|娘|弟|妹|兄|姉|孫|運転手|甥|姪)"
    r"|[十百]?[一二三四五六七八九十]人きょうだい|[三四五六]つ子|(?:殺人|誘拐|放火|強盗|立てこもり|通り魔|傷害致死|心中|ひき逃げ)(?:事件|未遂|犯)?[^。、\n]{0,10}(?:亡く|失|殺|犯人|被害|遺族|弟|兄|父|母|息子|娘|生き残)|(?:百|千|\d{2,})(?:頭|羽|匹)[^。、\n]{0,4}(?:飼|育て)|(?:ヤギ|ダチョウ|鷹|ワニ|猿|ロバ|アルパカ)を[^。、\n]{0,8}(?:飼|育て|連れ)"
    r"|(?:最後|ただ一軒|唯一)の(?:[一-龠]{1,5}(?:師|職人|工|匠|人|漁師|店主|跡取り)|一人|跡取り|生存者)|新聞に(?:大きく)?(?:載|出|書)|(?:テレビ|番組|ラジオ)に(?:映|出た|出て)|(?:人間|世界)遺産|博士号|(?:取締役|総裁|元首相|皇族|華族|大名|藩主)の(?:子孫|末裔|血筋|家)|の(?:末裔|子孫|跡取り)(?:だ|で|と|。)"
    r"|優勝|準優勝|入賞|[金銀銅]賞|特賞|チャンピオン|王者|[二三四五六七八九\d]連覇|記録保持|受章|入選|名物(?:店主|教師|先生|おばさん|おじさん|男|女将|じいさん|ばあさん)|語り草|伝説の|[一二三四五六七八九十\d]+代目|生存者|遭難|珍しい(?:病|名字|姓|苗字)|(?:他|ほか)に(?:は)?(?:いない|例がない|一人もいない)|(?:一人|ひとり|一軒|1人)しか(?:いな|な|残)|(?:一人|ひとり|一軒)だけ(?:残|の(?!時間|空間|世界)|だ|い)"
    r"|密着取材|特集され|(?:表紙|ポスター|看板|広告|CM)の(?:顔|モデル|子)|逮捕さ|書類送検|(?:市|町|県|国)の(?:記念|広報|パンフレット)[^。、\n]{0,6}(?:顔|モデル|写真)|(?:地元|町|村|この辺り|近所)では?(?:有名|名の知れ|知らない(?:人|者))"
    r"|on the news|in the newspaper|on TV|the only (?:one|person|family)"
)
LEFT = re.compile(r"[。\n「」、(（・:：]|(?<=[^\s])(?:は|には|とは|では)(?![じずしたいな])")
RIGHT = re.compile(
    r"[。\n「」、)]|で(?:、|ある|す)|だ(?:。|った。|と|が)|として|という|といい|ことが|ことで|ことも|ことは|らしい|とのこと|ため|ので|から(?=[、。])|とき(?:から|に|は|も|の)|あの[一-龠]|その[一-龠]|(?<=[一-龠]{2})(?:を(?:育て|介護|抱え)|で$|であり|と(?:結婚|暮ら|同居))"
)
LEFT_AT_MOST, RIGHT_AT_MOST = 32, 28
# What is said to everybody: no person stands in it.
OF_ALL = re.compile(
    r"(?:ください|でしょう|ましょう|場合|とき[はに]|制度|施設|窓口|取組|取り組み|事業|イベント|講座|計画|条例|自治体|サイト|アプリ|システム|機能|方法|手段|役割|市です|団体です|管理者|画面|ページ|助成|補助)"
)
PERSONAL = re.compile(
    r"(?:さん|氏|本人|[母父兄姉弟妹夫妻娘息子孫]|世帯|家族|男性|女性|患者|選手|人(?![権口数員材])|方(?=[。、はがで])|者|師|士|家(?=[。、はがで])|様|くん|彼|彼女|相談者|親(?=[がはも])|うち|わたし|私|ぼく|僕|俺|[A-ZＡ-Ｚ](?=さん|氏|くん)|子|病気|難病|we |family|son|daughter)"
)


# Notes are written in the plain style; what is said to everybody, in the polite one.
TOLD = re.compile(r"(?:である|という|だそうだ|だった|と聞く|らしい|とのこと|と噂(?:される|だ)|た|だ)。?$")
PERSONAL_AROUND = re.compile(
    r"さん|くん|ちゃん|氏|本人|[A-ZＡ-Ｚ](?=さん|氏)|息子|娘|長男|長女|次男|夫|妻|祖父|祖母|\d歳|歳の|職人|漁師|配信者|投手|跡取り|末っ子|姉妹|兄弟|家族と|秘書|元"
)


def _clause(flat: Flat, start: int, end: int) -> tuple[int, int]:
    """The words around a cue, from the last mark or topic before it to the end of what it says."""
    text = flat.text
    if re.match(r"[A-Za-z]", text[start:end]):
        begin = max(text.rfind(". ", 0, start) + 2, text.rfind("\n", 0, start) + 1, 0) if ". " in text[:start] else 0
        stop = re.compile(r"[.\n]").search(text, end)
        return begin, stop.start() if stop else len(text)
    low = max(0, start - LEFT_AT_MOST)
    begin = low
    for mark in LEFT.finditer(text, low, start):
        begin = mark.end()
    stop = RIGHT.search(text, end, min(len(text), end + RIGHT_AT_MOST))
    finish = stop.start() if stop else min(len(text), end + RIGHT_AT_MOST)
    while begin < start and text[begin] in " 、・":
        begin += 1
    return begin, finish


def _sentence(flat: Flat, start: int, end: int) -> str:
    text = flat.text
    begin = max(text.rfind("。", 0, start), text.rfind("\n", 0, start)) + 1
    stop = min((place for place in (text.find("。", end), text.find("\n", end)) if place != -1), default=len(text))
    return text[begin : stop + 1]


def find(flat: Flat) -> Iterator[Finding]:
    """Circumstances that stand out."""
    for match in FACT.finditer(flat.text):
        if not OF_ALL.search(flat.text, match.end() - 3, match.end() + 3):
            yield Finding(match.start(), match.end(), Kind.RARE, Certainty.PERHAPS, "rare-fact")
    for match in SELDOM_LIFE.finditer(flat.text):
        if not OF_ALL.search(_sentence(flat, match.start(), match.end())):
            begin = _clause(flat, match.start(), match.end())[0]
            yield Finding(
                max(begin, match.start() - LED_UP_BY), match.end(), Kind.RARE, Certainty.PERHAPS, "seldom-life"
            )
    for match in CUE.finditer(flat.text):
        sentence = _sentence(flat, match.start(), match.end())
        around = flat.text[max(0, match.start() - 60) : match.end() + 40]
        if OF_ALL.search(sentence) or not (
            PERSONAL.search(sentence) or PERSONAL_AROUND.search(around) or TOLD.search(sentence)
        ):
            continue
        start, end = _clause(flat, match.start(), match.end())
        yield Finding(start, end, Kind.RARE, Certainty.PERHAPS, "rare-circumstance")

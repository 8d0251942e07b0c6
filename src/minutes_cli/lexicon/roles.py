"""What people at meetings are called: offices, honorifics, kinds of organisation.

These are words of the language of public administration, not lists of people or bodies: a label that
holds none of them can still be a speaker, it only needs other evidence.
"""

from __future__ import annotations

from minutes_cli.patterns import lazy

_OLD_STYLE = str.maketrans("会国総県区学図団", "會國總縣區學圖團")


def old_style(word: str) -> str:
    """*word* as records before 1950 print it: 会長 -> 會長."""
    return word.translate(_OLD_STYLE)


#: Behind a name, in the order in which they are tried. 議員 and 委員 are offices, but follow names like these.
HONORIFICS = ("君", "さん", "氏", "様", "殿", "先生", "くん", "さま")

_OFFICES = """
議長 副議長 仮議長 臨時議長 委員長 副委員長 仮委員長 小委員長 主査 副主査 会長 副会長 座長 副座長
議員 委員 知事 副知事 市長 副市長 区長 副区長 町長 副町長 村長 副村長 助役 収入役 教育長 教育次長
部長 副部長 次長 課長 局長 室長 所長 館長 園長 校長 教頭 院長 署長 係長 班長 隊長 団長 支所長
場長 センター長 部会長 分科会長 組合長 理事長 理事 監事 幹事長 幹事 参事 参与 参事官 審議官 政策監
理事監 統括監 管理監 技監 主幹 主任 主事 書記 書記長 事務局 事務局長 事務局次長 事務長 事務総長
事務次長 事務次官 会計管理者 管理者 事業管理者 監査委員 消防長 出納長 総裁 副総裁 内閣総理大臣 総理大臣
國務大臣 国務大臣 大臣 副大臣 大臣政務官 政務官 政務次官 長官 副長官 官房長官 官房長 政府参考人 参考人
政府委員 説明員 説明者 公述人 証人 会計検査院長 社長 副社長 取締役 執行役 専務 常務 代表 代表取締役
代表理事 会頭 副会頭 教授 准教授 講師 弁護士 税理士 医師 司会 司会者 進行 進行役 顧問 相談役
アドバイザー オブザーバー コーディネーター ファシリテーター CIO CISO ＣＩＯ 補佐官 補佐 代理 代行
職務代理者 職務代理 記者 市民 住民 町民 区民 村民 都民 県民 傍聴者 参加者 出席者 質問者 回答者
発言者 当局 理事者 執行部 執行機関 提案者 提出者 発議者 請願者 陳情者 紹介議員 担当 担当者 専門員
調整官 企画官 管理官 対策監 推進監 統括官 室次長 総長 学長 塾長 住職 区議 市議 議員団長 団員 議事係
速記者 審査員 調査員 研究員 専務理事 常務理事 常任理事 事業者 受託者
""".split()

#: Offices, longest first, so that 副委員長 is found before 委員長 before 長.
OFFICES = tuple(sorted({*_OFFICES, *(old_style(word) for word in _OFFICES)}, key=len, reverse=True))

_SUFFIX = "(?:補佐官?|職務代理者?|代理者?|代行|心得|事務取扱|扱|級|職)?"

_NUMBERED = "(?:[A-ZＡ-Ｚ0-9０-９①-⑳]{1,2})?"
_KNOWN_AT_END = lazy(rf"(?:{'|'.join(OFFICES)}){_NUMBERED}{_SUFFIX}$")
_ANY_AT_END = lazy(rf"(?:[一-龥ァ-ヶー]長|[一-龥]{{2}}(?:官|監|員|幹|役|師|士)){_NUMBERED}{_SUFFIX}$")


def office_at_end(text: str) -> int | None:
    """Where the office at the end of *text* begins: a known one, else any word in 長, 官, 監, 員 …"""
    match = _KNOWN_AT_END.search(text) or _ANY_AT_END.search(text)
    return match.start() if match else None


#: Seat numbers: １８番, 5番議員, 三番.
SEAT = lazy(r"[0-9０-９一二三四五六七八九十百〇]{1,4}\s?番(?:議員|委員)?")

#: Words of which the names of offices and departments are made; a person's name comes before them.
DEPARTMENT = lazy(
    r"行政|総務|財政|財務|企画|教育|福祉|環境|建設|建築|都市|産業|市民|町民|区民|村民|県民|住民|健康|保健|保険|税務|納税|収納|議会|議事|"
    r"事務|危機|防災|情報|デジタル|ＤＸ|DX|ICT|ＩＣＴ|ＢＰＲ|政策|経済|農政|農林|農業|農村|林務|水産|水道|下水|土木|住宅|道路|河川|公園|生活|"
    r"子ども|こども|子育|児童|青少年|学校|学務|社会|生涯|文化|観光|商工|労働|労政|雇用|地域|まちづくり|会計|契約|管財|用地|人事|職員|広報|秘書|"
    r"戸籍|介護|高齢|長寿|障害|障がい|病院|診療|看護|消防|警防|警察|選挙|監査|交通|港湾|空港|観測|調査|計画|開発|整備|施設|営繕|工事|検査|"
    r"国保|年金|医療|衛生|清掃|廃棄|資源|緑化|自然|気候|エネルギー|統計|システム|戦略|推進|改革|協働|共同|連携|支援|相談|窓口|図書|博物|体育|スポーツ|"
    r"国際|平和|男女|人権|多文化|移住|定住|内閣|国務|外務|法務|文部|厚生|農水|国土|防衛|復興|金融|公正|会計検査|最高|政府|参考|"
    r"分科|小委|特別|災害|対策|常任|予算|決算|運営|審査|臨時|代表|専門|主任|上席|首席|統括|総括|担当|衆議院|参議院|国立|国会|大学|震災"
)

#: What names of organisations end in.
ORGANISATION_AT_END = lazy(
    r"(?:都|道|府|県|市|区|町|村|省|庁|局|部|課|室|係|署|院|所|館|会|団|社|党|組合|機関|機構|財団|法人|協会|連盟|連合|委員会|大学|学校|病院|銀行|"
    r"センター|グループ|チーム|事務局|クラブ|ＪＡ|JA|NPO|ＮＰＯ|㈱|（株）|\(株\)|有志|側|本部|支部|支社|支店)$"
)

#: What headings end in and labels do not.
HEADING_AT_END = lazy(
    r"(?:について|に関する件|の件|案件|日程|議事|次第|[0-9０-９一二三四五六七八九十]+号|宣告|報告|質疑|質問|答弁|討論|採決|表決|選挙|選任|指名|"
    r"辞任|互選|決定|挨拶|あいさつ|開会|閉会|開議|散会|延会|休憩|再開|説明|紹介|朗読|提出|上程|付託|審査|調査|請願|陳情|意見書|決議|条例|予算|"
    r"決算|契約|計画|方針|概要|結果|経過|資料|目次|一覧|名簿|次回|その他|他|状況|事項|課題|要旨|会議録|議事録|記録|演説|件名|事件|場所|日時|期日|"
    r"時刻|時間|会期|欠席|出席|登壇|起立|着席|拍手|降壇|なし|表彰|令和|平成|公開|傍聴|要望|提案|意見|協議|連絡|共有|交換|応答|まとめ|総括|"
    r"調査等?|整備|推進|強化|見直し|対策|取組|あり方|在り方|発議|議案|承認|認定|同意|推薦|諮問|答申|補正|改正|制定|廃止|設置|指定|変更|専決処分)$"
)

#: Headings of attendance lists and agendas that look like labels because they end in 議員 or 委員.
GROUP = lazy(
    r"^(?:本?日?の?(?:出|欠|遅|早|列|参|臨)席|欠員|説明の?ため|説明員(?:$|の)|職務の?ため|地方自治法|委任|会議録?署名|署名|傍聴|委員の?異動|本会議|会議に|議会事務局(?:職員|出席)|"
    r"事務局(?:職員|出席)|参加者|出席者|委員外|議事日程|本日の|会議の|その他の?出席|速記|主催|配付|資料|他に|当日|"
    r"(?:議員|委員|理事|職員|説明員|執行部|当局)等?(?:の?出?欠席)?(?:氏名|名簿))"
)

#: Organisations whose names no surname ends like.
PLAIN_ORGANISATION_AT_END = lazy(r"..(?:都|県|庁|省|局|課)$")

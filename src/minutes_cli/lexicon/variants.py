"""Characters that are two ways of writing the same: in names each bearer has one, and no tool may choose another."""

from __future__ import annotations

#: Groups of variants: old and new forms of kanji that stand in names, and kana as place names write them.
GROUPS = """
斎斉齋齊 高髙 辺邊邉 崎﨑嵜碕埼 沢澤 浜濱濵 島嶋嶌 桜櫻 広廣 富冨 国國 真眞 竜龍 滝瀧 柳栁 徳德 恵惠 栄榮
関關 寿壽 万萬 与與 円圓 学學 宝寶寳 豊豐 条條 県縣 会會 瀬瀨 渕淵渊 館舘 曽曾 桑桒 兎兔 船舩
峰峯 群羣 秋穐 野埜 略畧 杉椙 藤籐 鉄鐵 塩鹽 蔵藏 実實 応應 総總 検檢 険險 団團 図圖 区區
弁辨辯 体體 台臺 当當 来來 労勞 静靜 経經 続續 読讀 売賣 変變 戦戰 帰歸 発發 鶴鸖 礼禮 郎郞
清淸 青靑 黒黑 緑綠 横橫 巻卷 巣巢 単單 禅禪 弾彈 芦蘆 茅萱 尭堯 遥遙 亘亙 
靭靱 掴摑 頬頰 剥剝 填塡 嘘噓 箪簞 蝋蠟 繋繫 侠俠 祷禱 ッツ ヶケ ヵカヶ
ノ之
"""
_GROUP_OF: dict[str, set[int]] = {}
for _number, _group in enumerate(GROUPS.split()):
    for _character in _group:
        _GROUP_OF.setdefault(_character, set()).add(_number)


def are_variants(one: str, other: str) -> bool:
    """Whether two characters are ways of writing the same one."""
    return bool(_GROUP_OF.get(one, set()) & _GROUP_OF.get(other, set()))

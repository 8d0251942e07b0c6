"""What happens besides speech: interjections, applause, votes, stage directions, times of opening and closing."""

from __future__ import annotations

import re

from minutes_cli.model import EventKind
from minutes_cli.patterns import lazy

_TIME_WORD = r"開\s?[会會]|開\s?議|再\s?開|休\s?憩|散\s?[会會]|閉\s?[会會]|延\s?[会會]|閉\s?議|中\s?断|午\s?前|午\s?後"
_VOICE = (
    r"呼ぶ者|呼ぶもの|と呼ぶ|呼び|発言する者|言う者|言う人|云う者|述べる者|叫ぶ者|"
    r"の声|者あり|人あり|声あり|発言あり|傍聴席|する者"
)
_VOTE = (
    r"賛\s?成\s?者?\s?[起挙]|反\s?対\s?者?\s?[起挙]|起\s?立\s?(?:全員|多数|少数|者)|挙\s?手\s?(?:全員|多数|少数|者)|全員(?:起立|挙手|賛成)|"
    r"賛\s?成\s?(?:者|多数|少数|全員)|投\s?票|採決|表決|ボタン|氏名点呼|点\s?呼"
)
_STAGE = (
    r"登\s?壇|降\s?壇|退\s?席|退\s?場|入\s?場|着\s?席|離\s?席|起\s?立|挙\s?手|交\s?代|朗\s?読|省\s?略|配\s?[付布]|掲載|笑|速記|録音|手交|渡す|移動|"
    r"上映|モニター|スクリーン|黙\s?[とと祷]|一同|斉\s?唱|除\s?斥|署名|暫\s?時|礼|紹介|表示|投影|中止|退出|入室|退室|着座|接続|マイク|休憩|映写|献花"
)

#: Events in the middle of a line; tried only where a line holds a bracket.
INLINE = lazy(
    r"（[^（）。]{0,40}（[^（）]{0,20}）[^（）。]{0,30}(?:登壇|退席|着席|起立|呼ぶ者あり|の声あり)）"
    r"|[（(〔](?:"
    r"(?:大?笑い?声?|拍\s?手|爆笑|失笑|一同笑い?|起立|挙手|登壇|着席|退席|異議なし|なし|はい|了承|承認|「[^」]{1,60}」)"
    rf"|[^（）()〔〕]{{0,40}}(?:{_VOICE})[^（）()〔〕]{{0,16}}"
    r"|[^（）()〔〕。]{0,24}(?:登\s?壇|降\s?壇|拍\s?手|を?朗\s?読|資料提示|パネル(?:を)?(?:提示|掲示)|[起挙][立手](?:多数|全員|少数|者))[^（）()〔〕。]{0,8}"
    r"|[^（）()〔〕。、「」]{0,30}「[^」]{0,60}」(?:[とのな][^（）()〔〕]{0,20})?"
    rf"|[^（）()〔〕。]{{0,12}}(?:午前|午後)[^（）()〔〕。]{{0,16}}(?:{_TIME_WORD})[^（）()〔〕。]{{0,6}}"
    r")。?[）)〕]"
)

_HEADING_ONLY = lazy(
    r"開\s?[会會]|閉\s?[会會]|挨\s?拶|あいさつ|議\s?事|議\s?題|意見交換|質疑応答|質\s?疑|報\s?告|協\s?議|講\s?演|説\s?明|討\s?議|審\s?議|そ\s?の\s?他|総\s?括|連\s?絡|"
    r".{0,20}(?:について|の件|に関すること|事項|日程.{0,4}|の部)"
)


def event_kind(text: str) -> EventKind | None:
    """What sort of event the bracketed *text* is; None when it holds no word of any."""
    inner = text.strip(" 　。").strip("（）()〔〕［］[]")
    if re.search(_VOICE, inner) or re.fullmatch(r"(?:「[^」]*」[、と　 ]*)+|異議なし|な\s?し|はい|了承|なし。?", inner):
        return EventKind.INTERJECTION
    if re.search(r"拍\s?手", inner):
        return EventKind.APPLAUSE
    if re.search(_VOTE, inner):
        return EventKind.VOTE
    if re.search(_TIME_WORD, inner) and re.search(r"[0-9０-９時]|正午", inner):
        return EventKind.TIME
    if re.fullmatch(r"(?:暫\s?時)?\s?(?:休\s?憩|再\s?開|散\s?[会會]|延\s?[会會])[^。]{0,6}", inner) or re.fullmatch(
        r"(?:午前|午後)?\s?[0-9０-９一二三四五六七八九十]+\s?時[0-9０-９一二三四五六七八九十\s]*分?", inner
    ):
        return EventKind.TIME
    if re.search(_STAGE, inner):
        return EventKind.STAGE
    return None


def is_heading(text: str) -> bool:
    """Whether a line in 〔〕 or （） names a part of the meeting (〔議 事〕) instead of an event."""
    inner = text.strip(" 　").strip("（）()〔〕［］[]").strip()
    return bool(_HEADING_ONLY.fullmatch(inner))

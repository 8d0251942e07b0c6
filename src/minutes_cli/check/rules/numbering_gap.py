"""M508: numbers that leave one out. A number that stands twice instead belongs to M509, a garbled one to M201."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.numbering import slips
from minutes_cli.check.subject import Subject


def _find(subject: Subject) -> Iterator[Flaw]:
    text = subject.document.view.text
    for before, item, twice, expected in slips(subject):
        if not twice:
            first, second = ("".join(text[head.start : head.end].split()) for head in (before, item))
            yield Flaw(
                subject.span(item.start, item.end),
                f"{second} comes behind {first}: number {expected} is left out; put in what is missing, or correct the "
                "number",
            )


_RECORD = """令和6年第1回あおば町議会定例会会議録
令和6年3月4日（月）
議事日程
{}
○議長（山田太郎君）　ただいまから会議を開きます。
○1番（佐藤花子君）　{}
○議長（山田太郎君）　本日はこれで散会いたします。
"""
_LETTER = """あおば町長　山田太郎　様

通学路の安全に関する要望書
令和6年3月4日
あおば小学校保護者会会長　佐藤花子

記
1 道路について
(1) 横断歩道を塗り直すこと。
({}) 街灯を増やすこと。
2 学校について
(1) 門に鍵を付けること。
(2) 柵を直すこと。
"""
_AGENDA = "日程第1　会期の決定\n日程第2　議案第5号　{}\n日程第{}　議案第{}号　予算\n日程第{}　議案第9号　契約"

RULE = Rule(
    find=_find,
    explanation=(
        "The items of a list count 1, 2, 4: an item is lost, or its number is wrong. Looked at are numbers at the "
        "beginning of lines, 第一に … 第三に inside one speech, and bills in the agenda, where only a single gap in "
        "a long row counts, since councils skip bills. Lists inside lists, lists that begin anew, seats, items "
        "taken together (日程第2から日程第4まで) and numbers that OCR has garbled are left alone."
    ),
    must=(
        Example(_RECORD.format(_AGENDA.format("条例", 4, 6, 5), "質問いたします。"), (6,)),
        Example(_LETTER.format(3), (10,)),
        Example(
            _RECORD.format("第1　会期\n第2　質問", "順に伺います。\n①　道路です。\n②　学校です。\n④　病院です。"), (10,)
        ),
        Example(
            _RECORD.format(
                "第1　会期\n第2　質問", "三点あります。第一に、道路です。第二に、学校です。第四に、病院です。"
            ),
            (7,),
        ),
    ),
    must_not=(
        Example(_RECORD.format(_AGENDA.format("条例", 3, 8, 4), "質問いたします。")),
        Example(_LETTER.format(2)),
        Example(
            _RECORD.format("第1　会期\n第2　質問", "順に伺います。\n1　道路\n(1) 幅\n(2) 橋\n2　学校\n(1) 門\n3　病院")
        ),
        Example(_RECORD.format("日程第1　会期\n日程第2　質問から～\n日程第4　予算まで、一括議題", "質問いたします。")),
    ),
)

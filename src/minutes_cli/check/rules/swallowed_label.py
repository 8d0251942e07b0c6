"""M301: a line inside a speech that reads like a speaker's label.

A letter typed for the circle before a label is M109's, a missing bracket M111's, a missing blank M306's, a label
without speech M302's. Many labels inside lines are M603's.
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.label_style import Stray, Trouble
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.stray_labels import many_inside, strays
from minutes_cli.check.subject import Subject
from minutes_cli.model import Span

_PAIRS = (("（", "）"), ("(", ")"), ("【", "】"), ("［", "］"), ("〔", "〕"))


def _find(subject: Subject) -> Iterator[Flaw]:
    text = subject.document.view.text
    many = many_inside(subject)
    for stray in strays(subject):
        if stray.trouble is Trouble.INSIDE and not many:
            yield Flaw(_span(subject, stray), f"{_quoted(text, stray)} stands inside a line; begin a new line with it")
        elif stray.trouble is Trouble.SPOILT or (stray.trouble is Trouble.BRACKET and _paired(text, stray)):
            yield Flaw(
                _span(subject, stray),
                f"{_quoted(text, stray)} reads like a speaker's label, but the speech before it goes on over it; "
                "write it like the other labels of the record",
            )


def _span(subject: Subject, stray: Stray) -> Span:
    return subject.span(stray.start, stray.end)


def _quoted(text: str, stray: Stray) -> str:
    label = text[stray.start : stray.end]
    return label[:20] + "…" * (len(label) > 20)


def _paired(text: str, stray: Stray) -> bool:
    """Whether both brackets are missing, so that none of them stands alone."""
    label = text[stray.start : stray.end + 1]
    return all(label.count(opening) == label.count(closing) for opening, closing in _PAIRS)


_RECORD = """令和6年第2回あおば町議会定例会会議録
令和6年6月10日（月）
○議長（山田太郎君）　ただいまから会議を開きます。
　一般質問を行います。1番佐藤花子君。
○1番（佐藤花子君）　町道の街灯について質問いたします。
　明るくする計画はありますか。
{}　今年度中に20か所を取り替えます。
○議長（山田太郎君）　本日はこれで散会いたします。
"""
_COLON = """あおば町図書館協議会　会議録
日時：令和6年7月2日（火）

会長：本年度の予定について、事務局から説明してください。
事務局：秋に読書会を開きます。
{}場所はどこですか。
事務局：二階の集会室です。
木田委員：駐車場は足りますか。
会長：それも調べてください。
"""
_BRACKETS = """あおば町図書館協議会　会議録
日時：令和6年7月2日（火）

【会長】
本年度の予定について、事務局から説明してください。
【事務局】
秋に読書会を開きます。
【木田委員】
場所はどこですか。
【事務局】
二階の集会室です。
{}
駐車場は足りますか。
【会長】
それも調べてください。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "Inside a speech stands what reads like a label of this record: the mark before it is missing or another "
        "one, its colon or its brackets are lost, or it stands behind other text on its line. The speech before it "
        "then seems to go on, and its speaker is quoted with words of somebody else. Write the label like the "
        "others, on a line of its own. Labels are known from the record itself; lists of names, calls (町長。) and "
        "offices in a sentence (町長は、…) are left alone."
    ),
    must=(
        Example(_RECORD.format("町長（海野一郎君）"), (7,)),
        Example(_RECORD.format("・町長（海野一郎君）"), (7,)),
        Example(_RECORD.replace("ますか。\n{}", "ますか。○町長（海野一郎君）{}").format(""), (6,)),
        Example(_BRACKETS.format("木田委員"), (12,)),
        Example(_BRACKETS.format("（木田委員）"), (12,)),
        Example(_COLON.format("木田委員；"), (6,)),
        Example(_COLON.format("木田委員　"), (6,)),
    ),
    must_not=(
        Example(_RECORD.format("○町長（海野一郎君）")),
        Example(
            _RECORD.replace("\n{}", "\n町長の考えも伺います。\n議長、以上です。\n○町長（海野一郎君）{}").format("")
        ),
        Example(
            _RECORD.replace("\n{}", "\n議長　山田太郎君\n1番　佐藤花子君\nの2名から資料が出ています。\n○町長{}").format(
                ""
            )
        ),
        Example(_COLON.format("木田委員：事務局の案では、委員の皆さんは、")),
        Example(_COLON.format("木田委員：")),
        Example(_BRACKETS.format("【木田委員】")),
        Example(_BRACKETS.replace("\n{}", "\n担当は次の二人です。\n木田委員\n川口委員\n{}").format("【木田委員】")),
    ),
)

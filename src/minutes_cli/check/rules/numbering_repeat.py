"""M509: a number twice. The number that is missing because of it is not reported as well (M508)."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.numbering import slips
from minutes_cli.check.subject import Subject


def _find(subject: Subject) -> Iterator[Flaw]:
    text = subject.document.view.text
    for before, item, twice, expected in slips(subject):
        if twice:
            first, second = ("".join(text[head.start : head.end].split()) for head in (before, item))
            yield Flaw(
                subject.span(item.start, item.end),
                f"{second} comes behind {first}, and the number stands twice where {expected} is expected; correct the "
                "number",
            )


_RECORD = """令和6年第1回あおば町議会定例会会議録
令和6年3月4日（月）
議事日程
日程第1　会期の決定
日程第{}　条例の改正
日程第{}　予算
○議長（山田太郎君）　ただいまから会議を開きます。
○1番（佐藤花子君）　順に伺います。
(1) 道路です。
({}) 学校です。
({}) 病院です。
○議長（山田太郎君）　本日はこれで散会いたします。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "Two items of a list have the same number (1, 2, 2, 4 or 1, 2, 2, 3), mostly because a line was copied. "
        "Lists that begin anew under the next item or in the next speech, and a heading that comes back with the "
        "same words, are left alone."
    ),
    must=(
        Example(_RECORD.format(2, 3, 2, 2), (11,)),
        Example(_RECORD.format(2, 2, 2, 3), (6,)),
        Example(_RECORD.format(1, 3, 2, 3), (5,)),
        Example(_RECORD.format(2, 3, 1, 3), (10,)),
    ),
    must_not=(
        Example(_RECORD.format(2, 3, 2, 3)),
        Example(
            "令和6年第1回あおば町議会定例会会議録\n令和6年3月4日（月）\n日程第1　会期\n"
            "○議長（山田太郎君）　開会します。\n日程第2　一般質問\n○1番（佐藤花子君）　質問します。\n"
            "日程第2　一般質問\n○2番（鈴木一郎君）　質問します。\n"
        ),
        Example(
            "令和6年第1回あおば町議会定例会会議録\n令和6年3月4日（月）\n○1番（佐藤花子君）　二つ伺います。\n"
            "(1) 道路です。\n(2) 学校です。\n○2番（鈴木一郎君）　二つ伺います。\n(1) 病院です。\n(2) 学校です。\n"
        ),
    ),
)

"""M603: labels inside lines: columns were read across, or line ends lost. A few such labels are M301's."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.label_style import Trouble
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.stray_labels import many_inside, strays
from minutes_cli.check.subject import Subject


def _find(subject: Subject) -> Iterator[Flaw]:
    if not many_inside(subject):
        return
    inside = [stray for stray in strays(subject) if stray.trouble is Trouble.INSIDE]
    first = inside[0]
    yield Flaw(
        subject.span(first.start, first.end),
        f"{len(inside)} labels stand inside lines, this one first: columns were read across, or line ends are lost; "
        "take the text from the file again, column by column or line by line, and quote nothing from it until then",
    )


_RECORD = """あおば町議会全員協議会　会議録
令和6年5月18日
{0}議長（山田太郎君）　会議を開きます。
{0}町長（海野一郎君）　予算は三百万円です。
{0}議長（山田太郎君）　質問はありますか。
{0}1番（佐藤花子君）　道はどうですか。
{0}町長（海野一郎君）　来年に直します。
{0}議長（山田太郎君）　これで終わります。
"""
_JOINED = _RECORD.format("○").replace("。\n○町", "。○町").replace("。\n○1", "。○1")

RULE = Rule(
    find=_find,
    explanation=(
        "Several labels stand in the middle of lines. That happens when a page of two columns is read across both, "
        "so that two speeches are mixed line by line, or when line ends are lost on the way from a PDF. In the "
        "first case the words of one speaker stand under the name of another: trust the labels, not the text. One "
        "or two such labels are reported one by one as swallowed-label; marks inside a line that stand before no "
        "speaker are left alone."
    ),
    must=(
        Example(_JOINED, (3,)),
        Example(_RECORD.format("○").replace("。\n○", "。　○").replace("。　○1", "。\n○1"), (3,)),
    ),
    must_not=(
        Example(_RECORD.format("○")),
        Example(_RECORD.format("○").replace("予算は", "○印は町の分、○○は県の分、（○町）の分は別です。予算は")),
    ),
)

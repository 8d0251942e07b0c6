"""M302: a label without any speech."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.label_style import Trouble, style_of
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.stray_labels import strays
from minutes_cli.check.subject import Subject
from minutes_cli.model import Turn

_ADVICE = "says nothing; put the missing speech in, or take the label out"


def _find(subject: Subject) -> Iterator[Flaw]:
    text, found, style = subject.document.view.text, strays(subject), style_of(subject)
    labels = {label.turn: label for label in style.labels} if style is not None else {}
    inside = {stray.end for stray in found if stray.trouble is Trouble.INSIDE}
    for number, turn, _ in subject.turns():
        after = labels.get(number + 1)
        if _silent(turn, subject.document.spoken[number]) and not (after is not None and after.end in inside):
            label = labels.get(number)
            span = subject.span(label.start, label.end) if label is not None else subject.place_of(number)
            yield Flaw(span, f"{turn.label or 'somebody'} {_ADVICE}")
    for stray in found:
        if stray.trouble is Trouble.EMPTY:
            yield Flaw(subject.span(stray.start, stray.end), f"{text[stray.start : stray.end]} {_ADVICE}")


def _silent(turn: Turn, places: tuple[int, ...]) -> bool:
    return not places and not turn.events and not turn.paragraphs


_RECORD = """令和6年第1回あおば町議会定例会会議録
令和6年3月4日（月）
○議長（山田太郎君）　ただいまから会議を開きます。
○1番（佐藤花子君）　{}
○議長（山田太郎君）　本日はこれで散会いたします。
○1番（佐藤花子君）　ありがとうございました。
"""
_BELOW = """あおば町子ども会議　議事録
令和6年5月11日

司会（森本）
今日のテーマは公園です。思っていることを自由に話してください。

大木委員
{}
司会（森本）
ありがとうございました。では次の方。

大木委員
ぶらんこをもう一つ増やしてほしいです。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "A speaker's label is followed by nothing: the speech was lost when the record was put together, or the "
        "label is a leftover. Who quotes the record cannot tell which. Put the speech in or take the label out. A "
        "label followed by an event only, such as （起立する者あり）, is left alone."
    ),
    must=(Example(_RECORD.format(""), (4,)), Example(_BELOW.format(""), (7,))),
    must_not=(
        Example(_RECORD.format("質問いたします。")),
        Example(_RECORD.format("（登壇）")),
        Example(_RECORD.format("\n　はい。")),
        Example(_BELOW.format("はい。\n")),
    ),
)

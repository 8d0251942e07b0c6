"""M305: speech before the first speaker."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.label_style import style_of
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.model import BlockKind
from minutes_cli.patterns import lazy

#: In these layouts an introduction before the first question is nothing unusual.
_INTRODUCED = frozenset(("question-answer", "trailing-label"))
_SPOKEN = lazy(r"(?:です|ます|ません|でした|ました|ください|でしょう)(?:か|ね|よ|が)?。")
_OPENS = lazy(
    r"ただいま|ただ今|これより|これから|定刻|皆さん|皆様|本日は|お忙しい|おはよう|こんにちは|お待たせ|それでは|では、|会議を開|開会(?:いた|し)|"
    r"始めます|始めさせて|開きます"
)
#: Notes of those who made the record.
_NOTE = lazy(
    r"[\s　]*(?:[※＊*注（(〔\[【]|この(?:会議録|議事録|記録|速記録)|本(?:会議録|議事録|記録)|"
    r"なお、|凡例|作成|発言者名?は|敬称)"
)


def _find(subject: Subject) -> Iterator[Flaw]:
    document, style = subject.document, style_of(subject)
    if style is None or not document.turns or document.layout.convention in _INTRODUCED:
        return
    text, first = document.view.text, style.labels[0].start
    said: list[tuple[int, int]] = []
    for block in document.blocks:
        if block.start >= first:
            break
        if block.kind in (BlockKind.FRONT, BlockKind.PARAGRAPH, BlockKind.BULLET):
            said += _lines_of_speech(text, block.start, min(block.end, first))
    spoken = sum(len(_SPOKEN.findall(text, start, end)) for start, end in said)
    opening = any(_OPENS.search(text, start, end) for start, end in said)
    if spoken >= 2 or (spoken and opening):
        line = subject.first_line(subject.span(*said[0]))
        quoted = subject.text[line.start : line.end]
        yield Flaw(
            line,
            f"{quoted[:15]}{'…' * (len(quoted) > 15)} reads like speech, but nobody has begun to speak; "
            "put the speaker's label before it",
        )


def _lines_of_speech(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if _SPOKEN.search(text, start, stop) and not _NOTE.match(text, start, stop):
            yield start, stop
        start = stop + 1


_RECORD = """令和6年第1回あおば町子ども会議　会議録
令和6年5月11日（土）
{}
会長：次に、公園のことを話し合います。
木田委員：ぶらんこをもう一つ増やしてほしいです。
会長：ありがとうございます。次の方はいませんか。
森委員：砂場も直してください。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "Before the first label stand sentences that somebody says (皆さん、おはようございます。): the label before "
        "them is missing, so nobody can be quoted with them. Put it in. Title, dates, lists, notes on the record and a "
        "single sentence of description are left alone."
    ),
    must=(
        Example(_RECORD.format("皆さん、おはようございます。ただいまから会議を始めます。"), (3,)),
        Example(_RECORD.format("出席者：8名\n先月の会議では道のことを話しました。\n今日は続きを話します。"), (4,)),
    ),
    must_not=(
        Example(_RECORD.format("会長：皆さん、おはようございます。ただいまから会議を始めます。")),
        Example(_RECORD.format("※この会議録は、発言の要点をまとめたものです。\n　発言者の敬称は略しています。")),
        Example(_RECORD.format("傍聴者はいませんでした。")),
    ),
)

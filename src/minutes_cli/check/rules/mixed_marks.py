"""M109: speakers behind another circle than nearly all others of the record (○ 〇 ◯, or a letter O)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from minutes_cli.check.characters import named
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.stretches import Areas
from minutes_cli.check.subject import Subject
from minutes_cli.lexicon.roles import HONORIFICS, office_at_end
from minutes_cli.model import BlockKind, Safety, Span
from minutes_cli.patterns import lazy

#: Circles that stand before speakers and are hard to tell apart. Other marks (◎ ◆ ●) may mean something.
_CIRCLES = "○〇◯⚪"
#: What is typed or read by OCR for a circle, and is no mark by itself.
_LETTERS = "OＯoｏ0０ОоΟο⭕◦゜°"
#: Marks of their own. One of them is a slip where it stands once, before a speaker who has the circle elsewhere.
_OTHERS = "◎●◆◇□■△▲▽▼☆★"
_HEAD = lazy(rf"[\s0-9０-９.．:：、]*?([{_CIRCLES}{_OTHERS}])[ 　]*(.*)", re.DOTALL)
#: What may stand behind a letter that was meant for a circle: a label to its closing bracket, or to a blank.
_IN_BRACKETS = lazy(
    r"(?![A-Za-z0-9Ａ-Ｚａ-ｚ０-９])[^\s（()）。、「」]{0,14}[（(][^（()）。、\r\n\f]{1,14}[）)](?=[ 　]|$)"
)
_WORD = lazy(r"(?![A-Za-z0-9Ａ-Ｚａ-ｚ０-９])[^\s（()）。、「」]{2,16}(?=[ 　]|$)")
#: So many times as often as any other circle, and at least so often, makes a circle that of the record.
_TIMES, _LEAST = 3, 3


class _Marked(NamedTuple):
    """A mark before a label: where it stands in the corrected text, and the label behind it."""

    mark: str
    at: int
    label: str


def _find(subject: Subject) -> Iterator[Flaw]:
    if not subject.each(_CIRCLES):
        return
    marked = list(_marked(subject))
    counts = Counter(one.mark for one in marked if one.mark in _CIRCLES).most_common()
    if not counts or counts[0][1] < _LEAST or (len(counts) > 1 and counts[0][1] < _TIMES * counts[1][1]):
        return
    usual, times = counts[0]
    for one in marked:
        span = subject.span(one.at, one.at + 1) if one.mark in _CIRCLES and one.mark != usual else None
        if span is not None and subject.text[span.start : span.end] == one.mark:
            yield _flaw(subject, span, usual, times, Safety.SAFE)
    labels = {one.label for one in marked if one.mark == usual}
    for mark, among in Counter(one.mark for one in marked).items():
        if mark in _OTHERS and among == 1:
            single = next(one for one in marked if one.mark == mark)
            if single.label in labels:
                yield _flaw(subject, subject.span(single.at, single.at + 1), usual, times, Safety.ASK)
    letters = subject.each(_LETTERS)
    if letters:
        corrected = Areas(edit.span for edit in subject.corrections)
        for span in _lettered(subject.text, letters, labels):
            if not corrected.meet(span):
                yield _flaw(subject, span, usual, times, Safety.SAFE)


def _marked(subject: Subject) -> Iterator[_Marked]:
    seen = subject.document.view.text
    for block in subject.document.blocks:
        if block.kind is BlockKind.LABEL:
            head = _HEAD.match(seen, block.start, block.end)
            if head is not None:
                yield _Marked(head[1], head.start(1), head[2].strip())


def _lettered(text: str, letters: str, labels: set[str]) -> Iterator[Span]:
    """Lines that begin with a letter for a mark: behind it stands one of the record, or what looks like a label."""
    line = rf"[ 　]*([{letters}])[ 　]?(?=([^\n\r\f]{{2,60}}))"
    # A literal first, so that re can skip to it.
    heads = [f"\\A{line}", f"\n{line}", *(f"{end}{line}" for end in "\r\f" if end in text and "\r\n" not in text)]
    for hit in (hit for head in heads for hit in re.finditer(head, text)):
        if _is_label(hit[2], labels):
            yield Span(*hit.span(1))


def _is_label(rest: str, labels: set[str]) -> bool:
    to_bracket = rest[: 1 + min(at for at in (rest.find("）"), rest.find(")"), len(rest)) if at >= 0)]
    if to_bracket in labels or re.split("[ 　]", rest, maxsplit=1)[0] in labels or _IN_BRACKETS.match(rest):
        return True
    word = _WORD.match(rest)
    return word is not None and (word.group().endswith(HONORIFICS) or office_at_end(word.group()) is not None)


def _flaw(subject: Subject, span: Span, usual: str, times: int, safety: Safety) -> Flaw:
    mark = subject.text[span.start : span.end]
    fix = subject.replaced(span, usual, "mixed-marks", f"{times} speakers stand behind {named(usual)}", safety)
    message = f'"{mark}" ({named(mark)}) before a speaker; the record has "{usual}" ({named(usual)}) {times} times'
    return Flaw(span, message, fix)


_RECORD = """令和６年第１回あおば町議会定例会会議録
○議長（山田太郎君）　ただいまから会議を開きます。
○１番（佐藤花子君）　質問いたします。
{}町長（鈴木一郎君）　お答えいたします。
○１番（佐藤花子君）　分かりました。
○町長（鈴木一郎君）　よろしくお願いいたします。
○議長（山田太郎君）　本日はこれで散会いたします。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "A speaker stands behind a circle that looks like that of the others and is another character: 〇 (the zero of "
        "kanji numbers), ◯ (a large circle) or the letter O instead of ○. Whoever looks for ○ misses the speech. "
        "--fix writes the circle of the record. Circles in front of other things than speakers, records in which two "
        "circles are used about as often, and marks that do not look alike (◎ ◆ for those who answer) are left alone."
    ),
    must=(
        Example(_RECORD.format("〇"), (4,), fixed=_RECORD.format("○")),
        Example(_RECORD.format("O"), (4,), fixed=_RECORD.format("○")),
    ),
    must_not=(
        Example(_RECORD.format("◎").replace("○町長", "◎町長")),
        Example(_RECORD.format("○").replace("質問いたします。", "二〇年の計画です。\n〇町道について\n◯公園について")),
    ),
)

"""M111: a bracket without its partner, in a speech or label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli.check.brackets import Lone, lone, suspicious
from minutes_cli.check.characters import quoted
from minutes_cli.check.damage import damage
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.specks import rubbish
from minutes_cli.check.stretches import Areas
from minutes_cli.check.subject import Subject
from minutes_cli.model import BlockKind
from minutes_cli.patterns import lazy

#: A new hand begins here, whether or not it was recognised.
_MARKED_LINE = lazy(r"\n[ 　]*[○〇◯◎◆●](?=\S)")
#: A label of which one bracket is written: 委員）; so many of them in a record are its way of writing.
_HALF_LABEL = lazy(r"[^（(）)「」。、\r\n\f]{1,20}\Z")
_HABIT = 3
#: A bracket behind it belongs to a code of terminals, which M104 reports.
_ESCAPE = "\x1b"
#: So much of the record is quoted beside the bracket.
_BESIDE = 12


def _find(subject: Subject) -> Iterator[Flaw]:
    seen = subject.document.view
    # A correction may write a bracket that the original lacks.
    written = (character for edit in seen.edits for character in edit.after)
    places = suspicious(seen.text, subject.characters.union(written))
    if not places:
        return
    found = list(lone(seen.text, places, _borders(subject)))
    if not found:
        return
    # Inside rubbish nobody can tell what a bracket is; the rubbish is reported by other rules.
    others = (Areas(edit.span for edit in subject.corrections), damage(subject).areas, rubbish(subject))
    labels = {one.at for one in found if one.partner == "（" and _is_half_label(seen.text, one.at)}
    for one in found:
        if one.at in labels and len(labels) >= _HABIT:
            continue
        span = subject.span(one.at, one.at + 1)
        if seen.text[one.at - 1 : one.at] != _ESCAPE and not any(areas.meet(span) for areas in others):
            yield Flaw(span, _message(seen.text, one))


def _borders(subject: Subject) -> list[int]:
    """Where a new speech begins, or what stands before and behind the speeches: no bracket reaches over these."""
    text = subject.document.view.text
    labels = {block.start for block in subject.document.blocks if block.kind is BlockKind.LABEL}
    return sorted({0, *labels, *(hit.start() + 1 for hit in _MARKED_LINE.finditer(text))})


def _is_half_label(text: str, at: int) -> bool:
    start = max(text.rfind(end, max(0, at - 40), at) for end in "\n\r\f")
    return (start >= 0 or at <= 40) and _HALF_LABEL.match(text[start + 1 : at]) is not None


def _message(text: str, one: Lone) -> str:
    bracket = text[one.at]
    if one.partner in "（「『〔［【〈《":
        before = re.split(r"[\r\n\f]", text[max(0, one.at - _BESIDE) : one.at + 1])[-1]
        return f"{bracket} in {quoted(before)} was never opened; put the missing {one.partner} in, or take it out"
    behind = re.split(r"[\r\n\f]", text[one.at : one.at + _BESIDE])[0]
    return f"{bracket} in {quoted(behind)} is never closed; put the missing {one.partner} in, or take it out"


_RECORD = """令和６年第１回あおば町議会定例会会議録
○議長（山田太郎君）　ただいまから会議を開きます。
{}　町道の管理{}について質問いたします。
　次に、公園について伺います。
○議長（山田太郎君）　本日はこれで散会いたします。
"""
_LABEL = "○１番（佐藤花子君）"

RULE = Rule(
    find=_find,
    explanation=(
        "A bracket is opened and never closed in the same speech, or closed and never opened: one of the pair was "
        "forgotten or lost. In a label that hides the speaker; elsewhere nobody can tell where a quotation or an aside "
        "ends. Put the missing one in. Marks of lists such as 1） or ア), labels such as 委員） where the record has "
        "them throughout, quotations over several paragraphs, brackets over wrapped lines and pairs of different width "
        "are left alone."
    ),
    must=(
        Example(_RECORD.format("○１番（佐藤花子君", ""), (3,)),
        Example(_RECORD.format(_LABEL, "「冬の道」と「夏の道"), (3,)),
        Example(_RECORD.format(_LABEL, "（令和五年度）と令和六年度）"), (3,)),
    ),
    must_not=(
        Example(_RECORD.format(_LABEL, "、１）舗装、２）除雪、ア）側溝")),
        Example(_RECORD.format(_LABEL, "（令和五年度の\n決算)と「道が悪い。\n「直してほしい。」という声")),
    ),
)

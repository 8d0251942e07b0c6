"""Corrections of :mod:`minutes_cli.normalize` as flaws: what M201, M202 and M203 share."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.model import Flaw
from minutes_cli.check.subject import Subject
from minutes_cli.model import Edit, Safety

#: The record of their examples: what the member of seat 1 says in it, on line 4, stands for ``{}``.
SPEECH = """令和6年第1回あおば町議会定例会会議録
令和6年3月4日（月）
○議長（山田太郎君）　ただいまから会議を開きます。
○1番（佐藤花子君）　{}
○議長（山田太郎君）　町長。
○町長（鈴木一郎君）　お答えいたします。
"""
#: So much of a correction is quoted, in characters.
_LONGEST = 20


def corrections(subject: Subject, safety: Safety, advice: str) -> Iterator[Flaw]:
    """The corrections of one *safety*; *advice* says what to do with them."""
    for edit in subject.corrections:
        if edit.safety is safety:
            yield Flaw(edit.span, f"{_change(edit)} ({edit.rule}): {edit.reason}; {advice}", edit)


def _change(edit: Edit) -> str:
    before, after = _short(edit.before), _short(edit.after)
    if not edit.before:
        return f"「{after}」 is missing"
    if not edit.after:
        return f"「{before}」 does not belong here"
    return f"「{before}」 reads 「{after}」" if edit.safety is Safety.SAFE else f"「{before}」 may be 「{after}」"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"

"""M703: words that the user does not want in records."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli.check.characters import quoted
from minutes_cli.check.model import Example, Flaw, Forbidden, Options, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.model import Span

#: Where a line is wrapped inside a word: the end of the line, and the indent of the next one.
_WRAP = "(?:[ 　]*(?:\r\n|\n|\r)[ 　]*)?"


def _find(subject: Subject) -> Iterator[Flaw]:
    for forbidden in subject.options.forbidden:
        # A word of which a character stands nowhere need not be looked for.
        if forbidden.word and subject.characters.issuperset(forbidden.word):
            for hit in re.finditer(_WRAP.join(map(re.escape, forbidden.word)), subject.text):
                yield Flaw(Span(*hit.span()), _message(forbidden))


def _message(forbidden: Forbidden) -> str:
    advice = forbidden.advice or "write it in other words"
    return f"{quoted(forbidden.word)} shall not stand in records: {advice}"


def _lacks(options: Options) -> str | None:
    given = any(one.word for one in options.forbidden)
    return None if given else "no words are given: name some with --forbid WORD, or with forbidden in the settings"


_RECORD = """令和６年第１回あおば町議会定例会会議録
○議長（山田太郎君）　ただいまから会議を開きます。
○１番（佐藤花子君）　{}について質問いたします。
"""
_OPTIONS = Options(forbidden=(Forbidden("めくら判", "確かめずに押す印 のように書く"), Forbidden("片手落ち")))

RULE = Rule(
    find=_find,
    explanation=(
        "A word stands in the record that your configuration forbids, with what it says about it. "
        "The word is looked for as it is written, also where a line ends inside it."
    ),
    must=(
        Example(_RECORD.format("めくら判"), (3,), options=_OPTIONS),
        Example(_RECORD.format("片手\n落ちの対応"), (3,), options=_OPTIONS),
    ),
    must_not=(
        Example(_RECORD.format("片手で落ち葉を集める件"), options=_OPTIONS),
        Example(_RECORD.format("判子")),
    ),
    lacks=_lacks,
)

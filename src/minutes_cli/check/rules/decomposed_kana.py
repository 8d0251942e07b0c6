"""M107: a kana and its voiced mark as two characters.

Half-width marks are left to M106. Kanji are never composed: that would write other kanji for some of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from minutes_cli.check.characters import named, quoted
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.model import Safety, Span
from minutes_cli.patterns import lazy

_COMBINING = "\u3099\u309a"
_SPACING = {"゛": "\u3099", "゜": "\u309a"}
_VOICED = "うかきくけこさしすせそたちつてとはひふへほゝウカキクケコサシスセソタチツテトハヒフヘホワヰヱヲヽ"
_HALF_VOICED = "はひふへほハヒフヘホ"
#: Only what there is one character for: か゚ for a nasal sound has none and is right as it is.
_RUN = lazy(f"(?:[{_VOICED}][\u3099゛]|[{_HALF_VOICED}][\u309a゜])+")


def _find(subject: Subject) -> Iterator[Flaw]:
    if not subject.each(_COMBINING + "゛゜"):
        return
    for hit in _RUN.finditer(subject.text):
        run = hit.group()
        combining = "".join(_SPACING.get(character, character) for character in run)
        composed = unicodedata.normalize("NFC", combining)
        # Marks with a width of their own may be there to be seen, as when the marks are spoken of.
        safety = Safety.SAFE if combining == run else Safety.ASK
        span = Span(*hit.span())
        fix = subject.replaced(span, composed, "decomposed-kana", "the same as one character each", safety)
        mark = named(run[1])
        yield Flaw(span, f"{quoted(composed)} is written as kana and mark, {mark}; write one character for both", fix)


_RECORD = """令和６年第１回あおば町議会定例会会議録
○議長（山田太郎君）　ただいまから会議を開きます。
○１番（佐藤花子君）　{}について質問いたします。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "が is written as か with a mark of its own behind it, as happens to text from a Mac or out of a PDF. "
        "It looks the same, and a search does not find it. --fix writes one character for the two. "
        "Marks without a kana that takes them, and kanji that come in two forms, are left alone."
    ),
    must=(
        Example(_RECORD.format("か\u3099ートレール"), (3,), fixed=_RECORD.format("がートレール")),
        Example(_RECORD.format("ハ\u309aンとテ\u3099ータ"), (3,), fixed=_RECORD.format("パンとデータ")),
        Example(_RECORD.format("は゛すと電車"), (3,)),
    ),
    must_not=(
        Example(_RECORD.format("が、ぱ、ガード、「゛」という印、か\u309aの音、あ゛")),
        Example(_RECORD.format("神社と福祉")),
    ),
)

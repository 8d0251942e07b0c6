"""M110: blanks other than the ordinary ones of half and full width. Rubbish of encodings is left to M101 and M102."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from minutes_cli.check.characters import all_named
from minutes_cli.check.damage import damage
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.model import Span
from minutes_cli.patterns import lazy

#: As wide as a kanji, whatever stands beside them.
_WIDE = "\u2001\u2003\u3164"
_BLANKS = "\xa0\u1680\u2000\u2002\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\uffa0\u2800" + _WIDE
_RUN = lazy(f"[{_BLANKS}]+")
_FULL = "\u3000"


def _find(subject: Subject) -> Iterator[Flaw]:
    if not subject.each(_BLANKS):
        return
    known = damage(subject).areas
    for hit in _RUN.finditer(subject.text):
        span = Span(*hit.span())
        if known.meet(span):
            continue
        ordinary = _ordinary(subject.text, span)
        fix = subject.replaced(span, ordinary, "no-break-space", "a blank as it is usually written")
        kind = "full-width blank" if ordinary[0] == _FULL else "ordinary blank"
        yield Flaw(span, f"{all_named(hit.group())} looks like a blank and is found as none; write {kind}s", fix)


def _ordinary(text: str, span: Span) -> str:
    """As many ordinary blanks as there are rare ones: of full width between characters of full width."""
    wide = _is_wide(text[max(0, span.start - 1) : span.start]) and _is_wide(text[span.end : span.end + 1])
    return "".join(_FULL if wide or blank in _WIDE else " " for blank in text[span.start : span.end])


def _is_wide(neighbour: str) -> bool:
    """Whether a character is of full width; the ends of a line count as what is on the other side."""
    return neighbour in ("", "\n", "\r", "\f") or unicodedata.east_asian_width(neighbour) in "WFA"


_RECORD = """令和６年第１回あおば町議会定例会会議録
○議長（山田太郎君）　ただいまから会議を開きます。
○１番（佐藤{}花子君）　町道の{}管理について質問いたします。
"""

RULE = Rule(
    find=_find,
    explanation=(
        "A blank that programs do not take for one: the no-break space of web pages and Word, the thin spaces of "
        "typesetting, fillers. Names with it are not found, and a label may not be recognised. "
        "--fix writes the ordinary blank, of full width between characters of full width. "
        "Ordinary blanks of half and full width, and tabs, are left alone."
    ),
    must=(
        Example(_RECORD.format("\xa0", ""), (3,), fixed=_RECORD.format("　", "")),
        Example(_RECORD.format("", " A\u2009B "), (3,), fixed=_RECORD.format("", " A B ")),
    ),
    must_not=(
        Example(_RECORD.format("　", " ")),
        Example(_RECORD.format(" ", "\t")),
    ),
)

"""M102: characters that a wrong encoding has made of others, in a line that is otherwise good.

Whole lines of them are reported by M101, lone codes of glyphs by M103.
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.characters import named, quoted
from minutes_cli.check.damage import damage
from minutes_cli.check.misread import Piece
from minutes_cli.check.model import Example, Flaw, Rule
from minutes_cli.check.subject import Subject
from minutes_cli.model import Safety, Span
from minutes_cli.patterns import lazy

#: What is left where a program could not read a character, once or twice over; what no text may hold at all.
_LOST = lazy("(?:\ufffd|ï¿½|锟斤拷|锟斤)+|[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+")
_REPLACED = "\ufffdï锟"
_SIGNS = frozenset(map(chr, (*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF))).union(_REPLACED)


def _find(subject: Subject) -> Iterator[Flaw]:
    known = damage(subject)
    for piece in known.pieces:
        yield _misread(subject, piece)
    if not subject.characters.isdisjoint(_SIGNS):
        areas = known.areas
        for hit in _LOST.finditer(subject.text):
            if not areas.meet(Span(*hit.span())):
                yield Flaw(Span(*hit.span()), _lost(hit.group()))


def _misread(subject: Subject, piece: Piece) -> Flaw:
    text = subject.text[piece.span.start : piece.span.end]
    how = f"{piece.right.upper()} that was read as {piece.wrong.upper()}"
    if piece.meant is None:
        return Flaw(piece.span, f"{quoted(text)} is {how}, and characters of it are lost; look up what was written")
    reason = f"its bytes are {how}"
    fix = subject.replaced(piece.span, piece.meant, "mojibake", reason, Safety.ASK)
    return Flaw(piece.span, f"{quoted(text)} is {how}; it reads {quoted(piece.meant)}", fix)


def _lost(run: str) -> str:
    if run[0] in _REPLACED:
        many = "a character was" if len(run) == 1 else "characters were"
        return f"{many} lost here when the text was read in a wrong encoding; look up what was written"
    return f"{named(run[0])} is no character of any text; look up what was written"


_BEFORE = "令和６年第１回あおば町議会定例会会議録\n○議長（山田太郎君）　ただいまから会議を開きます。\n"
_SAID = "○１番（佐藤花子君）　{}について伺います。\n"

RULE = Rule(
    find=_find,
    explanation=(
        "Some words of a line are rubbish that a wrong encoding has made of others, as happens when text is pasted "
        "or sent by mail; or a replacement character stands where one was lost. "
        "Where the words can be brought back, minutes shows them as a fix to be confirmed; "
        "else look them up in the original. Whole lines of rubbish are left to wrong-encoding."
    ),
    must=(
        Example(_BEFORE + _SAID.format("町道の\ufffd\ufffd理"), (3,)),
        Example(_BEFORE + _SAID.format("道路の整備".encode().decode("cp932", "replace")), (3,)),
        Example(_BEFORE + _SAID.format("これ".encode().decode("latin-1")), (3,)),
    ),
    must_not=(
        Example(_BEFORE + _SAID.format("縺れた糸、莠、纏、ｱｲｳｴｵ")),
        Example(_BEFORE + _SAID.format("Ångström、Café、¥500、© 2024 ")),
    ),
)

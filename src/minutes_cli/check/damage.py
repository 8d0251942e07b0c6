"""What a wrong encoding has done to a record, shared out so that every fault is reported by one rule only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from minutes_cli.check.misread import HALF_WIDTH, HALF_WIDTH_KANA, KANA, Piece, apart, lazy_bytes, misread
from minutes_cli.check.once import once
from minutes_cli.check.stretches import Areas, beyond_ascii, length
from minutes_cli.check.subject import Subject
from minutes_cli.model import Span


class Wrong(NamedTuple):
    """Lines that were read in a wrong encoding as a whole. ``first`` is where that shows first.

    ``right`` is None where nothing makes sense of them. ``of_file`` tells that the file itself was read in the wrong
    encoding, ``everything`` that most of the record was.
    """

    span: Span
    first: Span
    wrong: str
    right: str | None
    meant: str | None
    lines: int
    everything: bool
    of_file: bool


class Damage(NamedTuple):
    """What was misread in a record: lines as a whole, and pieces of lines that are otherwise good."""

    lines: tuple[Wrong, ...] = ()
    pieces: tuple[Piece, ...] = ()

    @property
    def areas(self) -> Areas:
        """All of it, for the rules that leave it alone."""
        return Areas([*(wrong.span for wrong in self.lines), *(piece.span for piece in self.pieces)])


#: What the right encoding of a Japanese text never gives: control characters, characters of makers, replacements.
_RUBBISH = frozenset(map(chr, (*range(0x80, 0xA0), *range(0xE000, 0xE758), *range(0xF8F0, 0xF8F4), 0xFFFD)))
#: So much of it, in characters and as a share of those beyond ASCII, says that the whole text is in another encoding.
_RUBBISH_LEAST, _RUBBISH_SHARE = 40, 0.1
#: The whole text was misread where so much of what is beyond ASCII was.
_EVERYTHING = 0.5
#: A line by itself was more likely pasted, unless the encoding of the file is the one in which it is rubbish.
_LEAST_LINES = 2
_RAW_LINE = lazy_bytes(rb"[^\r\n\f]*(?:\r\n|[\r\n\f])|[^\r\n\f]+")
_EUC_KANA = lazy_bytes(rb"[\xa4\xa5][\xa1-\xf6]")
_SAME = {"latin-1": "cp1252", "iso8859-1": "cp1252", "shift-jis": "cp932", "shift-jis-2004": "cp932"}


@once
def damage(subject: Subject) -> Damage:
    """What a wrong encoding has done to the record."""
    text = subject.text
    encoding = _SAME.get(subject.source.encoding, subject.source.encoding)
    pieces = apart(text, [*misread(text, subject.characters), *_lines_of_euc(subject, encoding)])
    bad = sum(beyond_ascii(text, *piece.span) for piece in pieces)
    rubbish = sum(text.count(character) for character in subject.characters & _RUBBISH)
    if bad or rubbish >= _RUBBISH_LEAST:
        everything, all_beyond = Span(0, len(text)), beyond_ascii(text, 0, len(text))
        if bad > _EVERYTHING * all_beyond:
            first = pieces[0]
            return Damage((_wrong(everything, pieces, 0, encoding == first.wrong),))
        if rubbish >= max(_RUBBISH_LEAST, _RUBBISH_SHARE * all_beyond):
            at = next(i for i, character in enumerate(text) if character in _RUBBISH)
            return Damage((Wrong(everything, Span(at, at + 1), encoding, None, None, 0, True, True),))
    lines: list[Wrong] = []
    others: list[Piece] = []
    for group in _groups(text, pieces):
        many = _lines(text, group)
        of_file = encoding == group[0].wrong
        if group[0].whole and (many >= _LEAST_LINES or of_file):
            lines.append(_wrong(Span(group[0].span.start, group[-1].span.end), group, many, of_file))
        else:
            others += group
    return Damage(tuple(lines), tuple(others))


def _lines_of_euc(subject: Subject, encoding: str) -> Iterator[Piece]:
    """Lines of EUC-JP in a file of CP932, by the bytes of the file: not all of its characters lead back to them."""
    if encoding != "cp932" or subject.characters.isdisjoint(HALF_WIDTH):
        return
    text, starts = subject.text, subject.source.line_starts
    raw = _RAW_LINE.findall(subject.source.raw)
    if len(raw) != len(starts):
        return
    for line, start, end in zip(raw, starts, (*starts[1:], len(text)), strict=True):
        if _EUC_KANA.search(line):
            said = line.decode("euc-jp", "replace").rstrip("\r\n\f")
            part = text[start:end].rstrip("\r\n\f")
            if _looks_japanese(said) and not _looks_japanese(part):
                yield Piece(Span(start, start + len(part)), encoding, "euc-jp", said)


def _looks_japanese(said: str) -> bool:
    """Whether a line reads as Japanese: ordinary characters and enough kana, none of half width, none lost."""
    beyond = beyond_ascii(said, 0, len(said))
    kana = len(KANA.findall(said))
    return kana >= max(2, 0.1 * beyond) and "\ufffd" not in said and HALF_WIDTH_KANA.search(said) is None


def _groups(text: str, pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces that make up whole lines together, with nothing else between them; any other by itself."""
    group: list[Piece] = []
    for piece in pieces:
        last = group[-1] if group else None
        if (
            last is not None
            and last.whole
            and piece.whole
            and (last.wrong, last.right) == (piece.wrong, piece.right)
            and not beyond_ascii(text, last.span.end, piece.span.start)
        ):
            group.append(piece)
            continue
        if group:
            yield group
        group = [piece]
    if group:
        yield group


def _lines(text: str, group: list[Piece]) -> int:
    """On how many lines the pieces of a group stand."""
    gaps = (text[one.span.end : other.span.start] for one, other in pairwise(group))
    return 1 + sum(1 for gap in gaps if not {"\n", "\r", "\f"}.isdisjoint(gap))


def _wrong(span: Span, pieces: list[Piece], lines: int, of_file: bool) -> Wrong:
    first = pieces[0]
    readable = (piece.meant for piece in pieces[:20] if piece.meant and length(piece.span) > 1)
    return Wrong(span, first.span, first.wrong, first.right, next(readable, None), lines, lines == 0, of_file)

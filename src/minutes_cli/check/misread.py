"""Text that was read in a wrong encoding, and what it is when it is read in the right one.

The rules of the group ``source`` share this: what is found here is rubbish as a whole, so ``wrong-encoding`` or
``mojibake`` reports it, and the half-width kana, control and private characters in it are nobody else's.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from minutes_cli.check.stretches import beyond_ascii, length, places
from minutes_cli.model import Span
from minutes_cli.patterns import lazy

HALF_WIDTH = "".join(map(chr, range(0xFF61, 0xFFA0)))


class Reading(NamedTuple):
    """A row of the table: bytes of the encoding ``right`` that were read as ``wrong``.

    Without one of ``signs`` in the text there is nothing of the sort. ``sequence`` are the bytes of one character or
    more in the right encoding; what is read must have ``least`` characters and such a share of kana (0 to 1).
    """

    wrong: str
    right: str
    signs: frozenset[str]
    sequence: re.Pattern[bytes]
    least: int
    kana: float


class Piece(NamedTuple):
    """A stretch of one line that was misread. ``meant`` is what it says; None where characters were lost in it."""

    span: Span
    wrong: str
    right: str
    meant: str | None
    whole: bool = False  # nothing else stands in its line


def lazy_bytes(pattern: bytes) -> re.Pattern[bytes]:
    """As :func:`minutes_cli.patterns.lazy`, for bytes."""
    return lazy(pattern)  # type: ignore[arg-type, return-value]


#: One character of Japanese texts in UTF-8; behind it, where Latin was spoilt too, an accented letter or the like.
_CHARACTER = rb"[\xe3-\xe9][\x80-\xbf]{2}|\xef[\xbc-\xbe][\x80-\xbf]|\xe2[\x80-\x9f][\x80-\xbf]"
_ONE_UTF_8 = lazy_bytes(_CHARACTER)
_UTF_8 = lazy_bytes(b"(?:%s)+" % _CHARACTER)
_LATIN_UTF_8 = lazy_bytes(rb"(?:%s|[\xc2\xc3][\x80-\xbf])+" % _CHARACTER)
_CP932 = lazy_bytes(rb"(?:[\x81-\x9f\xe0-\xea][\x40-\x7e\x80-\xfc])+")
_EUC = lazy_bytes(rb"(?:[\xa1-\xf4][\xa1-\xfe])+")

#: Kanji of CP932 that are the beginning of a character in UTF-8. The first three, of kana, stand in nearly all pieces.
_KANA_LEADS = "縺繧繝"
_LEADS_IN_CP932 = frozenset(
    bytes((lead, behind)).decode("cp932", "ignore") for lead in range(0xE3, 0xEA) for behind in range(0x80, 0xC0)
) - {""}
_WEAK = _LEADS_IN_CP932.difference(_KANA_LEADS)
_NEAR = 5
_ALONE = frozenset(_KANA_LEADS + "銇銈銉ãåæçèéäïâÂÃ")

READINGS = (
    Reading("cp932", "utf-8", _LEADS_IN_CP932.union(HALF_WIDTH), _UTF_8, 1, 0.0),
    Reading("cp932", "euc-jp", frozenset(HALF_WIDTH), _EUC, 4, 0.25),
    Reading("cp1252", "utf-8", frozenset("ãåæçèéäïâÂÃ"), _LATIN_UTF_8, 1, 0.0),
    Reading("cp1252", "cp932", frozenset("‚ƒ\x82\x83"), _CP932, 3, 0.2),
    Reading("cp1252", "euc-jp", frozenset("¤¥"), _EUC, 3, 0.2),
    Reading("gb18030", "utf-8", frozenset("銇銈銉"), _UTF_8, 1, 0.0),
    Reading("mac-roman", "utf-8", frozenset("„"), _UTF_8, 2, 0.3),
)
ISO_2022 = "iso-2022-jp"

KANA = lazy("[ぁ-んァ-ヶー]")
HALF_WIDTH_KANA = lazy("[\uff61-\uff9f]")
_ORDINARY = lazy("[\u3000-\u30ff\u4e00-\u9fff\uff00-\uff9f\u2000-\u27ff\u00a0-\u00ff]*")
_LINE = lazy(r"[^\r\n\f]*")
#: What may stand between two pieces that can be read, or behind the last one: bytes that no program could show.
_GAP = lazy("[^\x00-\x3e\x40-\x7fぁ-んァ-ヶ、。「」（）]{1,4}")
_LOST_BEHIND = lazy("(?:[^\x00-\x7fぁ-んァ-ヶ、。「」（）\u3000]{0,2}\ufffd+)?[縺繧繝ã\x80]{0,2}")
#: Where a program has lost bytes, or may have.
_LOSSES = "\ufffd\x80縺繧繝縲ã"
_LOST_BEFORE = lazy("\ufffd+[\uff61-\uff9f]{0,2}\\Z")
_LEADS = frozenset(_KANA_LEADS + "ã")
_HIRAGANA = lazy("[ぁ-ん]")
#: Hiragana whose second byte begins a character of UTF-8 by accident, but not behind these.
_BEFORE_HIRAGANA = "縺繧繝縲"
#: Pieces that are torn: so many bytes may be lost between two characters, so many bytes of all must be read, …
_TORN_GAP, _TORN_SHARE = 6, 0.55
#: … and so many of the characters must be kana.
_TORN_KANA, _TORN_KANA_SHARE = 2, 0.15
_EUC_HIRAGANA = lazy("(?:､[\uff61-\uff9f]){3}")
_HALF_WIDTH_RUN = lazy("[\uff61-\uff9f](?:[^\x00-\x7fぁ-んァ-ヶ、。「」（）\u3000]*[\uff61-\uff9f])?")
#: A list of single kana, such as ｱ､ｲ､ｳ､ｴ.
_LISTED = lazy("[ｱ-ﾝ][ﾞﾟ]?(?:､[ｱ-ﾝ][ﾞﾟ]?)*[､｡]?")
_ESCAPED = lazy(r"\x1b?\$[@B]((?:[!-~]{2}){2,120}?)\x1b?\([BJ]")


def misread(text: str, characters: frozenset[str]) -> list[Piece]:
    """Everything in *text* that was read in a wrong encoding; *characters* are those of the text.

    The pieces are in no order and may overlap, see :func:`apart`. None reaches over the end of a line.
    """
    found: list[Piece] = []
    torn = not characters.isdisjoint(_LOSSES)
    for reading in READINGS:
        signs = reading.signs & characters
        if signs:
            for line in _lines_of(text, _telling(text, places(text, signs))):
                found += _read_anew(text, line, reading)
                if torn and reading.right == "utf-8":
                    found += _torn(text, line, reading)
    if not characters.isdisjoint("､"):
        found += _torn_euc(text)
    if "$" in characters and "(" in characters:
        found += _escaped(text)
    return found


def _telling(text: str, found: list[int]) -> Iterator[int]:
    """Those of *found* that say something: rare kanji, which names have, too, only where two stand near each other."""
    for place, following in zip(found, [*found[1:], len(text) + _NEAR], strict=True):
        if following - place < _NEAR or text[place] not in _WEAK:
            yield place


def _lines_of(text: str, found: Iterable[int]) -> Iterator[Span]:
    """The lines in which the places *found*, which are in order, lie."""
    done = 0
    for place in found:
        if place >= done:
            start = max(done, *(text.rfind(end, done, place) + 1 for end in "\r\n\f"))
            line = _LINE.match(text, start)
            done = line.end() if line else start
            yield Span(start, done)


def _read_anew(text: str, line: Span, reading: Reading) -> Iterator[Piece]:
    """What becomes Japanese when its bytes are read in the right encoding."""
    part = text[line.start : line.end]
    blob, borders = _bytes_of(part, reading)
    low = high = -1
    meant: str | None = ""
    for start, end in _aligned(blob, borders, reading.sequence):
        said = blob[borders[start] : borders[end]].decode(reading.right, "replace")
        if not _plausible(said, part[start:end], reading):
            continue
        gap = part[high:start]
        if low >= 0 and (not gap or _GAP.fullmatch(gap)):
            meant = meant + said if meant is not None and not gap else None
        else:
            if low >= 0:
                yield _piece(line, part, (low, high), reading, meant)
            low, meant = start, said
        high = end
    if low >= 0:
        yield _piece(line, part, (low, high), reading, meant)


def _bytes_of(part: str, reading: Reading) -> tuple[bytes, list[int]]:
    """The bytes that were read as *part*, and where those of each character begin, with the end of the last."""
    coded = {character: _encoded(character, reading.wrong) for character in set(part)}
    borders = [0, *accumulate(len(coded[character]) for character in part)]
    return b"".join(map(coded.__getitem__, part)), borders


def _piece(line: Span, part: str, at: tuple[int, int], reading: Reading, meant: str | None) -> Piece:
    low, high = at
    behind = _LOST_BEHIND.match(part, high)
    end = behind.end() if behind else high
    whole_meaning = meant if meant is not None and end == high and "\ufffd" not in meant else None
    return Piece(Span(line.start + low, line.start + end), reading.wrong, reading.right, whole_meaning)


def _aligned(blob: bytes, borders: list[int], sequence: re.Pattern[bytes]) -> Iterator[tuple[int, int]]:
    """Where *sequence* fits whole characters of those that *blob* was made of, as indexes of characters."""
    at = 0
    while (hit := sequence.search(blob, at)) is not None:
        start = bisect_left(borders, hit.start())
        if borders[start] != hit.start():
            at = hit.start() + 1
            continue
        end = bisect_left(borders, hit.end())
        while end > start and (borders[end] > hit.end() or not sequence.fullmatch(blob, hit.start(), borders[end])):
            end -= 1
        if end > start:
            yield start, end
        at = max(hit.start() + 1, borders[end])


def _encoded(character: str, encoding: str) -> bytes:
    """The bytes that were read as *character*; one that stands in no sequence where there are none."""
    try:
        return character.encode(encoding)
    except UnicodeEncodeError:
        # Programs take what cp1252 leaves open for the control characters of Latin-1.
        return bytes([ord(character)]) if encoding == "cp1252" and ord(character) < 0x100 else b"\x00"


def _plausible(said: str, part: str, reading: Reading) -> bool:
    if len(said) < reading.least or not _ORDINARY.fullmatch(said):
        return False
    if part.isascii() or len(KANA.findall(said)) < reading.kana * len(said):
        return False
    if reading.right != "utf-8" or part[0] in _ALONE:
        return True
    return len(said) > 1 and (KANA.search(said) is not None or HALF_WIDTH_KANA.search(part) is not None)


def _escaped(text: str) -> Iterator[Piece]:
    """Pieces of ISO-2022-JP, with or without their escape characters."""
    for hit in _ESCAPED.finditer(text):
        meant = (b"\x1b$B" + hit[1].encode("ascii") + b"\x1b(B").decode(ISO_2022, "replace")
        if KANA.search(meant) and "\ufffd" not in meant:
            yield Piece(Span(*hit.span()), "ascii", ISO_2022, meant)


def _torn(text: str, line: Span, reading: Reading) -> Iterator[Piece]:
    """Pieces of UTF-8 of which bytes were lost, so that what is left fits no whole characters."""
    part = text[line.start : line.end]
    blob, borders = _bytes_of(part, reading)
    group: list[tuple[int, int]] = []
    for hit in _ONE_UTF_8.finditer(blob):
        at = bisect_right(borders, hit.start()) - 1
        if _HIRAGANA.match(part, at) and (not at or part[at - 1] not in _BEFORE_HIRAGANA):
            continue
        if group and hit.start() - group[-1][1] > _TORN_GAP:
            yield from _torn_piece(line, part, blob, borders, group, reading)
            group = []
        group.append(hit.span())
    if group:
        yield from _torn_piece(line, part, blob, borders, group, reading)


def _torn_piece(
    line: Span, part: str, blob: bytes, borders: list[int], group: list[tuple[int, int]], reading: Reading
) -> Iterator[Piece]:
    low, high = group[0][0], group[-1][1]
    said = "".join(blob[start:end].decode("utf-8", "replace") for start, end in group)
    kana = len(KANA.findall(said))
    read = sum(end - start for start, end in group)
    start, stop = bisect_right(borders, low) - 1, bisect_left(borders, high)
    behind = _LOST_BEHIND.match(part, stop)
    end = behind.end() if behind else stop
    there = part[start:end]
    least = max(_TORN_KANA, _TORN_KANA_SHARE * len(said))
    if not _LEADS.isdisjoint(there):  # the first byte of a kana is kana enough
        least = 0 if "\ufffd" in there else least if _HIRAGANA.search(there) else 1
    if kana >= least and read >= _TORN_SHARE * (high - low):
        if before := _LOST_BEFORE.search(part[max(0, start - 6) : start]):
            start -= len(before.group())
            start -= part[max(0, start - 1) : start] in reading.signs
        yield Piece(Span(line.start + start, line.start + end), reading.wrong, reading.right, None)


def _torn_euc(text: str) -> Iterator[Piece]:
    """Pieces of EUC-JP of which bytes were lost: hiragana are commas of half width, each with something behind it."""
    for line in _lines_of(text, (hit.start() for hit in _EUC_HIRAGANA.finditer(text))):
        for hit in _HALF_WIDTH_RUN.finditer(text, line.start, line.end):
            if _EUC_HIRAGANA.search(hit.group()) and not _LISTED.fullmatch(hit.group()):
                yield Piece(Span(*hit.span()), "cp932", "euc-jp", None)


def apart(text: str, found: list[Piece]) -> list[Piece]:
    """*found* in order; of two that overlap the longer one. Each is told whether it is the whole of its line."""
    kept: list[Piece] = []
    for piece in sorted(found, key=lambda p: (p.span, p.meant is None, p.wrong)):
        if kept and piece.span.start < kept[-1].span.end:
            if length(piece.span) > length(kept[-1].span):
                kept[-1] = piece
        else:
            kept.append(piece)
    return [piece._replace(whole=whole) for piece, whole in zip(kept, _whole(text, kept), strict=True)]


def _whole(text: str, pieces: list[Piece]) -> Iterator[bool]:
    """Whether (nearly) all that is beyond ASCII in the line of each piece was misread, in the same way or another."""
    at = stop = 0
    while at < len(pieces):
        first = pieces[at].span
        start = max(stop, *(text.rfind(end, stop, first.start) + 1 for end in "\r\n\f"))
        line = _LINE.match(text, start)
        stop = line.end() if line else start
        there = pieces[at : bisect_left(pieces, stop, lo=at, key=lambda piece: piece.span.start)]
        bad = sum(beyond_ascii(text, *piece.span) for piece in there)
        plain = bad == 0 and 2 * sum(length(piece.span) for piece in there) > stop - start
        yield from [plain or (bad > 0 and bad >= 0.9 * beyond_ascii(text, start, stop))] * len(there)
        at += len(there)

"""``--raw``: lines searched as they stand in the file, with no joining, no corrections and no parsing.

Who spoke is told by the shape of the lines alone: the nearest line above, or the line itself, that begins with a
speaker's mark and looks like a label. That is right for records that mark their speakers so, and silent for others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from minutes_cli.patterns import lazy
from minutes_cli.search.model import Match

Finder = Callable[[str], Iterable[Match]]
"""Gives the matches in a text of many lines; none is empty or reaches over a line end."""

#: As in parse/layout.py.
SPEAKER_MARKS = "○〇◯◎◆●"

#: 会長（小池知事）, 議 長（ 山田太郎君 ）, 吉川（元）委員, （伊藤議長）
_BRACKETED = (
    r"(?:[^\s（(。、「」]{1,20}|[^\s（(。、「」](?:[ 　]{1,3}[^\s（(。、「」]){1,7})?[ 　]*"
    r"[（(][^（()）。、「」]{1,40}[)）][^\s（(。、「」]{0,6}(?=\s|$)"
)
#: 委員長　山田太郎君
_NAMED = (
    r"[^\s（()）。、「」]{2,14}[ 　]{1,3}[^\s（()）。、「」]{1,8}?(?:[ 　]{1,2}[^\s（()）。、「」]{1,4}?)?"
    r"(?:君|さん|氏|様|殿|議員|委員)(?=\s|$)"
)
#: 山田委員, 議 長; what is said may follow behind a blank.
_PLAIN = r"(?:[^\s（()）。、「」]{2,40}|[^\s（()）。、「」](?:[ 　]{1,3}[^\s（()）。、「」]){1,7})(?=\s|$)"
# The line end comes first: that lets re skip to it. Only what may be a label is taken, so that it comes back.
_MARKED = lazy(rf"\n[ \t　]*[{SPEAKER_MARKS}][ \t　]*({_BRACKETED}|{_NAMED}|{_PLAIN})")
_BRACKET = lazy(r"(?P<outer>[^（(]*)[（(](?P<inner>[^)）]*)[)）](?P<tail>.*)")
_SEAT = lazy(r"[0-9０-９一二三四五六七八九十百〇]{1,4}番(?:議員|委員)?$")


class RawHit(NamedTuple):
    """A line with matches: its number (1-based), its text without the line end, and the label above it.

    The places of ``matches`` count characters of the line, from 0.
    """

    line: int
    text: str
    matches: Sequence[Match]
    label: str | None = None


def raw_search(text: str, finders: Iterable[Finder]) -> list[RawHit]:
    """The lines of *text* in which one of *finders* finds something, in order.

    Lines end as in :func:`minutes_cli.ingest.text.line_starts`. Of matches at the very same place the first counts.
    """
    lines = text.replace("\r", "\n").replace("\f", "\n")  # of the same length; an empty line more in CRLF does no harm
    found = _together([finder(lines) for finder in finders])
    if not found:
        return []
    counted = text.replace("\r\n", " \n").replace("\r", "\n").replace("\f", "\n") if "\r" in text else lines
    starts, names = _labels(lines)
    new = tuple.__new__  # once per hit of a common word: the plain constructors would cost several times as much
    hits: list[RawHit] = []
    number, before, start, end = 1, 0, 0, -1
    gathered: list[Match] = []
    for low, high, pattern, term in found:
        if low >= end:
            start = lines.rfind("\n", 0, low) + 1
            end = lines.find("\n", low)
            end = len(lines) if end < 0 else end
            number += counted.count("\n", before, start)
            before = start
            above = bisect_right(starts, start)
            gathered = []
            hits.append(new(RawHit, (number, lines[start:end], gathered, names[above - 1] if above else None)))
        gathered.append(new(Match, (low - start, high - start, pattern, term)))
    return hits


def _together(found: Sequence[Iterable[Match]]) -> Sequence[Match]:
    """The matches of all finders in order, each place once."""
    if len(found) == 1:
        return list(found[0])
    places: dict[tuple[int, int], Match] = {}
    for matches in found:
        for match in matches:
            places.setdefault((match.start, match.end), match)
    return [places[place] for place in sorted(places)]


def _labels(lines: str) -> tuple[list[int], list[str]]:
    """Where the lines that are labels start, and what the labels are."""
    # With a line end put before the text, a line begins where the one before it would be.
    found = [(match.start(), label_of(match.group(1))) for match in _MARKED.finditer("\n" + lines)]
    named = [(start, label) for start, label in found if label is not None]
    return [start for start, _ in named], [label for _, label in named]


@lru_cache(maxsize=8192)
def label_of(words: str) -> str | None:
    """*words*, which stand behind a speaker's mark and have the shape of a label; None where they name nobody."""
    from minutes_cli.lexicon.roles import GROUP, HEADING_AT_END, HONORIFICS, OFFICES

    ends = (*OFFICES, *HONORIFICS)

    def named(part: str) -> bool:
        return part.endswith(ends) or _SEAT.match(part) is not None

    if match := _BRACKET.fullmatch(words):
        outer, inner, tail = ("".join(match[name].split()) for name in ("outer", "inner", "tail"))
        heading = GROUP.match(outer + inner) or (outer and HEADING_AT_END.search(outer))
        good = not heading and (named(tail) if tail else named(outer) or named(inner))
        return words.strip() if good else None
    tight = "".join(words.split())
    return words.strip() if named(tight) and not GROUP.match(tight) else None

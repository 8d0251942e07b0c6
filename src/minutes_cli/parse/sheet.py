"""The lines of a record with what only the whole record can tell: page marks, running headers, how it is wrapped."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from minutes_cli.lexicon.numerals import to_int
from minutes_cli.model import HintKind, Page, View
from minutes_cli.parse.layout import BLANK, MARKED, MARKUP, NUMBER, PAGE, RULE, SPEAKER_MARKS, TEXT, Row, rows

SENTENCE_END = "。！？!?」』）)…‥―〕］】．"
_FURNITURE = frozenset((PAGE, RULE, MARKUP))
_SAMPLE = 3000


class Flow(NamedTuple):
    """How the record breaks its text: ``width`` is the length of a full line in characters where it is hard-wrapped."""

    wrapped: bool
    width: int
    indented: bool


class Sheet(NamedTuple):
    """The rows of a record (their texts tile it), how they flow, and its pages."""

    text: str
    rows: list[Row]
    flow: Flow
    pages: tuple[Page, ...]
    inner_marks: bool  # a speaker's mark stands inside a line somewhere, not only where lines begin
    headings: Mapping[int, int] = MappingProxyType({})  # where a line begins that the file marks as heading -> level
    markup: Sequence[tuple[int, int]] = ()  # where markup stands inside the rows, in order; see parse.markup
    markdown: bool = False  # whether that is markup of Markdown, too
    labels: Sequence[tuple[int, int]] = ()  # where the file itself says who speaks, in order


def read_view(seen: View) -> Sheet:
    """The rows of a record, with what its file marks as headings and as furniture (see Source.hints)."""
    if not seen.source.hints:
        return read_sheet(seen.text)
    furniture: list[tuple[int, int]] = []
    headings: dict[int, int] = {}
    labels: list[tuple[int, int]] = []
    for kind, span, level in seen.source.hints:
        start, end = seen.from_source(span.start), seen.from_source(span.end)
        if kind is HintKind.FURNITURE:
            furniture.append((start, end))
        elif kind is HintKind.LABEL:
            labels.append((start, end))
        else:
            headings[start] = level
    return read_sheet(seen.text, furniture)._replace(headings=headings, labels=labels)


def read_sheet(text: str, furniture: Sequence[tuple[int, int]] = ()) -> Sheet:
    """Split *text* into rows and settle what needs the whole record: bare page numbers and running headers.

    Rows that begin in one of the stretches *furniture* are known to be no part of what the record says.
    """
    found = rows(text)
    if furniture:
        _settle_furniture(found, furniture)
    kinds = bytes([row[0] for row in found])  # asked faster than a list
    marked = PAGE in kinds or NUMBER in kinds
    if marked or "\f" in text:
        _settle_numbers(found)
        _settle_running_headers(text, found)
    # To ask first whether a mark occurs is quicker: hardly any record has more than one of them.
    inner = sum([text.count(mark) for mark in SPEAKER_MARKS if mark in text]) > kinds.count(MARKED)
    return Sheet(text, found, _flow(found), _pages(text, found, marked), inner)


def is_furniture(row: Row) -> bool:
    """Page marks, rules and markup: nothing that anybody says."""
    return row.kind in _FURNITURE


def _settle_furniture(found: list[Row], furniture: Iterable[tuple[int, int]]) -> None:
    for start, end in furniture:
        i = bisect_left(found, start, key=lambda row: row.start)
        while i < len(found) and found[i].start < end:
            if found[i].kind not in (BLANK, PAGE, NUMBER):
                found[i] = found[i]._replace(kind=MARKUP)
            i += 1


def _settle_numbers(found: list[Row]) -> None:
    """Bare numbers are page marks when they count up by one; all others are text."""
    places = [i for i, row in enumerate(found) if row[0] is NUMBER]
    numbers = [(i, value) for i in places if (value := to_int(found[i].text))]
    longest: dict[int, tuple[int, int]] = {}  # last value -> (length of the chain, index of its first row)
    chains: dict[int, list[int]] = {}
    for i, value in numbers:
        length, first = longest.get(value - 1, (0, i))
        longest[value] = (length + 1, first)
        chains[value] = [*chains.get(value - 1, []), i] if length < 2000 else chains.get(value - 1, [])
    best = max(chains.values(), key=len, default=[])
    pages = set(best) if len(best) >= 3 or (len(best) == 2 and len(numbers) <= 3) else set()
    for i in places:
        found[i] = found[i]._replace(kind=PAGE if i in pages else TEXT)


def _settle_running_headers(text: str, found: list[Row]) -> None:
    """Lines that come back behind (or before) most page marks are furniture, up to three of them."""
    feeds = "\f" in text
    breaks = [i for i, row in enumerate(found) if row[0] is PAGE or (feeds and text[row.stop - 1] == "\f")]
    if len(breaks) < 3:
        return
    printed = [i for i, row in enumerate(found) if row[0] is not BLANK]
    for behind in (True, False):
        # places in ``printed``: of the first line behind every break, or of the last one before it
        at = {bisect_right(printed, i) if behind else bisect_left(printed, i) - 1 for i in breaks}
        for _ in range(3):
            at = {k for k in at if 0 <= k < len(printed)}
            counts = Counter(found[printed[k]].text for k in at)
            again = {line for line, n in counts.items() if n >= max(3, len(at) * 0.4) and len(line) < 60}
            at = {k for k in at if found[printed[k]].text in again}
            for k in at:
                found[printed[k]] = found[printed[k]]._replace(kind=PAGE)
            at = {k + 1 if behind else k - 1 for k in at}


def _flow(found: list[Row]) -> Flow:
    # Column by column, as layout.rows: a loop over the rows takes twice as long.
    sample = [row for row in found[: 4 * _SAMPLE] if (row[0] is TEXT or row[0] is MARKED) and len(row[5]) >= 12]
    if not sample:
        return Flow(False, 0, False)
    texts = [row[5] for row in sample]
    lengths = [*map(len, texts)]
    width = sorted(lengths)[int(len(lengths) * 0.9)]
    wrapped = False
    if width <= 80:
        cut = [len(text) for text in texts if text[-1] not in SENTENCE_END]
        full = [length for length in cut if length >= width * 0.8]
        wrapped = len(cut) >= len(sample) * 0.25 and len(full) >= len(cut) * 0.5
    indented = [row[2] > row[1] for row in sample if row[0] is TEXT]
    return Flow(wrapped, width, 0.1 * len(indented) < indented.count(True))


def _pages(text: str, found: list[Row], marked: bool) -> tuple[Page, ...]:
    if not marked and "\f" not in text:
        return ()
    marks = [(row, value) for row in found if row[0] is PAGE and (value := _page_number(row.text)) is not None]
    if "\f" in text:
        return _fed_pages(text, marks)
    if not marks:
        return ()
    if marks[0][0].text.startswith("<"):
        before = text[: marks[0][0].start].strip() and marks[0][1] > 1  # there is no page 0
        first = [Page(marks[0][1] - 1, 0)] if before else []
        return (*first, *(Page(value, row.start) for row, value in marks))
    if next(row for row in found if row.kind is not BLANK) is marks[0][0]:  # the number stands at the head of its page
        return tuple(Page(value, row.start) for row, value in marks)
    starts = [0, *(row.stop for row, _ in marks[:-1])]
    pages = [Page(value, start) for (_, value), start in zip(marks, starts, strict=True)]
    if text[marks[-1][0].stop :].strip():
        pages.append(Page(marks[-1][1] + 1, marks[-1][0].stop))
    return tuple(pages)


def _fed_pages(text: str, marks: list[tuple[Row, int]]) -> tuple[Page, ...]:
    """Pages that form feeds part: with the numbers printed on most of them, which count up with the pages.

    Without such numbers they are counted from 1. Pages before the one that is numbered 1, a cover perhaps, have none.
    """
    starts = [0, *(m.end() for m in re.finditer("\f", text))]
    if starts[-1] >= len(text):
        starts.pop()
    shifts = Counter(value - page for page, value in {(bisect_right(starts, row.start), value) for row, value in marks})
    shift, votes = shifts.most_common(1)[0] if shifts else (0, 0)
    if votes < 2 and len(starts) > 1:
        shift = 0
    return tuple(Page(n + shift, start) for n, start in enumerate(starts, 1) if n + shift > 0)


def _page_number(text: str) -> int | None:
    digits = re.search(r"[0-9０-９][0-9０-９ ]*", text)
    return to_int(digits.group()) if digits and len(text) < 20 else None

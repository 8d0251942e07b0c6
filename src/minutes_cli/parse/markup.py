"""Markup inside the lines of a text record: HTML tags that got into it, and Markdown. Nobody says it.

Only what is surely markup counts: tags of HTML by their names and comments; in a file that is called Markdown also
``**bold**``, links whose target looks like one, and ``{{…}}`` as generators of books have it. A text read from another
format has none: what looks so was written.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from minutes_cli.lexicon.markup import TAG, TAG_SHAPE, may_hold_markdown, may_hold_tags
from minutes_cli.model import Block, BlockKind
from minutes_cli.parse.layout import BLANK, MARKUP, TABLE, Row, kind_of
from minutes_cli.parse.sheet import Sheet, is_furniture
from minutes_cli.patterns import lazy

__all__ = ["carved", "inside", "is_break", "settle_markup", "without_markup"]

Stretch = tuple[int, int]

_LEADING = lazy(rf"(?:(?:{TAG_SHAPE})\s*)+", re.I)
_DIRECTIVE = lazy(r"\{\{[^{}]{0,2000}\}\}")
_HEADING = lazy(r"<h([1-6])[\s>]", re.I)
_CELL = lazy(r"<t[dh][\s>]", re.I)
_TARGET = (
    r"(?:https?:|mailto:|tel:|#|\.{0,2}/|[\w%./-]{1,200}\.[A-Za-z0-9]{2,5}\b)[^\s()]{0,2000}"
    r"(?:\([^\s()]{0,500}\)[^\s()]{0,500}){0,3}"
)
_LINK = lazy(rf"(?P<picture>!)?\[(?P<words>[^\[\]]{{0,500}})\]\({_TARGET}(?:\s+\"[^\"]{{0,500}}\")?\)")
_BOLD = lazy(r"\*\*(?=[^\s*])(?P<words>[^*]{1,2000}?)(?<=\S)\*\*")
_SPEECH = frozenset((BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.TABLE))


def settle_markup(sheet: Sheet, *, markdown: bool) -> Sheet:
    """The sheet with its markup known: lines without the tags around them, where the rest stands, headings by tags.

    *markdown* says that the file is called Markdown.
    """
    text = sheet.text
    tags = may_hold_tags(text)
    if not tags and not (markdown and may_hold_markdown(text)):
        return sheet
    found = list(sheet.rows)
    headings = dict(sheet.headings)
    if tags:
        _settle_comments(found, text)
        for i, row in enumerate(found):
            if (row.kind is not MARKUP and row.text[:1] == "<") or row.text[-1:] == ">":
                found[i] = _bare(row)
                if (tag := _HEADING.match(row.text)) and found[i].text:
                    headings[row.start] = int(tag[1])
    markup = [one for row in found if not is_furniture(row) for one in _stretches(row, markdown)]
    return sheet._replace(rows=found, headings=headings, markup=markup, markdown=markdown)


def inside(markup: Sequence[Stretch], start: int, end: int) -> Sequence[Stretch]:
    """The stretches of *markup* that begin in ``[start, end)``."""
    first = bisect_left(markup, (start, 0))
    return markup[first : bisect_left(markup, (end, 0), first)]


def is_break(text: str) -> bool:
    """Whether the markup *text* ends a line where it stands."""
    return text[:3].lower() == "<br"


def without_markup(text: str, *, markdown: bool) -> str:
    """A line without the markup in it."""
    at, kept = 0, []
    for start, end in _find(text, markdown):
        kept.append(text[at:start])
        at = end
    return "".join([*kept, text[at:]]).strip()


def carved(blocks: Iterable[Block], markup: Sequence[Stretch]) -> list[Block]:
    """The *blocks* with the *markup* in their speech taken out of them as furniture."""
    found: list[Block] = []
    for block in blocks:
        at = block.start
        for start, end in inside(markup, block.start, block.end) if block.kind in _SPEECH else ():
            found += [Block(block.kind, at, start)] if at < start else []
            at = min(end, block.end)
            if found and found[-1].kind is BlockKind.FURNITURE and found[-1].end == start:
                found[-1] = found[-1]._replace(end=at)
            else:
                found.append(Block(BlockKind.FURNITURE, start, at))
        if at < block.end or at == block.start:
            found.append(block._replace(start=at))
    return found


def _settle_comments(found: list[Row], text: str) -> None:
    """Lines between <!-- and --> are markup; a comment that never ends is none."""
    end = 0
    for i, row in enumerate(found):
        if row.start < end <= row.end or (row.kind is not BLANK and row.end <= end):
            if row.end <= end:
                found[i] = row._replace(kind=MARKUP)
            continue
        at = text.rfind("<!--", row.body, row.end) if "<!--" in row.text else -1
        if at >= 0 and text.find("-->", at, row.end) < 0:
            end = text.find("-->", row.end) + 3
            if end > 2 and at == row.body:
                found[i] = row._replace(kind=MARKUP)


def _bare(row: Row) -> Row:
    """*row* without the tags that it begins and ends with."""
    text = row.text
    leading = _LEADING.match(text)
    first = leading.end() if leading else 0
    last = len(text)
    while last > first and text[last - 1] == ">":
        at = text.rfind("<", first, last)
        if at < 0 or not TAG.fullmatch(text, at, last):
            break
        last = at
        while last > first and text[last - 1].isspace():
            last -= 1
    if first == 0 and last == len(text):
        return row
    bare = text[first:last]
    if not bare:
        return row._replace(kind=MARKUP)
    kind = TABLE if row.kind is TABLE or _CELL.match(text) else kind_of(bare)
    return row._replace(kind=kind, body=row.body + first, end=row.body + last, text=bare)


def _stretches(row: Row, markdown: bool) -> list[Stretch]:
    """Where markup stands in the text of a row."""
    text = row.text
    if "<" not in text and not (markdown and ("**" in text or "](" in text or "{{" in text)):
        return []
    return [(row.body + start, row.body + end) for start, end in _find(text, markdown)]


def _find(text: str, markdown: bool) -> list[Stretch]:
    found: list[Stretch] = [match.span() for match in TAG.finditer(text)] if "<" in text else []
    if markdown:
        found += [match.span() for match in _DIRECTIVE.finditer(text)] if "{{" in text else []
        for match in _LINK.finditer(text) if "](" in text else ():
            if match["picture"]:
                found.append(match.span())
            else:
                found += [(match.start(), match.start("words")), (match.end("words"), match.end())]
        for match in _BOLD.finditer(text) if "**" in text else ():
            found += [(match.start(), match.start("words")), (match.end("words"), match.end())]
        found.sort()
    apart: list[Stretch] = []
    for start, end in found:
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
        elif end > apart[-1][1]:
            apart[-1] = (apart[-1][0], end)
    return apart

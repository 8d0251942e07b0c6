"""Slide decks: headings as sections, agenda pages that come back recognised as repeats, tables kept as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from minutes_cli.model import Block, BlockKind, Finding, Severity, View
from minutes_cli.parse.headings import Heading
from minutes_cli.parse.labels import close_up, squeeze
from minutes_cli.parse.layout import LineKind, Row
from minutes_cli.parse.prose import without_bullet
from minutes_cli.patterns import lazy

_NUMBERED = lazy(r"(?P<number>[0-9０-９]{1,2})[．.\s　]\s*\S")
_BRACKETED = lazy(r"[【＜<≪《](?P<text>[^】＞>≫》]{1,40})[】＞>≫》]$")
_POINT = (LineKind.BULLET, LineKind.TABLE)
_LONGEST = 45
_ORNAMENT = lazy(r"[*#_\s　:：]+|(?<=^)[-・✓➢▶]+")


class Deck(NamedTuple):
    """Headings with their places, blocks, and a finding for every repeated page."""

    headings: list[tuple[Heading, int]]
    blocks: list[Block]
    findings: list[Finding]


def read_slides(view: View, rows: Sequence[Row]) -> Deck:
    """Read the text of a slide deck."""
    again = _repeats(rows)
    headings: list[tuple[Heading, int]] = []
    blocks: list[Block] = []
    findings: list[Finding] = []
    seen: set[str] = set()
    for i, row in enumerate(rows):
        if row.kind is LineKind.BLANK:
            kind = blocks[-1].kind if blocks else BlockKind.FURNITURE
        elif i in again:
            kind = BlockKind.FURNITURE
            if again[i]:
                place = view.to_source(row.body, row.end)
                findings.append(
                    Finding("repeated-page", f"a page that stood before comes back: {row.text}", place, Severity.INFO)
                )
        elif row.kind in (LineKind.PAGE, LineKind.RULE, LineKind.MARKUP):
            kind = BlockKind.FURNITURE
        elif heading := _heading(rows, i):
            kind = BlockKind.HEADING
            if squeeze(heading.text) not in seen:
                seen.add(squeeze(heading.text))
                headings.append((heading, row.body))
        elif row.kind is LineKind.TABLE:
            kind = BlockKind.TABLE
        elif row.kind in (LineKind.BULLET, LineKind.NUMBERED, LineKind.MARKED):
            kind = BlockKind.BULLET
        else:
            kind = BlockKind.PARAGRAPH
        if blocks and (
            row.kind is LineKind.BLANK or (blocks[-1].kind is kind and kind in (BlockKind.FURNITURE, BlockKind.TABLE))
        ):
            blocks[-1] = blocks[-1]._replace(end=row.stop)
        else:
            blocks.append(Block(kind, row.start, row.stop))
    return Deck(headings, blocks, findings)


def _plain(text: str) -> str:
    return squeeze(_ORNAMENT.sub("", text))


def _repeats(rows: Sequence[Row]) -> dict[int, bool]:
    """Rows of pages that stood before: index -> whether a repeated page begins there.

    A page comes back when at least three lines in a row do, as they stood before.
    """
    lines = [
        (i, _plain(row.text))
        for i, row in enumerate(rows)
        if row.kind not in (LineKind.BLANK, LineKind.MARKUP) and _plain(row.text)
    ]
    texts = [text for _, text in lines]
    first: dict[tuple[str, str, str], int] = {}
    again: dict[int, bool] = {}
    at = 0
    while at + 3 <= len(texts):
        key = (texts[at], texts[at + 1], texts[at + 2])
        before = first.setdefault(key, at)
        if before + 3 > at or min(map(len, key)) < 2:
            at += 1
            continue
        length = 3
        while at + length < len(texts) and before + length < at and texts[at + length] == texts[before + length]:
            length += 1
        for k in range(length):
            again[lines[at + k][0]] = k == 0
        at += length
    return again


def _heading(rows: Sequence[Row], i: int) -> Heading | None:
    """A numbered or bracketed title, or a short line that stands alone before points or sentences."""
    row = rows[i]
    text = without_bullet(row.text).strip("*# 　") if row.kind is LineKind.HEADING else row.text.strip("* 　")
    if (
        not text
        or len(text) > _LONGEST
        or (
            (text[-1] in "。、" or (text[-1] in "）)" and "（" not in text and "(" not in text))
            and row.kind is not LineKind.HEADING
        )
    ):
        return None
    if row.kind is LineKind.HEADING:
        return Heading(close_up(text), 1, None)
    if bracketed := _BRACKETED.match(text):
        return Heading(close_up(bracketed["text"]), 2, None)
    if row.kind is LineKind.NUMBERED and (numbered := _NUMBERED.match(text)):
        return Heading(text[numbered.end("number") :].lstrip("．. 　"), 1, numbered["number"])
    if row.kind is not LineKind.TEXT or not _alone(rows, i):
        return None
    following = next((r for r in rows[i + 1 : i + 6] if r.kind is not LineKind.BLANK), None)
    points = following is not None and (
        following.kind in _POINT or following.text.endswith("。") or len(following.text) > _LONGEST
    )
    return Heading(close_up(text), 2, None) if points else None


def _alone(rows: Sequence[Row], i: int) -> bool:
    before = i == 0 or rows[i - 1].kind is LineKind.BLANK
    after = i + 1 == len(rows) or rows[i + 1].kind in (LineKind.BLANK, *_POINT)
    return before and after

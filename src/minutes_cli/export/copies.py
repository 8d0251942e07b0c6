"""What the reading copies in Markdown and HTML have in common: facts of the meeting, places, front and back matter."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from minutes_cli.model import BlockKind, Cut, Document, Source, Turn
from minutes_cli.passage import PassageKind
from minutes_cli.patterns import lazy

__all__ = ["facts", "is_matter", "matter", "place_of"]

_FACTS = (
    *(("body", "会議"), ("session", "回次"), ("date", "日付"), ("place", "場所")),
    *(("addressee", "宛先"), ("sender", "差出人")),
)
_LINE = lazy(r"[^\n\r\f]+")


def facts(document: Document) -> Iterator[tuple[str, str]]:
    """What is known of the meeting: a word and what stands behind it; at the end the original."""
    meeting, source = document.meeting, document.view.source
    for name, word in _FACTS:
        if value := getattr(meeting, name):
            yield word, value
    if meeting.start or meeting.end:
        yield "時刻", f"{meeting.start or ''}～{meeting.end or ''}"
    groups: dict[str, list[str]] = {}
    for person in document.attendance:
        groups.setdefault(person.group, []).append(f"{person.role}　{person.name}" if person.role else person.name)
    yield from ((group, "、".join(names)) for group, names in groups.items())
    yield "原本", source.name + (f"（SHA-256 {source.sha256}）" if source.sha256 else "")


def place_of(turn: Turn, source: Source) -> list[str]:
    """Where *turn* stands in the original, in words: printed page; lines, or the place in a file without lines."""
    words = [] if turn.page is None else [f"{turn.page}頁"]
    where = source.where(turn.span.start)
    if where is not None and where != f"page {turn.page}":
        return [*words, where]
    first, last = turn.lines
    return [*words, f"{first}行" if first == last else f"{first}–{last}行"]


def is_matter(kind: PassageKind) -> bool:
    """Whether a passage is front or back matter."""
    return kind in (PassageKind.FRONT, PassageKind.BACK)


def matter(kind: PassageKind, start: int, document: Document, at: int) -> tuple[list[Cut], int]:
    """The lines of front or back matter from *start* on, as printed; and up to where in the corrected text they are.

    A passage of it joins lines for searching; here they stay apart. What page furniture alone parts comes in one;
    nothing comes that stands before *at*.
    """
    if start < at:
        return [], at
    lines: list[Cut] = []
    blocks = document.blocks
    for block in blocks[bisect_right(blocks, start, key=lambda block: block.start) - 1 :]:
        if block.kind.value == kind.value:
            found = _LINE.finditer(document.view.text, block.start, block.end)
            lines += [Cut(*match.span()) for match in found if match[0].strip()]
            at = block.end
        elif block.kind is not BlockKind.FURNITURE:
            break
    return lines, at

"""Apply, undo and settle edits: the only code that moves positions (with ``View.to_source``)."""

from __future__ import annotations

from collections.abc import Iterable

from minutes_cli.model import Edit, Source, View


def settle(edits: Iterable[Edit]) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
    """Split *edits* into (kept, refused): kept ones are sorted and none overlaps another.

    Ties go to the earlier start, then the shorter span, then the rule's name, so the answer does not depend
    on the order in which the rules ran. Edits that change nothing are dropped.
    """
    kept: list[Edit] = []
    refused: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.span, e.rule, e.after)):
        if edit.before == edit.after:
            continue
        free = not kept or kept[-1].span.end <= edit.span.start
        (kept if free else refused).append(edit)
    return tuple(kept), tuple(refused)


def view(source: Source, edits: Iterable[Edit] = ()) -> View:
    """Read *source* through settled *edits*. Raises ValueError when an edit does not fit the text."""
    edits = tuple(edits)
    if not edits:
        return View(source, (), source.text)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = size = 0
    for edit in edits:
        start, end = edit.span
        if start < last or source.text[start:end] != edit.before:
            raise ValueError(f"edit does not fit the text: {edit}")
        parts += [source.text[last:start], edit.after]
        size += start - last
        starts.append(size)
        size += len(edit.after)
        ends.append(size)
        last = end
    parts.append(source.text[last:])
    return View(source, edits, "".join(parts), tuple(starts), tuple(ends))


def undo(seen: View) -> str:
    """Rebuild the original text from the corrected text and its edits alone."""
    parts: list[str] = []
    last = 0
    for edit, start, end in zip(seen.edits, seen.starts, seen.ends, strict=True):
        parts += [seen.text[last:start], edit.before]
        last = end
    parts.append(seen.text[last:])
    return "".join(parts)

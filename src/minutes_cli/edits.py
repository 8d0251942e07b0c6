"""Apply, undo and settle edits: the only code that moves positions (with ``View.to_source``)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from minutes_cli.model import Correction, Edit, Safety, Source, Span, View


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


def correct(seen: View, corrections: Iterable[Correction]) -> View:
    """Read on through *corrections* of the corrected text; of two that overlap the earlier one counts.

    A correction that touches edits already there becomes one edit with them: it names the rules and reasons of all,
    and is only as safe and as certain as the least of them.
    """
    found: list[Edit] = []
    touched: set[int] = set()
    last = 0
    for correction in sorted(corrections):
        if correction.start < last or seen.text[correction.start : correction.end] == correction.after:
            continue
        inside = _touched(seen, correction)
        if touched.intersection(inside):
            continue
        edit = _as_edit(seen, correction, inside)
        touched.update(inside)
        last = correction.end
        if edit.before != edit.after:
            found.append(edit)
    if not found and not touched:
        return seen
    kept = [edit for i, edit in enumerate(seen.edits) if i not in touched]
    return view(seen.source, sorted(kept + found, key=lambda e: e.span))


def propose(seen: View, corrections: Iterable[Correction]) -> tuple[Edit, ...]:
    """*corrections* as edits of the original, for those that may be reported beside the edits of *seen*.

    What touches an edit that is there is left out; of two that overlap the first in the given order is kept.
    """
    found: list[Edit] = []
    for correction in corrections:
        inside = _touched(seen, correction)
        if not inside:
            edit = _as_edit(seen, correction, inside)
            if edit.before != edit.after and not any(_overlap(edit.span, other.span) for other in found):
                found.append(edit)
    return tuple(sorted(found, key=lambda e: e.span))


def _overlap(a: Span, b: Span) -> bool:
    return a == b or (a.start < b.end and b.start < a.end)


def _touched(seen: View, correction: Correction) -> range:
    """The edits of *seen* that a correction meets; those that only border on it are left alone."""
    first = bisect_right(seen.ends, correction.start)
    return range(first, max(first, bisect_left(seen.starts, max(correction.end, correction.start + 1))))


def _as_edit(seen: View, correction: Correction, inside: range) -> Edit:
    start, end, after, rule, safety, confidence, reason = correction
    low = min([start, *(seen.starts[i] for i in inside)])
    high = max([end, *(seen.ends[i] for i in inside)])
    # Not View.to_source, which would take what was deleted at either border into the place.
    span = Span(_behind(seen, inside.start, low), _behind(seen, inside.stop, high))
    after = seen.text[low:start] + after + seen.text[end:high]
    earlier = [seen.edits[i] for i in inside]
    if earlier:
        rule = "+".join(dict.fromkeys([*(name for e in earlier for name in e.rule.split("+")), rule]))
        reason = "; ".join(dict.fromkeys([*(e.reason for e in earlier), reason]))
        safety = max([safety, *(e.safety for e in earlier)], key=list(Safety).index)
        confidence = min([confidence, *(e.confidence for e in earlier)])
    return Edit(span, seen.source.text[span.start : span.end], after, rule, safety, confidence, reason)


def _behind(seen: View, count: int, at: int) -> int:
    """Where in the original the place *at* of the corrected text lies, which stands behind the first *count* edits."""
    return at if count == 0 else at - seen.ends[count - 1] + seen.edits[count - 1].span.end

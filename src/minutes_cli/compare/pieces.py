"""Which characters of a text were changed: its stretches that stand in both versions, only in the old, only in the new.

Runs of characters that stand once on each side come first; between them the shortest way from one to the other is
taken (Myers 1986, "An O(ND) Difference Algorithm"). Where that would be long, the whole stretch counts as changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from minutes_cli.compare.chains import Link, heaviest_chain
from minutes_cli.compare.model import Change, Comparison, Piece

#: Characters of a run that must stand once; stretches with more characters than this are taken apart by such runs.
_RUN, _LONG = 8, 64
#: Characters in and out up to which the shortest way is looked for: time grows with the square.
_STEPS = 200


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """From *old* to *new*: ``=`` and ``-`` joined give *old*, ``=`` and ``+`` joined *new*; ``-`` before ``+``."""
    if (len(new), new) < (len(old), old):  # one way round for both questions, so that both get the same stretches
        turned = [Piece({"-": "+", "+": "-"}.get(sign, sign), text) for sign, text in _pieces(new, old)]
        return _tidy(turned)
    return _tidy(_pieces(old, new))


def _pieces(old: str, new: str) -> Iterator[Piece]:
    start, end = _same_ends(old, new)
    yield Piece("=", old[:start])
    a, b, c, d = start, len(old) - end, start, len(new) - end
    anchors = _anchors(old[a:b], new[c:d]) if min(b - a, d - c) > _LONG else []
    for i, j, size in [*anchors, (b - a, d - c, 0)]:
        if a < start + i or c < start + j:
            yield from _shortest(old[a : start + i], new[c : start + j])
        a, c = start + i + size, start + j + size
        yield Piece("=", old[a - size : a])
    yield Piece("=", old[len(old) - end :])


def _same_ends(old: str, new: str) -> tuple[int, int]:
    """How many characters are the same at the beginning, and how many of the rest at the end."""
    least = min(len(old), len(new))
    start = 0
    while start < least and old[start] == new[start]:
        start += 1
    end = 0
    while end < least - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, end


def _anchors(old: str, new: str) -> list[tuple[int, int, int]]:
    """Stretches that stay, in the order of both: where each begins in both, and its size.

    They are made of runs that stand once on each side.
    """
    runs_old = [old[k : k + _RUN] for k in range(len(old) - _RUN + 1)]
    runs_new = [new[k : k + _RUN] for k in range(len(new) - _RUN + 1)]
    times_old, times_new = Counter(runs_old), Counter(runs_new)
    places = {run: j for j, run in enumerate(runs_new)}
    links = [
        Link(i, places[run], 1.0) for i, run in enumerate(runs_old) if times_old[run] == 1 == times_new.get(run, 0)
    ]
    kept: list[tuple[int, int, int]] = []
    for i, j, _ in heaviest_chain(links):
        first, second, size = kept[-1] if kept else (-1, -1, 0)
        if i - first == j - second and i <= first + size:
            kept[-1] = (first, second, i - first + _RUN)
        else:
            inside = max(first + size - i, second + size - j, 0)  # of this run, characters that another has already
            if inside < _RUN:
                kept.append((i + inside, j + inside, _RUN - inside))
    return kept


def _shortest(old: str, new: str) -> Iterator[Piece]:
    """The shortest way, or all of *old* out and all of *new* in."""
    start, end = _same_ends(old, new)
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    yield Piece("=", old[:start])
    trace = _trace(a, b) if a and b else None
    if trace is None:
        yield from (Piece("-", a), Piece("+", b))
    else:
        yield from _way(a, b, trace)
    yield Piece("=", old[len(old) - end :])


def _trace(a: str, b: str) -> list[dict[int, int]] | None:
    """For every number of steps, how far each diagonal gets; None when more than _STEPS are needed."""
    if abs(len(a) - len(b)) > _STEPS:
        return None
    reach = {1: 0}
    trace: list[dict[int, int]] = []
    for steps in range(min(_STEPS, len(a) + len(b)) + 1):
        trace.append(dict(reach))
        for k in range(-steps, steps + 1, 2):
            if k == -steps or (k != steps and reach.get(k - 1, -1) < reach.get(k + 1, -1)):
                x = reach[k + 1]
            else:
                x = reach[k - 1] + 1
            y = x - k
            while x < len(a) and 0 <= y < len(b) and a[x] == b[y]:
                x, y = x + 1, y + 1
            reach[k] = x
            if x >= len(a) and y >= len(b):
                return trace
    return None


def _way(a: str, b: str, trace: list[dict[int, int]]) -> list[Piece]:
    x, y = len(a), len(b)
    found: list[Piece] = []
    for steps in range(len(trace) - 1, -1, -1):
        reach, k = trace[steps], x - y
        down = k == -steps or (k != steps and reach.get(k - 1, -1) < reach.get(k + 1, -1))
        before = reach.get(k + 1 if down else k - 1, 0)
        from_x, from_y = before, before - (k + 1 if down else k - 1)
        while x > from_x and y > from_y:
            x, y = x - 1, y - 1
            found.append(Piece("=", a[x]))
        if steps:
            found.append(Piece("+", b[from_y]) if down else Piece("-", a[from_x]))
            x, y = from_x, from_y
    return found[::-1]


def _tidy(found: Iterator[Piece] | list[Piece]) -> tuple[Piece, ...]:
    """Changes joined, removed before added; what stays between two changes longer than itself is changed with them."""
    runs: list[list[str]] = []  # [same, out, in]: what stays, then what goes and comes behind it
    for same, group in groupby(found, key=lambda piece: piece.sign == "="):
        parts = list(group)
        if same:
            runs.append(["".join(p.text for p in parts), "", ""])
        else:
            if not runs:
                runs.append(["", "", ""])
            runs[-1][1] += "".join(p.text for p in parts if p.sign == "-")
            runs[-1][2] += "".join(p.text for p in parts if p.sign == "+")
    joined: list[list[str]] = []
    for run in (run for run in runs if any(run)):
        if joined and _is_crumb(run[0], joined[-1], run):
            joined[-1][1] += run[0] + run[1]
            joined[-1][2] += run[0] + run[2]
        else:
            joined.append(run)
    return tuple(Piece(sign, text) for run in joined for sign, text in zip("=-+", run, strict=True) if text)


def _is_crumb(same: str, before: list[str], after: list[str]) -> bool:
    """Whether what stays is too short, between two changes, to be read by itself."""
    sizes = (max(len(before[1]), len(before[2])), max(len(after[1]), len(after[2])))
    return (0 < len(same) <= min(*sizes) and len(same) <= 3) or not same


def pieces_of(comparison: Comparison, change: Change) -> tuple[Piece, ...]:
    """The pieces of a change of text; empty where the text is the same, or only one side has it.

    The texts of several units are joined by line ends.
    """
    if not change.old or not change.new:
        return ()
    old = "\n".join((comparison.old.units(change.sort) or ())[at].text for at in change.old)
    new = "\n".join((comparison.new.units(change.sort) or ())[at].text for at in change.new)
    return pieces(old, new) if old != new else ()

"""Stretches of a text, and where characters stand in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable

from minutes_cli.model import Span
from minutes_cli.patterns import lazy

_BEYOND_ASCII = lazy(r"[^\x00-\x7f\u3000]")
#: Up to so many characters are looked for one by one, which is quicker than all at once when they are rare.
_FEW = 30


def places(text: str, characters: Collection[str]) -> list[int]:
    """Where *characters* stand in *text*, in order."""
    if len(characters) > _FEW:
        return [hit.start() for hit in re.finditer(f"[{re.escape(''.join(characters))}]", text)]
    found: list[int] = []
    for character in characters:
        at = text.find(character)
        while at >= 0:
            found.append(at)
            at = text.find(character, at + 1)
    return sorted(found)


def length(span: Span) -> int:
    """How many characters *span* holds."""
    return span.end - span.start


def beyond_ascii(text: str, start: int, end: int) -> int:
    """How many characters of ``text[start:end]`` are neither ASCII nor full-width blanks."""
    return sum(1 for _ in _BEYOND_ASCII.finditer(text, start, end))


class Areas:
    """Stretches of a text, for the question whether a place is in one of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._ends = [span.end for span in self._spans]

    def meet(self, span: Span) -> bool:
        """Whether *span* has a character in common with one of the stretches, which do not overlap."""
        at = bisect_left(self._ends, span.start + 1)
        return at < len(self._spans) and self._spans[at].start < span.end

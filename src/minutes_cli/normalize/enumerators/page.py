"""What stands around the head of a list item: does the line go on with the one before, is a bracket still open?"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from minutes_cli.normalize.enumerators.forms import Family
from minutes_cli.patterns import lazy

#: So far back (characters) an open bracket is looked for.
_BRACKET = 300
_OPENING, _CLOSING = frozenset("（(｛{〔［["), frozenset("）)｝}〕］]")
#: A line that ends like this is finished, however long it is.
_FINISHED = frozenset("。．.」』）)】〕：:！？")
#: A line of this share of the full width is taken for a full one.
_FULL = 0.75
#: Nothing is printed in narrower columns (characters), however short the lines of a record are.
_NARROWEST = 18
#: Lines that begin like this end a list as well as a numbered heading does.
_MARK = lazy(r"\n[ \t\f\r　]*+[○〇◯◎△▲●■□◆◇【〔＜≪#]")


def line_start(text: str, at: int) -> int:
    """Where the line of *at* begins."""
    return text.rfind("\n", 0, at) + 1


class Page(NamedTuple):
    """A text with what is known of its lines: the width of a full one (characters), where headings begin."""

    text: str
    width: int
    headings: Collection[int] = frozenset()

    def continues(self, at: int) -> bool:
        """Whether the line of *at* goes on with a sentence: the line before is full, unfinished and no heading."""
        start = line_start(self.text, at)
        while start > 0:
            end = start - 1
            start = line_start(self.text, end)
            if before := self.text[start:end].strip():
                full = len(before) >= _FULL * max(self.width, _NARROWEST)
                return full and before[-1] not in _FINISHED and start not in self.headings
        return False

    def in_bracket(self, at: int, floor: int) -> bool:
        """Whether a bracket that was opened behind *floor* is still open at *at*."""
        depth = 0
        for character in self.text[max(floor, at - _BRACKET) : at]:
            if character in _OPENING:
                depth += 1
            elif character in _CLOSING:
                depth = max(0, depth - 1)
        return depth > 0

    def inside_a_line(self, start: int, end: int, family: Family, number: int) -> bool:
        """Whether *number* stands in brackets or a circle, as in *family*, inside a line of ``text[start:end]``."""
        if family is Family.CIRCLED:
            signs = [chr(ord("①") + number - 1)]
        elif family in (Family.BRACKETS, Family.BRACKET):
            wide = "".join(chr(ord(c) + 0xFEE0) for c in str(number))
            signs = [f"({number})", f"（{wide}）", f"（{number}）"]
        else:
            return False
        for sign in signs:
            at = self.text.find(sign, start, end)
            while at >= 0:
                if self.text[line_start(self.text, at) : at].strip():
                    return True
                at = self.text.find(sign, at + 1, end)
        return False

    def list_ends(self, at: int, end: int | None, near: int) -> bool:
        """Whether a list ends within *near* characters of *at*: at *end* (None: of the text) or at a marked line."""
        if (len(self.text) if end is None else end) - at <= near:
            return True
        return _MARK.search(self.text, at, at + near) is not None


def full_width(text: str) -> int:
    """How long (characters) a full line of *text* is: 19 of 20 lines are no longer."""
    lengths = sorted(length for line in text.split("\n") if (length := len(line.strip())))
    return lengths[len(lengths) * 19 // 20] if lengths else 0

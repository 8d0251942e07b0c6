"""Characters of a PDF that are not what a reader sees: none is changed, all are reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from minutes_cli.model import Severity
from minutes_cli.patterns import lazy

__all__ = ["Doubt", "doubts"]


class Doubt(NamedTuple):
    """Characters of one sort in the text of a page: how many, where the first stands, and what to say about them."""

    rule: str
    many: int
    start: int
    end: int
    message: str
    severity: Severity


class _Sort(NamedTuple):
    rule: str
    pattern: re.Pattern[str]
    what: str
    severity: Severity


_SORTS = (
    _Sort(
        "pdf-unreadable",
        lazy("\ufffd"),
        "of which the file does not say what they are, shown as \ufffd",
        Severity.WARNING,
    ),
    _Sort(
        "pdf-cid", lazy(r"\(cid:\d{1,6}\)"), "that another program could not read, left as numbers", Severity.WARNING
    ),
    _Sort(
        "pdf-private",
        lazy("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"),
        "that only the font of the file knows (private use)",
        Severity.WARNING,
    ),
    _Sort(
        "pdf-radical",
        lazy("[\u2e80-\u2fdf]"),
        "coded as parts of kanji (radicals) where the page shows kanji",
        Severity.WARNING,
    ),
    _Sort(
        "pdf-compatibility",
        lazy("[\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufaff\U0002f800-\U0002fa1f]"),
        "coded as other forms of ordinary kanji (CJK compatibility)",
        Severity.INFO,
    ),
)


def doubts(text: str) -> Iterator[Doubt]:
    """What is doubtful in *text*, one for each sort at most."""
    for rule, pattern, what, severity in _SORTS:
        found = list(pattern.finditer(text))
        if not found:
            continue
        start, end = found[0].span()
        shown = f"{found[0].group()} (U+{ord(text[start]):04X})" if end - start == 1 else found[0].group()
        around = text[max(text.rfind("\n", 0, start) + 1, start - 8) : end + 8].split("\n")[0].strip()
        many = len(found)
        noun = "character" if many == 1 else "characters"
        message = f"{many:,} {noun} {what}; first {shown} in: {around}"
        yield Doubt(rule, many, start, end, message, severity)

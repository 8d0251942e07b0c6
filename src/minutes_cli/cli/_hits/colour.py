"""Colours as a terminal takes them. Plain text is the same with empty strings, so both are written in one way.

Not rich: that would cost every search 130 ms.
"""

from __future__ import annotations

from typing import NamedTuple


class Palette(NamedTuple):
    """What to write before each part of a hit, and ``off`` behind it. Colours of parts that grep has are grep's."""

    path: str = ""
    line: str = ""
    speaker: str = ""
    match: str = ""
    reading: str = ""  # the corrected reading behind a match
    faint: str = ""
    off: str = ""


PLAIN = Palette()
ANSI = Palette(
    path="\x1b[35m",
    line="\x1b[32m",
    speaker="\x1b[36m",
    match="\x1b[1;31m",
    reading="\x1b[33m",
    faint="\x1b[2m",
    off="\x1b[0m",
)

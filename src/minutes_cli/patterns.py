"""Regular expressions that are compiled when they are first used.

Compiling one with a range of kanji takes about a millisecond, and most records need few of them.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    """Stands for a compiled pattern; what is asked of it once is kept."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._arguments = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(*self._arguments), name)  # re itself keeps what it has compiled last
        setattr(self, name, value)
        return value


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As ``re.compile``, but later. Raises re.error at the first use, so tests must use every pattern."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))

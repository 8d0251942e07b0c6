"""Regular expressions that are compiled when they are first used.

Compiling one takes between a tenth of a millisecond and several: each range of kanji in it costs more than one, since
``re`` goes through its 20,000 characters. Most records need few of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

#: Questions that ``holds`` answers. Behind them a pattern is compiled anyway: in a longer record that is quicker.
PATIENCE = 200


class _Lazy:
    """Stands for a compiled pattern; what is asked of it once is kept."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._arguments = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(*self._arguments), name)  # re itself keeps what it has compiled last
        setattr(self, name, value)
        return value


class Holding(_Lazy):
    """A pattern that needs not be compiled for a text without any of the strings ``holds``: it cannot match there."""

    def __init__(self, pattern: str, flags: int, holds: Sequence[str]) -> None:
        super().__init__(pattern, flags)
        self.holds = holds
        self._left = PATIENCE

    def match(self, text: str, *place: int) -> re.Match[str] | None:
        """As of a compiled pattern; *place* is where to begin and to end."""
        return self._ask("match", text, place)

    def fullmatch(self, text: str, *place: int) -> re.Match[str] | None:
        """As of a compiled pattern."""
        return self._ask("fullmatch", text, place)

    def search(self, text: str, *place: int) -> re.Match[str] | None:
        """As of a compiled pattern."""
        return self._ask("search", text, place)

    def _ask(self, name: str, text: str, place: tuple[int, ...]) -> re.Match[str] | None:
        self._left -= 1
        if self._left >= 0 and not any(one in text for one in self.holds):
            return None
        compiled = re.compile(*self._arguments)
        for method in ("match", "fullmatch", "search"):  # from now on they are asked without this detour
            setattr(self, method, getattr(compiled, method))
        return cast("re.Match[str] | None", getattr(compiled, name)(text, *place))


def lazy(pattern: str, flags: int = 0, holds: Sequence[str] = ()) -> re.Pattern[str]:
    """As ``re.compile``, but later. Raises re.error at the first use, so tests must use every pattern.

    *holds*, for a pattern that few records need: strings (or characters) of which at least one stands in every text
    that it matches. Until one comes, ``match``, ``fullmatch`` and ``search`` compile nothing. ``finditer`` and the
    others do.
    """
    made = Holding(pattern, flags, holds) if holds else _Lazy(pattern, flags)
    return cast("re.Pattern[str]", made)

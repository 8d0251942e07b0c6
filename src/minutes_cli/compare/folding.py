"""What of a text counts when two are compared."""

from __future__ import annotations

from collections.abc import Callable

Fold = Callable[[str], str]


def exact(text: str) -> str:
    """Every character counts."""
    return text


def without_space(text: str) -> str:
    """Blanks (also full-width ones), tabs and line ends do not count."""
    return "".join(text.split())


def folded(fold: Fold, text: str | None) -> str | None:
    """*text* through *fold*; None stays None."""
    return None if text is None else fold(text)

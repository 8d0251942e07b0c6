"""Sentences cut into words, each once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minutes_cli.lexicon.words import Cut


class Cutter:
    """Cuts sentences into words and forgets none of them, for who keeps them all anyway.

    In another process, which keeps none, it forgets those that have not come for long.
    """

    def __init__(self) -> None:
        from minutes_cli.lexicon.words import remembering

        self._cut = remembering()

    def __call__(self, sentence: str) -> Cut:
        """As :func:`minutes_cli.lexicon.words.cut`."""
        return self._cut(sentence)

    def __reduce__(self) -> tuple[Callable[[], Callable[[str], Cut]], tuple[()]]:
        return _for_a_while, ()


def _for_a_while() -> Callable[[str], Cut]:
    from minutes_cli.lexicon.words import cut

    return cut

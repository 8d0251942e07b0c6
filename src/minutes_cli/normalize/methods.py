"""The table of methods, in the order in which they run, and what the user may set."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from minutes_cli.model import Correction

if TYPE_CHECKING:
    from pathlib import Path

#: The rule of the noisy channel, which alone does not run on every record.
CHANNEL = "ocr-character"


class Settings(NamedTuple):
    """What the user asks for. Rules are named as in ``Edit.rule``; ``*`` stands for anything (``phrase-*``)."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()  # files with phrase rules of the user's own
    channel: bool | None = None  # the noisy channel: always, never, or when the record looks like OCR
    model: Path | None = None  # a character model instead of the one that comes with minutes

    def wants(self, rule: str) -> bool:
        """Whether corrections of *rule* are wanted."""
        if any(fnmatchcase(rule, pattern) for pattern in self.ignore):
            return False
        return not self.select or any(fnmatchcase(rule, pattern) for pattern in self.select)


def _always(text: str, settings: Settings) -> bool:
    return True


class Method(NamedTuple):
    """One way of finding corrections: a pure function from a text to what it would correct there."""

    rules: tuple[str, ...]  # the rules it gives its corrections; patterns where they come from a file
    about: str
    find: Callable[[str, Settings], Iterable[Correction]]
    may_find: Callable[[str, Settings], bool] = _always  # asked first, and quick; where it says no, find finds nothing

    def wanted(self, settings: Settings) -> bool:
        """Whether anything that it may find is wanted; patterns are always tried."""
        return any("*" in rule or settings.wants(rule) for rule in self.rules)


METHODS: tuple[Method, ...] = ()

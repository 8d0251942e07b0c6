"""The table of methods, in the order in which they run, and what the user may set."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from minutes_cli.model import Correction


@dataclass(frozen=True, slots=True)
class Settings:
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


@dataclass(frozen=True, slots=True)
class Method:
    """One way of finding corrections: a pure function from a text to what it would correct there."""

    rules: tuple[str, ...]  # the rules it gives its corrections; patterns where they come from a file
    about: str
    find: Callable[[str, Settings], Iterable[Correction]]

    def wanted(self, settings: Settings) -> bool:
        """Whether anything that it may find is wanted; patterns are always tried."""
        return any("*" in rule or settings.wants(rule) for rule in self.rules)


METHODS: tuple[Method, ...] = ()

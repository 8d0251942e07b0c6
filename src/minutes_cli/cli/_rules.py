"""Which rules the user asks for, what they make of a record, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import minutes_cli.normalize as library
from minutes_cli.cli._decisions import refusing, without_refused
from minutes_cli.cli._overview import table
from minutes_cli.cli._print import Line
from minutes_cli.cli._review import Review
from minutes_cli.errors import UsageError
from minutes_cli.limit import TooSlowError
from minutes_cli.model import Source
from minutes_cli.normalize import Fix, Normalized, Settings
from minutes_cli.normalize.phrases.rule import Rule
from minutes_cli.normalize.phrases.rule_files import load, shipped

#: What the method of phrases calls rules that a user may name in any way.
OWN = "*"


class Corrector(NamedTuple):
    """Finds the corrections of a record and decides which are applied; where nobody is asked, in any process.

    ``refused`` are rules that say what was refused in an earlier review.
    """

    settings: Settings
    fix: Fix
    refused: tuple[Rule, ...] = ()
    review: Review | None = None

    def __call__(self, source: Source) -> Normalized:
        """The record corrected. Raises TooSlowError."""
        result = self._normalized(source, self.fix)
        if self.refused:
            safe = result if self.fix is Fix.SAFE else self._normalized(source, Fix.SAFE)
            result = without_refused(result, self.refused, safe.view)
        return result if self.review is None else self.review(result)

    def _normalized(self, source: Source, fix: Fix) -> Normalized:
        try:
            return library.normalize(source, self.settings, fix)
        except TooSlowError as error:
            raise TooSlowError(f"{source.name}: {error}") from None


def corrector(settings: Settings, fix: Fix, review: Review | None = None) -> Corrector:
    """What ``minutes normalize`` does with each record; with *review* it asks.

    Raises UsageError for a rule that does not exist and a file that is no good: once, not once per record.
    """
    if review is not None and review.path.exists() and review.path not in settings.rules:
        settings = settings._replace(rules=(*settings.rules, review.path))
    own = _own(settings.rules)
    _check(settings, own)
    if review is not None:
        review.number_from(own)
    return Corrector(settings, fix, refusing(own), review)


def _own(paths: Sequence[Path]) -> tuple[Rule, ...]:
    return tuple(rule for path in paths for rule in load(path))


def _check(settings: Settings, own: Sequence[Rule]) -> None:
    known = [name for name, _ in _listed(own) if "*" not in name]
    for wanted in (*settings.select, *settings.ignore):
        if not any(fnmatchcase(name, wanted) for name in known):
            named = (name for method in library.METHODS for name in method.rules if name != OWN)
            names = [*named, *(rule.id for rule in own)]
            raise UsageError(f"unknown rule {wanted!r}; known are {', '.join(names)} (--list says more)")
    if settings.model is not None:
        from minutes_cli.normalize.channel import loaded_model

        loaded_model(settings.model)


def listed(paths: Sequence[Path], width: int) -> Iterator[Line]:
    """All rules and what they correct, in the order in which they run; those in *paths* at the end."""
    rows = [[name, about] for name, about in _listed(_own(paths))]
    yield from table(["rule", "what it corrects"], rows, width, shrink=(1, 0), whole=True)


def _listed(own: Sequence[Rule]) -> Iterator[tuple[str, str]]:
    """Name and description; a name with ``*`` stands for phrase rules, which follow one by one."""
    phrases = {rule.id: f"{rule.reason} ({rule.safety})" for rule in shipped()}
    for method in library.METHODS:
        for name in method.rules:
            if name not in phrases and name != OWN:
                yield name, method.about
    yield from phrases.items()
    yield from ((rule.id, f"{rule.reason} ({rule.safety})") for rule in own)

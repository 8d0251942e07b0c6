"""Find and correct what OCR and typing have spoilt: ``normalize`` is the whole way, a plain function.

Methods run in the order of :data:`METHODS`; each sees the text as the ones before it left it. They are gone
through again until none has anything to apply, so normalizing the result proposes nothing more.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from minutes_cli.edits import correct, propose, view
from minutes_cli.model import Correction, Edit, Safety, Source, View
from minutes_cli.normalize.methods import CHANNEL, Method, Settings
from minutes_cli.normalize.ocr import looks_read
from minutes_cli.normalize.table import METHODS

__all__ = ["METHODS", "Fix", "Method", "Normalized", "Settings", "normalize"]

#: After so many rounds without an end (none is known) nothing at all is changed: undecided is no correction.
_ROUNDS = 8


class Fix(StrEnum):
    """Which corrections are applied."""

    SAFE = "safe"
    ALL = "all"
    NONE = "none"


_APPLIED = {
    Fix.SAFE: frozenset({Safety.SAFE}),
    Fix.ALL: frozenset({Safety.SAFE, Safety.ASK}),
    Fix.NONE: frozenset[Safety](),
}


class Normalized(NamedTuple):
    """A record read through its corrections. ``proposed`` are the others, in the order of the text.

    ``view.edits`` and ``proposed`` do not overlap, so all together fit the original.
    """

    view: View
    proposed: tuple[Edit, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All corrections, applied or not, in the order of the text."""
        return tuple(sorted([*self.view.edits, *self.proposed], key=lambda e: e.span))


def normalize(source: Source, settings: Settings | None = None, fix: Fix = Fix.SAFE) -> Normalized:
    """The corrections of a record: those that *fix* names are applied, the others proposed.

    Any text can be normalized. ``undo`` of the view is the original, exactly; normalizing the corrected text with
    the same settings and *fix* changes nothing.
    """
    settings = settings or Settings()
    methods = _wanted(METHODS, settings)
    notes: tuple[str, ...] = ()
    if settings.channel is None:
        settings, notes = _decide(source.text, settings)
    applied = _APPLIED[fix]
    seen = view(source)
    for _ in range(_ROUNDS):
        before = seen
        others: list[Correction] = []
        for method in methods:
            if not method.may_find(seen.text, settings):
                continue
            found = [c for c in method.find(seen.text, settings) if settings.wants(c.rule)]
            seen = correct(seen, (c for c in found if c.safety in applied))
            others += (c for c in found if c.safety not in applied)
        if seen is before:
            return Normalized(seen, propose(seen, others), notes)
    return Normalized(
        view(source),
        notes=(
            *notes,
            f"corrections did not settle after {_ROUNDS} rounds; none is applied",
        ),
    )


@lru_cache(maxsize=8)  # thousands of small records come with the same settings
def _wanted(methods: tuple[Method, ...], settings: Settings) -> tuple[Method, ...]:
    """Those of *methods* that *settings* ask for."""
    return tuple(method for method in methods if method.wanted(settings))


def _decide(text: str, settings: Settings) -> tuple[Settings, tuple[str, ...]]:
    """Whether the noisy channel runs: only where OCR is likely. Decided once, on the record as it came."""
    if not settings.wants(CHANNEL):
        return settings._replace(channel=False), ()
    look = looks_read(text, settings)
    answer = "looks read by OCR" if look.read else "does not look read by OCR"
    note = f"{answer} (score {look.score:.2f} of 0.60 needed): {'; '.join(look.reasons) or 'no signs'}"
    return settings._replace(channel=look.read), (note,)

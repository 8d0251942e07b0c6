"""One record checked, with its safe fixes where they are asked for, and what the baseline knows left out."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from minutes_cli.check.baseline import Baseline, Compared, compared, read_baseline
from minutes_cli.check.model import Reported, Row
from minutes_cli.check.run import Checked, Failure, check, understand
from minutes_cli.check.settings import Settings, rank
from minutes_cli.check.sidecar import Sidecar
from minutes_cli.check.table import RULES, rule_of
from minutes_cli.cli._check_settings import sidecar_of
from minutes_cli.cli._print import message
from minutes_cli.edits import correct, settle, view
from minutes_cli.errors import MinutesError, UsageError
from minutes_cli.export.encode import corrected_bytes
from minutes_cli.ingest import read
from minutes_cli.ingest import understand as decode
from minutes_cli.ingest.formats import file_of
from minutes_cli.limit import limited
from minutes_cli.model import Correction, Safety, Source, View
from minutes_cli.normalize.phrases.rule_files import load as load_rules

#: Fixing makes new findings at most so often; what is left then is reported.
_ROUNDS = 5


class Outcome(NamedTuple):
    """A record that was checked: what is to be shown, how many findings fail, and the text after the fixes.

    ``hidden`` findings are known to the baseline; ``gone`` ones it knows and the record has no more. ``failures`` are
    rules that could not run. ``all`` are the findings before the baseline.
    """

    findings: tuple[Reported, ...]
    failing: int
    hidden: int
    gone: int
    all: tuple[Reported, ...]
    failures: tuple[Failure, ...]
    seen: View
    fixed: int


class Checker:
    """Checks records one after the other; what all of them need is read once."""

    def __init__(self, *, fix: bool, use_baseline: bool) -> None:
        self._fix = fix
        self._use_baseline = use_baseline
        self._rows: dict[Settings, tuple[Row, ...]] = {}
        self._baselines: dict[str, Baseline] = {}

    def __call__(self, path: str, settings: Settings) -> Outcome:
        """The record *path* checked. Raises MinutesError."""
        rows = self.rows_of(settings)
        source = read(path, settings.encoding)
        sidecar = sidecar_of(path)
        checked = _checked(source, rows, settings, sidecar)
        seen, fixed = view(source), 0
        if self._fix and not source.is_text:
            what = file_of(source.media_type)
            message(f"{path}: {what} cannot be corrected in place; mend it in the program that made it")
        elif self._fix:
            seen, fixed, checked = _fixed(source, rows, settings, sidecar, checked)
        found = tuple(f for f in checked.findings if rank(f.severity) >= rank(settings.severity) or _fails(f, settings))
        new = self._new(found, path, settings)
        failing = sum(_fails(finding, settings) for finding in new.new)
        shown = tuple(f for f in new.new if rank(f.severity) >= rank(settings.severity))
        return Outcome(shown, failing, new.known, new.gone, found, checked.failures, seen, fixed)

    def rows_of(self, settings: Settings) -> tuple[Row, ...]:
        """The rules to run. Raises UsageError for one that lacks something."""
        if settings not in self._rows:
            rows = settings.rows()
            for row in rows:
                if (lacking := rule_of(row).lacks(settings.options)) is not None:
                    raise UsageError(f"{row.name} cannot run: {lacking}; or leave it out with --ignore {row.name}")
            for dictionary in settings.options.prh:
                if not load_rules(dictionary):  # what is wrong with it is said once
                    raise UsageError(f"{dictionary}: no rules in it; name a dictionary of textlint-rule-prh")
            if settings.baseline is not None and self._use_baseline:
                self._baselines[settings.baseline] = load_baseline(settings.baseline)
            self._rows[settings] = rows
        return self._rows[settings]

    def ran(self) -> tuple[Row, ...]:
        """All rules that ran on any record."""
        rows = {row for some in self._rows.values() for row in some}
        return tuple(row for row in RULES if row in rows)

    def _new(self, found: tuple[Reported, ...], path: str, settings: Settings) -> Compared:
        if settings.baseline is None or not self._use_baseline:
            return Compared(found, 0, 0)
        return compared(found, called(path, settings.baseline), self._baselines[settings.baseline])


def _fails(finding: Reported, settings: Settings) -> bool:
    return settings.fail_on is not None and rank(finding.severity) >= rank(settings.fail_on)


def _checked(source: Source, rows: Sequence[Row], settings: Settings, sidecar: Sidecar) -> Checked:
    # Only patterns of the user can take long without end.
    with limited(source.name, len(source.text)) if settings.options.prh else nullcontext():
        subject = understand(source, rows, settings.options, kind=settings.kind, convention=settings.convention)
        checked = check(subject, rows, settings.levels(), sidecar)
    for failure in checked.failures:
        if isinstance(failure.error, MinutesError):  # a bad dictionary: said once, not as a fault of the record
            raise failure.error
    return checked


def _fixed(
    source: Source, rows: Sequence[Row], settings: Settings, sidecar: Sidecar, checked: Checked
) -> tuple[View, int, Checked]:
    """The record read through the safe fixes of its findings, how many there were, and what is found then.

    A fix may bring another to light, so it is done again until there is none.
    """
    seen, fixed = view(source), 0
    for _ in range(_ROUNDS):
        fixes, _refused = settle(f.fix for f in checked.findings if f.fix is not None and is_safe(f))
        if not fixes:
            break
        seen = correct(
            seen,
            [Correction(e.span.start, e.span.end, e.after, e.rule, e.safety, e.confidence, e.reason) for e in fixes],
        )
        fixed += len(fixes)
        checked = _checked(_as_source(seen), rows, settings, sidecar)
    return seen, fixed, checked


def _as_source(seen: View) -> Source:
    """The corrected text as a record of its own, as it would be read from the file. Raises UsageError."""
    source = seen.source
    return decode(source.name, fixed_bytes(seen), source.encoding)


def fixed_bytes(seen: View) -> bytes:
    """The text after the fixes in the encoding of the record. Raises UsageError when that lacks a character."""
    try:
        return corrected_bytes(seen)
    except UnicodeEncodeError as e:
        source, word = seen.source, e.object[e.start : e.end]
        raise UsageError(
            f"{source.name}: the fix {word!r} cannot be written in {source.encoding}; "
            "make the file UTF-8 first (minutes normalize --to-utf8 -i)"
        ) from None


def called(path: str, baseline: str) -> str:
    """What a baseline calls a record: its path from the baseline's folder, with ``/``."""
    return Path(os.path.relpath(path, os.path.dirname(baseline) or ".")).as_posix()


def load_baseline(path: str) -> Baseline:
    """The baseline in the file *path*. Raises UsageError."""
    try:
        return read_baseline(json.loads(Path(path).read_bytes()), path)
    except OSError as e:
        raise UsageError(f"{path}: cannot read the baseline ({e.strerror}); --write-baseline makes one") from None
    except (ValueError, RecursionError):
        raise UsageError(f"{path}: the baseline is no JSON; --write-baseline makes a new one") from None


def is_safe(finding: Reported) -> bool:
    """Whether ``--fix`` mends it."""
    return finding.fix is not None and finding.fix.safety is Safety.SAFE

"""One record checked, with its safe fixes where they are asked for, and what the baseline knows left out."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import nullcontext
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from minutes_cli.check.baseline import Baseline, Compared, compared, read_baseline
from minutes_cli.check.model import Reported, Row
from minutes_cli.check.run import Checked, check, understand
from minutes_cli.check.run import Failure as RuleFailure
from minutes_cli.check.settings import Settings, rank
from minutes_cli.check.sidecar import Sidecar
from minutes_cli.check.table import RULES, rule_of
from minutes_cli.cli._check_settings import SettingsFinder, sidecar_of
from minutes_cli.cli._diff import styled, unified
from minutes_cli.cli._files import Input
from minutes_cli.cli._place import New
from minutes_cli.cli._print import Line
from minutes_cli.cli._text import visible
from minutes_cli.edits import correct, settle, view
from minutes_cli.engine import Failure, failure_of
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


class Task(NamedTuple):
    """A record to check, and how; or what is wrong with that."""

    path: str
    settings: Settings | UsageError


class Fixing(NamedTuple):
    """What is to be made of safe fixes: a new file, else a diff, for a screen or for a file."""

    in_place: bool
    on_screen: bool


class Found(NamedTuple):
    """What one record comes to, as another process may say it: little, and nothing of the record itself.

    ``findings`` are those to be shown or to fail; ``failures`` rules that could not run; ``notes`` what is to be said.
    ``fixed`` counts safe fixes; ``made`` is what comes of them: a new file or a diff, as bytes or lines of a screen.
    """

    settings: Settings
    findings: tuple[Reported, ...]
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()
    fixed: int = 0
    made: New | bytes | list[Line] | None = None


class Outcome(NamedTuple):
    """A record that was checked: what is to be shown, how many findings fail, and what comes of the fixes.

    ``hidden`` findings are known to the baseline; ``gone`` ones it knows and the record has no more. ``all`` are the
    findings before the baseline.
    """

    path: str
    findings: tuple[Reported, ...]
    failing: int
    hidden: int
    gone: int
    all: tuple[Reported, ...]
    fixed: int
    made: bytes | list[Line] | None


class Tasks:
    """Makes tasks of records; what several of them need is read once."""

    def __init__(self, finder: SettingsFinder, *, use_baseline: bool) -> None:
        self._finder = finder
        self._use_baseline = use_baseline
        self._rows: dict[Settings, tuple[Row, ...]] = {}
        self._baselines: dict[str, Baseline] = {}

    def __call__(self, file: Input) -> Task:
        """The task of one record."""
        try:
            settings = self._finder.of(file.path)
            self.prepare(settings)
            return Task(file.path, settings)
        except UsageError as e:
            return Task(file.path, e)

    def prepare(self, settings: Settings) -> None:
        """Read what *settings* name. Raises UsageError for a rule that lacks something, or a file that is no good."""
        if settings in self._rows:
            return
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

    def ran(self) -> tuple[Row, ...]:
        """All rules that ran on any record."""
        rows = {row for some in self._rows.values() for row in some}
        return tuple(row for row in RULES if row in rows)

    def outcome(self, path: str, found: Found) -> Outcome:
        """What was found in the record *path*, without what the baseline knows."""
        settings = found.settings
        new = self._new(found.findings, path, settings)
        failing = sum(_fails(finding, settings) for finding in new.new)
        shown = tuple(f for f in new.new if rank(f.severity) >= rank(settings.severity))
        made = None if isinstance(found.made, New) else found.made
        return Outcome(path, shown, failing, new.known, new.gone, found.findings, found.fixed, made)

    def _new(self, found: tuple[Reported, ...], path: str, settings: Settings) -> Compared:
        if settings.baseline is None or not self._use_baseline:
            return Compared(found, 0, 0)
        return compared(found, called(path, settings.baseline), self._baselines[settings.baseline])


def find(fixing: Fixing | None, task: Task) -> Found:
    """Check one record, and with *fixing* what comes of its safe fixes. Raises MinutesError."""
    settings = task.settings
    if isinstance(settings, UsageError):
        raise settings
    rows = _rows(settings)
    source = read(task.path, settings.encoding)
    sidecar = sidecar_of(task.path)
    checked = _checked(source, rows, settings, sidecar)
    seen, fixed, notes = view(source), 0, []
    if fixing is not None and not source.is_text:
        what = file_of(source.media_type)
        notes.append(f"{task.path}: {what} cannot be corrected in place; mend it in the program that made it")
    elif fixing is not None:
        seen, fixed, checked = _fixed(source, rows, settings, sidecar, checked)
    found = tuple(f for f in checked.findings if rank(f.severity) >= rank(settings.severity) or _fails(f, settings))
    failures = tuple([_failure(task.path, failure) for failure in checked.failures])
    made = _made(seen, fixing) if fixing is not None and fixed else None
    return Found(settings, found, failures, tuple(notes), fixed, made)


@lru_cache(maxsize=64)
def _rows(settings: Settings) -> tuple[Row, ...]:
    return settings.rows()


def _failure(path: str, failed: RuleFailure) -> Failure:
    return failure_of(f"{path}: the rule {failed.rule} could not run", failed.error)


def _made(seen: View, fixing: Fixing) -> New | bytes | list[Line]:
    """The new file, or a unified diff that ``patch -p1`` takes."""
    data = fixed_bytes(seen)  # of a diff for its fault
    name = seen.source.name
    if fixing.in_place:
        return New.of(seen.source, data)
    return list(styled(seen, name)) if fixing.on_screen else unified(seen, visible(name)).encode()


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

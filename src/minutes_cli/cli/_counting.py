"""What ``minutes stats`` counts in one file, in any process, and how it adds up here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from minutes_cli.cli._figures import Result
from minutes_cli.cli._files import Input, Inputs
from minutes_cli.cli._reading import Reading
from minutes_cli.cli._text import count
from minutes_cli.limit import limited
from minutes_cli.model import Document, Turn
from minutes_cli.passage import Passage, PassageKind, Record
from minutes_cli.search.filters import Sieve, sieve
from minutes_cli.search.matcher import Matcher, matchers
from minutes_cli.search.model import Mode, Query
from minutes_cli.summarize.figures import By, Figures, Part, part
from minutes_cli.summarize.ranked import Sort, ranked


class _Tests(NamedTuple):
    """The options that say what is counted, made ready."""

    sieve: Sieve
    terms: tuple[Matcher, ...]


@lru_cache(maxsize=1)  # once in every process
def _tests(query: Query) -> _Tests:
    """Raises UsageError for a filter or a term that cannot be read."""
    return _Tests(sieve(query), matchers(query.patterns, query))


class Counted(NamedTuple):
    """What is counted in one file; ``part`` is None where the filters leave it out."""

    part: Part | None
    sha256: str
    dated: bool


def counted_in(by: By, query: Query, reading: Reading, file: Input) -> Counted:
    """Count one file, all of it or nothing. Raises IngestError, or TooSlowError for an endless pattern."""
    document = reading.document(file.path)
    record = Record(file.path, document.kind, document.meeting, document.speakers, document.sections, ())
    tests = _tests(query)
    made = None
    if tests.sieve.record(record):
        said = _said(document, record, tests, query.mode)
        made = part(by, len(tests.terms), document, file.path, said)
    return Counted(made, document.view.source.sha256, document.meeting.date is not None)


def _said(document: Document, record: Record, tests: _Tests, mode: Mode) -> list[tuple[Turn, list[int]]]:
    """The turns that pass the filters, each with how often each term stands in it."""
    passes = tests.sieve.passages(record)
    turns = [
        turn
        for turn in document.turns
        if passes(Passage(PassageKind.SPEECH, "", (), (), turn.id, turn.speaker, turn.section))
    ]
    if not tests.terms:
        return [(turn, []) for turn in turns]
    if mode is not Mode.REGEX:
        return [(turn, _times(tests, turn.text)) for turn in turns]
    with limited(record.path, sum(len(turn.text) for turn in turns)):
        return [(turn, _times(tests, turn.text)) for turn in turns]


def _times(tests: _Tests, text: str) -> list[int]:
    return [len(term.find(text)) for term in tests.terms]


class Counting:
    """Adds up what was counted in one file after the other, and remembers what was not counted."""

    def __init__(self, by: By, query: Query) -> None:
        """Raises UsageError for a filter or a term that cannot be read."""
        self._query = query
        self._figures = Figures(by, len(_tests(query).terms))
        self._read = self._left_out = self._undated = 0
        self._paths: dict[str, str] = {}  # by their bytes, the first path of each
        self._copies: list[tuple[str, str]] = []

    def __call__(self, file: Input, counted: Counted) -> None:
        """Add one file."""
        self._read += 1
        if counted.part is None:
            self._left_out += 1
            self._undated += not counted.dated
            return
        first = self._paths.setdefault(counted.sha256, file.path)
        if first != file.path:
            self._copies.append((file.path, first))
        self._figures.take(counted.part)

    def result(self, sort: Sort, top: int | None, inputs: Inputs) -> Result | None:
        """All that was counted; None where no file could be read."""
        if not self._read:
            return None
        unread = inputs.faults + len(inputs.files) - self._read
        return Result(
            ranked(self._figures, sort, top),
            self._query.patterns,
            self._query.mode.value,
            self._figures.silent,
            self._left_out,
            unread,
        )

    def notes(self, result: Result) -> Iterator[str]:
        """What a reader of the figures must know."""
        records = result.ranked.total.records or 0
        if silent := sum(result.silent.values()):
            kinds = ", ".join(f"{n:,} {kind}" for kind, n in result.silent.items())
            has = "has" if silent == 1 else "have"
            yield f"{silent:,} of {count(records, 'record')} {has} no turns, so nothing is counted in them: {kinds}"
        if self._left_out:
            undated = f", {self._undated:,} of them without a date" if self._undated else ""
            yield f"{count(self._left_out, 'record')} left out by the filters{undated}"
        if self._copies:
            path, first = self._copies[0]
            more = f", and {len(self._copies) - 1:,} more such copies" if len(self._copies) > 1 else ""
            yield f"{path}: the same bytes as {first}, yet counted too{more}"
        if result.unread:
            unread = count(result.unread, "file or folder", "files or folders")
            yield f"{unread} could not be read: the figures are without"

"""Figures over many records: turns, characters, shares and how often a term is said, by speaker, year, heading …

Only what is said counts: the text of turns, wraps joined and slips corrected, without line ends and events. That is
what ``characters`` of a speaker is in the JSON, so that every figure can be counted again. Nothing of the text is
kept: what grows with the records is the number of rows alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from minutes_cli.model import Document, Turn
from minutes_cli.summarize.model import Longest, Person
from minutes_cli.summarize.people import Identity, Key, fold, identity, person_key, person_keys

__all__ = [
    "OF_TURNS",
    "PER",
    "By",
    "Counted",
    "Figures",
    "Head",
    "Part",
    "Row",
    "Told",
    "part",
    "person_key",
    "person_keys",
]

PER = 10_000
"""Rates are per so many characters."""


class By(StrEnum):
    """What there is one row for."""

    SPEAKER = "speaker"
    ROLE = "role"  # or, without one, the title
    AFFILIATION = "affiliation"
    SECTION = "section"  # its heading
    YEAR = "year"  # of the meeting
    MONTH = "month"
    BODY = "body"
    RECORD = "record"
    KIND = "kind"


OF_TURNS = frozenset((By.SPEAKER, By.ROLE, By.AFFILIATION, By.SECTION))
"""A record may have turns in several rows of these; of all others each record is in exactly one row."""


class Head(NamedTuple):
    """What a row is about. ``name`` None: what the record does not say. The others are set by speaker only.

    ``person`` is as in the first record; ``body`` is set where the row is of one body only. ``perhaps`` are the full
    names of other rows that a surname may belong to, with the same office; it is never put with them.
    """

    name: str | None
    person: Person | None = None
    identity: Identity | None = None
    body: str | None = None
    perhaps: tuple[str, ...] = ()


class Told(NamedTuple):
    """How often a term is said, in how many turns and records; ``records`` None where that cannot be summed up."""

    times: int
    turns: int
    records: int | None

    def rate(self, characters: int) -> float | None:
        """Times per 10,000 of *characters*, to two places; None of none."""
        return round(PER * self.times / characters, 2) if characters else None


class Row(NamedTuple):
    """Figures of one speaker, year, heading … ``records`` None where they cannot be summed up (of the other rows).

    By year, month, body, record and kind ``records`` are all records there, also those in which nothing is counted; by
    speaker, role, affiliation and section those with a turn there. ``first`` and ``last`` are dates of meetings.
    ``rows`` is how many rows are put together here.
    """

    head: Head
    records: int | None = 0
    turns: int = 0
    characters: int = 0
    longest: Longest | None = None
    terms: tuple[Told, ...] = ()
    first: str | None = None
    last: str | None = None
    rows: int = 1

    @property
    def times(self) -> int:
        """How often all terms are said."""
        return sum(told.times for told in self.terms)

    @property
    def rate(self) -> float:
        """How often per 10,000 characters; 0 where nothing is said."""
        return PER * self.times / self.characters if self.characters else 0.0

    def share(self, total: Row) -> float | None:
        """The part of the characters of *total*, 0 to 1, to four places; None of none."""
        return round(self.characters / total.characters, 4) if total.characters else None


class Counted(NamedTuple):
    """Figures of one row of one record; ``terms``: of each term how often it is said, and in how many turns."""

    key: Key
    head: Head
    turns: int
    characters: int
    longest: Longest | None
    terms: tuple[tuple[int, int], ...]

    @property
    def said(self) -> tuple[bool, ...]:
        """Which terms stand here."""
        return tuple([times > 0 for times, _ in self.terms])


class Part(NamedTuple):
    """What one record adds to :class:`Figures`: its rows in the order in which they first come, and all of it together.

    ``kind`` is set where the record has no turns at all.
    """

    date: str | None
    rows: tuple[Counted, ...]
    total: Counted
    kind: str | None = None


_NOBODY: tuple[Key, Head] = ((), Head(None))


@dataclass(slots=True)
class _Sum:
    """A row in the making."""

    key: Key
    head: Head
    terms: list[list[int]]  # count, turns, records of each
    records: int = 0
    turns: int = 0
    characters: int = 0
    longest: Longest | None = None
    dates: set[str] = field(default_factory=set)  # the first and the last

    def say(self, longest: Longest, counts: Sequence[int]) -> None:
        """Count one more turn, the longest there is so far or not."""
        self.turns += 1
        self.characters += longest.characters
        self._compare(longest)
        for told, count in zip(self.terms, counts, strict=True):
            told[0] += count
            told[1] += count > 0

    def take(self, counted: Counted) -> None:
        """Count all that is said in one more record."""
        self.turns += counted.turns
        self.characters += counted.characters
        self._compare(counted.longest)
        for told, (times, turns) in zip(self.terms, counted.terms, strict=True):
            told[0] += times
            told[1] += turns

    def _compare(self, longest: Longest | None) -> None:
        if longest is not None and (self.longest is None or longest.characters > self.longest.characters):
            self.longest = longest

    def meet(self, date: str | None, said: Sequence[bool]) -> None:
        """Count one more record, of *date*; *said*: which terms stand in it, here."""
        self.records += 1
        if date is not None:
            self.dates = {min(self.dates | {date}), max(self.dates | {date})}
        for told, found in zip(self.terms, said, strict=True):
            told[2] += found

    def row(self) -> Row:
        terms = tuple([Told(*told) for told in self.terms])
        first, last = min(self.dates, default=None), max(self.dates, default=None)
        return Row(self.head, self.records, self.turns, self.characters, self.longest, terms, first, last)

    def counted(self) -> Counted:
        terms = tuple([(times, turns) for times, turns, _ in self.terms])
        return Counted(self.key, self.head, self.turns, self.characters, self.longest, terms)


def part(by: By, terms: int, document: Document, path: str, said: Iterable[tuple[Turn, Sequence[int]]]) -> Part:
    """What a record adds: what is *said* in it, turn by turn, each with how often each of so many *terms* is."""
    place = _places(by, document, path)
    rows: dict[Key, _Sum] = {}
    total = _sum(*_NOBODY, terms)

    def row_of(turn: Turn | None) -> _Sum:
        key, head = place(turn)
        if key not in rows:
            rows[key] = _sum(key, head, terms)
        return rows[key]

    if by not in OF_TURNS:
        row_of(None)
    for turn, counts in said:
        one = Longest(path, turn.id, sum(map(len, turn.paragraphs)), turn.lines[0])
        row_of(turn).say(one, counts)
        total.say(one, counts)
    counted = tuple([row.counted() for row in rows.values()])
    return Part(document.meeting.date, counted, total.counted(), None if document.turns else document.kind.value)


def _sum(key: Key, head: Head, terms: int) -> _Sum:
    return _Sum(key, head, [[0, 0, 0] for _ in range(terms)])


class Figures:
    """Counts one record after the other; turns, characters and counts of the rows sum up to those of ``total``.

    ``silent`` are the records without turns, by kind.
    """

    def __init__(self, by: By, terms: int = 0) -> None:
        self.by = by
        self.silent: dict[str, int] = {}
        self._terms = terms
        self._sums: dict[Key, _Sum] = {}
        self._total = _sum(*_NOBODY, terms)

    def add(self, document: Document, path: str, said: Iterable[tuple[Turn, Sequence[int]]]) -> None:
        """Count a record, as :func:`part` does."""
        self.take(part(self.by, self._terms, document, path, said))

    def take(self, part: Part) -> None:
        """Count a record of which :func:`part` has told, perhaps in another process."""
        for counted in part.rows:
            row = self._sums.setdefault(counted.key, _sum(counted.key, counted.head, self._terms))
            row.take(counted)
            row.meet(part.date, counted.said)
        self._total.take(part.total)
        self._total.meet(part.date, part.total.said)
        if part.kind is not None:
            self.silent[part.kind] = self.silent.get(part.kind, 0) + 1

    @property
    def rows(self) -> list[Row]:
        """All rows, in the order in which they first came."""
        rows = [one.row() for one in self._sums.values()]
        full = [row.head for row in rows if row.head.identity is Identity.NAME]
        return [row._replace(head=row.head._replace(perhaps=_perhaps(row.head, full))) for row in rows]

    @property
    def total(self) -> Row:
        """Everything together; ``records`` are all of them."""
        return self._total.row()


def _perhaps(head: Head, full: Sequence[Head]) -> tuple[str, ...]:
    """The names among *full* that begin with the surname of *head* and have its office."""
    if head.identity is not Identity.SURNAME or head.person is None:
        return ()
    surname, office = fold(head.name), _office(head.person)
    fitting = (one for one in full if one.person and _office(one.person) == office)
    return tuple(one.name for one in fitting if one.name and fold(one.name).startswith(surname))


def _office(person: Person) -> str:
    return fold(person.role or person.title)


def _places(by: By, document: Document, path: str) -> Callable[[Turn | None], tuple[Key, Head]]:
    """What tells the row of a turn. None stands for a turn of which nothing is known but its record."""
    meeting = document.meeting
    if by is By.SPEAKER:
        people = _people(document)
        return lambda turn: people.get((turn and turn.speaker) or "", _NOBODY)
    if by in (By.ROLE, By.AFFILIATION):
        offices = {s.id: _named((s.role or s.title) if by is By.ROLE else s.affiliation) for s in document.speakers}
        return lambda turn: offices.get((turn and turn.speaker) or "", _NOBODY)
    if by is By.SECTION:
        headings = {s.id: _named(s.heading) for s in document.sections}
        return lambda turn: headings.get((turn and turn.section) or "", _NOBODY)
    names: Mapping[By, str | None] = {
        By.YEAR: meeting.date and meeting.date[:4],
        By.MONTH: meeting.date and meeting.date[:7],
        By.BODY: meeting.body,
        By.KIND: document.kind.value,
    }
    here = ((path,), Head(path)) if by is By.RECORD else _named(names[by])
    return lambda turn: here


def _named(name: str | None) -> tuple[Key, Head]:
    folded = fold(name)
    return ((folded,), Head(name)) if folded else _NOBODY


def _people(document: Document) -> dict[str, tuple[Key, Head]]:
    keys = person_keys(document.speakers, document.meeting.body)
    people = {}
    for s in document.speakers:
        known = identity(s)
        person = Person(s.id, s.label, s.name, s.role, s.title, s.affiliation)
        body = None if known is Identity.NAME else document.meeting.body
        people[s.id] = (keys[s.id], Head(s.name or s.label, person, known, body))
    return people

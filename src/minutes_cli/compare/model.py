"""What is compared and what comes of it. All are frozen; none of them reads or prints.

As in :mod:`minutes_cli.model` annotations are not postponed: named tuples would compile each from its text.
"""

from enum import StrEnum
from typing import NamedTuple

from minutes_cli.model import Span


class Sort(StrEnum):
    """What a unit is."""

    TURN = "turn"
    ITEM = "item"  # a numbered demand of a petition
    LINE = "line"  # a line that belongs to no turn or item: front and back matter, slides, records nobody understands


class Unit(NamedTuple):
    """What is compared as a whole: it is there or not, and its text is the same or not.

    ``speaker`` and ``section`` are ids within the transcript. ``span`` counts code points of the original; ``lines``
    are its first and last line there (1-based), None where a parse result does not tell them. ``under`` is what an
    item stands under.
    """

    sort: Sort
    id: str
    text: str
    span: Span
    lines: tuple[int, int] | None = None
    label: str | None = None
    speaker: str | None = None
    section: str | None = None
    kind: str | None = None
    under: str | None = None
    events: tuple[str, ...] = ()


class Person(NamedTuple):
    """A speaker, as the transcript has it."""

    id: str
    label: str | None = None
    labels: tuple[str, ...] = ()
    name: str | None = None
    role: str | None = None
    title: str | None = None
    affiliation: str | None = None
    candidates: tuple[str, ...] | None = None  # None where the source does not tell


class Entry(NamedTuple):
    """A heading, a line of the attendance list or an event between the turns: a text with its place."""

    text: str
    span: Span | None = None
    line: int | None = None
    id: str = ""


class Transcript(NamedTuple):
    """One side of a comparison. A part is None where the source does not hold it (a list of turns has no items)."""

    path: str  # of the record, as the parse result names it
    sha256: str | None = None
    facts: tuple[tuple[str, str | None], ...] = ()  # kind, convention, title, date …, in a fixed order
    persons: tuple[Person, ...] = ()
    turns: tuple[Unit, ...] = ()
    items: tuple[Unit, ...] | None = None
    lines: tuple[Unit, ...] | None = None
    sections: tuple[Entry, ...] | None = None
    attendance: tuple[Entry, ...] | None = None
    events: tuple[Entry, ...] | None = None

    def units(self, sort: Sort) -> tuple[Unit, ...] | None:
        """The units of one sort; None where the source does not hold them."""
        return {Sort.TURN: self.turns, Sort.ITEM: self.items, Sort.LINE: self.lines}[sort]


class What(StrEnum):
    """What became of units. Each unit of both sides belongs to exactly one change, or is the same."""

    ADDED = "added"
    REMOVED = "removed"
    TEXT = "text"  # another text, by the same speaker; the label or the section may differ too
    SPEAKER = "speaker"  # the same text by another speaker
    BOTH = "text-and-speaker"
    LABEL = "label"  # the same text by the same speaker, under another label (items: another number)
    OTHER = "other"  # only the section, the kind of turn, what an item stands under or the events inside differ
    SPLIT = "split"  # one unit became several
    MERGED = "merged"  # several became one


class Change(NamedTuple):
    """A difference. ``old`` and ``new`` are indexes into the units of that sort; ``aspects`` say in what they differ.

    Aspects are ``text``, ``speaker``, ``label``, ``section``, ``kind``, ``under`` and ``events``.
    """

    what: What
    sort: Sort
    old: tuple[int, ...]
    new: tuple[int, ...]
    aspects: tuple[str, ...] = ()


class Fact(NamedTuple):
    """A difference in what is said about the record: ``old`` is None where it was added, ``new`` where it went.

    ``part`` is ``record`` (kind, convention), ``meeting``, ``speaker``, ``section``, ``attendance`` or ``event``;
    ``name`` the field, and ``who`` the speaker whose field it is.
    """

    part: str
    name: str
    old: Entry | None
    new: Entry | None
    who: str | None = None


class Tally(NamedTuple):
    """Numbers of units of one sort; see :class:`What`.

    ``old == same + removed + text + speaker + both + label + other + split + merged_from`` and
    ``new == same + added + text + speaker + both + label + other + split_into + merged``.
    """

    old: int = 0
    new: int = 0
    same: int = 0
    added: int = 0
    removed: int = 0
    text: int = 0
    speaker: int = 0
    both: int = 0
    label: int = 0
    other: int = 0
    split: int = 0
    split_into: int = 0
    merged: int = 0
    merged_from: int = 0


class Comparison(NamedTuple):
    """Two versions of a record and how they differ, in the order of the record.

    ``left_out`` are parts of a transcript that a side lacks.
    """

    old: Transcript
    new: Transcript
    changes: tuple[Change, ...] = ()
    facts: tuple[Fact, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing differs in what both sides hold."""
        return not self.changes and not self.facts


class Piece(NamedTuple):
    """A stretch of two texts: ``=`` stands in both, ``-`` only in the old one, ``+`` only in the new one."""

    sign: str
    text: str

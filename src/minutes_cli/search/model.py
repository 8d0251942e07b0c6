"""What travels through a search: the question, and what is found. All are named tuples."""

from enum import StrEnum
from typing import NamedTuple

from minutes_cli.model import Meeting
from minutes_cli.passage import Passage, Record


class Mode(StrEnum):
    """How patterns are read."""

    REGEX = "regex"
    LITERAL = "literal"
    WORD = "word"  # by the normalized form of words


class Scope(StrEnum):
    """Within what several patterns must meet."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    TURN = "turn"
    EXCHANGE = "exchange"  # a question and its answers
    SECTION = "section"
    RECORD = "record"


class Filters(NamedTuple):
    """Where to search: None is anywhere. Patterns are regular expressions, dates ISO (2024-04-01, 2024-04, 2024)."""

    speaker: str | None = None  # name, role or label
    role: str | None = None
    affiliation: str | None = None
    section: str | None = None
    kind: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    body: str | None = None


class Query(NamedTuple):
    """A search, as the user puts it."""

    patterns: tuple[str, ...]
    mode: Mode = Mode.REGEX
    ignore_case: bool = False  # and width: ＤＸ = DX = dx, half-width kana
    whole: bool = False  # -w
    every: bool = False  # --all: all patterns in one scope
    without: tuple[str, ...] = ()  # --not: what must be absent from the scope
    scope: Scope = Scope.SENTENCE
    near: int | None = None  # all patterns within so many characters of each other
    events: bool = False
    synonyms: tuple[tuple[str, ...], ...] = ()
    filters: Filters = Filters()


class Match(NamedTuple):
    """Where a pattern matches: ``text[start:end]``; ``pattern`` is its number from 0.

    ``term`` is the word of a synonym group that was found; None where the pattern has no synonyms.
    """

    start: int
    end: int
    pattern: int = 0
    term: str | None = None


class Found(NamedTuple):
    """The matches of one passage that count, in the order of the text."""

    passage: Passage
    matches: tuple[Match, ...]


class Result(NamedTuple):
    """What a search finds in one record: passages with matches, in the order of the record."""

    record: Record
    found: tuple[Found, ...]


def nothing(path: str) -> Result:
    """The result for a record that was not even parsed, since nothing can be found in it."""
    return Result(Record(path, "", Meeting(), (), (), ()), ())

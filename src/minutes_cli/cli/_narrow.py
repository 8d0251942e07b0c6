"""Of whom, where and when: the options of ``minutes grep`` for commands that count and quote what is said."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from minutes_cli.cli._grep_options import OPTIONS
from minutes_cli.limit import limited
from minutes_cli.passage import Passage, PassageKind, Record

if TYPE_CHECKING:
    from minutes_cli.model import Document, Turn
    from minutes_cli.search.filters import Sieve

_ROWS = {option.name: option for option in OPTIONS}


def _as_in_grep(name: str) -> Any:
    row = _ROWS[name]
    return typer.Option(*row.flags, metavar=row.metavar, help=row.help, show_default=False)


SpeakerOption = Annotated[str | None, _as_in_grep("speaker")]
RoleOption = Annotated[str | None, _as_in_grep("role")]
AffiliationOption = Annotated[str | None, _as_in_grep("affiliation")]
SectionOption = Annotated[str | None, _as_in_grep("section")]
BodyOption = Annotated[str | None, _as_in_grep("body")]
SinceOption = Annotated[str | None, _as_in_grep("since")]
UntilOption = Annotated[str | None, _as_in_grep("until")]


class Narrowing(NamedTuple):
    """What the user asks for, as in grep; None is anything."""

    speaker: str | None = None
    role: str | None = None
    affiliation: str | None = None
    section: str | None = None
    body: str | None = None
    since: str | None = None
    until: str | None = None

    def of_records(self) -> str:
        """What whole records are asked for, as on the command line."""
        return self._given("body", "since", "until")

    def of_turns(self) -> str:
        """What is asked for of their turns, as on the command line; nothing where all is wanted."""
        return self._given("speaker", "role", "affiliation", "section")

    @lru_cache(maxsize=1)  # noqa: B019 — it keeps nothing alive but the options themselves, once in every process
    def ready(self) -> Wanted:
        """The tests that the options mean. Raises UsageError for what is no regular expression, or no date."""
        from minutes_cli.search.filters import sieve
        from minutes_cli.search.model import Filters, Query

        told = self._typed()
        filters = Filters(
            speaker=told.speaker,
            role=told.role,
            affiliation=told.affiliation,
            section=told.section,
            since=told.since,
            until=told.until,
            body=told.body,
        )
        return Wanted(sieve(Query((), filters=filters)))

    def _given(self, *names: str) -> str:
        told = self._typed()
        values = ((name, getattr(told, name)) for name in names)
        return " ".join(f"--{name} {value}" for name, value in values if value is not None)

    def _typed(self) -> Narrowing:
        from minutes_cli.cli.grep import as_text

        return Narrowing(*(None if text is None else as_text(text) for text in self))


class Wanted(NamedTuple):
    """Which records and which speeches of them are wanted."""

    sieve: Sieve

    def turns(self, document: Document, path: str) -> frozenset[str] | None:
        """The ids of the turns that are asked for; None where the meeting is none of those asked for.

        Raises TooSlowError.
        """
        record = Record(path, document.kind.value, document.meeting, document.speakers, document.sections, ())
        with limited(path):
            if not self.sieve.record(record):
                return None
            passes = self.sieve.passages(record)
            return frozenset([turn.id for turn in document.turns if passes(_passage(turn))])


def _passage(turn: Turn) -> Passage:
    """What filters see of a turn."""
    return Passage(PassageKind.SPEECH, "", (), (), turn.id, turn.speaker, turn.section)

"""Of whom, where and when: the options of ``minutes grep`` for commands that count and quote what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from minutes_cli.cli._grep_options import OPTIONS
from minutes_cli.limit import limited
from minutes_cli.passage import Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from minutes_cli.model import Document
    from minutes_cli.passage import Passage
    from minutes_cli.summarize.model import Analysis, Speech

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
        made = sieve(Query((), filters=filters))
        return Wanted(made.record, made.passages)

    def _given(self, *names: str) -> str:
        told = self._typed()
        values = ((name, getattr(told, name)) for name in names)
        return " ".join(f"--{name} {value}" for name, value in values if value is not None)

    def _typed(self) -> Narrowing:
        from minutes_cli.cli.grep import as_text

        return Narrowing(*(None if text is None else as_text(text) for text in self))


class Wanted:
    """Which records and which speeches of them are wanted."""

    def __init__(
        self, record: Callable[[Record], bool], passages: Callable[[Record], Callable[[Passage], bool]]
    ) -> None:
        self._record = record
        self._passages = passages
        self._tests: dict[str, Callable[[Passage], bool]] = {}

    def record(self, document: Document, path: str) -> bool:
        """Whether the meeting is one of those asked for: no word of another need be read. Raises TooSlowError."""
        record = Record(path, document.kind.value, document.meeting, document.speakers, document.sections, ())
        with limited(path):  # all matching is done here; of speeches it is only looked up
            self._tests[path] = self._passages(record)
            return self._record(record)

    def speech(self, analysis: Analysis, speech: Speech) -> bool:
        """Whether what is said there, in a record that :meth:`record` has seen, is asked for."""
        return self._tests[analysis.path](speech.passage)

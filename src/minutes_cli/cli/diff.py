"""minutes diff"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated, NamedTuple

import typer

from minutes_cli.cli._diff_pairs import Match, match
from minutes_cli.cli._diff_sides import Side, gather_side, read_entry, transcript
from minutes_cli.cli._files import internal_error
from minutes_cli.cli._print import Progress, message, show, write_data
from minutes_cli.cli._read import ConventionOption, EncodingOption, FixOption, KindOption
from minutes_cli.cli._reading import Reading
from minutes_cli.compare import compare
from minutes_cli.compare.model import Comparison, Transcript
from minutes_cli.errors import MinutesError, OutputError, UsageError
from minutes_cli.ingest import STDIN


class Compared(NamedTuple):
    """What came of a record: a comparison where both sides have it, else only the transcript of one."""

    match: Match
    comparison: Comparison | None = None
    only: Transcript | None = None
    same_bytes: bool = False

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return self.same_bytes or (self.comparison is not None and self.comparison.same)


def diff(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="A record, a parse result, or a folder of either; or -.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="What to compare it with: any of these.")],
    ignore_space: Annotated[
        bool, typer.Option("--ignore-space", help="Blanks, also full-width ones, and line ends make no difference.")
    ] = False,
    stat: Annotated[bool, typer.Option("--stat", help="Only counts: a line for each record, and a total.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Write JSON: one object for each record, on one line each.")
    ] = False,
    kind: KindOption = None,
    convention: ConventionOption = None,
    encoding: EncodingOption = None,
    fix: FixOption = "safe",
) -> int:
    """Differences on stdout; the exit code is 0 when there are none, 1 when there are, 2 on errors."""
    if stat and as_json:
        raise UsageError("--stat and --json are two ways to show the same; choose one (the JSON holds the counts)")
    if old == new == STDIN:
        raise UsageError("only one of OLD and NEW can be standard input (-)")
    reading = Reading(kind, convention, encoding, fix)
    reading.check()
    sides = gather_side(old), gather_side(new)
    if reading != Reading() and not any(entry.is_record for side in sides for entry in side.entries):
        raise UsageError("--kind, --convention, --encoding and --fix are for records; both sides are parse results")
    run = _Run(sides, reading, ignore_space=ignore_space, whole=as_json, debug=bool(context.obj))
    if as_json:
        _write_json(run)
    else:
        _show(run, stat=stat)
    return 2 if run.faults else int(run.differ)


class _Run:
    """Compares one record after the other and keeps count of faults and differences."""

    def __init__(
        self, sides: tuple[Side, Side], reading: Reading, *, ignore_space: bool, whole: bool, debug: bool
    ) -> None:
        self.matches = match(*sides)
        self.several = len(self.matches) > 1 or not (sides[0].single and sides[1].single)
        self.reading, self.ignore_space, self.whole, self.debug = reading, ignore_space, whole, debug
        self.faults = sides[0].faults + sides[1].faults
        self.differ = False

    def __iter__(self) -> Iterator[Compared]:
        """Each record; a failure is mentioned, and the others go on."""
        bar = Progress(len(self.matches), wanted=not sys.stdout.isatty())
        for number, found in enumerate(self.matches, 1):
            bar.at(number, found.either.key)
            made: Compared | None = None
            try:
                made = self._compared(found)
            except (OutputError, BrokenPipeError):
                raise
            except MinutesError as e:
                self._fault(str(e), bar)
            except Exception as e:  # a fault of ours in one record must not cost the user the others
                self._fault(f"{found.either.path}: {internal_error(e, self.debug)}", bar)
            if made is not None:
                bar.clear()
                self.differ = self.differ or not made.same
                yield made
        bar.clear()

    def _fault(self, words: str, bar: Progress) -> None:
        bar.clear()
        self.faults += 1
        message(words)

    def _compared(self, found: Match) -> Compared:
        raws = [read_entry(entry) if entry and entry.is_record else b"" for entry in found]
        if found.old is None or found.new is None:
            return Compared(found, only=transcript(found.either, raws[found.old is None], self.reading))
        alike = found.old.is_record and found.new.is_record and raws[0] == raws[1]
        one = transcript(found.old, raws[0], self.reading)
        if alike and not self.whole:
            return Compared(found, same_bytes=True)
        other = transcript(found.new, raws[1], self.reading)
        return Compared(found, compare(one, other, ignore_space=self.ignore_space))


def _write_json(run: _Run) -> None:
    from minutes_cli.export.diff import write_json

    pretty = not run.several and sys.stdout.isatty()
    for made in run:
        paths = [entry.path if entry else None for entry in made.match]
        write_data(write_json(made.comparison, made.only, (paths[0], paths[1]), pretty=pretty))


def _show(run: _Run, *, stat: bool) -> None:
    from minutes_cli.cli._diff_screen import Screen

    screen = Screen(run.matches, stat=stat, several=run.several)
    for made in run:
        show(screen.lines(made.match, made.comparison, made.only))
    screen.finish()

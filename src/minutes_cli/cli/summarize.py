"""minutes summarize"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Protocol

import typer

from minutes_cli.cli import _print
from minutes_cli.cli._files import Input, Inputs, Tally, gather, worked
from minutes_cli.cli._narrow import (
    AffiliationOption,
    BodyOption,
    Narrowing,
    RoleOption,
    SectionOption,
    SinceOption,
    SpeakerOption,
    UntilOption,
)
from minutes_cli.cli._output import writing
from minutes_cli.cli._print import PLAIN_WIDTH, Line, message, plain, show, width, write_out
from minutes_cli.cli._read import (
    ConventionOption,
    EncodingOption,
    EngineOption,
    Files,
    FixOption,
    ForceOption,
    JobsOption,
    KindOption,
    TimeoutOption,
)
from minutes_cli.cli._reading import Reading
from minutes_cli.cli._remembering import Cutter
from minutes_cli.cli._running import JOBS, SECONDS, running_of
from minutes_cli.cli._text import escaped, visible
from minutes_cli.errors import UsageError
from minutes_cli.ingest import STDIN
from minutes_cli.summarize.model import By

if TYPE_CHECKING:
    from minutes_cli.export.summary.shown import Voices
    from minutes_cli.summarize.model import Analysis, Speech, Summary

TEXT = "text"
"""The format of the screen."""
_FORMATS = "text (default), json, csv, markdown, html or xlsx"
_NAMED = 5
"""How many records a message names."""


def summarize(
    context: typer.Context,
    files: Files = None,
    by: Annotated[By, typer.Option("--by", metavar="WHAT", help=f"One part for each {', '.join(By)}.")] = By.SPEAKER,
    speaker: SpeakerOption = None,
    role: RoleOption = None,
    affiliation: AffiliationOption = None,
    section: SectionOption = None,
    body: BodyOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    sentences: Annotated[
        int | None, typer.Option("-n", "--sentences", metavar="N", min=0, help="N key sentences each.")
    ] = None,
    characters: Annotated[
        int | None,
        typer.Option(
            "--chars",
            metavar="N",
            min=1,
            help="N characters of key sentences each, sentences shortened; the last words of the last one "
            "(…てまいります。) may go beyond.",
        ),
    ] = None,
    ratio: Annotated[
        float | None,
        typer.Option("--ratio", metavar="PART", help="This part of what each says as key sentences: 0.1 is a tenth."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON: one object for all records.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV: a row for each part, or for each answer.")] = False,
    form: Annotated[str | None, typer.Option("--format", metavar="FORMAT", help=f"What to write: {_FORMATS}.")] = None,
    pretty: Annotated[bool, typer.Option("--pretty", help="Indent the JSON (as on a terminal).")] = False,
    out: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write to a file; its ending tells the format."),
    ] = None,
    force: ForceOption = False,
    kind: KindOption = None,
    convention: ConventionOption = None,
    encoding: EncodingOption = None,
    fix: FixOption = "safe",
    jobs: JobsOption = JOBS,
    timeout: TimeoutOption = SECONDS,
    engine: EngineOption = None,
) -> int:
    """All records in one summary, on stdout or, with -o, in a file."""
    chosen = _format(form, out, as_json=as_json, as_csv=as_csv)
    if pretty and chosen != "json":
        raise UsageError("--pretty indents JSON; give --json, too")
    asked = _asked(sentences, characters, ratio, by)
    reading = Reading(kind, convention, encoding, fix)
    reading.check()
    narrowing = Narrowing(speaker, role, affiliation, section, body, since, until)
    narrowing.ready()  # for its fault
    running = running_of(jobs, timeout, engine)
    inputs = gather(files or [])
    from minutes_cli.parse import no_collection

    with _place(out, inputs, force=force) as sink, no_collection():
        tally = Tally(inputs.errors)
        work = partial(_analysed, reading, narrowing, Cutter())
        done = worked(inputs, work, tally, debug=bool(context.obj), running=running)
        found = [read for _, read in done if read is not None]
        analyses = [read.analysis for read in found]
        _say_who_is_silent(analyses)
        turns = {read.analysis.path: read.turns for read in found}
        code = 2 if tally.faults else 0
        if not analyses and code:
            return code  # nothing could be read, so that there is nothing to write
        from minutes_cli.summarize.summary import Length
        from minutes_cli.summarize.summary import summarize as made

        def wanted(analysis: Analysis, speech: Speech) -> bool:
            return speech.turn.id in turns[analysis.path]

        summary = made(analyses, by, Length(**asked), wanted if narrowing.of_turns() else None)
        sink(_Result(summary, _voices(analyses)), chosen, pretty=pretty)
    if not (summary.groups or summary.exchanges) and (summary.turns or not summary.records):
        message(_nothing(summary, narrowing))
    return code


def _format(form: str | None, out: str | None, *, as_json: bool, as_csv: bool) -> str:
    """What to write, as one of the options or the ending of the file says. Raises UsageError."""
    from minutes_cli.export.summary import WRITERS

    if out is not None and (out.endswith(("/", os.sep)) or os.path.isdir(out)):
        inside = os.path.join(out, "summary.json")
        raise UsageError(f"{out}: a folder, and a summary is one file; name it, such as {inside}")
    known = (TEXT, *WRITERS)
    if form is not None and form not in known:
        raise UsageError(f"unknown format {form!r}; choose with --format one of {', '.join(known)}")
    given = [(flag, name) for flag, name, on in (("--json", "json", as_json), ("--csv", "csv", as_csv)) if on]
    given += [(f"--format {form}", form)] if form else []
    if len({name for _, name in given}) > 1:
        raise UsageError(f"{' and '.join(flag for flag, _ in given)} exclude one another; choose one")
    chosen = given[0][1] if given else _by_suffix(out)
    if chosen == "xlsx":
        from minutes_cli.export.summary.xlsx import check

        check()  # before anything is read
    if chosen in WRITERS and not WRITERS[chosen].text and _on_screen(out):
        raise UsageError(
            f"{chosen} is nothing to read on a screen; name a file: -o summary{WRITERS[chosen].suffixes[0]}"
        )
    return chosen


def _by_suffix(out: str | None) -> str:
    from minutes_cli.export.summary import WRITERS

    if out is None or out == STDIN:
        return TEXT
    suffix = os.path.splitext(out)[1].lower()
    endings = {".txt": TEXT} | {ending: name for name, writer in WRITERS.items() for ending in writer.suffixes}
    if suffix not in endings:
        raise UsageError(f"{out}: its ending tells no format; give --format or one of {' '.join(endings)}")
    return endings[suffix]


def _asked(sentences: int | None, characters: int | None, ratio: float | None, by: By) -> dict[str, Any]:
    """The length asked for, as the fields of Length. Raises UsageError."""
    options = (("-n", "sentences", sentences), ("--chars", "characters", characters), ("--ratio", "ratio", ratio))
    given = [(flag, field, value) for flag, field, value in options if value is not None]
    flags = [flag for flag, _, _ in given]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(flags)} exclude one another; choose one")
    if given and by is By.EXCHANGE:
        raise UsageError(f"{flags[0]} says how long key sentences may be, and --by exchange has none; leave it out")
    if ratio is not None and not 0 < ratio <= 1:
        raise UsageError(f"--ratio {ratio:g} is no part of a whole; give one from 0 to 1, such as 0.1 for a tenth")
    return {field: value for _, field, value in given}


class _Read(NamedTuple):
    """A record read for a summary, and the ids of its turns that are asked for."""

    analysis: Analysis
    turns: frozenset[str]


def _analysed(reading: Reading, narrowing: Narrowing, cut: Cutter, file: Input) -> _Read | None:
    """One record read for a summary; None where its meeting is not asked for: no word of it need be read."""
    from minutes_cli.parse import no_collection
    from minutes_cli.parse.passages import searchable
    from minutes_cli.summarize.analysis import analyse, looked_at

    document = reading.document(file.path)
    turns = narrowing.ready().turns(document, file.path)
    if turns is None:
        return None
    with no_collection():
        return _Read(looked_at(analyse(document, searchable(document, file.path), cut)), turns)


def _say_who_is_silent(analyses: Sequence[Analysis]) -> None:
    """One line names the records in which nobody speaks."""
    silent = [f"{analysis.path} ({analysis.kind})" for analysis in analyses if not analysis.speeches]
    if silent:
        more = f" and {len(silent) - _NAMED:,} more" if len(silent) > _NAMED else ""
        message(f"nobody is known to speak in {', '.join(silent[:_NAMED])}{more}; minutes parse shows what is in there")


def _voices(analyses: Sequence[Analysis]) -> Voices:
    return {(a.path, speech.turn.id): speech.turn.label for a in analyses for speech in a.speeches}


class _Result(NamedTuple):
    summary: Summary
    voices: Voices

    def as_bytes(self, form: str, *, pretty: bool) -> bytes:
        """As a file holds it."""
        from minutes_cli.export.summary import WRITERS
        from minutes_cli.export.summary.json import write_json

        if form == TEXT:
            return plain(self.lines(PLAIN_WIDTH)).encode("utf-8", "backslashreplace")
        if form == "json":
            return write_json(self.summary, self.voices, pretty=pretty)
        return WRITERS[form].write(self.summary, self.voices)

    def lines(self, columns: int) -> Iterator[Line]:
        """As a screen shows it."""
        from minutes_cli.cli._summary_table import lines

        return lines(self.summary, self.voices, columns)


class _Sink(Protocol):
    def __call__(self, result: _Result, form: str, *, pretty: bool) -> None: ...


@contextmanager
def _place(out: str | None, inputs: Inputs, *, force: bool) -> Iterator[_Sink]:
    """Where the summary goes. Raises UsageError for a file that may not be written, before anything is read."""
    if out is None or out == STDIN:
        yield _on_stdout
        return
    with writing(out, inputs.files, force) as write:
        yield lambda result, form, *, pretty: write(result.as_bytes(form, pretty=pretty))


def _on_stdout(result: _Result, form: str, *, pretty: bool) -> None:
    if form == TEXT:
        show(result.lines(width()))
        return
    data = result.as_bytes(form, pretty=pretty or _print.is_terminal())
    write_out(_harmless(data.decode(), form).encode() if _print.is_terminal() else data)


def _harmless(text: str, form: str) -> str:
    r"""*text* without what could steer a terminal; in JSON it is escaped (``\u009b``), which JSON reads alike."""
    if form == "json":
        return escaped(text)
    return "\n".join(map(visible, text.split("\n")))


def _on_screen(out: str | None) -> bool:
    return out in (None, STDIN) and _print.is_terminal()


def _nothing(summary: Summary, narrowing: Narrowing) -> str:
    """Why there is nothing to show, and what to do."""
    if not summary.records:
        return f"no record passes {narrowing.of_records()}; minutes parse shows date and body of each"
    if narrowing.of_turns():
        what = "exchange" if summary.by is By.EXCHANGE else "turn"
        return f"no {what} passes {narrowing.of_turns()}; minutes parse FILE shows who speaks, under which headings"
    return "no questions found; --by speaker shows what is said"

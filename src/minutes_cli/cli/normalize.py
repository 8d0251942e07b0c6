"""minutes normalize"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from minutes_cli.cli._files import HERE, Input, for_each, gather
from minutes_cli.cli._output import output
from minutes_cli.cli._place import New, Place, refuse_in_place
from minutes_cli.cli._print import Line, message, room, show, width
from minutes_cli.cli._read import (
    EncodingOption,
    EngineOption,
    Files,
    ForceOption,
    JobsOption,
    OutOption,
    TimeoutOption,
)
from minutes_cli.cli._reading import FixChoice
from minutes_cli.cli._running import JOBS, SECONDS, running_of
from minutes_cli.cli._text import count
from minutes_cli.engine import Running
from minutes_cli.errors import UsageError
from minutes_cli.ingest import read
from minutes_cli.ingest.text import canonical_encoding

if TYPE_CHECKING:  # the library is imported where it is used: the other commands must not pay for it
    from minutes_cli.cli._report import Shape
    from minutes_cli.cli._rules import Corrector

DiffOption = Annotated[bool, typer.Option("--diff", help="Show the corrections as a unified diff.")]
JsonOption = Annotated[
    bool,
    typer.Option("--json", help="Write text and edits as JSON: one object, for several records one per line."),
]
TableOption = Annotated[bool, typer.Option("--table", help="List the corrections, also those that were not applied.")]
ExplainOption = Annotated[
    bool, typer.Option("--explain", help="List them, and say which methods the record called for and why.")
]
ListOption = Annotated[bool, typer.Option("--list", help="List the rules and exit.")]
FixOption = Annotated[
    FixChoice,
    typer.Option("--fix", metavar="WHICH", help="Apply safe corrections, all (also those to ask about), or none."),
]
SelectOption = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="RULE", help="Only this rule; * stands for anything. Can be repeated."),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="RULE", help="Not this rule; * stands for anything. Can be repeated."),
]
RulesOption = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="FILE", help="Own phrase rules beside those of minutes. Can be repeated."),
]
ModelOption = Annotated[
    Path | None,
    typer.Option("--model", metavar="FILE", help="Own model instead of that of minutes; see 'minutes model train'."),
]
ChannelOption = Annotated[
    bool | None,
    typer.Option(
        "--channel/--no-channel",
        help="Look for slips by the model always, or never, instead of when a record looks like OCR.",
        show_default=False,
    ),
]
InPlaceOption = Annotated[bool, typer.Option("-i", "--in-place", help="Write the corrected text into the files.")]
BackupOption = Annotated[bool, typer.Option("--backup", help="With -i: keep each file as it was, as FILE.bak.")]
SuffixOption = Annotated[
    str | None, typer.Option("--suffix", metavar="SUFFIX", help="With -i: keep each file as it was, as FILE + SUFFIX.")
]
Utf8Option = Annotated[
    bool, typer.Option("--to-utf8", help="Write files in UTF-8 instead of in the encoding of the record.")
]
ReviewOption = Annotated[
    bool, typer.Option("--review", help="Go through the corrections to ask about, at the keyboard.")
]
DecisionsOption = Annotated[
    Path | None,
    typer.Option(
        "--decisions", metavar="FILE", help="Where --review keeps the answers, as rules (minutes-decisions.yaml)."
    ),
]
UndoOption = Annotated[
    str | None,
    typer.Option(
        "--undo",
        metavar="EDITS.json",
        help="FILE is a corrected text, EDITS.json what --json wrote: give back the original, byte for byte.",
    ),
]


def normalize(
    context: typer.Context,
    files: Files = None,
    diff: DiffOption = False,
    as_json: JsonOption = False,
    table: TableOption = False,
    explain: ExplainOption = False,
    fix: FixOption = "safe",
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    rules: RulesOption = None,
    model: ModelOption = None,
    channel: ChannelOption = None,
    review: ReviewOption = False,
    decisions: DecisionsOption = None,
    out: OutOption = None,
    in_place: InPlaceOption = False,
    backup: BackupOption = False,
    suffix: SuffixOption = None,
    to_utf8: Utf8Option = False,
    force: ForceOption = False,
    encoding: EncodingOption = None,
    undo: UndoOption = None,
    listing: ListOption = False,
    jobs: JobsOption = JOBS,
    timeout: TimeoutOption = SECONDS,
    engine: EngineOption = None,
) -> int:
    """The corrected text on stdout or in files (-o, -i), or what was corrected as diff, JSON or table."""
    debug = bool(context.obj)
    if listing:
        return _list(rules or [])
    reports = {"diff": diff, "json": as_json, "explain" if explain else "table": table or explain}
    shapes = [name for name, asked in reports.items() if asked]
    if len(shapes) > 1:
        raise UsageError(f"--{' and --'.join(shapes)} exclude one another; choose one")
    place = Place(out, in_place, backup, suffix, to_utf8, force)
    place.check()
    running = running_of(jobs, timeout, engine)
    if not shapes:
        _exclude("--in-place", {"-o": in_place and out is not None})
    if encoding is not None:
        canonical_encoding(encoding)
    if undo is not None:
        others: dict[str, object] = {f"--{shape}": True for shape in shapes}
        others |= {"--review": review, "--decisions": decisions, "--to-utf8": to_utf8, "--rules": rules}
        _exclude("--undo", others | {"--select": select, "--ignore": ignore, "--model": model})
        from minutes_cli.cli._undo import undo_all

        return undo_all(files or [], undo, place, encoding, running=running, debug=debug)
    if not review and decisions is not None:
        raise UsageError("--decisions belongs to --review")
    _exclude("--no-channel", {"--model": channel is False and model is not None})
    _exclude("--review", {f"--fix {fix}": review and fix != "safe"})
    from minutes_cli.cli._rules import corrector
    from minutes_cli.normalize import Fix, Settings

    if channel is None and (model is not None or "ocr-character" in (select or ())):
        channel = True  # who names a model or the rule wants it to run
    wanted = Settings(tuple(select or ()), tuple(ignore or ()), tuple(rules or ()), channel, model)
    asking = None
    if review:
        from minutes_cli.cli._review import DECISIONS, Review

        asking = Review(decisions or DECISIONS)
    correct = corrector(wanted, Fix(fix), asking)
    running = HERE if review else running  # who is asked sits here, and may take as long as it takes
    code = _report(files or [], correct, shapes[0] if shapes else "text", place, encoding, running=running, debug=debug)
    if asking is not None:
        message(asking.summary())
    return code


def _exclude(option: str, others: dict[str, object]) -> None:
    for other, given in others.items():
        if given:
            raise UsageError(f"{option} and {other} exclude one another; leave one out")


class _Wanted(NamedTuple):
    """What is to be made of a record: a *shape* as lines for the screen or as bytes, None for neither; a new file."""

    correct: Corrector
    encoding: str | None
    shape: Shape | None
    place: Place
    columns: int | None  # of the screen, None for bytes
    pretty: bool


class _Made(NamedTuple):
    shown: list[Line] | bytes | None
    new: New | None


def _report(
    paths: list[str],
    correct: Corrector,
    shape: str,
    place: Place,
    encoding: str | None,
    *,
    running: Running,
    debug: bool,
) -> int:
    """Correct every record, and give of each what *shape* (a Shape) says, where *place* says."""
    from minutes_cli.cli._report import SUFFIXES, Shape

    wanted = Shape(shape)
    inputs = gather(paths)
    reviewed = correct.review is not None
    # Who has just gone through a record at the terminal does not want all of it there once more.
    silent = wanted is Shape.TEXT and (place.in_place or (reviewed and place.on_screen))
    as_lines = place.on_screen and wanted is not Shape.JSON
    columns, pretty = width() if as_lines else None, place.on_screen and not inputs.several
    work = partial(_made, _Wanted(correct, encoding, None if silent else wanted, place, columns, pretty))
    done = changed = 0
    with output(place.out, inputs, SUFFIXES[wanted], force=place.force) as sink:

        def use(file: Input, made: _Made) -> None:
            nonlocal done, changed
            if isinstance(made.shown, bytes):
                sink(file, made.shown)
            elif made.shown is not None:
                show(made.shown)
            if made.new is not None:  # last: nothing is changed whose edits could not be written
                changed += place.replace(file.path, made.new)
            done += 1

        progress = not (place.on_screen or reviewed)
        code = for_each(inputs, work, use, debug=debug, running=running, progress=progress)
    if place.in_place:
        message(f"{count(done, 'record')}, {changed:,} corrected in place")
    return code


def _made(wanted: _Wanted, file: Input) -> _Made:
    """One record corrected. Raises MinutesError."""
    from minutes_cli.cli._report import data, lines, text_bytes

    place, shape = wanted.place, wanted.shape
    source = read(file.path, wanted.encoding)
    if place.in_place:
        refuse_in_place(source)
    result = wanted.correct(source)
    new = None
    if place.in_place:
        new = New.of(source, result.view.text.encode() if place.to_utf8 else text_bytes(result.view))
    if shape is None:
        return _Made(None, new)
    if wanted.columns is not None:
        return _Made(list(lines(result, shape, wanted.columns)), new)
    own_encoding = place.is_file and not place.to_utf8
    return _Made(data(result, shape, own_encoding=own_encoding, pretty=wanted.pretty), new)


def _list(rules: list[Path]) -> int:
    from minutes_cli.cli._rules import listed

    show(listed(rules, room()))
    return 0

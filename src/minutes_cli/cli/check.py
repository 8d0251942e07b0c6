"""minutes check"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from minutes_cli.cli._read import (
    ConventionOption,
    EncodingOption,
    EngineOption,
    ForceOption,
    JobsOption,
    KindOption,
    TimeoutOption,
)
from minutes_cli.cli._running import JOBS, SECONDS, running_of
from minutes_cli.errors import UsageError
from minutes_cli.model import Severity

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH...",
        help="Files, folders, patterns, or - for standard input; without any what is piped in, else this folder.",
        show_default=False,
    ),
]
SelectOption = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="RULE",
        help="Only these rules: names, codes (M302, M3), groups, * for anything, all. Can be repeated.",
    ),
]
ExtendOption = Annotated[
    list[str] | None,
    typer.Option("--extend-select", metavar="RULE", help="These rules, too, such as style. Can be repeated."),
]
IgnoreOption = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="RULE", help="Not these rules. Can be repeated.")
]
SeverityOption = Annotated[
    Severity | None,
    typer.Option("--severity", help="Show findings from this severity on.", show_default="warning"),
]
FailOnOption = Annotated[
    Literal["error", "warning", "info", "never"] | None,
    typer.Option("--fail-on", help="Exit with 1 for findings from this severity on.", show_default="warning"),
]
FormatOption = Annotated[
    Literal["text", "json", "jsonl", "github", "sarif", "junit", "checkstyle"],
    typer.Option("--format", help="How findings are written."),
]
OutOption = Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="Write the findings to a file.")]
FixOption = Annotated[bool, typer.Option("--fix", help="Write safe fixes into the records, and report what is left.")]
DiffOption = Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")]
BackupOption = Annotated[bool, typer.Option("--backup", help="With --fix: keep each file as it was, as FILE.bak.")]
StatisticsOption = Annotated[bool, typer.Option("--statistics", help="Count findings by rule instead of listing them.")]
MostOption = Annotated[
    int | None,
    typer.Option("--max-findings", metavar="N", min=0, help="Show at most so many, the most severe ones."),
]
BaselineOption = Annotated[
    str | None, typer.Option("--baseline", metavar="FILE", help="Report only what is not in this baseline.")
]
WriteBaselineOption = Annotated[
    str | None,
    typer.Option("--write-baseline", metavar="FILE", help="Write what is found into a baseline, and exit with 0."),
]
PrhOption = Annotated[
    list[Path] | None,
    typer.Option("--prh", metavar="FILE", help="A dictionary of textlint-rule-prh; selects prh. Can be repeated."),
]
ForbidOption = Annotated[
    list[str] | None,
    typer.Option("--forbid", metavar="WORD", help="A word that shall not stand in records. Can be repeated."),
]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Settings from this file instead of the nearest one.")
]
IsolatedOption = Annotated[bool, typer.Option("--isolated", help="Read no settings from files.")]
ExplainOption = Annotated[
    str | None, typer.Option("--explain", metavar="RULE", help="Say what a rule finds, with examples, and exit.")
]
ListOption = Annotated[bool, typer.Option("--list", help="List the rules and exit.")]


def check(
    context: typer.Context,
    paths: Paths = None,
    select: SelectOption = None,
    extend_select: ExtendOption = None,
    ignore: IgnoreOption = None,
    severity: SeverityOption = None,
    fail_on: FailOnOption = None,
    output_format: FormatOption = "text",
    out: OutOption = None,
    force: ForceOption = False,
    fix: FixOption = False,
    diff: DiffOption = False,
    backup: BackupOption = False,
    statistics: StatisticsOption = False,
    max_findings: MostOption = None,
    baseline: BaselineOption = None,
    write_baseline: WriteBaselineOption = None,
    prh: PrhOption = None,
    forbid: ForbidOption = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    kind: KindOption = None,
    convention: ConventionOption = None,
    encoding: EncodingOption = None,
    explain: ExplainOption = None,
    listing: ListOption = False,
    jobs: JobsOption = JOBS,
    timeout: TimeoutOption = SECONDS,
    engine: EngineOption = None,
) -> int:
    """The findings on stdout or in a file; 0 without any that fail, 1 with some, 2 where something was not checked."""
    from minutes_cli.cli import _check_rules

    if listing:
        return _check_rules.listing()
    if explain is not None:
        return _check_rules.explain(explain)
    _refuse(
        {"--diff": diff, "--statistics": statistics, "--write-baseline": write_baseline is not None},
        {
            "--fix and --write-baseline": fix and write_baseline is not None,
            "--backup without --fix": backup and not fix,
        },
        {"--config and --isolated": config is not None and isolated},
    )
    if output_format != "text" and (diff or (statistics and output_format != "json")):
        raise UsageError(f"--format {output_format} and {'--diff' if diff else '--statistics'} exclude one another")
    from minutes_cli.check.model import Forbidden
    from minutes_cli.cli._check_run import Asked, run
    from minutes_cli.cli._check_settings import Given
    from minutes_cli.cli._reading import Reading

    Reading(kind, convention, encoding).check()
    changes: dict[str, Any] = {"severity": severity, "kind": kind, "convention": convention, "encoding": encoding}
    changes["baseline"] = baseline
    given = {name: value for name, value in changes.items() if value is not None}
    if fail_on is not None:
        given["fail_on"] = None if fail_on == "never" else Severity(fail_on)
    options: dict[str, Any] = {}
    also = _split(extend_select)
    if prh:
        options["prh"], also = tuple(prh), (*also, "prh")
    if forbid and not all(word.strip() for word in forbid):
        raise UsageError("--forbid takes a word; an empty one stands everywhere")
    if forbid:
        options["forbidden"], also = tuple(Forbidden(word) for word in forbid), (*also, "forbidden-word")
    asked = Asked(
        tuple(paths or ()),
        output_format,
        out,
        force,
        fix,
        diff,
        backup,
        statistics,
        max_findings,
        write_baseline,
        running_of(jobs, timeout, engine),
    )
    wanted = Given(_split(select), also, _split(ignore), tuple(given.items()), tuple(options.items()))
    return run(asked, wanted, config, isolated=isolated, debug=bool(context.obj))


def _refuse(*groups: dict[str, bool]) -> None:
    """Raise UsageError for options that do not go together: two of the first group, any of the others."""
    shapes = [flag for flag, given in groups[0].items() if given]
    if len(shapes) > 1:
        raise UsageError(f"{' and '.join(shapes)} exclude one another; choose one")
    for group in groups[1:]:
        for words, given in group.items():
            if given:
                raise UsageError(f"{words}: these do not go together; see minutes check --help")


def _split(selectors: list[str] | None) -> tuple[str, ...]:
    """One rule per option, or several with commas between them."""
    return tuple(part for selector in selectors or () for part in selector.split(",") if part)

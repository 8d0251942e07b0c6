"""Many records checked: findings written in the format that was asked for, and the exit code."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from minutes_cli import __version__
from minutes_cli.check.baseline import baseline_of
from minutes_cli.check.model import Reported
from minutes_cli.check.settings import rank
from minutes_cli.cli._check_settings import Given, SettingsFinder
from minutes_cli.cli._checking import Fixing, Found, Outcome, Tasks, called, find, is_safe, load_baseline
from minutes_cli.cli._files import HERE, Input, Inputs, Tally, gather, mention, worked
from minutes_cli.cli._findings_text import finding_lines
from minutes_cli.cli._output import writing
from minutes_cli.cli._overview import table
from minutes_cli.cli._place import New, replace
from minutes_cli.cli._print import Line, is_terminal, message, plain, room, show, width, write_data
from minutes_cli.cli._search_records import here
from minutes_cli.cli._text import count
from minutes_cli.cli.grep import default_paths
from minutes_cli.engine import Failure, Running, attempt
from minutes_cli.errors import UsageError
from minutes_cli.export.json import dumps
from minutes_cli.ingest import STDIN
from minutes_cli.model import Severity


class Asked(NamedTuple):
    """What the command line asks for, beside settings."""

    paths: tuple[str, ...]
    format: str
    out: str | None
    force: bool
    fix: bool
    diff: bool
    backup: bool
    statistics: bool
    most: int | None
    write_baseline: str | None
    running: Running = HERE


class _Sum:
    """What the run adds up to."""

    def __init__(self) -> None:
        self.failing = self.hidden = self.gone = self.fixed = self.changed = 0
        self.files: list[str] = []
        self.levels: Counter[Severity] = Counter()

    def add(self, outcome: Outcome) -> None:
        """Count one record."""
        self.files.append(outcome.path)
        self.levels.update(finding.severity for finding in outcome.findings)
        self.failing += outcome.failing
        self.hidden += outcome.hidden
        self.gone += outcome.gone
        self.fixed += outcome.fixed
        self.changed += outcome.fixed > 0


def run(asked: Asked, given: Given, config: Path | None, *, isolated: bool, debug: bool) -> int:
    """Check every record, write what is found, and return the exit code."""
    finder = SettingsFinder(given, config, isolated=isolated)
    inputs = _inputs(asked)
    if asked.fix and not asked.diff and any(file.path == STDIN for file in inputs.files):
        raise UsageError("-: standard input cannot be mended in place; --diff shows what --fix would change")
    tasks = Tasks(finder, use_baseline=asked.write_baseline is None)
    total, tally = _Sum(), Tally(inputs.errors)
    for file in inputs.files[:1]:  # what is wrong with the settings is said before anything is read
        tasks.prepare(finder.of(file.path))
    fixing = Fixing(not asked.diff, _on_screen(asked)) if asked.fix or asked.diff else None

    def outcomes() -> Generator[Outcome]:
        work, progress = partial(find, fixing), not is_terminal()
        found_in = worked(inputs, work, tally, debug=debug, running=asked.running, progress=progress, task=tasks)
        with closing(found_in):
            for file, found in found_in:
                for note in found.notes:
                    message(note)
                made = attempt(partial(_mended, asked, found), file, HERE)
                if isinstance(made, Failure):
                    mention(tally, made, debug=debug)
                    continue
                for failure in found.failures:
                    mention(tally, failure, debug=debug)
                outcome = tasks.outcome(file.path, found)
                total.add(outcome)
                yield outcome

    with closing(outcomes()) as made:
        if asked.write_baseline is not None:
            _keep_others(asked.write_baseline, force=asked.force)
            _write_baseline(asked.write_baseline, made, inputs)
        elif asked.diff:
            _write(asked, inputs, (outcome.made for outcome in made if outcome.made is not None))
        else:
            _write(asked, inputs, _report(asked, made, total, tally, tasks))
    for words in _summary(asked, total, tally.faults):
        message(words)
    if tally.faults:
        return 2
    changes = asked.diff and total.fixed
    return 1 if (total.failing or changes) and asked.write_baseline is None else 0


def _mended(asked: Asked, found: Found, file: Input) -> None:
    """Write the safe fixes into the record, where that is asked for. Raises MinutesError."""
    if isinstance(found.made, New):
        replace(file.path, found.made, ".bak" if asked.backup else None)


def _inputs(asked: Asked) -> Inputs:
    paths = list(asked.paths) or default_paths()
    inputs = here(gather(paths)) if paths == ["."] else gather(paths)
    once: dict[str, Input] = {}  # a record counts once, also where it and its folder are named
    for file in inputs.files:
        once.setdefault(file.path if file.path == STDIN else os.path.realpath(file.path), file)
    return inputs._replace(files=tuple(once.values()))


def _on_screen(asked: Asked) -> bool:
    return asked.out in (None, STDIN) and is_terminal()


def _write(asked: Asked, inputs: Inputs, pieces: Iterable[bytes | list[Line]]) -> None:
    """Send every piece where ``-o`` says as soon as it is there: lines to a screen, bytes anywhere."""
    if asked.out in (None, STDIN):
        for piece in pieces:
            if isinstance(piece, bytes):
                write_data(piece)
            else:
                show(piece)
        return
    with writing(str(asked.out), inputs.files, asked.force) as pen:
        pen(b"")  # a clean run leaves an empty file, not an old one
        for piece in pieces:
            pen(piece if isinstance(piece, bytes) else plain(piece).encode("utf-8", "backslashreplace"))


def _report(
    asked: Asked, outcomes: Iterator[Outcome], total: _Sum, tally: Tally, tasks: Tasks
) -> Iterator[bytes | list[Line]]:
    """The findings in the format that was asked for, in pieces."""
    from minutes_cli.export.findings import WRITERS, Report

    found: Iterator[Reported] = (finding for outcome in outcomes for finding in outcome.findings)
    if asked.most is not None:
        found = iter(_most(tuple(found), asked.most))
    if asked.statistics:
        yield from _statistics(tuple(found), as_json=asked.format == "json")
    elif asked.format == "text":
        for finding in found:
            yield list(finding_lines([finding], width()))
    elif asked.format == "jsonl":
        yield from WRITERS["jsonl"].write(Report(found))
    else:
        findings = tuple(found)
        report = Report(findings, tuple(total.files), tasks.ran(), tuple(tally.errors), __version__)
        yield from WRITERS[asked.format].write(report)


def _most(findings: tuple[Reported, ...], number: int) -> list[Reported]:
    """The *number* most severe of *findings*, in their order."""
    places = sorted(range(len(findings)), key=lambda i: -rank(findings[i].severity))[:number]
    return [findings[i] for i in sorted(places)]


def _statistics(findings: Iterable[Reported], *, as_json: bool) -> Iterator[bytes | list[Line]]:
    """How often each rule found something, the most frequent first, and how much of it --fix mends."""
    counts: Counter[tuple[str, str, Severity]] = Counter()
    safe: Counter[str] = Counter()
    for finding in findings:
        counts[finding.code, finding.rule, finding.severity] += 1
        safe[finding.rule] += is_safe(finding)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if as_json:
        fields = ("code", "rule", "severity", "count", "fixable")
        rows = [dict(zip(fields, (*key, number, safe[key[1]]), strict=True)) for key, number in ordered]
        yield dumps(rows)
    elif ordered:
        cells = [
            [f"{n:,}", code, rule, level, f"{safe[rule]:,}" if safe[rule] else ""] for (code, rule, level), n in ordered
        ]
        yield list(table(["count", "code", "rule", "severity", "fixable"], cells, room(), shrink=(2,), right=(0, 4)))


def _keep_others(path: str, *, force: bool) -> None:
    """Raise UsageError where *path* is a file that is no baseline: only earlier baselines are replaced."""
    if os.path.exists(path) and not force:
        try:
            load_baseline(path)
        except UsageError:
            raise UsageError(f"{path}: exists already and is no baseline; choose another name (or --force)") from None


def _write_baseline(path: str, outcomes: Iterator[Outcome], inputs: Inputs) -> None:
    """Everything that is found, as a baseline in the file *path*; an earlier baseline there is replaced."""
    found = [(called(outcome.path, path), f) for outcome in outcomes for f in outcome.all]
    data = dumps(baseline_of(found), pretty=True)
    if path == STDIN:
        write_data(data)
        return
    with writing(path, inputs.files, force=True) as pen:
        pen(data)
    message(f"{path}: {count(len(found), 'finding')} written; --baseline {path} leaves them out from now on")


def _summary(asked: Asked, total: _Sum, unread: int) -> Iterator[str]:
    """What the run comes to, for people; *unread* records or rules could not be worked on."""
    if asked.write_baseline is not None:
        return
    if asked.fix or asked.diff:
        verb = "would be mended" if asked.diff else "mended"
        yield f"{count(total.fixed, 'fault')} {verb} in {count(total.changed, 'record')}"
    numbers = [(total.levels[level], level) for level in (Severity.ERROR, Severity.WARNING, Severity.INFO)]
    found = ", ".join(f"{n:,} info" if level is Severity.INFO else count(n, level.value) for n, level in numbers if n)
    left = " left" if found and (asked.fix or asked.diff) else ""
    known = f"; {total.hidden:,} known to the baseline" if total.hidden else ""
    gone = f"; {total.gone:,} of the baseline gone, --write-baseline drops them" if total.gone else ""
    failed = f"; {unread:,} could not be checked" if unread else ""
    unseen = f"{count(total.failing, 'finding')} below --severity" if total.failing and not found else "clean"
    said = f": {found or unseen}{left}" if total.files else ""
    hidden = max(0, total.levels.total() - asked.most) if asked.most is not None else 0
    cut = f"; {hidden:,} not shown (--max-findings)" if hidden and not asked.statistics else ""
    yield f"{count(len(total.files), 'record')} checked{said}{cut}{known}{gone}{failed}"

"""The rules of ``minutes check`` on the screen: all of them, or one with its examples."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.check.model import Example, Options, Row
from minutes_cli.check.table import RULES, row_of, rule_of
from minutes_cli.cli._overview import table
from minutes_cli.cli._print import Line, room, show, width
from minutes_cli.cli._text import visible, wrap


def listing() -> int:
    """Print all rules. Returns the exit code."""
    rows = [
        [row.code, row.name, row.severity.value + ("" if row.on else ", off"), row.group, row.about] for row in RULES
    ]
    show(table(["code", "rule", "severity", "group", "what it finds"], rows, room(), shrink=(4, 1), whole=True))
    return 0


def explain(name: str) -> int:
    """Print what the rule *name* finds, with its examples. Returns the exit code; raises UsageError."""
    show(_explained(row_of(name), width()))
    return 0


def _explained(row: Row, columns: int) -> Iterator[Line]:
    rule = rule_of(row)
    yield [(f"{row.code} {row.name}", "title"), (f"  {row.severity}{'' if row.on else ', off'}, {row.group}", "faint")]
    yield [(row.about, "")]
    yield []
    for line in wrap(rule.explanation, columns):
        yield [(line, "")]
    if any(example.fixed is not None for example in rule.must):
        yield [("--fix mends it.", "")]
    for number, example in enumerate(rule.must, 1):
        lines = ", ".join(map(str, example.lines))
        yield from _example(f"Found {number}", f"on line {lines}", example, columns)
    for number, example in enumerate(rule.must_not, 1):
        yield from _example(f"Not found {number}", "", example, columns)


def _example(title: str, where: str, example: Example, columns: int) -> Iterator[Line]:
    named = "" if example.path == "record.txt" else f" in {example.path}"
    asked = _asked(example)
    yield []
    yield [(f"{title}{f' ({where})' if where else ''}{named}{asked}", "head")]
    for number, line in enumerate(example.text.splitlines(), 1):
        marked = number in example.lines and not example.sidecar
        yield [(f"{number:>3} {'>' if marked else '|'} ", "warn" if marked else "faint"), (visible(line), "")]
    for number, line in enumerate(example.sidecar.splitlines(), 1):
        marked = number in example.lines
        lead = f"{example.path}.check.toml {number:>3} {'>' if marked else '|'} "
        yield [(lead, "warn" if marked else "faint"), (visible(line), "")]


def _asked(example: Example) -> str:
    """The options with which an example is meant, as they stand on the command line."""
    options = example.options
    words = [f"--prh {path.name}" for path in options.prh] + [f"--forbid {entry.word}" for entry in options.forbidden]
    if options.longest_turn is not None:
        words.append(f"longest-turn = {options.longest_turn}")
    usual = Options()
    if options.least_layout_score != usual.least_layout_score:
        words.append(f"least-layout-score = {options.least_layout_score}")
    if options.most_unknown != usual.most_unknown:
        words.append(f"most-unknown = {options.most_unknown}")
    return f" with {', '.join(words)}" if words else ""

"""What the rules find in records: `python -m bench.checking [--select RULE] PATH…`; rates per 20,000 characters.

`--json` writes every finding with its line, to be judged one by one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from bench.figures import Figure, at_most, no_more_than
from bench.shared import data, not_here
from minutes_cli.check.run import check, understand
from minutes_cli.check.table import rule_of, selected
from minutes_cli.errors import MinutesError
from minutes_cli.ingest import find, read
from minutes_cli.model import Severity


def clean_records() -> list[Figure]:
    """Warnings and errors of clean real records; most of those left are true, so the rate has no limit of its own."""
    what = "warnings and errors of clean records per 20,000 characters"
    folders = data("diet", "layouts")
    if folders is None:
        return [not_here(what, "data/diet", "data/layouts")]
    rows = list(selected((), (), ("silent-attendee", "hint")))
    characters = files = failures = 0
    rules: Counter[str] = Counter()
    for path in find([str(folder) for folder in folders]):
        try:
            source = read(path)
        except MinutesError:  # notes about where records come from, and the like
            continue
        files += 1
        characters += len(source.text)
        checked = check(understand(source, rows), rows)
        failures += len(checked.failures)
        rules.update(f.rule for f in checked.findings if f.severity is not Severity.INFO)
    beside = f"{files} records, {characters:,} characters: " + ", ".join(
        f"{n} {rule}" for rule, n in rules.most_common()
    )
    rate = rules.total() * 20_000 / max(1, characters)
    return [
        at_most(what, rate, "", beside, None, steady=True),
        no_more_than("rules that fail on clean records", failures, "", f"{files} records"),
    ]


def main() -> int:
    """List the findings, then how many each rule has; a rule whose file is missing is left out and named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--select", action="append", default=[])
    parser.add_argument("--ignore", action="append", default=[])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quiet", action="store_true", help="the counts alone")
    asked = parser.parse_args()
    rows = []
    for row in selected(asked.select, (), asked.ignore):
        try:
            rule_of(row)
            rows.append(row)
        except ModuleNotFoundError:
            print(f"no file for {row.name}", file=sys.stderr)
    characters, counts, files, failed = 0, Counter(), 0, 0
    for path in find(asked.paths, on_error=lambda e: print(e, file=sys.stderr)):
        try:
            source = read(path)
        except MinutesError as e:
            print(e, file=sys.stderr)
            continue
        files += 1
        characters += len(source.text)
        checked = check(understand(source, rows), rows)
        failed += len(checked.failures)
        for failure in checked.failures:
            print(f"{path}: {failure.rule} failed: {failure.error!r}", file=sys.stderr)
        for finding in checked.findings:
            counts[(finding.severity, finding.code, finding.rule)] += 1
            if asked.json:
                print(json.dumps(finding.as_dict() | {"excerpt": finding.excerpt}, ensure_ascii=False))
            elif not asked.quiet:
                print(
                    f"{Path(path).name if len(asked.paths) == 1 else path}:{finding.start.line}:{finding.start.column}"
                    f" {finding.rule}: {finding.message}\n    {finding.excerpt[:100]}"
                )
    for (severity, code, rule), number in sorted(counts.items()):
        print(f"{severity.value:8} {code} {rule:24} {number}")
    loud = sum(n for (severity, _, _), n in counts.items() if severity is not Severity.INFO)
    rate = loud * 20_000 / max(1, characters)
    print(f"{files} records, {characters:,} characters, {loud} warnings and errors: {rate:.2f} per 20,000")
    return int(failed > 0)


if __name__ == "__main__":
    raise SystemExit(main())

"""Chooses the faults, plants them, one per copy of a record, and says what `check` finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from minutes_cli.check.model import Options, Reported, Row
from minutes_cli.check.run import check, understand
from minutes_cli.check.subject import Subject
from minutes_cli.check.table import RULES, rule_of
from minutes_cli.errors import IngestError, MinutesError
from minutes_cli.ingest import find, read_bytes
from minutes_cli.ingest import understand as decoded
from minutes_cli.model import Source

from . import characters, layout, meeting, numbering, ocr, people, source, style, turns
from .record import Clean, Planted, Planter

#: The planters of every rule, in the order in which they take turns.
PLANTERS: dict[str, tuple[Planter, ...]] = {
    **source.PLANTERS,
    **characters.PLANTERS,
    **ocr.PLANTERS,
    **turns.PLANTERS,
    **people.PLANTERS,
    **meeting.PLANTERS,
    **numbering.PLANTERS,
    **layout.PLANTERS,
    **style.PLANTERS,
}
#: Rules for which no fault can be planted into a record, and why.
WITHOUT = {
    "unused-suppression": "it is about the file of suppressions beside a record, not about the record",
    "file-format": "it is about files that are no text",
}
#: How many of the faults must be found, and how many other findings there may be for each fault.
LEAST, MOST = 0.95, 0.05
#: Found when the record was opened: `check` says at which byte, and exits with 2.
REFUSED = "refused"


class Outcome(NamedTuple):
    """What was found of a fault: ``rule`` is the one that found it, None where none of those meant did.

    ``also`` are further findings at its place, ``extra`` those elsewhere that the clean record does not have.
    ``failed`` are rules that could not run.
    """

    record: str
    planted: Planted
    rule: str | None
    also: tuple[Reported, ...]
    extra: tuple[Reported, ...]
    failed: tuple[str, ...] = ()


def rows() -> tuple[Row, ...]:
    """All rules that are written, also those that are off unless chosen."""
    written = []
    for row in RULES:
        try:
            rule_of(row)
        except ModuleNotFoundError:
            continue
        written.append(row)
    return tuple(written)


def options(folder: Path) -> Options:
    """What the rules of style need; the dictionary is written into *folder*."""
    dictionary = folder / "house.yml"
    dictionary.write_text(style.PRH, encoding="utf-8")
    return Options(prh=(dictionary,), forbidden=style.FORBIDDEN)


def clean_records(paths: Iterable[str], chosen: Sequence[Row], wanted: Options) -> list[Clean]:
    """The records under *paths*, with the rules that find something in them as they are."""
    records = []
    for path in find(paths):
        try:
            subject = _subject(decoded(path, read_bytes(path)), chosen, wanted)
        except MinutesError:
            continue
        records.append(Clean(path, subject, frozenset(f.rule for f in check(subject, chosen).findings)))
    return records


def _subject(record: Source, chosen: Sequence[Row], wanted: Options) -> Subject:
    return understand(record, chosen, wanted)


def faults(records: Sequence[Clean], count: int, seed: int, rules: Sequence[str]) -> list[tuple[Clean, Planted]]:
    """*count* faults, spread evenly over *rules*, their planters and *records*; fewer where there is no place left."""
    made: list[tuple[Clean, Planted]] = []
    used: Counter[str] = Counter()
    seen: set[tuple[str, str | None, bytes | None]] = set()
    left = [rule for rule in rules if rule in PLANTERS]
    turn = 0
    while left and len(made) < count:
        for rule in tuple(left):
            fault = _fault(rule, turn, records, Random(f"{seed} {rule} {turn}"), used, seen)
            if fault is None:
                left.remove(rule)
            elif len(made) < count:
                made.append(fault)
                used[fault[0].path] += 1
        turn += 1
    return made


def _fault(
    rule: str,
    turn: int,
    records: Sequence[Clean],
    rng: Random,
    used: Counter[str],
    seen: set[tuple[str, str | None, bytes | None]],
) -> tuple[Clean, Planted] | None:
    """A fault of *rule* that is not there yet, in one of the records that were used least."""
    planters = PLANTERS[rule]
    order = [planters[(turn + i) % len(planters)] for i in range(len(planters))]
    quiet = sorted((r for r in records if rule not in r.flagged), key=lambda r: (used[r.path], rng.random()))
    for planter in order:
        for record in quiet:
            planted = planter(record, rng)
            if planted is not None and (key := (planted.text, planted.path, planted.raw)) not in seen:
                seen.add(key)
                return record, planted
    return None


def judged(clean: Clean, planted: Planted, chosen: Sequence[Row]) -> Outcome:
    """What the rules find in the faulty record that they do not find in the clean one."""
    raw = planted.raw if planted.raw is not None else planted.text.encode("utf-8", "surrogatepass")
    try:
        record = decoded(planted.path or clean.path, raw)
    except IngestError:
        return Outcome(clean.path, planted, REFUSED, (), ())
    known = Counter((f.rule, f.key) for f in check(clean.subject, chosen).findings)
    new = []
    checked = check(_subject(record, chosen, clean.subject.options), chosen)
    for finding in checked.findings:
        if known[finding.rule, finding.key]:
            known[finding.rule, finding.key] -= 1
        else:
            new.append(finding)
    here = [f for f in new if not planted.lines or f.start.line in planted.lines]
    meant = [rule for rule in (planted.rule, *planted.alike) if any(f.rule == rule for f in here)]
    rule = meant[0] if meant else None
    also = tuple(f for f in here if f.rule != rule)
    failed = tuple(f"{failure.rule}: {failure.error!r}" for failure in checked.failures)
    return Outcome(clean.path, planted, rule, also, tuple(f for f in new if f not in here), failed)


def passed(outcomes: Sequence[Outcome]) -> bool:
    """Whether enough faults were found, few enough other findings were made, and every rule could run."""
    found = sum(outcome.rule is not None for outcome in outcomes)
    extra = sum(len(outcome.extra) for outcome in outcomes)
    failed = any(outcome.failed for outcome in outcomes)
    return not failed and found >= LEAST * len(outcomes) and extra <= MOST * len(outcomes)


def report(outcomes: Sequence[Outcome], *, each: bool) -> str:
    """The counts by rule, what was missed, and the extra findings; with *each* every fault."""
    lines = []
    for outcome in outcomes:
        planted, missed = outcome.planted, outcome.rule is None
        if each or missed or outcome.extra or outcome.failed:
            at = ",".join(map(str, sorted(planted.lines)[:6])) or "everywhere"
            state = "MISSED" if missed else "found" if outcome.rule == planted.rule else f"found as {outcome.rule}"
            lines.append(f"{state:8} {planted.rule} {outcome.record}:{at} {planted.what}")
            if each or missed:
                lines += [f"         also {f.rule} line {f.start.line}: {f.message}" for f in outcome.also[:4]]
            lines += [f"         EXTRA {f.rule} line {f.start.line}: {f.message}" for f in outcome.extra]
            lines += [f"         FAILED {failure}" for failure in outcome.failed]
    lines.append(f"\n{'rule':24}{'faults':>7}{'found':>7}{'alike':>7}{'other':>7}{'missed':>7}{'extra':>7}")
    for name in dict.fromkeys(outcome.planted.rule for outcome in outcomes):
        lines.append(_counts(name, [o for o in outcomes if o.planted.rule == name]))
    lines.append(_counts("all", outcomes))
    return "\n".join(lines)


def _counts(name: str, outcomes: Sequence[Outcome]) -> str:
    """Faults; found by the rule; by one that says the same; only by another one at the right line; not; extra."""
    own = sum(o.rule == o.planted.rule for o in outcomes)
    alike = sum(o.rule is not None for o in outcomes) - own
    other = sum(o.rule is None and bool(o.also) for o in outcomes)
    missed = len(outcomes) - own - alike - other
    extra = sum(len(o.extra) for o in outcomes)
    return f"{name:24}{len(outcomes):>7}{own:>7}{alike:>7}{other:>7}{missed:>7}{extra:>7}"

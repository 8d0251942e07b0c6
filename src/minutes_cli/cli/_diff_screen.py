"""What ``minutes diff`` shows: the differences of each record, or one line for each, and a total."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence

from minutes_cli.cli._diff_pairs import Match
from minutes_cli.cli._diff_turns import comparison_lines
from minutes_cli.cli._print import Line, is_terminal, message, room, show
from minutes_cli.cli._text import columns, count, cut_front, pad, visible
from minutes_cli.compare.model import Comparison, Sort, Tally, Transcript
from minutes_cli.compare.tally import add, tally

#: Fields of a tally in the words of the total.
_WORDS = (
    ("added", "added"),
    ("removed", "removed"),
    ("text", "with other text"),
    ("speaker", "moved to another speaker"),
    ("both", "with other text and speaker"),
    ("label", "under another label"),
    ("split", "split"),
    ("merged", "made by merging"),
    ("other", "different in heading, kind or events"),
)
_PARTS = {
    "items": "items",
    "lines": "the text outside of turns",
    "sections": "headings",
    "attendance": "the attendance list",
    "events": "events between turns",
}


class Screen:
    """Makes the lines of one record after the other, and remembers what the total needs."""

    def __init__(self, matches: Sequence[Match], *, stat: bool, several: bool) -> None:
        self.stat, self.several = stat, several
        self.width = min(max((columns(visible(each.either.key)) for each in matches), default=0), max(20, room() // 2))
        self.records: Counter[str] = Counter()
        self.tallies: dict[Sort, Tally] = dict.fromkeys(Sort, Tally())
        self.facts = 0
        self.left_out: dict[str, None] = {}
        self.only_bytes = 0

    def lines(self, match: Match, comparison: Comparison | None, only: Transcript | None) -> list[Line]:
        """What is to be shown of a record; *comparison* is None for one that only one side has, or that is the same."""
        status = self._count(match, comparison, only)
        if self.stat:
            return [self._row(match, comparison, only, status)]
        lines: list[Line] = []
        if only is not None:
            entry = match.either
            turns = count(len(only.turns), "turn")
            lines = [[(f"record {status}: {visible(entry.path)}{_within(entry.path, entry.key)} ({turns})", "title")]]
        elif comparison is not None and not comparison.same:
            titles = zip(("---", "+++"), _titles(match, comparison), strict=True)
            lines = [[(visible(f"{sign} {title}"), "title")] for sign, title in titles]
            originals = comparison.old.path, comparison.new.path  # the line numbers count in these
            lines += comparison_lines(comparison, originals, colour=in_colour())
        if lines and sum(self.records.values()) - self.records["same"] > 1:
            lines.insert(0, [])
        return lines

    def finish(self) -> None:
        """The total: on stdout with the counts, else on stderr."""
        if not self.records:
            return  # what went wrong has been said
        words = self._total()
        if self.stat:
            show([[(words, "title")]])
        else:
            message(words)
        if self.left_out:
            parts = ", ".join(_PARTS[part] for part in self.left_out)
            message(f"not compared, since a side does not hold it: {parts}")
        if self.only_bytes:
            message(
                f"{count(self.only_bytes, 'record')} the same in content, not in bytes: encoding, line ends, "
                "wraps, marks or pages differ, or slips that are corrected (--fix none leaves them)"
            )

    def _count(self, match: Match, comparison: Comparison | None, only: Transcript | None) -> str:
        if only is not None:
            status = "removed" if match.new is None else "added"
        else:
            status = "same" if comparison is None or comparison.same else "different"
        self.records[status] += 1
        if comparison is not None:
            self.tallies = {sort: add((self.tallies[sort], tally(comparison, sort))) for sort in Sort}
            self.facts += len(comparison.facts)
            self.left_out.update(dict.fromkeys(comparison.left_out))
            hashes = comparison.old.sha256, comparison.new.sha256
            self.only_bytes += comparison.same and None not in hashes and hashes[0] != hashes[1]
        return status

    def _row(self, match: Match, comparison: Comparison | None, only: Transcript | None, status: str) -> Line:
        name = pad(cut_front(visible(match.either.key), self.width), self.width)
        if status == "different" and comparison is not None:
            words = _changes({sort: tally(comparison, sort) for sort in Sort}, len(comparison.facts))
        elif only is not None:
            words = f"record {status} ({count(len(only.turns), 'turn')})"
        else:
            words = status
        return [(name, ""), (f"  {words}", "faint" if status == "same" else "")]

    def _total(self) -> str:
        number = self.records["same"] + self.records["different"]
        words = f"{count(number, 'record')} compared"
        kinds = [("same", "the same"), ("different", "different"), ("added", "added"), ("removed", "removed")]
        parts = [f"{self.records[key]:,} {said}" for key, said in kinds if self.records[key]]
        if len(parts) == 1 and number == 1:
            parts = [parts[0].removeprefix("1 ")]
        found = _changes(self.tallies, self.facts)
        return "; ".join(part for part in (f"{words}: {', '.join(parts)}" if parts else words, found) if part)


def _titles(match: Match, comparison: Comparison) -> list[str]:
    """Both files; behind a parse result the record it is of."""
    sides = zip(match, (comparison.old, comparison.new), strict=True)
    return [f"{entry.path}{_within(entry.path, side.path)}" if entry else "" for entry, side in sides]


def _within(path: str, record: str) -> str:
    return f" ({record})" if record and record != path and not path.endswith(f"/{record}") else ""


def _changes(tallies: dict[Sort, Tally], facts: int) -> str:
    """``turns: 1 added, 2 removed; 3 differences in …``; empty when nothing differs."""
    found = []
    for sort, numbers in tallies.items():
        parts = [f"{getattr(numbers, field):,} {words}" for field, words in _WORDS if getattr(numbers, field)]
        if parts:
            found.append(f"{sort.value}s: {', '.join(parts)}")
    if facts:
        found.append(f"{facts:,} in meeting data, speakers, headings, attendance or events")
    return "; ".join(found)


def in_colour() -> bool:
    """Whether marks can be colours (see :func:`minutes_cli.cli._print.show`)."""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

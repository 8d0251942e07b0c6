"""How many: -c, -l and -L a line per record, --count-by a table over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from minutes_cli.cli._hits.hit import Options, clean, counted, hits, listed, names, who
from minutes_cli.cli._hits.table import as_csv, as_json
from minutes_cli.passage import Passage, Record
from minutes_cli.search.model import Result


class By(StrEnum):
    """What the matches are counted by."""

    SPEAKER = "speaker"  # as they are called in the output: namesakes of one role in several records are one
    RECORD = "record"
    SECTION = "section"  # its heading
    YEAR = "year"  # of the meeting


class Tally(NamedTuple):
    """A row of the table. ``characters``: how much the speaker says in all records searched, None for other rows."""

    name: str
    matches: int
    turns: int
    percent: float
    characters: int | None = None

    @property
    def rate(self) -> float | None:
        """Matches per 10,000 characters spoken."""
        return round(10_000 * self.matches / self.characters, 2) if self.characters else None


def counts(results: Iterable[Result], options: Options) -> Iterator[str]:
    """``path:count`` of the matching sentences of every record, with ``only`` of the matches; 0 too, as in grep."""
    for result in results:
        found = hits(result, options.most)
        number = sum(len(hit.matches) if options.only else 1 for hit in found)
        yield counted(result.record.path, number, options)


def paths(results: Iterable[Result], options: Options, *, without: bool = False) -> Iterator[str]:
    """The records with matches, or those *without*: -l and -L."""
    for result in results:
        if bool(result.found) is not without:
            yield listed(result.record.path, options)


def count_by(results: Iterable[Result], by: By) -> list[Tally]:
    """The matches of all *results*, most first, then by name.

    *results* must hold the records without matches too where speakers are counted: they spoke there as well.
    """
    matches: Counter[str] = Counter()
    turns: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for result in results:
        called = names(result.record)
        if by is By.SPEAKER:
            for speaker in result.record.speakers:
                characters[called[speaker.id]] += speaker.characters
        name_of = _namer(result.record, by, called)
        seen = set()
        for number, found in enumerate(result.found):
            name = name_of(found.passage)
            matches[name] += len(found.matches)
            turn = found.passage.turn or number
            turns[name] += (name, turn) not in seen
            seen.add((name, turn))
    total = sum(matches.values())
    rows = [Tally(name, n, turns[name], round(100 * n / total, 1), characters.get(name)) for name, n in matches.items()]
    return sorted(rows, key=lambda row: (-row.matches, row.name))


def _namer(record: Record, by: By, called: dict[str, str]) -> Callable[[Passage], str]:
    """What tells the name under which a passage of *record* counts."""
    if by is By.SPEAKER:
        return lambda passage: who(passage, called)
    if by is By.SECTION:
        headings = {s.id: s.heading for s in record.sections}
        return lambda passage: headings.get(passage.section or "", "–")
    name = record.path if by is By.RECORD else (record.meeting.date or "–")[:4]
    return lambda passage: name


def written(rows: Sequence[Tally], by: By, options: Options, form: str | None = None) -> Iterator[str]:
    """The table: *form* ``json`` (an object a line), ``csv``, or None: in columns on a terminal, else with tabs."""
    full = [_row(row, by) for row in rows]
    head = list(_row(Tally("", 0, 0, 0.0), by))
    if form == "json":
        yield from (as_json(row, options) for row in full)
    elif form == "csv":
        yield from as_csv(head, (list(row.values()) for row in full), options)
    elif options.screen:
        yield from _in_columns(head, full, options)
    else:
        cells = [[clean(_cell(value)) for value in row.values()] for row in full]
        yield "".join("\t".join(row) + "\n" for row in [head, *cells])


def _row(row: Tally, by: By) -> dict[str, Any]:
    cells = {by.value: row.name, "matches": row.matches, "turns": row.turns, "percent": row.percent}
    return cells | ({"characters": row.characters, "per_10000": row.rate} if by is By.SPEAKER else {})


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _in_columns(head: Sequence[str], rows: Sequence[dict[str, Any]], options: Options) -> Iterator[str]:
    from minutes_cli.cli._overview import table

    cells = [[f"{v:,}" if isinstance(v, int) else _cell(v) for v in row.values()] for row in rows]
    palette = options.palette
    styles = {"faint": palette.faint, "speaker": palette.speaker}
    for line in table(head, cells, options.width, shrink=(0,), right=range(1, len(head))):
        parts = (f"{styles[style]}{text}{palette.off}" if style in styles else text for text, style in line)
        yield "".join(parts).rstrip() + "\n"

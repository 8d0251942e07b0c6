"""--turn: the whole turn around each match, under a line that says where it stands and who speaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from minutes_cli.cli._hits.hit import Hit, Options, hits, labels, line_of, shown, who
from minutes_cli.cli._hits.lines import grouped, writer
from minutes_cli.passage import Passage, PassageKind, Record
from minutes_cli.search.model import Match, Result


def whole_turns(results: Iterable[Result], options: Options) -> Iterator[str]:
    """Every turn with a match, once: ``path:line:speaker:`` and its paragraphs, a blank line between two turns.

    What belongs to no turn (a heading, an item) is shown as one.
    """
    return grouped(((r.record.path, _record(r, options)) for r in results if r.found), options, "\n")


def _record(result: Result, options: Options) -> str:
    record = result.record
    head = writer(record.path, options)
    called = labels(record)
    matches: dict[Passage, list[Match]] = {}
    for hit in hits(result, options.most):
        matches.setdefault(hit.passage, []).extend(hit.matches)
    turns: dict[object, list[Passage]] = {}
    for passage in matches:
        key = passage.turn or passage
        if key not in turns:
            turns[key] = _turn(record, passage, matches)
    found = []
    for passages in turns.values():
        first = passages[0]
        title = head(line_of(first, 0), who(first, called), "").rstrip()
        paragraphs = (p for passage in passages for p in _paragraphs(passage, matches.get(passage, ())))
        found.append("\n".join([*([title] if title else []), *(shown(p, options.palette) for p in paragraphs)]) + "\n")
    return "\n".join(found)


def _turn(record: Record, passage: Passage, matches: dict[Passage, list[Match]]) -> list[Passage]:
    """All passages of the turn that *passage* is of; events only when something was found in them."""
    if passage.turn is None:
        return [passage]
    same = (p for p in record.passages if p.turn == passage.turn)
    return [p for p in same if p.kind is not PassageKind.EVENT or p in matches]


def _paragraphs(passage: Passage, matches: Sequence[Match]) -> Iterator[Hit]:
    start = 0
    for paragraph in passage.text.split("\n"):
        end = start + len(paragraph)
        yield Hit(passage, start, end, tuple(m for m in matches if start <= m.start < end))
        start = end + 1

"""Hits with what stands around them: -A, -B and -C, in sentences or in turns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from minutes_cli.cli._hits.hit import Hit, Options, hits, labels, line_of, origin, shown, who
from minutes_cli.cli._hits.lines import grouped, lines, writer
from minutes_cli.lexicon.sentences import sentences
from minutes_cli.passage import Passage, PassageKind, Record
from minutes_cli.search.model import Result

Item = TypeVar("Item")


def in_context(results: Iterable[Result], options: Options) -> Iterator[str]:
    """The matching sentences with those around them; ``--`` between what does not stand together, as in grep.

    With ``turns`` whole turns are shown: those with matches, and ``before`` and ``after`` so many others. With ``only``
    there is nothing around the matches.
    """
    if options.only:
        return lines(results, options)
    records = ((r.record.path, _record(r, options)) for r in results if r.found)
    return grouped(records, options, rule(options))


def rule(options: Options) -> str:
    """The line between two groups."""
    return f"{options.palette.faint}--{options.palette.off}\n"


def around(units: Sequence[int], matching: Iterable[int], before: int, after: int) -> list[range]:
    """Which items to show, in stretches that do not touch.

    ``units[i]`` is the number of the unit that item *i* belongs to; in order, from 0, none left out. An item is shown
    when its unit is at most *before* units before or *after* units behind that of an item in *matching*.
    """
    starts = [i for i, unit in enumerate(units) if i == 0 or unit != units[i - 1]]
    starts.append(len(units))
    found: list[range] = []
    for i in matching:
        low = starts[max(0, units[i] - before)]
        high = starts[min(len(starts) - 2, units[i] + after) + 1]
        if found and low <= found[-1].stop:
            found[-1] = range(found[-1].start, max(high, found[-1].stop))
        else:
            found.append(range(low, high))
    return found


def _record(result: Result, options: Options) -> str:
    record = result.record
    matching, other = writer(record.path, options), writer(record.path, options, "-")
    called = labels(record)
    items = _in_order(_items(record, list(hits(result, options.most))))
    units = [turn for turn, _ in items] if options.turns else range(len(items))
    wanted = [i for i, (_, hit) in enumerate(items) if hit.matches]

    def line(hit: Hit) -> str:
        at = hit.matches[0].start if hit.matches else hit.start
        write = matching if hit.matches else other
        return write(line_of(hit.passage, at), who(hit.passage, called), shown(hit, options.palette))

    groups = around(units, wanted, options.before, options.after)
    return rule(options).join("".join(line(items[i][1]) for i in group) for group in groups)


def _in_order(items: Iterable[tuple[int, Hit]]) -> list[tuple[int, Hit]]:
    """*items* with what happens inside a turn between the sentences where it happens."""
    found: list[tuple[int, Hit]] = []
    for (_, turn), group in groupby(items, key=lambda item: (item[0], item[1].passage.turn)):
        inside = list(group)
        if turn is not None and any(hit.passage.kind is PassageKind.EVENT for _, hit in inside):
            inside.sort(key=lambda item: origin(item[1]))
        found += inside
    return found


def _items(record: Record, found: Sequence[Hit]) -> Iterator[tuple[int, Hit]]:
    """All sentences of *record*, those in *found* with their matches, each with the number of its turn."""
    numbers = {passage: number for number, passage in enumerate(record.passages)}
    left = iter([*sorted(found, key=lambda hit: (numbers[hit.passage], hit.start)), None])
    hit = next(left)
    for turn, passage in zip(_turns(record.passages), record.passages, strict=True):
        end = 0
        for span in sentences(passage.text):
            while hit is not None and hit.start <= span[0] and hit.passage == passage:
                yield turn, hit
                end, hit = hit.end, next(left)
            if span[0] >= end:
                yield turn, Hit(passage, *span)
        while hit is not None and hit.passage == passage:  # behind the last sentence
            yield turn, hit
            hit = next(left)


def _turns(passages: Sequence[Passage]) -> Iterator[int]:
    """The number of the turn of each passage, from 0.

    A heading belongs to what follows it, what happens inside or behind a turn to the turn.
    """
    number, last, opened = -1, None, False
    for passage in passages:
        if passage.kind is PassageKind.EVENT and number >= 0 and not opened:
            pass
        elif opened:
            opened = passage.kind in (PassageKind.HEADING, PassageKind.EVENT)
        elif passage.turn is None or passage.turn != last:
            number += 1
            opened = passage.kind is PassageKind.HEADING
        last = passage.turn or last
        yield number

"""A record as two texts and a row of numbers, and back: whole, quickly, the same on every machine."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from minutes_cli.model import Meeting, Section, Span, Speaker
from minutes_cli.passage import Passage, PassageKind, Record, Run, Slip

_KINDS = tuple(PassageKind)
#: Signed whole numbers of 1, 2, 4 and 8 bytes.
_TYPES = "bhiq"
_WIDTHS = {code: array(code).itemsize for code in _TYPES}


class Packed(NamedTuple):
    """A record for the file. ``text``: the passages, then what slips stand for, without anything between them."""

    header: str
    text: str
    shape: bytes


def pack(record: Record) -> Packed:
    """*record*, but for its path."""
    import json

    passages = record.passages
    names = list(dict.fromkeys(name for p in passages for name in (p.turn, p.speaker, p.section) if name is not None))
    number = {None: 0} | {name: i for i, name in enumerate(names, 1)}
    runs = [run for p in passages for run in p.runs]
    slips = [slip for p in passages for slip in p.slips]
    columns: list[Iterable[int]] = [
        [_KINDS.index(p.kind) for p in passages],
        [len(p.text) for p in passages],
        [number[p.turn] for p in passages],
        [number[p.speaker] for p in passages],
        [number[p.section] for p in passages],
        [-1 if p.exchange is None else p.exchange for p in passages],
        [len(p.runs) for p in passages],
        [len(p.slips) for p in passages],
        [run.at for run in runs],
        _differences([run.start for run in runs]),
        _differences([run.line for run in runs]),
        [run.column for run in runs],
        [slip.start for slip in slips],
        [slip.end - slip.start for slip in slips],
        [slip.span.start for slip in slips],
        [slip.span.end - slip.span.start for slip in slips],
        [len(slip.before) for slip in slips],
    ]
    header = [record.kind, record.meeting, record.speakers, record.sections, record.pages, names]
    return Packed(
        json.dumps(header, ensure_ascii=False, separators=(",", ":")),
        "".join([*(p.text for p in passages), *(slip.before for slip in slips)]),
        b"".join(map(_column, columns)),
    )


def unpack(path: str, header: str, text: str, shape: bytes) -> Record:
    """The record that was packed. Raises ValueError or another child of Exception for what never was one."""
    import json

    kind, meeting, speakers, sections, pages, names = json.loads(header)
    return Record(
        path,
        kind,
        Meeting(*meeting),
        tuple([Speaker._make([*s[:2], tuple(s[2]), *s[3:7], tuple(s[7]), *s[8:]]) for s in speakers]),
        tuple([Section._make([*s[:5], Span(*s[5])]) for s in sections]),
        _passages(text, _columns(shape), [None, *names]),
        tuple([(number, start) for number, start in pages]),
    )


def _passages(text: str, columns: Sequence[Sequence[int]], names: Sequence[str | None]) -> tuple[Passage, ...]:
    kinds, sizes, turns, speakers, sections, exchanges, run_counts, slip_counts, *rest = columns
    places, starts, lines, line_columns, *slip_columns = rest
    found = zip(places, accumulate(starts), accumulate(lines), line_columns, strict=True)
    runs = tuple(map(Run._make, found))
    slips = _slips(text, sum(sizes), slip_columns)
    passages = []
    at = run = slip = 0
    for kind, size, turn, speaker, section, exchange, many, few in zip(
        kinds, sizes, turns, speakers, sections, exchanges, run_counts, slip_counts, strict=True
    ):
        passages.append(
            Passage(
                _KINDS[kind],
                text[at : at + size],
                runs[run : run + many],
                slips[slip : slip + few],
                names[turn],
                names[speaker],
                names[section],
                None if exchange < 0 else exchange,
            )
        )
        at, run, slip = at + size, run + many, slip + few
    return tuple(passages)


def _slips(text: str, at: int, columns: Sequence[Sequence[int]]) -> tuple[Slip, ...]:
    slips = []
    for start, size, where, wide, long in zip(*columns, strict=True):
        slips.append(Slip(start, start + size, Span(where, where + wide), text[at : at + long]))
        at += long
    return tuple(slips)


def _differences(numbers: Sequence[int]) -> Iterable[int]:
    """Each number less the one before it: small where they grow slowly."""
    return [after - before for before, after in zip([0, *numbers], numbers, strict=False)]


def _column(numbers: Iterable[int]) -> bytes:
    """How wide and how many, then the numbers themselves, little end first."""
    wide = array("q", numbers)
    low, high = (min(wide), max(wide)) if wide else (0, 0)
    code = next(c for c in _TYPES if -(1 << (8 * _WIDTHS[c] - 1)) <= low and high < 1 << (8 * _WIDTHS[c] - 1))
    return code.encode() + len(wide).to_bytes(4, "little") + _little(array(code, wide)).tobytes()


def _columns(shape: bytes) -> list[array[int]]:
    columns, at = [], 0
    while at < len(shape):
        column = array(chr(shape[at]))
        end = at + 5 + int.from_bytes(shape[at + 1 : at + 5], "little") * column.itemsize
        column.frombytes(shape[at + 5 : end])
        columns.append(_little(column))
        at = end
    return columns


def _little(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers

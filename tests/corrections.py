"""Methods of normalize by example: rows of a YAML table, texts corrected, and what holds for any text at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from minutes_cli.model import Correction, Safety
from minutes_cli.normalize.methods import Settings

Find = Callable[[str, Settings], Iterable[Correction]]

#: Texts that no method may stumble over.
ODD = [
    "",
    "\n",
    "\r\n\r\n",
    "\x00\x01\ufeff",
    "\ud800 \udfff",
    " " * 50,
    "。" * 50,
    ",.、。" * 20,
    "１２３" * 20,
    "工エ二ニ口ロ" * 20,
    "A 1 l | ! × 丁 " * 20,
    "あ い う " * 60,
    "a b c d " * 40,
]


def rows(file: str, part: str) -> list[Any]:
    """The rows of *part* of a table in tests/cases, each with an id that says where it stands."""
    table = yaml.safe_load((Path(__file__).parent / "cases" / file).read_text(encoding="utf-8"))
    return [
        pytest.param(row, id=f"{group}: {row['text'] if isinstance(row, dict) else row}")
        for group, group_rows in table[part].items()
        for row in group_rows
    ]


def found(find: Find, text: str, safety: Safety = Safety.SAFE) -> list[Correction]:
    """What *find* proposes with this safety, after a look that all of it fits together."""
    corrections = list(find(text, Settings()))
    assert corrections == sorted(corrections)
    for one, other in pairwise(corrections):
        assert one.end <= other.start, "corrections overlap"
    for correction in corrections:
        assert 0 <= correction.start < correction.end <= len(text)
        assert text[correction.start : correction.end] != correction.after
        assert 0 < correction.confidence <= 1
        assert correction.reason
    return [correction for correction in corrections if correction.safety is safety]


def applied(text: str, corrections: Iterable[Correction]) -> str:
    """*text* with *corrections* applied."""
    parts, last = [], 0
    for correction in corrections:
        parts += [text[last : correction.start], correction.after]
        last = correction.end
    return "".join([*parts, text[last:]])


def corrected(find: Find, text: str) -> str:
    """*text* with the safe corrections of *find*, after a look that it finds no more safe ones."""
    result = applied(text, found(find, text))
    assert not found(find, result), "not the same when run again"
    return result

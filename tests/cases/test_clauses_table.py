"""clauses.yaml: where sentences may be cut, and where not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from minutes_cli.lexicon.words import cut
from minutes_cli.summarize.clauses import clauses
from minutes_cli.summarize.model import ClauseEnd

_TABLE = yaml.safe_load((Path(__file__).parent / "clauses.yaml").read_text(encoding="utf-8"))
_MARKS = {
    "j": ClauseEnd.JOINED,
    "r": ClauseEnd.RELATIVE,
    "f": ClauseEnd.FRONT,
    "c": ClauseEnd.CONDITION,
    "q": ClauseEnd.QUOTED,
}


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{group}: {row}") for group, rows in _TABLE.items() for row in rows]
)
def test_where_a_sentence_may_be_cut(row: str) -> None:
    sentence = re.sub(r"\|[a-z]", "", row)
    shown, at = "", 0
    letters = {kind: f"|{letter}" for letter, kind in _MARKS.items()}
    for end, kind in clauses(cut(sentence)):
        shown += sentence[at:end] + letters.get(kind, "")
        at = end
    assert shown == row

"""phrases.yaml: the noun phrases of sentences, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from minutes_cli.lexicon.words import cut
from minutes_cli.summarize.phrases import phrases

_TABLE = yaml.safe_load((Path(__file__).parent / "phrases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{group}: {row[0]}") for group, rows in _TABLE.items() for row in rows]
)
def test_the_phrases_of_a_sentence(row: list[str]) -> None:
    sentence, *wanted = row
    assert [form for _, _, form in phrases(cut(sentence))] == wanted

"""Spellings and inflections that --word takes for the same word, from spellings.yaml."""

from __future__ import annotations

from itertools import permutations, product
from pathlib import Path
from typing import Any

import pytest
import yaml

from minutes_cli.search.words import WordPattern

GROUPS = yaml.safe_load(Path(__file__).with_name("spellings.yaml").read_text(encoding="utf-8"))["groups"]


def finds(pattern: str, word: str, sentence: str) -> bool:
    """Whether *pattern* finds *word*, or a part of it, where it stands in *sentence*."""
    at = sentence.index("{}")
    return any(
        at <= start < end <= at + len(word) for start, end in WordPattern(pattern).find(sentence.replace("{}", word))
    )


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group["words"][0])
def test_each_spelling_finds_the_others(group: dict[str, Any]) -> None:
    missed = [(a, b) for a, b in permutations(group["words"], 2) if not finds(a, b, group["in"])]
    assert not missed


@pytest.mark.parametrize("group", [g for g in GROUPS if "not" in g], ids=lambda group: group["words"][0])
def test_other_words_are_not_found(group: dict[str, Any]) -> None:
    pairs = list(product(group["words"], group["not"]))
    found = [(a, b) for a, b in [*pairs, *((b, a) for a, b in pairs)] if finds(a, b, group["in"])]
    assert not found


def test_the_table_is_large_enough() -> None:
    assert len(GROUPS) >= 40

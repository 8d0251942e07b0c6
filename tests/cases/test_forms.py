"""Sentences that each pattern must read as its form, and those it must not: the examples in summarize/patterns."""

from __future__ import annotations

from collections import Counter

import pytest

from minutes_cli.lexicon.words import cut
from minutes_cli.summarize import pattern_files
from minutes_cli.summarize.forms import classify
from minutes_cli.summarize.pattern_files import Examples

EXAMPLES = pattern_files.examples()


@pytest.mark.parametrize("pattern", EXAMPLES, ids=lambda pattern: pattern.id)
def test_each_example_is_read_by_its_pattern(pattern: Examples) -> None:
    read = {sentence: classify(cut(sentence)) for sentence in pattern.match}
    assert {s: r.pattern for s, r in read.items() if r.pattern != pattern.id} == {}
    assert {r.form for r in read.values()} == {pattern.form}


@pytest.mark.parametrize("pattern", EXAMPLES, ids=lambda pattern: pattern.id)
def test_the_others_are_something_else(pattern: Examples) -> None:
    read = {sentence: classify(cut(sentence)).form for sentence in pattern.other}
    assert {s: form for s, form in read.items() if form is pattern.form} == {}


@pytest.mark.parametrize("pattern", EXAMPLES, ids=lambda pattern: pattern.id)
def test_a_full_stop_changes_nothing(pattern: Examples) -> None:
    for sentence in (*pattern.match, *pattern.other):
        bare = sentence.rstrip("。")
        without, stopped = classify(cut(bare)), classify(cut(bare + "。"))
        assert (sentence, without) == (sentence, stopped)


def test_there_are_enough_examples() -> None:
    count = Counter({pattern.form: 0 for pattern in EXAMPLES})
    for pattern in EXAMPLES:
        assert len(pattern.match) >= 2, pattern.id
        assert len(pattern.other) >= 2, pattern.id
        count[pattern.form] += len(pattern.match)
    assert {form: number for form, number in count.items() if number < 25} == {}
    assert set(count) == set(pattern_files.ORDER)

"""What words weigh does not depend on the order in which a set gives them, which changes from start to start."""

from __future__ import annotations

from itertools import permutations

from corpus import document
from minutes_cli.summarize.analysis import analyse
from minutes_cli.summarize.likeness import Likeness


def test_words_weigh_the_same_in_any_order():
    likeness = Likeness(analyse(document("circle-below")))
    words = sorted({word for topics in likeness.topics for topic in topics for word in topic})[:7]
    assert len(words) == 7
    assert len({likeness.weight(some) for some in permutations(words)}) == 1
    totals = {likeness.topic(dict.fromkeys(some, 0.3)).total for some in permutations(words)}
    assert len(totals) == 1
